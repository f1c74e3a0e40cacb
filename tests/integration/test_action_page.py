"""The supporter's own page, asked over ASGI: what it shows, what its buttons write down, and what they do not."""

from __future__ import annotations

import asyncio
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import icalendar
import pytest
from sqlalchemy import func, select, update

from mailer.adapters.documents import Documents
from mailer.adapters.store.engine import reading, truncate_log, writing
from mailer.adapters.store.tables import campaigns, deliveries, metadata
from mailer.core.campaigns import Closing, Outcome, Status
from mailer.core.counting import ReportKind
from mailer.core.enrolment import Applicant
from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.supporters import PublicId, SafetyLevel
from mailer.core.texts import LocalText
from mailer.core.tokens import Purpose, derive
from mailer.web.pages import create_app
from mailer.wiring import Installation
from tests.databases import enter_all
from tests.homes import furnish, installed, supporter

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CASE = "prisoner-2026"
EXAMPLE = Path(__file__).resolve().parent.parent / "design_example.yaml"
CANARY = "Canaryová"
ANNA = Applicant(
    "anna.canary@people.example", name=f"Anna {CANARY}", language="en", country="GB", city="Canarytown",
    organisation="Canary Union",
)  # fmt: skip
GALINA = Applicant("galina@people.example", name="Галина Пример", language="ru", country="DE")
VELI = Applicant("veli@people.example", name="Veli Example", language="en", country="TR", best_way="phone")
OLGA = Applicant("olga@people.example", name="Olga Example", language="en", country="RU", safety=SafetyLevel.FULL)
PEOPLE = (ANNA, GALINA, VELI, OLGA)
LARGEST_PAGE = 32 * 1024  # octets before they are compressed, in English; languages beyond ASCII weigh more


def at(folder: Path, now: datetime = NOW) -> Installation:
    """Return the installation of a folder, at a time that stands still, with a relay that is no rehearsal."""
    relay = "smtp+insecure://127.0.0.1:9"
    return installed(folder, lambda: now, MAILER_PUBLIC_URL="https://a.example", MAILER_RELAY_URL=relay)


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with the example campaign launched, and its alerts queued, once."""
    folder = tmp_path_factory.mktemp("launched")
    furnish(folder)
    shutil.copy(EXAMPLE, folder / "campaigns.yaml")
    installation = at(folder)
    enter_all(installation.supporters, *PEOPLE)
    campaign, catalog = installation.campaign(CASE)
    publisher = installation.publisher(catalog)
    publisher.launch(publisher.plan_launch(campaign, rehearsal=False, now=NOW), now=NOW, hold=timedelta())
    installation.dispatcher().tick(rehearsal=False, now=NOW)
    truncate_log(installation.engine)
    installation.engine.dispose()
    return folder


@dataclass(frozen=True, slots=True)
class Visitor:
    """One supporter's browser, at their own page."""

    installation: Installation
    path: str
    app: Any

    def get(self, query: str = "", method: str = "GET") -> httpx.Response:
        """Look at the page."""
        return self._ask(method, query)

    def press(self, do: str, query: str = "", **fields: str) -> httpx.Response:
        """Press a button of a form with these fields."""
        return self._ask("POST", query, data={"do": do, **fields})

    def _ask(self, method: str, query: str, **options: Any) -> httpx.Response:
        async def request() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="https://a.example") as client:
                return await client.request(method, self.path + query, **options)

        return asyncio.run(request())


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(launched: Path, tmp_path: Path) -> Iterator[Visit]:
    """A way to open somebody's page, in an installation of its own for one test."""
    shutil.copytree(launched, tmp_path / "home")
    made: list[Installation] = []

    def opened(who: Applicant | PublicId = ANNA, *, now: datetime = NOW, purpose: Purpose = Purpose.ACTION) -> Visitor:
        installation = next((each for each in made if each.clock() == now), None) or at(tmp_path / "home", now)
        made.append(installation)
        public_id = supporter(installation, who).public_id if isinstance(who, Applicant) else who
        path = f"/a/{derive(installation.token_key, purpose, CASE, public_id)}"
        return Visitor(installation, path, create_app(installation))

    yield opened
    for installation in made:
        installation.engine.dispose()


