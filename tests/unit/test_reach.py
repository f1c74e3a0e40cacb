"""Whom could the letters of a campaign not help?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from mailer.core.audience import Cohort
from mailer.core.campaigns import CountryRule, Safety
from mailer.core.reach import Coverage, coverage_of, sample_pack, without_channel
from tests.letter_parts import END, NOW, campaign, mission, revision, target

EMBASSY = target("embassy", email="", embassy_of="KZ")
HERE, THERE = Cohort("GB", "en", 7), Cohort("DE", "ru", 5)


def test_whose_pack_would_be_empty_is_told_before_the_launch():
    """An embassy alone helps nobody in a country that it is not in."""
    embassies = revision(EMBASSY, missions=(mission("GB"),))

    assert without_channel(embassies, [HERE, THERE], now=NOW) == (THERE,)
    assert without_channel(revision(), [HERE, THERE], now=NOW) == ()
    assert sample_pack(embassies, HERE, now=NOW).items[0].channels[0].value == "gb@embassy.example"


def test_safety_and_time_can_leave_nothing_to_do():
    """Solidarity letters only, where the case has none; and everything once the campaign is over."""
    cautious = revision(safety=Safety({"DE": CountryRule.SOLIDARITY}))

    assert without_channel(cautious, [HERE, THERE], now=NOW) == (THERE,)
    assert without_channel(revision(), [HERE, THERE], now=END) == (HERE, THERE)


def test_a_campaign_without_an_end_ends_three_weeks_from_now():
    """What is asked before a launch is asked as of now."""
    endless = revision(write_until=None)

    assert sample_pack(endless, HERE, now=NOW).items[0].channels[0].closes_at == NOW + timedelta(days=21)


def test_coverage_counts_countries_and_people():
    """An address, a web page alone, and nothing; cohorts of one country count as one country."""
    rows = (mission("GB"), mission("DE", email="", web="https://embassy.example"))
    cohorts = [HERE, THERE, Cohort("DE", "de", 4), Cohort("FR", "fr", 3)]
    covered = coverage_of(campaign(EMBASSY), rows, cohorts)

    assert covered == Coverage(countries=3, with_address=1, web_only_people=9, missing_people=3)
    assert str(covered) == (
        "embassy: e-mail or address for 1 of your 3 countries, 9 people get a web page only, 3 people get none"
    )


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
