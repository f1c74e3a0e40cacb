"""The pages that everybody may open, asked over ASGI: what is running, a campaign, its pickets."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import icalendar
import pytest
from sqlalchemy import select

from mailer.adapters.store.engine import reading
from mailer.adapters.store.tables import metadata
from mailer.core.campaigns import Campaign, Demand, Event, Picket, Status
from mailer.core.retirement import RetiredValue
from mailer.core.texts import LocalText
from mailer.wiring import Installation
from tests.asking import CASE, PUBLIC, START, Clock, asking, headings, open_home, settle, visible

PAGE = f"/c/{CASE}"
LANGUAGES = ("en", "de", "fr", "ru")
MOST_BYTES = 30_000
PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def change(home: Installation, **changes: object) -> Campaign:
    """Publish the campaign once more, with changes."""
    campaign, catalog = home.campaign(CASE)
    changed = replace(campaign, **changes)
    home.publisher(catalog).enter(changed, now=home.clock())
    return changed


def everything(home: Installation) -> list[object]:
    """Return every row of every table."""
    with reading(home.engine) as connection:
        return [connection.execute(select(table)).all() for table in metadata.sorted_tables]


def meta(page: str) -> dict[str, str]:
    """Return the meta elements of a page that name something."""
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page))


def test_a_running_campaign_is_on_the_first_page(home: Installation) -> None:
    """With its country, what is left of its time, and a link to its page; beside it is the form to sign up."""
    answer = asking(home)("/")

    assert answer.status_code == 200
    assert headings(answer.text) == ["Letters are needed now"]
    assert f'<a href="/c/{CASE}?language=en">Free Ainur Kurmanov</a>' in answer.text
    assert "Kazakhstan · 11 days left" in visible(answer.text)
    assert answer.text.count("<form") == 1
    assert 'action="/sign-up?language=en"' in answer.text


def test_a_campaign_s_page_holds_what_a_letter_needs(home: Installation) -> None:
    """Case, demand, deadline, address, subject and the letter itself, which nobody has signed."""
    page = visible(asking(home)(PAGE).text)

    for words in (
        "A court in Almaty has sentenced the journalist",
        "the immediate release of Ainur Kurmanov",
        "Letters are needed until Friday 4 December, 23:59 (London time).",
        "prosecutor@justice.example",
        "Уважаемый господин прокурор",
        "Add your name below the letter.",
        "So that you know what you sign",
        "One letter to each office is enough.",
        "whoever you write to learns its address",
    ):
        assert words in page, words
    assert "Canary" not in page


def test_an_embassy_is_shown_for_the_country_that_is_chosen(home: Installation) -> None:
    """By a form that needs no script; the choice is in the address, where it can be shared, and nowhere else."""
    ask = asking(home)
    before, after = ask(PAGE).text, ask(f"{PAGE}?language=en&country=DE").text

    assert "embassy.example" not in before
    assert '<form method="get"' in before
    assert "berlin@embassy.example" in after
    assert "london@embassy.example" not in after
    assert "Choose another country" in after


@pytest.mark.parametrize(
    ("country", "rule"),
    [
        ("KZ", "For your safety no letters are offered in your country."),
        ("TR", "For safety sign with your initials only"),
    ],
)
def test_the_rules_of_a_country_are_kept(home: Installation, country: str, rule: str) -> None:
    """Before anybody chooses, the page names the countries in which other rules hold."""
    ask = asking(home)

    assert "Other rules hold for your safety in: Kazakhstan, Russia, Türkiye." in visible(ask(PAGE).text)
    page = visible(ask(f"{PAGE}?country={country}").text)
    assert rule in page
    assert "Add your name below the letter" not in page


@pytest.mark.parametrize("country", ["ZZ", "de ", "GBR", "<b>", "%00", "../DE"])
def test_what_is_no_country_is_as_none(home: Installation, country: str) -> None:
    """And is not repeated."""
    page = asking(home)(PAGE, params={"country": country}).text

    assert "Where do you live?" in page
    assert "embassy.example" not in page


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/picket-1.ics"])
def test_before_a_real_launch_there_is_no_page(tmp_path: Path, clock: Clock, path: str) -> None:
    """A rehearsal shows nothing to anybody: the page is like that of a campaign that there never was."""
    settle(tmp_path, clock, rehearsal=True)
    home = open_home(tmp_path, clock)
    ask = asking(home)

    answer, nothing = ask(path), ask("/c/nothing")
    first = ask("/").text
    home.engine.dispose()

    assert answer.status_code == 404
    assert answer.text == nothing.text
    assert headings(first) == ["Nothing is running just now"]
    assert "Kurmanov" not in first


def test_a_campaign_without_anything_public_has_no_page(home: Installation) -> None:
    """Its supporters get their mails; everybody else sees the same page as for a wrong address."""
    campaign, _ = home.campaign(CASE)
    change(home, targets=tuple(replace(each, public=False) for each in campaign.targets))
    ask = asking(home)

    assert ask(PAGE).status_code == 404
    assert ask(PAGE).text == ask("/c/nothing").text
    assert "Kurmanov" not in ask("/").text


def test_what_is_not_public_is_on_no_page(home: Installation) -> None:
    """Neither a hidden target's name and address, nor a hidden picket, nor their files."""
    campaign, _ = home.campaign(CASE)
    hidden = replace(campaign.targets[0], public=False, name=LocalText({"en": "Canary"}), email="canary@b.example")
    at = START + timedelta(days=1)
    picket = Picket(LocalText({"en": "Canary"}), LocalText({"en": "Canary hall"}), at, "Europe/London")
    change(home, targets=(hidden, campaign.targets[1]), pickets=(picket,))
    ask = asking(home)

    paths = ["/", *(f"{PAGE}?language={tag}&country={code}" for tag in LANGUAGES for code in ("", "GB", "DE"))]

    assert not any("canary" in ask(path).text.lower() for path in paths)
    assert ask(f"{PAGE}/picket-1.ics").status_code == 404


