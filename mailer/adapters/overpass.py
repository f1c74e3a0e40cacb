"""What does OpenStreetMap know of missions? Its objects with `office=diplomatic`, asked of Overpass.

Law: these rows are a file of their own, under the Open Database License, and are credited wherever they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from mailer.adapters.fetching import Service
from mailer.adapters.mission_facts import Sieve
from mailer.core.missions import reachable
from mailer.errors import ServiceError
from mailer.flows.refreshing import Reading

_QUERY: Final = '[out:json][timeout:180];nwr["office"="diplomatic"]["country"];out tags;'
_STREET: Final = ("addr:housenumber", "addr:street", "addr:postcode", "addr:city")


@dataclass(frozen=True, slots=True)
class OpenStreetMap:
    """OpenStreetMap, by an Overpass service."""

    service: Service

    def read(self, today: date) -> Reading:
        """Return the missions that say which country sends them, and by what they can be reached.

        Raises:
            ServiceError: the question was not answered as it should be.
        """
        answer = self.service.ask({"data": _QUERY}, "application/json")
        elements = answer.get("elements") if isinstance(answer, dict) else None
        if not isinstance(elements, list) or "remark" in answer:  # which tells that the query was cut short
            raise ServiceError(f"{self.service.name} answered with JSON that is no whole result of a query")
        sieve = Sieve(today)
        rows = (sieve.mission(facts, source) for source, facts in map(_facts, elements))
        return Reading(tuple(row for row in rows if row is not None and reachable(row)), sieve.dropped)


def _facts(element: Any) -> tuple[str, Mapping[str, str]]:
    """Return the source and the facts of one object; texts alone, whatever else is in it."""
    values = element if isinstance(element, dict) else {}
    tags = values.get("tags")
    told = {key: tag for key, tag in tags.items() if isinstance(tag, str)} if isinstance(tags, dict) else {}
    source = f"OpenStreetMap {values.get('type')}/{values.get('id')}"
    return source, {**_ways(told), **_place(told), "of": told.get("country", ""), "kind": _kind(told)}


def _ways(tags: Mapping[str, str]) -> dict[str, str]:
    """Return how the mission is reached; of several values in one tag the first."""
    keys = {"email": "email", "phone": "phone", "fax": "fax", "web": "website"}
    found = {ours: tags.get(f"contact:{theirs}") or tags.get(theirs) or "" for ours, theirs in keys.items()}
    return {ours: value.partition(";")[0] for ours, value in found.items()}


def _place(tags: Mapping[str, str]) -> dict[str, str]:
    """Return name, city and address, the country that it is in, and which others it serves.

    `target` lists the countries that a mission is sent to; only a single one tells where it is.
    """
    served = [code.strip() for code in tags.get("target", "").split(";")]
    host = tags.get("addr:country") or (served[0] if len(served) == 1 else "")
    number, street, postcode, city = (tags.get(key, "") for key in _STREET)
    lines = (f"{street} {number}".strip(), f"{postcode} {city}".strip())
    return {
        "in": host,
        "name": tags.get("name:en") or tags.get("name", ""),
        "city": tags.get("addr:city:en") or city,
        "address": ", ".join(lines) if street and city else "",
        "accredited": " ".join(served) if host else "",
    }


def _kind(tags: Mapping[str, str]) -> str:
    """Return what the mission is: the kind of its kind, where it has one."""
    kind = tags.get("diplomatic", "")
    finer = tags.get(kind, "")
    return (finer if finer and finer != "yes" else kind).replace("_", " ")
