import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

import people
from tests.issuer import Issuer, Key

HERE = pathlib.Path(__file__).resolve().parent.parent


class PeopleTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.key = Key()
        cls.issuer = Issuer(cls.key)
        cls.directory = tempfile.TemporaryDirectory()
        cls.server = people.serve(0, cls.directory.name, cls.issuer.address)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.reader = cls.token(["people:read"], ["designer"])
        cls.writer = cls.token(["people:read"], ["business"])

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()
        cls.issuer.close()
        cls.directory.cleanup()

    @classmethod
    def token(cls, permissions, roles):
        claims = {"iss": cls.issuer.address, "sub": "somebody", "exp": time.time() + 300}
        return cls.key.token({**claims, "permissions": permissions, "roles": roles})

    def call(self, path, token=None, method="GET", body=None, headers=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.server.server_address[1]}{path}", method=method)
        for name, value in {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}.items():
            request.add_header(name, value)
        data = json.dumps(body).encode() if body is not None else None
        try:
            with urllib.request.urlopen(request, data) as answer:
                return answer.status, json.load(answer), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                self.assertEqual("application/problem+json", error.headers["Content-Type"])
                return error.code, json.load(error), error.headers

    def test_lists_people_who_match_the_words(self):
        _, everybody, _ = self.call("/people", self.reader)
        self.assertEqual(50, everybody["total"])
        _, found, _ = self.call("/people?q=hamburg", self.reader)
        self.assertEqual({"Hamburg"}, {person["location"] for person in found["items"]})
        _, team, _ = self.call("/people?team=Alliances", self.reader)
        self.assertIn("amara-okafor", {person["id"] for person in team["items"]})

    def test_answers_one_person_with_lists(self):
        status, person, headers = self.call("/people/tane-rangihau", self.reader)
        self.assertEqual(200, status)
        self.assertEqual("Tāne Rangihau", person["name"])
        self.assertEqual(["mi", "en"], person["languages"])
        self.assertEqual('"1"', headers["ETag"])

    def test_saves_a_note_on_the_revision_seen(self):
        path = "/people/noor-haddad/note"
        status, person, _ = self.call(path, self.writer, "PUT", {"note": "Prefers mornings."}, {"If-Match": '"1"'})
        self.assertEqual((200, "Prefers mornings.", 2), (status, person["note"], person["revision"]))
        status, problem, _ = self.call(path, self.writer, "PUT", {"note": "x"}, {"If-Match": '"1"'})
        self.assertEqual((412, "Prefers mornings."), (status, problem["current"]["note"]))

    def test_refuses_notes_that_cannot_be_saved(self):
        path = "/people/noor-haddad/note"
        self.assertEqual(428, self.call(path, self.writer, "PUT", {"note": "x"})[0])
        self.assertEqual(422, self.call(path, self.writer, "PUT", {"note": 7}, {"If-Match": '"1"'})[0])
        self.assertEqual(422, self.call(path, self.writer, "PUT", {"note": "x" * 2001}, {"If-Match": '"1"'})[0])
        self.assertEqual(403, self.call(path, self.reader, "PUT", {"note": "x"}, {"If-Match": '"1"'})[0])

    def test_lets_only_those_read_who_may(self):
        self.assertEqual(401, self.call("/people")[0])
        self.assertEqual(401, self.call("/people", "a.b.c")[0])
        status, problem, _ = self.call("/people", self.token(["deals:read"], ["business"]))
        self.assertEqual((403, "/problems/forbidden"), (status, problem["type"]))

    def test_answers_unknown_addresses_with_problems(self):
        for path in ("/people/nobody", "/elsewhere", "/people/..%2fpeople"):
            status, problem, _ = self.call(path, self.reader)
            self.assertEqual((404, "/problems/not-found"), (status, problem["type"]))

    def test_keeps_the_trace_of_the_caller(self):
        trace = "0af7651916cd43dd8448eb211c80319c"
        _, problem, _ = self.call("/people/x", self.reader, headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"})
        self.assertEqual(trace, problem["traceId"])

    def test_takes_no_words_for_sql(self):
        self.assertEqual(0, self.call("/people?q=%27%20or%201=1%20--", self.reader)[1]["total"])

    def test_tells_everybody_its_health(self):
        self.assertEqual((200, {"status": "UP"}), self.call("/health")[:2])


class ProcessTests(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)

    def start(self, **options):
        command = [sys.executable, str(HERE / "people.py"), "--port", "0", "--data", self.directory.name]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait, 10)
        self.addCleanup(process.kill)
        return process

    def test_ends_at_once_when_told(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            process = self.start()
            self.assertIn("listening on", process.stdout.readline())
            process.send_signal(number)
            self.assertEqual(0, process.wait(5))

    def test_ends_when_the_one_that_started_it_is_gone(self):
        script = (
            "import subprocess, sys; p = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE, text=True);"
            "print(p.pid, p.stdout.readline(), flush=True)"
        )
        command = [sys.executable, "-c", script, str(HERE / "people.py"), "--port", "0", "--data", self.directory.name]
        output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=20).stdout
        child = int(output.split()[0])
        deadline = time.monotonic() + 10
        while pathlib.Path(f"/proc/{child}").exists() and state_of(child) != "Z" and time.monotonic() < deadline:
            threading.Event().wait(0.05)
        self.assertTrue(not pathlib.Path(f"/proc/{child}").exists() or state_of(child) == "Z")

    def test_says_in_a_sentence_that_its_port_is_taken(self):
        first = self.start()
        port = first.stdout.readline().split()[-1]
        command = [sys.executable, str(HERE / "people.py"), "--port", port, "--data", self.directory.name]
        second = subprocess.run(command, capture_output=True, text=True, timeout=20)
        self.assertEqual(1, second.returncode)
        self.assertIn("cannot listen on", second.stderr)

    def test_keeps_its_data_over_a_restart(self):
        store = people.PeopleStore(pathlib.Path(self.directory.name) / "people.db")
        seed = json.loads((HERE / "people.json").read_text("utf-8"))["items"]
        store.prepare(seed)
        store.note("noor-haddad", 1, "kept")
        people.PeopleStore(store.file).prepare(seed)
        self.assertEqual("kept", people.PeopleStore(store.file).get("noor-haddad")["note"])


def state_of(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "Z"


if os.name != "posix":
    del ProcessTests