def test_a_stopped_campaign_says_so(home: Installation) -> None:
    """No letter, no address, and whoever has a letter left is asked not to send it."""
    home.campaigns.set_status(CASE, Status.STOPPED, now=START)
    ask = asking(home)

    page = visible(ask(PAGE).text)

    assert "This campaign was stopped" in page
    assert "Please send no more letters in this case" in page
    assert not {"prosecutor@justice.example", "sentenced"} & set(page.split())
    assert "Kurmanov" not in ask("/").text


def test_a_closed_campaign_tells_how_it_ended(home: Installation) -> None:
    """The outcome, its words and its statement, and no letter any more."""
    campaign, catalog = home.campaign(CASE)
    assert campaign.closing is not None
    home.publisher(catalog).close(campaign, campaign.closing, now=START)
    ask = asking(home)

    page = visible(ask(PAGE).text)

    assert "Released" in page
    assert campaign.closing.text.text("en").split("\n")[0] in page
    assert "Please send no more letters in this case" in page
    assert "prosecutor@justice.example" not in page
    assert headings(ask("/").text) == ["Nothing is running just now"]


def test_a_held_campaign_asks_to_wait(home: Installation) -> None:
    """An organiser who pauses may have found a wrong address: it is not shown on."""
    home.campaigns.set_status(CASE, Status.PAUSED, now=START)
    page = visible(asking(home)(PAGE).text)

    assert "This campaign is held for the moment." in page
    assert "prosecutor@justice.example" not in page


def test_after_the_deadline_no_letter_is_shown(home: Installation, clock: Clock) -> None:
    """The page stays, and says that the time is over."""
    clock.wait(timedelta(days=11, hours=14))
    ask = asking(home)
    page = visible(ask(PAGE).text)

    assert "The time for letters in this case is over." in page
    assert "prosecutor@justice.example" not in page
    assert headings(ask("/").text) == ["Nothing is running just now"]


def test_an_address_that_was_retired_is_on_no_page(home: Installation) -> None:
    """An official who asked to be left alone is left alone here too, from the next request on."""
    ask = asking(home)
    assert "prosecutor@justice.example" in ask(PAGE).text

    home.answers.retire(RetiredValue("prosecutor@justice.example", "asked for it", START))

    assert "prosecutor@justice.example" not in ask(PAGE).text


def test_the_three_numbers_stand_beside_each_other(home: Installation) -> None:
    """What left, what people say, and what arrived: never added up, and a few are a few."""
    public_id = home.supporters.standing("anna.canary@people.example").supporter.public_id
    home.answers.record(CASE, public_id, "prosecutor", "page", START)

    pairs = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", asking(home)(PAGE).text)

    assert pairs[-3:] == [
        ("Mails that asked people to write", "0"),
        ("Letters that people say they have sent", "a few"),
        ("Copies of letters that reached us", "0"),
    ]


