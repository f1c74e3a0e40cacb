"""What stands on a letter by post or fax: sender, day, address or cover, text, and no name where safety forbids one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.pack import Channel, PackItem, WrittenLetter
from mailer.core.paper import Line, Paper, Passage, Sender, as_line, on_paper, passages, words_of
from mailer.core.targets import ChannelKind, Tone
from tests import samples

TODAY = date(2026, 11, 23)
POST = Channel(ChannelKind.POST, "Ministry Street 1\nAstana", open=True)
ITEM = PackItem("ministry", "Ministry of Foreign Affairs", Tone.PROTEST, samples.letter("ru"), None, (POST,))
FAXED = replace(ITEM, channels=(replace(POST, open=False), samples.fax_channel()))
TYPED = Sender("Anna Kovács\r\n1 Example Street\n\n", "London", "Ann Reader", "GB")
ENGLISH = samples.wording("en")


def said(block: tuple[Line, ...]) -> tuple[str, ...]:
    """Return the words of a block."""
    return tuple(line.words for line in block)


def rows(paper: Paper) -> dict[str, str | None]:
    """Return the rows of a fax's cover."""
    assert paper.cover is not None
    return {label: line and line.words for label, line in paper.cover.rows}


def test_a_sheet_has_what_was_typed_for_it_and_room_to_sign() -> None:
    """Sender, place and day in the letter's language, address, text and, below the room, the name."""
    sheet = on_paper(ITEM, TYPED, TODAY, samples.revision().wording("ru"))

    assert said(sheet.sender) == ("Anna Kovács", "1 Example Street")
    assert sheet.returns == Line("Anna Kovács · 1 Example Street", "ltr")
    assert sheet.dated == "London, 23 ноября 2026\u202fг."
    assert said(sheet.recipient) == ("Ministry of Foreign Affairs", "Ministry Street 1", "Astana")
    assert sheet.body[0] == Passage(("Уважаемый господин прокурор!",))
    assert said(sheet.closing) == ("Ann Reader", "Berlin")
    assert "Ann Reader" not in str(sheet.body)
    assert sheet.cover is None


@pytest.mark.parametrize("head", ["Anna Kovács", "Anna Kovács\nUnited Kingdom", "1 Example Street"])
def test_what_is_no_address_is_no_address_to_return_to(head: str) -> None:
    """Above the address stands where a letter may come back to, not somebody's name twice."""
    assert on_paper(ITEM, replace(TYPED, address=head), TODAY, ENGLISH).returns is None


@pytest.mark.parametrize(
    ("language", "dated"),
    [
        ("ka", "London, 2026-11-23"),  # the words are not Georgian
        ("ar", "\u2068London\u2069، 2026-11-23"),
        ("zh", "London，2026-11-23"),
    ],
)
def test_without_words_of_the_letters_language_the_day_is_in_digits(language: str, dated: str) -> None:
    """A date in a third language would tell who wrote; digits are read everywhere, and each script has its comma."""
    letter = replace(ITEM, letter=WrittenLetter(language, "x", "y"))

    assert on_paper(letter, TYPED, TODAY, ENGLISH).dated == dated


@pytest.mark.parametrize(("country", "sheet"), [("US", "us-letter"), ("CA", "us-letter"), ("GB", "a4"), ("", "a4")])
def test_the_sheet_is_what_printers_there_hold(country: str, sheet: str) -> None:
    """North America has its own paper, whatever the safety of who writes."""
    sender = replace(TYPED, country=country)

    assert on_paper(ITEM, sender, TODAY, ENGLISH).sheet == sheet
    assert on_paper(replace(ITEM, unsigned=True), sender, TODAY, ENGLISH).sheet == sheet


@pytest.mark.parametrize("safety", ["initials_only", "unsigned"])
@pytest.mark.parametrize("kind", ["post", "fax"])
def test_a_letter_that_stays_without_a_name_has_no_sender(safety: str, kind: str) -> None:
    """What safety forbids is neither printed nor on a cover, even if a forged form brings it."""
    sheet = on_paper(replace(FAXED, **{safety: True}), TYPED, TODAY, ENGLISH, kind=kind)  # type: ignore[arg-type]

    assert sheet.sender == ()
    assert sheet.returns is None
    assert "Kovács" not in str(sheet)
    assert "London" not in str(sheet)
    assert kind == "post" or "From:" not in rows(sheet)


def test_a_fax_has_a_cover() -> None:
    """To whom, at which number, from whom, when, how many pages and about what; the words are the letter's language."""
    assert rows(on_paper(FAXED, TYPED, TODAY, ENGLISH)) == {
        "To:": "Ministry of Foreign Affairs",
        "Fax number:": "+44 20 7946 0102",
        "From:": "Anna Kovács",
        "Date:": "London, 2026-11-23",
        "Pages:": None,
        "Subject:": "Освободите А. Примера",
    }
    russian = on_paper(FAXED, TYPED, TODAY, samples.revision().wording("ru"), kind="fax").cover
    assert russian is not None
    assert russian.title == "Факс"


