"""Which line is the title, and when it is sure: not where it is of the page around the appeal."""

from datetime import date

import pytest

from mailer.adapters.drafting import draft_of

PROSE = "The council wants to close the Sampleford mill. In Sampleford nobody was asked, and Sampleford needs bread."


def title(*lines):
    """Return the title of a text and its doubt."""
    found = draft_of("\n\n".join([*lines, PROSE]), date(2026, 11, 22)).title
    return found.text, found.doubt


def test_a_line_about_what_the_text_tells_of_is_sure():
    """A name that stands in it and again and again below is its topic."""
    assert title("Sampleford mill needs help") == ("Sampleford mill needs help", "")


@pytest.mark.parametrize("line", ["What you can do now", "Sampleford news", "Call of the Miller Association"])
def test_a_line_that_the_text_does_not_come_back_to_is_doubtful(line):
    """Two words, or words that nothing below repeats, may be any heading."""
    assert title(line) == (line, "the title?")


@pytest.mark.parametrize(
    "noise",
    [
        "Liebe Leute,",
        "Cari amici,",
        "Zum Inhalt springen",
        "Aller au contenu",
        "Meteen naar de inhoud",
        "Fonte: Pão",
        "Quelle: Brotzeitung",
        "vineri, 21 martie 2008",
        "Winter 1999",
        "text-sample-english",
        "A blog by the sisters of bread",
    ],
)
def test_what_stands_around_a_text_is_no_title(noise):
    """Greetings, links to the content, sources, days, names of files."""
    assert title(noise, "Sampleford mill needs help") == ("Sampleford mill needs help", "")


@pytest.mark.parametrize(
    ("above", "told"),
    [
        ("Millers' Weekly Gazette", "Sampleford: bakers jailed"),
        ("Committee for Sampleford (CFS)", "Bakers of Sampleford arrested"),
        ("You are here: Home > Campaigns > Bread", "Free the bakers of Sampleford!"),
        ("Print this  Email this", "Bakers sacked at the Sampleford mill"),
    ],
)
def test_the_line_that_tells_of_the_case_goes_before_the_masthead(above: str, told: str) -> None:
    """Those who ask, menus and paths stand above it."""
    assert title(above, told)[0] == told


@pytest.mark.parametrize("before", ["[bread-l] Fwd: ", "Subject: ", "Title: ", "Betreff: WG: AW: "])
def test_what_a_mail_or_a_form_puts_before_a_title_is_left_out(before: str) -> None:
    """Names of lists and fields; a word that ends like one stays."""
    assert title(f"{before}Bakers of Fiji: sacked")[0] == "Bakers of Fiji: sacked"
