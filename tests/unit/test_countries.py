"""Clocks and languages of countries."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from mailer.core.countries import _COUNTRIES, capital_zone, official_languages, supporter_zone
from tests.letter_parts import supporter


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("RU", "Europe/Moscow"),
        ("US", "America/New_York"),
        ("AU", "Australia/Sydney"),
        ("BR", "America/Sao_Paulo"),
        ("CA", "America/Toronto"),
        ("UA", "Europe/Kyiv"),
        ("UZ", "Asia/Tashkent"),
        ("KZ", "Asia/Almaty"),
        ("ID", "Asia/Jakarta"),
        ("PT", "Europe/Lisbon"),
    ],
)
def test_a_country_with_several_zones_has_its_capitals(country, zone):
    """The clock of a country is the capital's, not that of the zone that a list names first."""
    assert capital_zone(country) == zone


@pytest.mark.parametrize(
    ("country", "languages"),
    [
        ("GB", ("en",)),
        ("KZ", ("kk", "ru")),
        ("CH", ("de", "fr", "it")),
        ("UA", ("uk",)),
        ("BE", ("nl", "fr", "de")),
        ("TW", ("zh-hant",)),
    ],
)
def test_official_languages_are_in_order(country, languages):
    """An embassy is written to in the first of these for which there is a letter."""
    assert official_languages(country) == languages


def test_an_unknown_code_has_neither_clock_nor_language():
    """What is not known is not guessed."""
    assert capital_zone("QQ") == ""
    assert official_languages("") == ()


def test_every_zone_is_known_and_every_tag_is_plain():
    """No row names a zone that the clocks of this machine do not have, or a tag of another shape."""
    for code, (zone, languages) in _COUNTRIES.items():
        assert len(code) == 2
        assert code.isupper()
        assert ZoneInfo(zone)
        assert languages == languages.lower()
        assert "_" not in languages


@pytest.mark.parametrize(
    ("own", "country", "zone"),
    [
        ("Asia/Tokyo", "GB", "Asia/Tokyo"),
        ("", "RU", "Europe/Moscow"),
        ("", "", "Europe/London"),
        ("", "QQ", "Europe/London"),
    ],
)
def test_a_supporters_clock_is_their_own_then_their_capitals(own, country, zone):
    """Where neither is known the organisation's clock holds."""
    assert supporter_zone(supporter(country=country, timezone=own), "Europe/London") == zone
