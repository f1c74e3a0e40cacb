"""One mailbox or none: what is refused, what is taken, and that nothing is repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.addresses import Mailbox, domain_of, parse_mailbox, to_ascii
from mailer.errors import AddressError, HeaderError
from tests.strategies import addresses, header_texts

REFUSED = [
    "",
    "@",
    "a",
    "a@",
    "@b.example",
    "a@b",
    "a b@c.example",
    "a@b@c.example",
    "a@b.example, c@d.example",
    "a@b.example;c@d.example",
    "<a@b.example>",
    " a@b.example",
    "a@b.example ",
    '"a b"@c.example',
    '"a"@c.example',
    ".a@b.example",
    "a.@b.example",
    "a..b@c.example",
    "a(comment)@b.example",
    "a@[127.0.0.1]",
    "a@127.0.0.1",
    "a@b.example.",
    "a@.example",
    "a@-b.example",
    "a@b-.example",
    "a@b_c.example",
    "a@b.example-",
    "a@" + "b" * 64 + ".example",
    "a" * 65 + "@b.example",
    "a@" + ".".join(["b" * 61] * 4) + ".example",
    "жанна@b.example",
    "a@пример.example",
    'a@b.example"',
    "a%@b.example>",
    "a\\@b.example",
]
INJECTIONS = [
    '"a\r\nRCPT TO:<evil@x.example>"@office.example',
    "a@b.example\r\nBcc: evil@x.example",
    "a@b.example\n",
    "a\0@b.example",
    "=?utf-8?q?evil=40x.example?=@b.example",
    "a@b.example\u2028",
]


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_one_mailbox_is_refused(address: str) -> None:
    """Lists, comments, quotes, literals and broken domains are no mailbox."""
    with pytest.raises(AddressError):
        Mailbox(address)


@pytest.mark.parametrize("address", INJECTIONS)
def test_what_could_become_a_command_or_header_is_refused(address: str) -> None:
    """No address is repaired into somebody else's."""
    for make in (Mailbox, parse_mailbox, lambda text: parse_mailbox(f"Office <{text}>")):
        with pytest.raises((AddressError, HeaderError)):
            make(address)


@pytest.mark.parametrize("address", [*REFUSED, *INJECTIONS])
def test_errors_never_tell_the_address(address: str) -> None:
    """An address that is refused does not end in a log."""
    with pytest.raises((AddressError, HeaderError)) as refused:
        Mailbox(address)

    assert len(address) < 9 or address not in str(refused.value)


@given(addresses, header_texts)
def test_an_address_is_kept_as_it_is(address: str, name: str) -> None:
    """What is taken is taken unchanged."""
    mailbox = Mailbox(address, name)

    assert (mailbox.address, mailbox.name) == (address, name)
    assert parse_mailbox(address) == Mailbox(address)


@given(addresses, header_texts)
def test_a_quoted_name_reads_back(address: str, name: str) -> None:
    """Every name can be written in quotes."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')

    assert parse_mailbox(f'"{escaped}" <{address}>') == Mailbox(address, name)


@pytest.mark.parametrize("name", ["Example Solidarity", "A. Example", "Пример", "O'Neill - desk"])
def test_a_simple_name_needs_no_quotes(name: str) -> None:
    """Names without special characters are written as one writes them."""
    assert parse_mailbox(f"{name} <campaigns@solidarity.example>") == Mailbox("campaigns@solidarity.example", name)


@pytest.mark.parametrize(
    "text",
    ["Doe, Jane <a@b.example>", "a@b.example <c@d.example>", '"Jane <a@b.example>', "<a@b.example> x", "J <a@b> <c@d>"],
)
def test_an_ambiguous_name_is_refused(text: str) -> None:
    """A comma or an address outside quotes could be meant as a second address."""
    with pytest.raises(AddressError):
        parse_mailbox(text)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("a@пример.example", "a@xn--e1afmkfd.example"),
        ("a@ПРИМЕР.example", "a@xn--e1afmkfd.example"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("A@Office.Example", "A@Office.Example"),
    ],
)
def test_international_domains_become_a_labels(address: str, expected: str) -> None:
    """Relays without SMTPUTF8 reach international domains; ASCII stays as it is."""
    assert to_ascii(address) == expected
    assert parse_mailbox(f"X <{address}>").address == expected


@pytest.mark.parametrize("domain", ["faß.example", "βόλος.example", "ａ.example", "b。example", "a\u200db.example"])
def test_a_domain_that_would_change_is_refused(domain: str) -> None:
    """Old and new rules for international domains differ, and the letter would go to somebody else."""
    with pytest.raises(AddressError):
        to_ascii(f"a@{domain}")


@given(st.text(max_size=400))
def test_any_text_gives_a_mailbox_or_our_error(text: str) -> None:
    """No text makes the parser fail in another way."""
    try:
        mailbox = parse_mailbox(text)
    except (AddressError, HeaderError):
        return
    assert mailbox.address.count("@") == 1


def test_the_domain_is_told_in_small_letters() -> None:
    """Domains are compared without regard to case."""
    assert domain_of("Jane@Office.Example") == "office.example"
    with pytest.raises(AddressError):
        domain_of("office.example")
