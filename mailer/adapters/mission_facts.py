"""What of a stranger's facts about a mission may be carried? What is plainly an address, a number, a name; no more.

Law: a value is taken in one spelling, or dropped and counted; nothing is repaired into something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import phonenumbers
from pydantic_core import PydanticCustomError

from mailer.adapters.catalog.places import COUNTRIES
from mailer.adapters.catalog.scalars import read_line, read_url
from mailer.core.addresses import check_address, to_ascii
from mailer.core.campaigns import Mission
from mailer.errors import MailerError

LONGEST = 300  # characters of one value; the longest of the shipped directory has 220
_SOURCE = re.compile(r"Wikidata Q[1-9]\d{0,11}|OpenStreetMap (?:node|way|relation)/[1-9]\d{0,14}")
_REFUSALS = (PydanticCustomError, MailerError, ValueError, phonenumbers.NumberParseException)
_KINDS: Mapping[str, str] = {
    "": "embassy",
    "apostolic nunciature": "nunciature",
    "consul": "consulate",
    "consulate general of belgium": "consulate general",
    "consulate-general": "consulate general",
    "consulate_general": "consulate general",
    "consulates of sweden": "consulate",
    "diplomatic mission of el salvador": "diplomatic mission",
    "embassy of the united states": "embassy",
    "high_commission": "high commission",
    "honorary_consulate": "honorary consulate",
    "honorary consul": "honorary consulate",
    "permanent mission to the united nations": "permanent mission",
    "permanent_mission": "permanent mission",
    "taipei representative office": "representative office",
}


@dataclass(slots=True)
class Sieve:
    """Takes values that are right, and counts those that are not, by column; a whole row as "row"."""

    read_on: date
    dropped: Counter[str] = field(default_factory=Counter)

    def mission(self, facts: Mapping[str, str], source: str) -> Mission | None:
        """Return a row of what a stranger says of one mission, or None if it has no source that could be told.

        `facts` has keys of the directory's columns. A mission that is said to be in the country that sends it is
        in one that is not known.
        """
        if not _SOURCE.fullmatch(source):
            self.dropped["row"] += 1
            return None
        of, host = self._take(facts, "of", _country), self._take(facts, "in", _country)
        city = self._take(facts, "city", _words)
        name = self._take(facts, "name", _words).removesuffix(f", {city}")
        address = self._take(facts, "address", _words)

        def number(value: str) -> str:
            return _number(value, host)

        return Mission(
            of=of,
            host="" if host == of else host,
            kind=_kind(self._take(facts, "kind", _words)),
            city=city,
            name=name,
            email=self._take(facts, "email", _address),
            phone=self._take(facts, "phone", number),
            fax=self._take(facts, "fax", number),
            post=(name, address) if name and address else (),
            web=self._take(facts, "web", read_url),
            accredited=self._countries(facts, host),
            checked=self.read_on,
            source=source,
        )

    def _countries(self, facts: Mapping[str, str], host: str) -> tuple[str, ...]:
        """Return the further countries that the mission serves, in alphabetical order."""
        named = {code for code in facts.get("accredited", "").split() if code in COUNTRIES}
        return tuple(sorted(named - {host, facts.get("of", "")}))

    def _take(self, facts: Mapping[str, str], column: str, read: Callable[[str], str]) -> str:
        """Return a value in one spelling; nothing, and counted, if it is not what it should be."""
        value = facts.get(column, "").strip(" ")
        try:
            if len(value) > LONGEST:
                raise ValueError(value[:40])
            value.encode()  # JSON may hold half characters, and no file takes them
            return read(value) if value else ""
        except _REFUSALS:
            self.dropped[column] += 1
            return ""


def _country(value: str) -> str:
    """Return an ISO 3166 code as it is written, never what it might have been meant for."""
    if value not in COUNTRIES:
        raise ValueError(value)
    return value


def _words(value: str) -> str:
    """Return a text on one line, parted by single spaces."""
    return " ".join(read_line(value).split())


def _kind(value: str) -> str:
    """Return what a mission is, in one spelling; an embassy where nothing is said."""
    return _KINDS.get(value.casefold(), value.casefold())


def _address(value: str) -> str:
    """Return the address of one mailbox, in ASCII."""
    address = to_ascii(value.removeprefix("mailto:"))
    check_address(address)
    return address


def _number(value: str, host: str) -> str:
    """Return a number that its country's plan knows, as E.164."""
    number = phonenumbers.parse(value, host or None)
    if number.extension or not phonenumbers.is_valid_number(number):
        raise ValueError(value)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
