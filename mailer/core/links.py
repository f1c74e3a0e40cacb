"""Which links does one supporter's mail carry? Those of their own pages, derived from tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

from mailer.core.campaigns import Campaign
from mailer.core.dated_tokens import scope_of_day
from mailer.core.organisations import Organisation
from mailer.core.signups import SERVICE
from mailer.core.supporters import PublicId
from mailer.core.tokens import Purpose, TokenKey, derive, deriver, deriver_for_address

_IN_ADDRESSES = frozenset({Purpose.COPY, Purpose.BOUNCE})
# The public id of nobody: links of a test mail say that they are a test, and change nothing.
TEST_PUBLIC_ID = PublicId(b"\x00" * 8)


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one supporter in one campaign; every one may be empty.

    `unsubscribe_url` is https and at most 75 characters (so that the header needs no folding),
    `unsubscribe_mailto` a mailto URI. `copy_addresses` maps a target's id to the address that counts a
    copy of the letter to it. `bounce_address` is the signed envelope sender (VERP), or empty. `action_url` is the
    supporter's page of this campaign, `preferences_url` that of what they want, `confirm_url` where a sign-up ends,
    `signup_url` where it begins. `office_mailto` writes to a person. `replies` tells that words in answers do what
    pages do elsewhere.
    """

    unsubscribe_url: str = ""
    unsubscribe_mailto: str = ""
    copy_addresses: Mapping[str, str] = field(default_factory=dict)
    bounce_address: str = ""
    action_url: str = ""
    preferences_url: str = ""
    confirm_url: str = ""
    signup_url: str = ""
    office_mailto: str = ""
    replies: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Where links lead: the public address of the pages, and the mailbox for returned mail.

    `replies` tells that answers to our mails are read for commands.
    """

    public_url: str = ""
    bounce_address: str = ""
    replies: bool = False

    def page(self, folder: str, token: str = "") -> str:
        """Return the address of a page, of one that a token opens if there is one; empty where there are no pages."""
        return f"{self.public_url}/{folder}/{token}".rstrip("/") if self.public_url else ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one token of a mail is for; `inside` says what it is bound to beside its reader."""

    purpose: Purpose
    inside: str = ""

    def token(self, key: TokenKey, public_id: PublicId) -> str:
        """Return the token of one supporter, in the letters that addresses take where it stands in one."""
        return self.deriver(key)(public_id).decode("ascii")

    def deriver(self, key: TokenKey) -> Callable[[PublicId], bytes]:
        """Return what derives the tokens of many supporters, in octets."""
        derive_all = deriver_for_address if self.purpose in _IN_ADDRESSES else deriver
        return derive_all(key, self.purpose, self.inside)


def make_links(
    campaign: Campaign, organisation: Organisation, public_id: PublicId, *, places: Places, key: TokenKey, now: datetime
) -> Links:
    """Return the links for one supporter as of `now`; without a public address leaving goes by e-mail alone."""
    return links_with(
        campaign, organisation, places=places, now=now, token_of=lambda scope: scope.token(key, public_id)
    )


def links_with(
    campaign: Campaign, organisation: Organisation, *, places: Places, now: datetime, token_of: Callable[[Scope], str]
) -> Links:
    """Return the links of a mail as of `now`, with the tokens that `token_of` gives."""
    leave = token_of(Scope(Purpose.UNSUBSCRIBE))
    return Links(
        unsubscribe_url=places.page("u", leave),
        unsubscribe_mailto=_leaving(organisation, leave),
        copy_addresses=copy_addresses(campaign, organisation, token_of),
        bounce_address=_bounce_address(places, campaign.id, token_of),
        action_url=places.page("a", token_of(Scope(Purpose.ACTION, campaign.id))),
        preferences_url=places.page("p", token_of(Scope(Purpose.PREFERENCES, scope_of_day(now)))),
        replies=places.replies and not places.public_url,
    )


def make_signup_links(signup: PublicId, public_id: PublicId, *, places: Places, key: TokenKey) -> Links:
    """Return the links of a mail that asks to confirm: one page, and who gets it back if it cannot be delivered."""
    return Links(
        confirm_url=places.page("confirm", derive(key, Purpose.CONFIRM, "", signup)),
        bounce_address=_bounce_address(places, SERVICE, lambda scope: scope.token(key, public_id)),
    )


def make_reply_links(
    campaign_id: str, organisation: Organisation, public_id: PublicId, *, places: Places, key: TokenKey, now: datetime
) -> Links:
    """Return the links of a mail that answers a command; it leads to the page of a case where it is about one."""
    leave = derive(key, Purpose.UNSUBSCRIBE, "", public_id)
    prefer = derive(key, Purpose.PREFERENCES, scope_of_day(now), public_id)
    return Links(
        unsubscribe_url=places.page("u", leave),
        unsubscribe_mailto=_leaving(organisation, leave),
        bounce_address=_bounce_address(places, SERVICE, lambda scope: scope.token(key, public_id)),
        action_url=places.page("a", derive(key, Purpose.ACTION, campaign_id, public_id)) if campaign_id else "",
        preferences_url=places.page("p", prefer),
        signup_url=places.page("sign-up"),
        office_mailto=f"mailto:{quote(organisation.reply_to, safe='@')}",
        replies=places.replies,
    )


def _leaving(organisation: Organisation, token: str) -> str:
    """Return the mailto URI by which somebody leaves."""
    return f"mailto:{quote(organisation.reply_to, safe='@')}?subject=unsubscribe%20{token}"


def _bounce_address(places: Places, campaign_id: str, token_of: Callable[[Scope], str]) -> str:
    """Return the envelope's sender of one supporter's mail; empty where returned mail has no mailbox."""
    return _plus(places.bounce_address, token_of(Scope(Purpose.BOUNCE, campaign_id))) if places.bounce_address else ""


def copy_addresses(campaign: Campaign, organisation: Organisation, token_of: Callable[[Scope], str]) -> dict[str, str]:
    """Return an address per target that counts a copy of this supporter's letter, where copies count.

    It is the mailbox's own address where that takes no plus-addresses: then the letter's sender tells whose it is.
    """
    if not (campaign.count_copies and organisation.copies_address):
        return {}
    if not organisation.plus_addresses:
        return {target.id: organisation.copies_address for target in campaign.targets}
    return {
        target.id: _plus(organisation.copies_address, token_of(Scope(Purpose.COPY, f"{campaign.id}/{target.id}")))
        for target in campaign.targets
    }


def _plus(address: str, token: str) -> str:
    """Return a plus-address (RFC 5233) of a mailbox, empty if there is none."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}" if local else ""


def letter_name(identifier: str) -> str:
    """Return the name of a letter for files and logs: the left part of its Message-ID."""
    return identifier.strip("<>").partition("@")[0]


def message_id(campaign_id: str, mailing_id: str, run: int, public_id: PublicId, domain: str) -> str:
    """Return the Message-ID of one supporter's mail in one mailing; the same on every try.

    It needs no database, so that a reminder can name the alert that it follows. Source: RFC 5322 3.6.4.
    """
    return f"<{namer(campaign_id, mailing_id, run)(public_id)}@{domain}>"


def namer(campaign_id: str, mailing_id: str, run: int) -> Callable[[PublicId], str]:
    """Return what tells the names of the mails of a mailing, the left parts of their Message-IDs."""
    begun = f"{campaign_id}/{mailing_id}/{run}/".encode()
    return lambda public_id: sha256(begun + public_id).hexdigest()[:32]
