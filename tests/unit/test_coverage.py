"""Where does an embassy answer, country by country, and for how many of an audience?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailer.core.audience import Cohort
from mailer.core.coverage import Coverage, coverage_of, look_up
from tests.letter_parts import campaign, mission, target

EMBASSY = target("embassy", email="", embassy_of="KZ")
HERE, THERE = Cohort("GB", "en", 7), Cohort("DE", "ru", 5)


def test_looking_up_tells_what_a_supporter_would_get():
    """The country with most people first; what is known there and reaches nobody is told beside."""
    london, silent = mission("GB", source="Wikidata Q1"), mission("DE", email="", city="Bonn")
    found = look_up("KZ", {"FR": 2, "DE": 5, "GB": None}, (london, silent, mission("DE", of="TR")))

    assert [(each.country, each.people, each.is_enough) for each in found] == [
        ("DE", 5, False),
        ("FR", 2, False),
        ("GB", None, True),
    ]
    assert found[0].silent == (silent,)
    assert (found[0].mission, found[2].mission) == (None, london)


def test_coverage_counts_countries_and_people():
    """An address, a web page alone, and nothing; cohorts of one country count as one country."""
    rows = (mission("GB"), mission("DE", email="", web="https://embassy.example"))
    cohorts = [HERE, THERE, Cohort("DE", "de", 4), Cohort("FR", "fr", 3)]
    covered = coverage_of(campaign(EMBASSY), rows, cohorts)

    assert covered == Coverage(countries=3, with_address=1, web_only_people=9, missing_people=3)
    assert str(covered) == (
        "embassy: e-mail or address for 1 of your 3 countries, 9 people get a web page only, 3 people get none"
    )
    assert str(replace(covered, web_only_people=0, missing_people=1)).endswith("countries, 1 person gets none")


@pytest.mark.parametrize("channel", ["email", "fax", "phone"])
def test_any_channel_but_a_page_is_an_address(channel):
    """A fax number is as good as a mailbox."""
    row = mission("GB", **{"email": "", "web": "https://embassy.example", channel: "+441632960102"})

    assert coverage_of(campaign(EMBASSY), [row], [HERE]).with_address == 1
    assert coverage_of(campaign(EMBASSY), [mission("GB", email="", post=("Street 1",))], [HERE]).with_address == 1


def test_a_full_coverage_is_not_worth_a_word():
    """Nor is that of a campaign without embassies; the campaign's own rows count like the directory's."""
    own = campaign(EMBASSY, missions=(mission("GB"),))

    assert str(coverage_of(own, (), [HERE])) == ""
    assert str(coverage_of(campaign(), (), [HERE, THERE])) == ""
    assert coverage_of(campaign(), (), [HERE]) == Coverage()


def test_coverage_counts_letters_through_an_embassy_too():
    """A number does not forward a letter: where no more is known, nobody gets one."""
    through = target("prison", email="", via_embassy="KZ")
    rows = (mission("GB"), mission("DE", email="", phone="+441632960001"))

    alone = Coverage(2, with_address=1, missing_people=5)
    assert coverage_of(campaign(through), rows, [HERE, THERE]) == alone
    assert coverage_of(campaign(EMBASSY, through), rows, [HERE, THERE]) == alone  # of two targets the worse counts
