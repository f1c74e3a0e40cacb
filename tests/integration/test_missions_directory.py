"""The shipped directory of missions, read whole, and the files that go before it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import phonenumbers
import pytest

from mailer.adapters.catalog.scalars import read_url
from mailer.adapters.mission_files import keep_rows
from mailer.adapters.missions import COLUMNS, OPENSTREETMAP, OURS, REFRESHED, SHIPPED, Directory, load_rows
from mailer.core.addresses import check_address
from mailer.core.countries import capital_zone
from mailer.core.missions import reachable, resolve
from mailer.errors import ConfigurationError
from tests.letter_parts import mission

ROWS = load_rows(SHIPPED)
READ_ON = date(2022, 11, 16)


def test_the_whole_directory_travels_in_a_compact_file():
    """All rows of the extract, with what is known of them, in a megabyte that the wheel packs to a fifth."""
    known = Counter(
        name for row in ROWS for name in ("email", "post", "phone", "fax", "web", "accredited") if getattr(row, name)
    )

    assert SHIPPED.stat().st_size < 1_100_000
    assert len(ROWS) == len({row.source for row in ROWS}) == 9_851
    assert known == {"email": 806, "post": 207, "phone": 851, "web": 6_579}
    assert (
        sum(not (row.email or row.post or row.phone or row.web) for row in ROWS) == 3_086
    )  # one had nothing but a number that is none


def test_every_row_says_where_and_when_it_was_read():
    """An item of Wikidata, the day of the extract, and countries that there are, or none."""
    for row in ROWS:
        assert row.source.startswith("Wikidata Q"), row
        assert row.checked == READ_ON, row
        assert row.host != row.of or not row.of, row
        assert not row.host or capital_zone(row.host), row
        assert row.name, row


def test_every_channel_is_what_it_says():
    """One mailbox, a number that its country's plan knows, a web address, an address headed by the mission's name."""
    for row in ROWS:
        if row.email:
            check_address(row.email)
        if row.phone:
            assert phonenumbers.is_valid_number(phonenumbers.parse(row.phone)), row
        if row.web:
            assert read_url(row.web) == row.web
        assert len(row.post) in (0, 2), row


def test_rows_of_ours_name_a_page_and_a_day():
    """Permanent missions that somebody looked up; each answers for itself."""
    ours = load_rows(OURS)

    assert [(row.of, row.city) for row in ours] == [
        ("CH", "Geneva"),
        ("RU", "New York"),
        ("TR", "New York"),
        ("US", "New York"),
    ]
    for row in ours:
        assert row.source.startswith("https://"), row
        assert row.checked == date(2026, 11, 22), row
        assert row.kind == "permanent mission"
        assert reachable(row), row


def test_some_countries_rows_are_those_of_all():
    """A country's rows are found without reading the others."""
    directory = Directory()

    assert directory.of({"KZ"}) == tuple(row for row in ROWS if row.of == "KZ")
    assert {row.of for row in directory.of({"KZ", "NO"})} == {"KZ", "NO"}
    assert directory.of(()) == ()


@pytest.mark.parametrize(
    ("of", "country", "rule", "channel"),
    [
        ("KZ", "CH", "own", "email"),
        ("KZ", "GB", "own", "web"),
        ("KZ", "NO", "own", "post"),
        ("TR", "QA", "own", "email"),
        ("EG", "PL", "own", "phone"),
        ("NZ", "LI", "geneva", "email"),
        ("RU", "TV", "new york", "post"),
    ],
)
def test_embassies_are_found(of, country, rule, channel):
    """Each kind of row answers for a supporter in its country."""
    found = resolve(of, country, Directory().of({of}))

    assert found is not None
    assert found.rule == rule
    assert getattr(found.missions[0], channel)


def test_a_country_without_a_row_is_left_without_an_answer():
    """The directory is thin, and does not pretend."""
    assert resolve("KZ", "IS", Directory().of({"KZ"})) is None