def test_a_picket_goes_into_a_calendar(home: Installation) -> None:
    """As a file with its time, its place and where to read more; the same picket has the same identity."""
    at = START + timedelta(days=3)
    where = LocalText({"en": "Embassy; 1 Square, London", "ru": "Посольство"})
    change(home, pickets=(Picket(LocalText({"en": "Picket", "ru": "Пикет"}), where, at, "Europe/London", public=True),))
    ask = asking(home)

    page = ask(PAGE).text
    answers = [ask(f"{PAGE}/picket-1.ics?language={tag}") for tag in ("en", "ru")]
    events = [icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0] for answer in answers]

    assert f'href="/c/{CASE}/picket-1.ics?language=en"' in page
    assert answers[0].headers["content-type"] == "text/calendar; charset=utf-8"
    assert [str(event["summary"]) for event in events] == [
        "Picket: Free Ainur Kurmanov",
        "Пикет: Свободу Айнуру Курманову",
    ]
    assert events[0].decoded("dtstart") == at
    assert str(events[0]["location"]) == "Embassy; 1 Square, London"
    assert str(events[0]["url"]) == PUBLIC + PAGE
    assert events[0]["uid"] == events[1]["uid"]
    assert all(len(line) <= 75 for line in answers[1].content.split(b"\r\n"))


def test_a_trial_goes_into_a_calendar(home: Installation) -> None:
    """The page links its file, which leads back to the page."""
    at = START + timedelta(days=3)
    change(home, events=(Event("trial", LocalText({"en": "Trial"}), at, "Asia/Almaty"),))
    answer = asking(home)(f"{PAGE}/event-trial.ics")
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")

    assert f'href="/c/{CASE}/event-trial.ics?language=en"' in asking(home)(PAGE).text
    assert answer.headers["content-disposition"] == 'attachment; filename="event-trial.ics"'
    assert (event["dtstart"].dt, str(event["url"])) == (at, PUBLIC + PAGE)
    assert asking(home)(f"{PAGE}/event-other.ics").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "-1", "01x", "%D9%A1", "9" * 30, ""])
def test_a_picket_that_there_is_not_is_missing(home: Installation, number: str) -> None:
    """Whatever stands where its number should be."""
    at = START + timedelta(days=3)
    change(home, pickets=(Picket(LocalText({"en": "Picket"}), LocalText({"en": "Square"}), at, "UTC", public=True),))

    assert asking(home)(f"{PAGE}/picket-{number}.ics").status_code == 404


