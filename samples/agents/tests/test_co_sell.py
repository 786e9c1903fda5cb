import datetime
import io
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import co_sell
from records import Records, RecordsMissing
from scout import Scout

HERE = pathlib.Path(__file__).resolve().parent.parent
TODAY = datetime.date(2031, 3, 4)


class RecordsTests(unittest.TestCase):
    def test_relate_to_each_other(self):
        records = Records.load()
        partnerships = {one["id"]: one for one in records.partnerships}
        for one in records.partnerships:
            self.assertIn(one["ownerId"], records.people)
            self.assertIn(one["organizationId"], records.organizations)
        for deal in records.deals:
            self.assertIn(deal["ownerId"], records.people)
            self.assertEqual(partnerships[deal["partnershipId"]]["organizationId"], deal["organizationId"])
        for one in records.people.values():
            if one["organizationId"]:
                self.assertEqual(records.organizations[one["organizationId"]]["name"], one["organizationName"])

    def test_are_never_old(self):
        records = Records.load(today=TODAY)
        self.assertTrue(all(0 <= records.days_since(one["lastContactOn"]) < 500 for one in records.partnerships))

    def test_say_what_is_missing(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(RecordsMissing, "partnerships.json"):
            Records.load(folder)


class ScoutTests(unittest.TestCase):
    def setUp(self):
        self.records = Records.load(today=TODAY)
        self.scout = Scout(self.records)

    def answer(self, prompt):
        return "\n\n".join(self.scout.answer(prompt))

    def test_suggests_partners_with_most_in_common(self):
        answer = self.answer("Who could help us with Alpenstrom?")
        self.assertIn("## Alpenstrom", answer)
        self.assertIn("1. **[", answer)
        self.assertIn("How I got here", answer)
        points = [int(number) for number in re.findall(r"\*\*, (-?\d+) point", answer)]
        self.assertEqual(sorted(points, reverse=True), points)

    def test_never_suggests_the_partner_itself_or_one_that_ended(self):
        ended = {one["id"] for one in self.records.partnerships if one["status"] == "ended"}
        for one in self.records.partnerships:
            suggested = {other["id"] for _, other, _ in self.scout.rank(one)}
            self.assertFalse(suggested & (ended | {one["id"]}))

    def test_knows_a_partner_by_the_first_word_of_its_name(self):
        self.assertIn("## Caravela Saúde", self.answer("news about caravela"))
        self.assertIn("## Fjordlys Energi", self.answer("FJORDLYS???"))

    def test_takes_no_region_for_a_partner(self):
        self.assertIn("Who could sell together: Southern Europe", self.answer("Partners in Southern Europe"))

    def test_compares_two_partners_that_are_named(self):
        answer = self.answer("Alpenstrom and Fjordlys Energi together")
        self.assertLess(answer.index("## Alpenstrom"), answer.index("## Fjordlys Energi"))

    def test_finds_partners_for_a_market(self):
        answer = self.answer("Anyone for Health in India?")
        self.assertIn("Health, India", answer)
        self.assertIn("Nilgiri Health", answer)

    def test_lists_who_went_quiet(self):
        self.assertIn("days ago", self.answer("Which partners went quiet?"))

    def test_shows_best_chances(self):
        self.assertIn("Best chances", self.answer("Where are the best chances this week?"))

    def test_helps_with_empty_and_odd_prompts(self):
        for prompt in ("", "   \n\t", "42", "😀😀😀", "<script>alert(1)</script>", "'; drop table x", "\x00\x01", "x" * 9000):
            answer = self.answer(prompt)
            self.assertIn("For example", answer)
            self.assertNotIn("<script", answer)

    def test_links_only_to_pages_of_the_portal(self):
        for prompt in ("Alpenstrom", "Health", "quiet", "chances", ""):
            for target in re.findall(r"\]\(([^)]*)\)", self.answer(prompt)):
                self.assertRegex(target, r"^/(partnerships|people)/[a-z0-9-]+$")


class ProgramTests(unittest.TestCase):
    def start(self, *options):
        command = [sys.executable, str(HERE / "co_sell.py"), *options]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for cleanup in (process.stderr.close, process.stdout.close, process.wait, process.kill):
            self.addCleanup(cleanup)
        return process

    def test_answers_and_ends_with_zero(self):
        process = self.start("--pace", "0")
        output, errors = process.communicate("Alpenstrom".encode(), 20)
        self.assertEqual((0, b""), (process.returncode, errors))
        self.assertIn("## Alpenstrom", output.decode())

    def test_takes_bytes_that_are_no_text(self):
        process = self.start("--pace", "0")
        output, errors = process.communicate(b"\xff\xfe\x80", 20)
        self.assertEqual((0, b""), (process.returncode, errors))
        self.assertIn("For example", output.decode())

    def test_prints_words_as_they_come(self):
        pauses, written = [], io.StringIO()
        co_sell.say("one two\nthree", 0.5, written, sleep=lambda pace: pauses.append((pace, written.getvalue())))
        self.assertEqual([(0.5, "one "), (0.5, "one two\n")], pauses)
        self.assertEqual("one two\nthree", written.getvalue())

    def test_ends_at_once_when_told(self):
        for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            process = self.start("--pace", "60")
            process.stdin.write(b"Alpenstrom")
            process.stdin.close()
            self.assertEqual(b"## ", process.stdout.read(3))
            started = time.monotonic()
            process.send_signal(number)
            self.assertEqual(code, process.wait(5))
            self.assertLess(time.monotonic() - started, 5)

    def test_ends_quietly_when_nobody_listens(self):
        process = self.start("--pace", "0.001")
        process.stdin.write(b"Alpenstrom")
        process.stdin.close()
        process.stdout.read(1)
        process.stdout.close()
        self.assertEqual(0, process.wait(20))
        self.assertEqual(b"", process.stderr.read())

    def test_says_that_its_data_is_missing(self):
        with tempfile.TemporaryDirectory() as folder:
            process = self.start("--pace", "0", "--data", folder)
            output, _ = process.communicate(b"Alpenstrom", 20)
        self.assertEqual(0, process.returncode)
        self.assertIn("nothing to search", output.decode())
