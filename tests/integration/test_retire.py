"""Is an official who asked for it, and a channel that is dead, in no letter that leaves? From database to relay."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mailer.cli.main import app
from mailer.core.counting import ReportKind
from mailer.core.enrolment import Applicant
from mailer.core.listings import values_of
from mailer.core.tokens import Purpose, derive
from mailer.errors import MailerError, NotFoundError, UsageError
from mailer.flows.send import Sender, SenderPlan
from mailer.wiring import Installation
from tests.acceptance.cases import campaign_file
from tests.asking import asking
from tests.databases import NOW, enter_all
from tests.fakes import FakeReporter
from tests.homes import begin_with, installed
from tests.smtp_server import SmtpServer
from tests.smtp_steps import HANG_UP_AFTER_ACCEPTING, Step

COURT, MINISTRY = "court@justice.example", "ministry@justice.example"
DESK = "desk@solidarity.example"
FAMILY = "family@solidarity.example"
MORE_TARGETS = f"      - {{id: ministry, name: Ministry, email: {MINISTRY}, languages: [en], fallback_for: court}}\n"
FILE = campaign_file(NOW, more=f"copies_to: [{DESK}]").replace("    missions:", f"{MORE_TARGETS}    missions:")
NAMES = ("anna", "boris", "clara", "dora")
DAY = timedelta(days=1)


class Office:
    """An installation that sends to a real server, at a time that a test moves."""

    def __init__(self, folder: Path, server: SmtpServer) -> None:
        begin_with(folder, FILE)
        self.now = NOW
        self.server = server
        self.folder = folder
        self.home = self.open()
        enter_all(self.home.supporters, *(Applicant(f"{name}@union.example", country="GB") for name in NAMES))

    def open(self) -> Installation:
        """Return the installation as another process would, such as that of a command."""
        relay = f"smtp+insecure://127.0.0.1:{self.server.port}"
        return installed(self.folder, lambda: self.now, MAILER_RELAY_URL=relay, MAILER_PUBLIC_URL="https://a.example")

    def launch(self) -> None:
        """Publish and approve the case, without a hold, and queue its alerts."""
        campaign, catalog = self.home.campaign("case")
        publisher = self.home.publisher(catalog)
        publisher.launch(publisher.plan_launch(campaign, rehearsal=False, now=NOW), now=NOW, hold=timedelta())
        self.tick()

    def tick(self) -> None:
        """Plan and fill what is due."""
        self.home.dispatcher().tick(rehearsal=False, now=self.now)

    def send(self) -> list[str]:
        """Send what is due; return the text of each mail that left."""
        before = len(self.server.messages)
        plan = SenderPlan("test", rehearsal=False, connections=1, until_idle=True)
        asyncio.run(Sender(plan, self.home.outside(FakeReporter()), asyncio.Event()).run())
        return [text_of(found.content) for found in self.server.messages[before:]]

    def report(self, *names: str, target: str = "court", value: str = COURT) -> None:
        """Let supporters report a channel on their pages."""
        for name in names:
            found = self.home.supporters.standing(f"{name}@union.example").supporter
            assert found is not None
            taken = self.home.answering.report("case", found.public_id, target, ReportKind.DEAD, value, now=self.now)
            assert taken

    def page(self, name: str) -> str:
        """Return the path of a supporter's own page."""
        found = self.home.supporters.standing(f"{name}@union.example").supporter
        assert found is not None
        return f"/a/{derive(self.home.token_key, Purpose.ACTION, 'case', found.public_id)}"

    def run(self, *words: str) -> str:
        """Run a command in an installation of its own; return what it printed."""
        home = self.open()
        result = CliRunner().invoke(app, list(words), obj=home)
        home.engine.dispose()
        if isinstance(result.exception, MailerError):
            raise result.exception
        assert result.exception is None, result.output
        return result.output

    def json(self, *words: str) -> object:
        """Run a command and return what it says to programs."""
        return json.loads(self.run(*words, "--json"))


