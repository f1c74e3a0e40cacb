"""What does Wikidata know of missions? One query for some sending countries at a time, each value as a plain text.

Law: what is no row of ours is dropped and counted; Wikidata's facts are CC0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from time import sleep
from typing import Any, Final

from mailer.adapters.catalog.places import COUNTRIES, country_name
from mailer.adapters.fetching import Service
from mailer.adapters.mission_facts import Sieve
from mailer.errors import ServiceError
from mailer.flows.refreshing import Reading

AT_ONCE: Final = 8  # sending countries in one query: all of them together outlast the minute that a query has
PAUSE_SECONDS: Final = 1.0
_ACCEPT: Final = "application/sparql-results+json"
_TOO_MUCH: Final = frozenset({500, 502, 503, 504})

# Diplomatic mission, embassy, de facto embassy, consulate, and the three further kinds that hang under none of these.
# The host is that of the place, as P17 of an embassy is sometimes the sending country; MIN makes an answer repeatable.
_QUERY: Final = """
SELECT ?mission ?of (MIN(?host_) AS ?host) (MIN(STR(?city_)) AS ?city) (MIN(STR(?name_)) AS ?name)
  (GROUP_CONCAT(DISTINCT ?kind_; separator="|") AS ?kinds)
  (GROUP_CONCAT(DISTINCT ?served; separator=" ") AS ?accredited)
  (MIN(STR(?email_)) AS ?email) (MIN(?phone_) AS ?phone) (MIN(?fax_) AS ?fax) (MIN(STR(?web_)) AS ?web)
  (MIN(STR(?address_)) AS ?address)
WHERE {
  VALUES ?of { %s }
  ?sender wdt:P297 ?of . ?mission wdt:P137 ?sender ; wdt:P31 ?type .
  VALUES ?class { wd:Q213283 wd:Q3917681 wd:Q5244910 wd:Q7843791 wd:Q61881945 wd:Q18414273 wd:Q73088858 }
  ?type wdt:P279* ?class . ?type rdfs:label ?kind_ . FILTER(LANG(?kind_) = "en")
  OPTIONAL { ?mission wdt:P131 ?place . ?place wdt:P17/wdt:P297 ?host_ .
             OPTIONAL { ?place rdfs:label ?city_ . FILTER(LANG(?city_) = "en") } }
  OPTIONAL { ?mission rdfs:label ?name_ . FILTER(LANG(?name_) = "en") }
  OPTIONAL { ?mission wdt:P1001/wdt:P297 ?served }
  OPTIONAL { ?mission wdt:P968 ?email_ } OPTIONAL { ?mission wdt:P1329 ?phone_ }
  OPTIONAL { ?mission wdt:P2900 ?fax_ } OPTIONAL { ?mission wdt:P856 ?web_ }
  OPTIONAL { ?mission wdt:P6375 ?address_ }
  MINUS { ?mission wdt:P576 [] } MINUS { ?mission wdt:P582 [] } MINUS { ?mission wdt:P3999 [] }
} GROUP BY ?mission ?of
"""
_ITEM: Final = "http://www.wikidata.org/entity/"
# What a mission that is called several things is first of all.
_RANKS: Final = (
    *("permanent mission", "embassy", "high commission", "apostolic nunciature", "nunciature", "de facto embassy"),
    *("consulate general", "honorary consulate", "consulate"),
)


@dataclass(frozen=True, slots=True)
class Wikidata:
    """Wikidata's public query service."""

    service: Service
    pause: Callable[[float], None] = sleep

    def read(self, today: date) -> Reading:
        """Return the missions of all countries.

        Raises:
            ServiceError: one of the questions was not answered as it should be.
        """
        sieve, codes = Sieve(today), sorted(COUNTRIES)
        batches = (tuple(codes[place : place + AT_ONCE]) for place in range(0, len(codes), AT_ONCE))
        facts = (found for batch in batches for found in self._missions_of(batch))
        rows = (sieve.mission(values, source) for source, values in facts)
        return Reading(tuple(row for row in rows if row is not None), sieve.dropped)

    def _missions_of(self, codes: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield source and facts of the missions of some countries; what is too much at once is asked in halves."""
        try:
            answer = self.service.ask({"query": _QUERY % " ".join(f'"{code}"' for code in codes)}, _ACCEPT)
        except ServiceError as error:
            if error.status not in _TOO_MUCH or len(codes) == 1:
                raise
            half = len(codes) // 2
            yield from self._missions_of(codes[:half])
            yield from self._missions_of(codes[half:])
            return
        yield from map(_facts, self._bindings(answer))
        self.pause(PAUSE_SECONDS)

    def _bindings(self, answer: Any) -> list[Any]:
        """Return the rows of an answer in the SPARQL 1.1 query results JSON format.

        Raises:
            ServiceError: it is in no such format.
        """
        results = answer.get("results") if isinstance(answer, dict) else None
        bindings = results.get("bindings") if isinstance(results, dict) else None
        if not isinstance(bindings, list):
            raise ServiceError(f"{self.service.name} answered with JSON that is no result of a query")
        return bindings


def _facts(binding: Any) -> tuple[str, Mapping[str, str]]:
    """Return the source and the facts of one row; texts alone, whatever else is in it."""
    cells = binding if isinstance(binding, dict) else {}
    told = {name: cell.get("value") for name, cell in cells.items() if isinstance(cell, dict)}
    facts = {name: value for name, value in told.items() if isinstance(value, str)}
    kind = _first_of_all(facts.get("kinds", ""))
    source = f"Wikidata {facts.get('mission', '').removeprefix(_ITEM)}"
    name = facts.get("name") or f"{kind.capitalize()} of {country_name(facts.get('of', ''), 'en')}"
    return source, {**facts, "in": facts.get("host", ""), "kind": kind, "name": name}


def _first_of_all(kinds: str) -> str:
    """Return the kind that decides, of several."""
    named = sorted(filter(None, kinds.split("|")))
    return next((kind for kind in _RANKS if kind in named), named[0] if named else "")