@pytest.mark.parametrize("path", ["/", PAGE])
def test_a_page_can_be_shared(home: Installation, path: str) -> None:
    """Title, description and address for whoever shows a preview, without a picture from anywhere."""
    answer = asking(home)(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    found = meta(answer.text)

    assert found["og:url"] == PUBLIC + path
    assert found["og:title"] in ("Free Ainur Kurmanov", "Example Solidarity Network")
    assert found["description"] == found["og:description"] != ""
    assert not {"og:image", "robots"} & set(found)
    assert "x-robots-tag" not in answer.headers
    assert "evil" not in answer.text


def test_without_a_public_address_none_is_made_up(home: Installation) -> None:
    """The Host header of a request is no source of links."""
    local = open_home(home.settings.base, Clock(), MAILER_PUBLIC_URL="")
    page = asking(local)(PAGE, headers={"Host": "evil.example"}).text
    local.engine.dispose()

    assert "og:url" not in page
    assert "evil" not in page
    assert '<form method="post"' not in page


class _Sources(HTMLParser):
    """Gathers what a page would load, and what it would run."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.levels: list[int] = []
        self.labelled: set[str] = set()
        self.fields: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        loading = {"src", "srcset", "poster", "background", "style"} | {name for name in given if name.startswith("on")}
        self.loads += [f"{tag} {name}" for name in loading & set(given)]
        if tag in ("link", "img", "iframe", "object", "embed", "base", "script"):
            self.loads.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "label":
            self.labelled.add(given.get("for") or "")
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "checkbox"):
            self.fields.add(given.get("id") or "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", PAGE, f"{PAGE}?country=DE", f"{PAGE}?country=TR", "/sign-up"])
def test_a_page_is_small_locked_in_and_in_order(home: Installation, path: str, language: str) -> None:
    """Under 30 KB; nothing is loaded or run; one style by its hash; headings follow each other; fields are labelled."""
    answer = asking(home)(path, params={**dict(re.findall(r"(\w+)=(\w+)", path)), "language": language})
    sources = _Sources()
    sources.feed(answer.text)
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()

    assert answer.status_code == 200
    assert len(answer.content) < MOST_BYTES
    assert f'<html lang="{language}" dir="ltr">' in answer.text
    assert sources.loads == []
    assert sources.levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(sources.levels, sources.levels[1:], strict=False))
    assert sources.fields <= sources.labelled
    assert answer.headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert not {"set-cookie", "location", "refresh"} & set(answer.headers)


def test_a_page_of_many_offices_stays_small(home: Installation) -> None:
    """A dozen offices are named on one page; the letters that have no room are a link away."""
    campaign, _ = home.campaign(CASE)
    first = campaign.targets[0]
    many = tuple(replace(first, id=f"office-{n}", email=f"office-{n}@justice.example") for n in range(12))
    change(home, targets=(*many, campaign.targets[1]))
    ask = asking(home)

    page = ask(f"{PAGE}?language=ru&country=DE")
    links = re.findall(r'href="(\?[^"]*target=office-11)"', page.text)
    chosen = ask(PAGE + links[0].replace("&amp;", "&"))

    assert max(len(page.content), len(chosen.content)) < MOST_BYTES
    assert page.text.count("<h3>") == 13
    assert "office-11@justice.example" not in page.text
    assert "office-11@justice.example" in chosen.text


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("language=ru", "de", "ru"),
        ("language=RU", "de", "ru"),
        ("language=de-AT", "", "de"),
        ("language=xx", "fr;q=0.9", "fr"),
        ("language=%3Cscript%3E", "", "en"),
        ("language=" + "x" * 3000, "", "en"),
        ("", "de-CH, fr", "de"),
        ("", "", "en"),
    ],
)
def test_the_language_is_the_one_that_was_chosen(home: Installation, query: str, accepted: str, language: str) -> None:
    """On the page before the browser's; what there is none of is as nothing."""
    page = asking(home)(f"{PAGE}?{query}", headers={"Accept-Language": accepted}).text

    assert f'<html lang="{language}"' in page
    assert f'lang="{language}" dir="ltr" aria-current="true"' in page


def test_a_change_of_language_keeps_what_else_was_chosen(home: Installation) -> None:
    """And nothing can be slipped into the links by the address."""
    page = asking(home)(f"{PAGE}?country=DE&language=fr&x=%22%3E%3Cb%3E").text

    assert 'href="?country=DE&amp;x=%22%3E%3Cb%3E&amp;language=ru"' in page


@pytest.mark.parametrize("path", ["/", PAGE, f"{PAGE}?country=DE"])
def test_campaign_texts_are_only_text(home: Installation, path: str) -> None:
    """What an organiser pastes from elsewhere runs in no browser."""
    campaign, _ = home.campaign(CASE)
    text = LocalText({"en": PAYLOAD})
    change(
        home,
        title=text,
        summary=text,
        case=PAYLOAD,
        demands=(Demand("release", text),),
        targets=tuple(replace(each, name=text) for each in campaign.targets),
        pickets=(Picket(text, text, START + timedelta(days=1), "Europe/London", public=True),),
        facts=tuple(replace(fact, text=text) for fact in campaign.facts),
    )
    page = asking(home)(path).text

    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/", PAGE, f"{PAGE}/picket-1.ics", "/c/", "/c/x/y"])
def test_looking_changes_nothing(home: Installation, path: str, method: str) -> None:
    """Whatever is asked of these pages, however often, they write nothing."""
    before = everything(home)
    ask = asking(home)

    statuses = {ask(path, method).status_code for _ in range(2)}

    assert statuses <= {200, 404, 405}
    assert everything(home) == before


def test_a_new_revision_shows_at_once(home: Installation) -> None:
    """A mistake that is mended is mended for everybody who opens the page from then on."""
    ask = asking(home)
    assert "Free Ainur Kurmanov" in ask(PAGE).text

    change(home, title=LocalText({"en": "Free them all"}))

    assert headings(ask(PAGE).text) == ["Free them all"]
