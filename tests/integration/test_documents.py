"""Letters on paper: what Typst makes of them, whoever typed what; where the words stand is read out of the PDF."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader

from mailer.adapters.documents import LETTER, Documents, check_document
from mailer.adapters.templates import Templates
from mailer.core.pack import Channel, PackItem, WrittenLetter
from mailer.core.paper import Paper, PaperKind, Passage, Sender, as_line, on_paper
from mailer.core.targets import ChannelKind, Tone
from mailer.errors import RenderingError
from tests import samples

TODAY = date(2026, 11, 23)
SENDER = Sender("Anna Kovács\n1 Example Street\nLondon", "London", "Ann Reader", "GB")
BODY = "Dear Prosecutor,\n\nMy requests:\n\n1. Release her.\n2. Answer me.\n\nYours faithfully,\n\nAnn Reader"
HOSTILE = '#panic() #read("/etc/passwd") $ x^2 $ *b* `c` // \\ #include "x" \x1b[31m "]) <label> @ref'
LONG_ADDRESS = "\n".join(f"Department {number}, Room for Complaints of Citizens" for number in range(1, 8))
NOT_SHIPPED = {
    "el": "Αά Ββ Γγ Δδ Εέ Ζζ Ηή Θθ Ιίϊΐ Κκ Λλ Μμ Νν Ξξ Οό Ππ Ρρ Σσς Ττ Υύϋΰ Φφ Χχ Ψψ Ωώ · ; « »",
    "he": "אבגדהוזחטיכךלמםנןסעפףצץקרשת שָׁלוֹם ״ ׳ ־ ₪",
    "zh": "自由 释放 罢工 組織者 釋放 人權 检察院。“引号”《书》、；：！？（）",
}
LEFT, FIRST, SECOND = 25.0, 0, 1  # millimetres; pages


class Word(NamedTuple):
    """Words of a page with their place in millimetres from its upper left corner, and size in points."""

    text: str
    x: float
    y: float
    size: float


@pytest.fixture(scope="module")
def documents() -> Documents:
    """What makes letters, with fonts read once."""
    return Documents(Templates().read(LETTER))


def paper(language: str = "en", body: str = BODY, kind: PaperKind = "post", **changes: Any) -> Paper:
    """Return a letter in `language`; `changes` are the sender's, whose address is `lines`, or the target's."""
    channels = (
        Channel(ChannelKind.POST, changes.pop("address", "1 Ministry Street\nAstana"), open=True),
        samples.fax_channel(),
    )
    letter = WrittenLetter(language, changes.pop("subject", "The case of A. Example"), body)
    changes["address"] = changes.pop("lines", SENDER.address)
    item = PackItem("court", changes.pop("name", "District Court"), Tone.PROTEST, letter, None, channels)
    return on_paper(item, replace(SENDER, **changes), TODAY, samples.wording("en"), kind=kind)


def opened(pdf: bytes) -> PdfReader:
    """Return a PDF to read."""
    return PdfReader(BytesIO(pdf))


def words(pdf: bytes, page: int = FIRST) -> list[Word]:
    """Return the words of a page."""
    found: list[Word] = []
    sheet = opened(pdf).pages[page]

    def note(text: str, user: list[float], line: list[float], _: object, size: float) -> None:
        if text.strip():
            x, y = line[4] * user[0] + user[4], sheet.mediabox.height - (line[5] * user[3] + user[5])
            found.append(Word(text.strip(), float(x) * 25.4 / 72, float(y) * 25.4 / 72, size * line[0]))

    sheet.extract_text(visitor_text=note)
    return found


def find(pdf: bytes, text: str) -> Word:
    """Return the first words on the first page that contain `text`."""
    return next(word for word in words(pdf) if text in word.text)


def text_of(pdf: bytes) -> str:
    """Return all words, each in the order in which it was written."""
    return "\n".join(word.text for page in range(len(opened(pdf).pages)) for word in words(pdf, page))


def roles(node: Any) -> Iterator[str]:
    """Yield the roles of a structure tree, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from roles(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
        yield from roles(node.get("/K", []))


def sheet_size(picture: bytes) -> tuple[int, int]:
    """Return width and height of a PNG in pixels."""
    return struct.unpack(">II", picture[16:24])


def test_equal_letters_are_made_once_and_tell_no_time(documents: Documents) -> None:
    """A cohort shares one file; whoever makes it again gets the same bytes, and no second or author is in it."""
    unsigned = paper(lines="", body="Release A. Example.")
    made = documents.letter(unsigned)

    assert documents.letter(unsigned) is made
    assert Documents(Templates().read(LETTER)).letter(unsigned) == made
    assert set(opened(made).metadata or {}) == {"/Title", "/Creator"}
    dated = Documents('#set document(title: "x")\n#datetime.today().display()')
    assert text_of(dated.letter(paper())) == "1970-01-01"


@pytest.mark.parametrize("typed", [{"lines": ""}, {"body": "No name below."}])
def test_a_letter_with_a_name_or_an_address_is_not_kept(documents: Documents, typed: dict[str, str]) -> None:
    """What somebody typed for the head of a letter goes into the answer and stays in no memory."""
    made = documents.letter(paper(**typed))

    assert documents.letter(paper(**typed)) is not made
    assert documents.letter(paper(**typed)) == made


@pytest.mark.parametrize("kind", ["post", "fax"])
@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("ar", "ar"), ("kk", "kk"), ("pt-br", "pt-BR")])
def test_a_screen_reader_knows_what_is_what(documents: Documents, kind: PaperKind, language: str, tag: str) -> None:
    """PDF/UA-1 with title and language; the subject is a heading, demands are a list, everything is tagged."""
    root: Any = opened(documents.letter(paper(language, kind=kind))).trailer["/Root"]
    found = list(roles(root["/StructTreeRoot"]["/K"]))

    assert root["/Lang"] == tag
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert found[0] == "/Document"
    assert [role for role in found if role.startswith(("/H", "/L"))] == ["/H1", "/L", *["/LI", "/Lbl", "/LBody"] * 2]


