"""Letters that supporters changed: what they typed is cleaned and never cut, and the links carry it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.edits import LONGEST_TEXT, Edit, clean, edited, may_sign, part_signature, resign
from mailer.core.headers import refuse_injection
from mailer.core.mailto import LONGEST_LINK
from mailer.core.pack import Channel, PackItem, WrittenLetter
from mailer.core.targets import ChannelKind, Tone

BODY = "Dear Prosecutor,\n\nRelease A. Example.\n\nAnna K\nGermany"
LETTER = WrittenLetter("en", "Release A. Example", BODY)
EMAIL = Channel(ChannelKind.EMAIL, "office@justice.example", open=True, mailto="mailto:old", cc=("desk@s.example",))
FAX = Channel(ChannelKind.FAX, "+442079460102", open=True)
ITEM = PackItem("prosecutor", "Prosecutor", Tone.PROTEST, LETTER, None, (EMAIL, FAX))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)


def mailto_fields(item: PackItem) -> dict[str, list[str]]:
    """Return what the mail program is given."""
    return parse_qs(urlsplit(item.channels[0].mailto).query)


def test_the_link_carries_what_was_typed() -> None:
    """Subject, text and copies are in the rebuilt link; other channels stay as they were."""
    item = edited(ITEM, Edit("My subject", "My own words + 100 %"))

    assert mailto_fields(item) == {
        "cc": ["desk@s.example"],
        "subject": ["My subject"],
        "body": ["My own words + 100 %"],
    }
    assert item.channels[1] is FAX
    assert item.letter.subject == "My subject"


def test_empty_boxes_mean_the_letter_itself() -> None:
    """Whoever empties a box has the offered words back, and never sends an empty letter."""
    item = edited(ITEM, Edit())

    assert item.letter == LETTER
    assert mailto_fields(item)["body"] == [BODY.replace("\n", "\r\n")]


def test_a_long_text_is_left_out_of_the_link_and_never_cut() -> None:
    """Beyond what mail programs take the link has recipient and subject only, and the letter is whole."""
    item = edited(ITEM, Edit("x", "слово " * 400))

    assert not item.channels[0].mailto_has_text
    assert "body" not in mailto_fields(item)
    assert len(item.channels[0].mailto) < LONGEST_LINK
    assert item.letter.body == "слово " * 400


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_whatever_is_typed_makes_a_safe_letter(subject: str, text: str, sign: str) -> None:
    """No header is begun by a subject, nothing that a terminal obeys is left in a text, and no link fails."""
    cleaned = clean(Edit(subject, text, sign, "Anna K"))

    refuse_injection("subject", cleaned.subject)
    assert "\n" not in cleaned.subject + str(cleaned.sign)
    assert not set(cleaned.text) & {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))}
    assert edited(ITEM, cleaned).channels[0].mailto.startswith("mailto:office@justice.example?")


def test_line_ends_of_forms_become_plain() -> None:
    """Browsers send CRLF; a letter has line feeds, and no empty lines around it."""
    assert clean(Edit(text="\r\nOne\r\n\r\nTwo\rThree  \r\n\r\n")).text == "One\n\nTwo\nThree"


@pytest.mark.parametrize(("size", "is_too_long"), [(LONGEST_TEXT, False), (LONGEST_TEXT + 1, True)])
def test_a_text_has_a_bound(size: int, is_too_long: bool) -> None:
    """20,000 characters are a letter; more is told, not cut."""
    cleaned = clean(Edit(text="ж" * size))

    assert cleaned.is_too_long is is_too_long
    assert len(cleaned.text) == size


@pytest.mark.parametrize(
    ("text", "was", "sign", "signed"),
    [
        (BODY, "Anna K", "Anna Kovács", BODY.replace("Anna K", "Anna Kovács")),
        (BODY, "Anna K", "", "Dear Prosecutor,\n\nRelease A. Example.\n\nGermany"),
        (BODY, "Anna K", "Anna K", BODY),
        ("Dear all", "", "Anna", "Dear all\n\nAnna"),
        ("Dear all", "Anna K", "Anna", "Dear all\n\nAnna"),
        ("Dear all\n\nAnna", "Anna K", "Anna", "Dear all\n\nAnna"),
        ("Dear all", "", "", "Dear all"),
        ("I, Anna K, write.\n\nAnna K", "Anna K", "A.", "I, Anna K, write.\n\nA."),
    ],
)
def test_the_name_below_a_letter_is_exchanged(text: str, was: str, sign: str, signed: str) -> None:
    """The last line that is the old name becomes the new one; where it is gone, the name is put below once."""
    assert resign(text, was, sign) == signed


def test_a_name_in_the_middle_of_a_letter_is_no_signature() -> None:
    """Only the closing lines are looked at."""
    text = "Anna K\n" + "\n".join(f"line {number}" for number in range(8))

    assert resign(text, "Anna K", "A.") == text + "\n\nA."
    assert part_signature(text, "Anna K") == (text, "")


@given(WORDS, WORDS.map(str.strip).filter(bool))
def test_signing_twice_is_as_once(text: str, sign: str) -> None:
    """However often a page is sent, one name is below the letter."""
    once = resign(text, "", sign)

    assert resign(once, "", sign) == once


def test_a_letter_is_parted_from_its_signature() -> None:
    """On paper there is room for a pen between the two."""
    assert part_signature(BODY, "Anna K") == ("Dear Prosecutor,\n\nRelease A. Example.", "Anna K\nGermany")
    assert part_signature(BODY, "") == (BODY, "")


@pytest.mark.parametrize("safety", ["initials_only", "unsigned"])
def test_no_name_is_put_where_safety_forbids_it(safety: str) -> None:
    """A forged form does not put a name under a letter that has to stay without."""
    item = replace(ITEM, **{safety: True})

    assert not may_sign(item)
    assert edited(item, Edit(sign="Anna Kovács", was="Anna K")).letter.body == BODY


def test_a_form_without_a_name_leaves_the_signature() -> None:
    """A letter that is not to be signed has no such field, and takes no other letter's name away."""
    assert edited(ITEM, Edit("x", BODY, sign=None, was="Anna K")).letter.body == BODY


