"""Are the reports of many mail systems understood, as `mailer inbox classify` tells them, and no other mail?"""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from mailer.adapters.bounce_words import guess_recipients
from mailer.adapters.classifying import classify_mail
from mailer.adapters.mail_reading import read_mail
from mailer.cli.main import app
from mailer.core.classifying import classify
from mailer.core.received import Part, Received
from tests.fuzzing import main, mutated, survives
from tests.mailbag import FOLDER, labels, mail, octets_of

COME_BACK = {"hard", "soft", "mixed"}
HEAD = b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n"
every_mail = pytest.mark.parametrize("name", sorted(labels()))


def run(*words: str) -> Result:
    """Run `mailer inbox classify`."""
    return CliRunner().invoke(app, ["inbox", "classify", *words])


@every_mail
def test_a_mail_is_what_its_label_says(name):
    """Its kind, and whom it is about; where people may differ about the kind, at least nobody is wronged."""
    label, found = labels()[name], classify_mail(read_mail(octets_of(name)))

    assert found.kind == label.kind or (not label.is_clear and found.kind not in ("hard", "complaint"))
    assert {each.recipient for each in found.recipients} == label.recipients


def test_there_are_reports_of_many_kinds():
    """The samples hold what comes to a mailbox: what came back, complaints, machines' answers, and mail of people."""
    kinds = [label.kind for label in labels().values()]

    assert len(kinds) >= 100
    assert all(kinds.count(kind) >= 2 for kind in (*COME_BACK, "complaint", "autoreply", "not-a-bounce"))


def test_the_command_tells_programs():
    """One row a file in the order given: file, kind, recipients with kind, status and reason."""
    files = [str(FOLDER / name) for name in ("mixed-report.eml", "newsletter.eml")]
    rows = json.loads(run("--json", *files).stdout)

    assert [(row["file"], row["kind"]) for row in rows] == list(zip(files, ("mixed", "not-a-bounce"), strict=True))
    assert [(each["recipient"], each["kind"], each["status"]) for each in rows[0]["recipients"]] == [
        ("jan@gone.example", "hard", "5.0.0"),
        ("jutta@full.example", "soft", "5.2.2"),
    ]
    assert rows[0]["recipients"][0]["reason"].startswith("smtp; 550 No such user here")
    assert (rows[0]["evidence"], rows[1]["recipients"]) == ("report", [])


def test_the_command_tells_people():
    """A line for the mail, and one for each recipient."""
    told = run(str(FOLDER / "qmail-no-mailbox.eml")).stdout.splitlines()

    assert told[0].endswith("qmail-no-mailbox.eml: hard, by words")
    assert told[1].startswith("  marta@gone.example: hard 5.1.1 ")


def test_people_are_told_a_status_once_and_no_evidence_of_nothing():
    """The reason is without the status that stands before it; what is no bounce rests on no words."""
    told = run(*(str(FOLDER / name) for name in ("international-address.eml", "newsletter.eml"))).stdout.splitlines()

    assert told[1].endswith(": hard 5.1.1 smtp; 550 User unknown")
    assert told[2].endswith("newsletter.eml: not-a-bounce")


def test_what_is_no_mail_is_no_bounce(tmp_path):
    """A file without a single field is told, and the others are classified all the same."""
    (tmp_path / "noise").write_bytes(b"\0\1\2")
    done = run("--json", str(tmp_path / "noise"), str(FOLDER / "domino.eml"))

    assert [row["kind"] for row in json.loads(done.stdout)] == ["not-a-bounce", "hard"]
    assert "without a single field" in done.stderr


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    """The command ends with a usage error that names the file, not with a traceback."""
    script = "from mailer.__main__ import main; main()"
    words = ["inbox", "classify", str(tmp_path / "nowhere.eml")]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv = ['mailer', *sys.argv[1:]]; {script}", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (64, "")
    assert done.stderr == f"{tmp_path / 'nowhere.eml'} cannot be read: No such file or directory\n"


def test_no_escape_reaches_the_terminal(tmp_path):
    """A stranger's words are printed without what a terminal would obey."""
    (tmp_path / "x.eml").write_bytes(HEAD + b"\n<x@y.example>: 550 \x1b[2Juser unknown\x07\n")

    assert "\x1b" not in run(str(tmp_path / "x.eml")).stdout
    assert "user unknown" in run(str(tmp_path / "x.eml")).stdout


def test_a_report_survives_what_lies_on_its_way():
    """Line ends of the network and a line of a mailbox file change nothing of what any mail is."""
    for name in labels():
        octets = octets_of(name)
        carried = b"From MAILER-DAEMON Sat Nov 21\n" + octets.replace(b"\n", b"\r\n")
        assert classify_mail(read_mail(carried)) == classify_mail(read_mail(octets)), name


def test_old_heuristics_fill_a_gap():
    """A format that is known to the library alone names its recipient."""
    text = "No such user: it could not be delivered.\nThe mail of one@lab.example, trix@lab.example, is below.\n"
    received = Received(
        return_path="", subject="Returned mail", parts=(Part("text/plain", text),), content_type="text/plain"
    )

    assert classify(received).recipients == ()
    assert [each.recipient for each in classify_mail(received).recipients] == ["trix@lab.example"]


def test_what_breaks_the_library_is_no_guess(monkeypatch):
    """An error within its heuristics costs its guess, and nothing else."""
    monkeypatch.setattr("mailer.adapters.bounce_words.all_failures", lambda _: 1 // 0)

    assert guess_recipients(mail("qmail-no-mailbox")) == ()


@given(st.randoms(use_true_random=False), st.sampled_from(sorted(labels())), st.sampled_from(sorted(labels())))
def test_no_mutation_of_a_mail_breaks_the_reading(random, name, other):
    """Whatever is done to a mail, it is read and classified, or it is no mail."""
    assert survives(mutated(octets_of(name), octets_of(other), random)) in (True, False)


def test_the_long_run_tells_what_it_did(capsys):
    """`make fuzz` mutates until its time is over, and says how many mails it took."""
    assert main(0.05, 1) == 0
    assert "seed 1: no error" in capsys.readouterr().out


def test_the_long_run_keeps_what_breaks_the_reading(tmp_path, monkeypatch):
    """A finding is a file that can be looked at, and the run ends."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tests.fuzzing.survives", lambda _: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        main(1, 5)
    assert mutated(b"", b"", Random(0)) is not None
    assert [file.name for file in (tmp_path / "var/fuzzing").iterdir()] == ["5-0.eml"]


@pytest.mark.parametrize("name", ["mailer --help", "mailer inbox --help"])
def test_help_loads_no_parser(name):
    """Only a command that reads mail loads what reads it; no command loads the library before it is needed."""
    script = (
        "import sys; sys.argv = sys.argv[1:]\nfrom mailer.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('\\n', sorted(sys.modules.keys() & {'flufl.bounce', 'mailer.core.classifying', 'email.parser'}))"
    )
    done = subprocess.run([sys.executable, "-c", script, *name.split()], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1].strip() == "[]"
