"""What is the address of one mailbox? Syntax alone: dot-atom, "@", a domain of A-labels.

Law: an address is refused or taken as it is, never repaired, because a repaired address may be another
person's. No error tells the address: errors end in logs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mailer.core.headers import refuse_injection
from mailer.errors import AddressError

LONGEST_ADDRESS = 254  # octets; RFC 5321 4.5.3.1.3 less the angle brackets
LONGEST_LOCAL_PART = 64  # octets; RFC 5321 4.5.3.1.1
LONGEST_DOMAIN = 253  # RFC 1035 2.3.4 less the root

# Asked of every letter: none of them looks back by more than a label.
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*")
_DOMAIN = re.compile(r"(?:(?!-)[A-Za-z0-9-]{1,63}+(?<!-)\.)+(?![0-9]+\Z)[A-Za-z0-9-]{1,63}+(?<!-)")
_MAILBOX = re.compile(rf"{_LOCAL_PART.pattern}@{_DOMAIN.pattern}")
_WITH_NAME = re.compile(r'(?:"(?P<quoted>(?:[^"\\]|\\["\\])*)"|(?P<plain>[^"\\<>()\[\]:;@,]*?)) ?<(?P<address>[^<>]*)>')


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Exactly one mailbox: `address` in ASCII as "local@domain", and the name that is shown or empty."""

    address: str
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse what is not one mailbox.

        Raises:
            AddressError: the address is not one.
            HeaderError: the name could inject a header.
        """
        check_address(self.address)
        refuse_injection("a display name", self.name)


def check_address(address: str) -> None:
    """Do nothing for "local@domain" in ASCII.

    Raises:
        AddressError: it is anything else; the message tells what would be right.
        HeaderError: it holds a control or "=?".
    """
    if not is_mailbox(address):
        _refuse(address)


def is_mailbox(address: str) -> bool:
    """Tell whether nothing of an address is to be refused; asked for every letter, so in one look."""
    short = len(address) <= LONGEST_ADDRESS and address.find("@") <= LONGEST_LOCAL_PART
    return short and "=?" not in address and _MAILBOX.fullmatch(address) is not None


def _refuse(address: str) -> None:
    """Tell what is wrong with an address.

    Raises:
        AddressError: it is not one; HeaderError if it holds a control or "=?".
    """
    refuse_injection("an address", address)
    if not address.isascii():
        raise AddressError("an address has to be in ASCII; international domains are written as A-labels (xn--...)")
    local, _, domain = address.rpartition("@")
    if len(address) > LONGEST_ADDRESS or len(local) > LONGEST_LOCAL_PART or len(domain) > LONGEST_DOMAIN:
        raise AddressError(f"an address has at most {LONGEST_LOCAL_PART} octets before the @, {LONGEST_ADDRESS} in all")
    if not _LOCAL_PART.fullmatch(local):
        raise AddressError("the part before the @ has to be letters, digits and !#$%&'*+/=?^_`{|}~- with single dots")
    if not _DOMAIN.fullmatch(domain):
        raise AddressError("the part after the @ has to be a domain name such as office.example")


def to_ascii(address: str) -> str:
    """Return the address with its domain as A-labels; an ASCII address comes back unchanged.

    A domain that would be changed on the way (sharp s, joiners, wide letters) is refused: it could become
    somebody else's. Source: RFC 3490 4.1, RFC 5894 7.2 for the characters that differ.

    Raises:
        AddressError: the domain has no A-labels that read back the same.
    """
    local, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    if len(domain) > LONGEST_DOMAIN:
        raise AddressError(f"a domain has at most {LONGEST_DOMAIN} characters")
    try:
        labels = domain.encode("idna")
        unchanged = labels.decode("idna") == unicodedata.normalize("NFC", domain.lower())
    except UnicodeError:
        raise AddressError("the domain is not an international domain name") from None
    if not unchanged:
        raise AddressError("the domain is ambiguous: write it as A-labels (xn--...)")
    return local + at + labels.decode("ascii")


def parse_mailbox(text: str) -> Mailbox:
    """Return the mailbox that `local@domain`, `Name <local@domain>` or `"Name" <local@domain>` stands for.

    International domains become A-labels. A name with one of `,;:@()[]` has to be in quotes.

    Raises:
        AddressError: it is not one mailbox.
        HeaderError: the name could inject a header.
    """
    if "<" not in text and '"' not in text:
        return Mailbox(to_ascii(text))
    found = _WITH_NAME.fullmatch(text)
    if not found:
        raise AddressError("not one mailbox: local@domain or Name <local@domain> would be right")
    quoted = found["quoted"]
    name = found["plain"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
    return Mailbox(to_ascii(found["address"]), name)


def domain_of(address: str) -> str:
    """Return the domain in small letters.

    Raises:
        AddressError: there is none.
    """
    domain = address.rpartition("@")[2].lower()
    if "@" not in address or not domain:
        raise AddressError("an address without a domain")
    return domain
