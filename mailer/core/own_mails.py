"""Which mail of ours does this one answer, or bring back? Told by tokens in addresses and by Message-IDs.

Law: a token is tried for everything that it may be for, because it does not tell; and only so many are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from mailer.core.links import letter_name, message_id
from mailer.core.received import Received
from mailer.core.supporters import PublicId, SupporterId
from mailer.core.tokens import ADDRESS_CHARACTERS, TOKEN_CHARACTERS, Purpose, verify, verify_address
from mailer.errors import LinkError

MOST_TOKENS = 4  # of one mail that are tried: each costs an HMAC for every campaign
_TAGGED = re.compile(rf"\+([a-z2-7]{{{ADDRESS_CHARACTERS}}})@", re.IGNORECASE)
_LEAVING = re.compile(rf"(?:/u/|unsubscribe(?:%20| ))([A-Za-z0-9_-]{{{TOKEN_CHARACTERS}}})(?![A-Za-z0-9_-])")
_OUR_SHAPE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whom we wrote to, as far as incoming mail needs to know."""

    id: SupporterId
    public_id: PublicId
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail that left, or may have; `mailing` is its row, `at` (UTC) when."""

    campaign_id: str
    mailing: int
    mailing_id: str
    run: int
    at: datetime


def tags_in(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return what may be our tokens in addresses: only the first few."""
    tags = (tag for address in addresses for tag in _TAGGED.findall(address))
    return tuple(islice(dict.fromkeys(tags), MOST_TOKENS))


def owner_of(
    tags: Iterable[str], purpose: Purpose, scopes: Iterable[str], keys: Mapping[int, bytes]
) -> tuple[str, PublicId] | None:
    """Return for what, and whose, the first token is that verifies; None if none does."""
    scopes = tuple(scopes)
    for tag in tags:
        for scope in scopes:
            with suppress(LinkError):
                return scope, verify_address(tag, purpose, scope, keys)
    return None


def reader_of_returned(received: Received, keys: Mapping[int, bytes]) -> PublicId | None:
    """Return whose mail came back: the one whose link to leave stands in its fields."""
    links = (link for mail in received.returned for link in mail.fields.get("list-unsubscribe", ()))
    for token in islice((token for link in links for token in _LEAVING.findall(link)), MOST_TOKENS):
        with suppress(LinkError):
            return verify(token, Purpose.UNSUBSCRIBE, "", keys)
    return None


def envelope_senders(received: Received) -> Iterator[str]:
    """Yield the senders that returned mails, and complaints, say they had."""
    yield received.feedback.get("original-mail-from", "")
    for mail in received.returned:
        yield mail.return_path or ""
        yield from mail.fields.get("return-path", ())


def named_among(identifiers: Iterable[str], mails: Sequence[Sent], public_id: PublicId) -> Sent | None:
    """Return which of the mails to somebody is named by its Message-ID; None if none is."""
    names = {letter_name(each) for each in identifiers}
    if not any(map(_OUR_SHAPE.fullmatch, names)):
        return None
    return next((mail for mail in mails if _name(mail, public_id) in names), None)


def is_shaped_like_ours(identifier: str) -> bool:
    """Tell whether a Message-ID has the form of ours; anybody can write one."""
    return _OUR_SHAPE.fullmatch(letter_name(identifier)) is not None


def _name(mail: Sent, public_id: PublicId) -> str:
    """Return what tells a mail's Message-ID from all others."""
    return letter_name(message_id(mail.campaign_id, mail.mailing_id, mail.run, public_id, ""))
