"""What comes to a campaign's mailbox? Mails as systems and people write them, and an inbox that remembers moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from mailer.adapters.classifying import classify_mail
from mailer.adapters.mail_reading import read_mail
from mailer.core.incoming import Matter, Place
from mailer.core.links import Places, make_links, message_id
from mailer.core.mail_commands import SPELLINGS, make_words
from mailer.core.own_mails import Sent
from mailer.core.revisions import Revision
from mailer.core.tokens import Purpose, derive, derive_for_address
from mailer.flows.clues import Tools
from mailer.flows.intake import Incoming, Intake, Outside, Taken, Waiting
from mailer.flows.published import PublishedCampaigns
from tests.casework import Casework
from tests.databases import NOW

RETURNS = "bounces@solidarity.example"
COPIES = "copies@solidarity.example"
COURT = "court@justice.example"
WORDS = make_words((command, spelling) for command, spelling in SPELLINGS.items())


class Inbox:
    """A mailbox in memory; implements `Mailbox`. `fetched` are the identifiers of mails that were asked for."""

    source = "memory/INBOX;UIDVALIDITY=1"

    def __init__(self, page: int = 3) -> None:
        self.mails: dict[str, bytes] = {}
        self.folders: dict[Place, list[str]] = {place: [] for place in Place}
        self.fetched: list[str] = []
        self._page = page
        self._numbers = count(1)

    def put(self, *mails: bytes) -> list[str]:
        """Let mails come; return their identifiers."""
        names = [str(next(self._numbers)) for _ in mails]
        self.mails.update(zip(names, mails, strict=True))
        return names

    def pages(self) -> Iterator[Sequence[Waiting]]:
        """Return what is in the inbox."""
        names = list(self.mails)
        for start in range(0, len(names), self._page):
            yield [Waiting(name, len(self.mails[name])) for name in names[start : start + self._page]]

    def fetch(self, waiting: Waiting) -> Incoming | None:
        """Return a mail."""
        self.fetched.append(waiting.identifier)
        octets = self.mails.get(waiting.identifier)
        return None if octets is None else Incoming(self.source, waiting.identifier, waiting.size, octets)

    def move(self, identifiers: Sequence[str], place: Place) -> None:
        """Move mails."""
        for identifier in identifiers:
            if self.mails.pop(identifier, None) is not None:
                self.folders[place].append(identifier)

    def wait(self, seconds: float) -> None:
        """Return at once."""

    def close(self) -> None:
        """Do nothing."""


class Mailroom:
    """A case whose mailbox is read, and the mails that come back from its supporters."""

    def __init__(self, work: Casework, revision: Revision, read: Callable[[bytes], Any] = read_mail) -> None:
        self.work = work
        self.inbox = Inbox()
        self.now = NOW
        self.told: list[dict[str, object]] = []
        self.revision = revision
        self._keys = work.vault.ring.token_keys
        tools = Tools(work.incoming, self._keys, WORDS, classify_mail)
        published = PublishedCampaigns(work.campaigns).now
        self.outside = Outside(work.incoming, published, read, tools, lambda: self.now, self._warn)

    def _warn(self, event: str, **fields: object) -> None:
        self.told.append({"event": event, **fields})

    def take(self, *mails: bytes, should_stop: Callable[[], bool] = lambda: False, **changes: Any) -> Taken:
        """Let mails come and read the mailbox once, with parts of the outside changed."""
        self.inbox.put(*mails)
        return Intake(replace(self.outside, **changes)).take(self.inbox, should_stop)

    def matters(self, *mails: bytes) -> list[Matter]:
        """Return what these mails turned out to be, in the order of their names."""
        taken = self.take(*mails)
        return sorted(matter for matter, number in taken.counts.items() for _ in range(number))

    # --- what only we can know ---

    def links(self, name: str, campaign: str = "case") -> Any:
        """Return the links of somebody's mails."""
        key = self.work.vault.ring.token_key
        places = Places("", RETURNS)
        organisation = self.revision.organisation
        return make_links(
            self.revision.campaign, organisation, self.work.token_of(name), places=places, key=key, now=NOW
        )

    def return_address(self, name: str) -> str:
        """Return the envelope's sender of somebody's mails."""
        return str(self.links(name).bounce_address)

    def copy_address(self, name: str, target: str = "court") -> str:
        """Return the address that counts the copy of somebody's letter."""
        return str(self.links(name).copy_addresses[target])

    def service_address(self, name: str) -> str:
        """Return the envelope's sender of a mail that asked somebody to confirm."""
        key = self.work.vault.ring.token_key
        token = derive_for_address(key, Purpose.BOUNCE, "~sign-up", self.work.token_of(name))
        return f"bounces+{token}@solidarity.example"

    def leaving_token(self, name: str) -> str:
        """Return the token of somebody's link to leave."""
        return derive(self.work.vault.ring.token_key, Purpose.UNSUBSCRIBE, "", self.work.token_of(name))

    def mail_id(self, name: str, mailing: str = "alert") -> str:
        """Return the Message-ID of somebody's mail."""
        return message_id("case", mailing, 0, self.work.token_of(name), "solidarity.example")

    def sent_to(self, name: str) -> Sequence[Sent]:
        """Return what left to somebody."""
        return self.work.incoming.mails_to(self.work.people.standing(f"{name}@union.example").supporter.id)

    # --- what is in the database afterwards ---

    def barred(self, name: str) -> str:
        """Return why somebody's address is barred, empty if it is not."""
        suppression = self.work.people.standing(f"{name}@union.example").suppression
        return suppression.reason.value if suppression else ""