def everything(installation: Installation) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, to be compared."""
    with reading(installation.engine) as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def files(visitor: Visitor) -> dict[str, bytes]:
    """Return the database's files as they are on the disk."""
    database = visitor.installation.database_file
    assert database is not None
    return {
        path.name: path.read_bytes()
        for path in sorted(database.parent.iterdir())
        if path.is_file() and not path.name.endswith("-shm")
    }


def section(page: httpx.Response, key: str) -> str:
    """Return one target's part of the page."""
    found = re.search(rf'<section id="t-{re.escape(key)}".*?</section>', page.text, re.DOTALL)
    assert found, f"{key} is not on the page"
    return found[0]


def keys(page: httpx.Response) -> list[str]:
    """Return the targets on the page, in order."""
    return re.findall(r'<section id="t-([\w.-]+)"', page.text)


def mailto(part: str) -> dict[str, list[str]]:
    """Return the fields of the mail button."""
    found = re.search(r'class="button mailto" href="([^"]*)"', part)
    assert found
    return parse_qs(urlsplit(unescape(found[1])).query)


def text_of(part: str) -> str:
    """Return what stands in the letter's box."""
    found = re.search(r"<textarea [^>]*name=\"text\"[^>]*>\n(.*?)</textarea>", part, re.DOTALL)
    assert found
    return unescape(found[1])


def queued(visitor: Visitor, who: Applicant) -> int:
    """Return how many deliveries of somebody still wait."""
    mine = deliveries.c.supporter_id == supporter(visitor.installation, who).id
    with reading(visitor.installation.engine) as connection:
        query = select(func.count()).select_from(deliveries).where(mine, deliveries.c.state == "queued")
        return connection.scalar(query) or 0


def test_every_letter_is_there_in_the_order_of_what_arrives(visit: Visit) -> None:
    """The page has the targets of the mail, each with its letter in a box and its own buttons."""
    page = visit().get()

    assert page.status_code == 200
    assert keys(page) == ["court", "prosecutor", "embassy", "city", "family"]
    assert 'href="tel:+442079460107"' in section(page, "court")
    assert "09:00–18:00 in Almaty, that is 04:00–13:00 your time" in section(page, "court")
    assert "Уважаемый господин прокурор" in text_of(section(page, "prosecutor"))
    assert "Use the tab &#39;Question to the mayor&#39;" in section(page, "city")
    assert "Whoever answers is not to blame." in page.text
    assert mailto(section(page, "family"))["body"][0].replace("\r\n", "\n") == text_of(section(page, "family"))


def test_what_a_reader_of_a_forwarded_link_learns(visit: Visit) -> None:
    """Neither surname nor address, city or organisation is anywhere in the page, in links, boxes or files."""
    visitor = visit()
    answers = [visitor.get(), visitor.get("?mail=gmail&letter=en"), visitor.press("links", key="family", text="x")]
    answers += [visitor.press(do, key="family", text="x") for do in ("pdf", "eml", "sent")]

    for answer in answers:
        assert answer.status_code == 200
        assert CANARY not in unescape(answer.text), answer.headers["content-type"]
        assert "canary" not in answer.text.lower()
    assert "Anna C" in answers[0].text
    assert "Not you? Sign up" in answers[0].text


@pytest.mark.parametrize("who", PEOPLE, ids=lambda who: who.country)
def test_a_page_is_light(visit: Visit, who: Applicant) -> None:
    """A page opens quickly on a telephone with a poor connection."""
    page = visit(who).get("?language=en")

    assert page.status_code == 200
    assert len(page.content) < LARGEST_PAGE


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_changes_nothing(visit: Visit, method: str) -> None:
    """A scanner that follows every link three times leaves each row as it was."""
    visitor = visit()
    before = everything(visitor.installation)

    for query in ("", "?letter=ru&mail=gmail", "?do=sent&key=court", "?do=decline", "?language=de") * 3:
        assert visitor.get(query, method).status_code == (405 if method == "OPTIONS" else 200)

    assert everything(visitor.installation) == before


