"""Was anybody missed, or written to twice? Told from the oracle's journal alone; only then compared with the database.

Law: this module takes nothing from the product. A Message-ID is made once more from campaign, mailing, run and the
supporter's public id, as its documentation says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import create_engine, text

DOMAIN = "solidarity.example"
_DELIVERIES = """
SELECT d.id, d.state, d.resent, s.public_id, m.campaign_id, m.mailing_id, m.run
FROM deliveries d JOIN mailings m ON m.id = d.mailing JOIN supporters s ON s.id = d.supporter_id
"""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One line of the journal: a letter that was taken, and when (monotonic nanoseconds)."""

    at: int
    message_id: str
    sha256: str
    recipient: str
    connection: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What the journal tells: who got nothing, which letters came again and how often, and what must never be.

    `strangers` got mail and should not; `rewritten` got two letters where one was due; `altered` are Message-IDs
    that stand for more than one content.
    """

    missed: tuple[str, ...]
    again: dict[str, int]
    strangers: tuple[str, ...]
    rewritten: tuple[str, ...]
    altered: tuple[str, ...]

    @property
    def doubled(self) -> int:
        """Return how many letters were taken once more than needed."""
        return sum(self.again.values())

    @property
    def wrongs(self) -> tuple[str, ...]:
        """Return everything that no fault excuses, in words."""
        kinds = ("missed", "strangers", "rewritten", "altered")
        return tuple(f"{kind}: {one}" for kind in kinds for one in getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Row:
    """One delivery, as the database has it."""

    id: int
    message_id: str
    state: str
    resent: bool


def read_journal(path: Path) -> list[Accepted]:
    """Return what was accepted, in order; a last line without an end was never on the disk as a whole."""
    whole = path.read_text().rpartition("\n")[0] if path.exists() else ""
    found = (line.split(" ") for line in whole.splitlines())
    return [Accepted(int(at), name, digest, to, int(number)) for at, name, digest, to, number in found]


def judge(accepted: Iterable[Accepted], expected: Collection[str]) -> Finding:
    """Return what the journal tells, if each of `expected` was to get one letter."""
    often: Counter[str] = Counter()
    ids, contents = defaultdict(set), defaultdict(set)
    for letter in accepted:
        often[letter.message_id] += 1
        ids[letter.recipient].add(letter.message_id)
        contents[letter.message_id].add(letter.sha256)
    return Finding(
        missed=tuple(sorted(set(expected) - ids.keys())),
        again={name: count - 1 for name, count in often.items() if count > 1},
        strangers=tuple(sorted(ids.keys() - set(expected))),
        rewritten=tuple(sorted(who for who, names in ids.items() if len(names) > 1)),
        altered=tuple(sorted(name for name, found in contents.items() if len(found) > 1)),
    )


def read_rows(url: str) -> list[Row]:
    """Return every delivery of the database."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(text(_DELIVERIES)).all()
    engine.dispose()
    return [Row(row.id, _message_id(row), row.state, bool(row.resent)) for row in rows]


def most(url: str, column: str) -> int:
    """Return the largest number in a column of the deliveries."""
    engine = create_engine(url)
    with engine.connect() as connection:
        (largest,) = connection.execute(text(f"SELECT max({column}) FROM deliveries")).one()  # noqa: S608 # our own words
    engine.dispose()
    return int(largest)


def _message_id(row: object) -> str:
    """Return the Message-ID of a delivery."""
    campaign, mailing, run, public_id = (getattr(row, n) for n in ("campaign_id", "mailing_id", "run", "public_id"))
    return f"<{sha256(f'{campaign}/{mailing}/{run}/'.encode() + bytes(public_id)).hexdigest()[:32]}@{DOMAIN}>"


def contradictions(accepted: Iterable[Accepted], finding: Finding, rows: Iterable[Row]) -> list[str]:
    """Return in words where the database says something else than the journal."""
    taken = {letter.message_id for letter in accepted}
    known = {row.message_id: row for row in rows}
    told = [f"{name} was taken, and no delivery knows it" for name in taken - known.keys()]
    for name, row in known.items():
        if row.state == "sent" and name not in taken:
            told.append(f"delivery {row.id} is sent, and was never taken")
        if row.state not in ("sent", "uncertain") and name in taken:
            told.append(f"delivery {row.id} was taken, and is {row.state}")
        if name in finding.again and not row.resent:
            told.append(f"delivery {row.id} was taken twice, and is not listed as sent again")
    return told
