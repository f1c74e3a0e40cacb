"""Is an office that stands in capitals, or as a common noun, written as a name?"""

from __future__ import annotations

import pytest

from mailer.core.drafting.capitals import as_name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("SECRETARY OF STATE, U.S. Department of State", "Secretary of State, U.S. Department of State"),
        ("EMBASSY OF THE USA", "Embassy of the USA"),
        ("HIS EXCELLENCY THE PRESIDENT", "His Excellency the President"),
        ("L'AMBASSADE DE FRANCE", "L'Ambassade de France"),
        ("LIEUTENANT-GENERAL O'EXAMPLE", "Lieutenant-General O'Example"),
        ("embassy", "Embassy"),
        ("министр юстиции", "Министр юстиции"),
    ],
)
def test_shouted_and_common_nouns_become_names(told, name):
    """Small words stay small, abbreviations stay as they are."""
    assert as_name(told) == name


@pytest.mark.parametrize(
    "told", ["UNICEF", "THE ILO", "ministry@justice.example", "Ms Anna EXAMPLE", "İÇİŞLERİ BAKANLIĞI", ""]
)
def test_what_is_no_shouting_stays(told):
    """An abbreviation, an address, a family name in capitals, and letters whose small forms depend on the language."""
    assert as_name(told) == told
