"""The pages by which people join, asked over ASGI: the form, the answer that tells nothing, the link of the mail."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape
from sqlalchemy import func, select

from mailer.adapters.store.engine import reading, writing
from mailer.adapters.store.leaving import suppress
from mailer.adapters.store.tables import buckets, deliveries, metadata, signups, supporters
from mailer.core.organisations import Topic
from mailer.core.signups import NETWORK_BURST, SERVICE
from mailer.core.supporters import Consent, PublicId, SuppressionReason
from mailer.core.texts import LocalText
from mailer.core.tokens import Purpose, derive, verify
from mailer.errors import StoreUnavailableError
from mailer.web.pages import create_app
from mailer.web.site import LARGEST_BODY
from mailer.wiring import Installation
from tests.asking import ANNA, START, Ask, Clock, asking, headings, open_home, visible

FORM = "/sign-up?language=en"
READ = timedelta(seconds=20)
TYPED = {
    "email": "new.canary@people.example",
    "name": "Nora Canary",
    "language": "ru",
    "country": "DE",
    "city": "Canaryville",
    "organisation": "Canary Keepers",
    "consent": "yes",
    "website": "",
}
ASKED = "If this address can get mail from us, a message is on its way."


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's form, as a browser sends them."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def fill(ask: Ask, clock: Clock, path: str = FORM, *, peer: str = "203.0.113.7", **changes: str) -> httpx.Response:
    """Open the form, read it, and send it."""
    fields = {**TYPED, **hidden(ask(path).text), **changes}
    clock.wait(READ)
    return ask(path, "POST", data=fields, peer=peer)


def waiting(home: Installation) -> int:
    """Return how many sign-ups there are."""
    with reading(home.engine) as connection:
        return connection.scalar(select(func.count()).select_from(signups)) or 0


def everything(home: Installation) -> list[object]:
    """Return every row of every table."""
    with reading(home.engine) as connection:
        return [connection.execute(select(table)).all() for table in metadata.sorted_tables]


def confirm_link(home: Installation, clock: Clock) -> str:
    """Admit the one sign-up that waits, and return the path of its mail's link."""
    home.sign_ups.tick(rehearsal=False, now=clock())
    service = [record.row for record in home.campaigns.mailings(SERVICE)]
    with reading(home.engine) as connection:
        ids = connection.scalars(select(deliveries.c.id).where(deliveries.c.mailing.in_(service))).all()
    (public_id,) = home.signups_store.public_ids(ids).values()
    return f"/confirm/{derive(home.token_key, Purpose.CONFIRM, '', public_id)}"


def test_a_stranger_joins(home: Installation, clock: Clock) -> None:
    """From the form by the mail's link to the list, with all that was typed, and what was agreed to as it was shown."""
    ask = asking(home)
    shown = visible(ask("/sign-up?language=de").text)

    answer = fill(ask, clock, "/sign-up?language=de")
    link = confirm_link(home, clock)
    asked, joined = ask(link), ask(link, "POST")

    standing = home.supporters.standing(TYPED["email"])
    assert (answer.status_code, asked.status_code, joined.status_code) == (200, 200, 200)
    assert standing.supporter is not None
    assert standing.supporter.consent is Consent.CONFIRMED
    assert (standing.supporter.country, standing.supporter.language) == ("DE", "ru")
    person = standing.supporter.person
    assert (person.name, person.city, person.organisation) == ("Nora Canary", "Canaryville", "Canary Keepers")
    assert standing.statement is not None
    assert all(part in shown for part in standing.statement.text.split("\n\n"))
    assert "Ich möchte, dass Example Solidarity Network mir per E-Mail schreibt" in standing.statement.text
    assert standing.statement.sha256 == hashlib.sha256(standing.statement.text.encode()).hexdigest()


