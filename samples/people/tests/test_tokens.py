import hashlib
import unittest

from tests.issuer import Key, encode
from tokens import SHA256_PREFIX, InvalidToken, IssuerUnavailable, Keys, Tokens

ISSUER = "http://issuer.test"
NOW = 1_900_000_000


class TokensTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.key = Key()

    def setUp(self):
        self.asked = []
        self.clock = 0.0
        self.documents = {
            ISSUER + "/.well-known/openid-configuration": {"jwks_uri": ISSUER + "/keys"},
            ISSUER + "/keys": {"keys": [self.key.jwk()]},
        }
        self.keys = Keys(ISSUER, fetch=self.fetch, clock=lambda: self.clock)
        self.tokens = Tokens(ISSUER, self.keys, clock=lambda: NOW)

    def fetch(self, url):
        self.asked.append(url)
        if url not in self.documents:
            raise OSError("away")
        return self.documents[url]

    def claims(self, **more):
        return {"iss": ISSUER, "sub": "business", "exp": NOW + 300, **more}

    def assert_refused(self, token):
        with self.assertRaises(InvalidToken):
            self.tokens.check(token)

    def test_accepts_a_token_of_the_issuer(self):
        claims = self.tokens.check(self.key.token(self.claims(permissions=["people:read"])))
        self.assertEqual(["people:read"], claims["permissions"])

    def test_asks_for_the_keys_once(self):
        self.assertEqual([], self.asked)
        self.tokens.check(self.key.token(self.claims()))
        self.tokens.check(self.key.token(self.claims()))
        self.assertEqual(2, len(self.asked))

    def test_refuses_what_is_late_early_or_of_another_issuer(self):
        self.assert_refused(self.key.token(self.claims(exp=NOW - 61)))
        self.assert_refused(self.key.token(self.claims(exp=None)))
        self.assert_refused(self.key.token(self.claims(exp=True)))
        self.assert_refused(self.key.token(self.claims(nbf=NOW + 120)))
        self.assert_refused(self.key.token(self.claims(iss="http://other.test")))

    def test_refuses_other_algorithms(self):
        token = self.key.token(self.claims())
        head, body, signature = token.split(".")
        for algorithm in ("none", "HS256", "RS512", "rs256"):
            other = encode(b'{"alg": "%s", "kid": "test"}' % algorithm.encode())
            self.assert_refused(f"{other}.{body}.{signature}")
            self.assert_refused(f"{other}.{body}.")
        self.assert_refused(self.key.token(self.claims(), header={"crit": ["b64"], "b64": False}))

    def test_refuses_a_changed_body(self):
        head, _, signature = self.key.token(self.claims()).split(".")
        body = self.key.token(self.claims(sub="admin")).split(".")[1]
        self.assert_refused(f"{head}.{body}.{signature}")

    def test_refuses_another_key_under_the_same_name(self):
        self.assert_refused(Key().token(self.claims()))

    def test_refuses_padding_that_hides_rubbish(self):
        # Bleichenbacher's forgery: short padding, digest, then anything.
        body = self.key.token(self.claims())
        head, claims, _ = body.split(".")
        digest = SHA256_PREFIX + hashlib.sha256(f"{head}.{claims}".encode()).digest()
        forged = b"\x00\x01" + b"\xff" * 8 + b"\x00" + digest
        self.assert_refused(self.key.token(self.claims(), encoded=forged.ljust(256, b"\x7f")))

    def test_refuses_signatures_that_are_no_numbers_of_the_key(self):
        head, body, _ = self.key.token(self.claims()).split(".")
        for signature in (b"", b"\x00" * 256, b"\xff" * 256, b"\x01" * 255, b"\x01" * 257):
            self.assert_refused(f"{head}.{body}.{encode(signature)}")

    def test_refuses_keys_that_are_too_short(self):
        short = Key(bits=1024)
        self.documents[ISSUER + "/keys"] = {"keys": [short.jwk()]}
        self.assert_refused(short.token(self.claims()))

    def test_refuses_what_is_no_token(self):
        for token in ("", "a", "a.b", "a.b.c.d", "..", "é.é.é", "W10.W10.W10", "x" * 20_000):
            self.assert_refused(token)

    def test_takes_a_new_key_but_does_not_ask_for_each_invented_one(self):
        self.tokens.check(self.key.token(self.claims()))
        new = Key(key_id="new")
        self.documents[ISSUER + "/keys"] = {"keys": [self.key.jwk(), new.jwk()]}
        self.assert_refused(new.token(self.claims()))
        self.clock += 6
        self.tokens.check(new.token(self.claims()))
        asked = len(self.asked)
        for number in range(20):
            self.assert_refused(self.key.token(self.claims(), header={"kid": f"invented-{number}"}))
        self.assertEqual(asked, len(self.asked))

    def test_says_that_the_issuer_is_away_and_recovers(self):
        keys = self.documents.pop(ISSUER + "/keys")
        with self.assertRaises(IssuerUnavailable):
            self.tokens.check(self.key.token(self.claims()))
        self.documents[ISSUER + "/keys"] = keys
        self.tokens.check(self.key.token(self.claims()))

    def test_goes_on_with_known_keys_while_the_issuer_is_away(self):
        self.tokens.check(self.key.token(self.claims()))
        self.documents.clear()
        self.clock += 3600
        self.tokens.check(self.key.token(self.claims()))