def test_a_fax_without_a_head_is_from_who_signs_it() -> None:
    """Who typed no address still stands on the cover with their name."""
    assert rows(on_paper(FAXED, replace(TYPED, address=""), TODAY, ENGLISH))["From:"] == "Ann Reader"
    assert "From:" not in rows(on_paper(FAXED, Sender(), TODAY, ENGLISH))


def test_a_cover_is_read_in_the_direction_of_its_letter() -> None:
    """Day and subject are the letter's, whatever they begin with; names and numbers have their own direction."""
    letter = WrittenLetter("he", "2026: Free A.", "x")
    cover = on_paper(replace(FAXED, letter=letter), TYPED, TODAY, ENGLISH).cover
    assert cover is not None

    directions = {label: line.direction for label, line in cover.rows if line}
    assert directions == {"To:": "ltr", "Fax number:": "ltr", "From:": "ltr", "Date:": "rtl", "Subject:": "rtl"}


def test_a_letter_goes_the_way_that_is_open_or_asked_for() -> None:
    """Post before fax; where neither is open, a letter with the name; and the way that somebody chose."""
    both = replace(ITEM, channels=(samples.fax_channel(), POST))
    mail = replace(ITEM, channels=(samples.email_channel("a@b.example", "en"),), mission_name="Embassy in London")

    assert [on_paper(item, TYPED, TODAY, ENGLISH).kind for item in (both, FAXED, mail)] == ["post", "fax", "post"]
    assert on_paper(both, TYPED, TODAY, ENGLISH, kind="fax").cover is not None
    assert said(on_paper(mail, TYPED, TODAY, ENGLISH).recipient) == ("Embassy in London",)
    assert "Fax number:" not in rows(on_paper(mail, TYPED, TODAY, ENGLISH, kind="fax"))


@pytest.mark.parametrize("first", ["Ministry of Foreign Affairs", "MINISTRY of Foreign Affairs, Asia"])
def test_a_name_that_the_address_has_already_is_not_doubled(first: str) -> None:
    """Whatever follows it in that line; another office's name, though it begins alike, is none."""
    ours, other = (replace(POST, value=f"{row}\nAstana") for row in (first, "Ministry of Foreign Affairsdesk"))

    assert said(on_paper(replace(ITEM, channels=(ours,)), TYPED, TODAY, ENGLISH).recipient) == (first, "Astana")
    assert len(on_paper(replace(ITEM, channels=(other,)), TYPED, TODAY, ENGLISH).recipient) == 3


def test_a_senders_lines_have_a_bound() -> None:
    """A flood of lines does not push the letter off its sheet."""
    flood = on_paper(ITEM, replace(TYPED, address="x" * 999 + "\ny" * 50), TODAY, ENGLISH)

    assert len(flood.sender) == 8
    assert max(len(line.words) for line in flood.sender) <= 200


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ("Anna Kovács", "ltr"),
        ("+44 20 7946 0102", "ltr"),
        ("שלום", "rtl"),
        ("12 شارع Example", "rtl"),
        ("1 Example Street, شارع", "ltr"),
        ("\u2068London\u2069، 23 نوفمبر", "rtl"),
        ("", "ltr"),
    ],
)
def test_a_line_is_read_as_its_first_letter_is(line: str, direction: str) -> None:
    """An address in Latin letters on an Arabic sheet stays readable; what is isolated does not count."""
    assert as_line(line) == Line(line, direction)


def test_numbered_lines_are_a_list() -> None:
    """Demands stand apart from the words before and after them, with the numbers that they had."""
    text = "My requests:\n1. Release her.\n2) Answer me.\nThank you.\n\n2026 was hard.\n7. Alone"

    assert passages(text) == (
        Passage(("My requests:",)),
        Passage(("Release her.", "Answer me."), (1, 2)),
        Passage(("Thank you.",)),
        Passage(("2026 was hard.",)),
        Passage(("Alone",), (7,)),
    )


@given(st.text(st.sampled_from("1. )\nab"), max_size=40))
def test_no_word_of_a_letter_is_lost_on_paper(text: str) -> None:
    """Whatever is typed, all of its letters are in the passages, in their order."""
    printed = "".join(line for passage in passages(text) for line in passage.lines)

    assert [sign for sign in printed if sign.isalpha()] == [sign for sign in text if sign.isalpha()]


def test_words_that_there_are_not_are_english() -> None:
    """A language without a catalogue has a cover that everybody reads."""
    assert words_of(None)("Pages:") == "Pages:"
    assert words_of(replace(ENGLISH, catalogue=b""))("Pages:") == "Pages:"
