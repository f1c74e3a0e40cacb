"""Can this be written to or rung? Mail addresses and telephone numbers, checked without the network.

An address is one mailbox and comes out in ASCII (A-labels); a number comes out as E.164.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, NamedTuple
from urllib.parse import unquote

import phonenumbers
from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from phonenumbers import NumberParseException, PhoneNumberType
from pydantic import PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from mailer.adapters.catalog.scalars import as_text, json_text, read_line, refused, shown

# Numbers that regulators reserve for drama and documentation: no plan knows them, and they are meant.
_FICTIONAL_MOBILE = re.compile(r"\+447700900|\+614915700|\+3363998")
_FICTIONAL = re.compile(r"\+44(1632960|2079460)|\+1[2-9]\d\d55501|\+33199")
_DOMAIN = re.compile(r"@?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63})")


class Sender(NamedTuple):
    """A mailbox with the name that mails show."""

    name: str
    address: str


def read_address(value: object) -> str:
    """Return the address of exactly one mailbox, in ASCII."""
    return _validated(as_text(value, "office@justice.example"), named=False).ascii_email or ""


def read_sender(value: object) -> Sender:
    """Return "Name <address>"; without a name, the address alone."""
    found = _validated(as_text(value, "Example Solidarity <campaigns@solidarity.example>"), named=True)
    return Sender(read_line(found.display_name) if found.display_name else "", found.ascii_email or "")


@lru_cache(maxsize=4096)
def _check_mailbox(text: str, named: bool) -> ValidatedEmail | str:
    """Return the parsed address, or why it is none; checking costs, and offices come again and again."""
    try:
        return validate_email(text, check_deliverability=False, allow_display_name=named)
    except EmailNotValidError as error:
        return str(error)


def _validated(text: str, *, named: bool) -> ValidatedEmail:
    """Return the parsed address, or refuse it with its reason."""
    found = _check_mailbox(text, named)
    if isinstance(found, str):
        raise _not_one_mailbox(text, found)
    if not found.ascii_email:
        raise refused(f"{shown(text)} has letters before the @ that mail servers refuse", "Latin letters and digits")
    return found


def _not_one_mailbox(text: str, why: str) -> PydanticCustomError:
    """Return the refusal of an address; several in one field are the commonest mistake."""
    if text.count("@") > 1:
        return refused(f"{shown(text)} is not one address", "one address here; another office is another target")
    return refused(f"{shown(text)} is no mail address: {why}", "e.g. office@justice.example")


def read_number(value: object, info: ValidationInfo) -> str:
    """Return a telephone or fax number as E.164."""
    text = as_text(value, "+44 20 7946 0102")
    country = (info.context or {}).get("country") if isinstance(info.context, dict) else None
    number = _parse_number(text)
    if number is not None and phonenumbers.is_possible_number(number) and not number.extension:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise refused(f"{shown(text)} is no international phone number", _number_hint(text, country))


@lru_cache(maxsize=4096)
def _parse_number(text: str, region: str | None = None) -> phonenumbers.PhoneNumber | None:
    """Return the number that `text` is, or None."""
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _number_hint(text: str, country: object) -> str:
    """Return what would be right, with the country's code where a national number was given."""
    local = _parse_number(text, country) if isinstance(country, str) and not text.startswith("+") else None
    if local is not None and phonenumbers.is_possible_number(local):
        international = phonenumbers.format_number(local, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        return f'did you mean "{international}"? Begin with + and the country code'
    return 'begin with + and the country code, and give every digit: "+44 20 7946 0102"'


@lru_cache(maxsize=4096)
def display_form(number: str) -> str:
    """Return an E.164 number as people write it: "+44 20 7946 0102"."""
    parsed = _parse_number(number)
    if parsed is None:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def is_mobile(number: str) -> bool:
    """Tell whether an E.164 number is surely a mobile telephone."""
    parsed = _parse_number(number)
    told = parsed is not None and phonenumbers.number_type(parsed) == PhoneNumberType.MOBILE
    return told or bool(_FICTIONAL_MOBILE.match(number))


@lru_cache(maxsize=4096)
def is_known_range(number: str) -> bool:
    """Tell whether numbers like this E.164 one are given out, or reserved for fiction."""
    parsed = _parse_number(number)
    fictional = _FICTIONAL.match(number) or _FICTIONAL_MOBILE.match(number)
    return bool(fictional) or (parsed is not None and phonenumbers.is_valid_number(parsed))


def read_barred(value: object) -> str:
    """Return an address or a domain, in small ASCII letters, that no campaign may list."""
    text = as_text(value, "hospital.example")
    if "@" in text.lstrip("@"):
        return read_address(text).lower()
    try:
        ascii_text = text.lower().removeprefix("@").encode("idna").decode("ascii")
    except UnicodeError:
        ascii_text = ""
    if match := _DOMAIN.fullmatch(ascii_text):
        return match[1]
    raise refused(f"{shown(text)} is neither an address nor a domain", "e.g. hospital.example or ward@hospital.example")


def is_barred(address: str, barred: tuple[str, ...]) -> bool:
    """Tell whether an address or host is listed, or belongs to a listed domain or below it."""
    whole = address.lower()
    host = _looked_up(whole.rpartition("@")[2])
    return any(entry in (whole, host) or host.endswith("." + entry) for entry in barred)


def _looked_up(host: str) -> str:
    """Return a host as browsers look it up: without escapes and a last dot, in A-labels."""
    try:
        return unquote(host).rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        return host


Address = Annotated[str, PlainValidator(read_address), json_text("mail address", format="email")]
SenderText = Annotated[
    Sender,
    PlainValidator(read_sender),
    json_text("`Name <address>`", examples=["Name <name@domain.example>"]),
]
PhoneNumber = Annotated[
    str,
    PlainValidator(read_number),
    json_text("number", examples=["+44 20 7946 0102"]),
]
Barred = Annotated[str, PlainValidator(read_barred), json_text("address or domain")]
