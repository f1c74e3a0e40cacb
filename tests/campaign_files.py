"""What do tests of the campaign file begin with? A small right file, and ways to make it wrong in one place."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from mailer.adapters.catalog.assembly import Shipped
from mailer.adapters.catalog.contents import Catalog
from mailer.adapters.catalog.demands import StandardDemands
from mailer.adapters.catalog.loading import read_catalog
from mailer.adapters.catalog.schema.standard import StandardEntry
from mailer.core.campaigns import Campaign, CampaignId
from mailer.core.texts import LetterLibrary, LetterTemplate, Segment
from mailer.errors import Problem

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
DESIGN_EXAMPLE = Path(__file__).parent / "design_example.yaml"

ORGANISATION = """\
version: 1
organisation:
  name: Example Solidarity Network
  from: Example Solidarity <campaigns@solidarity.example>
  reply_to: office@solidarity.example
  postal_address: 1 Example Street, London
  timezone: Europe/London
  languages: [en, ru]
  never_target: [hospital.example, Ward@clinic.example]
campaigns:
"""

CASE = """\
  - id: case
    status: ready
    title: Free the organiser
    summary: Jailed for a picket.
    country: KZ
    events:
      - {id: trial, what: Trial, at: 2026-12-02 10:00, timezone: Asia/Almaty}
    demands:
      - {id: release, standard: release}
      - {id: movement, text: Support the party, kind: slogan}
"""

COURT = "      - {id: court, name: Court, email: court@justice.example}\n"


def file(case: str = "", *, targets: str = COURT, organisation: str = ORGANISATION) -> str:
    """Return a file with one campaign; `case` holds further lines of it, indented by four."""
    return f"{organisation}{CASE}    targets:\n{targets}{case}"


@cache
def shipped() -> Shipped:
    """Return one standard demand and the letters of two tones in two languages, made without files."""
    release = {
        "en": StandardEntry(with_person="the release of {person}", without_person="the release of all"),
        "ru": StandardEntry(with_person="освобождение ({person})", without_person="освобождение всех"),
    }
    body = (Segment("value", "summary"), Segment("list", "demands"))
    blocks = tuple((Segment("text", f"Dear office {number}"),) for number in range(3))
    letter = LetterTemplate(openings=blocks, body=body, closings=blocks, subjects=blocks)
    tones = {tone: {"en": letter, "ru": letter} for tone in ("protest", "solidarity")}
    demands = StandardDemands(
        {"release": release}, {"en": "and", "ru": "и"}, {"en": "Embassy: {country}", "ru": "Посольство: {country}"}
    )
    return Shipped(demands, LetterLibrary(tones))


def load(text: str, *, now: datetime = NOW) -> Catalog:
    """Return the catalog of a text, without any file."""
    return read_catalog("campaigns.yaml", text.encode(), shipped=shipped(), now=now)


def loaded(text: str, *, now: datetime = NOW) -> Campaign:
    """Return the one campaign of a text that has no errors."""
    catalog = load(text, now=now)
    assert catalog.ok, "\n".join(map(str, catalog.problems))
    return catalog.campaigns[CampaignId("case")]


def the_problem(text: str, *, severity: str = "error", now: datetime = NOW) -> Problem:
    """Return the only problem of this severity."""
    catalog = load(text, now=now)
    found = [problem for problem in catalog.problems if problem.severity == severity]
    assert len(found) == 1, "\n".join(map(str, catalog.problems))
    return found[0]


def position(text: str, part: str) -> tuple[int, int]:
    """Return line and column of the first place where `part` stands in `text`."""
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