def test_edited_words_come_back_in_links_and_are_stored_nowhere(visit: Visit) -> None:
    """The answer has the text in mailto, webmail, PDF and draft; the database's files stay the same to the byte."""
    visitor = visit()
    visitor.get()
    truncate_log(visitor.installation.engine)
    before = files(visitor)
    words = {
        "key": "family",
        "subject": "Zebra subject",
        "text": "Zebra words & more\r\n\r\nAnna C",
        "sign": "Zoë",
        "was": "Anna C",
    }

    page = visitor.press("links", "?mail=yahoo", **words)
    drafted = message_from_bytes(visitor.press("eml", **words).content, policy=policy.default)
    printed = visitor.press("pdf", **words, **{"from": "Zebra Street", "place": "Zebratown"})

    family = section(page, "family")
    assert mailto(family)["body"] == ["Zebra words & more\r\n\r\nZoë"]
    assert mailto(family)["subject"] == ["Zebra subject"]
    assert "https://compose.mail.yahoo.com/?to=family@solidarity.example" in family
    assert text_of(section(page, "city")).split("\n")[-2:] == ["Zoë", "United Kingdom"]
    assert (drafted["X-Unsent"], drafted["To"], drafted["Subject"]) == (
        "1",
        "family@solidarity.example",
        "Zebra subject",
    )
    assert drafted.get_content() == "Zebra words & more\r\n\r\nZoë\r\n"
    assert printed.content.startswith(b"%PDF-")
    assert files(visitor) == before
    folder = visitor.installation.settings.base
    assert not [path for path in folder.rglob("*") if path.is_file() and b"ebra" in path.read_bytes()]


@pytest.mark.parametrize(
    ("do", "key", "name", "media"),
    [
        ("pdf", "family", "letter-family.pdf", "application/pdf"),
        ("eml", "family", "letter-family.eml", "message/rfc822"),
        ("fax", "court", "fax-court.pdf", "application/pdf"),
        ("call", "court", "call-court.txt", "text/plain; charset=utf-8"),
        ("form", "city", "form-city.txt", "text/plain; charset=utf-8"),
    ],
)
def test_every_open_way_has_a_file(visit: Visit, do: str, key: str, name: str, media: str) -> None:
    """A button of the target makes it; a browser saves it under a name made of the target's id, and runs nothing."""
    visitor = visit()
    answer = visitor.press(do, key=key, text="")

    assert f'name="do" value="{do}"' in section(visitor.get(), key)
    assert answer.headers["content-type"] == media
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert answer.headers["cache-control"] == "no-store"


def test_letters_can_be_had_without_the_copy_that_counts_them(visit: Visit) -> None:
    """One link leads to the same page without copies: in no link, no line and no draft, until it is undone."""
    visitor = visit()
    page = visitor.get("?mail=yahoo&language=en")
    (leave,) = re.findall(r'id="uncount"[^>]* href="([^"]+)"', page.text)
    chosen = unescape(leave).partition("#")[0]
    words = {"key": "family", "text": "Mine", "subject": "S"}

    plain = visitor.get(chosen)
    drafts = [message_from_bytes(visitor.press("eml", each, **words).content) for each in ("", chosen)]

    assert "nobody reads it" in page.text
    assert mailto(section(page, "family"))["bcc"][0].startswith("copies+")
    assert [bool(draft["Bcc"]) for draft in drafts] == [True, False]
    assert "copies" not in section(plain, "family")
    assert "compose.mail.yahoo.com" in section(plain, "family")
    assert mailto(section(plain, "family")) == {
        name: value for name, value in mailto(section(page, "family")).items() if name != "bcc"
    }
    (back,) = re.findall(r'href="(\?[^"]+)">Show them with the copy', plain.text)
    assert mailto(section(visitor.get(unescape(back)), "family"))["bcc"]
    assert "copies%2B" not in visitor.press("links", chosen, **words).text


