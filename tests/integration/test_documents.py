"""Letters on paper: what Typst makes of them, whoever typed what."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mailer.adapters.documents import Documents
from mailer.adapters.templates import Templates
from mailer.core.pack import Channel, PackItem, WrittenLetter
from mailer.core.paper import Paper, Sender, on_paper
from mailer.core.targets import ChannelKind, Tone
from mailer.errors import RenderingError
from tests import samples

TODAY = date(2026, 11, 23)
POST = Channel(ChannelKind.POST, "Ministry Street 1\nAstana", open=True)
ITEM = PackItem("ministry", "Ministry of Foreign Affairs", Tone.PROTEST, samples.letter("ru"), None, (POST,))
TYPED = Sender("Anna Kovács\r\n1 Example Street\n\n", "London", "Ann Reader", "GB")
PAPER = Paper(
    "ru", "ltr", "a4", ("Anna Kovács",), "London, 23 November 2026", ("Ministry", "Astana"), "Свободу!",
    (("Уважаемые дамы и господа!",), ("1. Освободите её.", "2. Ответьте мне.")), ("Anna K",),
)  # fmt: skip
HOSTILE = '#panic() #read("/etc/passwd") $ x^2 $ *b* `c` // \\ #include "x" \x1b[31m "]) <label> @ref'


@pytest.fixture(scope="module")
def documents() -> Documents:
    """What makes letters, with fonts read once."""
    return Documents(Templates())


def pixels(picture: bytes) -> bytes:
    """Return the unpacked rows of a PNG."""
    chunks, place = b"", 8
    while place < len(picture):
        (size,) = struct.unpack(">I", picture[place : place + 4])
        if picture[place + 4 : place + 8] == b"IDAT":
            chunks += picture[place + 8 : place + 8 + size]
        place += size + 12
    return zlib.decompress(chunks)


def sheet_size(picture: bytes) -> tuple[int, int]:
    """Return width and height of a PNG in pixels."""
    return struct.unpack(">II", picture[16:24])  # type: ignore[return-value]


def test_a_letter_is_a_pdf_without_the_time_of_day(documents: Documents) -> None:
    """The same letter is the same file, whenever it is printed: nothing in it tells when somebody was at work."""
    made = documents.letter(PAPER)

    assert made.startswith(b"%PDF-")
    assert made == Documents(Templates()).letter(PAPER)
    assert b"/Author" not in made


def test_sheets_are_those_of_the_country(documents: Documents) -> None:
    """A4 is 210 by 297 mm, US Letter 8.5 by 11 inches."""
    (a4,), (letter,) = documents.pictures(PAPER), documents.pictures(replace(PAPER, sheet="us-letter"))

    assert sheet_size(a4) == pytest.approx((210 / 25.4 * 144, 297 / 25.4 * 144), abs=1)
    assert sheet_size(letter) == (8.5 * 144, 11 * 144)


@pytest.mark.parametrize("text", ["Уважаемые господа", "Ελευθερία", "Żółć ąę šđč", "Свободу Қазақстан", "Ελλάδα — “x”"])
def test_letters_of_europe_are_drawn_as_themselves(documents: Documents, text: str) -> None:
    """Cyrillic and Greek are in the face that comes along: no two letters look like the sign of a missing one."""
    blank = replace(PAPER, sender=(), dated="", recipient=(), body=(), closing=())
    drawn = {sign: pixels(documents.pictures(replace(blank, subject=sign))[0]) for sign in set(text) if sign.isalpha()}

    assert len(set(drawn.values())) == len(drawn)


def test_what_people_type_is_never_read_as_markup(documents: Documents) -> None:
    """Code in a name, an address or a letter is printed as it stands; it reads no file and stops nothing."""
    hostile = replace(
        PAPER, subject=HOSTILE, sender=(HOSTILE,), dated=HOSTILE, body=((HOSTILE, HOSTILE),), closing=(HOSTILE,)
    )

    assert documents.letter(hostile).startswith(b"%PDF-")
    assert documents.pictures(hostile) != documents.pictures(PAPER)


def test_a_long_letter_goes_on_on_further_sheets(documents: Documents) -> None:
    """Nothing of 20,000 characters is lost below the edge."""
    long = replace(PAPER, body=tuple((f"Строка {number}. " * 12,) for number in range(120)))

    assert len(documents.pictures(long)) > 3


def test_right_to_left_letters_are_set_from_the_right(documents: Documents) -> None:
    """The direction of the letter's language turns the sheet around."""
    arabic = replace(PAPER, language="ar", direction="rtl")

    assert documents.pictures(arabic) != documents.pictures(PAPER)


