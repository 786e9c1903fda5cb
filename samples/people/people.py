"""The people service: Python's standard library and SQLite, nothing else.

    python3 people.py --port 8103 --data var/people --issuer http://localhost:9000
"""

import argparse
import http.server
import json
import logging
import os
import pathlib
import re
import signal
import sys
import threading
import time
import urllib.parse
import uuid

from store import PeopleStore, Stale
from tokens import InvalidToken, IssuerUnavailable, Tokens

HERE = pathlib.Path(__file__).resolve().parent
MAX_BODY = 65_536
MAX_NOTE = 2000
PERSON = re.compile(r"/people/([^/]+)")
NOTE = re.compile(r"/people/([^/]+)/note")
TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")

log = logging.getLogger("people")


class Problem(Exception):
    """A refusal (RFC 9457)."""

    def __init__(self, status, name, detail, **members):
        super().__init__(detail)
        self.status, self.name, self.detail, self.members = status, name, detail, members


class Handler(http.server.BaseHTTPRequestHandler):
    """People over HTTP. `store` and `tokens` are set by `serve`."""

    protocol_version = "HTTP/1.1"
    # A small answer must not wait for the client's acknowledgement.
    disable_nagle_algorithm = True
    timeout = 30
    store = None
    tokens = None

    def do_GET(self):
        self.answer(self.get)

    def do_PUT(self):
        self.answer(self.put)

    def answer(self, handle):
        self.url = urllib.parse.urlsplit(self.path)
        self.path_text = urllib.parse.unquote(self.url.path, errors="replace")
        try:
            handle()
        except Problem as problem:
            self.problem(problem)
        except InvalidToken:
            self.problem(Problem(401, "unauthorized", "A valid access token of the portal is needed."))
        except IssuerUnavailable:
            self.problem(Problem(503, "issuer-unavailable", "The issuer of access tokens does not answer, so none can be checked."))
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            self.close_connection = True
        except Exception:
            log.exception("request failed: %s", self.url.path)
            self.problem(Problem(500, "internal", "Something went wrong on our side."))

    def get(self):
        if self.path_text == "/health":
            self.store.get("none")
            return self.json(200, {"status": "UP"})
        self.need("people:read")
        if self.path_text == "/people":
            query = dict(urllib.parse.parse_qsl(self.url.query))
            found = self.store.find(query.get("q", ""), query.get("team", ""), query.get("organization", ""))
            return self.json(200, {"items": found, "total": len(found)})
        match = PERSON.fullmatch(self.path_text)
        person = match and self.store.get(match.group(1))
        if not person:
            raise Problem(404, "not-found", "There is no such person.")
        self.person(person)

    def put(self):
        body = self.body()
        claims = self.need("people:read")
        if not {"business", "admin"} & set(names(claims, "roles")):
            raise Problem(403, "forbidden", "This needs one of the roles business, admin.")
        match = NOTE.fullmatch(self.path_text)
        if not match or not self.store.get(match.group(1)):
            raise Problem(404, "not-found", "There is no such person.")
        revision = re.fullmatch(r'(?:W/)?"?(\d{1,12})"?', self.headers.get("If-Match", ""))
        if not revision:
            raise Problem(428, "precondition-required", "Say with If-Match what you changed.")
        note = body.get("note") if isinstance(body, dict) else None
        if not isinstance(note, str) or len(note) > MAX_NOTE:
            finding = {"pointer": "/note", "message": f"Keep the note within {MAX_NOTE} characters."}
            raise Problem(422, "invalid", finding["message"], findings=[finding])
        try:
            self.person(self.store.note(match.group(1), int(revision.group(1)), note))
        except Stale as stale:
            raise Problem(412, "stale", "Somebody changed this note in the meantime.", current=stale.current) from stale

    def need(self, permission):
        authorization = self.headers.get("Authorization", "")
        if not authorization[:7].lower() == "bearer ":
            raise InvalidToken("none")
        claims = self.tokens.check(authorization[7:].strip())
        if permission not in names(claims, "permissions"):
            raise Problem(403, "forbidden", f"This needs the permission {permission}.")
        return claims

    def body(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            self.close_connection = True
            raise Problem(413 if length.isdigit() else 411, "too-large", "The body has no length or is too large.")
        try:
            return json.loads(self.rfile.read(int(length)))
        except ValueError as error:
            raise Problem(400, "unreadable", "The body is not JSON.") from error

    def person(self, person):
        self.json(200, person, {"ETag": f'"{person["revision"]}"'})

    def json(self, status, value, headers=None, kind="application/json"):
        data = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        for name, text in {"Content-Type": kind, "Cache-Control": "no-store", **(headers or {})}.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def problem(self, problem):
        trace = TRACEPARENT.fullmatch(self.headers.get("traceparent", ""))
        members = {
            "type": f"/problems/{problem.name}",
            "status": problem.status,
            "detail": problem.detail,
            "instance": self.url.path,
            "traceId": trace.group(1) if trace else uuid.uuid4().hex,
            **problem.members,
        }
        headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else None
        self.json(problem.status, members, headers, "application/problem+json")

    def version_string(self):
        return "people"

    def log_message(self, message, *arguments):
        """No line per request: the portal has one already."""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def names(claims, claim):
    value = claims.get(claim)
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def serve(port, data, issuer, address="127.0.0.1"):
    """A server that listens already; the caller runs `serve_forever`."""
    store = PeopleStore(pathlib.Path(data) / "people.db")
    store.prepare(json.loads((HERE / "people.json").read_text("utf-8"))["items"])
    handler = type("PeopleHandler", (Handler,), {"store": store, "tokens": Tokens(issuer)})
    return Server((address, port), handler)


def end_with_parent(interval=1.0):
    """Ends this process when the one that started it is gone."""
    parent = os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(interval)
        os._exit(0)

    if parent > 1:
        threading.Thread(target=watch, daemon=True, name="parent-watch").start()


def main(arguments=None):
    parser = argparse.ArgumentParser(description="The people service.")
    parser.add_argument("--port", type=int, default=8103)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--data", default="var/people", help="directory of the database")
    parser.add_argument("--issuer", default="http://localhost:9000", help="issuer of the access tokens")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))
    end_with_parent()
    try:
        server = serve(options.port, options.data, options.issuer, options.address)
    except OSError as error:
        sys.exit(f"people: cannot listen on {options.address}:{options.port}: {error.strerror}")
    # Whoever starts this reads the port here, which 0 leaves to the system.
    print(f"people: listening on {server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
