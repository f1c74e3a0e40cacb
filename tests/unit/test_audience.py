"""To whom does a campaign write, and to whom never?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.audience import Selection, exclusion, may_have_come_in, select
from mailer.core.campaigns import AudienceRule, CountryRule, Safety
from mailer.core.supporters import Consent
from tests.letter_parts import supporter

UNION, PRESS = b"union", b"press"
GB = supporter(country="GB", language="en")


def test_a_rule_becomes_a_selection_without_the_countries_that_must_not_be_mailed():
    """Only `none` shuts a country out; the other rules change what its people get."""
    safety = Safety(
        {"RU": CountryRule.NONE, "BY": CountryRule.NONE, "KZ": CountryRule.SOLIDARITY, "TR": CountryRule.INITIALS}
    )
    rule = AudienceRule(("GB", "RU"), ("en",), ("union",))

    assert select(rule, safety, (UNION,)) == Selection(("GB", "RU"), ("en",), (UNION,), ("BY", "RU"))
    assert select(AudienceRule(), Safety(), ()) == Selection()


@pytest.mark.parametrize(
    ("selection", "reason"),
    [
        (Selection(), ""),
        (Selection(("GB",), ("en",), (UNION,)), ""),
        (Selection(("GB", "DE"), ("ru", "en"), (PRESS, UNION)), ""),
        (Selection(("DE",)), "country is not in the audience"),
        (Selection((), ("ru",)), "language is not in the audience"),
        (Selection((), (), (PRESS,)), "has none of the audience's tags"),
        (Selection((), (), (), ("GB",)), "nobody in GB is mailed (safety)"),
        (Selection(("GB",), (), (), ("GB",)), "nobody in GB is mailed (safety)"),
    ],
)
def test_who_is_not_in_an_audience_is_told_why(selection, reason):
    """All that a selection names must hold; one tag is enough."""
    assert exclusion(selection, GB, frozenset({UNION})) == reason


def test_who_has_no_tag_is_in_an_audience_without_tags():
    """An empty tuple means everyone."""
    assert exclusion(Selection(), GB, frozenset()) == ""
    assert exclusion(Selection((), (), (UNION,)), GB, frozenset()) == "has none of the audience's tags"


codes = st.lists(st.sampled_from(("GB", "DE", "")), max_size=3).map(tuple)


@given(
    st.builds(Selection, codes, st.just(()), st.lists(st.sampled_from((UNION, PRESS))).map(tuple), codes),
    st.sampled_from((Consent.UNCONFIRMED, Consent.UNSUBSCRIBED)),
)
def test_nobody_without_confirmed_consent_is_ever_in_an_audience(selection, consent):
    """Whatever the campaign selects."""
    assert exclusion(selection, replace(GB, consent=consent), frozenset({UNION})) == f"consent is {consent}"


def somebody(*, tags: tuple[str, ...] = ("nurses",), **changes):
    """Return a confirmed supporter, with changes."""
    known = replace(GB, **{"consent": Consent.CONFIRMED, **changes})
    return replace(known, person=replace(known.person, tags=tags))


@pytest.mark.parametrize(
    "before", [{"consent": Consent.UNCONFIRMED}, {"country": "DE"}, {"language": "de"}, {"tags": ()}, {"tags": ("a",)}]
)
def test_confirmed_moved_or_tagged_anew_may_have_come_in(before):
    """Each may bring somebody into an audience that was filled past them."""
    assert may_have_come_in(somebody(**before), somebody())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {}),
        ({"tags": ("a", "b")}, {"tags": ("b", "a")}),
        ({"timezone": "Europe/London"}, {}),
        ({}, {"consent": Consent.UNSUBSCRIBED}),
        ({"country": "DE"}, {"consent": Consent.UNCONFIRMED}),
    ],
)
def test_what_changes_no_audience_brings_nobody_in(before, after):
    """Neither a new zone, nor tags in another order, nor a change of somebody who is not confirmed."""
    assert not may_have_come_in(somebody(**before), somebody(**after))
