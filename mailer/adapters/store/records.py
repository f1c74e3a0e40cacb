"""How does a supporter become a row, and a row a supporter? Clear columns beside one sealed blob.

Law: what is sealed is bound to its row; a blob that is moved to another row does not open.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import msgspec

from mailer.adapters.store.columns import as_moment
from mailer.adapters.store.tables import supporters
from mailer.adapters.vault import Vault
from mailer.core.supporters import Consent, Person, Supporter, provider_group
from mailer.errors import StoreError

_TABLE = supporters.name
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Person)
_CONSENTS = {each.value: each for each in Consent}
_UNUSED = ("provider_group", "address_hash", "consent_id")  # by who opens a row
OPENED = tuple(column for column in supporters.columns if column.name not in _UNUSED)


def to_row(supporter: Supporter, vault: Vault) -> dict[str, Any]:
    """Return the columns of a supporter, all but `id` and `consent_id`."""
    key_id, sealed = vault.seal(_TABLE, supporter.public_id, _encoder.encode(supporter.person))
    return {
        "public_id": supporter.public_id,
        "consent": supporter.consent.value,
        "country": supporter.country,
        "language": supporter.language,
        "timezone": supporter.timezone,
        "provider_group": provider_group(supporter.person.email),
        "address_hash": vault.hash_address(supporter.person.email),
        "seed": supporter.seed,
        "joined_on": supporter.joined_on,
        "paused_until": supporter.paused_until,
        "max_per_week": supporter.max_per_week,
        "key_id": key_id,
        "sealed": sealed,
    }


def from_row(row: Sequence[Any], vault: Vault) -> Supporter:
    """Return the supporter of a row of `supporters`: all its columns, in their order.

    Raises:
        TryAgainError: the row was sealed with a key that this machine's ring does not have.
        StoreError: the row was changed.
    """
    number, public_id, consent, country, language, timezone, _, _, seed, joined_on, paused_until, most, *_ = row
    key_id, sealed = row[-2:]
    (person,) = _people([vault.open(_TABLE, public_id, key_id, sealed)])
    wishes = (_CONSENTS[consent], joined_on, paused_until, most)
    return Supporter(public_id, person, country, language, timezone, seed, *wishes, id=number)


def from_stored(rows: Sequence[Sequence[Any]], vault: Vault) -> list[Supporter]:
    """Return the supporters of rows of `OPENED`, which are as they are stored.

    Raises:
        TryAgainError: a row was sealed with a key that this machine's ring does not have.
        StoreError: a row was changed.
    """
    people = _people(vault.open_all(_TABLE, [(row[1], row[-2], row[-1]) for row in rows]))
    days = {day: _day(day) for day in {row[7] for row in rows}}
    found = [_named(row, person, days[row[7]]) for row, person in zip(rows, people, strict=True)]
    with _known():
        return msgspec.convert(found, list[Supporter])  # in half the time of making each by itself


def _named(row: Sequence[Any], person: Person, day: date) -> dict[str, Any]:
    """Return the fields of a supporter of a row of `OPENED`."""
    number, public_id, consent, country, language, timezone, seed, _, paused_until, most, _, _ = row
    return {
        "public_id": public_id,
        "person": person,
        "country": country,
        "language": language,
        "timezone": timezone,
        "seed": seed,
        "consent": consent,
        "joined_on": day,
        "paused_until": None if paused_until is None else as_moment(paused_until),
        "max_per_week": most,
        "id": number,
    }


def _day(stored: date | str) -> date:
    """Return a day of a column; SQLite has it in words."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def _people(plaintexts: Iterable[bytes]) -> list[Person]:
    """Return what was sealed."""
    with _known():
        return list(map(_decoder.decode, plaintexts))


@contextmanager
def _known() -> Generator[None]:
    """Translate what is told of values that no version before this one wrote."""
    try:
        yield
    except msgspec.MsgspecError as error:
        raise StoreError("a row of supporters holds something that this version does not know") from error