def test_enter_in_a_box_updates_the_links(visit: Visit) -> None:
    """A browser presses the first button of a form: it must not be one that saves a file, or notes something."""
    page = visit().get()

    for key in keys(page):
        assert re.findall(r'name="do" value="(\w+)', section(page, key))[0] == "links", key


def test_a_form_gets_the_words_that_were_typed(visit: Visit) -> None:
    """As they are, to be pasted."""
    answer = visit().press("form", key="city", text="My own words")

    assert answer.content.decode("utf-8-sig").startswith("My own words")


def test_trials_and_pickets_go_into_a_calendar(visit: Visit) -> None:
    """The page links a file for each that concerns its reader, in the page's language; there are no others."""
    visitor = visit()
    page = visitor.get("?language=ru")
    links = re.findall(r'href="([^"]+\.ics)\?language=ru"', page.text)
    answers = [visitor.get(f"/{link.rpartition('/')[2]}?language=ru") for link in links]
    events = [icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0] for answer in answers]

    assert [link.rpartition("/")[2] for link in links] == ["event-trial.ics", "picket-1.ics"]
    assert {link.partition("/")[0] for link in links} == {visitor.path.removeprefix("/a/")}
    assert {str(event["summary"]).partition(": ")[2] for event in events} == {"Свободу организатору из Алматы"}
    assert answers[0].headers["content-type"] == "text/calendar; charset=utf-8"
    assert answers[0].headers["content-disposition"] == 'attachment; filename="event-trial.ics"'
    assert visit(GALINA).get("/picket-1.ics").status_code == 404
    assert [visitor.get(f"/{name}.ics").status_code for name in ("event-x", "picket-2", "x")] == [404] * 3
    stranger = replace(visitor, path=visitor.path[:-1] + "_")
    assert stranger.get("/event-trial.ics").status_code == 404


def test_a_letter_that_no_font_can_print_is_told(visit: Visit) -> None:
    """The page says what to do instead, and keeps the words."""
    page = visit().press("pdf", key="family", text="ภาษาไทยเขียนด้วยอักษรไทย")

    assert "our fonts lack signs of your letter" in section(page, "family")
    assert "ภาษาไทย" in text_of(section(page, "family"))


