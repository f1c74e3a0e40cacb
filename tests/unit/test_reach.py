"""Whom could the letters of a campaign not help?"""

from __future__ import annotations

from datetime import timedelta

from mailer.core.audience import Cohort
from mailer.core.campaigns import CountryRule, Safety
from mailer.core.reach import sample_pack, without_channel
from tests.letter_parts import END, NOW, mission, revision, target

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
