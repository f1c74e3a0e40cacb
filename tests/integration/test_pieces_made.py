"""Are the files of a pack what programs, printers and calendars expect? Made by the libraries that make them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from typing import Any

import icalendar
import pytest
from pypdf import PdfReader

from mailer.adapters.catalog import default_letters
from mailer.adapters.freezer import Freezer
from mailer.adapters.invitations import calendar_file
from mailer.adapters.rendering import MailRenderer
from mailer.adapters.templates import Templates
from mailer.adapters.workshops import Workshops
from mailer.core.attachments import LARGEST_LOAD
from mailer.core.campaigns import MailingKind
from mailer.core.links import Links, Places
from mailer.core.mailview import MailContext
from mailer.core.occasions import Invitation, Occasion, occasions_of
from mailer.core.pieces import pieces_of
from mailer.core.revisions import Revision
from mailer.core.texts import LocalText
from mailer.core.tokens import KEY_BYTES, TokenKey
from mailer.errors import RenderingError
from mailer.flows.compose import Order, Tools, alert_of, compose
from mailer.flows.pieces import PieceAttacher, make_piece, reader_of
from tests import samples
from tests.pages import ROOT
from tests.samples import NOW

TRIAL = datetime(2026, 12, 2, 10, 0)  # noqa: DTZ001 - by the clocks in Almaty


def context(language: str = "en", **changes: Any) -> MailContext:
    """Return an alert of the sample campaign."""
    supporter, pack = samples.supporter(language), samples.pack(language)
    return replace(MailContext(MailingKind.ALERT, samples.revision(), supporter, pack, Links(), NOW), **changes)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Every piece of the sample pack, of somebody in Germany who reads English."""
    mail, workshop = context(), Workshops().of(samples.revision())
    dates = occasions_of(samples.campaign(), "DE", NOW)
    return {each.name: make_piece(each, reader_of(mail), workshop) for each in pieces_of(mail.pack.todo, dates)}


def text_of(pdf: bytes) -> str:
    """Return the words of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_each_way_has_a_file_that_opens(files: dict[str, bytes]) -> None:
    """Sheets have their addressee; a script has number, hours and what to say, in the reader's language too."""
    assert "Ministry of Foreign Affairs" in text_of(files["letter-ministry.pdf"])
    assert "+44 20 7946 0102" in text_of(files["fax-court.pdf"])
    call = files["call-court.txt"].decode("utf-8-sig")
    for words in ("+44 20 7946 0107", "09:00–18:00", "05:00–14:00", "Здравствуйте! Я звоню", "Hello! I call"):
        assert words in call
    draft = message_from_bytes(files["letter-family.eml"], policy=policy.default)
    assert (draft["X-Unsent"], draft["To"], draft["From"]) == ("1", "family@solidarity.example", None)


# --- calendars -------------------------------------------------------------------------------------


def event(content: bytes) -> icalendar.Event:
    """Return the one event of a calendar file, whose lines are as short as programs read them."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (found,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return found


def test_a_trial_is_shown_by_the_clocks_of_its_place(files: dict[str, bytes]) -> None:
    """The file names its time zone and brings the zone's rules along, so that no calendar has to know it."""
    content = files["event-trial.ics"]
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    start = event(content)["dtstart"]

    assert (start.params["TZID"], zone["tzid"]) == ("Asia/Almaty", "Asia/Almaty")
    assert start.dt.replace(tzinfo=None) == TRIAL
    assert start.dt.astimezone(UTC) == samples.FIRST_BY
    assert str(event(content)["summary"]) == "Trial: Free the Almaty organiser"


def test_a_picket_rings_a_day_and_two_hours_before(files: dict[str, bytes]) -> None:
    """Who has to go somewhere is told in time to leave."""
    found = event(files["picket-1.ics"])

    assert [alarm["trigger"].dt for alarm in found.walk("VALARM")] == [-timedelta(days=1), -timedelta(hours=2)]
    assert {str(alarm["action"]) for alarm in found.walk("VALARM")} == {"DISPLAY"}
    assert str(found["location"]) == "Embassy, Berlin"