def test_letters_that_take_long_keep_no_page_waiting(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many people print at once, all but one of them wait outside the threads that answer the others."""
    visitor, done = visit(), threading.Event()
    monkeypatch.setattr(Documents, "letter", lambda *_: done.wait(30) and b"%PDF-")

    async def flooded() -> tuple[int, set[int]]:
        transport = httpx.ASGITransport(app=visitor.app)
        async with httpx.AsyncClient(transport=transport, base_url="https://a.example") as client:
            pressed = {"do": "pdf", "key": "family", "text": "x"}
            flood = [asyncio.create_task(client.post(visitor.path, data=pressed)) for _ in range(40)]
            await asyncio.sleep(0.5)
            page = await asyncio.wait_for(client.get(visitor.path), 10)
            done.set()
            return page.status_code, {answer.status_code for answer in await asyncio.gather(*flood)}

    assert asyncio.run(flooded()) == (200, {200})


def test_i_have_sent_it_is_noted_once_and_can_be_taken_back(visit: Visit) -> None:
    """The page says what was noted and how to undo it; pressing twice counts once."""
    visitor = visit()
    answers = visitor.installation.answers

    thanks = [visitor.press("sent", key="court") for _ in range(2)]
    assert all("Noted: you have sent this letter. Thank you!" in section(page, "court") for page in thanks)
    assert 'value="undo"' in section(thanks[0], "court")
    assert answers.counts(CASE) == {"court": 1}
    assert "You told us that you have sent this letter" in section(visitor.get(), "court")

    assert "Taken back" in section(visitor.press("undo", key="court"), "court")
    assert answers.counts(CASE).get("court", 0) == 0
    assert 'value="sent"' in section(visitor.get(), "court")


def test_what_was_typed_stays_in_its_box_when_a_letter_is_noted(visit: Visit) -> None:
    """Nobody loses their words by telling us that they sent them."""
    page = visit().press("sent", key="family", subject="Mine", text="My own words")

    assert text_of(section(page, "family")) == "My own words"


def test_not_this_case_ends_its_mails_and_leads_back(visit: Visit) -> None:
    """What waits of this case is cancelled at once; the page offers the way back."""
    visitor = visit()
    assert queued(visitor, ANNA) == 1

    page = visitor.press("decline")

    assert "you get no more mails about this case" in page.text
    assert queued(visitor, ANNA) == 0
    assert queued(visitor, GALINA) == 1
    assert 'value="rejoin"' in visitor.get().text
    assert "you get the mails about this case again" in visitor.press("rejoin").text
    assert 'value="decline"' in visitor.get().text


def test_three_reports_bring_the_fallback(visit: Visit) -> None:
    """Once three supporters say that the prosecutor's address is dead, everybody is shown the ministry."""
    assert "ministry" not in keys(visit(ANNA).get())

    for who in (ANNA, VELI):
        page = visit(who).press("dead email", key="prosecutor")
        assert "Noted: this does not work." in section(page, "prosecutor")
        assert "You told us that this does not work." in section(visit(who).get(), "prosecutor")
    last = visit(GALINA).press("dead email", "?language=en", key="prosecutor")

    assert "Noted: this does not work." in last.text
    for who in (ANNA, GALINA, VELI):
        assert "prosecutor" not in keys(visit(who).get())
        assert "ministry" in keys(visit(who).get())


def test_could_not_get_through_kills_no_number(visit: Visit) -> None:
    """A busy line is told to the organisers and stays on everybody's page."""
    for who in (ANNA, GALINA, VELI):
        visitor = visit(who)
        assert "Noted: you could not get through" in visitor.press("busy phone", "?language=en", key="court").text
    reported = visitor.installation.answers.answers_of(CASE, supporter(visitor.installation, VELI).public_id).reported

    assert reported == {("court", ReportKind.BUSY, "+442079460107")}
    assert 'href="tel:+442079460107"' in visit(ANNA).get().text


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("sent", {"key": "nobody"}),
        ("sent", {}),
        ("dead email", {"key": "court"}),
        ("dead email", {"key": "prosecutor.2"}),
        ("returned email", {"key": "prosecutor"}),
        ("dead fax'; DROP TABLE reports;--", {"key": "court"}),
        ("pdf", {"key": "nobody"}),
        ("eml", {"key": "court"}),
        ("fax", {"key": "family"}),
        ("call", {"key": "family"}),
        ("nonsense", {"key": "court"}),
        ("", {}),
    ],
)
def test_what_the_page_does_not_offer_is_not_noted(visit: Visit, do: str, fields: dict[str, str]) -> None:
    """A made-up target, channel or button changes nothing and is told in plain words."""
    visitor = visit()
    before = everything(visitor.installation)

    page = visitor.press(do, **fields)

    assert page.status_code == 200
    assert ("nothing was noted" in page.text) == bool(do)
    assert everything(visitor.installation) == before


@pytest.mark.parametrize("do", ["sent", "undo", "busy phone", "dead phone", "decline", "rejoin", "links", "pdf"])
def test_the_page_of_a_test_mail_changes_nothing(visit: Visit, do: str) -> None:
    """Who looks after a test mail sees the page, and that it is a test."""
    visitor = visit(TEST_PUBLIC_ID)
    before = everything(visitor.installation)

    assert "This is the page of a test mail" in visitor.get().text
    answer = visitor.press(do, key="court", text="x")

    assert answer.status_code == 200
    assert everything(visitor.installation) == before


def test_a_rehearsal_counts_nothing(visit: Visit) -> None:
    """Links of a rehearsal's mails, which reached no supporter, mute nobody's reminders."""
    visitor = visit()
    with writing(visitor.installation.engine) as connection:
        connection.execute(update(campaigns).values(real_launched_at=None))
    before = everything(visitor.installation)

    assert "This campaign has not begun" in visitor.get().text
    assert "Nothing was noted" in visitor.press("sent", key="court").text
    assert everything(visitor.installation) == before


