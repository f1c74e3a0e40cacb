"""What must be known while the file's entries become core's values? All of it on one desk.

Texts, moments and references are resolved here in one way, and what is wrong with them is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailer.adapters.catalog.contacts import is_barred
from mailer.adapters.catalog.document import Path
from mailer.adapters.catalog.moments import at_utc
from mailer.adapters.catalog.problems import Ledger
from mailer.adapters.catalog.scalars import shown
from mailer.adapters.catalog.wrong_values import did_you_mean
from mailer.core.organisations import Organisation
from mailer.core.texts import LocalText


@dataclass(frozen=True, slots=True)
class Desk:
    """The ledger for problems, the organisation (a stand-in if its entry is wrong) and the time."""

    ledger: Ledger
    organisation: Organisation
    now: datetime

    @property
    def languages(self) -> tuple[str, ...]:
        """The organisation's languages, the fallback first."""
        return self.organisation.languages

    def text(self, path: Path, text: Mapping[str, str]) -> LocalText:
        """Return a text with the fallback first; what is lacking is told with what is used instead."""
        fallback = self.languages[0]
        if "" in text:
            return LocalText({fallback: text[""]})
        if fallback not in text:
            hint = f"add {fallback}: it is organisation.languages' first, which every text must have"
            self.ledger.error(path, f"the text is missing in '{fallback}', the fallback language", hint)
        elif lacking := [language for language in self.languages if language not in text]:
            hint = f"readers of {', '.join(lacking)} get '{fallback}' instead"
            self.ledger.warn(path, f"the text is missing in {', '.join(lacking)}", hint)
        order = [language for language in self.languages if language in text]
        return LocalText({language: text[language] for language in dict.fromkeys((*order, *text))})

    def maybe_text(self, path: Path, text: Mapping[str, str] | None) -> LocalText | None:
        """Return a text that may be missing."""
        return self.text(path, text) if text is not None else None

    def moment(self, path: Path, value: date, zone: str = "") -> datetime:
        """Return a moment in UTC; a wall-clock time is one of `zone`, else of the organisation."""
        return at_utc(value, zone or self.organisation.timezone)

    def refer(self, path: Path, wanted: str, there_are: Collection[str], kind: str) -> bool:
        """Tell whether a reference leads somewhere, and report it if not."""
        if wanted in there_are:
            return True
        known = sorted(there_are)
        hint = did_you_mean(wanted, known) if known else f"the campaign has no {kind}s"
        self.ledger.error(path, f"there is no {kind} with the id {shown(wanted)}", hint)
        return False

    def refuse_barred(self, path: Path, *addresses: str | None) -> None:
        """Report addresses that the organisation has put out of reach of every campaign."""
        for address in addresses:
            if address and is_barred(address, self.organisation.never_target):
                message = f"{shown(address)} is in organisation.never_target"
                self.ledger.error(path, message, "no campaign may list it: take it out here")
