"""Is what was retired found wherever it is listed, however it is spelled, and is it in no letter any more?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.corrections import addresses
from mailer.core.links import Links
from mailer.core.listings import Listing, listings, values_of
from mailer.core.numbers import compact_number, display_number
from mailer.core.packing import build_pack
from mailer.core.retirement import Retired, RetiredValue, spelled_alike
from mailer.core.targets import Phone, WebForm
from mailer.errors import NotFoundError, UsageError
from mailer.flows.retire import Retirement, dismiss_reports, retire
from mailer.flows.unusable import Unusable
from tests.fakes import FakeCampaigns
from tests.letter_parts import NOW, campaign, mission, revision, supporter, target

FAX = "+442079460102"
PAGE = "https://city.example/ask"
BLOCK = ("1 Office Street", "Astana")
EVERY_WAY = target(
    "court", fax=FAX, phone=Phone("+442079460107"), post=BLOCK, web=WebForm(PAGE), copies_to=("desk@office.example",)
)
EMBASSY = target("embassy", email="", embassy_of="KZ")
DAY = timedelta(days=1)


# --- spelling -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        (" Court@Office.EXAMPLE ", "court@office.example"),
        ("+44 20 7946 0102", FAX),
        ("0044 (0)20-7946-0102", FAX),
        ("tel 020 7946 0102", "tel 020 7946 0102"),
        ("HTTPS://City.example/ask", PAGE),
        ("1  Office Street\n  Astana", "\n".join(BLOCK)),
    ],
)
def test_what_is_the_same_is_found_however_it_is_spelled(typed, listed):
    """Case, spaces and the ways of writing a number make no other address."""
    assert not Retired(frozenset({typed})).keep(listed)
    assert spelled_alike(spelled_alike(typed)) == spelled_alike(typed)


@given(st.from_regex(r"\+[1-9][0-9]{7,13}", fullmatch=True))
def test_a_number_is_itself_in_groups(number):
    """As people write it, and as it is dialled."""
    assert spelled_alike(display_number(number)) == compact_number(number) == spelled_alike(number)


@pytest.mark.parametrize("other", ["court2@office.example", "+442079460103", "https://city.example/", BLOCK[0]])
def test_what_is_nearly_the_same_stays(other):
    """Nobody else is taken out by mistake."""
    gone = Retired(frozenset({"court@office.example", FAX, PAGE, "\n".join(BLOCK)}))

    assert gone.keep(other) == other


def test_nothing_is_retired_without_a_value_and_a_reason():
    """Who looks at it in a year has to know why."""
    for value, reason in (("", "asked"), ("a@b.example", " ")):
        with pytest.raises(ValueError, match="has to be said"):
            RetiredValue(value, reason, NOW)


# --- where it is listed ---------------------------------------------------------------------------


def test_a_campaign_lists_targets_desks_and_missions():
    """Everything that a letter could have, and whose it is."""
    case = campaign(
        EVERY_WAY, EMBASSY, copies_to=("all@office.example",), missions=(mission("GB", fax="+44 20 7946 0999"),)
    )
    found = listings(case, (mission("DE"),))

    block = "\n".join(BLOCK)
    assert [each.value for each in found if each.where == "court"] == [
        "court@office.example", FAX, "+442079460107", block, PAGE, "desk@office.example",
    ]  # fmt: skip
    assert Listing("copies_to", "all@office.example") in found
    assert Listing("mission of KZ in GB", "+442079460999") in found
    assert Listing("mission of KZ in DE", "de@embassy.example") in found
    assert Retired(frozenset({"DE@embassy.example"})).among(found) == (
        Listing("mission of KZ in DE", "de@embassy.example"),
    )


def test_the_values_of_a_target_are_those_of_any_supporters_pack():
    """An embassy has those of every mission of its country, and of no other."""
    rows = (mission("GB"), mission("DE"), mission("GB", of="RU", email="ru@embassy.example"))

    assert values_of(EVERY_WAY, rows) == set(addresses(EVERY_WAY, revision(EVERY_WAY), "GB"))
    assert {"gb@embassy.example", "de@embassy.example"} <= values_of(EMBASSY, rows)
    assert "ru@embassy.example" not in values_of(EMBASSY, rows)
    for country in ("GB", "DE"):
        pack = build_pack(revision(EMBASSY, directory=rows), supporter(country=country), now=NOW, links=Links())
        assert {way.value for item in pack.items for way in item.channels} <= values_of(EMBASSY, rows)


# --- the command ----------------------------------------------------------------------------------


class Shelf:
    """What is retired and reported, in memory."""

    def __init__(self) -> None:
        self.retired: dict[str, RetiredValue] = {}
        self.reports = {"court": 4}

    def retire(self, value):
        """Keep it unless it is there."""
        return self.retired.setdefault(value.value, value) is value

    def dismiss(self, campaign_id, target):
        """Forget reports."""
        return self.reports.pop(target, 0)


@pytest.fixture
def published() -> FakeCampaigns:
    """A published campaign with an embassy."""
    store = FakeCampaigns()
    store.publish(revision(EVERY_WAY, EMBASSY, directory=(mission("GB"),)), now=NOW)
    return store


def test_retiring_tells_which_campaigns_had_it(published):
    """Also through the directory of missions; a second time it is known already."""
    shelf = Shelf()

    done = retire("GB@embassy.example", "asked\n by phone", store=shelf, campaigns=published, now=NOW)
    again = retire("gb@embassy.example", "once more", store=shelf, campaigns=published, now=NOW + DAY)
    other = retire("nobody@else.example", "asked", store=shelf, campaigns=published, now=NOW)

    assert done == Retirement("gb@embassy.example", is_new=True, campaigns=("prisoner-2026",))
    assert (again.is_new, other.campaigns) == (False, ())
    assert shelf.retired["gb@embassy.example"] == RetiredValue("gb@embassy.example", "asked by phone", NOW)


@pytest.mark.parametrize(("value", "reason"), [("", "asked"), ("  ", "asked"), ("a@b.example", " \n")])
def test_retiring_nothing_or_without_a_reason_is_refused(published, value, reason):
    """Nothing is kept then."""
    shelf = Shelf()
    with pytest.raises(UsageError):
        retire(value, reason, store=shelf, campaigns=published, now=NOW)
    assert shelf.retired == {}


def test_wrong_reports_are_dismissed_once(published):
    """Nobody's reports, and an unknown campaign, are told so."""
    shelf = Shelf()

    assert dismiss_reports("prisoner-2026", "court", store=shelf, campaigns=published) == 4
    for campaign_id, told in (("prisoner-2026", "nobody reported"), ("none", "no published campaign")):
        with pytest.raises(NotFoundError, match=told):
            dismiss_reports(campaign_id, "court", store=shelf, campaigns=published)


