"""Octets of every usual kind become the text of an appeal."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from pypdf import PdfWriter

from mailer.adapters.appeal_html import bare, text_of_html
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


@pytest.mark.parametrize(
    "page",
    [
        "<p a=1 b=2 c>", "<p/a/b/c/d>", "<p a='<' b='<' c='>' d=\">\">", "<p ' a='<' b=\"<\" c>", '<p a="1"b="2"c="3">',
        "<p\0 a b c>", "<p=a b c>", "<a:b c d e>", "<!--><p a b c>", "<!-- x --!><p a b c>", "<p <p a b c>",
        "<script x>a</script b><p c d e>", "<title><p a b c></title>", "<p a b c",
        "<a HREF=x y='z' href='w'>", "<p a='",
    ],
)  # fmt: skip
def test_no_tag_brings_more_than_one_attribute_to_the_parser(page):
    """The parser compares each attribute with all before it, so a tag of a megabyte would cost it minutes."""
    root = html.document_fromstring(f"<html><body>{bare(page)}<i>end</i></body></html>")

    assert max(len(element.attrib) for element in root.iter()) <= 1


@given(
    st.lists(st.sampled_from(["<p", "<a", " href=", " b=", '"', "'", ">", "/", "<!--", "-->", "<script", "c", "\0"]))
)
def test_attributes_cannot_be_smuggled_past_by_broken_markup(pieces):
    """However quotes, comments and tags are mixed, what the parser sees has one attribute at most."""
    root = html.document_fromstring(f"<html><body>{bare(''.join(pieces))}</body></html>")

    assert max(len(element.attrib) for element in root.iter()) <= 1


def test_what_stands_in_a_tag_does_not_become_text():
    """Angle brackets in quotes do not end a tag, empty ones stay empty, and a link's own quotes are kept."""
    page = """<p title="a > b">One</p><svg width="1"/><p>Two <a class=x href='https://x.example/?q="a"&amp;b=1'>form</a></p>"""

    assert text_of_html(page) == 'One\n\nTwo form (https://x.example/?q="a"&b=1)'


@pytest.mark.parametrize("number", ["x", "9" * 5000, "7", "-1"])
def test_numbers_that_a_page_notes_at_its_items_do_not_count(number):
    """Items are counted here."""
    assert text_of_html(f"<ol><li data-number='{number}'>a<li>b</ol>") == "1. a\n2. b"


def test_a_pdf_is_read_by_nothing_that_lies_in_the_folder(tmp_path, monkeypatch):
    """A module beside the leaflet, perhaps downloaded with it, is not run."""
    (tmp_path / "pypdf.py").write_text("raise SystemExit(1)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert "Free the bakers" in read_appeal(pdf("Free the bakers"), "leaflet.pdf")


@pytest.mark.parametrize("before", ["Fwd: ", "FW: ", "Re: WG: ", "Пер: ", "RV : Fwd:"])
def test_what_mail_programs_put_before_a_subject_is_no_title(before):
    """The title of a mail that was passed on is that of the mail; other words before a colon are its own."""
    mail = f"From: a@x.example\nSubject: {before}Turkey: free the bakers\n\nThey are jailed.\n"

    assert read_appeal(mail.encode(), "a.eml").startswith("Turkey: free the bakers\n\n")


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


@pytest.mark.parametrize(
    ("octets", "told"),
    [
        (b"PK\x03\x04\x14\0", "office program"), (b"\xd0\xcf\x11\xe0\xa1", "office program"),
        (b"{\\rtf1 Free the bakers}", "office program"), (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_told_by_its_kind(octets, told):
    """A document or a picture does not become a campaign of nonsense; the way out is told."""
    with pytest.raises(UnreadableAppealError, match=told):
        read_appeal(octets + b"\0Write to a@x.example" * 20, "leaflet")


LONG = "Free the bakers of Ankara! They are in jail since May. " * 5


@pytest.mark.parametrize(
    ("kind", "part"),
    [("text/html", f"<p>{LONG}</p>"), ("message/rfc822", f"From: c@x.example\nSubject: Bakers\n\n{LONG}")],
)
def test_a_mere_remark_is_not_the_mail(kind, part):
    """A text that only points to its page, a list's footer, or "see below" before a mail that is passed on."""
    mail = (
        "From: a@x.example\nSubject: News\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: {kind}\n\n{part}\n--b--\n"
    )

    assert "Free the bakers of Ankara!" in read_appeal(mail.encode(), "a.eml")
