"""How does a supporter become a row, and a row a supporter? Clear columns beside one sealed blob.

Law: what is sealed is bound to its row; a blob that is moved to another row does not open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mailer.adapters.store.tables import supporters
from mailer.adapters.vault import Vault
from mailer.core.supporters import Consent, Person, Supporter, provider_group
from mailer.errors import StoreError

_TABLE = supporters.name
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Person)
_CONSENTS = {each.value: each for each in Consent}


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
    person = _person(vault.open(_TABLE, public_id, key_id, sealed))
    wishes = (_CONSENTS[consent], joined_on, paused_until, most)
    return Supporter(public_id, person, country, language, timezone, seed, *wishes, id=number)


def _person(plaintext: bytes) -> Person:
    """Return what was sealed."""
    try:
        return _decoder.decode(plaintext)
    except msgspec.MsgspecError as error:
        raise StoreError("a sealed row holds something that this version does not know") from error
