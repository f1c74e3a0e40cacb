"""Which campaign do acceptance tests send? One case with a court, an embassy in each country, and a family.

Dates count from the moment that is given, so that the case is open whenever the tests run.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

COUNTRIES = {"GB": "en", "DE": "ru", "FR": "en", "PL": "ru", "JP": "en", "BR": "en", "US": "en", "IN": "ru"}
STATES = "queued claimed sending sent deferred uncertain failed suppressed cancelled expired".split()  # noqa: SIM905
MAILINGS = "[{alert: on-launch}, {reminder: {after: 3d}}, {reminder: {before: trial, by: 24h}}]"


def today() -> datetime:
    """Return the present moment, to the minute."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def campaign_file(
    now: datetime, *, more: str = "", mailings: str = MAILINGS, status: str = "ready", court: str = "court"
) -> str:
    """Return a campaign file with one campaign; `more` are further lines of it, without indentation."""
    trial, until = now + timedelta(days=10), now + timedelta(days=14)
    rows = ", ".join(f"{{of: KZ, in: {c}, email: {c.lower()}@embassy.example, checked: 2026-11-01}}" for c in COUNTRIES)
    lines = "".join(f"    {line}\n" for line in more.splitlines())
    return f"""\
version: 1
organisation:
  name: Example Solidarity Network
  from: Example Solidarity <campaigns@solidarity.example>
  reply_to: office@solidarity.example
  postal_address: 1 Example Street, London
  timezone: Europe/London
  languages: [en, ru]
campaigns:
  - id: case
    status: {status}
    country: KZ
    title: {{en: Free A. Example, ru: Свободу А. Примеру}}
    people: [{{name: A. Example, agreed: union}}]
    summary: {{en: Jailed for a picket., ru: В тюрьме за пикет.}}
    demands: [{{id: release, standard: release}}]
    events: [{{id: trial, what: {{en: Trial, ru: Суд}}, at: {trial:%Y-%m-%d} 10:00, timezone: Asia/Almaty}}]
    write_until: {until:%Y-%m-%d}
    targets:
      - {{id: court, name: {{en: Court, ru: Суд}}, email: {court}@justice.example, languages: [ru, en]}}
      - {{id: embassy, embassy_of: KZ}}
      - {{id: family, name: {{en: Family, ru: Семья}}, letter: solidarity, email: family@solidarity.example}}
    missions: [{rows}]
    mailings: {mailings}
{lines}"""


def people(count: int) -> list[str]:
    """Return rows of supporters, each with a name, a language and a country of their own."""
    return [_row(number) for number in range(count)]


def _row(number: int) -> str:
    """Return one row."""
    country = list(COUNTRIES)[number % len(COUNTRIES)]
    return f"{address(number)},Person {number:05},{COUNTRIES[country]},{country}"


def address(number: int) -> str:
    """Return a supporter's address."""
    return f"person{number:05}@union.example"


def addresses(numbers: Iterable[int]) -> list[str]:
    """Return several supporters' addresses."""
    return [address(number) for number in numbers]
