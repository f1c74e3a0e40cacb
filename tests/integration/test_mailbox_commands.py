"""What does an organiser see of the mailbox, and show of it to supporters? The commands, over a real database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mailer.cli.main import app as mailer
from mailer.core.campaigns import Campaign, Mailing
from mailer.core.enrolment import Applicant
from mailer.core.incoming import UNREADABLE, Answer, Copied, Finding, Letter, Matter, Place
from mailer.core.publicview import numbers_view
from mailer.core.retirement import NOTHING_OUT_OF_USE
from mailer.flows.compose import Composed, Order, compose
from mailer.wiring import Installation
from tests.databases import enter_all
from tests.homes import begin_with, installed, supporter
from tests.mailroom import Inbox, forwarded, plain, report

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
CASE = "prisoner-2026"
EXAMPLE = Path(__file__).resolve().parent.parent / "design_example.yaml"
ANNA = Applicant("anna@people.example", name="Anna Example", language="en", country="GB")
BERT = Applicant("bert@people.example", name="Bert Example", language="ru", country="DE")
QUIET = Applicant("quiet@people.example", name="Q", language="en", country="GB")  # wants subjects that tell nothing
PROSECUTOR = "prosecutor@justice.example"
HOSTILE = "Re: \x1b]0;owned\x07 \u202egnp.exe [red]"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Installation]:
    """A database of which nothing is known yet."""
    begin_with(tmp_path, EXAMPLE.read_text(encoding="utf-8"))
    installation = installed(
        tmp_path, lambda: NOW, MAILER_MAILBOX_URL=(tmp_path / "Maildir").as_uri().replace("file", "maildir")
    )
    yield installation
    installation.engine.dispose()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The example campaign, launched; its relay is nowhere, so that nothing leaves."""
    folder = tmp_path_factory.mktemp("home")
    begin_with(folder, EXAMPLE.read_text(encoding="utf-8"))
    relay = "smtp+insecure://127.0.0.1:9"
    installation = installed(folder, lambda: NOW, MAILER_RELAY_URL=relay, MAILER_PUBLIC_URL="https://pages.example")
    enter_all(installation.supporters, ANNA, BERT, QUIET)
    campaign, catalog = installation.campaign(CASE)
    publisher = installation.publisher(catalog)
    publisher.launch(publisher.plan_launch(campaign, rehearsal=False, now=NOW), now=NOW, hold=timedelta())
    yield installation
    installation.engine.dispose()


def run(home: Installation, *words: object, code: int = 0) -> Any:
    """Type a command; return what came of it."""
    result = CliRunner().invoke(mailer, list(map(str, words)), obj=home)
    assert result.exit_code == code, result.output or repr(result.exception)
    return result


def values(home: Installation, *words: object) -> Any:
    """Type a command for programs; return what it printed."""
    return json.loads(run(home, *words, "--json").stdout)


def composed(home: Installation, mailing: Mailing, who: Applicant = ANNA) -> Composed:
    """Return the mail that somebody gets now."""
    record = home.campaigns.find(CASE)
    assert record is not None
    revision = home.campaigns.revision(record.id, record.revision)
    reader = supporter(home, who)
    reader = replace(reader, person=replace(reader.person, discreet=who is QUIET))
    order = Order(revision, reader, mailing, NOW, alert_at=NOW, out_of_use=home.out_of_use(CASE))
    made = compose(order, home.tools(revision))
    assert made is not None
    return made


def published(home: Installation) -> Campaign:
    """Return the campaign as it was published last."""
    record = home.campaigns.find(CASE)
    assert record is not None
    return home.campaigns.revision(record.id, record.revision).campaign