def test_a_letter_without_a_subject_still_has_a_title(documents: Documents) -> None:
    """Whoever empties the subject gets a letter that is named after whom it is for."""
    assert opened(documents.letter(paper(subject=""))).metadata == {
        "/Title": "District Court",
        "/Creator": pytest.approx(opened(documents.letter(paper())).metadata["/Creator"]),  # type: ignore[index]
    }


def test_sheets_are_those_of_the_country(documents: Documents) -> None:
    """A4 is 210 by 297 mm, US Letter 8.5 by 11 inches."""
    (a4,), (letter,) = documents.pictures(paper()), documents.pictures(paper(country="US"))

    assert sheet_size(a4) == pytest.approx((210 / 25.4 * 144, 297 / 25.4 * 144), abs=1)
    assert sheet_size(letter) == (8.5 * 144, 11 * 144)


@pytest.mark.parametrize(("country", "top", "bottom"), [("GB", 45, 90), ("US", 2.04 * 25.4, 3.167 * 25.4)])
@pytest.mark.parametrize("address", ["Astana", "1 Ministry Street\n010000 Astana\nKazakhstan", LONG_ADDRESS])
def test_a_window_shows_the_address_and_nothing_else(
    documents: Documents, country: str, top: float, bottom: float, address: str
) -> None:
    """All lines of one to eight stand in the window (DIN 5008 form B; #10), and nothing else does.

    The window of #10 is taken where the sheet rests on the bottom of its envelope. Beside it the sender begins where
    no window reaches, even if the sheet slides; below it comes the day.
    """
    made = documents.letter(paper(country=country, address=address))
    shown = [word for word in words(made) if 20 <= word.x <= 120 and top < word.y - 2.5 and word.y < bottom + 0.5]
    block = [word.text for word in shown if "·" not in word.text]

    assert block == ["District Court", *address.split("\n")]
    assert min(word.size for word in shown if "·" not in word.text) >= 7.5
    assert find(made, "23").y > bottom + 5
    assert find(made, "Anna Kovács").x >= 120


