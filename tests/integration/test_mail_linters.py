"""Do mail programs and spam filters take our mails? html-validate, caniemail and SpamAssassin read each of them.

Each program runs once over all mails, and over a bad one that it has to find. Where a program is missing, its tests
are skipped; MAILER_TESTS_NEED_LINTERS=1 and MAILER_TESTS_NEED_SPAMASSASSIN=1 make that a failure.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from email import message_from_bytes, policy

import pytest

from tests.every_mail import NAMES, every_mail, languages
from tests.pages import ROOT

LINTERS = ROOT / "tests" / "linters"
MOST_POINTS = 1.0
PLANTED_POINTS = 5.0
# What some mail programs do not know, and what their readers get instead.
MAY_BE_MISSING = {
    "@media": "the light colours, and wider margins on a telephone",
    "<style> element": "the same",
    "<body> element": "the colours of the outer table",
    "Class selector": "selecting a line by hand, as below",
    "border-radius": "corners",
    "display": "what is hidden nowhere else: the first words of the mail twice",
    "overflow": "the same",
    "overflow-wrap": "word-break, which others know",
    "word-break": "overflow-wrap, which others know",
    "table-layout": "columns as wide as their words",
    "user-select": "selecting a line by hand",
    "lang attribute": "a voice in the language of the mail",
    "role attribute": "tables told as tables",
    "dir attribute": "the direction that the letters themselves have",
}
BAD_HTML = (
    '<!DOCTYPE html><html><head><title>x</title></head><body><p>open<div style="display:grid;filter:blur(1px)">'
    '<img src="https://bad.example/x.gif"></p><form action="/x"><input></form></body></html>'
)
BAD_MAIL = (
    b'From: "WINNER!!!" <x1234567@bad.example>\nTo: undisclosed-recipients:;\nSubject: FREE VIAGRA!!! CLICK NOW!!!\n'
    b"Date: Mon, 30 Nov 2020 09:00:00 +0000\nContent-Type: text/html\nMIME-Version: 1.0\n\n"
    b'<html><body><font color="#ffffff" size="1">invisible</font><h1>DEAR FRIEND, YOU HAVE WON ONE MILLION DOLLARS</h1>'
    b"<p>Buy cheap Viagra and Cialis online, 100% risk free, no prescription needed. Act now!</p>"
    b'<a href="http://192.0.2.7/click.php?id=1">http://www.bank.example/</a></body></html>\n'
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, list[str]]]:
    """Return what html-validate and caniemail say of every mail."""
    node = shutil.which("node")
    if node is None or not (LINTERS / "node_modules" / "caniemail").is_dir():
        missing = "the linters are missing: npm install in tests/linters"
        (pytest.fail if os.environ.get("MAILER_TESTS_NEED_LINTERS") == "1" else pytest.skip)(missing)
    folder = tmp_path_factory.mktemp("html")
    for name, mail in every_mail().items():
        (folder / f"{name}.html").write_text(mail.rendered.html, encoding="utf-8")
    (folder / "bad.html").write_text(BAD_HTML, encoding="utf-8")
    done = subprocess.run([node, LINTERS / "lint.mjs", folder], check=True, capture_output=True, timeout=100)
    return json.loads(done.stdout)


def test_every_mail_is_read(found: Mapping[str, object]) -> None:
    """Each kind in each language that there is a folder of, and the bad one."""
    assert len(found) == len(NAMES) * len(languages()) + 1
    assert {"alert-en.html", "update-wrote-ru.html", "bad.html"} <= set(found)


def test_mails_are_valid_html(found: Mapping[str, Mapping[str, list[str]]]) -> None:
    """No rule of html-validate is broken; in the bad mail several are."""
    broken = {name: said["html"] for name, said in found.items() if said["html"]}

    assert [name for name in broken if name != "bad.html"] == []
    assert len(broken["bad.html"]) >= 3


def test_what_mail_programs_do_not_know_is_not_missed(found: Mapping[str, Mapping[str, list[str]]]) -> None:
    """Of what any of sixteen mail programs lacks, mails use only what leaves them whole; the bad one uses more."""
    lacking = {name: {one.partition(":")[0] for one in said["clients"]} for name, said in found.items()}

    assert set().union(*(names for file, names in lacking.items() if file != "bad.html")) <= set(MAY_BE_MISSING)
    assert lacking["bad.html"] - set(MAY_BE_MISSING)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, float]:
    """Return SpamAssassin's points of every mail to those who did not write, by its rules on this machine."""
    program = shutil.which("spamassassin")
    if program is None:
        missing = "SpamAssassin is missing: apt-get install spamassassin"
        (pytest.fail if os.environ.get("MAILER_TESTS_NEED_SPAMASSASSIN") == "1" else pytest.skip)(missing)
    mails = {name: mail.envelope.content for name, mail in every_mail().items() if "-wrote" not in name}
    box = b"".join(in_a_box(name, content) for name, content in {**mails, "bad": BAD_MAIL}.items())
    home = tmp_path_factory.mktemp("spamassassin")
    settings = ("report_safe 0", "use_bayes 0", "score ALL_TRUSTED 0")
    command = [program, "--local", "--nocreate-prefs", "--mbox", *(f"--cf={one}" for one in settings)]
    environment = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, input=box, check=True, capture_output=True, env=environment, timeout=115)
    return dict(map(points, re.split(rb"(?m)^From ", done.stdout)[1:]))


def in_a_box(name: str, content: bytes) -> bytes:
    """Return a mail as it stands in an mbox, with a line of the server that took it."""
    line = b"Received: from localhost (localhost [127.0.0.1]) by mx.reader.example; Mon, 30 Nov 2026 09:00:05 +0000\n"
    named = f"X-Name: {name}\n".encode() + line + content.replace(b"\r\n", b"\n")
    return (
        b"From bounces@solidarity.example Mon Nov 30 09:00:05 2026\n"
        + re.sub(rb"(?m)^(>*From )", rb">\1", named)
        + b"\n"
    )


def points(mail: bytes) -> tuple[str, float]:
    """Return name and points of a mail, from the header that SpamAssassin wrote; they come in an order of its own."""
    read = message_from_bytes(mail.partition(b"\n")[2], policy=policy.default)
    return str(read["X-Name"]), float(re.search(r"score=(-?[\d.]+)", str(read["X-Spam-Status"]))[1])


def test_no_mail_looks_like_spam(judged: Mapping[str, float]) -> None:
    """At most 1.0 points of SpamAssassin's local rules for every kind in every language, and a planted one above 5."""
    mails = {name: found_points for name, found_points in judged.items() if name != "bad"}

    assert {name: found_points for name, found_points in mails.items() if found_points > MOST_POINTS} == {}
    assert len(mails) == len([name for name in NAMES if "-wrote" not in name]) * len(languages())
    assert judged["bad"] > PLANTED_POINTS
