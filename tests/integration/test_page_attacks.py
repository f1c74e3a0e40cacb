"""What does an attacker get out of the pages? No more than a stranger: no list, no other's link, no way elsewhere."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from mailer.adapters.store.engine import writing
from mailer.adapters.store.leaving import suppress
from mailer.core.dated_tokens import scope_of_day, verify_preferences
from mailer.core.enrolment import Applicant
from mailer.core.signups import WINDOW
from mailer.core.supporters import Consent, SuppressionReason
from mailer.core.tokens import Purpose, derive, verify
from mailer.errors import LinkError
from mailer.web.pages import PAGES
from mailer.web.site import LARGEST_BODY, Site
from tests.forms import task_forms
from tests.website import CASE, ENDED, Website, website

ANNA = Applicant("anna@people.example", name="Anna Example", language="en", country="GB", city="London")
BEN = Applicant("ben@people.example", name="Ben Example", language="en", country="GB")
CARL = Applicant("carl@people.example", name="Carl Example", language="en", country="GB")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "get")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Website]:
    """Two campaigns that three supporters were told of."""
    with website(tmp_path) as each:
        _begin(each)
        yield each


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    """The same, for tests that prove that nothing changes."""
    with website(tmp_path_factory.mktemp("shared")) as each:
        _begin(each)
        yield each


def _begin(site: Website) -> None:
    site.enter(ANNA, BEN, CARL)
    site.launch(CASE, ENDED)
    site.live()


def person(standing: str) -> Applicant:
    """Return somebody of whom the list knows this."""
    return Applicant(f"{standing}@people.example", name="Some Body", language="en", country="GB")


def _barred(reason: SuppressionReason) -> Callable[[Website, Applicant], None]:
    """Return what bars an address."""

    def bar(site: Website, who: Applicant) -> None:
        with writing(site.installation.engine) as connection:
            address = site.installation.vault.hash_address(who.email)
            suppress(connection, address, reason, site.clock())

    return bar


def _confirmed_then_left(site: Website, who: Applicant) -> None:
    site.enter(who)
    site.post(site.leaving(who))


def _erased(site: Website, who: Applicant) -> None:
    site.enter(who)
    site.post(f"{site.preferences(who)}/erase")


STANDINGS: dict[str, Callable[[Website, Applicant], object]] = {
    "stranger": lambda _site, _who: None,
    "member": lambda site, who: site.enter(who),
    "left": _confirmed_then_left,
    "erased": _erased,
    "complained": _barred(SuppressionReason.COMPLAINT),
    "bounced": _barred(SuppressionReason.BOUNCED),
    "asked": lambda site, who: (site.sign_up(who), site.live()),
    "waiting": lambda site, who: site.sign_up(who),
}


@contextmanager
def statements(site: Website) -> Iterator[list[str]]:
    """Collect what the database is asked meanwhile."""
    asked: list[str] = []

    def keep(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(site.installation.engine, "before_cursor_execute", keep)
    try:
        yield asked
    finally:
        event.remove(site.installation.engine, "before_cursor_execute", keep)


def test_a_sign_up_tells_nobody_who_is_on_the_list(site: Website) -> None:
    """Whatever is known of an address: the same bytes, the same headers, and the same questions to the database."""
    for standing, become in STANDINGS.items():
        become(site, person(standing))
    site.sign_up(person("warm-up"))  # what is read once is read
    seen = {}
    for standing in STANDINGS:
        with statements(site) as asked:
            answer = site.sign_up(person(standing))
        seen[standing] = (answer.status_code, answer.content, sorted(answer.headers.items()), tuple(asked))

    assert seen["stranger"][0] == 200
    assert len(seen["stranger"][3]) > 3
    assert {standing for standing, one in seen.items() if one != seen["stranger"]} == set()


def test_only_those_are_asked_who_may_be_and_a_stranger_s_word_changes_nobody(site: Website) -> None:
    """One mail for an address and day, none for who complained or bounced; nobody's standing is another's to change."""
    for standing, become in STANDINGS.items():
        become(site, person(standing))
    kept = {each: site.standing(person(each)) for each in ("member", "left")}
    site.relay.messages.clear()
    for standing in STANDINGS:
        for _ in range(3):
            site.sign_up(person(standing), name="Somebody Else", country="FR")
    asked = sorted(mail["to"] for mail in site.live())

    assert asked == sorted(person(each).email for each in ("stranger", "member", "left", "erased", "waiting"))
    assert {each: site.standing(person(each)) for each in kept} == kept
    for mail in (mail for address in asked for mail in site.mails_to(address)):
        assert "Somebody Else" not in mail.as_string()


def test_an_address_is_asked_three_times_in_a_month(site: Website) -> None:
    """However often a stranger types it in."""
    months = []
    for _ in range(2):
        for _ in range(10):
            site.sign_up(person("stranger"))
            site.live(timedelta(days=1))
        months.append(len(site.mails_to(person("stranger").email)))
        site.live(WINDOW)

    assert months == [3, 6]


TOKENS: dict[str, Callable[[Website], str]] = {
    "a": lambda site: site.token(ANNA, Purpose.ACTION, CASE),
    "u": lambda site: site.token(ANNA, Purpose.UNSUBSCRIBE),
    "p": lambda site: site.preferences(ANNA).removeprefix("/p/"),
    "confirm": lambda site: site.confirming(BEN).removeprefix("/confirm/"),
    "copy": lambda site: site.token(ANNA, Purpose.COPY, f"{CASE}/prosecutor"),
    "bounce": lambda site: site.token(ANNA, Purpose.BOUNCE, CASE),
    "form": lambda site: re.findall(r'name="stamp" value="([^"]+)"', site.ask("/sign-up").text)[0],
    "other campaign": lambda site: site.token(ANNA, Purpose.ACTION, "no-such-case"),
    "undated": lambda site: site.token(ANNA, Purpose.PREFERENCES),
}
DOORS = {name: f"/{name}/{{}}" for name in ("a", "u", "p", "confirm")}
DOORS |= {"p data": "/p/{}/data", "p erase": "/p/{}/erase"}


@pytest.mark.parametrize("door", DOORS)
def test_a_token_opens_one_door(shared: Website, door: str) -> None:
    """At every other page a token of ours is a wrong link, to look at and to press, and nothing changes."""
    shared.sign_up(BEN)
    shared.live()
    tokens = {name: make(shared) for name, make in TOKENS.items() if name != door.split(maxsplit=1)[0]}
    before = shared.dump()

    for name, token in tokens.items():
        path = DOORS[door].format(token)
        answers = [shared.ask(path), shared.post(path, {"do": "save"}), shared.post(path, {"do": "decline"})]
        expected = {404} if door != "p data" else {404, 405}
        assert {answer.status_code for answer in answers} <= expected, name
        assert token not in answers[0].text, name

    assert shared.dump() == before


def test_a_hundred_thousand_guesses_are_all_wrong(shared: Website) -> None:
    """Not one random token verifies for any purpose, with the right key and the right person in every second one."""
    keys, chance, now = shared.installation.ring.token_keys, random.Random(4), shared.clock()
    begun = bytes([shared.installation.token_key.id]) + shared.standing(ANNA).public_id
    raw = ((begun if n % 2 else chance.randbytes(9)) + chance.randbytes(16) for n in range(100_000))
    tokens = [base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in raw]
    doors = [(Purpose.ACTION, CASE), (Purpose.UNSUBSCRIBE, ""), (Purpose.CONFIRM, ""), (Purpose.FORM, "")]
    opened = []
    for number, token in enumerate(tokens):
        try:
            opened.append(verify(token, *doors[number // 2 % len(doors)], keys))
        except LinkError:
            continue
    for token in tokens[:500]:  # each is tried for more than four hundred days
        with pytest.raises(LinkError):
            verify_preferences(token, keys, now)

    assert opened == []
    assert verify(derive(shared.installation.token_key, Purpose.UNSUBSCRIBE, "", begun[1:]), *doors[1], keys)
    own = derive(shared.installation.token_key, Purpose.PREFERENCES, scope_of_day(now), begun[1:])
    assert verify_preferences(own, keys, now)


def test_links_of_somebody_erased_open_nothing_of_somebody_new(site: Website) -> None:
    """Who comes back with the same address has links of their own; the old ones show what a stranger's would."""
    old = {"a": site.action(ANNA), "u": site.leaving(ANNA), "p": site.preferences(ANNA)}
    site.post(f"{old['p']}/erase")
    site.sign_up(ANNA)
    site.live()
    site.post(site.confirming(ANNA))
    before = site.dump()

    assert site.standing(ANNA).consent is Consent.CONFIRMED
    for name, path in old.items():
        shown, pressed = site.ask(path), site.post(path, {"do": "save", "language": "fr"})
        assert {shown.status_code, pressed.status_code} == ({200} if name == "u" else {404}), name
        assert "Anna" not in shown.text + pressed.text
    assert site.ask(f"{old['p']}/data").status_code == 404
    assert site.dump() == before
    assert {site.action(ANNA), site.leaving(ANNA), site.preferences(ANNA)}.isdisjoint(old.values())


