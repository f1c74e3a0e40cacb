"""How does a supporter change what they get, see what is kept of them, and go? What the store must offer for it.

Law: what a form changes is decided on the row as it is in the very transaction that writes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mailer.core.own_data import Known
from mailer.core.preferences import Form, Offer, Reading, Wishes, apply_wishes, make_offer, read_wishes, wishes_of
from mailer.core.supporters import PublicId, Supporter
from mailer.flows.enrol import Erasure

Judge = Callable[[Supporter], Supporter | None]


class PreferenceStore(Protocol):
    """Supporters by the public id in their links; one transaction per method."""

    def find(self, public_id: PublicId) -> Supporter | None:
        """Return a supporter, whatever their consent; None if there is nobody."""

    def change(self, public_id: PublicId, judge: Judge, *, now: datetime) -> bool:
        """Write what `judge` returns for the row as it is; tell whether there is such a supporter."""

    def known(self, public_id: PublicId) -> Known | None:
        """Return all that is kept of a supporter."""

    def erase(self, public_id: PublicId, *, now: datetime) -> Erasure:
        """Remove everything but the keyed hash that bars the address."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What everybody can choose from: languages, topics (tags), and the zone of those whose own is not known."""

    languages: tuple[str, ...]
    topics: tuple[str, ...] = ()
    zone: str = "UTC"

    def for_one(self, supporter: Supporter, now: datetime) -> Offer:
        """Return what one supporter can choose from."""
        return make_offer(supporter, languages=self.languages, topics=self.topics, zone=self.zone, now=now)


@dataclass(frozen=True, slots=True)
class Shown:
    """A supporter with what they can choose, what they have chosen, and the fields of their form that were wrong."""

    supporter: Supporter
    offer: Offer
    wishes: Wishes
    wrong: tuple[str, ...] = ()


def look(store: PreferenceStore, public_id: PublicId, choices: Choices, now: datetime) -> Shown | None:
    """Return what somebody chose so far; None if there is nobody."""
    supporter = store.find(public_id)
    if supporter is None:
        return None
    offer = choices.for_one(supporter, now)
    return Shown(supporter, offer, wishes_of(supporter, offer))


def save(store: PreferenceStore, public_id: PublicId, form: Form, choices: Choices, now: datetime) -> Shown | None:
    """Store what a form says, unless something in it is wrong; None if there is nobody."""
    seen: list[Shown] = []

    def judge(supporter: Supporter) -> Supporter | None:
        offer = choices.for_one(supporter, now)
        said: Reading = read_wishes(form, offer, wishes_of(supporter, offer))
        after = None if said.wrong else apply_wishes(supporter, said.wishes, offer)
        seen.append(Shown(after or supporter, offer, said.wishes, said.wrong))
        return after

    store.change(public_id, judge, now=now)
    return seen[-1] if seen else None