def text_of(content: bytes) -> str:
    """Return the words of a mail."""
    body = message_from_bytes(content, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def office(tmp_path: Path, smtp_server: SmtpServer) -> Iterator[Office]:
    """A launched case with four alerts that wait."""
    office = Office(tmp_path, smtp_server)
    office.launch()
    yield office
    office.home.engine.dispose()


# --- dead channels --------------------------------------------------------------------------------


def test_a_fallback_is_in_the_mail_once_three_supporters_reported_the_first_choice(office):
    """Two are not enough, and one who says it three times is one."""
    office.report("anna", "anna", "boris", "anna")
    before = office.send()
    assert all(COURT in text and MINISTRY not in text for text in before)
    assert len(before) == 4

    office.report("clara")
    office.now += 4 * DAY
    office.tick()
    after = office.send()

    assert all(MINISTRY in text and COURT not in text for text in after)
    assert len(after) == 4


def everything_but(office: Office, *kept: str) -> list[tuple[str, str]]:
    """Return every (target, value) that supporters can report, without some values."""
    record = office.home.campaigns.find("case")
    revision = office.home.campaigns.revision("case", record.revision)
    rows = (*revision.campaign.missions, *revision.missions)
    listed = ((target.id, value) for target in revision.campaign.targets for value in values_of(target, rows))
    return [(target, value) for target, value in listed if value not in kept]


@pytest.mark.parametrize("kept", [(), (FAMILY,)])
def test_three_who_report_every_office_do_not_end_a_case(office, kept):
    """Anybody may become a supporter: where no protest is left, what they call dead stays, in mails and on pages."""
    for target, value in everything_but(office, *kept):
        office.report("anna", "boris", "clara", target=target, value=value)

    texts = office.send()

    assert len(texts) == 4
    assert all(COURT in text for text in texts)
    assert COURT in asking(office.home)(office.page("dora")).text


def test_what_was_retired_stays_out_where_nothing_else_is_left(office):
    """An official who asked for it is not brought back by reports of all others."""
    office.run("targets", "retire", COURT, "--reason", "asked by phone")
    for target, value in everything_but(office, COURT):
        office.report("anna", "boris", "clara", target=target, value=value)

    texts = office.send()

    assert len(texts) == 4
    page = asking(office.home)(office.page("dora")).text
    assert all(MINISTRY in text and COURT not in text for text in (*texts, page))


def test_a_dismissed_report_brings_the_channel_back(office):
    """An organiser who knows better says so."""
    office.report("anna", "boris", "clara")
    told = office.json("targets", "reports", "case")["reports"]
    assert [(each["target"], each["value"], each["supporters"], each["dead"]) for each in told] == [
        ("court", COURT, 3, True)
    ]

    assert office.json("targets", "reports", "case", "--dismiss", "court")["dismissed"] == 3

    assert all(COURT in text and MINISTRY not in text for text in office.send())
    assert office.json("targets", "reports") == {"reports": []}
    with pytest.raises(NotFoundError, match="nobody reported"):
        office.run("targets", "reports", "case", "--dismiss", "court")
    with pytest.raises(UsageError, match="needs the campaign"):
        office.run("targets", "reports", "--dismiss", "court")


def test_a_value_that_nobody_was_given_is_no_report(office):
    """What somebody typed into a form is not kept, and an organiser never reads it."""
    for target, value in (("court", "evil@else.example"), ("court", MINISTRY), ("nobody", COURT)):
        with pytest.raises(NotFoundError):
            office.report("anna", target=target, value=value)
    office.report("anna", target="embassy", value="gb@embassy.example")

    told = office.json("targets", "reports")["reports"]
    assert [(each["campaign"], each["target"], each["value"]) for each in told] == [
        ("case", "embassy", "gb@embassy.example")
    ]


# --- retired officials ----------------------------------------------------------------------------


def test_a_retired_address_is_in_no_letter_however_it_is_spelled(office):
    """Queued ones too; a target's, a mission's, and who gets copies."""
    for address in ("Court@Justice.Example", "GB@embassy.example", f" {DESK.upper()} "):
        office.run("targets", "retire", address, "--reason", "asked by phone")

    texts = office.send()

    assert len(texts) == 4
    for text in texts:
        assert MINISTRY in text
        assert not any(gone in text.lower() for gone in (COURT, "gb@embassy.example", DESK))


def test_retiring_is_in_force_before_the_next_letter_of_a_sender_that_works(office, smtp_server):
    """Its batch was read and composed before: intents are refused, and letters composed anew.

    The letter that is on the wire behind the first has its intent; it is looked at once more, as some time has passed.
    """
    others = []

    def retire_after_the_first(line: bytes) -> Step | None:
        if not others:
            others.append(office.run("targets", "retire", COURT, "--reason", "asked by phone"))
        return None

    smtp_server.always("content", retire_after_the_first)
    texts = office.send()

    assert len(texts) == 4
    assert [COURT in text for text in texts] == [True, False, False, False]
    assert [MINISTRY in text for text in texts] == [False, True, True, True]


def test_a_letter_in_doubt_is_repeated_without_what_was_retired_meanwhile(office, smtp_server):
    """The one exception to the same bytes; the Message-ID stays, so that mail programs may still show one."""
    retired = []

    def take_it_and_hang_up(line: bytes) -> Step | None:
        if retired:
            return None
        retired.append(office.run("targets", "retire", COURT, "--reason", "asked by phone"))
        return HANG_UP_AFTER_ACCEPTING

    smtp_server.always("content", take_it_and_hang_up)
    office.send()

    first, *others = smtp_server.messages
    (again,) = (found for found in others if found.message_id == first.message_id)
    assert COURT in text_of(first.content)
    assert COURT not in text_of(again.content)
    assert MINISTRY in text_of(again.content)
    assert len(smtp_server.messages) == 5


def test_a_preview_shows_what_a_sender_would_send(office):
    """With what is retired and dead known; at an earlier time a channel was not dead yet."""

    def values(*at: str) -> set[str]:
        shown = office.json("preview", "case", "--country", "GB", *at)
        return {channel["value"] for letter in shown["letters"] for channel in letter["channels"]}

    assert {COURT, "gb@embassy.example"} < values()
    office.run("targets", "retire", "gb@embassy.example", "--reason", "asked by phone")
    office.now += timedelta(hours=2)
    office.report("anna", "boris", "clara")

    assert not {COURT, "gb@embassy.example"} & values()
    assert MINISTRY in values()
    assert COURT in values("--at", (NOW + timedelta(hours=1)).isoformat())


def test_check_and_launch_warn_of_what_the_file_still_lists(tmp_path, smtp_server):
    """With the target, and the way to find out why; it is no error, since no letter has it."""
    office = Office(tmp_path, smtp_server)
    assert "retired" not in office.run("check")
    office.run("targets", "retire", COURT, "--reason", "asked by phone")
    office.run("targets", "retire", "gb@embassy.example", "--reason", "asked by phone")

    found = office.json("check")
    told = [problem for problem in found["problems"] if "retired" in problem["message"]]
    assert found["ok"]
    assert {problem["severity"] for problem in told} == {"warning"}
    assert [("court" in each["message"], "mission of KZ in GB" in each["message"]) for each in told] == [
        (True, False), (False, True),
    ]  # fmt: skip
    said = office.run("launch", "case", "--yes")
    assert f"retired    {COURT} (court)" in said


def test_the_command_tells_who_listed_it_and_keeps_why(office):
    """A second time it is known; what no campaign lists is asked about."""
    first = office.run("targets", "retire", COURT, "--reason", "asked by phone")
    again = office.run("targets", "retire", COURT.upper(), "--reason", "once more")
    other = office.run("targets", "retire", "+44 20 7946 0199", "--reason", "wrong number")

    assert f"{COURT} is in no letter from now on; it was listed by case" in first
    assert "was retired before" in again
    assert "no published campaign lists it" in other
    assert office.json("targets", "list")["retired"] == [
        {"value": "+442079460199", "reason": "wrong number", "at": "2026-11-20T10:00:00Z"},
        {"value": COURT, "reason": "asked by phone", "at": "2026-11-20T10:00:00Z"},
    ]
    assert "asked by phone" in office.run("targets", "list")
    assert office.json("status")["retired"] == 2
    assert "retired, and in no letter: 2" in office.run("status")


def test_a_reason_from_outside_does_not_reach_the_terminal_as_it_is(office):
    """Escape sequences are shown, not obeyed."""
    office.run("targets", "retire", COURT, "--reason", "asked \x1b[31m by phone")

    assert "\x1b" not in office.run("targets", "list")


# --- what came of it ------------------------------------------------------------------------------


def test_status_tells_three_numbers_and_the_reports(office):
    """Mails that left, letters that supporters say they sent, copies: never mixed, and under five "a few"."""
    office.send()
    for name in NAMES:
        found = office.home.supporters.standing(f"{name}@union.example").supporter
        assert office.home.answering.sent("case", found.public_id, "court", now=NOW)
        assert office.home.answering.sent("case", found.public_id, "family", now=NOW)
    office.report("anna")

    (case,) = office.json("status", "case")["campaigns"]
    assert case["numbers"] == {"sent_out": 4, "said_sent": 8, "copies": 0}
    assert case["by_target"] == {"court": "a few", "family": "a few"}
    assert [(each["target"], each["kind"], each["dead"]) for each in case["reports"]] == [("court", "dead", False)]
    said = office.run("status")
    assert 'sent out: 4; "I have sent it": 8 (court a few, family a few); copies received: 0' in said
    assert f"court, {COURT}: does not work, say 1 supporter" in said
    numbers = office.home.numbers("case")
    assert (numbers.sent_out, numbers.said_sent, numbers.copies) == (4, 8, 0)
