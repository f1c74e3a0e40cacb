"""What a refresh changes in the directory, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.core.renewal import renew
from mailer.errors import ServiceError
from tests.letter_parts import mission

TODAY, LONG_AGO = date(2026, 11, 22), date(2022, 11, 16)
LONDON, PARIS, BERLIN = (
    mission(host, source=f"Wikidata Q{number}", checked=LONG_AGO) for number, host in enumerate(("GB", "FR", "DE"), 1)
)


def test_new_changed_and_vanished_rows_are_told():
    """Each row is known by its source; what is the same is not news, and has a new date."""
    moved = replace(PARIS, email="paris@new.example", checked=TODAY)
    rome = mission("IT", source="Wikidata Q9", checked=TODAY)

    renewal = renew((LONDON, PARIS, BERLIN), (replace(LONDON, checked=TODAY), moved, rome), TODAY)

    assert renewal.new == (rome,)
    assert [(change.before, change.after, change.columns) for change in renewal.changed] == [(PARIS, moved, ("email",))]
    assert renewal.vanished == (replace(BERLIN, gone=TODAY),)
    assert renewal.rows == (replace(LONDON, checked=TODAY), moved, rome, replace(BERLIN, gone=TODAY))


def test_a_row_that_is_gone_stays_marked_with_its_first_day():
    """It is told once, and told again as changed when it comes back."""
    gone = replace(BERLIN, gone=LONG_AGO)

    still = renew((LONDON, gone), (LONDON,), TODAY)
    back = renew((LONDON, gone), (LONDON, BERLIN), TODAY)

    assert still.rows == (LONDON, gone)
    assert still.vanished == ()
    assert [change.columns for change in back.changed] == [("gone",)]
    assert back.rows == (LONDON, BERLIN)


def test_a_name_spelled_otherwise_is_no_change_of_address():
    """Nobody has to look at it."""
    there = replace(LONDON, post=("Embassy", "1 Street"))
    renamed = replace(there, name="The Embassy", post=("The Embassy", "1 Street"))

    assert renew((there,), (renamed,), TODAY).changed == ()


@pytest.mark.parametrize("fresh", [(), (LONDON,)])
def test_an_answer_with_too_little_replaces_nothing(fresh):
    """Nothing at all, or less than half of what is known, is a fault of the source."""
    with pytest.raises(ServiceError, match="stays as it was"):
        renew((LONDON, PARIS, BERLIN), fresh, TODAY)


sources = st.lists(st.sampled_from([LONDON, PARIS, BERLIN, mission("IT", source="Wikidata Q9")]), max_size=4)


@settings(max_examples=40)
@given(sources, sources.filter(bool))
def test_no_row_is_ever_lost(old, fresh):
    """Whatever was known or is told is there afterwards, once, and only what is not told any more is gone."""
    try:
        renewal = renew(old, fresh, TODAY)
    except ServiceError:
        return
    told = {row.source for row in fresh}

    assert {row.source for row in renewal.rows} == told | {row.source for row in old}
    assert len({row.source for row in renewal.rows}) == len(renewal.rows)
    assert {row.source for row in renewal.rows if row.gone} == {row.source for row in old} - told