def test_a_template_of_the_organisers_is_used_and_its_fault_is_told(tmp_path: Path) -> None:
    """An override that does not compile names the template."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "letter.typ").write_text("#panic()", encoding="utf-8")

    with pytest.raises(RenderingError, match=r"documents/letter\.typ"):
        Documents(Templates(tmp_path)).letter(PAPER)


def test_a_sheet_has_what_was_typed_for_it_and_room_to_sign() -> None:
    """Sender, place and day in the letter's language, address, text and, below the room, the name."""
    sheet = on_paper(ITEM, TYPED, TODAY, samples.revision().wording("ru"))

    assert sheet.sender == ("Anna Kovács", "1 Example Street")
    assert sheet.dated == "London, 23 ноября 2026\u202fг."
    assert sheet.recipient == ("Ministry of Foreign Affairs", "Ministry Street 1", "Astana")
    assert sheet.body[0] == ("Уважаемый господин прокурор!",)
    assert sheet.closing == ("Ann Reader", "Berlin")
    assert "Ann Reader" not in str(sheet.body)


def test_without_words_of_the_letters_language_the_day_is_in_digits() -> None:
    """A date in a third language would tell who wrote; digits are read everywhere."""
    georgian = replace(ITEM, letter=WrittenLetter("ka", "x", "y"))

    assert on_paper(georgian, Sender(), TODAY, samples.revision().wording("ka")).dated == "2026-11-23"


@pytest.mark.parametrize(("country", "sheet"), [("US", "us-letter"), ("CA", "us-letter"), ("GB", "a4"), ("", "a4")])
def test_the_sheet_is_what_printers_there_hold(country: str, sheet: str) -> None:
    """North America has its own paper."""
    assert on_paper(ITEM, replace(TYPED, country=country), TODAY, samples.wording("en")).sheet == sheet


@pytest.mark.parametrize("safety", ["initials_only", "unsigned"])
def test_a_letter_that_stays_without_a_name_has_no_sender(safety: str) -> None:
    """What safety forbids is not printed, even if a forged form brings it."""
    sheet = on_paper(replace(ITEM, **{safety: True}), TYPED, TODAY, samples.wording("en"))

    assert sheet.sender == ()
    assert "London" not in sheet.dated


def test_a_fax_is_addressed_by_its_number_and_the_rest_by_name() -> None:
    """Where no post arrives the block has the fax number; a closed channel is not printed."""
    fax = replace(ITEM, channels=(replace(POST, open=False), samples.fax_channel()))
    mail = replace(ITEM, channels=(samples.email_channel("a@b.example", "en"),), mission_name="Embassy in London")

    assert on_paper(fax, TYPED, TODAY, samples.wording("en")).recipient == (ITEM.name, "Fax +44 20 7946 0102")
    assert on_paper(mail, TYPED, TODAY, samples.wording("en")).recipient == ("Embassy in London",)


def test_a_senders_lines_have_a_bound() -> None:
    """A flood of lines does not push the letter off its sheet."""
    flood = on_paper(ITEM, replace(TYPED, address="x" * 999 + "\ny" * 50), TODAY, samples.wording("en"))

    assert len(flood.sender) == 8
    assert max(map(len, flood.sender)) <= 200