def test_the_confirmation_speaks_the_language_that_was_chosen(home: Installation, clock: Clock) -> None:
    """Whatever the browser asks for; and it shows nothing of what was typed."""
    ask = asking(home)
    fill(ask, clock)
    page = ask(confirm_link(home, clock), headers={"Accept-Language": "fr"}).text

    assert '<html lang="ru"' in page
    assert "canary" not in page.lower()
    assert page.count("<form") == page.count("<button") == 1


def test_who_confirms_has_read_what_they_agree_to(home: Installation, clock: Clock) -> None:
    """Another one may have typed their address in: the text that is kept as theirs stands above the button."""
    ask = asking(home)
    fill(ask, clock, "/sign-up?language=de")
    link = confirm_link(home, clock)

    page = ask(link).text
    ask(link, "POST")

    statement = home.supporters.standing(TYPED["email"]).statement
    assert statement is not None
    assert all(part in visible(page).partition("Да, я хочу")[0] for part in statement.text.split("\n\n"))
    assert '<div class="note" lang="de" dir="ltr">' in page


def stand(home: Installation, kind: str) -> str:
    """Make the address of a member, a stranger, somebody suppressed or somebody erased; return it."""
    if kind == "stranger":
        return "stranger@people.example"
    if kind == "suppressed":
        with writing(home.engine) as connection:
            suppress(connection, home.vault.hash_address(ANNA.email), SuppressionReason.COMPLAINT, START)
    if kind == "unsubscribed":
        home.supporters.unsubscribe(ANNA.email)
    if kind == "erased":
        home.supporters.erase(ANNA.email, now=START)
    return ANNA.email