def test_where_to_return_a_letter_stands_above_the_address(documents: Documents) -> None:
    """In the window, small, on one line; where the address needs the room, it is left to the sheet's head."""
    made = documents.letter(paper())
    returns = find(made, "·")

    assert returns.text == "Anna Kovács · 1 Example Street · London"
    assert returns.size < 8
    assert 45 < returns.y < find(made, "District Court").y
    assert "·" not in text_of(documents.letter(paper(address=LONG_ADDRESS, country="US")))


def test_an_address_that_no_window_takes_pushes_the_letter_down(documents: Documents) -> None:
    """Twenty lines are printed whole, and the text below them still begins below them."""
    made = documents.letter(paper(address="\n".join(f"Line {number}" for number in range(20))))

    assert find(made, "23").y > find(made, "Line 19").y + 5


def test_lines_of_two_scripts_do_not_touch(documents: Documents) -> None:
    """Arabic marks reach further down than Latin letters: a block that has any stands wider."""
    latin, mixed = (documents.letter(paper("ar", name=name)) for name in ("Court", "محكمة"))
    step, wider = (find(made, "Astana").y - find(made, "1 Ministry Street").y for made in (latin, mixed))

    assert wider > step + 0.5


def test_a_sender_whose_lines_are_long_pushes_the_letter_down(documents: Documents) -> None:
    """Eight lines of two hundred letters beside the address end above the day and the subject."""
    flood = documents.letter(paper(lines="\n".join("W" * 180 for _ in range(8))))

    assert find(flood, "23").y > max(word.y for word in words(flood) if "W" in word.text) + 5


def test_a_sheet_is_folded_where_its_marks_are(documents: Documents) -> None:
    """Two lines at the left edge of the first sheet; a fax is not folded."""
    made = documents.letter(paper(body="word " * 2_000))

    assert [len(_strokes(made, page)) for page in (FIRST, SECOND)] == [2, 0]
    assert [round(297 - y) for _, y in _strokes(made, FIRST)] == [105, 210]
    assert all(x < 10 for x, _ in _strokes(made, FIRST))
    assert [round(x) for x, _ in _strokes(documents.letter(paper(kind="fax")), FIRST)] == [LEFT]  # below its cover


def _strokes(pdf: bytes, page: int) -> list[tuple[float, float]]:
    """Return where lines are drawn, in millimetres from the lower left corner."""
    content = opened(pdf).pages[page].get_contents()
    assert content is not None
    drawn = re.findall(r"1 0 0 -1 ([\d.]+) ([\d.]+) cm[^\n]* l\nS", content.get_data().decode("latin-1"))
    return [(float(x) * 25.4 / 72, float(y) * 25.4 / 72) for x, y in drawn]


def test_what_people_type_is_never_read_as_markup(documents: Documents) -> None:
    """Code in a name, an address, a place or a letter is printed as it stands."""
    made = documents.letter(paper(subject=HOSTILE, body=HOSTILE, address=HOSTILE, place=HOSTILE, sign=HOSTILE))

    assert text_of(made).replace("\n", " ").count('#panic() #read("/etc/passwd") $ x^2 $') >= 3


def test_a_long_letter_goes_on_on_numbered_sheets(documents: Documents) -> None:
    """Nothing of 20,000 characters is lost below the edge; each sheet tells its number, a single one does not."""
    body = "\n\n".join(f"Paragraph {number}. " * 12 for number in range(100))
    made = documents.letter(paper(body=body))
    count = len(opened(made).pages)

    assert count > 3
    assert f"Page 2 of {count}" in [word.text for word in words(made, SECOND)]
    assert text_of(made).count("Paragraph 99.") == 12
    assert all(20 < word.y < 297 - 15 for page in range(count) for word in words(made, page))
    assert "Page" not in text_of(documents.letter(paper()))


