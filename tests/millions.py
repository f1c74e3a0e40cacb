"""How is an outbox of a million deliveries made in seconds? By the database itself, in states that a test wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Engine, insert, text

from mailer.adapters.store.engine import writing
from mailer.adapters.store.tables import supporters
from tests.databases import NOW, make_campaign

SMALL = 10
_FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
INSERT INTO deliveries (mailing, supporter_id, state, rehearsal, not_before, sent_at, reply)
SELECT :mailing, i, CASE WHEN i % 1000 < :tenths THEN :state ELSE 'queued' END, false,
       :due + CASE WHEN i % 1000 < :tenths THEN :later ELSE i % 60 * 1000000 END,
       CASE WHEN :state = 'sent' AND i % 1000 < :tenths THEN :due + i END, '' FROM n
"""
# what most letters of a mailing are doing: state, how many of a thousand, how much later due, whether it is paused
_QUEUED = ("queued", 0, timedelta(), False)
_SENT = ("sent", 998, timedelta(), False)
_DEFERRED = ("deferred", 998, timedelta(hours=5), False)
_LATER = ("queued", 998, timedelta(days=3), False)
_PAUSED = ("queued", 0, timedelta(), True)
STATES = {"all at once": (_QUEUED, _SENT, _DEFERRED, _LATER, _PAUSED)}
ALONE = {
    "all queued": (_QUEUED,),
    "most sent": (_SENT,),
    "most deferred": (_DEFERRED,),
    "most planned for later": (_LATER,),
    "all paused": (_PAUSED,),
}


def fill_outbox(engine: Engine, deliveries: int, state: str) -> None:
    """Put so many deliveries there, in the large mailings of one state and a small one that is due; look at them."""
    large = (STATES | ALONE)[state]
    for number in range(len(large)):
        make_campaign(engine, f"large-{number}", ["alert"])
    make_campaign(engine, "small", ["alert"])
    for mailing, what in enumerate(large, 1):
        _fill(engine, mailing, deliveries // len(large), what)
    _fill(engine, len(large) + 1, SMALL, _QUEUED)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _fill(engine: Engine, mailing: int, count: int, what: tuple[str, int, timedelta, bool]) -> None:
    """Fill one mailing, all of it due an hour ago but for what is later."""
    state, tenths, later, paused = what
    due = int((NOW - timedelta(hours=1)).timestamp() * 1_000_000)
    row = {"state": state, "tenths": tenths, "later": int(later.total_seconds() * 1_000_000), "due": due}
    with writing(engine) as connection:
        connection.execute(text(_FILL), row | {"mailing": mailing, "count": count})
        connection.execute(
            text("UPDATE mailings SET paused = :paused WHERE id = :id"), {"paused": paused, "id": mailing}
        )


def enter(engine: Engine, numbers: Iterable[int]) -> None:
    """Put people with these ids on the list, who confirmed, and whom no letter is composed for."""
    with writing(engine) as connection:
        for page in iter(partial(_page, iter(numbers)), []):
            connection.execute(insert(supporters), page)


def _page(numbers: Iterator[int]) -> list[dict[str, Any]]:
    """Return the rows of the next few thousand people."""
    alike: dict[str, Any] = {"consent": "confirmed", "country": "GB", "language": "en", "timezone": ""}
    alike |= {"provider_group": "other", "seed": 1, "joined_on": NOW.date(), "key_id": 1, "sealed": b""}
    own = ({"id": each, "public_id": each.to_bytes(8), "address_hash": each.to_bytes(32)} for each in numbers)
    return [alike | row for row in islice(own, 5_000)]