@pytest.mark.parametrize("purpose", [each for each in Purpose if each is not Purpose.ACTION])
def test_only_its_own_token_opens_the_page(visit: Visit, purpose: Purpose) -> None:
    """A link for leaving or confirming shows no letters, and presses no button."""
    visitor = visit(purpose=purpose)

    assert visitor.get().status_code == 404
    assert visitor.press("sent", key="court").status_code == 404
    assert "This link does not work" in visitor.get().text


def test_who_was_erased_has_no_page(visit: Visit) -> None:
    """The link of an erased supporter is as one that never was."""
    visitor = visit()
    visitor.installation.supporters.erase(ANNA.email, now=NOW)
    before = everything(visitor.installation)

    assert visitor.get().status_code == 404
    assert visitor.press("sent", key="court").status_code == 404
    assert everything(visitor.installation) == before


def test_who_left_still_has_their_letters(visit: Visit) -> None:
    """Leaving ends the mails; a letter that is written all the same counts."""
    visitor = visit()
    visitor.installation.supporters.unsubscribe(ANNA.email)

    assert keys(visitor.get())[0] == "court"
    assert "Thank you!" in visitor.press("sent", key="court").text
    assert visitor.installation.answers.counts(CASE) == {"court": 1}


def close(installation: Installation) -> None:
    """Close the campaign with an outcome, as `mailer close` does."""
    campaign, catalog = installation.campaign(CASE)
    ended = replace(campaign, closing=Closing(Outcome.RELEASED, LocalText({"en": "He is free."})))
    number = installation.campaigns.publish(installation.freezer(catalog).assemble(ended), now=NOW)
    assert number > 1
    installation.campaigns.set_status(CASE, Status.CLOSED, now=NOW)


def test_after_the_end_the_page_says_please_stop_writing(visit: Visit) -> None:
    """The outcome stands where the letters were; nothing on it can be sent, and an answer comes too late."""
    visitor = visit()
    close(visitor.installation)
    page = visitor.get()

    assert "<h1>Please stop writing: Free the Almaty organiser</h1>" in page.text
    assert "He is free." in page.text
    assert "Released" in page.text
    assert keys(page) == []
    assert "mailto:" not in page.text
    assert "<textarea" not in page.text
    assert "takes no answers any more" in visitor.press("sent", key="court").text
    assert visitor.press("pdf", key="court", text="x").headers["content-type"].startswith("text/html")


def test_after_a_stop_the_page_says_so_without_an_outcome(visit: Visit) -> None:
    """Stopped is told at once; the outcome that the file has ready is not, before somebody closes the campaign."""
    visitor = visit()
    visitor.installation.campaigns.set_status(CASE, Status.STOPPED, now=NOW)
    page = visitor.get()

    assert "<h1>Please stop writing:" in page.text
    assert "Please send no more letters in this case" in page.text
    assert "He is free" not in page.text
    assert keys(page) == []


def test_a_paused_campaign_shows_no_letters(visit: Visit) -> None:
    """Who comes meanwhile is asked to wait; who wants nothing of it can still say so."""
    visitor = visit()
    visitor.installation.campaigns.set_status(CASE, Status.PAUSED, now=NOW)
    page = visitor.get()

    assert "This campaign is paused" in page.text
    assert keys(page) == []
    assert 'value="decline"' in page.text


def test_what_no_longer_arrives_is_gone(visit: Visit) -> None:
    """After the trial the court is not written to; after the end nobody is."""
    assert "court" not in keys(visit(now=datetime(2026, 12, 3, 9, 0, tzinfo=UTC)).get())

    over = visit(now=datetime(2026, 12, 20, 9, 0, tzinfo=UTC)).get()
    assert keys(over) == []
    assert "nothing left that would arrive in time" in over.text


