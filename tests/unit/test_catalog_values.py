"""Is each kind of value taken when it is right, and refused with a way out when it is not?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from mailer.adapters.catalog import contacts, moments, places, scalars

NUMBERS = TypeAdapter(contacts.PhoneNumber)


def refusal(read: Callable[[object], object], value: object) -> str:
    """Return what is wrong with a value and what would be right, as one text."""
    with pytest.raises(PydanticCustomError) as caught:
        read(value)
    context = caught.value.context or {}
    return f"{context['what']} - {context['hint']}"


def number_refusal(value: object, country: str = "GB") -> str:
    """Return why a number is refused in a campaign about `country`."""
    with pytest.raises(ValidationError) as caught:
        NUMBERS.validate_python(value, context={"country": country})
    context = caught.value.errors()[0]["ctx"]
    return f"{context['what']} - {context['hint']}"


@pytest.mark.parametrize(
    ("read", "value", "result"),
    [
        (scalars.read_slug, "trial-2", "trial-2"),
        (scalars.read_slug, "a" * 40, "a" * 40),
        (scalars.read_duration, "3d", timedelta(days=3)),
        (scalars.read_duration, "24 h", timedelta(hours=24)),
        (scalars.read_duration, "90m", timedelta(minutes=90)),
        (scalars.read_duration, "1w", timedelta(weeks=1)),
        (scalars.read_hours, "09:00-18:00", (time(9), time(18))),
        (scalars.read_hours, "9:30 - 24:00", (time(9, 30), time(23, 59))),
        (scalars.read_url, "https://city.example/ask?x=1#y", "https://city.example/ask?x=1#y"),
        (scalars.read_words, " two\nlines ", "two\nlines"),
        (places.read_country, "NO", "NO"),
        (places.read_language, "RU", "ru"),
        (places.read_language, "pt_BR", "pt-br"),
        (places.read_zone, "Asia/Almaty", "Asia/Almaty"),
        (places.read_zone, "UTC", "UTC"),
        (contacts.read_address, "a.b+c@justice.example", "a.b+c@justice.example"),
        (contacts.read_address, "a@пример.рф", "a@xn--e1afmkfd.xn--p1ai"),
        (contacts.read_sender, "A B <a@b.example>", ("A B", "a@b.example")),
        (contacts.read_sender, "a@b.example", ("", "a@b.example")),
        (contacts.read_barred, "@Hospital.example", "hospital.example"),
        (contacts.read_barred, "Ward@Clinic.example", "ward@clinic.example"),
        (contacts.read_barred, "больница.example", "больница.example".encode("idna").decode()),
        (moments.read_day, "2026-12-02", date(2026, 12, 2)),
        (moments.read_moment, "2026-12-02T9:05", datetime.fromisoformat("2026-12-02 09:05")),
        (moments.read_moment, "2026-12-02 10:00+05:00", datetime.fromisoformat("2026-12-02 10:00+05:00")),
        (moments.read_moment, "2026-12-02 10:00:30Z", datetime(2026, 12, 2, 10, 0, 30, tzinfo=UTC)),
        (moments.read_deadline, "trial", "trial"),
        (moments.read_deadline, "2026-12-10", date(2026, 12, 10)),
        (moments.read_alert, "on-launch", "on-launch"),
    ],
)
def test_right_values_are_read(read: Callable[[object], object], value: object, result: object) -> None:
    """Each reader returns the value in its one form."""
    assert read(value) == result


@pytest.mark.parametrize(
    ("read", "value", "told"),
    [
        (scalars.read_slug, "Trial 2", "e.g. trial-2"),
        (scalars.read_slug, "a" * 41, "at most 40"),
        (scalars.read_slug, "a--b", "e.g. a-b"),
        (scalars.read_slug, "суд", "e.g. trial-2026"),
        (scalars.read_slug, 7, 'put it in quotes, e.g. "trial-2026"'),
        (scalars.read_slug, True, "should be a text"),
        (scalars.read_duration, "3 days", "3d"),
        (scalars.read_duration, "0d", "no duration"),
        (scalars.read_duration, 3, "in quotes"),
        (scalars.read_hours, "9-18", "HH:MM-HH:MM"),
        (scalars.read_hours, "18:00-09:00", "end before they begin"),
        (scalars.read_hours, "09:00-25:00", "HH:MM-HH:MM"),
        (scalars.read_url, "city.example", "https://"),
        (scalars.read_url, "javascript:alert(1)", "no web address"),
        (scalars.read_url, "https://", "no web address"),
        (scalars.read_url, "https://a b.example", "no web address"),
        (scalars.read_url, "https://[x", "no web address"),
        (scalars.read_url, "https://u:p@x.example/", "no web address"),
        (scalars.read_url, 'https://x.example/"onclick', "no web address"),
        (scalars.read_words, "", "empty"),
        (scalars.read_words, None, "empty"),
        (scalars.read_words, "a\x1b[31m", "U+001B"),
        (scalars.read_words, "a\u202eb", "U+202E"),
        (scalars.read_words, "a" * 20_001, "20,001"),
        (scalars.read_words, 5, 'put it in quotes, e.g. "5"'),
        (scalars.read_words, ["a"], "should be a text"),
        (scalars.read_line, "a\nBcc: x@y.example", "one line"),
        (scalars.read_line, "a\rBcc: x", "U+000D"),
        (scalars.read_line, "=?utf-8?b?DQpCY2M6?=", "=?"),
        (places.read_country, "UK", "GB"),
        (places.read_country, "kz", "KZ"),
        (places.read_country, "Kazakstan", "KZ"),
        (places.read_country, "XX", "ISO 3166"),
        (places.read_language, "russian", "ru"),
        (places.read_language, "kz", "unknown language 'kz'"),
        (places.read_language, "e", "unknown language"),
        (places.read_zone, "Europe/Londn", "Europe/London"),
        (places.read_zone, "Almaty", "Asia/Almaty"),
        (places.read_zone, "EST5EDT", "IANA"),
        (places.read_zone, "../../etc/passwd", "unknown time zone"),
        (contacts.read_address, "a@b.example, c@d.example", "not one address"),
        (contacts.read_address, "Office <a@b.example>", "no mail address"),
        (contacts.read_address, "a@localhost", "no mail address"),
        (contacts.read_address, "a@b.example\r\nRCPT TO:<c@d.example>", "not one address"),
        (contacts.read_address, "иван@b.example", "before the @"),
        (contacts.read_address, None, "should be a text"),
        (contacts.read_sender, "=?utf-8?q?x?= <a@b.example>", "=?"),
        (contacts.read_barred, "hospital", "domain"),
        (contacts.read_barred, "*.hospital.example", "domain"),
        (moments.read_day, "02.12.2026", "2026-12-02"),
        (moments.read_day, "2026-02-30", "not in the calendar"),
        (moments.read_moment, "2026-12-02", "2026-12-02 10:00"),
        (moments.read_moment, "2026-12-02 25:00", "not in the calendar"),
        (moments.read_moment, "tomorrow", "no date with a time"),
        (moments.read_moment, "0026-12-02 10:00", "cannot be meant"),
        (moments.read_deadline, "10.12.2026", "no date"),
        (moments.read_deadline, "The Trial", "no id"),
        (moments.read_alert, "at launch", "on-launch"),
        (moments.read_alert, "2026-12-02", "lacks the time"),
    ],
)
def test_wrong_values_are_refused_with_what_would_be_right(
    read: Callable[[object], object], value: object, told: str
) -> None:
    """The refusal names the value or its fault, and a right one."""
    assert told in refusal(read, value)


@pytest.mark.parametrize(
    ("number", "e164"),
    [
        ("+44 20 7946 0102", "+442079460102"),
        ("+44 1632 960123", "+441632960123"),
        ("+1 202 555 0143", "+12025550143"),
        ("+7 (727) 250-01-01", "+77272500101"),
        (" +49 30 23125 123 ", "+493023125123"),
    ],
)
def test_international_numbers_are_read_as_e164(number: str, e164: str) -> None:
    """Blanks and brackets do not matter; fictional ranges are taken."""
    assert NUMBERS.validate_python(number) == e164


@pytest.mark.parametrize(
    ("number", "country", "told"),
    [
        ("020 7946 0107", "GB", '"+44 20 7946 0107"'),
        ("020 7946 0107", "KZ", "country code"),
        ("+44 123", "GB", "every digit"),
        ("+99 123456", "GB", "country code"),
        ("+44 20 7946 0102 ext. 5", "GB", "no international"),
        ("court", "GB", "no international"),
        (442079460102, "GB", "in quotes"),
    ],
)
def test_wrong_numbers_are_told_how_to_be_written(number: object, country: str, told: str) -> None:
    """A national number is shown as the international one of the campaign's country."""
    assert told in number_refusal(number, country)