def test_a_fax_begins_with_its_cover(documents: Documents) -> None:
    """To whom, the number, from whom, when, and as many pages as there are, above the text."""
    made = documents.letter(paper(kind="fax", body="word " * 2_000))
    head = [word.text for word in words(made) if word.y < 75]

    assert head[:7] == ["Fax", "To:", "District Court", "Fax number:", "+44 20 7946 0102", "From:", "Anna Kovács"]
    assert head[-4:] == ["Pages:", str(len(opened(made).pages)), "Subject:", "The case of A. Example"]


def test_words_without_an_end_stay_on_the_sheet(documents: Documents) -> None:
    """An address of the web, or a row of signs, goes on on the next line instead of leaving the paper."""
    endless = documents.letter(paper(address="W" * 70, body=f"https://{'z' * 300}", subject="M" * 150))
    rows = [word.text for word in words(endless)]

    assert text_of(endless).count("z") == 300
    assert max(row.count("W") for row in rows) < 30
    assert max(row.count("z") for row in rows) < 110
    assert max(row.count("M") for row in rows) < 50


def test_from_right_to_left_the_sheet_is_turned_around(documents: Documents) -> None:
    """The day stands on the left and who signs on the right, also where a name in Latin letters is alone there."""
    made = documents.letter(paper("he", body="שלום\n\nAnn Reader", place=""))
    latin = documents.letter(paper("en", body="Hello\n\nAnn Reader", place=""))

    assert find(made, "Ann Reader").x > 150 > LEFT == pytest.approx(find(latin, "Ann Reader").x)
    assert find(made, "2026-11-23").x == pytest.approx(LEFT, abs=0.1)
    assert find(latin, "23 November 2026").x > 150
    assert find(documents.letter(paper("he", kind="fax")), "7946").x > 120


def test_a_window_shows_an_address_as_it_is_read(documents: Documents) -> None:
    """On an Arabic sheet a Latin address stands on the left of the window, with its numbers where they were."""
    made = documents.letter(paper("ar", address="1 Example Street, 3rd floor\nLondon SW1A 1AA"))

    assert find(made, "1 Example Street, 3rd floor").x == pytest.approx(LEFT, abs=0.1)
    assert find(documents.letter(paper("ar", name="محكمة", address="1 شارع\nأستانا")), "1").x > 60


def shipped() -> dict[str, str]:
    """Return every sign of the words that come along in each language, and of three that people may add."""
    templates = Templates()
    found: dict[str, str] = dict(NOT_SHIPPED)
    for name in (*templates.names("locale", "*/*.yaml"), *templates.names("locale", "*/LC_MESSAGES/*.po")):
        language = name.split("/")[1]
        found[language] = "".join(sorted({*found.get(language, ""), *templates.read(name)} - {*"\n\t"}))
    return found


@pytest.mark.parametrize(("language", "signs"), shipped().items())
def test_every_sign_of_our_languages_can_be_printed(documents: Documents, language: str, signs: str) -> None:
    """No letter, mark or quotation mark of any language that we ship is a box, upright or bold."""
    made = documents.letter(paper(language, subject=signs, body=signs))

    assert "\u25a1" not in text_of(made)
    assert len(opened(made).pages) == 1


def test_fonts_come_from_wheels(documents: Documents) -> None:
    """The same letter looks the same on every machine, in all five scripts: nothing of the system's fonts is taken."""
    made = documents.letter(paper(body="English Русский Қазақ Ελληνικά עברית العربية 中文"))
    fonts: Any = opened(made).pages[FIRST]["/Resources"]["/Font"]  # type: ignore[index]
    names = {re.sub(r"/[A-Z]{6}\+|-Identity-H", "", font.get_object()["/BaseFont"]) for font in fonts.values()}

    assert names == {"LibertinusSerif-Regular", "LibertinusSerif-Bold", "Amiri-Regular", "NotoSerifSC-Regular"}


