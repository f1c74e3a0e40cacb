"""Who got a wrong address?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailer.core.corrections import addresses, corrected_pairs, withdrawn_addresses
from mailer.core.targets import Phone, TargetId, WebForm
from tests.letter_parts import mission, revision, target

COURT = target(
    "court",
    fax="+441632960102",
    phone=Phone("+441632960107"),
    post=("Court Street 1", "Almaty"),
    web=WebForm("https://court.example/ask"),
)
PRESS = target("press", email="press@office.example")
EMBASSY = target("embassy", email="", embassy_of="KZ")
OLD = revision(COURT, PRESS)


def changed(**changes):
    """Return the revision in which the court's channels are others."""
    return revision(replace(COURT, **changes), PRESS)


def test_a_target_has_an_address_per_channel():
    """Letters by post go to the whole block."""
    everything = (
        "court@office.example",
        "+441632960102",
        "+441632960107",
        "Court Street 1\nAlmaty",
        "https://court.example/ask",
    )

    assert addresses(COURT, OLD, "GB") == everything
    assert addresses(PRESS, OLD, "GB") == ("press@office.example",)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"email": "new@office.example"}, "court@office.example"),
        ({"email": ""}, "court@office.example"),
        ({"fax": "+441632960199"}, "+441632960102"),
        ({"phone": None}, "+441632960107"),
        ({"post": ("Court Street 2", "Almaty")}, "Court Street 1\nAlmaty"),
        ({"web": WebForm("https://court.example/new")}, "https://court.example/ask"),
    ],
)
def test_what_was_changed_or_taken_out_is_withdrawn(changes, wrong):
    """Only that address, and the target that it was given for."""
    assert withdrawn_addresses(OLD, changed(**changes), "GB") == ((wrong,), ("court",))


def test_what_is_as_it_was_needs_no_correction():
    """A new channel or other words make nothing wrong."""
    more = revision(COURT, replace(PRESS, fax="+441632960103"), target("third"))

    assert withdrawn_addresses(OLD, OLD, "GB") == ((), ())
    assert withdrawn_addresses(OLD, more, "GB") == ((), ())


def test_a_target_that_left_takes_all_its_addresses_along():
    """In the order of the old campaign's targets."""
    wrong, touched = withdrawn_addresses(OLD, revision(target("third")), "GB")

    assert wrong == (*addresses(COURT, OLD, "GB"), "press@office.example")
    assert touched == ("court", "press")


def test_an_address_that_went_to_another_target_was_wrong_for_the_first():
    """Who wrote to the court wrote to the press."""
    swapped = revision(replace(COURT, email=PRESS.email), replace(PRESS, email=COURT.email))

    assert withdrawn_addresses(OLD, swapped, "GB")[1] == ("court", "press")


def test_a_wrong_embassy_is_wrong_in_its_own_country_alone():
    """Supporters elsewhere were given another."""
    old = revision(EMBASSY, missions=(mission("GB"), mission("DE")))
    new = revision(EMBASSY, missions=(mission("GB", email="new@embassy.example"), mission("DE")))

    assert withdrawn_addresses(old, new, "GB") == (("gb@embassy.example",), ("embassy",))
    assert withdrawn_addresses(old, new, "DE") == ((), ())


def test_a_row_of_the_directory_can_be_wrong_too():
    """The campaign's own row comes in its place."""
    old = revision(EMBASSY, directory=(mission("GB", fax="+441632960104"),))
    new = revision(
        EMBASSY, directory=old.missions, missions=(mission("GB", email="own@embassy.example", source="campaign"),)
    )

    assert addresses(EMBASSY, old, "GB") == ("gb@embassy.example", "+441632960104")
    assert withdrawn_addresses(old, new, "GB")[0] == ("gb@embassy.example", "+441632960104")
    assert addresses(replace(EMBASSY, id=TargetId("none"), embassy_of="FR"), old, "GB") == ()


def test_each_older_revision_is_compared_with_the_newest():
    """Who got the right address already gets no correction."""
    first = revision(EMBASSY, missions=(mission("GB"), mission("DE")))
    second = revision(EMBASSY, missions=(mission("GB", email="new@embassy.example"), mission("DE")))
    newest = revision(EMBASSY, missions=(*second.campaign.missions[:1], mission("DE", email="neu@embassy.example")))

    assert corrected_pairs({1: first, 2: second}, newest, ("DE", "GB")) == ((1, "DE"), (1, "GB"), (2, "DE"))