def test_safety_decides_what_is_shown(visit: Visit) -> None:
    """Solidarity only in Russia; initials, a note and no field for a name in Turkey."""
    assert keys(visit(OLGA).get()) == ["family"]
    turkish = visit(VELI).get()

    assert "Letters abroad are read." in turkish.text
    assert "V. E." in text_of(section(turkish, "court"))
    assert 'name="sign"' not in turkish.text
    assert 'name="from"' not in turkish.text
    forged = visit(VELI).press("links", key="court", text="Mine\n\nV. E.", sign="Veli Example", was="V. E.")
    assert "Veli Example" not in forged.text


def test_letters_can_be_had_in_their_other_languages(visit: Visit) -> None:
    """The switch changes the letters, not the page; what nobody offers changes nothing."""
    visitor = visit()

    assert "Dear Prosecutor" in text_of(section(visitor.get("?letter=en"), "prosecutor"))
    assert "Уважаемые" in text_of(section(visitor.get("?letter=ru"), "court"))
    assert "The letter, in Russian" in section(visitor.get("?letter=ru"), "court")
    for nonsense in ("xx", "fr", "../../etc", "<script>"):
        assert text_of(section(visitor.get(f"?letter={nonsense}"), "court")) == text_of(section(visitor.get(), "court"))


def test_a_choice_stays_when_a_button_is_pressed(visit: Visit) -> None:
    """Forms answer at the address that they are on, with webmail and language as chosen."""
    page = visit().press("sent", "?mail=gmail&letter=ru&language=de", key="court")

    assert '<html lang="de"' in page.text
    assert "https://mail.google.com/mail/?extsrc=mailto&amp;url=" in section(page, "family")
    assert "Уважаемые" in text_of(section(page, "court"))


@pytest.mark.parametrize(
    "subject", ["x\r\nBcc: evil@x.example", "=?utf-8?b?DQpCY2M6IGV2aWxAeC5leGFtcGxl?=", "\x1b[31mx"]
)
def test_a_subject_starts_no_header(visit: Visit, subject: str) -> None:
    """A subject from outside stays one subject, in the draft and in the link."""
    visitor = visit()
    fields = {"key": "family", "subject": subject, "text": "x"}
    draft = message_from_bytes(visitor.press("eml", **fields).content, policy=policy.default)
    (linked,) = mailto(section(visitor.press("links", **fields), "family"))["subject"]

    assert "evil" not in str(draft["Bcc"] or "")
    assert not re.search(r"[\r\n\x1b]|=\?", linked)
    assert draft["Subject"] == linked


def test_a_text_beyond_the_bound_is_told_and_kept(visit: Visit) -> None:
    """20,001 characters are shown back with a word about it; no file is made of them."""
    visitor = visit()
    long = "ж" * 20_001

    for do in ("links", "pdf", "eml"):
        part = section(visitor.press(do, key="family", text=long), "family")
        assert "longer than 20,000 characters" in part
        assert text_of(part) == long
    assert visitor.press("pdf", key="family", text=long[:-1]).content.startswith(b"%PDF-")
    assert visitor.press("links", key="family", text="x" * 300_000).status_code == 413


@pytest.mark.parametrize(
    "payload", ["</textarea><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"]
)
def test_what_is_typed_runs_nowhere(visit: Visit, payload: str) -> None:
    """Markup and template signs come back as text."""
    page = visit().press("links", key="family", subject=payload, text=payload, sign=payload, was="")

    assert payload not in re.sub(r"\{\{ 7\*7 \}\}", "", page.text) or payload.startswith("{{")
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert text_of(section(page, "family")).startswith(payload)


def test_the_page_is_locked_in(visit: Visit) -> None:
    """One style and one script by their hashes, forms to ourselves, nothing loaded, no cookie, no referrer."""
    answer = visit().get("?mail=gmail")
    rules = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))

    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/=]+'", rules["script-src"])
    assert rules["form-action"] == "'self'"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert not re.search(r"\son\w+=|\sstyle=|\ssrc=", answer.text.split("<script>")[0])
    for link in re.findall(r"<a [^>]*https://[^>]*>", answer.text):
        assert 'rel="noreferrer"' in link, link
