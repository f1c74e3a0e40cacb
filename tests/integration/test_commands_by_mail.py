"""What a supporter writes in answer to a mail is done, and answered once: a whole installation with a Maildir."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import unquote

import pytest

from mailer.adapters.mailbox import open_mailbox, parse_mailbox_url
from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.leaving import suppress
from mailer.adapters.store.replying import queue_reply
from mailer.adapters.store.tables import deliveries, mailings
from mailer.core.campaigns import MailingKind
from mailer.core.enrolment import Applicant
from mailer.core.incoming import Matter
from mailer.core.mail_commands import Command
from mailer.core.replies import Reply
from mailer.core.signups import SERVICE
from mailer.core.supporters import Consent, SuppressionReason
from mailer.wiring import Installation
from tests.homes import CASE, furnish, installed, launch, send, supporter
from tests.smtp_server import SmtpServer
from tests.smtp_steps import HANG_UP_AFTER_ACCEPTING

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ANN, BEN, CLARA, DORA = (
    Applicant(f"{name}@people.example", name=name.title(), country="GB", language=language)
    for name, language in (("ann", "en"), ("ben", "ru"), ("clara", "de"), ("dora", "ar"))
)


@dataclass(slots=True)
class Home:
    """An installation without pages that has sent an alert, and reads a Maildir; the time is what `now` says."""

    folder: Path
    server: SmtpServer
    now: datetime = START
    numbers: Iterator[int] = field(default_factory=count)
    alerts: dict[str, EmailMessage] = field(default_factory=dict)

    def open(self, **variables: str) -> Installation:
        """Return the installation as a new process would have it."""
        known = {"MAILER_RELAY_URL": self.server.url, "MAILER_MAILBOX_URL": f"maildir:{self.folder / 'box'}"}
        return installed(self.folder, lambda: self.now, **known | variables)

    def begin(self, *people: Applicant) -> None:
        """Send everybody the alert of the sample campaign."""
        installation = self.open()
        installation.publish_service(installation.catalog(), pytest.fail)
        launch(installation, *people, rehearsal=False)
        send(installation, rehearsal=False)
        self.alerts = {str(mail["To"].addresses[0].addr_spec): mail for mail in map(parsed, self.server.messages)}

    def put(self, line: str, *, who: str, subject: str = "", **fields: str) -> None:
        """Put a mail into the mailbox; without a subject it answers the alert of `who`."""
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"] = who
        mail["To"] = "office@solidarity.example"
        if not subject:
            alert = self.alerts[who]
            mail["In-Reply-To"] = str(alert["Message-ID"])
        mail["Subject"] = subject or f"Re: {alert['Subject']}"
        for name, value in fields.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(f"\n{line}\n\nOn Monday somebody wrote:\n> stop\n")
        new = self.folder / "box" / "new"
        for name in ("new", "cur", "tmp"):
            (self.folder / "box" / name).mkdir(parents=True, exist_ok=True)
        (new / f"{1000 + next(self.numbers)}.test").write_bytes(mail.as_bytes())

    def read(self) -> dict[Matter, int]:
        """Work through the mailbox; return what was in it."""
        mailbox = open_mailbox(parse_mailbox_url(f"maildir:{self.folder / 'box'}"))
        try:
            return dict(self.open().intake.take(mailbox).counts)
        finally:
            mailbox.close()

    def answers(self) -> list[EmailMessage]:
        """Read the mailbox, and send; return what came of it."""
        self.read()
        return self.sent()

    def sent(self, **variables: str) -> list[EmailMessage]:
        """Send what is queued; return it."""
        before = len(self.server.messages)
        send(self.open(**variables), rehearsal=False)
        return [parsed(mail) for mail in self.server.messages[before:]]

    def consent(self, who: Applicant) -> Consent:
        """Return whether somebody is on the list."""
        return supporter(self.open(), who).consent


def parsed(mail: object) -> EmailMessage:
    """Return a mail that the relay took, as the standard library reads it."""
    read = message_from_bytes(mail.content, policy=policy.default)  # type: ignore[attr-defined]
    assert isinstance(read, EmailMessage)
    return read


@pytest.fixture
def home(tmp_path, smtp_server) -> Home:
    """An installation that was begun."""
    furnish(tmp_path)
    return Home(tmp_path, smtp_server)


def test_each_command_is_done_and_answered_in_its_readers_language(home):
    """Four people answer the same alert, each with another word of their own language; whoever paused is answered."""
    home.begin(ANN, BEN, CLARA, DORA)
    home.put("STOP!", who=ANN.email)
    home.put("Отправлено", who=BEN.email)
    home.put("Pause", who=CLARA.email)
    home.put("ليست هذه القضيّة.", who=DORA.email)

    assert home.read() == {Matter.COMMAND: 4}
    told = {str(mail["To"]): str(mail["Subject"]) for mail in home.sent()}
    installation = home.open()
    people = {each.email: supporter(installation, each) for each in (ANN, BEN, CLARA, DORA)}
    facts = {email: installation.answers.answers_of(CASE, one.public_id) for email, one in people.items()}
    assert people[ANN.email].consent is Consent.UNSUBSCRIBED
    assert len(facts[BEN.email].acted) == 1
    assert people[CLARA.email].paused_until.date() == START.date() + timedelta(weeks=4)
    assert facts[DORA.email].declined
    assert [len(told), told[ANN.email][:6], told[BEN.email][:9]] == [4, "[Done]", "[Сделано]"]
    assert (told[CLARA.email][:10], told[DORA.email][:4]) == ("[Erledigt]", "[تم]")


def test_an_answer_says_that_a_machine_wrote_it_and_keeps_nothing_of_what_it_answers(home):
    """RFC 3834: auto-replied, of no list, once each; no word and no id of the mail that came in is in it."""
    home.begin(ANN)
    home.put("stop", who=ANN.email, Message_ID="<canary-1@people.example>", X_Note="canary")
    (answer,) = home.answers()
    head = home.server.messages[-1].content.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    names = [line.partition(":")[0].lower() for line in head if not line.startswith((" ", "\t"))]

    assert "Auto-Submitted: auto-replied" in head
    assert sorted(names) == sorted(set(names))
    assert not [name for name in names if name.startswith("list-") or name in ("precedence", "references")]
    assert b"canary" not in home.server.messages[-1].content
    assert "You have left the list" in answer.get_body(("plain",)).get_content()
    assert "mailto:" in answer.get_body(("html",)).get_content()


def test_a_command_is_answered_once_a_day(home):
    """However often it comes; the next day it is answered anew, and another command of the same day is too."""
    home.begin(ANN)
    home.put("stop", who=ANN.email)
    home.put("stop", who=ANN.email)
    assert len(home.answers()) == 1
    home.put("STOP", who=ANN.email)
    home.put("pause", who=ANN.email)

    assert len(home.answers()) == 1
    home.now += timedelta(days=1)
    home.put("stop", who=ANN.email)
    assert len(home.answers()) == 1


def test_two_machines_that_answer_each_other_stop_at_once(home):
    """One that says what it is gets no answer; nor does one that lies, and sends the command back for ever."""
    home.begin(ANN, BEN)
    home.put("stop", who=ANN.email, Auto_Submitted="auto-replied")
    home.put("stop", who=ANN.email, Precedence="bulk")
    home.put("stop", who=ANN.email, Return_Path="<>")
    assert home.answers() == []
    assert home.consent(ANN) is Consent.CONFIRMED
    home.put("stop", who=BEN.email)
    rounds = 0
    while answers := home.answers():
        rounds += 1
        (home.alerts[BEN.email],) = answers
        home.put("stop", who=BEN.email)

    assert rounds == 1


def test_without_proof_nothing_is_done_and_how_it_is_done_is_told(home):
    """The answer goes to the supporter's own address with their own way to leave, which works; strangers get none."""
    home.begin(ANN)
    home.put("stop", who=ANN.email, subject="Hello")
    home.put("stop", who="stranger@people.example", subject="stop")
    home.put("pause", who=ANN.email, subject="Hello again")
    (answer,) = home.answers()

    assert (home.consent(ANN), str(answer["To"])) == (Consent.CONFIRMED, ANN.email)
    text = answer.get_body(("plain",)).get_content()
    leave = re.search(r"mailto:office@\S+\?subject=(\S+)", text)
    home.put("", who="another@people.example", subject=unquote(leave[1]))
    (goodbye,) = home.answers()
    assert (home.consent(ANN), str(goodbye["To"])) == (Consent.UNSUBSCRIBED, ANN.email)


