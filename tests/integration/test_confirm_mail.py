"""Who signs up gets one mail: what is in it, what is not, who gets it, and what holds it. A whole installation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner, Result

from mailer.cli.main import app
from mailer.core.campaigns import MailingKind
from mailer.core.deliveries import State
from mailer.core.enrolment import Applicant
from mailer.core.signups import NAME, SERVICE, Confirmation, SignUp, confirm_mailing_id
from mailer.core.supporters import Consent, PublicId, SupporterId
from mailer.errors import MailerError, NotFoundError
from mailer.flows.signup import Arrival
from mailer.wiring import Installation
from tests.databases import CONFIRMED, UNCONFIRMED, enter_all
from tests.homes import furnish, installed, send
from tests.smtp_server import SmtpServer
from tests.smtp_steps import HANG_UP_AFTER_ACCEPTING, say

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
CONSENT = "I agree that Example Solidarity Network writes to me about people in prison."
SHIPPED = Path(__file__).parents[2] / "templates"
TYPED = Applicant(
    "new@people.example",
    name="Canary Name",
    language="ru",
    country="DE",
    city="Canary City",
    organisation="Canary Union",
    tags=("canary-tag",),
)


@dataclass(slots=True)
class Home:
    """An installation whose relay is a server that keeps everything; the time is what `now` says."""

    folder: Path
    server: SmtpServer
    variables: dict[str, str] = field(default_factory=dict)
    now: datetime = START
    numbers: Iterator[int] = field(default_factory=count)

    def open(self) -> Installation:
        """Return the installation as a new process would have it."""
        known = {"MAILER_RELAY_URL": self.server.url, "MAILER_PUBLIC_URL": "http://127.0.0.1:8080"}
        return installed(self.folder, lambda: self.now, **known | self.variables)

    def publish(self) -> list[str]:
        """Publish what the mail is composed from; return what was told."""
        told: list[str] = []
        installation = self.open()
        installation.publish_service(installation.catalog(), told.append)
        return told

    def sign_up(self, *applicants: Applicant) -> None:
        """Let people fill in the form."""
        ids = (PublicId(number.to_bytes(8, "big")) for number in self.numbers)
        signups = (SignUp(public_id, each, CONSENT, "en") for public_id, each in zip(ids, applicants, strict=False))
        assert all(self.open().sign_ups.take_all([Arrival(each, "192.0.2.0/24", self.now) for each in signups]))

    def ask(self) -> list[EmailMessage]:
        """Ask those who wait to confirm, and send; return the mails that came."""
        before, installation = len(self.server.messages), self.open()
        installation.sign_ups.tick(rehearsal=False, now=self.now)
        send(installation, rehearsal=False)
        return [parsed(mail.content) for mail in self.server.messages[before:]]

    def run(self, *words: str) -> Result:
        """Run a command."""
        result = CliRunner().invoke(app, list(words), obj=self.open())
        if isinstance(result.exception, MailerError):
            raise result.exception
        return result


def parsed(content: bytes) -> EmailMessage:
    """Return a mail as the standard library reads it."""
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def token_in(mail: EmailMessage) -> str:
    """Return the token of the link that both parts have."""
    parts = [mail.get_body((kind,)) for kind in ("plain", "html")]
    found = [re.findall(r"http://127\.0\.0\.1:8080/confirm/([\w-]{34})", part.get_content()) for part in parts if part]
    assert len(found) == 2
    assert found[0] == found[1]
    return str(found[0][0])


@pytest.fixture
def home(tmp_path, smtp_server) -> Home:
    """An installation that was begun, with its mail published."""
    furnish(tmp_path)
    home = Home(tmp_path, smtp_server)
    assert home.publish() == []
    return home


def test_the_mail_holds_nothing_that_was_typed_and_its_link_confirms(home):
    """Not even the name, in no header and in no part; the language alone chose the words."""
    home.sign_up(TYPED)
    (mail,) = home.ask()
    source = home.server.messages[0].content.decode("ascii")
    written = "".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")

    assert "canary" not in (source + written + str(mail["Subject"]) + str(mail["To"])).lower()
    assert mail["Subject"].startswith("Подтвердите подписку")
    assert mail["To"].addresses[0].addr_spec == "new@people.example"
    assert home.open().sign_ups.confirm(token_in(mail), now=home.now) is Confirmation.CONFIRMED
    joined = home.open().supporters.standing("new@people.example").supporter
    assert (joined.person.name, joined.consent) == ("Canary Name", Consent.CONFIRMED)


def test_the_headers_are_those_of_a_machines_single_mail(home):
    """RFC 5322: one of each; RFC 3834: written by a machine; and of no list, because there is none to leave."""
    home.sign_up(TYPED)
    home.ask()
    head = home.server.messages[0].content.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    names = [line.partition(":")[0].lower() for line in head if not line.startswith(" ")]

    for name in ("from", "to", "date", "message-id", "subject", "auto-submitted", "mime-version"):
        assert names.count(name) == 1
    assert "Auto-Submitted: auto-generated" in head
    assert not [
        name for name in names if name.startswith("list-") or name in ("precedence", "in-reply-to", "cc", "bcc")
    ]
    assert all(len(line) <= 998 for line in head)


def test_member_stranger_and_who_left_get_the_same_mail(home):
    """But for the address, the link and the ids that belong to each; only a complaint or a bounce bars somebody."""
    people = [Applicant(f"{name}@people.example", language="en") for name in ("member", "left", "unsure", "stranger")]
    installation = home.open()
    enter_all(installation.supporters, people[0], people[1], terms=CONFIRMED)
    enter_all(installation.supporters, people[2], terms=UNCONFIRMED)
    installation.supporters.unsubscribe("left@people.example")
    home.sign_up(*people)
    mails = home.ask()

    assert sorted(str(mail["To"]) for mail in mails) == sorted(each.email for each in people)
    texts = {str(mail.get_body(("plain",))).replace(token_in(mail), "TOKEN") for mail in mails}
    assert len(texts) == 1
    assert len({token_in(mail) for mail in mails}) == 4
    standing = {each.email: installation.supporters.standing(each.email).supporter.consent for each in people}
    assert list(standing.values()) == [
        Consent.CONFIRMED, Consent.UNSUBSCRIBED, Consent.UNCONFIRMED, Consent.UNCONFIRMED,
    ]  # fmt: skip


def test_a_mail_that_is_composed_again_has_the_same_bytes(home):
    """By another process, later, from the moment and the key of the first try."""
    home.sign_up(TYPED)
    first, second = home.open(), home.open()
    first.sign_ups.tick(rehearsal=False, now=home.now)
    (delivery,) = first.outbox.claim(worker="w", limit=9, rehearsal=False, now=home.now)
    (reader,) = first.supporters.load_many([SupporterId(delivery.supporter_id)])
    envelope = first.desk().envelope(delivery, reader, home.now)

    home.now += timedelta(hours=3)
    assert envelope is not None
    assert second.desk().envelope(delivery, reader, START) == envelope
    assert second.desk().envelope(delivery, reader, home.now) != envelope


def test_who_confirmed_or_was_barred_meanwhile_gets_no_mail(home):
    """Looked up when it is composed, and again when it would leave."""
    home.sign_up(TYPED, Applicant("spam@people.example", language="en"))
    installation = home.open()
    installation.sign_ups.tick(rehearsal=False, now=home.now)
    erased = installation.supporters.erase("new@people.example", now=home.now)

    assert erased.was_supporter
    assert [str(mail["To"]) for mail in home.ask()] == ["spam@people.example"]
    assert installation.supporters.standing("spam@people.example").suppression is None


def test_the_mail_is_published_once_and_again_when_its_words_change(home):
    """A restart makes no new revision; another organisation's name does."""
    home.publish()
    assert home.open().campaigns.find(SERVICE).revision == 1
    file = home.folder / "campaigns.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("\n  name: ", "\n  name: New ", 1), encoding="utf-8")
    home.publish()

    assert home.open().campaigns.find(SERVICE).revision == 2
    home.sign_up(TYPED)
    (mail,) = home.ask()
    assert "New " in mail["Subject"]


