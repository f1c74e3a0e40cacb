"""Links that open the whole letter or say that they do not; urllib is the reader."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.core.encodings import printable
from mailer.core.mailto import mailto
from mailer.errors import AddressError, HeaderError
from tests.strategies import addresses, body_texts, header_texts

TRICKY = "Жанна & Ко + 100 % # = ? \"quoted\" 'single' <b> /;:@,\r\nнижняя строка"


def fields(url: str) -> dict[str, str]:
    """Return what a mail program would fill in."""
    parts = urlsplit(url)
    read = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    return {"to": unquote(parts.path), **read}


@given(addresses, header_texts, body_texts.filter(bool))
@example("o'neill+a&b=c@office.example", "& + % # = ?", TRICKY)
def test_a_link_reads_back_exactly(to: str, subject: str, body: str) -> None:
    """Address, subject and text arrive as they were written, with CRLF between lines (RFC 6068 5)."""
    link = mailto(to, subject=subject, body=body, limit=10**6)

    assert link.has_text
    lines = re.sub("\r\n|\r|\n", "\r\n", printable(body))
    assert fields(link.url) == {"to": to, "subject": subject, "body": lines}


@given(st.lists(addresses, min_size=1, max_size=4), st.lists(addresses, max_size=3))
def test_copies_read_back_as_lists(cc: list[str], bcc: list[str]) -> None:
    """Every address of cc and bcc arrives, in order."""
    read = fields(mailto("a@b.example", subject="s", body="b", cc=cc, bcc=bcc, limit=10**6).url)

    assert read["cc"] == ",".join(cc)
    assert read.get("bcc", "") == ",".join(bcc)


@given(addresses, header_texts, body_texts)
def test_a_link_is_safe_wherever_it_is_put(to: str, subject: str, body: str) -> None:
    """No character of a link means anything in HTML or to a program that reads forms."""
    url = mailto(to, subject=subject, body=body).url

    assert re.fullmatch(r"mailto:[A-Za-z0-9._~%@-]+\?[A-Za-z0-9._~%@=&,-]+", url)
    assert "%0A" not in url.replace("%0D%0A", "")


@pytest.mark.parametrize("letters", [300, 3000])
def test_a_long_letter_is_left_out_whole(letters: int) -> None:
    """Over the limit the link has recipients and subject only, never a cut text (300 Cyrillic letters fit not)."""
    link = mailto("a@b.example", subject="Свобода", body="ж" * letters, cc=["c@d.example"], bcc=["e@f.example"])

    assert not link.has_text
    assert fields(link.url) == {"to": "a@b.example", "cc": "c@d.example", "bcc": "e@f.example", "subject": "Свобода"}


@given(st.integers(0, 40))
def test_the_limit_is_the_last_length_with_text(spare: int) -> None:
    """Exactly `limit` characters still carry the text, one more does not."""
    url = mailto("a@b.example", subject="s", body="x" * spare + "y", limit=10**6).url

    assert mailto("a@b.example", subject="s", body="x" * spare + "y", limit=len(url)).url == url
    assert not mailto("a@b.example", subject="s", body="x" * spare + "y", limit=len(url) - 1).has_text


@pytest.mark.parametrize(
    "address", ["a@b.example,c@d.example", "a@b.example?bcc=evil@x.example", "жанна@b.example", "a"]
)
def test_what_is_not_one_mailbox_is_refused(address: str) -> None:
    """A link never gains a recipient."""
    for place in ({"to": address}, {"to": "a@b.example", "cc": [address]}, {"to": "a@b.example", "bcc": [address]}):
        with pytest.raises(AddressError):
            mailto(**place, subject="s", body="b")


@given(body_texts, st.sampled_from([[], ["c@d.example"]]))
def test_the_letter_without_its_copy_is_the_same_letter(body: str, cc: list[str]) -> None:
    """Whole where the other is whole, and without the blind address; where there is none, there is no second link."""
    counted = mailto("a@b.example", subject="s", body=body, cc=cc, bcc=["e@f.example"])
    plain = mailto("a@b.example", subject="s", body=body, cc=cc)

    assert "bcc" not in fields(counted.without_copy)
    assert fields(counted.url) == {**fields(counted.without_copy), "bcc": "e@f.example"}
    assert not counted.has_text or counted.without_copy == plain.url
    assert plain.without_copy == ""


def test_a_subject_of_two_lines_is_refused() -> None:
    """Mail programs would take the second line for a header."""
    with pytest.raises(HeaderError):
        mailto("a@b.example", subject="s\r\nBcc: evil@x.example", body="b")
