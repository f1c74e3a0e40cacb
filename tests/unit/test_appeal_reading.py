"""Octets of every usual kind become the text of an appeal."""

import io

import pytest
from pypdf import PdfWriter

from mailer.adapters.appeal_html import text_of_html
from mailer.adapters.appeal_reading import read_appeal
from mailer.errors import UnreadableAppealError

RUSSIAN = "Свободу пекарям! Пишите протесты в суд, пока идёт процесс."
POLISH = "Żądamy zwolnienia wszystkich więźniów. Wysyłajcie listy protestacyjne, także życzenia, do ambasady."
TURKISH = "Fırıncılar için mektup yazın: şikâyetinizi bakanlığa gönderin, sağlıklı çalışma koşulları isteyin."
FRENCH = "Écrivez à l’ambassade : ils ont été arrêtés, c’est très grave."


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (RUSSIAN, "utf-8"), (RUSSIAN, "utf-8-sig"), (RUSSIAN, "utf-16"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"),
        (POLISH, "cp1250"), (TURKISH, "cp1254"), (FRENCH, "cp1252"), (FRENCH, "utf-16-le"),
    ],
)  # fmt: skip
def test_plain_text_is_read_in_its_own_character_set(text, charset):
    """Without any label the letters themselves tell which set it is."""
    assert read_appeal(text.encode(charset), "appeal.txt") == text


def test_utf8_that_was_cut_in_a_letter_stays_utf8():
    """A paste that ends in half a letter is not taken for another set."""
    assert read_appeal("Żądamy".encode()[:-1] + "ż".encode()[:1], "-").startswith("Żąda")


PAGE = """<html><head><title>Bakers</title><style>p{}</style><script>alert("x@y.example")</script></head><body>
<nav><a href="/">Home</a></nav><h1>Free the bakers</h1>
<p>Write to <a href="mailto:a@x.example?subject=Bread">the minister</a> or by <a href="https://x.example/form">form</a><br>today.</p>
<ol><li>One<li>Two</ol><ul><li>Three</ul><table><tr><td>Fax</td><td>020 7946 0101</td></tr></table></body></html>"""


def test_a_page_becomes_lines_with_the_addresses_behind_its_links():
    """What is not shown goes; blocks, lists and links stay."""
    assert text_of_html(PAGE) == (
        "Free the bakers\n\nWrite to the minister a@x.example or by form (https://x.example/form)\ntoday.\n\n"
        "1. One\n2. Two\n\n- Three\n\nFax 020 7946 0101"
    )


def test_a_page_is_known_without_its_name():
    """Whoever pipes a page gets its text."""
    assert "Free the bakers" in read_appeal(PAGE.encode(), "-")
    assert "<p>" not in read_appeal(PAGE.encode(), "-")


def test_the_title_of_a_page_without_a_heading_is_kept():
    """The title is the best heading there is."""
    assert text_of_html("<title>Free the bakers</title><p>They are jailed.") == "Free the bakers\n\nThey are jailed."


def test_an_address_hidden_from_harvesters_is_shown():
    """The octets behind "[email protected]" are turned back."""
    key = 0x2A
    code = bytes([key, *(octet ^ key for octet in b"a@x.example")]).hex()
    page = f'<p>Write to <a href="/cdn-cgi/l/email-protection#{code}">[protected]</a></p>'

    assert "a@x.example" in text_of_html(page)


def test_a_declared_character_set_of_a_page_is_believed():
    """A page says in its head what it is written in."""
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{RUSSIAN}</p></body></html>'

    assert read_appeal(page.encode("cp1251"), "a.html") == RUSSIAN


@pytest.mark.parametrize(
    "tag", ["<div>", "<b>", "<p><b>", "<ul><li>", "<table><tr><td>", "<form>", "<!--", "<![", "<", "&amp", "<a href=x>"]
)
def test_a_page_of_endless_tags_is_read(tag):
    """Nesting without end does not make the reading fail."""
    assert isinstance(text_of_html(tag * 20_000 + "end"), str)


def test_a_mail_gives_its_subject_and_its_text():
    """The text is preferred to the page, and the fields stay out."""
    mail = (
        b"From: list@x.example\r\nSubject: =?utf-8?q?Free_the_bakers?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThey are jailed.\r\n--b\r\n"
        b"Content-Type: text/html\r\n\r\n<p>Other</p>\r\n--b--\r\n"
    )

    assert read_appeal(mail, "a.eml").split() == ["Free", "the", "bakers", "They", "are", "jailed."]
    assert read_appeal(mail, "-") == read_appeal(mail, "a.eml")


def test_a_mail_of_a_page_only_gives_the_text_of_the_page():
    """A mail without a plain part is read like a page."""
    mail = (
        b"From: list@x.example\nSubject: Bakers\nContent-Type: text/html; charset=utf-8\n\n"
        b"<p>They are <b>jailed</b>.</p>"
    )

    assert read_appeal(mail, "a.eml") == "Bakers\n\nThey are jailed."


def pdf(text="", *, packed=False):
    """Return a PDF of one page, with a text layer if there is a text."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    if text:
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode() if packed else stream)
    octets = io.BytesIO()
    writer.write(octets)
    return octets.getvalue()


def test_the_text_layer_of_a_pdf_is_read():
    """A leaflet is as good as a page, whatever its name."""
    assert "Write to a@x.example" in read_appeal(pdf("Write to a@x.example"), "leaflet.pdf")
    assert "Write to a@x.example" in read_appeal(pdf("Write to a@x.example"), "-")


def test_a_pdf_that_asks_for_endless_work_is_refused():
    """A few kilobytes, unpacked, are millions of words: the process that reads them is ended, and nothing else."""
    words = "x) Tj 0 -10 Td (" * 400_000

    with pytest.raises(UnreadableAppealError, match=r"leaflet\.pdf.*paste the text"):
        read_appeal(pdf(words, packed=True), "leaflet.pdf")


@pytest.mark.parametrize("octets", [pdf(), b"%PDF-1.7 broken", b"", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>"])
def test_a_pdf_without_text_is_refused_with_the_way_out(octets):
    """Pictures of pages, and files that are broken, are told as what they are."""
    with pytest.raises(UnreadableAppealError, match=r"leaflet\.pdf"):
        read_appeal(octets, "leaflet.pdf")