@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_a_broken_template_is_told_at_the_start_and_not_published(home, tmp_path, suffix):
    """With file and line; those who sign up get what was published before."""
    own = Path(copytree(SHIPPED, tmp_path / "own"))
    broken = own / "mail" / f"confirm.{suffix}.j2"
    broken.write_text(
        broken.read_text(encoding="utf-8").replace("{% block paper %}", "{% block paper %}\n{{ nobody }}")
    )
    line = next(n for n, text in enumerate(broken.read_text(encoding="utf-8").splitlines(), 1) if "nobody" in text)
    home.variables["MAILER_TEMPLATES_DIR"] = str(own)

    (told,) = home.publish()
    assert "stays as it was published" in told
    assert re.search(rf"confirm\.{suffix}\.j2:{line}\b.*nobody", told)
    assert home.open().campaigns.find(SERVICE).revision == 1
    home.sign_up(TYPED)
    assert len(home.ask()) == 1


def test_without_pages_the_mail_fails_and_says_which_setting_is_missing(home):
    """It is not sent without its link."""
    home.variables["MAILER_PUBLIC_URL"] = ""
    home.sign_up(TYPED)

    assert home.ask() == []
    shown = json.loads(home.run("status", NAME, "--json").stdout)["campaigns"][0]["mailings"][0]
    assert "MAILER_PUBLIC_URL" in shown["last_error"]
    assert shown["counts"][State.FAILED.value] == 1


