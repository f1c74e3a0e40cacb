"""The pages for supporters, asked over ASGI as browsers, scanners and mail providers ask them."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import random
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from mailer.adapters.store.engine import reading, truncate_log
from mailer.adapters.store.tables import deliveries, supporters
from mailer.core.enrolment import Applicant
from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.supporters import Consent, PublicId
from mailer.core.tokens import Purpose, TokenKey, derive
from mailer.errors import ConfigurationError, StoreError
from mailer.flows.outbox import Intent
from mailer.settings import read_settings
from mailer.web.pages import create_app
from mailer.web.site import LARGEST_BODY
from mailer.wiring import Installation
from tests.homes import CASE, furnish, installed, launch, send, supporter

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ANNA = Applicant("anna.canary@people.example", name="Anna Canary", language="en", country="GB")
GALINA = Applicant("galina@people.example", name="Галина Пример", language="ru", country="DE")
QUENTIN = Applicant("quentin@people.example", name="Quentin Exemple", language="fr-CA", country="CA")
ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

Ask = Callable[..., httpx.Response]


def at(folder: Path, **variables: str) -> Installation:
    """Return the installation of a folder, at a time that stands still."""
    return installed(folder, lambda: NOW, MAILER_PUBLIC_URL="https://a.example", **variables)


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with three supporters whose alerts are queued, once."""
    folder = tmp_path_factory.mktemp("launched")
    furnish(folder)
    installation = at(folder)
    launch(installation, ANNA, GALINA, QUENTIN, rehearsal=True)
    truncate_log(installation.engine)
    installation.engine.dispose()
    return folder