def test_everybody_gets_the_same_answer(home: Installation, clock: Clock) -> None:
    """Byte for byte and header for header, and for each the same one row is written and nothing else."""
    ask, answers, written = asking(home), [], []
    for kind in ("member", "stranger", "unsubscribed", "suppressed", "erased"):
        email = stand(home, kind)
        before = everything(home)
        answers.append(fill(ask, clock, email=email))
        after = everything(home)
        changed = [
            table.name for table, old, new in zip(metadata.sorted_tables, before, after, strict=True) if old != new
        ]
        written.append(changed)

    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {200}
    assert ASKED in visible(answers[0].text)
    assert all(set(names) == {signups.name, buckets.name} for names in written)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.example, c@d.example"}, "email"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "email"),
        ({"country": ""}, "country"),
        ({"country": "ZZ"}, "country"),
        ({"name": "x" * 101}, "name"),
        ({"name": "Nora\x1b[31m"}, "name"),
        ({"name": "=?utf-8?q?x?="}, "name"),
        ({"city": "\u202eelliv"}, "city"),
        ({"organisation": "a\nb"}, "organisation"),
        ({"consent": ""}, "consent"),
        ({"version": "0" * 64}, "consent"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(
    home: Installation, clock: Clock, changes: dict[str, str], field: str
) -> None:
    """The form comes back with what was typed, the wrong field is marked and told, and nothing was kept."""
    answer = fill(asking(home), clock, **changes)

    wrong = re.findall(r'<p class="wrong" id="(\w+)-wrong">', answer.text)
    assert (answer.status_code, wrong) == (422, [field])
    assert re.search(rf'id="{field}"[^>]* aria-invalid="true" aria-describedby="{field}-wrong', answer.text)
    assert answer.text.count(' aria-invalid="true"') == 1
    assert field == "city" or 'value="Canaryville"' in answer.text
    assert field == "country" or "<option value=DE selected>" in answer.text
    assert '<option value="ru" lang="ru" selected>' in answer.text
    assert waiting(home) == 0


def test_a_corrected_form_goes_through_at_once(home: Installation, clock: Clock) -> None:
    """Who mends a slip in two seconds is no machine: the form was shown long before."""
    ask = asking(home)
    wrong = fill(ask, clock, email="new.canary@people")
    clock.wait(timedelta(seconds=1))

    answer = ask(FORM, "POST", data={**TYPED, **hidden(wrong.text)})

    assert ASKED in answer.text
    assert waiting(home) == 1


@pytest.mark.parametrize(
    "payload", ['"><script>alert(1)</script>', "' onfocus=alert(1) x='", "{{ 7 * 7 }}", "</select>"]
)
def test_what_was_typed_comes_back_as_text(home: Installation, clock: Clock, payload: str) -> None:
    """In every field, nothing of it runs, and the page has as many elements as ever."""
    names = ("email", "name", "language", "country", "city", "organisation", "version")
    ask = asking(home)

    answer = fill(ask, clock, **dict.fromkeys(names, payload))

    assert answer.status_code == 422
    assert answer.text.count(f'value="{escape(payload)}"') == 4
    assert "<script" not in answer.text
    for tag in ("</select>", "<input", "<form", "<option"):
        assert answer.text.count(tag) == ask(FORM).text.count(tag)


@pytest.mark.parametrize(
    "changes",
    [
        {"website": "https://spam.example"},
        {"stamp": ""},
        {"stamp": "A" * 34},
        {"stamp": "x" * 5000},
    ],
)
def test_a_machine_gets_the_same_answer_and_is_dropped(
    home: Installation, clock: Clock, changes: dict[str, str]
) -> None:
    """Who fills in what nobody sees, or sends a form that we never showed, learns nothing."""
    ask = asking(home)
    by_hand = fill(ask, clock, email="by.hand@people.example")

    answer = fill(ask, clock, **changes)

    assert (answer.status_code, answer.content) == (200, by_hand.content)
    assert waiting(home) == 1


@pytest.mark.parametrize(
    ("wait", "kept"),
    [
        (timedelta(seconds=2), 0),
        (timedelta(seconds=3), 1),
        (timedelta(hours=24), 1),
        (timedelta(hours=24, seconds=1), 0),
    ],
)
def test_a_form_counts_from_three_seconds_to_a_day(
    home: Installation, clock: Clock, wait: timedelta, kept: int
) -> None:
    """No sooner than anybody can read it, and no later than a page that was left open."""
    ask = asking(home)
    fields = hidden(ask(FORM).text)
    clock.wait(wait)

    answer = ask(FORM, "POST", data={**TYPED, **fields})

    assert ASKED in answer.text
    assert waiting(home) == kept


def test_a_token_of_another_kind_is_no_stamp(home: Installation, clock: Clock) -> None:
    """Who has a link of ours cannot make a machine look like a person with it."""
    moment = int(clock().timestamp() * 1000).to_bytes(8, "big")
    stamp = derive(home.token_key, Purpose.UNSUBSCRIBE, "", PublicId(moment))

    fill(asking(home), clock, stamp=stamp)

    assert waiting(home) == 0


def test_a_campaign_s_page_begins_a_sign_up(home: Installation) -> None:
    """Its one field leads to the whole form, with the address filled in; nothing is kept on the way."""
    ask = asking(home)
    page = ask("/c/jailing-2010").text
    action = re.search(r'<form method="post" action="([^"]+)">', page)
    assert action is not None

    answer = ask(action[1], "POST", data={**hidden(page), "email": TYPED["email"]})

    assert answer.status_code == 200
    assert f'value="{TYPED["email"]}"' in answer.text
    assert 'class="wrong"' not in answer.text
    assert waiting(home) == 0


def offer_topics(home: Installation) -> None:
    """Let the organiser offer two topics."""
    _, catalog = home.campaign("jailing-2010")
    assert catalog.organisation is not None
    topics = (
        Topic("strikes", LocalText({"en": "Strikes", "ru": "Забастовки"})),
        Topic("evictions", LocalText({"en": "Evictions & <rents>"})),
    )
    home.publish_service(replace(catalog, organisation=replace(catalog.organisation, topics=topics)), lambda _: None)


def test_topics_are_chosen_from_those_that_are_offered(home: Installation, clock: Clock) -> None:
    """Each by its name; what nobody offers is not taken, and a choice survives a mistake elsewhere."""
    offer_topics(home)
    ask = asking(home)
    page = ask(FORM).text
    fields: dict[str, Any] = {**TYPED, **hidden(page), "topic": ["evictions", "secret-tag"]}
    clock.wait(READ)

    wrong = ask(FORM, "POST", data={**fields, "email": "x"}).text
    ask(FORM, "POST", data=fields)
    ask(confirm_link(home, clock), "POST")

    assert "Evictions &amp; &lt;rents&gt;" in page
    assert '<input type="checkbox" name="topic" value="evictions" checked>' in wrong
    assert '<input type="checkbox" name="topic" value="strikes">' in wrong
    found = home.supporters.standing(TYPED["email"]).supporter
    assert found is not None
    assert found.person.tags == ("evictions",)


def test_a_network_that_sends_too_many_is_told_to_wait(home: Installation, clock: Clock) -> None:
    """Nobody else has to: their networks are counted apart, and nothing of what was too much is kept."""
    ask = asking(home)
    page = hidden(ask(FORM).text)
    clock.wait(READ)

    def send(number: int, peer: str) -> httpx.Response:
        return ask(FORM, "POST", data={**TYPED, **page, "email": f"p{number}@people.example"}, peer=peer)

    answers = [send(number, f"203.0.113.{number}") for number in range(NETWORK_BURST + 3)]

    assert [answer.status_code for answer in answers] == [200] * NETWORK_BURST + [429] * 3
    assert answers[-1].headers["retry-after"] == "3600"
    assert headings(answers[-1].text) == ["Please try again in an hour"]
    assert waiting(home) == NETWORK_BURST
    assert send(99, "198.51.100.1").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "statuses"),
    [("", [200, 429]), ("127.0.0.1", [200, 200])],
    ids=["of nobody", "of ours"],
)
def test_a_network_is_that_which_a_trusted_proxy_names(
    home: Installation, clock: Clock, proxies: str, statuses: list[int]
) -> None:
    """X-Forwarded-For counts only from a server that the operator named; else all who pass it share one limit."""
    told = open_home(home.settings.base, clock, MAILER_TRUSTED_PROXIES=proxies)
    ask = asking(told)
    page = hidden(ask(FORM).text)
    clock.wait(READ)

    def send(number: int) -> int:
        headers = {"X-Forwarded-For": f"192.0.2.1, 203.0.{number}.1"}
        data = {**TYPED, **page, "email": f"p{number}@people.example"}
        return ask(FORM, "POST", data=data, peer="127.0.0.1", headers=headers).status_code

    answers = [send(number) for number in range(NETWORK_BURST + 1)]
    told.engine.dispose()

    assert [answers[0], answers[-1]] == statuses