def test_the_robot_of_a_mail_provider_may_unsubscribe_and_gets_no_answer(home):
    """List-Unsubscribe is a mailto URI here; who presses it may be a machine, and its token proves whose it is."""
    home.begin(ANN)
    (leave,) = re.findall(r"<mailto:[^>]*\?subject=([^>]+)>", str(home.alerts[ANN.email]["List-Unsubscribe"]))
    home.put("", who="noreply@provider.example", subject=unquote(leave), Auto_Submitted="auto-generated")

    assert home.answers() == []
    assert home.consent(ANN) is Consent.UNSUBSCRIBED


def test_what_a_person_writes_is_left_for_people(home):
    """A word in a sentence, or under the quoted mail, is no command."""
    home.begin(ANN)
    home.put("Please stop sending letters to the court, I wrote to them.", who=ANN.email)
    home.put("Stop?", who=ANN.email)

    assert home.read() == {Matter.REPLY: 2}
    assert home.sent() == []
    assert len(list((home.folder / "box").glob("*/*.test*"))) == 2
    assert home.consent(ANN) is Consent.CONFIRMED


@pytest.mark.parametrize("reason", [SuppressionReason.COMPLAINT, SuppressionReason.ERASED])
def test_who_complained_or_was_erased_gets_no_answer(home, reason):
    """Not even one that was queued already: an answer is no way around what bars an address for good."""
    home.begin(ANN)
    home.put("stop", who=ANN.email)
    home.read()
    installation = home.open()
    if reason is SuppressionReason.ERASED:
        installation.supporters.erase(ANN.email, now=home.now)
    else:
        with writing(installation.engine) as connection:
            suppress(connection, installation.vault.hash_address(ANN.email), reason, home.now)

    assert home.sent() == []


