"""An issuer with an RSA key made for the test."""

import base64
import hashlib
import http.server
import json
import secrets
import threading

from tokens import SHA256_PREFIX


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def is_prime(number):
    if any(number % small == 0 for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
        return False
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(12):
        power = pow(secrets.randbelow(number - 3) + 2, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


def prime(bits):
    while True:
        # The two highest bits are set, so that the product has exactly twice as many.
        number = secrets.randbits(bits) | 3 << (bits - 2) | 1
        if is_prime(number) and number % 65537 != 1:
            return number


class Key:
    def __init__(self, bits=2048, key_id="test"):
        p, q = prime(bits // 2), prime(bits // 2)
        self.id, self.n, self.e = key_id, p * q, 65537
        self.d = pow(self.e, -1, (p - 1) * (q - 1))

    def sign(self, message, encoded=None):
        length = (self.n.bit_length() + 7) // 8
        digest = SHA256_PREFIX + hashlib.sha256(message).digest()
        padded = encoded or b"\x00\x01" + b"\xff" * (length - len(digest) - 3) + b"\x00" + digest
        return pow(int.from_bytes(padded, "big"), self.d, self.n).to_bytes(length, "big")

    def token(self, claims, header=None, encoded=None):
        head = encode(json.dumps({"alg": "RS256", "kid": self.id, **(header or {})}).encode())
        body = encode(json.dumps(claims).encode())
        return f"{head}.{body}.{encode(self.sign(f'{head}.{body}'.encode(), encoded))}"

    def jwk(self):
        number = lambda value: encode(value.to_bytes((value.bit_length() + 7) // 8, "big"))
        return {"kty": "RSA", "use": "sig", "kid": self.id, "n": number(self.n), "e": number(self.e)}


class Issuer:
    """Serves the key where OpenID Connect discovery says."""

    def __init__(self, key):
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                documents = {
                    "/.well-known/openid-configuration": {"issuer": issuer.address, "jwks_uri": issuer.address + "/keys"},
                    "/keys": {"keys": [key.jwk()]},
                }
                data = json.dumps(documents[self.path]).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