def every_path(site: Website) -> dict[str, str]:
    """Return one address of each route that there is, by the route."""
    site.sign_up(BEN)
    site.live()
    open_ = {"/a": site.action(ANNA), "/u": site.leaving(ANNA), "/p": site.preferences(ANNA)}
    found = {}
    for route in (route for page in PAGES for route in page.routes(Site(site.installation))):
        start = "/" + route.path.split("/")[1]
        path = route.path.replace(f"{start}/{{token}}", open_.get(start, site.confirming(BEN)))
        found[route.path] = path.replace("{campaign}", CASE).replace("{number}", "1")
    return found


def test_nothing_redirects_and_no_method_is_an_error(site: Website) -> None:
    """Whatever host, method and parameters are sent: no Location, no cookie, no fault of ours, no host's name shown."""
    lies = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
    lies |= {"X-Original-URL": "/evil", "Forwarded": "for=1.2.3.4;host=evil.example", "Origin": "https://evil.example"}
    query = "?next=https://evil.example&redirect=//evil.example&url=https:evil.example&return_to=/%5Cevil.example"
    paths = every_path(site)
    assert len(paths) >= 12
    wanted = [path + tail for path in paths.values() for tail in ("", "/", "//", query)]
    answers = site.ask_all([(path, method) for path in wanted for method in METHODS], headers=lies)

    assert {answer.status_code for answer in answers} <= {200, 404, 405, 410, 422}
    for answer in answers:
        assert not {"location", "refresh", "set-cookie", "content-location"} & set(answer.headers)
        assert not re.search(r'(?:href|action|content)="[^"?]*evil', answer.text)