def test_mobile_and_unknown_numbers_are_told_apart() -> None:
    """A mobile range is known as such; a made-up range is unknown; a reserved one is let be."""
    assert contacts.is_mobile("+447700900123")
    assert not contacts.is_mobile("+442079460102")
    assert contacts.is_known_range("+441632960123")
    assert not contacts.is_known_range("+441632123456")


@pytest.mark.parametrize(
    ("address", "barred"),
    [
        ("x@hospital.example", True),
        ("x@ward.hospital.example", True),
        ("X@Hospital.Example", True),
        ("hospital.example", True),
        ("x@myhospital.example", False),
        ("ward@clinic.example", True),
        ("other@clinic.example", False),
        ("hospital.example.", True),
        ("hospital%2eexample", True),
        ("hospital\u3002example", True),
        ("h\xf4pital.example", True),
    ],
)
def test_a_barred_domain_bars_what_is_below_it_and_nothing_beside(address: str, barred: bool) -> None:
    """A suffix of letters is no subdomain; a host is what browsers look up, however a page's address spells it."""
    assert contacts.is_barred(address, ("hospital.example", "ward@clinic.example", "xn--hpital-ixa.example")) is barred


readers = st.sampled_from(
    [
        scalars.read_slug,
        scalars.read_line,
        scalars.read_url,
        scalars.read_duration,
        scalars.read_hours,
        places.read_country,
        places.read_language,
        places.read_zone,
        contacts.read_address,
        contacts.read_sender,
        contacts.read_barred,
        moments.read_day,
        moments.read_moment,
        moments.read_deadline,
        moments.read_alert,
    ]
)
anything = st.one_of(
    st.text(max_size=40),
    st.text(st.sampled_from("0123456789-: .@<>,=?/[]"), max_size=25),
    st.none(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.lists(st.text(max_size=3), max_size=2),
)


@given(readers, anything)
def test_any_value_is_read_or_refused(read: Callable[[object], object], value: object) -> None:
    """Nothing that a file can hold raises anything but a refusal with words."""
    try:
        read(value)
    except PydanticCustomError as error:
        told = error.message()
    else:
        told = "read"

    assert told


@given(anything)
def test_any_number_is_read_or_refused(value: object) -> None:
    """What is read as a number is E.164."""
    try:
        number = NUMBERS.validate_python(value)
    except ValidationError:
        number = "+1"

    assert number[0] == "+"
    assert number[1:].isdigit()


@given(st.text(max_size=30))
def test_a_line_can_never_start_another_header(value: str) -> None:
    """What passes holds neither a line end nor the beginning of an encoded word."""
    try:
        line = scalars.read_line(value)
    except PydanticCustomError:
        line = ""

    assert len(line.splitlines()) <= 1
    assert "=?" not in line
