"""What do tests of sign-ups begin with? A casework with a published confirmation, and short ways to sign up."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from mailer.adapters.store.engine import reading
from mailer.adapters.store.signups import SqlSignUps
from mailer.adapters.store.tables import deliveries, mailings, signups
from mailer.core.campaigns import CampaignId, MailingKind
from mailer.core.enrolment import Applicant
from mailer.core.signups import SERVICE, Confirmation, SignUp
from mailer.core.supporters import Consent, PublicId
from mailer.core.tokens import Purpose, TokenKey, derive
from mailer.flows.signup import Admitted, Arrival, SignUps
from tests.casework import Casework, case
from tests.databases import NOW

KEY = TokenKey(1, b"k" * 32)
AGREED = "I want to get mails about cases like this one; I can leave at any time."
_networks = count()


def applicant(name: str, /, **told: Any) -> Applicant:
    """Return somebody by name, as the form tells of them."""
    return Applicant(f"{name}@union.example", **{"name": name, "language": "en", "country": "GB", **told})


def sign_up(name: str, /, **told: Any) -> SignUp:
    """Return what somebody typed into the form."""
    return SignUp(PublicId(os.urandom(8)), applicant(name, **told), AGREED, "en")


def arrival(signup: SignUp, now: datetime = NOW, network: str = "") -> Arrival:
    """Return a sign-up as it comes in, from a network of its own unless one is told."""
    return Arrival(signup, network or f"2001:db8:{next(_networks):x}::/48", now)


def link(signup: SignUp) -> str:
    """Return the token of the mail that asks to confirm a sign-up."""
    return derive(KEY, Purpose.CONFIRM, "", signup.public_id)


class SignUpDesk(Casework):
    """A casework that people sign up at; `per_hour` is where its breaker is."""

    def __init__(self, folder: Path, *, per_hour: int = 1_000, published: bool = True, **options: Any) -> None:
        super().__init__(folder, **options)
        self.store = SqlSignUps(self.engine, self.vault, os.urandom)
        self.flow = SignUps(self.store, self.campaigns, {KEY.id: KEY.secret})
        if published:
            self.publish_service(per_hour)

    def publish_service(self, per_hour: int = 1_000) -> None:
        """Publish what confirmations are composed from."""
        plain = case()
        revision = replace(
            plain,
            campaign=replace(plain.campaign, id=CampaignId(SERVICE), mailings=(), targets=(), events=()),
            organisation=replace(plain.organisation, confirmations_per_hour=per_hour),
        )
        self.campaigns.publish(revision, now=NOW)

    def take(self, *people: SignUp, now: datetime = NOW) -> None:
        """Let sign-ups come in, each from its own network."""
        assert all(self.flow.take_all([arrival(each, now) for each in people]))

    def admit(self, now: datetime = NOW, *, rehearsal: bool = False) -> Admitted:
        """Ask those who wait to confirm."""
        return self.flow.admit(rehearsal=rehearsal, now=now)

    def asked(self, name: str, now: datetime = NOW, /, **told: Any) -> SignUp:
        """Let somebody sign up and be asked."""
        signup = sign_up(name, **told)
        self.take(signup, now=now)
        assert self.admit(now).asked == 1
        return signup

    def answer(self, signup: SignUp, now: datetime = NOW) -> Confirmation:
        """Let somebody press the button."""
        return self.flow.confirm(link(signup), now=now)

    def joined(self, name: str, now: datetime = NOW, /, **told: Any) -> SignUp:
        """Let somebody sign up, be asked, and confirm."""
        signup = self.asked(name, now, **told)
        assert self.answer(signup, now) is Confirmation.CONFIRMED
        return signup

    def consent(self, name: str) -> Consent | None:
        """Return the consent of somebody; None if nobody has this address."""
        found = self.people.standing(f"{name}@union.example").supporter
        return found.consent if found else None

    def confirmations(self) -> Sequence[Any]:
        """Return the deliveries of mails that ask to confirm, with the names of their mailings."""
        query = select(deliveries, mailings.c.mailing_id, mailings.c.run).join(
            mailings, mailings.c.id == deliveries.c.mailing
        )
        with reading(self.engine) as connection:
            rows = connection.execute(query.where(mailings.c.kind == MailingKind.CONFIRM).order_by(deliveries.c.id))
            return rows.all()

    def waiting(self) -> int:
        """Return how many sign-ups there are, asked or not."""
        with reading(self.engine) as connection:
            return int(connection.execute(select(func.count()).select_from(signups)).scalar_one())
