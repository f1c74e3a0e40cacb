"""A refresh of the directory, against a service here that answers rightly, wrongly, late, or far too much."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from typer.testing import CliRunner, Result

from mailer.adapters import durable
from mailer.adapters.catalog.places import COUNTRIES
from mailer.adapters.fetching import Limits, Service
from mailer.adapters.mission_files import RowFile, keep_rows
from mailer.adapters.missions import OPENSTREETMAP, REFRESHED, load_rows
from mailer.adapters.overpass import OpenStreetMap
from mailer.adapters.wikidata import PAUSE_SECONDS, Wikidata
from mailer.cli.missions import app
from mailer.core.campaigns import Mission
from mailer.errors import ConfigurationError, MailerError, OutputError, ServiceError
from mailer.flows.refreshing import refresh
from mailer.wiring import Installation
from tests.homes import installed
from tests.letter_parts import mission
from tests.services import Answer, Reply, serving, told

TODAY = date(2026, 11, 22)
QUICK = Limits(within=timedelta(seconds=5), silence=timedelta(seconds=0.3), bytes=20_000)
KEPT = mission("GB", source="Wikidata Q1", name="Embassy of Kazakhstan, London", city="London")


def binding(number: int = 1, **values: str) -> dict[str, object]:
    """Return one row as Wikidata answers."""
    facts = {
        "mission": f"http://www.wikidata.org/entity/Q{number}",
        "of": "KZ",
        "host": "GB",
        "city": "London",
        "name": "Embassy of Kazakhstan, London",
        "kinds": "building|embassy",
        "email": "mailto:gb@embassy.example",
        **values,
    }
    return {name: {"type": "literal", "value": value} for name, value in facts.items()}


def results(*bindings: object) -> Answer:
    """Return an answer in the form of the SPARQL protocol."""
    return told({"head": {"vars": []}, "results": {"bindings": list(bindings)}})


def about_kazakhstan(*bindings: object) -> Reply:
    """Return a service that knows these rows of one country, and none of the others."""
    return lambda form: results(*bindings) if "KZ" in senders(form) else results()


def senders(form: dict[str, str]) -> list[str]:
    """Return the countries that were asked about."""
    return re.findall('"([A-Z]{2})"', form["query"])


def wikidata(url: str, limits: Limits = QUICK) -> Wikidata:
    """Return the source at an address, in no hurry to be polite."""
    return Wikidata(Service("Wikidata", "MAILER_WIKIDATA_URL", url, limits), pause=lambda _: None)


def shelf(folder: Path, *rows: Mission) -> RowFile:
    """Return a place where these rows are kept."""
    path = folder / REFRESHED
    keep_rows(path, rows or [KEPT], "before")
    return RowFile(path, path, "Facts.")


def test_all_countries_are_asked_for_and_their_rows_kept(tmp_path):
    """Some at a time, by a user agent that names the project; the file is new, the old one beside it."""
    place = shelf(tmp_path)
    fax = "+44 20 7946 0108"
    with serving(about_kazakhstan(binding(fax=fax), binding(2, host="FR", accredited="MC"))) as service:
        done = refresh(wikidata(service.url), place, TODAY)

    assert len(service.asked) == 32
    assert sorted(code for form in service.asked for code in senders(form)) == sorted(COUNTRIES)
    assert {agent.partition("/")[0] for agent in service.agents} == {"solidarity-mailer"}
    assert [row.source for row in done.renewal.new] == ["Wikidata Q2"]
    assert [change.columns for change in done.renewal.changed] == [("fax",)]
    assert [(row.host, row.fax, row.accredited, row.checked) for row in load_rows(place.path)] == [
        ("FR", "", ("MC",), TODAY),
        ("GB", "+442079460108", (), TODAY),
    ]
    assert place.path.read_text(encoding="utf-8").startswith("# Facts. Read on 2026-11-22.\n")
    assert load_rows(tmp_path / f"{REFRESHED}.old") == (KEPT,)
    assert sorted(path.name for path in tmp_path.iterdir()) == [REFRESHED, f"{REFRESHED}.old"]


def test_a_public_service_is_given_a_pause_after_each_question():
    """Thirty-two questions in a row would be taken for an attack."""
    pauses: list[float] = []
    with serving(about_kazakhstan(binding())) as service:
        Wikidata(Service("Wikidata", "MAILER_WIKIDATA_URL", service.url, QUICK), pauses.append).read(TODAY)

    assert pauses == [PAUSE_SECONDS] * len(service.asked)


def refused(folder: Path, reply: Reply, limits: Limits = QUICK) -> ServiceError:
    """Return how a refresh is refused; what is kept has to be untouched by it."""
    place = shelf(folder)
    before = place.path.read_bytes()
    with serving(reply) as service, pytest.raises(ServiceError) as caught:
        refresh(wikidata(service.url, limits), place, TODAY)
    assert place.path.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [REFRESHED]
    return caught.value


@pytest.mark.parametrize(
    ("answer", "told_so"),
    [
        (Answer(b"{"), "no JSON"),
        (Answer(b"\xff\xfe"), "no JSON"),
        (Answer(b"<html>busy</html>"), "no JSON"),
        (Answer(b"[" * 15_000), "no JSON"),
        (told([1, 2]), "no result of a query"),
        (told({"results": {"bindings": {"a": 1}}}), "no result of a query"),
        (told({"results": None}), "no result of a query"),
        (results(), "0 missions"),
        (Answer(b" " * 30_000 + b"{}"), "more than 20,000 bytes"),
        (Answer(b'{"results": {"bindings": []}}', cut=5), "broke off"),
        (Answer(status=429, headers={"Retry-After": "60"}), "try again in 60 s"),
        (Answer(status=429, headers={"Retry-After": "\x1b[31mnow"}), "try again later"),
        (Answer(status=403), "answered 403"),
        (Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}), "leads elsewhere"),
    ],
)
def test_a_wrong_answer_changes_nothing(tmp_path, answer, told_so):
    """Broken, of another form, empty, too large, cut off, refused, or leading elsewhere."""
    assert told_so in str(refused(tmp_path, lambda _: answer))


def test_an_answer_that_does_not_come_changes_nothing(tmp_path):
    """A silent service is left after a while."""
    late = Event()
    try:
        assert "did not answer within" in str(refused(tmp_path, lambda _: Answer(wait=late)))
    finally:
        late.set()


def test_an_answer_that_takes_too_long_as_a_whole_is_refused():
    """Every piece may be in time, and all of them not."""
    ticks = count(step=400)
    with serving(lambda _: results(binding())) as service:
        slow = Service("Wikidata", "MAILER_WIKIDATA_URL", service.url, Limits(), monotonic=lambda: next(ticks))
        with pytest.raises(ServiceError, match="took longer than 300 s"):
            slow.ask({"query": ""}, "application/json")


def test_nobody_there_changes_nothing(tmp_path):
    """A refused connection is told, not raised through."""
    with serving(lambda _: results()) as service:
        url = service.url

    with pytest.raises(ServiceError, match="could not be asked"):
        refresh(wikidata(url), shelf(tmp_path), TODAY)


def test_what_is_too_much_at_once_is_asked_for_in_halves(tmp_path):
    """A service that fails on many countries is asked for fewer; one that fails on a single one is left."""

    def only_few(form: dict[str, str]) -> Answer:
        return results(binding()) if len(senders(form)) <= 4 else Answer(status=504)

    with serving(only_few) as service:
        refresh(wikidata(service.url), shelf(tmp_path), TODAY)
    with serving(lambda _: Answer(status=500)) as broken, pytest.raises(ServiceError, match="answered 500"):
        refresh(wikidata(broken.url), shelf(tmp_path), TODAY)

    assert len(broken.asked) == 4


def test_hostile_values_are_dropped_and_counted(tmp_path):
    """Injected headers, script, wrong types and rows of nowhere: what is left of the row is right."""
    hostile = binding(
        email="mailto:a@b.example\r\nBcc: evil@x.example", web="javascript:alert(1)", city="Lon\x00don", phone="7"
    )
    odd: dict[str, object] = {**binding(2), "email": {"value": 7}, "web": "https://a.example", "fax": None}
    elsewhere = binding(3, mission="http://evil.example/Q3")
    place = shelf(tmp_path)
    with serving(about_kazakhstan(hostile, odd, elsewhere, "row", None, 7, {"mission": []})) as service:
        done = refresh(wikidata(service.url), place, TODAY)

    assert done.dropped == {"email": 1, "web": 1, "city": 1, "phone": 1, "row": 5}
    assert [(row.source, row.email, row.web, row.phone) for row in load_rows(place.path)] == [
        ("Wikidata Q1", "", "", ""),
        ("Wikidata Q2", "", "", ""),
    ]


def element(number: int, **tags: object) -> dict[str, object]:
    """Return one object as Overpass answers; `__` stands for a colon in a tag."""
    named = {name.replace("__", ":"): value for name, value in tags.items()}
    return {"type": "node", "id": number, "tags": {"office": "diplomatic", "country": "KZ", **named}}


def test_openstreetmap_has_a_file_of_its_own_with_its_licence(tmp_path):
    """Objects become rows where they say how they are reached; where they are, only if it is said."""
    london = element(
        1,
        name="Қазақстан",
        name__en="Embassy of Kazakhstan",
        diplomatic="embassy",
        target="GB;IE",
        addr__country="GB",
        addr__street="Street",
        addr__housenumber="1",
        addr__postcode="X1",
        addr__city="London",
        contact__phone="+44 20 7946 0107;+44 20 7946 0108",
    )
    bonn = element(2, name="Consulate", diplomatic="consulate", consulate="honorary_consulate", target="DE")
    path = tmp_path / OPENSTREETMAP
    reply = told({"elements": [london, {**bonn, "tags": {**bonn["tags"], "email": "b@k.example"}}, element(3), 7, {}]})
    with serving(lambda _: reply) as service:
        source = OpenStreetMap(Service("Overpass", "MAILER_OVERPASS_URL", service.url, QUICK))
        done = refresh(source, RowFile(path, None, "ODbL."), TODAY)

    assert '["office"="diplomatic"]' in service.asked[0]["data"]
    assert done.dropped == {"row": 2}
    assert [(row.host, row.kind, row.email, row.phone, row.accredited, row.source) for row in load_rows(path)] == [
        ("DE", "honorary consulate", "b@k.example", "", (), "OpenStreetMap node/2"),
        ("GB", "embassy", "", "+442079460107", ("IE",), "OpenStreetMap node/1"),
    ]
    assert load_rows(path)[1].post == ("Embassy of Kazakhstan", "Street 1, X1 London")


@pytest.mark.parametrize("answer", [{"elements": 7}, [], {"elements": [], "remark": "runtime error: timed out"}])
def test_half_an_answer_of_overpass_is_none(answer):
    """It tells of a query that was cut short by a remark, in an answer that looks right."""
    with serving(lambda _: told(answer)) as service:
        source = OpenStreetMap(Service("Overpass", "MAILER_OVERPASS_URL", service.url, QUICK))
        with pytest.raises(ServiceError, match="no whole result"):
            source.read(TODAY)


@pytest.mark.parametrize("url", ["http://query.example/", "ftp://127.0.0.1/", "file:///etc/passwd", "", "https://"])
def test_only_tls_or_this_machine_is_asked(url):
    """In clear text nothing is asked of anybody else."""
    with pytest.raises(ConfigurationError, match="MAILER_X"):
        Service("Somebody", "MAILER_X", url)


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path, monkeypatch):
    """The new one takes its place whole, or not at all."""
    place = shelf(tmp_path)
    before = place.path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable.os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        place.keep([mission("FR", source="Wikidata Q2")], TODAY)

    assert place.path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [REFRESHED]


def run(home: Installation, *argv: str) -> Result:
    """Run a command of `mailer missions`; what went wrong is in its result."""
    return CliRunner().invoke(app, list(argv), obj=home)


def home_at(folder: Path, wikidata_url: str, overpass_url: str = "http://127.0.0.1:9/") -> Installation:
    """Return an installation that asks these services."""
    variables = {"MAILER_WIKIDATA_URL": wikidata_url, "MAILER_OVERPASS_URL": overpass_url}
    return installed(folder, lambda: datetime(2026, 11, 22, 9, tzinfo=UTC), **variables)


def test_the_command_prints_what_changed_and_uses_it_from_then_on(tmp_path):
    """New, changed and vanished rows, escaped; then the same question is answered from the refreshed directory."""
    keep_rows(tmp_path / "var" / REFRESHED, [KEPT, mission("DE", source="Wikidata Q8", name="Old")], "before")
    fresh = about_kazakhstan(binding(email="mailto:new@embassy.example"), binding(5, host="FR", name="Paris"))
    mapped = told({"elements": [element(1, email="map@embassy.example", target="IT", name="Rome")]})
    with serving(fresh) as service, serving(lambda _: mapped) as overpass:
        home = home_at(tmp_path, service.url, overpass.url)
        result = run(home, "refresh", "--osm")

    assert result.exit_code == 0, result.output
    assert "new       KZ in FR: embassy, Paris" in result.stdout
    assert "changed   KZ in GB: embassy, Embassy of Kazakhstan" in result.stdout
    assert "email: gb@embassy.example -> new@embassy.example" in result.stdout
    assert "vanished  KZ in DE: embassy, Old (Wikidata Q8)" in result.stdout
    assert "© OpenStreetMap contributors, ODbL 1.0" in result.stderr
    head = (tmp_path / "var" / OPENSTREETMAP).read_text(encoding="utf-8").splitlines()[0]
    assert "© OpenStreetMap contributors" in head
    assert "Open Database License" in head
    shown = json.loads(run(home, "KZ", "--json").stdout)["countries"]
    found = {each["country"]: each for each in shown}
    assert found["GB"]["missions"][0]["email"] == "new@embassy.example"
    assert found["IT"]["missions"][0]["source"] == "OpenStreetMap node/1"
    assert found["DE"]["missions"] == []
    assert found["DE"]["known_without_address"][0]["gone"] == "2026-11-22"


def test_the_shipped_directory_is_not_replaced_by_next_to_nothing(tmp_path):
    """A first refresh is compared with what is shipped."""
    with serving(about_kazakhstan(binding())) as service:
        result = run(home_at(tmp_path, service.url), "refresh", "--json")

    assert isinstance(result.exception, MailerError)
    assert "1 missions, and 9,851 are known" in str(result.exception)
    assert not (tmp_path / "var").exists()