def test_rules_of_a_zone_hold_over_the_change_of_its_clocks() -> None:
    """A calendar that believes the file alone shows the right hour in winter and in summer."""
    for month, offset in ((1, 0), (7, 1)):
        at = datetime(2027, month, 5, 12, tzinfo=UTC)
        date = Occasion("event-x", f"x{month}@case.invalid", LocalText({"en": "Hearing"}), at, "Europe/London")
        content = calendar_file(Invitation(date, samples.campaign(), ("en",), "Europe/London", NOW))
        (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")

        assert zone.to_tz(lookup_tzid=False).utcoffset(datetime(2027, month, 5, 12)) == timedelta(hours=offset)  # noqa: DTZ001


def test_a_date_without_a_zone_is_in_utc() -> None:
    """Nothing has to be brought along for it."""
    date = Occasion("event-x", "x@case.invalid", LocalText({"en": "Hearing"}), NOW, "UTC")
    content = calendar_file(Invitation(date, samples.campaign(), ("ru",), "UTC", NOW, "https://a.example/c/x"))

    assert b"DTSTART:20261130T090000Z" in content
    assert b"VTIMEZONE" not in content
    assert str(event(content)["url"]) == "https://a.example/c/x"
    assert str(event(content)["summary"]).endswith("Свободу организатору из Алматы")


# --- mails with files ------------------------------------------------------------------------------


def mail(attach: tuple[str, ...], **changes: Any) -> Any:
    """Compose the alert of the sample campaign with files."""
    revision = samples.revision()
    office = replace(revision.campaign.targets[0], post=("Street 1", "Astana"), fax="+442079460102")
    campaign = replace(revision.campaign, targets=(office,), attach=attach, mailings=revision.campaign.mailings)
    order = Order(replace(with_letters(revision), campaign=campaign), samples.supporter(), alert_of(campaign), NOW)
    places = Places("https://pages.example", "bounces@solidarity.example")
    tools = Tools(MailRenderer(revision), places, TokenKey(1, bytes(KEY_BYTES)), PieceAttacher(Workshops().of))
    return compose(order._replace(**changes), tools)


def with_letters(revision: Revision) -> Revision:
    """Return a revision that has the letters that are shipped."""
    return replace(revision, letters=default_letters(Templates()))


def test_a_mail_carries_its_files_and_names_them() -> None:
    """Each is a file of its own type beside the text and the HTML, which both tell its name; again gives the same."""
    composed = mail(("pdf", "eml", "ics"))
    parts = list(message_from_bytes(composed.envelope.content, policy=policy.default).iter_attachments())
    found = {part.get_filename(): part.get_content_type() for part in parts}

    assert found == {
        "letter-prosecutor.eml": "application/octet-stream",
        "fax-prosecutor.pdf": "application/pdf",
        "letter-prosecutor.pdf": "application/pdf",
        "picket-1.ics": "text/calendar",
        "event-trial.ics": "text/calendar",
    }
    for name in found:
        assert name in composed.rendered.text
        assert name in composed.rendered.html
    assert "Put this above the letter" not in composed.rendered.text
    assert sum(len(part.get_content()) for part in parts) <= LARGEST_LOAD
    assert mail(("pdf", "eml", "ics")).envelope == composed.envelope


def test_what_a_mail_could_not_take_is_on_the_supporters_own_page() -> None:
    """The mail names it and links the page; a mail without files says nothing of files."""
    left = context(left_out=("letter-court.pdf",), links=Links(action_url="https://pages.example/a/x"))
    renderer = MailRenderer(samples.revision())

    words = "Too much for this mail: letter-court.pdf. On your own page you find all files. https://pages.example/a/x"
    assert words in renderer.render(left).text
    assert "Too much" in renderer.render(left).html
    alone = renderer.render(replace(left, links=Links())).text
    assert "The letters themselves are all in it." in alone
    without = renderer.render(context())
    assert "Attached" not in without.text + without.html


# --- templates and libraries -----------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An organiser's folder of templates."""
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


@pytest.mark.parametrize(("name", "broken"), [("letter.typ", "#panic()"), ("call.txt.j2", "{{ way.nothing }}")])
def test_a_broken_template_of_a_piece_is_found_before_the_launch(own: Path, name: str, broken: str) -> None:
    """An organiser's own sheet or script is tried when the campaign is published."""
    (own / name).write_text(broken, encoding="utf-8")
    freezer = Freezer(Templates(own.parent), samples.organisation(), lambda: NOW)

    with pytest.raises(RenderingError, match=name.replace(".", r"\.")):
        freezer.prove(freezer.assemble(samples.campaign()))


def test_a_mail_of_an_older_revision_goes_out_without_sheets() -> None:
    """A campaign that was published before letters were printed has no template for them."""
    revision = samples.revision()
    older = replace(revision, templates={k: v for k, v in revision.templates.items() if k.startswith("mail/")})
    asked = replace(older, campaign=replace(older.campaign, attach=("pdf", "eml")))
    found = PieceAttacher(Workshops().of).attach(context(revision=asked))

    assert [file.filename for file in found.files] == ["letter-prosecutor.eml", "letter-family.eml"]
    assert found.left_out == ("fax-court.pdf", "letter-ministry.pdf")


def test_a_sender_loads_no_library_before_it_attaches_something() -> None:
    """Typst and iCalendar take a tenth of a second and megabytes that most mails have no use for."""
    code = (
        "import sys, mailer.adapters.workshops, mailer.flows.pieces, mailer.flows.send; "
        "print([each for each in ('typst', 'icalendar', 'pydantic', 'babel') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout.strip() == "[]"