BODIES: dict[str, dict[str, object]] = {
    "largest": {"content": b"x" * 300_000, "headers": FORM},
    "too large for most": {"content": b"text=" + b"x" * LARGEST_BODY, "headers": FORM},
    "many fields": {"content": "&".join(f"f{n}=1" for n in range(5000)), "headers": FORM},
    "no utf-8": {"content": b"email=\xff\xfe&name=\xc3\x28&do=save", "headers": FORM},
    "halved escapes": {"content": b"email=%&name=%4&do=%zz%", "headers": FORM},
    "json": {"json": {"email": "x@people.example", "do": "save", "consent": "yes"}},
    "xml": {"content": "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"},
    "files": {"files": {"email": ("../../x", b"\x00" * 1000), "do": (None, "save")}},
    "nothing": {"content": b""},
    "zeros": {"content": b"email=a%00b@people.example&name=%00&text=%00&do=save%00", "headers": FORM},
}


@pytest.mark.parametrize("body", BODIES)
def test_no_body_is_an_error_of_ours(shared: Website, body: str) -> None:
    """What is no form of ours is refused or answered; it puts nobody's name down, and changes what nobody asked for."""
    deeds = ("/u", "/confirm", "/p/{token}/erase")  # a POST to these is a deed, whatever its body
    paths = {path: url for path, url in every_path(shared).items() if not path.startswith(deeds)}
    before = shared.dump()
    answers = {path: shared.ask(url, "POST", **BODIES[body]) for path, url in paths.items()}  # type: ignore[arg-type]

    assert {answer.status_code for answer in answers.values()} <= {200, 400, 405, 413, 422}
    assert shared.dump() == before


def kept_files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, with what is in it."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_canary_s_whole_life_leaves_no_trace_in_the_clear(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Name, address, town, edited words and tokens go through every page and are in no file and no log."""
    canary = Applicant("canary@quetzal.example", name="Quetzalina Canary", country="GB", city="Canaryton")
    with website(tmp_path) as site:
        site.launch(CASE, ENDED)
        site.sign_up(canary, organisation="Quetzal Union")
        site.live()
        confirm = site.confirming(canary)
        assert site.post(confirm).status_code == 200
        assert len(site.live()) == 2
        paths = [site.action(canary), site.leaving(canary), site.preferences(canary), confirm]
        typed = {"text": "Quetzal words", "sign": "Quetzalina C.", "from": "Quetzal Lane"}
        form = task_forms(site.ask(paths[0]).text)[0] | typed
        for do in ("links", "pdf", "eml", "sent"):
            assert site.post(paths[0], form | {"do": do}).status_code == 200
        assert b"Quetzalina" in site.ask(f"{paths[2]}/data").content
        _stumble(site, paths)
        words = [b"quetzal", b"canary@", b"canaryton", *(path.split("/")[2].lower().encode() for path in paths)]
        alive = kept_files(tmp_path)
        assert site.post(f"{paths[2]}/erase").status_code == 200
        kept = alive | kept_files(tmp_path)
        told = capfd.readouterr()

    assert any(name.endswith("-wal") for name in kept)
    assert {name: word for name, content in kept.items() for word in words if word in content.lower()} == {}
    assert "page failed" in told.err
    assert [word for word in words if word in (told.out + told.err).lower().encode()] == []


def _stumble(site: Website, paths: list[str]) -> None:
    """Let every page fail once, with the canary's own words in what is raised."""

    def fail(*_: object, **__: object) -> object:
        raise RuntimeError(f"Quetzalina Canary <canary@quetzal.example> {paths}")

    installation = site.installation
    stores = [installation.campaigns, installation.supporters, installation.signups_store, installation.preferences]
    names = ("find", "all", "language_of", "by_public_id", "known", "load")
    planted = [(store, name) for store in stores for name in names if hasattr(store, name)]
    for store, name in planted:
        setattr(store, name, fail)
    try:
        answers = [site.ask(path) for path in (*paths, f"/c/{CASE}")]
    finally:
        for store, name in planted:
            delattr(store, name)
    assert [answer.status_code for answer in answers] == [503] * len(answers)