def test_a_sign_that_no_font_has_is_seen_as_a_box(documents: Documents) -> None:
    """An emoji leaves a box, and takes nothing else along, not the letter under it; what nobody sees goes."""
    made = text_of(documents.letter(paper(body="Stand up \u270a 1\ufe0f\u20e3 now\ufeff, a\u20e3 \U0001f600.")))

    assert "Stand up \u25a1 1" in made
    assert made.count("\u25a1") == 4
    assert "now, a" in made


def test_a_script_that_no_font_has_is_told(documents: Documents) -> None:
    """A page of boxes helps nobody: whoever asked is told which signs it is about."""
    with pytest.raises(RenderingError, match="no font that comes along has 가"):
        documents.letter(paper(body="가나다라마바사아자차"))


@pytest.mark.parametrize(
    "flood",
    [
        "".join(map(chr, range(0xAC00, 0xD7A4))),  # no font has them
        "".join(map(chr, range(0x4E00, 0x8E00))) + "\u270a",  # fonts have all but one
        "\u0628" * 20_000,  # one word of Arabic letters
        "\u2067a\u2066b" * 5_000,  # over which Typst breaks off
    ],
)
@pytest.mark.timeout(60)  # it is a matter of seconds; trying each sign alone took longer than this
def test_a_flood_of_signs_is_printed_or_refused(documents: Documents, flood: str) -> None:
    """Whatever 20,000 characters somebody types, there is a letter or a reason why not, and no hang or panic."""
    try:
        made = documents.letter(paper(body=flood))
    except RenderingError as error:
        made = str(error).encode()

    assert made.startswith(b"%PDF") or b"font" in made or b"Typst" in made or b"letter.typ" in made


def test_a_word_may_begin_with_any_letter(documents: Documents) -> None:
    """Letters with marks of their own, as Macs and vocalised Arabic write them, are letters like others."""
    assert text_of(documents.letter(paper(body="U\u0308" * 300))).count("\u0308") == 300


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("\n#panic()", r"letter\.typ:2: panicked"),
        ('#read("/etc/hostname")', "file not found"),
        ('#read("../../../../../../etc/hostname")', "escape the project root"),
        ('#import "@preview/cetz:0.3.0"', "stands alone, without 'import'"),
        ('#eval("1")', "stands alone, without 'eval'"),
    ],
)
def test_a_template_of_the_organisers_is_alone_and_its_fault_is_told(source: str, told: str) -> None:
    """An override that does not compile, or that would load something, is told with its name and line."""
    with pytest.raises(RenderingError, match=told):
        check_document(source)


def test_the_shipped_template_makes_letters_and_faxes() -> None:
    """What a revision freezes is proven before the launch; so is a fault that only a fax would meet."""
    source = Templates().read(LETTER)
    check_document(source)

    with pytest.raises(RenderingError, match="panicked"):
        check_document(source.replace("#let cover(room) = {", "#let cover(room) = {\n  panic()"))


def test_several_pages_are_made_at_once(documents: Documents) -> None:
    """The threads of the web share one press, and each gets its own letter."""
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: documents.letter(paper(subject=f"Case {number}")), range(8)))

    assert [opened(pdf).metadata["/Title"] for pdf in made] == [f"Case {number}" for number in range(8)]  # type: ignore[index]


def test_typst_is_loaded_with_the_first_letter() -> None:
    """A sender that attaches nothing does not carry its 80 MB."""
    code = "import sys, mailer.adapters.documents; print('typst' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())

    assert told.stdout.strip() == "False"


def test_a_passage_of_lines_keeps_them(documents: Documents) -> None:
    """Lines that were parted stay parted; a list keeps its own numbers."""
    shown = replace(paper(), body=(Passage(("One", "Two")), Passage(("Four",), (4,))), closing=(as_line("Zoe"),))
    made = documents.letter(shown)

    assert find(made, "One").y < find(made, "Two").y < find(made, "4.").y == find(made, "Four").y < find(made, "Zoe").y
