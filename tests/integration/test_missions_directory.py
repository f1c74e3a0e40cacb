"""The shipped directory of missions: read whole, used as packs use it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import phonenumbers
import pytest

from mailer.adapters import missions as adapter
from mailer.adapters.missions import load_directory
from mailer.core.addresses import check_address
from mailer.core.countries import capital_zone
from mailer.core.missions import reachable, resolve
from mailer.core.numbers import compact_number
from mailer.errors import ConfigurationError

FILE = Path(adapter.__file__).with_name("missions.csv")
SENDERS = ("BY", "CN", "EG", "IR", "KZ", "PH", "PK", "RU", "TR")
ROWS = load_directory(SENDERS)


def test_the_directory_is_small():
    """It travels in every wheel."""
    assert FILE.stat().st_size < 150_000


def test_every_row_is_loaded_for_its_sender_alone():
    """Asking for one country gives its rows and no other's; for none, nothing."""
    with FILE.open(encoding="utf-8", newline="") as file:
        senders = [row["of"] for row in csv.DictReader(file)]

    assert len(ROWS) == len(senders)
    assert sorted(set(senders)) == list(SENDERS)
    assert len(load_directory(["KZ"])) == senders.count("KZ")
    assert {row.of for row in load_directory(["KZ", "TR"])} == {"KZ", "TR"}
    assert load_directory([]) == ()


@pytest.mark.parametrize("sender", SENDERS)
def test_every_row_can_be_used(sender):
    """Known countries, a day and a source, some channel."""
    for row in load_directory([sender]):
        assert capital_zone(row.host), row
        assert row.of != row.host, row
        assert reachable(row), row
        assert row.name, row
        assert row.checked == date(2022, 11, 16), row
        assert row.source.startswith("Wikidata Q"), row


@pytest.mark.parametrize("sender", SENDERS)
def test_every_channel_is_what_it_says(sender):
    """One mailbox, a number that exists, a web address, an address that is headed by the mission's name."""
    for row in load_directory([sender]):
        if row.email:
            check_address(row.email)
        if row.phone:
            assert phonenumbers.is_valid_number(phonenumbers.parse(compact_number(row.phone))), row
        assert not row.web or row.web.startswith(("https://", "http://")), row
        assert len(row.post) in (0, 2), row


@pytest.mark.parametrize(
    ("of", "country", "rule", "channel"),
    [
        ("KZ", "CH", "own", "email"),
        ("KZ", "GB", "own", "web"),
        ("KZ", "NO", "own", "post"),
        ("TR", "QA", "own", "email"),
        ("EG", "PL", "own", "phone"),
    ],
)
def test_embassies_are_found(of, country, rule, channel):
    """Each kind of row answers for a supporter in its country."""
    found = resolve(of, country, ROWS)

    assert found is not None
    assert found.rule == rule
    assert found.missions[0].host == country
    assert getattr(found.missions[0], channel)


def test_a_country_without_a_row_is_left_without_an_answer():
    """The directory is thin, and does not pretend."""
    assert resolve("KZ", "IS", ROWS) is None


HEADER = "of,in,city,kind,name,address,phone,email,web,checked,wikidata"


@pytest.mark.parametrize(
    "content", ["of,in\nKZ,GB\n", "country\nKZ\n", f"{HEADER}\nKZ,GB,,,,,,,,soon,Q1\n", f"{HEADER}\nKZ,GB\n", None]
)
def test_a_broken_directory_is_told(tmp_path, content):
    """A missing file, column or field, or a day that is none: the error names the file."""
    broken = tmp_path / "missions.csv"
    if content is not None:
        broken.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"missions\.csv"):
        load_directory(["KZ"], broken)
