"""How does a sign-up become a row, and a row a sign-up? Hashes to find it by, beside one sealed blob.

Law: nothing that was typed is in clear, and nobody can make the link of a mail out of what is kept.
"""

from __future__ import annotations

from typing import Any

import msgspec

from mailer.adapters.store.tables import signups
from mailer.adapters.vault import Vault
from mailer.core.signups import SignUp, token_hash
from mailer.core.supporters import PUBLIC_ID_BYTES, PublicId
from mailer.errors import StoreError

_TABLE = signups.name
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(SignUp)


def to_row(signup: SignUp, vault: Vault) -> dict[str, Any]:
    """Return the columns that a sign-up has from the beginning, all but `at`."""
    hashed = token_hash(signup.public_id)
    key_id, sealed = vault.seal(_TABLE, _place(hashed), _encoder.encode(signup))
    address = vault.hash_address(signup.applicant.email)
    return {"token_hash": hashed, "address_hash": address, "key_id": key_id, "sealed": sealed}


def from_row(row: Any, vault: Vault) -> SignUp:
    """Return the sign-up of a row of `signups`.

    Raises:
        TryAgainError: the row was sealed with a key that this machine's ring does not have.
        StoreError: the row was changed.
    """
    plaintext = vault.open(_TABLE, _place(row.token_hash), row.key_id, row.sealed)
    try:
        return _decoder.decode(plaintext)
    except msgspec.MsgspecError as error:
        raise StoreError("a sealed sign-up holds something that this version does not know") from error


def _place(hashed: bytes) -> PublicId:
    """Return what a seal is bound to: the row has no public id in clear, only the beginning of its hash."""
    return PublicId(hashed[:PUBLIC_ID_BYTES])
