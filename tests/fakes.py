"""What do tests use in place of the outside? Fakes that keep the same promises, checked by the contract suites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from mailer.core.enrolment import Standing, Suppression
from mailer.core.supporters import (
    Consent,
    ConsentStatement,
    PublicId,
    Supporter,
    SupporterId,
    SuppressionReason,
)
from mailer.errors import NotFoundError
from mailer.flows.enrol import Erasure, Filter, Judge, Listed

# --- supporters -----------------------------------------------------------------------------------


class FakeSupporters:
    """Supporters in a dictionary; keeps what `SupporterStore` promises, without seals and deliveries."""

    def __init__(self) -> None:
        self.campaigns: set[str] = set()
        self.actions: set[tuple[str, SupporterId, str]] = set()
        self._rows: dict[str, tuple[Supporter, ConsentStatement | None]] = {}
        self._barred: dict[str, Suppression] = {}
        self._numbers = count(1)

    def change(self, emails: Sequence[str], judge: Judge) -> None:
        """Write what `judge` returns for each address and its standing."""
        for email in emails:
            known = self.standing(email)
            change = judge(email, known)
            if change is not None:
                number = change.supporter.id or SupporterId(next(self._numbers))
                self._rows[email.lower()] = (replace(change.supporter, id=number), change.statement or known.statement)

    def standing(self, email: str) -> Standing:
        """Return all that is known of an address."""
        supporter, statement = self._rows.get(email.lower(), (None, None))
        return Standing(supporter, statement, self._barred.get(email.lower()))

    def load_many(self, ids: Sequence[SupporterId]) -> list[Supporter]:
        """Return the supporters with these ids."""
        return [supporter for supporter in self._all() if supporter.id in ids]

    def list(self, chosen: Filter) -> Iterator[Listed]:
        """Return supporters by id, without what is sealed."""
        for each in self.walk(chosen):
            known = (each.id, each.public_id, each.country, each.language, each.timezone)
            yield Listed(*known, consent=each.consent, joined_on=each.joined_on or date.min)

    def walk(self, chosen: Filter) -> Iterator[Supporter]:
        """Return supporters by id."""
        for each in self._all():
            wanted = (chosen.country or each.country, chosen.language or each.language, chosen.consent or each.consent)
            tagged = chosen.tag.casefold() in ("", *map(str.casefold, each.person.tags))
            if tagged and wanted == (each.country, each.language, each.consent):
                yield each

    def unsubscribe(self, email: str) -> bool:
        """End consent."""
        supporter, statement = self._rows.get(email.lower(), (None, None))
        if supporter is not None:
            self._rows[email.lower()] = (replace(supporter, consent=Consent.UNSUBSCRIBED), statement)
        return supporter is not None

    def unsubscribe_by_id(self, public_id: PublicId) -> bool:
        """End consent."""
        return any(self.unsubscribe(each.person.email) for each in self._all() if each.public_id == public_id)

    def erase(self, email: str, *, now: datetime) -> Erasure:
        """Forget somebody and bar the address."""
        found = self._rows.pop(email.lower(), None)
        self._barred.setdefault(email.lower(), Suppression(SuppressionReason.ERASED, now))
        return Erasure(found is not None, log_is_empty=True)

    def record_action(self, campaign_id: str, email: str, *, target: str, source: str, now: datetime) -> None:
        """Record that somebody wrote."""
        supporter = self.standing(email).supporter
        if campaign_id not in self.campaigns or supporter is None:
            raise NotFoundError("no such campaign or supporter")
        self.actions.add((campaign_id, supporter.id, target))

    def _all(self) -> list[Supporter]:
        """Return everybody by id."""
        return sorted((supporter for supporter, _ in self._rows.values()), key=lambda each: each.id)
