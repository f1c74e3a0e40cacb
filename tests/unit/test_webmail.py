"""Compose links of webmail providers: what their pages read back is the letter, whole or not at all."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.webmail import WEBMAILS, Draft, Webmail, compose_link, find_webmail
from mailer.errors import AddressError, HeaderError

DRAFT = Draft(
    "office@justice.example", "On A. & B.", "Dear + friends,\n1 % 2 = 3? #4 \"five\" 'six'", ("desk@s.example",)
)
SAFE = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
LINES = st.text(SAFE | st.just("\n"), max_size=80)


def fields_of(url: str, webmail: Webmail) -> dict[str, str]:
    """Read a link as its provider does: the letter's fields by name."""
    query = urlsplit(url).query
    if not webmail.by_fields:
        (link,) = parse_qs(query)[urlsplit(webmail.prefix).query.rpartition("&")[2].rstrip("=")]
        assert link.startswith("mailto:")
        to, _, query = link.removeprefix("mailto:").partition("?")
        return {"to": unquote(to)} | one_each(query)
    return one_each(query)


def one_each(query: str) -> dict[str, str]:
    """Return the fields of a query, each of which is there once."""
    found = parse_qs(query, keep_blank_values=True, strict_parsing=True)
    assert all(len(values) == 1 for values in found.values())
    return {name: values[0] for name, values in found.items()}


@pytest.mark.parametrize("webmail", WEBMAILS, ids=lambda webmail: webmail.id)
@given(body=LINES, subject=st.text(SAFE, min_size=1, max_size=30).filter(lambda text: "=?" not in text))
def test_a_webmail_reads_back_the_letter_that_went_in(webmail: Webmail, body: str, subject: str) -> None:
    """Plus signs, quotes, Cyrillic and line ends arrive as they were, once, at every provider."""
    link = compose_link(
        webmail, Draft("a+b@office.example", subject, body, ("c@s.example", "d@s.example"), ("e+f@s.example",))
    )

    wanted = {"to": "a+b@office.example", "cc": "c@s.example,d@s.example", "bcc": "e+f@s.example", "subject": subject}
    if link.has_text and body:
        wanted["body"] = body.replace("\n", "\r\n")
    assert fields_of(link.url, webmail) == wanted


@pytest.mark.parametrize("webmail", WEBMAILS, ids=lambda webmail: webmail.id)
def test_a_letter_that_is_too_long_is_left_out_whole(webmail: Webmail) -> None:
    """A provider's servers get no longer link than they take, and nobody sends a letter that was cut."""
    long = Draft(DRAFT.to, DRAFT.subject, "Свободу! " * 500)

    link = compose_link(webmail, long)

    assert not link.has_text
    assert len(link.url) < 300
    assert "body" not in fields_of(link.url, webmail)


@pytest.mark.parametrize("webmail", WEBMAILS, ids=lambda webmail: webmail.id)
def test_the_limit_is_the_last_length_with_text(webmail: Webmail) -> None:
    """One character less than too long is still whole."""
    bare = len(compose_link(webmail, Draft(DRAFT.to, "x", "a")).url)
    fits = Draft(DRAFT.to, "x", "a" * (webmail.limit - bare + 1))

    assert len(compose_link(webmail, fits).url) == webmail.limit
    assert compose_link(webmail, fits).has_text
    assert not compose_link(webmail, Draft(DRAFT.to, "x", fits.body + "a")).has_text


def test_every_page_is_reached_over_tls_and_has_its_own_name() -> None:
    """A link to a provider is https, and no two choices look the same."""
    assert all(webmail.prefix.startswith("https://") for webmail in WEBMAILS)
    assert (
        len({webmail.id for webmail in WEBMAILS}) == len({webmail.name for webmail in WEBMAILS}) == len(WEBMAILS) == 6
    )


def test_only_known_providers_are_found() -> None:
    """What stands in a page's address chooses among ours, and opens nothing else."""
    assert find_webmail("gmail") == WEBMAILS[0]
    assert find_webmail("https://evil.example/") is None
    assert find_webmail("") is None


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        (Draft("a@b.example?bcc=evil@x.example", "x", "y"), AddressError),
        (Draft("a@b.example", "x\r\nBcc: evil@x.example", "y"), HeaderError),
        (Draft("a@b.example", "x", "y", ("a@b.example,evil@x.example",)), AddressError),
    ],
)
def test_nothing_is_smuggled_into_a_link(draft: Draft, error: type[Exception]) -> None:
    """What is no address, or could begin another header, makes no link at all."""
    with pytest.raises(error):
        compose_link(WEBMAILS[0], draft)