def test_status_tells_of_those_who_signed_up(home):
    """Under a name of its own, for people and for programs; before anybody signed up, nothing."""
    assert json.loads(home.run("status", "--json").stdout)["campaigns"] == []
    home.sign_up(TYPED)
    home.ask()
    (shown,) = json.loads(home.run("status", "--json").stdout)["campaigns"]
    (mailing,) = shown["mailings"]

    assert (shown["id"], shown["status"], shown["rehearsal"]) == (NAME, "ready", False)
    assert (mailing["id"], mailing["kind"]) == (confirm_mailing_id(START.date()), MailingKind.CONFIRM.value)
    assert mailing["counts"]["sent"] == 1
    assert f"{NAME}: ready" in home.run("status").stdout


def test_a_person_lets_sign_up_go_on(home):
    """A paused mailing is told with its reason, and freed by the name; there is nothing to free before."""
    with pytest.raises(NotFoundError, match="nobody signed up yet"):
        home.run("resume", NAME)
    home.sign_up(TYPED)
    installation = home.open()
    installation.sign_ups.tick(rehearsal=False, now=home.now)
    (slot,) = installation.campaigns.mailings(SERVICE)
    installation.outbox.pause_mailing(slot.row, "the relay refuses mail from us: 554")

    assert home.ask() == []
    assert "the relay refuses mail from us: 554" in home.run("status").stdout
    assert json.loads(home.run("resume", NAME, "--json").stdout) == {"campaign": NAME, "result": "ready"}
    assert len(home.ask()) == 1


def test_a_mail_whose_answer_was_lost_is_repeated_with_the_same_bytes(home):
    """Whoever gets it twice sees it once: the moment and the link are those of the first try."""
    home.sign_up(TYPED)
    home.server.script("content", HANG_UP_AFTER_ACCEPTING)
    home.ask()

    first, second = home.server.messages
    assert first.content == second.content


def test_a_dead_address_that_somebody_typed_in_is_no_bounce_of_a_member(home):
    """Whose address another one typed in, and whose mailbox is full of trouble just then, stays a member."""
    installation = home.open()
    enter_all(installation.supporters, TYPED)
    home.sign_up(TYPED)
    home.server.always("rcpt", say("550 5.1.1 no such user"))

    assert home.ask() == []
    installation.outbox.recover(now=home.now)
    standing = installation.supporters.standing(TYPED.email)
    assert standing.suppression is None
    assert standing.supporter.consent is Consent.CONFIRMED
    (mailing,) = json.loads(home.run("status", NAME, "--json").stdout)["campaigns"][0]["mailings"]
    assert (mailing["counts"]["failed"], mailing["reason"]) == (1, "")