def test_a_client_cannot_leave_its_network_by_a_lie(home: Installation, clock: Clock) -> None:
    """Behind a trusted proxy a client that writes a new address into the header each time is counted as one."""
    told = open_home(home.settings.base, clock, MAILER_TRUSTED_PROXIES="127.0.0.1")
    ask = asking(told)
    page = hidden(ask(FORM).text)
    clock.wait(READ)

    def send(number: int) -> int:
        headers = {"X-Forwarded-For": f"198.51.{number}.1, 203.0.113.7"}
        data = {**TYPED, **page, "email": f"p{number}@people.example"}
        return ask(FORM, "POST", data=data, peer="127.0.0.1", headers=headers).status_code

    statuses = [send(number) for number in range(NETWORK_BURST + 1)]
    told.engine.dispose()

    assert statuses == [200] * NETWORK_BURST + [429]


def test_many_who_sign_up_at_once_are_all_kept(home: Installation, clock: Clock) -> None:
    """Each gets its answer once it is durable, and they wait for few commits together."""
    ask, app = asking(home), create_app(home)
    page = hidden(ask(FORM).text)
    clock.wait(READ)

    async def send(number: int) -> int:
        transport = httpx.ASGITransport(app=app, client=(f"198.51.{number}.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="https://a.example") as client:
            data = {**TYPED, **page, "email": f"p{number}@people.example"}
            return (await client.post(FORM, data=data)).status_code

    async def all_of_them() -> list[int]:
        return await asyncio.gather(*(send(number) for number in range(60)))

    assert set(asyncio.run(all_of_them())) == {200}
    assert waiting(home) == 60


def test_a_sign_up_that_was_not_kept_is_not_claimed(
    home: Installation, clock: Clock, capfd: pytest.CaptureFixture[str]
) -> None:
    """A database that is away is told as our fault, and the log holds nothing of the form."""

    class Away:
        def take_all(self, arrivals: object) -> list[bool]:
            raise StoreUnavailableError(f"away while keeping {TYPED['email']}")

    home.__dict__["sign_ups"] = Away()
    answer = fill(asking(home), clock)

    told = capfd.readouterr()
    assert answer.status_code == 503
    assert "nothing has changed" in answer.text
    assert "StoreUnavailableError" in told.err
    assert "canary" not in (told.out + told.err + answer.text).lower()


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_looking_confirms_nobody(home: Installation, clock: Clock, method: str) -> None:
    """A scanner that follows the link of the mail three times leaves everything as it was; then the button works."""
    ask = asking(home)
    fill(ask, clock)
    link = confirm_link(home, clock)
    before = everything(home)

    statuses = {ask(link, method).status_code for _ in range(3)}

    assert statuses == {405 if method == "OPTIONS" else 200}
    assert everything(home) == before
    assert headings(ask(link, "POST").text) == ["Вы в списке"]


def test_a_link_confirms_once(home: Installation, clock: Clock) -> None:
    """The second time it says so, and says what that means; nothing changes any more."""
    ask = asking(home)
    fill(ask, clock)
    link = confirm_link(home, clock)
    ask(link, "POST")
    before = everything(home)

    answers = [ask(link), ask(link, "POST")]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert all("you are on the list, and there is nothing more to do" in answer.text for answer in answers)
    assert everything(home) == before


def test_a_link_is_good_for_a_week(home: Installation, clock: Clock) -> None:
    """A mail that is found later asks to sign up once more."""
    ask = asking(home)
    fill(ask, clock)
    link = confirm_link(home, clock)
    clock.wait(timedelta(days=7, seconds=1))

    answer = ask(link, "POST")

    assert answer.status_code == 410
    assert 'href="/sign-up"' in answer.text
    found = home.supporters.standing(TYPED["email"]).supporter
    assert found is None or found.consent is Consent.UNCONFIRMED


def wrong_links(home: Installation, link: str) -> list[str]:
    """Return links that look nearly right."""
    token = link.removeprefix("/confirm/")
    own = verify(token, Purpose.CONFIRM, "", home.ring.token_keys)
    purposes = [derive(home.token_key, purpose, "", own) for purpose in Purpose if purpose is not Purpose.CONFIRM]
    cut = [token[:-1], token + "A", token.swapcase(), token + "==", "A" * 34, "%00", "ä", "x" * 5000]
    return [f"/confirm/{each}" for each in (*purposes, *cut, derive(home.token_key, Purpose.CONFIRM, "case", own))]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_or_foreign_link_confirms_nobody(home: Installation, clock: Clock, method: str) -> None:
    """A token for anything else, of a campaign, cut or changed is told to be none; nothing changes."""
    ask = asking(home)
    fill(ask, clock)
    links = wrong_links(home, confirm_link(home, clock))
    before = everything(home)

    answers = [ask(link, method) for link in links]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert everything(home) == before


def test_who_is_erased_meanwhile_is_not_brought_back(home: Installation, clock: Clock) -> None:
    """The link of somebody erased is used up; only a new sign-up of their own lifts the bar."""
    ask = asking(home)
    fill(ask, clock)
    link = confirm_link(home, clock)
    home.supporters.erase(TYPED["email"], now=clock())

    answer = ask(link, "POST")

    assert answer.status_code == 410
    assert home.supporters.standing(TYPED["email"]).supporter is None


def test_a_fault_while_confirming_says_that_nothing_has_changed(home: Installation, clock: Clock) -> None:
    """And that is so: the link still works afterwards."""
    ask = asking(home)
    fill(ask, clock)
    link = confirm_link(home, clock)
    own = home.sign_ups

    class Failing:
        def find(self, token: str, **named: Any) -> object:
            return own.find(token, **named)

        def confirm(self, token: str, **_: Any) -> object:
            raise StoreUnavailableError("away")

    home.__dict__["sign_ups"] = Failing()
    failed = ask(link, "POST")
    home.__dict__["sign_ups"] = own

    assert failed.status_code == 503
    assert ask(link, "POST").status_code == 200


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"x" * (LARGEST_BODY + 1), 413),
        (b"&".join(b"a=b" for _ in range(200)), 400),
        (b"\xff\xfe=\x00", 400),
        (b'{"email": "a@b.example"}', 422),
        (b"email=%FF%FE&consent=yes", 422),
    ],
)
def test_a_form_that_is_none_is_refused(home: Installation, content: bytes, status: int) -> None:
    """Too large, too many fields, or something else altogether: nothing is kept."""
    assert asking(home)(FORM, "POST", content=content).status_code == status
    assert waiting(home) == 0


