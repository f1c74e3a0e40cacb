"""How does a supporter become a row, and a row a supporter? Clear columns beside one sealed blob.

Law: what is sealed is bound to its row; a blob that is moved to another row does not open.
"""

from __future__ import annotations

from typing import Any

import msgspec

from mailer.adapters.store.tables import supporters
from mailer.adapters.vault import Vault
from mailer.core.supporters import Consent, Person, PublicId, Supporter, SupporterId, provider_group
from mailer.errors import StoreError

_TABLE = supporters.name
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Person)


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


def from_row(row: Any, vault: Vault) -> Supporter:
    """Return the supporter of a row of `supporters`.

    Raises:
        TryAgainError: the row was sealed with a key that this machine's ring does not have.
        StoreError: the row was changed.
    """
    public_id = PublicId(row.public_id)
    return Supporter(
        public_id=public_id,
        person=_person(vault.open(_TABLE, public_id, row.key_id, row.sealed)),
        country=row.country,
        language=row.language,
        timezone=row.timezone,
        seed=row.seed,
        consent=Consent(row.consent),
        joined_on=row.joined_on,
        paused_until=row.paused_until,
        max_per_week=row.max_per_week,
        id=SupporterId(row.id),
    )


def _person(plaintext: bytes) -> Person:
    """Return what was sealed."""
    try:
        return _decoder.decode(plaintext)
    except msgspec.MsgspecError as error:
        raise StoreError("a sealed row holds something that this version does not know") from error