# --- what a web form takes ------------------------------------------------------------------------

SHORT = "Dear Prosecutor,\n\nRelease A. Example.\n\nAnna K\nGermany"
LONG = replace(LETTER, body="Dear Prosecutor,\n\nI am alarmed.\n\nRelease A. Example.\n\nAnna K\nGermany")


def form_text(edit: Edit, *, room: int = 70, text: str | None = SHORT, body: str = LONG.body) -> str | None:
    """Return what a form of that size gets of an edited letter."""
    letter = replace(LETTER, body=body)
    form = Channel(
        ChannelKind.WEB,
        "https://x.example",
        open=True,
        max_chars=room,
        text=replace(letter, body=text) if text else None,
    )
    changed = edited(PackItem("city", "City", Tone.PROTEST, letter, None, (form,)), edit).channels[0].text
    return changed.body if changed else None


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (Edit(), SHORT),
        (Edit(text=LONG.body), SHORT),  # a page sends every box back
        (Edit(sign="Ann Bee", was="Anna K"), SHORT.replace("Anna K", "Ann Bee")),
        (Edit(text=LONG.body.replace("Anna K", "Bee"), sign="Bee", was="Bee"), SHORT.replace("Anna K", "Bee")),
        (Edit(sign="Anna Bee of the very long name", was="Anna K"), None),
        (Edit(text="My own words."), "My own words."),
        (Edit(text="My own words, which are longer than what this form takes, " * 2), None),
    ],
)  # fmt: skip
def test_a_form_gets_what_it_takes_of_a_changed_letter(edit: Edit, text: str | None) -> None:
    """Another signature goes into the shortened letter too; own words are taken whole or not at all."""
    assert form_text(edit) == text


def test_a_name_that_is_added_stands_below_the_shortened_letter() -> None:
    """Nobody was known by name: what is signed now is the short text, too."""
    unsigned = {"text": "Dear,\n\nRelease.", "body": "Dear,\n\nI am alarmed.\n\nRelease."}

    assert form_text(Edit(sign="Ann"), room=25, **unsigned) == "Dear,\n\nRelease.\n\nAnn"


def test_a_name_that_is_taken_away_is_gone_from_the_shortened_letter() -> None:
    """Who deletes the signature sends none."""
    signed = "\n\nAnna K\nGermany"

    assert form_text(Edit(text=LONG.body.removesuffix(signed)), room=45) == SHORT.removesuffix(signed)


def test_a_form_without_a_limit_is_left_as_it_is() -> None:
    """The letter goes into it whole."""
    form = Channel(ChannelKind.WEB, "https://x.example", open=True)

    assert edited(replace(ITEM, channels=(form,)), Edit(text="Mine")).channels == (form,)
