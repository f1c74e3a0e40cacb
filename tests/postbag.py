"""What fills the mailbox of a campaign that was sent to many? Mails of each kind, and where each has to end.

Law: what proves anything is derived from the installation's own keys, as its mails do; the rest is a stranger's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update

from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.tables import action_counts, deliveries, incoming, supporters
from mailer.core.campaigns import CampaignId
from mailer.core.links import make_links
from mailer.core.supporters import PublicId
from mailer.wiring import Installation
from tests.campaign_files import ORGANISATION, file
from tests.homes import begin_with, installed
from tests.mailroom import plain, report

ROOT = Path(__file__).parent.parent
CASE = CampaignId("case")
START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
COURT = "      - {id: court, name: Court, email: court@justice.example}\n"
_COPIED = ORGANISATION.replace("  reply_to:", "  copies_address: copies@solidarity.example\n  reply_to:")
_PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail: what it is found to be, and the folder where it ends; "" is the inbox, None nowhere."""

    matter: str
    folder: str | None


KINDS = {
    "copy": Kind("copy", None),
    "bounce": Kind("returned", "Processed"),
    "absent": Kind("automatic", "Processed"),
    "office": Kind("answer", "Answers"),
    "garbage": Kind("unreadable", "Quarantine"),
    "reply": Kind("reply", ""),
}


def furnish_office(folder: Path, people: int, **variables: str) -> Installation:
    """Make an installation whose alert was sent to so many people, who have no name and no address that can be read."""
    begin_with(folder, file("    count_copies: true\n", targets=COURT, organisation=_COPIED))
    home = open_office(folder, **variables)
    campaign, catalog = home.campaign(CASE)
    publisher = home.publisher(catalog)
    _enter(home, people)
    publisher.launch(publisher.plan_launch(campaign, rehearsal=False, now=START), now=START, hold=timedelta())
    home.dispatcher().tick(rehearsal=False, now=START)
    with writing(home.engine) as connection:
        connection.execute(update(deliveries).values(state="sent", sent_at=START, composed_at=START))
    return home


def open_office(folder: Path, clock: Callable[[], datetime] = lambda: START, **variables: str) -> Installation:
    """Return the installation of a folder that was furnished."""
    return installed(folder, clock, **environment(folder, **variables))


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return what an office's commands are told."""
    given = {"BOUNCE_ADDRESS": "bounces@solidarity.example", "RELAY_URL": "smtp+insecure://127.0.0.1:9", **variables}
    own = {"HOME": str(folder), "MAILER_KEY_FILE": str(folder / "keys.json"), "PYTHONPATH": str(ROOT)}
    return own | {f"MAILER_{name}": value for name, value in given.items()}


def _enter(home: Installation, people: int) -> None:
    """Put people on the list by themselves."""
    alike: dict[str, Any] = {"consent": "confirmed", "country": "GB", "language": "en", "timezone": ""}
    alike |= {"provider_group": "other", "seed": 1, "joined_on": START.date(), "key_id": 1, "sealed": b""}
    with writing(home.engine) as connection:
        for first in range(1, people + 1, _PAGE):
            numbers = range(first, min(first + _PAGE, people + 1))
            rows = [alike | {"id": n, "public_id": public_id(n), "address_hash": n.to_bytes(32)} for n in numbers]
            connection.execute(insert(supporters), rows)


def public_id(number: int) -> PublicId:
    """Return the public id of the person with this number, from 1."""
    return PublicId((number * 0x9E3779B97F4A7C15 % (1 << 64)).to_bytes(8))


class Postbag:
    """Mails to an office, numbered from 1; number n of a kind is from person n, or about them."""

    def __init__(self, home: Installation) -> None:
        record = next(record for record in home.campaigns.all() if record.id == CASE)
        revision = home.campaigns.revision(CASE, record.revision)
        self._campaign, self._organisation = revision.campaign, revision.organisation
        self._places, self._key = home.places, home.token_key

    def write(self, kind: str, number: int) -> bytes:
        """Return one mail."""
        return getattr(self, f"_{kind}")(number)

    def mixed(self, count: int, kinds: tuple[str, ...] = tuple(KINDS)) -> Iterator[tuple[str, bytes]]:
        """Return so many mails, kind after kind, each with its kind."""
        for index in range(count):
            kind = kinds[index % len(kinds)]
            yield kind, self.write(kind, index // len(kinds) + 1)

    def _links(self, number: int) -> Any:
        return make_links(
            self._campaign, self._organisation, public_id(number), places=self._places, key=self._key, now=START
        )

    def _copy(self, number: int) -> bytes:
        to = self._links(number).copy_addresses["court"]
        body = f"Dear Judge,\n\n{'I write to you about a picket, and ask you to think again. ' * 40}\n\nPerson {number}"
        return plain(
            f"p{number}@union.example", "court@justice.example", f"On a sentence {number}", body, Delivered_To=to
        )

    def _bounce(self, number: int) -> bytes:
        return report(self._links(number).bounce_address, f"p{number}@union.example")

    def _absent(self, number: int) -> bytes:
        fields = {"Auto_Submitted": "auto-replied", "Return_Path": "<>"}
        return plain(f"p{number}@union.example", "office@solidarity.example", f"Out of office {number}", **fields)

    def _office(self, number: int) -> bytes:
        return plain("court@justice.example", "office@solidarity.example", f"Your letter no. {number}", "We have it.")

    def _garbage(self, number: int) -> bytes:
        return b"\0\xff no mail at all %d " % number * 20

    def _reply(self, number: int) -> bytes:
        return plain(f"q{number}@people.example", "office@solidarity.example", f"A question {number}", "Can I help?")


def copies_counted(home: Installation) -> int:
    """Return how many copies are counted."""
    query = select(func.coalesce(func.sum(action_counts.c.count), 0)).where(action_counts.c.kind == "copy")
    with reading(home.engine) as connection:
        return int(connection.scalar(query) or 0)


def events(home: Installation) -> Counter[str]:
    """Return how many events there are by matter."""
    query = select(incoming.c.matter, func.count()).group_by(incoming.c.matter)
    with reading(home.engine) as connection:
        return Counter({matter: int(number) for matter, number in connection.execute(query)})