def mail(fields: dict[str, str], body: str = "") -> bytes:
    """Return a mail."""
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{head}\r\n{body}".replace("\r\n", "\n").replace("\n", "\r\n").encode()


def plain(sender: str, to: str, subject: str = "Hello", body: str = "Hello", **more: str) -> bytes:
    """Return a person's mail; fields beyond are named with underscores."""
    fields = {
        "From": sender,
        "To": to,
        "Subject": subject,
        "Message-ID": f"<{abs(hash((sender, subject, body)))}@x.example>",
    }
    return mail(fields | {name.replace("_", "-"): value for name, value in more.items()}, body)


def report(to: str, recipient: str, status: str = "5.1.1", *, identifier: str = "", action: str = "failed") -> bytes:
    """Return a delivery report (RFC 3464) with the fields of the returned mail."""
    return _parts(
        {"From": "MAILER-DAEMON@mx.union.example", "To": to, "Subject": "Undelivered Mail", "Return-Path": "<>"},
        'multipart/report; report-type=delivery-status; boundary="b"',
        [
            ("text/plain", "Your mail could not be delivered."),
            (
                "message/delivery-status",
                "Reporting-MTA: dns; mx.union.example\n\n"
                f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
                f"Diagnostic-Code: smtp; {'550' if action == 'failed' else '450'} {status} said the server",
            ),
            (
                "text/rfc822-headers",
                f"From: campaigns@solidarity.example\nTo: {recipient}\nSubject: A case\n"
                + (f"Message-ID: {identifier}\n" if identifier else ""),
            ),
        ],
    )


def complaint(to: str, identifier: str = "", leaving: str = "") -> bytes:
    """Return a complaint (RFC 5965) in which the address is redacted."""
    returned = "From: campaigns@solidarity.example\nTo: <redacted>\nSubject: A case\n"
    returned += f"Message-ID: {identifier}\n" if identifier else ""
    returned += (
        f"List-Unsubscribe: <mailto:office@solidarity.example?subject=unsubscribe%20{leaving}>\n" if leaving else ""
    )
    return _parts(
        {"From": "fbl@provider.example", "To": to, "Subject": "Abuse report"},
        'multipart/report; report-type=feedback-report; boundary="b"',
        [
            ("text/plain", "This is an abuse report."),
            ("message/feedback-report", "Feedback-Type: abuse\nUser-Agent: SomeFBL/1.0\nVersion: 1"),
            ("message/rfc822", f"{returned}\nHello"),
        ],
    )


def forwarded(sender: str, inner: bytes) -> bytes:
    """Return a mail with another one attached."""
    return _parts(
        {"From": sender, "To": "office@solidarity.example", "Subject": "Fwd: it came back"},
        'multipart/mixed; boundary="outer"',
        [("text/plain", "This is what I got."), ("message/rfc822", inner.decode())],
        boundary="outer",
    )


def _parts(fields: dict[str, str], kind: str, parts: Iterable[tuple[str, str]], boundary: str = "b") -> bytes:
    """Return a mail of several parts."""
    sections = "".join(f"--{boundary}\nContent-Type: {content}\n\n{text}\n" for content, text in parts)
    return mail(fields | {"MIME-Version": "1.0", "Content-Type": kind}, f"{sections}--{boundary}--\n")


def moment(days: float) -> datetime:
    """Return a moment so many days after the start."""
    from datetime import timedelta

    return NOW + timedelta(days=days)