def test_a_refreshed_directory_goes_before_the_shipped_one(tmp_path):
    """Wikidata's rows take the place of the shipped ones, OpenStreetMap's come beside them, ours stay."""
    fresh, mapped = mission("GB", of="RU", source="Wikidata Q1"), mission("FR", of="RU", source="OpenStreetMap node/1")
    keep_rows(tmp_path / REFRESHED, [fresh], "fresh")
    keep_rows(tmp_path / OPENSTREETMAP, [mapped], "mapped")

    found = Directory(tmp_path).of({"RU"})

    assert [row.source.partition("/")[0] for row in found] == ["https:", "Wikidata Q1", "OpenStreetMap node"]
    assert found[1:] == (fresh, mapped)


def test_rows_come_back_as_they_were_kept(tmp_path):
    """Names with and without their city, quotes, commas and days."""
    rows = [
        mission(
            "GB",
            source="Wikidata Q1",
            name='"Embassy", London',
            city="London",
            gone=date(2026, 1, 2),
            phone="+441632960001",
            fax="+441632960002",
        ),
        mission("DE", source="OpenStreetMap way/7", city="Bonn", name="Embassy in Bonn", accredited=("AT", "CH")),
        mission("US", source="https://a.example/b", post=("Mission in US", "1 Street, City"), checked=READ_ON),
    ]

    keep_rows(tmp_path / "rows.csv", rows, "three\nrows")

    assert sorted(load_rows(tmp_path / "rows.csv"), key=rows.index) == rows
    assert (tmp_path / "rows.csv").read_text(encoding="utf-8").startswith("# three rows\nof,in,")


def test_a_strangers_row_answers_in_its_own_country_alone(tmp_path):
    """Whoever edits Wikidata or OpenStreetMap makes no ministry, and serves no country but the host."""
    rows = [
        mission("GB", source="Wikidata Q1", accredited=("IE",)),
        mission("", source="Wikidata Q2", kind="ministry", email="taken@people.example"),
    ]
    keep_rows(tmp_path / "missions.csv", rows, "rows")
    keep_rows(tmp_path / "extra.csv", rows, "rows")
    nothing = tmp_path / "none.csv"
    keep_rows(nothing, [], "rows")

    assert Directory(tmp_path, ours=nothing).of({"KZ"}) == (replace(rows[0], accredited=()),)
    assert set(Directory(shipped=nothing, ours=tmp_path / "extra.csv").of({"KZ"})) == set(rows)


def test_what_no_campaign_may_list_is_in_no_row():
    """The organisation's list holds for the directory too, whole domains with it."""
    (bern,) = (row for row in Directory().of({"KZ"}) if row.host == "CH")
    (without,) = (row for row in Directory().of({"KZ"}, barred=("mfa.kz", "gov.kz")) if row.host == "CH")

    assert bern.email == "bern@mfa.kz"
    assert (without.email, without.phone) == ("", bern.phone)


HEADER = ",".join(COLUMNS)


@pytest.mark.parametrize(
    "content",
    [
        "of,in\nKZ,GB\n",
        f"{HEADER}\nKZ,GB,,,,,,,,,,Q1,soon,\n",
        f"{HEADER}\nKZ,GB\n",
        f'{HEADER}\nKZ,"GB\n',
        "",
        None,
    ],
)
def test_a_broken_directory_is_told(tmp_path, content):
    """A missing file, column or cell, or a day that is none: the error names the file."""
    broken = tmp_path / "missions.csv"
    if content is not None:
        broken.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigurationError, match=r"missions\.csv"):
        Directory(shipped=broken, ours=broken).of({"KZ"})


def test_a_directory_that_is_no_text_is_told(tmp_path):
    """Bytes that are no UTF-8 end in an error that names the file too."""
    path = Path(tmp_path / "missions.csv")
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ConfigurationError, match=r"missions\.csv"):
        load_rows(path)
