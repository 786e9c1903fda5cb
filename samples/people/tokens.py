"""Access tokens (JWT, RS256) checked with nothing but the standard library."""

import base64
import hashlib
import hmac
import json
import threading
import time
import urllib.request

# DigestInfo of SHA-256, RFC 8017, section 9.2, note 1.
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")
MIN_KEY_BITS = 2048
MAX_TOKEN = 16_384
LEEWAY_SECONDS = 60
KEYS_SECONDS = 300
RETRY_SECONDS = 5


class InvalidToken(Exception):
    """The token proves nothing."""


class IssuerUnavailable(Exception):
    """The issuer's keys cannot be had now."""


def decode(part):
    """Bytes of one part of a token: Base64url without padding, nothing else."""
    try:
        text = part.encode("ascii")
        padded = text + b"=" * (-len(text) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except ValueError as error:
        raise InvalidToken("not Base64url") from error


def verify_rs256(message, signature, modulus, exponent):
    """Whether `signature` is an RSASSA-PKCS1-v1_5 signature with SHA-256 of `message`."""
    length = (modulus.bit_length() + 7) // 8
    if modulus.bit_length() < MIN_KEY_BITS or len(signature) != length:
        return False
    number = int.from_bytes(signature, "big")
    if number >= modulus:
        return False
    found = pow(number, exponent, modulus).to_bytes(length, "big")
    # The whole encoding is built and compared: parsing what came is how forgeries got through.
    digest = SHA256_PREFIX + hashlib.sha256(message).digest()
    expected = b"\x00\x01" + b"\xff" * (length - len(digest) - 3) + b"\x00" + digest
    return hmac.compare_digest(found, expected)


class Keys:
    """Signing keys of an issuer, asked for on first use and again when one is unknown."""

    def __init__(self, issuer, fetch=None, clock=time.monotonic):
        self.issuer = issuer.rstrip("/")
        self.fetch = fetch or fetch_json
        self.clock = clock
        self.lock = threading.Lock()
        self.keys = {}
        self.loaded = None
        self.tried = None

    def find(self, key_id):
        """Modulus and exponent of a key; `None` when the issuer has no such key."""
        with self.lock:
            now = self.clock()
            fresh = self.loaded is not None and now - self.loaded < KEYS_SECONDS
            # Somebody who invents key ids must not make us ask the issuer each time.
            may_ask = self.tried is None or now - self.tried >= RETRY_SECONDS
            if (not fresh or key_id not in self.keys) and may_ask:
                self.tried = now
                try:
                    self.keys = self.load()
                    self.loaded = now
                except (OSError, ValueError, KeyError) as error:
                    self.tried = None if self.loaded is None else now
                    if self.loaded is None:
                        raise IssuerUnavailable(str(error)) from error
            return self.keys.get(key_id)

    def load(self):
        configuration = self.fetch(self.issuer + "/.well-known/openid-configuration")
        keys = {}
        for key in self.fetch(configuration["jwks_uri"])["keys"]:
            if key.get("kty") == "RSA" and key.get("use", "sig") == "sig":
                number = lambda name: int.from_bytes(decode(key[name]), "big")
                keys[key.get("kid")] = (number("n"), number("e"))
        return keys


def fetch_json(url):
    with urllib.request.urlopen(url, timeout=1.5) as answer:
        return json.loads(answer.read(65_536))


class Tokens:
    """Checks access tokens of one issuer."""

    def __init__(self, issuer, keys=None, clock=time.time):
        self.issuer = issuer
        self.keys = keys or Keys(issuer)
        self.clock = clock

    def check(self, token):
        """Claims of a token whose signature, issuer and time are right."""
        parts = token.split(".") if len(token) <= MAX_TOKEN else []
        if len(parts) != 3:
            raise InvalidToken("not three parts")
        header, claims = self.parse(parts[0]), self.parse(parts[1])
        # Only this algorithm: `none` and HMAC with the public key as secret stay out.
        if header.get("alg") != "RS256" or "crit" in header:
            raise InvalidToken("algorithm")
        key = self.keys.find(header.get("kid"))
        message = f"{parts[0]}.{parts[1]}".encode("ascii")
        if key is None or not verify_rs256(message, decode(parts[2]), *key):
            raise InvalidToken("signature")
        if claims.get("iss") != self.issuer:
            raise InvalidToken("issuer")
        now = self.clock()
        if not is_number(claims.get("exp")) or claims["exp"] + LEEWAY_SECONDS < now:
            raise InvalidToken("expired")
        if is_number(claims.get("nbf")) and claims["nbf"] - LEEWAY_SECONDS > now:
            raise InvalidToken("not valid yet")
        return claims

    @staticmethod
    def parse(part):
        try:
            value = json.loads(decode(part))
        except ValueError as error:
            raise InvalidToken("not JSON") from error
        if not isinstance(value, dict):
            raise InvalidToken("not an object")
        return value


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)
