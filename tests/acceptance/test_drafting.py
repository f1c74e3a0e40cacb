"""Does a pasted appeal become a mail? As a new organiser does it: paste, look, take the marks out, send a test."""

from __future__ import annotations

import json
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

from tests.acceptance.terminals import at_a_terminal

APPEALS = Path(__file__).resolve().parents[1] / "appeals"
STRIKE = (APPEALS / "en-strike-leader.txt").read_text(encoding="utf-8")


def reviewed(text: str) -> str:
    """Return a campaign file after somebody has looked at every mark and made it ready."""
    lines = (line.partition("# check")[0].rstrip() for line in text.splitlines())
    return "\n".join(lines).replace("status: draft", "status: ready") + "\n"


def test_from_the_paste_to_a_test_mail(office, smtp_server):
    """Marks keep the campaign from being launched; without them the mail that arrives has the appeal's letters."""
    drafted = office.try_("draft", stdin=STRIKE)
    path = office.write("campaigns.yaml", drafted.stdout)
    office.run("init", ".")
    (case,) = office.json("check")["campaigns"]
    refused = office.run("launch", case, "--test", "me@people.example", code=65)
    path.write_text(reviewed(drafted.stdout), encoding="utf-8")
    office.run("launch", case, "--test", "me@people.example", "--country", "GB")
    (arrived,) = smtp_server.messages
    mail = message_from_bytes(arrived.content, policy=policy.default)
    text = mail.get_body(("plain",)).get_content()

    assert drafted.code == 0
    assert "# check" in refused.stderr
    assert mail["Subject"].startswith("[TEST]")
    assert "prosecutor@karaganda.example" in text
    assert "payment of all wages that are owed to the miners" in text


def test_the_good_news_close_the_campaign(workplace):
    """The mail that says that it is over becomes the campaign's closing."""
    workplace.write("appeal.txt", STRIKE)
    workplace.run("draft", "appeal.txt", "--add")
    (case,) = workplace.json("check")["campaigns"]
    news = workplace.write("good.txt", (APPEALS / "en-released.txt").read_text(encoding="utf-8"))
    told = workplace.json("draft", news.name, "--update-of", case)

    assert (told["kind"], told["outcome"]) == ("closing", "released")
    assert told["command"] == f"mailer close {case} --outcome released --text news.txt"


def edit_by_hand(workplace, typed: str) -> tuple[int, str]:
    """Return exit code and talk of a draft that an editor spoils the first time, and mends the second."""
    script = workplace.folder / "editor"
    script.write_text(
        "#!/bin/sh\n"
        "if [ -e spoilt ]; then sed -i 's/cauntry:/country:/' \"$1\"; "
        "else touch spoilt; sed -i 's/    country:/    cauntry:/' \"$1\"; fi\n",
        encoding="utf-8",
    )
    script.chmod(0o700)
    words = ("draft", "appeal.txt", "--edit", "--add")
    variables = {"EDITOR": str(script), "VISUAL": "", "TMPDIR": str(workplace.folder)}
    with at_a_terminal(workplace, *words, stdout=subprocess.DEVNULL, **variables) as terminal:
        terminal.read_until(b"[E/k]")
        terminal.type(f"{typed}\n".encode())
        told = terminal.read_all()
    return terminal.process.wait(timeout=30), told.decode()


def test_errors_are_shown_until_the_person_has_mended_them(workplace):
    """Whoever spoils the draft in the editor is shown what is wrong, and edits again; then it is put into the file."""
    workplace.write("appeal.txt", STRIKE)
    code, told = edit_by_hand(workplace, "e")

    assert code == 0
    assert "did you mean 'country'?" in told
    assert "errors: 0" in told
    assert len(workplace.json("check")["campaigns"]) == 1


def test_errors_may_be_let_be(workplace):
    """Whoever keeps a draft with errors gets it as it is, and 65."""
    workplace.write("appeal.txt", STRIKE)
    code, _ = edit_by_hand(workplace, "k")

    assert code == 65
    assert "    cauntry: " in (workplace.folder / "campaigns.yaml").read_text(encoding="utf-8")


def test_a_long_line_is_pasted_whole(workplace):
    """A page whose text is one line of 9,000 letters comes in from a terminal to its last word."""
    line = f"Free the nine miners! {'They did nothing wrong. ' * 375}Write to the court: court@justice.example"
    paste = f"{line}\n\x04".encode()
    with at_a_terminal(workplace, "draft", "--json", stdout=subprocess.PIPE) as terminal:
        terminal.read_until(b"Ctrl-D")
        for start in range(0, len(paste), 1000):
            terminal.type(paste[start : start + 1000])
            terminal.read()  # the echo: whoever does not read it lets the terminal fill up
        stdout, _ = terminal.process.communicate(timeout=30)

    assert [each["email"] for each in json.loads(stdout)["targets"]] == ["court@justice.example"]


def test_keys_within_a_paste_neither_end_it_nor_reach_the_shell(workplace):
    """What a page hides in its text is text: the paste goes on after it, to the key that somebody presses."""
    paste = b"Free the nine miners!\n\x04\x03\x1a\x1c touch taken\nWrite to the court: court@justice.example\n"
    with at_a_terminal(workplace, "draft", "--json", stdout=subprocess.PIPE) as terminal:
        terminal.read_until(b"Ctrl-D")
        terminal.type(paste)
        terminal.read_until(b"justice.example")
        terminal.type(b"\x04")
        stdout, _ = terminal.process.communicate(timeout=30)

    assert [each["email"] for each in json.loads(stdout)["targets"]] == ["court@justice.example"]


def test_a_paste_can_be_given_up(workplace):
    """Ctrl-C ends the command, and nothing is made of what was pasted so far."""
    with at_a_terminal(workplace, "draft", stdout=subprocess.PIPE) as terminal:
        terminal.read_until(b"Ctrl-D")
        terminal.type(b"Free the nine miners!\n\x03")
        stdout, _ = terminal.process.communicate(timeout=30)

    assert terminal.process.returncode == 130
    assert stdout == b""


FRIENDS = """Free the four painters!

Ada Sample, Ben Sample, Cyd Sample and Dora Sample were arrested on 2 May because they had painted a wall.
The police
say that Ada Sample, Ben Sample, Cyd Sample and Dora Sample have been held without charge since then.

Please write to the Minister of the Interior, minister@interior.example, and demand their immediate release.
"""


def test_the_same_appeal_makes_the_same_draft(office):
    """Also where several names have the same weight: the order of sets differs between two processes."""
    drafts = [
        subprocess.run(
            [sys.executable, "-m", "mailer", "draft", "-", "--json"],
            cwd=office.folder,
            env=office.environment | {"PYTHONHASHSEED": seed},
            input=FRIENDS,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    ]

    assert len(json.loads(drafts[0])["people"]) > 1
    assert set(drafts) == {drafts[0]}