def test_the_same_command_about_two_cases_is_answered_once(home):
    """Both are done; the second answer of a day would say what the first one said."""
    home.begin(ANN)
    installation = home.open()
    person = supporter(installation, ANN).id
    with writing(installation.engine) as connection:
        queue = partial(queue_reply, connection, person, rehearsal=False, now=home.now)
        queued = [queue(Reply(Command.SENT, case, 1)) for case in (CASE, "another-case")]
        queued.append(queue(Reply(Command.NOT_THIS_CASE, CASE, 1)))

    assert queued == [True, False, True]


def test_an_answer_that_was_lost_on_its_way_has_the_same_bytes_again(home):
    """By another try, in another process; and a week later nothing tells of it any more."""
    home.begin(ANN)
    home.put("sent", who=ANN.email)
    home.read()
    home.server.script("content", HANG_UP_AFTER_ACCEPTING)
    home.sent()
    first, second = home.server.messages[-2:]
    assert first.content == second.content
    home.now += timedelta(days=8)
    home.open().sign_ups.tick(rehearsal=False, now=home.now)

    with reading(home.open().engine) as connection:
        kinds = connection.execute(mailings.select().where(mailings.c.campaign_id == SERVICE)).all()
        left = connection.execute(deliveries.select()).all()
    assert [row.kind for row in kinds if row.kind == MailingKind.REPLY] == []
    assert len(left) == 1


def test_where_there_are_pages_the_answer_leads_to_them(home):
    """To sign up again, instead of a mail to a person."""
    home.begin(ANN)
    home.put("stop", who=ANN.email)
    home.read()
    (answer,) = home.sent(MAILER_PUBLIC_URL="http://127.0.0.1:8080")

    for part in ("plain", "html"):
        assert "http://127.0.0.1:8080/sign-up" in answer.get_body((part,)).get_content()