def files_of(mail: Composed) -> dict[str, bytes]:
    """Return the files of a mail by name, as any reader finds them."""
    message = message_from_bytes(mail.envelope.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return {str(part.get_filename()): part.get_payload(decode=True) for part in message.iter_attachments()}  # type: ignore[misc]


# --- what waits -----------------------------------------------------------------------------------


def test_it_is_told_how_many_mails_wait_for_a_person(bare: Installation) -> None:
    """First those that wait; the rest for who wonders where a mail went."""
    findings = [Finding(Matter.REPLY, Place.INBOX), Finding(Matter.REPLY, Place.INBOX), UNREADABLE]
    findings += [Finding(Matter.UNPROVEN, Place.PROCESSED)] * 3
    assert values(bare, "inbox", "list")["matters"] == []
    for number, finding in enumerate(findings):
        bare.incoming.keep("inbox", {str(number): finding}, NOW)
    bare.incoming.note_reading(NOW)

    told, printed = values(bare, "inbox", "list"), run(bare, "inbox", "list")

    assert told["waiting"] == 2
    assert {each["matter"]: (each["came"], each["waiting"]) for each in told["matters"]} == {
        "reply": (2, 2),
        "unreadable": (1, 0),
        "unproven": (3, 0),
    }
    assert told["mailbox"]["read_at"] == "2026-11-23T10:00:00Z"
    rows = [line for line in printed.stdout.splitlines() if "Quarantine" in line or "left in the inbox" in line]
    assert "left in the inbox" in rows[0]
    assert [word for word in rows[0].split() if word.isdigit()][:2] == ["2", "2"]
    assert "read last" in printed.stderr


def test_without_a_mailbox_it_is_told_which_setting_names_one(home: Installation) -> None:
    """Nothing reads what is not set: `mailer run` would not, either."""
    said = run(home, "inbox", "list").stderr

    assert "no mailbox is set: MAILER_MAILBOX_URL names it" in said
    assert "mailer run" not in said


def test_every_matter_has_words(bare: Installation) -> None:
    """Nothing that comes is left out of the list."""
    for matter in Matter:
        bare.incoming.keep("inbox", {matter.value: Finding(matter, Place.PROCESSED)}, NOW)

    assert run(bare, "inbox", "list").stdout.count("23 Nov 2026") == len(Matter)


def test_answers_of_officials_are_listed_with_the_newest_first(home: Installation) -> None:
    """By campaign; what a stranger wrote into a subject is no order to a terminal."""
    for number, subject in enumerate(["Your letter", HOSTILE]):
        answer = Answer(Letter(CASE, "court"), f"clerk{number}@court.example", subject, f"<{number}@court.example>")
        finding = Finding(Matter.ANSWER, Place.ANSWERS, answer)
        home.incoming.keep("inbox", {str(number): finding}, NOW + timedelta(hours=number))

    told, printed = values(home, "inbox", "answers", CASE)["answers"], run(home, "inbox", "answers")

    assert [each["from"] for each in told] == ["clerk1@court.example", "clerk0@court.example"]
    assert told[0] == {
        "campaign": CASE,
        "target": "court",
        "at": "2026-11-23T11:00:00Z",
        "from": "clerk1@court.example",
        "subject": HOSTILE,
    }
    assert not {"\x1b", "\x07", "\u202e"} & set(printed.output)
    assert "[red]" in printed.stdout
    run(home, "inbox", "answers", "nosuch", code=1)


def test_without_answers_none_is_listed(bare: Installation) -> None:
    """In words to people, as an empty list to programs."""
    assert values(bare, "inbox", "answers") == {"answers": []}
    assert "no official answered yet" in run(bare, "inbox", "answers").stderr


# --- what came of it ------------------------------------------------------------------------------


def test_copies_that_came_are_the_third_number(home: Installation) -> None:
    """Each once, by office, country and day; as "a few" under five, in words, for programs and on the public page."""
    for number, who in enumerate((ANNA, BERT, QUIET, ANNA)):
        copied = Copied(
            supporter(home, who).public_id, (Letter(CASE, "family"), Letter(CASE, "embassy"))[: 2 - number % 2]
        )
        home.incoming.keep("copies", {str(number): Finding(Matter.COPY, Place.GONE, copied)}, NOW)

    (told,) = values(home, "status", CASE)["campaigns"]

    assert (told["numbers"]["said_sent"], told["numbers"]["copies"]) == (0, 5)
    assert told["copies"] == {
        "by_target": {"embassy": "a few", "family": "a few"},
        "by_country": {"DE": "a few", "GB": "a few"},
        "by_day": {"2026-11-23": 5},
    }
    assert "copies received: 5 (embassy a few, family a few)" in run(home, "status").stdout
    assert numbers_view(home.numbers(CASE))["copies"] == 5


# --- an answer in an update -----------------------------------------------------------------------


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with the words of an update, and two answers."""
    (tmp_path / "news.txt").write_text("The court answered.", encoding="utf-8")
    (tmp_path / "Reply to Ms Private.txt").write_text("Dear [...],\nno.\n", encoding="utf-8")
    (tmp_path / "scan").write_bytes(b"%PDF-1.7 a scan")
    return tmp_path


def test_an_answer_goes_out_with_the_update_and_with_nothing_else(home: Installation, texts: Path) -> None:
    """The frozen revision has it: the files may be gone when the mails are made. Each mail names its files."""
    given = ("--text", texts / "news.txt", "--answer", texts / "Reply to Ms Private.txt", "--answer", texts / "scan")
    result = run(home, "update", CASE, *given)
    name = result.stdout.split()[1]
    for path in texts.iterdir():
        path.unlink() if path.suffix == ".txt" or path.name == "scan" else None

    mails = {who: composed(home, published(home).mailing(name), who) for who in (ANNA, BERT, QUIET)}
    reminder = next(each for each in home.campaign(CASE)[0].mailings if each.kind == "reminder")

    assert "DO NOT REMOVE" in result.stderr
    assert f"mailer pause {CASE}" in result.stderr
    assert "answer.txt, answer-2.pdf" in result.stdout
    for who, names in ((ANNA, ["answer.txt", "answer-2.pdf"]), (QUIET, ["file.txt", "file-2.pdf"])):
        assert list(files_of(mails[who])) == names
        assert f"without private details: {', '.join(names)}." in mails[who].rendered.text
        assert ", ".join(names) in mails[who].rendered.html
    assert files_of(mails[ANNA])["answer-2.pdf"] == b"%PDF-1.7 a scan"
    assert files_of(mails[ANNA])["answer.txt"] == "\ufeffDear [...],\r\nno.\r\n".encode()
    assert "Во вложении" in mails[BERT].rendered.text
    assert not any(b"Ms Private" in mail.envelope.content for mail in mails.values())
    assert not {"answer.txt", "answer-2.pdf"} & set(files_of(composed(home, reminder)))


def test_an_update_can_be_looked_at_before_it_is_sent(home: Installation, texts: Path) -> None:
    """In a folder, with what it carries, and nothing is published; afterwards `preview` shows it by its name."""
    before, folder = published(home), texts / "looked-at"
    given = ("--text", texts / "news.txt", "--answer", texts / "scan")

    run(home, "update", CASE, *given, "--preview", folder)

    kinds = [path for path in folder.iterdir() if path.is_dir()]
    assert kinds
    assert all((kind / "answer.pdf").read_bytes() == b"%PDF-1.7 a scan" for kind in kinds)
    assert "The court answered." in (kinds[0] / "mail.txt").read_text(encoding="utf-8")
    assert "answer.pdf" in (folder / "index.html").read_text(encoding="utf-8")
    assert published(home) == before
    name = values(home, "update", CASE, *given)["result"]
    shown = values(home, "preview", CASE, "--mailing", name, "--country", "GB", "--at", NOW.isoformat())
    assert shown["attached"] == ["answer.pdf"]


def test_a_preview_has_both_links_of_a_letter_that_is_counted(home: Installation) -> None:
    """For programs, beside each other; they differ in the copy alone."""
    shown = values(home, "preview", CASE, "--country", "GB", "--name", "Anna", "--at", NOW.isoformat())
    links = {
        letter["target"]: (channel["mailto"], channel["mailto_without_copy"])
        for letter in shown["letters"]
        for channel in letter["channels"]
        if channel["kind"] == "email"
    }

    assert set(links) == {"prosecutor", "embassy", "family"}
    for counted, without in links.values():
        assert re.sub(r"bcc=copies%2B[a-z2-7]{40}@solidarity\.example&", "", counted) == without
        assert counted in shown["text"]
        assert without in shown["text"]


@pytest.mark.parametrize("name", ["", "missing"])
def test_what_cannot_be_attached_stops_the_update(home: Installation, texts: Path, name: str) -> None:
    """Before anything is published; the file is named."""
    before = published(home)
    result = run(home, "update", CASE, "--text", texts / "news.txt", "--answer", texts / name, code=1)

    assert f"--answer: {texts / name if name else texts} cannot be read" in str(result.exception)
    assert published(home) == before


# --- dead targets ---------------------------------------------------------------------------------


def test_a_forwarded_report_corrects_the_letters_of_all_who_have_not_written(home: Installation) -> None:
    """The address is in no letter, its fallback is, and it is told on whose word and since when; until dismissed."""
    news = next(each for each in home.campaign(CASE)[0].mailings if each.kind == "reminder")
    before = composed(home, news, BERT)
    inbox = Inbox()
    stranger = forwarded("nobody@people.example", report("nobody@people.example", PROSECUTOR))
    inbox.put(stranger, plain(ANNA.email, "office@solidarity.example", "Hello", PROSECUTOR))
    home.intake.take(inbox)
    unchanged = composed(home, news, BERT)

    inbox.put(forwarded(ANNA.email, report(ANNA.email, PROSECUTOR)))
    home.intake.take(inbox)
    corrected = composed(home, news, BERT)

    assert PROSECUTOR in before.rendered.text
    assert PROSECUTOR in unchanged.rendered.text
    assert PROSECUTOR not in corrected.rendered.text
    assert [item.target for item in before.pack.items if item.target in ("prosecutor", "ministry")] == ["prosecutor"]
    assert "ministry" in [item.target for item in corrected.pack.items]
    assert "Ministry Street 1" in corrected.rendered.text
    for printed in (run(home, "status").stdout, run(home, "targets", "reports").stdout):
        assert f"prosecutor, {PROSECUTOR}: does not work, says a mail system in what 1 supporter forwarded" in printed
        assert "in no letter since 2026-11-23 10:00 UTC" in printed
    (told,) = values(home, "targets", "reports")["reports"]
    assert (told["dead"], told["dead_since"], told["kind"]) == (True, "2026-11-23T10:00:00Z", "returned")

    run(home, "targets", "reports", CASE, "--dismiss", "prosecutor")
    assert home.out_of_use(CASE) == NOTHING_OUT_OF_USE