# --- what a sender knows --------------------------------------------------------------------------


class Board:
    """What is reported and retired, as a database would say; counts how often it is read."""

    def __init__(self) -> None:
        self.dead = {"a": {FAX: NOW}, "b": {}}
        self.retired = {"old@office.example"}
        self.reads = 0

    def dead_since(self, campaign_id):
        """Return what is dead."""
        self.reads += 1
        return dict(self.dead[campaign_id])

    def retired_values(self):
        """Return what is retired."""
        self.reads += 1
        return frozenset(self.retired)


@given(st.timedeltas(-2 * DAY, 2 * DAY) | st.sampled_from([timedelta(), timedelta(microseconds=-1)]))
def test_a_repeat_has_what_its_first_try_had_but_for_what_was_retired(later):
    """Dead by the letter's own moment; retired whenever."""
    unusable = Unusable(Board()).at("a", NOW + later)

    assert (FAX in unusable.values) == (later >= timedelta())
    assert "old@office.example" in unusable.values


def test_a_batch_reads_once_and_the_next_one_anew():
    """A hundred letters are not a hundred reads, and a sender that runs for weeks learns what is new."""
    board = Board()
    unusable = Unusable(board)
    for _ in range(100):
        unusable.at("a", NOW)
        unusable.at("b", NOW)
    assert board.reads == 3

    board.retired.add("new@office.example")
    board.dead["b"] = {"b@office.example": NOW}
    assert (unusable.retirements, len(unusable.at("b", NOW).values)) == (1, 1)
    unusable.renew()
    assert (unusable.retirements, len(unusable.at("b", NOW).values)) == (2, 3)
