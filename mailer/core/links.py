"""Which links does one supporter's mail carry? Those of their own pages, derived from tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

from mailer.core.campaigns import Campaign, Organisation
from mailer.core.dated_tokens import derive_for_preferences
from mailer.core.signups import SERVICE
from mailer.core.supporters import PublicId
from mailer.core.tokens import Purpose, TokenKey, derive, derive_for_address

# The public id of nobody: links of a test mail say that they are a test, and change nothing.
TEST_PUBLIC_ID = PublicId(b"\x00" * 8)


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one supporter in one campaign; every one may be empty.

    `unsubscribe_url` is https and at most 75 characters (so that the header needs no folding),
    `unsubscribe_mailto` a mailto URI. `copy_addresses` maps a target's id to the address that counts a
    copy of the letter to it. `bounce_address` is the signed envelope sender (VERP), or empty. `action_url` is the
    supporter's page of this campaign, `preferences_url` that of what they want, `confirm_url` where a sign-up ends.
    """

    unsubscribe_url: str = ""
    unsubscribe_mailto: str = ""
    copy_addresses: Mapping[str, str] = field(default_factory=dict)
    bounce_address: str = ""
    action_url: str = ""
    preferences_url: str = ""
    confirm_url: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Where links lead: the public address of the pages, and the mailbox for returned mail."""

    public_url: str = ""
    bounce_address: str = ""

    def page(self, folder: str, token: str) -> str:
        """Return the address of a page that a token opens; empty where there are no pages."""
        return f"{self.public_url}/{folder}/{token}" if self.public_url else ""


def make_links(
    campaign: Campaign, organisation: Organisation, public_id: PublicId, *, places: Places, key: TokenKey, now: datetime
) -> Links:
    """Return the links for one supporter as of `now`; without a public address leaving goes by e-mail alone."""
    leave = derive(key, Purpose.UNSUBSCRIBE, "", public_id)
    return Links(
        unsubscribe_url=places.page("u", leave),
        unsubscribe_mailto=f"mailto:{quote(organisation.reply_to, safe='@')}?subject=unsubscribe%20{leave}",
        copy_addresses=_copy_addresses(campaign, organisation, public_id, key),
        bounce_address=_plus(places.bounce_address, derive_for_address(key, Purpose.BOUNCE, campaign.id, public_id)),
        action_url=places.page("a", derive(key, Purpose.ACTION, campaign.id, public_id)),
        preferences_url=places.page("p", derive_for_preferences(key, public_id, now)),
    )


def make_signup_links(signup: PublicId, public_id: PublicId, *, places: Places, key: TokenKey) -> Links:
    """Return the links of a mail that asks to confirm: one page, and who gets it back if it cannot be delivered."""
    return Links(
        confirm_url=places.page("confirm", derive(key, Purpose.CONFIRM, "", signup)),
        bounce_address=_plus(places.bounce_address, derive_for_address(key, Purpose.BOUNCE, SERVICE, public_id)),
    )


def _copy_addresses(
    campaign: Campaign, organisation: Organisation, public_id: PublicId, key: TokenKey
) -> dict[str, str]:
    """Return an address per target that counts a copy of this supporter's letter, where copies count."""
    if not (campaign.count_copies and organisation.copies_address):
        return {}
    return {
        target.id: _plus(
            organisation.copies_address,
            derive_for_address(key, Purpose.COPY, f"{campaign.id}/{target.id}", public_id),
        )
        for target in campaign.targets
    }


def _plus(address: str, token: str) -> str:
    """Return a plus-address (RFC 5233) of a mailbox, empty if there is none."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}" if local else ""


def message_id(campaign_id: str, mailing_id: str, run: int, public_id: PublicId, domain: str) -> str:
    """Return the Message-ID of one supporter's mail in one mailing; the same on every try.

    It needs no database, so that a reminder can name the alert that it follows. Source: RFC 5322 3.6.4.
    """
    name = f"{campaign_id}/{mailing_id}/{run}/".encode() + public_id
    return f"<{sha256(name).hexdigest()[:32]}@{domain}>"