@pytest.fixture
def home(launched: Path, tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own for one test, with three alerts that wait for a sender."""
    shutil.copytree(launched, tmp_path / "home")
    installation = at(tmp_path / "home")
    yield installation
    if "engine" in vars(installation):
        installation.engine.dispose()


def asking(installation: Installation) -> Ask:
    """A way to send one request to the pages; what they let through would be raised."""
    app = create_app(installation)

    def ask(path: str, method: str = "GET", **options: object) -> httpx.Response:
        async def request() -> httpx.Response:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="https://a.example") as client:
                return await client.request(method, path, **options)

        return asyncio.run(request())

    return ask


def link(
    installation: Installation, public_id: PublicId, purpose: Purpose = Purpose.UNSUBSCRIBE, case: str = ""
) -> str:
    """Return the path of somebody's link."""
    return f"/u/{derive(installation.token_key, purpose, case, public_id)}"


def leaving(installation: Installation, applicant: Applicant = ANNA) -> str:
    """Return the path that a supporter leaves by."""
    return link(installation, supporter(installation, applicant).public_id)


def everything(installation: Installation) -> list[tuple[object, ...]]:
    """Return every supporter's row and every delivery's, to be compared."""
    with reading(installation.engine) as connection:
        rows = [connection.execute(select(table).order_by(table.c.id)).all() for table in (supporters, deliveries)]
    return [tuple(row) for table in rows for row in table]


def states(installation: Installation) -> dict[str, list[str]]:
    """Return the states of everybody's deliveries."""
    found = {}
    for applicant in (ANNA, GALINA, QUENTIN):
        who = deliveries.c.supporter_id == supporter(installation, applicant).id
        with reading(installation.engine) as connection:
            found[applicant.email] = list(connection.execute(select(deliveries.c.state).where(who)).scalars())
    return found


def test_nothing_is_opened_before_the_first_request(tmp_path: Path) -> None:
    """Making the app reads no key, no template and no database; a process that is alive says so without them."""
    ask = asking(at(tmp_path))

    assert ask("/livez").text == "alive\n"
    assert list(tmp_path.iterdir()) == []


def test_a_public_address_without_tls_is_refused_before_any_letter(tmp_path: Path) -> None:
    """Mail providers take no one-click link without TLS, so no letter could be composed with one."""
    with pytest.raises(ConfigurationError, match="https://"):
        read_settings({"HOME": str(tmp_path), "MAILER_PUBLIC_URL": "http://act.example.org"}, tmp_path)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_changes_nothing(home: Installation, method: str) -> None:
    """A scanner that follows the link three times leaves everything as it was, and the button still works."""
    ask, path, before = asking(home), leaving(home), everything(home)

    answers = [ask(path, method) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {405 if method == "OPTIONS" else 200}
    assert everything(home) == before
    assert ask(path, "POST", content=ONE_CLICK, headers=FORM).status_code == 200
    assert supporter(home, ANNA).consent is Consent.UNSUBSCRIBED


def test_the_page_shows_one_button_and_says_that_nothing_has_changed(home: Installation) -> None:
    """The button sends a POST to the address that the page has."""
    page = asking(home)(leaving(home)).text

    assert page.count("<form") == page.count("<button") == page.count('method="post"') == 1
    assert "Nothing has changed yet" in page
    assert "Example Solidarity Network" in page
    assert "canary" not in page.lower()


@pytest.mark.parametrize(
    "options",
    [
        {"content": ONE_CLICK, "headers": FORM},
        {"files": {"List-Unsubscribe": (None, "One-Click")}},
        {"content": ""},
        {"content": b"\x00\xff{]" * 1000, "headers": {"Content-Type": "application/json"}},
        {"content": "redirect=https://evil.example&email=other@people.example", "headers": FORM},
        {"content": b"x" * LARGEST_BODY},
    ],
    ids=["one-click", "form-data", "empty", "garbage", "tempting", "largest"],
)
def test_a_post_ends_consent_whatever_it_holds(home: Installation, options: dict[str, object]) -> None:
    """200 at once, no redirect and no cookie; twice is as once, and only this supporter's letters are held."""
    ask, path = asking(home), leaving(home)

    answers = [ask(path, "POST", **options) for _ in range(2)]

    for answer in answers:
        assert (answer.status_code, answer.history) == (200, [])
        assert not {"location", "set-cookie", "refresh"} & set(answer.headers)
        assert "You have left the list" in answer.text
    assert answers[0].text == answers[1].text
    assert [supporter(home, each).consent for each in (ANNA, GALINA)] == [Consent.UNSUBSCRIBED, Consent.CONFIRMED]
    assert states(home) == {ANNA.email: ["suppressed"], GALINA.email: ["queued"], QUENTIN.email: ["queued"]}


def test_the_goodbye_has_a_way_back_that_the_link_itself_is_none_of(home: Installation) -> None:
    """It leads to the form that everybody joins by: the link of a mail can only end consent."""
    goodbye = asking(home)(leaving(home), "POST", content=ONE_CLICK, headers=FORM).text

    assert goodbye.count("<form") == 0
    assert re.search(r'<a class="button second" href="/">Sign up again</a>', goodbye)
    assert supporter(home, ANNA).consent is Consent.UNSUBSCRIBED


def test_leaving_is_in_force_for_a_letter_that_a_sender_holds_already(home: Installation) -> None:
    """Between claim and intent the POST still wins: the intent is refused, the others' are granted."""
    held = home.outbox.claim(worker="w", limit=10, rehearsal=True, now=NOW)
    asking(home)(leaving(home), "POST", content=ONE_CLICK, headers=FORM)

    granted = home.outbox.commit([Intent(each, NOW, home.token_key.id, 1) for each in held], (), now=NOW)

    left = {each.id for each in held if each.supporter_id == supporter(home, ANNA).id}
    assert len(held) == 3
    assert len(left) == 1
    assert granted == {each.id for each in held} - left


def test_the_next_letter_goes_to_everybody_else(home: Installation) -> None:
    """After the POST a whole run of the sender writes to the two who stayed."""
    asking(home)(leaving(home), "POST", content=ONE_CLICK, headers=FORM)

    send(home, rehearsal=True)

    mails = [file.read_bytes() for file in (home.settings.base / "var" / "mail").rglob("*.eml")]
    assert len(mails) == 2
    assert not any(ANNA.email.encode() in mail for mail in mails)


def test_the_button_s_page_of_somebody_erased_tells_nothing(home: Installation) -> None:
    """Who has a link of an erased person learns only what everybody with a link learns."""
    ask, path = asking(home), leaving(home)
    known = {method: ask(path, method).text for method in ("GET", "POST")}
    home.supporters.erase(ANNA.email, now=NOW)
    before = everything(home)

    assert {method: ask(path, method).text for method in ("GET", "POST")} == known
    assert ask(path, "POST").status_code == 200
    assert everything(home) == before


def wrong_links(home: Installation) -> list[str]:
    """Return links that look nearly right."""
    good, anna = leaving(home), supporter(home, ANNA).public_id
    other = derive(home.token_key, Purpose.UNSUBSCRIBE, "", supporter(home, GALINA).public_id)
    purposes = [link(home, anna, purpose) for purpose in Purpose if purpose is not Purpose.UNSUBSCRIBE]
    forged = [
        good[:-1],
        f"{good}A",
        f"/u/{good[3:].swapcase()}",
        good[:20] + other[17:],
        f"{good}==",
        f"{good}%0A",
        "/u/" + "A" * 34,
    ]
    keys = [TokenKey(home.token_key.id, b"x" * 32), TokenKey(9, home.token_key.secret)]
    foreign = [f"/u/{derive(key, Purpose.UNSUBSCRIBE, '', anna)}" for key in keys]
    return [*purposes, link(home, anna, case=CASE), *foreign, *forged, "/u/%00", "/u/ä", "/u/" + "x" * 5000]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_cut_or_foreign_token_is_404_and_changes_nothing(home: Installation, method: str) -> None:
    """A token for anything else, of a campaign, cut, longer, in other letters or put together opens nothing."""
    ask, before = asking(home), everything(home)

    answers = [ask(path, method) for path in wrong_links(home)]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "This link does not work" in answers[0].text
    assert "office@solidarity.example" in answers[0].text
    assert everything(home) == before


def test_a_thousand_guesses_are_all_wrong(home: Installation) -> None:
    """Random tokens, half of them with the right key and person, leave everybody on the list."""
    app, before, chance = create_app(home), everything(home), random.Random(1)
    begun = bytes([home.token_key.id]) + supporter(home, ANNA).public_id
    raw = [(begun if n % 2 else chance.randbytes(9)) + chance.randbytes(16) for n in range(1000)]
    tokens = [base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in raw]

    async def guess() -> set[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="https://a.example") as client:
            return {(await client.post(f"/u/{token}")).status_code for token in tokens}

    assert asyncio.run(guess()) == {404}
    assert everything(home) == before


def test_the_link_of_a_test_mail_says_so(home: Installation) -> None:
    """Organisers see the page that supporters see, and pressing its button changes nothing for anybody."""
    ask, before, path = asking(home), everything(home), link(home, TEST_PUBLIC_ID)

    shown, pressed = ask(path), ask(path, "POST", content=ONE_CLICK, headers=FORM)

    assert shown.text.count("<button") == 1
    assert (shown.status_code, pressed.status_code) == (200, 200)
    for page in (shown.text, pressed.text):
        assert "This was a test mail" in page
        assert "The links in a test mail change nothing." in page
    assert everything(home) == before


@pytest.mark.parametrize("path", ["own", "/u/cut"])
def test_a_body_is_read_up_to_a_bound(home: Installation, path: str) -> None:
    """More than 64 KB is refused and changes nothing; of a wrong link nothing is read at all."""
    before = everything(home)
    asked: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        for number in range(1000):
            asked.append(number)
            yield b"x" * 4096

    answer = asking(home)(leaving(home) if path == "own" else path, "POST", content=endless())

    assert answer.status_code == (413 if path == "own" else 404)
    assert everything(home) == before
    assert len(asked) <= 20 or path != "own"


def test_methods_that_are_not_known_are_refused_with_those_that_are(home: Installation) -> None:
    """405 names what the address takes, and the page blames nobody."""
    answer = asking(home)(leaving(home), "DELETE")

    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    assert "The fault is ours" not in answer.text


@pytest.mark.parametrize("path", ["own", "/u/cut", "/nothing", "/p/cut"])
def test_every_page_is_locked_in(home: Installation, path: str) -> None:
    """Only the one style element of the page, by its hash; nothing kept, nothing told to others, in no frame."""
    answer = asking(home)(leaving(home) if path == "own" else path)
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    policy = answer.headers["content-security-policy"]

    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert {"form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} < set(policy.split("; "))
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    assert not re.search(r"<script|<img|<link|https?:", answer.text)


@pytest.mark.parametrize(
    ("applicant", "accepted", "language"),
    [
        (GALINA, "de", "ru"),
        (QUENTIN, "", "fr"),
        (ANNA, "de,ru;q=0.5", "en"),
        (None, "de-AT, fr;q=0.8", "de"),
        (None, "sv, fr;q=0.8", "fr"),
        (None, "*", "en"),
        (None, "", "en"),
        (None, "x" * 5000, "en"),
    ],
)
def test_a_page_speaks_the_reader_s_language(
    home: Installation, applicant: Applicant | None, accepted: str, language: str
) -> None:
    """The supporter's own language, else what the browser asks for, else English."""
    path = leaving(home, applicant) if applicant else "/u/cut"

    page = asking(home)(path, headers={"Accept-Language": accepted}).text

    assert f'<html lang="{language}" dir="ltr">' in page


def test_before_the_first_launch_the_organisation_is_that_of_the_file(tmp_path: Path) -> None:
    """The link of a test mail works when nothing is published yet; what is published later wins."""
    furnish(tmp_path)
    fresh = at(tmp_path)
    try:
        assert (
            "After that, Example Solidarity Network writes to you no more."
            in asking(fresh)(link(fresh, TEST_PUBLIC_ID)).text
        )
        (tmp_path / "campaigns.yaml").write_text("version: 1\n", encoding="utf-8")
        assert asking(fresh)(link(fresh, TEST_PUBLIC_ID)).status_code == 200
    finally:
        fresh.engine.dispose()


@pytest.mark.parametrize("path", ["own", "/livez", "/readyz", "/u/cut"])
def test_head_is_answered_like_get(home: Installation, path: str) -> None:
    """Probes that ask for the head alone get the same status and headers."""
    ask = asking(home)
    url = leaving(home) if path == "own" else path

    head, got = ask(url, "HEAD"), ask(url)

    assert head.status_code == got.status_code
    assert dict(head.headers) == dict(got.headers)


def broken(home: Installation) -> Ask:
    """Return the pages of an installation whose database is no database any more."""
    home.engine.dispose()
    file = home.database_file
    assert file is not None
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()
    file.write_bytes(b"this is no database, but it is long enough to be looked at" * 20)
    return asking(at(home.settings.base))


def test_a_broken_database_is_told_and_nothing_is_claimed(
    home: Installation, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not ready, but alive; the page says that nothing has changed; the log has the kind of error and no token."""
    path = leaving(home)
    ask = broken(home)

    answers = [ask("/readyz"), ask(path), ask(path, "POST", content=ONE_CLICK, headers=FORM)]

    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert all("nothing has changed" in answer.text for answer in answers[1:])
    assert all("<h1>That did not work</h1>" in answer.text for answer in answers[1:])
    assert ask("/livez").status_code == 200
    told = capfd.readouterr()
    assert told.err.count("page failed") == 2
    assert "StoreError" in told.err
    assert path.removeprefix("/u/") not in told.out + told.err


def test_an_intact_database_is_ready(home: Installation) -> None:
    """A probe sees that the database answers."""
    assert (asking(home)("/readyz").status_code, asking(home)("/readyz").text) == (200, "ready\n")


@pytest.mark.parametrize(
    "error", [StoreError("Anna Canary"), RuntimeError("anna.canary@people.example"), RecursionError()]
)
def test_an_unexpected_error_becomes_a_page_and_a_line_without_its_words(
    home: Installation, capfd: pytest.CaptureFixture[str], error: Exception
) -> None:
    """Nothing is raised to the server, which would print it; the line tells kind and place, and no value."""
    path = leaving(home)
    canaries = (path.removeprefix("/u/"), "canary", "Traceback")

    class Failing:
        def language_of(self, public_id: PublicId) -> str:
            raise error

    home.__dict__["supporters"] = Failing()
    answer = asking(home)(path, "POST", headers={"Accept-Language": "de"})

    told = capfd.readouterr()
    assert answer.status_code == 503
    assert '<html lang="de"' in answer.text
    assert re.search(rf'"error": "{type(error).__name__}", "where": "test_pages.py:\d+"', told.err)
    assert not any(canary.lower() in (told.out + told.err + answer.text).lower() for canary in canaries)


def test_a_page_that_is_itself_broken_is_told_in_plain_words(home: Installation) -> None:
    """An organiser's own template with an error still leaves supporters an answer."""
    folder = home.settings.base / "own"
    (folder / "pages").mkdir(parents=True)
    for name in ("layout", "error"):
        (folder / "pages" / f"{name}.html.j2").write_text("{{ nonsense }}", encoding="utf-8")
    own = at(home.settings.base, MAILER_TEMPLATES_DIR=str(folder))
    path, before = leaving(home), everything(home)

    answer = asking(own)(path, "POST")
    own.engine.dispose()

    assert (answer.status_code, answer.headers["content-type"]) == (503, "text/plain; charset=utf-8")
    assert "nothing has changed" in answer.text
    assert everything(home) == before


@pytest.fixture(scope="module")
def missing(launched: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """A way to ask one installation for many pages that it does not have."""
    folder = tmp_path_factory.mktemp("missing") / "home"
    shutil.copytree(launched, folder)
    installation = at(folder)
    yield asking(installation)
    installation.engine.dispose()


@settings(max_examples=60, deadline=None)
@given(token=st.text(st.characters(exclude_characters="/?#", exclude_categories=("Cs",)), max_size=60))
def test_any_text_in_place_of_a_token_is_a_wrong_link(missing: Ask, token: str) -> None:
    """No text that somebody puts into the address is an error of ours."""
    assert missing(f"/u/{quote(token, safe='')}").status_code == 404


@pytest.mark.parametrize("path", ["/u/cut/", "/livez/", "//u/cut"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_redirects(home: Installation, path: str, method: str) -> None:
    """A redirect would carry a token to whatever host the request's own header names."""
    answer = asking(home)(path, method, headers={"Host": "evil.example"})

    assert answer.status_code in (404, 405)
    assert "location" not in answer.headers
