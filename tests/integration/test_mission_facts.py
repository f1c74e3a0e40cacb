"""What a stranger says of a mission, and what of it is carried."""

from __future__ import annotations

from datetime import date

import pytest

from mailer.adapters.mission_facts import Sieve
from mailer.core.headers import refuse_injection

TODAY = date(2026, 11, 22)
FACTS = {
    "of": "KZ",
    "in": "GB",
    "kind": "Consulate-General",
    "city": "London",
    "name": "Embassy  of Kazakhstan, London",
    "email": "mailto:london@embassy.example",
    "phone": "020 7946 0107",
    "fax": "+44 (0)20 7946 0108",
    "address": "1 Street, London",
    "web": "https://embassy.example/a",
    "accredited": "IE GB KZ XX nonsense",
}


def test_facts_become_a_row_in_one_spelling():
    """Numbers in E.164 by the plan of the host, no mailto:, single spaces, the city once, only countries."""
    sieve = Sieve(TODAY)
    row = sieve.mission(FACTS, "Wikidata Q7")

    assert row is not None
    assert (row.of, row.host, row.kind, row.city) == ("KZ", "GB", "consulate general", "London")
    assert row.name == "Embassy of Kazakhstan"
    assert (row.email, row.phone, row.fax) == ("london@embassy.example", "+442079460107", "+442079460108")
    assert row.post == ("Embassy of Kazakhstan", "1 Street, London")
    assert (row.accredited, row.web, row.checked, row.source) == (("IE",), FACTS["web"], TODAY, "Wikidata Q7")
    assert not sieve.dropped


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("email", "a@b.example\r\nBcc: evil@x.example"),
        ("email", "a@b.example, c@d.example"),
        ("email", "=?utf-8?b?DQo=?=@b.example"),
        ("email", "https://embassy.example"),
        ("email", f"{'a' * 300}@b.example"),
        ("web", "javascript:alert(1)"),
        ("web", "data:text/html,<script>"),
        ("web", 'https://a.example/"><script>'),
        ("web", "https://user:secret@a.example"),
        ("web", f"https://a.example/{'a' * 300}"),
        ("phone", "12"),
        ("phone", "call me"),
        ("phone", "+44 5 5555 5555 55"),
        ("phone", "+44 20 7946 0107 ext. 4"),
        ("fax", "+999 1234567"),
        ("name", "Embassy\nBcc: evil@x.example"),
        *((column, "https://a.example/\ud800") for column in ("name", "city", "address", "kind", "web")),
        ("name", "Embassy \x1b[31m"),
        ("name", "Embassy \u202e moc.live"),
        ("city", "Lon\x00don"),
        ("address", "1 Street\u2028London"),
        ("of", "Kazakhstan"),
        ("in", "gb"),
    ],
)
def test_what_is_not_what_it_should_be_is_dropped_and_counted(column, value):
    """Injected headers, script and terminal markup, two addresses, no numbers: nothing of it is repaired."""
    sieve = Sieve(TODAY)
    row = sieve.mission({**FACTS, "phone": "", "fax": "", column: value}, "Wikidata Q7")

    assert row is not None
    assert sieve.dropped == {column: 1}
    kept = (row.of, row.host, row.city, row.name, row.email, row.phone, row.fax, *row.post, row.web)
    assert value not in kept
    for text in kept:
        refuse_injection("a value", text)


@pytest.mark.parametrize("source", ["", "Wikidata", "Wikidata Q0", "Wikidata Q1\n", "OpenStreetMap area/1", "Q1"])
def test_a_row_without_a_source_is_none(source):
    """What nobody can look up again is not carried."""
    sieve = Sieve(TODAY)

    assert sieve.mission(FACTS, source) is None
    assert sieve.dropped == {"row": 1}


def test_a_mission_in_the_country_that_sends_it_is_somewhere_else():
    """It has no host that could be believed."""
    row = Sieve(TODAY).mission({**FACTS, "in": "KZ"}, "Wikidata Q7")

    assert row is not None
    assert row.host == ""