@pytest.fixture(scope="module")
def shared(launched: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """A way to send many forms to one installation."""
    folder = tmp_path_factory.mktemp("shared") / "home"
    shutil.copytree(launched, folder)
    installation = open_home(folder, Clock())
    yield asking(installation)
    installation.engine.dispose()


@settings(max_examples=40, deadline=None)
@given(
    fields=st.dictionaries(
        st.sampled_from([*TYPED, "stamp", "version", "topic", "begin", "x"]),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
    )
)
def test_no_form_is_an_error_of_ours(shared: Ask, fields: dict[str, str]) -> None:
    """Whatever is typed is taken, or told to be wrong."""
    assert shared(FORM, "POST", data=fields).status_code in (200, 422)


@pytest.mark.parametrize("path", [FORM, "/confirm/cut"])
def test_these_pages_are_for_no_search_engine_and_in_no_frame(home: Installation, path: str) -> None:
    """No cookie, no redirect, nothing kept by the browser, and no word to other sites."""
    answer = asking(home)(path)

    assert answer.headers["x-robots-tag"] == "noindex"
    assert 'content="noindex, nofollow"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert not {"set-cookie", "location", "refresh"} & set(answer.headers)


def test_without_a_public_address_nobody_can_sign_up(home: Installation) -> None:
    """No mail could hold a link: the page says whom to write to, and takes no form."""
    local = open_home(home.settings.base, Clock(), MAILER_PUBLIC_URL="")
    ask = asking(local)
    shown, sent = ask(FORM), ask(FORM, "POST", data=TYPED)
    local.engine.dispose()

    assert "To join the list, write to office@solidarity.example" in visible(shown.text)
    assert "<form" not in shown.text + sent.text
    assert waiting(home) == 0


def test_what_was_typed_is_nowhere_in_clear(home: Installation, clock: Clock) -> None:
    """Neither in the database's files nor in the addresses of pages; and a network stands there as a hash."""
    fill(asking(home), clock)
    file = home.database_file
    assert file is not None
    content = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*")).lower()

    with reading(home.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(supporters)) == 1
    assert waiting(home) == 1
    for word in (b"new.canary", b"nora", b"canaryville", b"203.0.113"):
        assert word not in content
