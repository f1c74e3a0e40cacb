"""Mails from skeletons are those that their templates make, octet for octet, for every supporter and every order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from shutil import copytree
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from mailer.adapters.catalog import load_catalog
from mailer.adapters.freezer import Freezer
from mailer.adapters.missions import Directory
from mailer.adapters.rendering import MailRenderer
from mailer.adapters.templates import Templates
from mailer.adapters.workshops import Workshops
from mailer.cli.main import app as mailer
from mailer.core.addresses import Mailbox
from mailer.core.authors import author_of
from mailer.core.campaigns import ASKED_FOR, Campaign, Mailing, MailingId, MailingKind
from mailer.core.cohorts import asks_city, cohort_of, fits_marks
from mailer.core.enclosures import enclose
from mailer.core.links import Places
from mailer.core.mailview import MailContext, Rendered
from mailer.core.retirement import OutOfUse
from mailer.core.revisions import Revision
from mailer.core.supporters import Person, PublicId, SafetyLevel, Supporter
from mailer.core.targets import Phone, WebForm
from mailer.core.texts import LetterLibrary, LetterTemplate, LocalText
from mailer.core.tokens import KEY_BYTES, TokenKey
from mailer.core.usual_texts import usual_room
from mailer.errors import MailerError
from mailer.flows.compose import Order, Tools, compose
from mailer.flows.pieces import PieceAttacher
from mailer.flows.relaying import Envelope
from mailer.flows.skeleton import make_skeleton, proven
from mailer.flows.skeletons import Skeletons
from tests.campaign_files import DESIGN_EXAMPLE
from tests.every_mail import languages, spoken
from tests.homes import begin_with, installed
from tests.letter_parts import as_composed, letter_text, target
from tests.strategies import usual_names

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
PLACES = Places("https://pages.example", "bounces@solidarity.example")
KEY = TokenKey(1, bytes(KEY_BYTES))
ALERT = Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True)
KINDS = tuple(
    Mailing(MailingId(kind.value), kind, on_launch=True, text=LocalText({"en": "News <b>."}))
    for kind in MailingKind
    if kind not in ASKED_FOR
)
SPECIAL = (
    "",
    "<b>\"&'",
    "?x",
    "x=",
    "=?",
    "\x00 \x00",
    "a\x00",
    "Mr Dr",
    "12",
    "李小龙",
    "\u0301x",
    "𓀀",
    "%F0%93%80%80",
)
HOSTILE = (
    *SPECIAL,
    *("&amp;", "{{ name }}", "%s", "a\nb", "\xa0x\u2028y", "\u202eRTL", "w" * 33, "Жанна Пример", "\ud800x"),
)
CITIES = ("", "London", "S. & T.", "Санкт-Петербург")


@cache
def frozen(**changes: Any) -> Revision:
    """Return the design's example, changed, as a revision; made once."""
    catalog = load_catalog(DESIGN_EXAMPLE, templates=Templates(), now=NOW)
    campaign: Campaign = next(iter(catalog.campaigns.values()))
    assert catalog.organisation is not None
    freezer = Freezer(Templates(), catalog.organisation, lambda: NOW, Directory(DESIGN_EXAMPLE.parent / "none"))
    return freezer.assemble(replace(campaign, **changes))


def hand_made(*targets: Any, letter: LetterTemplate | None = None, **changes: Any) -> Revision:
    """Return a small case with one letter in English."""
    letters = LetterLibrary({"protest": {"en": letter or written()}})
    small = {"people": (), "facts": (), "links": (), "pickets": (), "donate": None, "events": (), "missions": ()}
    made = replace(frozen().campaign, **{**small, "targets": targets or (target(),), "letters": letters, **changes})
    return replace(frozen(), campaign=made)


def written(*openings: str, subjects: tuple[str, ...] = ("Release",), last: str = "Bye.") -> LetterTemplate:
    """Return a letter with these openings."""
    parts = [tuple(map(letter_text, part)) for part in (openings or ("One",), subjects, ("End.", last))]
    body = letter_text("We ask:\n[demands]")
    return LetterTemplate(openings=parts[0], body=body, closings=parts[2], subjects=parts[1])


def reader(name: str = "Anna Kovács", number: int = 1, **changes: Any) -> Supporter:
    """Return a supporter; `changes` of what they told us go there."""
    told = ("city", "organisation", "best_way", "safety", "discreet")
    own = {key: changes.pop(key) for key in told if key in changes}
    given = {"country": "GB", "language": "en", "seed": number, "joined_on": date(2026, 1, 2), **changes}
    return Supporter(PublicId(number.to_bytes(8)), Person(f"p{number}@reader.example", name, **own), **given)


@dataclass
class Counting:
    """A renderer that counts the mails that it renders with values, and with marks; it may spoil the latter."""

    renderer: MailRenderer
    spoil: bool = False
    count: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})

    def render(self, context: MailContext) -> Rendered:
        """Return the words of a mail."""
        self.count[context.by.is_marked] += 1
        rendered = self.renderer.render(context)
        return replace(rendered, text=f"{rendered.text}!\n") if self.spoil and context.by.is_marked else rendered


@dataclass
class Desk:
    """Skeletons over one revision, with what they told, each mail compared with the composed one."""

    revision: Revision
    room: int = 40_000_000
    spoil: bool = False
    tools: dict[str, Any] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.renderer = Counting(MailRenderer(self.revision), self.spoil)
        self.skeletons = Skeletons(self.told.append, self.room)
        self._plain = Tools(MailRenderer(self.revision), PLACES, KEY)

    def send(self, supporter: Supporter, mailing: Mailing = ALERT, *, edition: int = 1, **given: Any) -> Any:
        """Return a mail that is the composed one, None as it is, or what composing raises."""
        order = Order(given.pop("revision", self.revision), supporter, mailing, given.pop("now", NOW), **given)
        tools = replace(self._plain, **self.tools)
        expected = _tried(lambda: compose(order, tools))
        made = _tried(lambda: self.skeletons.envelope(order, replace(tools, renderer=self.renderer), edition))
        assert as_composed(made) == (expected if isinstance(expected, str | None) else expected.envelope)
        return made

    @property
    def rendered(self) -> int:
        """Return how many mails were rendered by themselves."""
        return self.renderer.count[False]


def _tried(compose: Any) -> Any:
    """Return what is composed, or the error that is raised instead."""
    try:
        return compose()
    except (MailerError, ValueError) as error:
        return repr(error)


names = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8), usual_names)
short_names = st.one_of(st.sampled_from(SPECIAL), st.text(max_size=3).map("A{}".format), usual_names)
orders = st.fixed_dictionaries(
    {
        "alert_at": st.sampled_from([None, NOW - timedelta(days=4), NOW - timedelta(days=4, seconds=3)]),
        "out_of_use": st.sampled_from([OutOfUse(), OutOfUse(frozenset({"prosecutor@justice.example"}))]),
        "now": st.sampled_from([NOW, NOW + timedelta(days=8, hours=20)]),
    }
)
readers = st.builds(
    reader,
    names,
    st.integers(1, 9),
    city=st.sampled_from(CITIES),
    organisation=st.sampled_from(["", "Union <x>"]),
    best_way=st.sampled_from(["", "phone", "fax"]),
    safety=st.sampled_from(SafetyLevel),
    discreet=st.booleans(),
    country=st.sampled_from(["GB", "TR", "RU", "KZ", ""]),
    language=st.sampled_from(["en", "ru", "ar", ""]),
    timezone=st.sampled_from(["", "Asia/Tokyo"]),
    seed=st.integers(0, 2**31),
    joined_on=st.sampled_from([None, date(2020, 12, 31)]),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
@given(readers, short_names, st.integers(1, 2**31), st.sampled_from(CITIES), st.sampled_from(KINDS), orders)
def test_a_skeleton_made_of_one_supporter_is_the_mail_of_every_other_of_the_cohort(one, name, seed, city, kind, given):
    """Nothing of the first is in it, and nothing that depends on a name was decided by theirs."""
    own_city = city if one.person.city and city else one.person.city
    other = replace(one, public_id=b"somebody", seed=seed if one.seed else 0, person=replace(one.person, city=own_city))
    other = replace(other, person=replace(other.person, name=name if one.person.name else "", email="o@reader.example"))
    revision, tools = frozen(), Tools(_renderer(), PLACES, KEY)
    authors = author_of(one), author_of(other)
    in_city = asks_city(revision.campaign)
    assume(cohort_of(one, authors[0].room, in_city=in_city) == cohort_of(other, authors[1].room, in_city=in_city))
    assume(
        all(map(fits_marks, authors)) and not isinstance(_tried(lambda: Mailbox("a@x.example", one.person.name)), str)
    )
    order = Order(revision, other, kind, previous=revision, **given)

    skeleton, choices = make_skeleton(order._replace(supporter=one), tools, authors[0])

    assume({choice: choice.of(authors[1]) for choice in choices} == choices)
    whole = _tried(lambda: compose(order, tools))
    filled = _tried(lambda: skeleton.fill(order, tools, authors[1])) if skeleton else None
    assert filled == (whole.envelope if whole and not isinstance(whole, str) else whole)
    if skeleton and skeleton.usual and usual_room(other.person):
        assert as_composed(skeleton.usual.letter(other, order.now, 0, None)) in (None, filled)


@cache
def _renderer() -> MailRenderer:
    """Return the renderer of the design's example, with its templates compiled."""
    return MailRenderer(frozen())


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(names, st.sampled_from(["GB", "TR"]), st.sampled_from(CITIES)), min_size=4, max_size=8))
def test_whatever_supporters_are_called_each_gets_the_composed_mail_or_its_error(people):
    """A name that no header takes fails by itself, and one that joins with its surroundings is rendered by itself."""
    desk = Desk(SMALL)

    for number, (name, country, city) in enumerate(people, start=1):
        desk.send(reader(name, number, country=country, city=city))
        desk.send(reader(name, number + 50, country=country, city=city), now=NOW + timedelta(minutes=number % 2))


WORDY = "word " * 260
CASES = {
    "lines": written("a\nb", "c\n\nd", "e", ""),
    "greets": written("{salutation} a", "b"),
    "own": written(
        "I {name}={city}", "{initials}\n{organisation}", subjects=("On  {name}  of", "={name}"), last="{city}"
    ),
    "odd": written("\x0bb\x07", "\x07", "\u2028z\x9f", subjects=("a\x07b  \ue000 c", "x")),
    "long": written(WORDY, f"{WORDY}{{name}}{{name}}", "é" * 200, "short"),
    "hieroglyphs": written("𓀀 and 𓀁", "%F0%93%80%80"),
}
SMALL = hand_made()
FORM = WebForm("https://form.example/", max_chars=150)


@pytest.mark.parametrize("name", CASES)
def test_variants_of_every_shape_are_filled_as_they_are_composed(name):
    """Lines that differ in number, own texts in variants, what no encoder leaves as it is, forms that are too small."""
    desk = Desk(hand_made(target(web=FORM), letter=CASES[name]))

    for number in range(1, 31):
        desk.send(reader(("Anna Kovács", "Bo O'X <&>", "Cy")[number % 3], number, city="London"))

    assert desk.rendered <= 7 if name != "hieroglyphs" else desk.told


def test_a_campaign_with_the_signs_of_marks_is_composed_letter_by_letter():
    """What stands for a name in a skeleton stands for itself in the organiser's words."""
    desk = Desk(hand_made(letter=CASES["hieroglyphs"]))

    for number in range(1, 4):
        desk.send(reader("𓀀", number))

    assert (len(desk.told), desk.rendered) == (1, 3)
    assert "sign" in desk.told[0]


def test_most_mails_of_a_cohort_are_not_rendered():
    """The first of a minute is composed, the second is the skeleton's, all others are filled; one is proved."""
    desk = Desk(SMALL)

    for number in range(1, 21):
        desk.send(reader(f"Reader {number}", number), now=NOW + timedelta(minutes=number // 10))

    assert desk.renderer.count == {False: 4, True: 2}
    assert desk.told == []


def test_a_whole_cohort_decides_alike_whether_a_letter_fits():
    """Of two supporters whose letters lie on both sides of a limit, both get the link with its text, or neither."""
    letters = [written("w" * size) for size in range(1110, 1250, 2)]
    short, long = reader("A", city="London"), reader("A" * 16, city="London")

    def has_text(letter: LetterTemplate, one: Supporter) -> bool:
        order = Order(hand_made(letter=letter, count_copies=False), one, ALERT, NOW)
        composed = compose(order, Tools(Counting(_renderer()), PLACES, KEY))
        assert composed is not None
        return composed.pack.todo[0].channels[0].mailto_has_text

    fits = [has_text(letter, short) for letter in letters[::10]]
    assert fits == [has_text(letter, long) for letter in letters[::10]]
    assert set(fits) == {True, False}


def test_who_is_asked_to_ring_has_another_mail_than_who_is_not():
    """Choices that are more than texts make skeletons of their own, and nobody proves the mail that they do not get."""
    phone = Phone("+442079460107", ask_at_most=8)
    desk = Desk(replace(hand_made(target(email="", phone=phone)), audience=16), spoil=True)

    sent = [desk.send(reader("Anna", number)) for number in range(1, 25)]

    assert {bool(mail) for mail in sent} == {True, False}
    assert desk.told == ["a mail from a skeleton was not the one that its templates make"]


def test_editions_keys_and_orders_have_skeletons_of_their_own():
    """A revised campaign, a new key, what was retired meanwhile and tests are never taken for another."""
    desk, revised = Desk(SMALL), replace(SMALL, campaign=replace(SMALL.campaign, title=LocalText({"en": "Revised"})))
    out = OutOfUse(frozenset({"court@office.example"}), frozenset({"court@office.example"}))

    for number, key in product(range(1, 5), (1, 2)):
        one, last = reader("Anna", number), number == 4
        desk.tools = {"key": TokenKey(key, bytes([key]) * KEY_BYTES)}
        desk.send(one, test=last)
        desk.send(one, revision=revised, edition=2)
        desk.send(one, out_of_use=out if last else OutOfUse(), retirements=number)
        desk.send(one, KINDS[2], alert_at=NOW, acted={"court": NOW} if last else {})
        desk.send(one, KINDS[1], alert_at=NOW - timedelta(minutes=number))


@pytest.mark.parametrize("places", [Places(), Places("https://p.example"), Places("", "b@solidarity.example")])
def test_mails_without_pages_or_a_mailbox_for_returned_ones_are_filled_too(places):
    """Leaving goes by e-mail alone, and the sender's own address is the envelope's."""
    desk = Desk(SMALL, tools={"places": places})

    for number in range(1, 5):
        desk.send(reader("Anna", number))
    assert desk.rendered == 2


class Signature:
    """A signer whose signature tells what it signed, and when."""

    def sign(self, content: bytes, now: datetime) -> bytes:
        """Return the content behind its length and the time."""
        return b"X-Signed: %d %s\r\n%s" % (len(content), now.isoformat().encode(), content)


def test_every_filled_mail_is_signed():
    """A signature is of one mail's octets, and no part of a skeleton."""
    desk = Desk(SMALL, tools={"signer": Signature()})

    mails = [desk.send(reader("Anna" * number, number)) for number in range(1, 5)]

    assert all(mail and mail.content.startswith(b"X-Signed") for mail in mails)


@dataclass
class UsualDesk(Desk):
    """Tells which mails were filled in one go."""

    def send(self, supporter: Supporter, mailing: Mailing = ALERT, **given: Any) -> bool:
        """Tell whether a mail can be filled in one go; then it is the composed one."""
        mail = super().send(supporter, mailing, **given)
        tools = replace(self._plain, **self.tools)
        moment = self.skeletons.moment(Order(self.revision, supporter, mailing, NOW, **given), tools, 1)
        usual = self.skeletons.usual(moment, supporter, given.get("retirements", 0), tools.signer)
        assert usual in (None, mail)
        return usual is not None


def test_a_mail_that_is_filled_in_one_go_needs_no_look_for_dots():
    """It is known of all of a cohort; a signature comes in front, and is looked at."""
    desks = [Desk(hand_made(case="")), Desk(hand_made(case=""), tools={"signer": Signature()})]

    mails = [[desk.send(reader(f"Reader {number}", number)) for number in range(1, 5)] for desk in desks]

    assert [[mail.is_dotless for mail in each] for each in mails] == [[False, False, True, True], [False] * 4]


def test_who_is_usual_gets_the_mail_of_their_cohort_in_one_go():
    """Once somebody else's of the cohort was compared; whoever is not usual gets theirs with more care."""
    desk = UsualDesk(hand_made(letter=written("One", "Another of {name}", last="{initials}")))

    first = [desk.send(reader(name, number)) for number, name in enumerate(("B & C", "Bo"), start=1)]
    usual = [desk.send(reader(f"Reader {number}", number, joined_on=date(2026, 5, number))) for number in range(3, 9)]
    others = [desk.send(reader(name, 9)) for name in ("Anna Kovács", "Anna\n", "O'Hara")]
    elsewhere = [desk.send(reader("Anna", 9, city="London")), desk.send(reader("", 9))]

    assert (first, usual, others, elsewhere) == ([False, True], [True] * 6, [False] * 3, [False] * 2)


def test_what_is_filled_in_one_go_and_is_not_the_skeletons_mail_is_used_for_nobody():
    """Both are made of a stand-in once, before either is used."""
    order, tools = Order(SMALL, reader("Anna"), ALERT, NOW), Tools(MailRenderer(SMALL), PLACES, KEY)
    skeleton, _ = make_skeleton(order, tools, author_of(order.supporter))
    assert skeleton is not None
    assert skeleton.usual is not None
    spoiled = replace(skeleton.usual, ids=replace(skeleton.usual.ids, domain="other.example"))

    assert proven(skeleton, order, tools) is skeleton
    assert proven(replace(skeleton, usual=spoiled), order, tools).usual is None


def test_an_address_that_is_none_is_refused_for_usual_readers_too():
    """With the error that composing has for it, and for nobody else."""
    desk = Desk(SMALL)
    wrong = replace(reader("Bo", 5), person=Person("no address", "Bo"))

    sent = [desk.send(one) for one in (*(reader("Anna", number) for number in range(1, 4)), wrong, reader("Cy", 6))]

    assert [type(mail) for mail in sent] == [Envelope] * 3 + [str, Envelope]
    assert "AddressError" in sent[3]


@pytest.mark.parametrize("mailing", KINDS)
@pytest.mark.parametrize("alert_at", [None, NOW])
def test_mails_of_every_kind_are_filled_in_one_go(mailing, alert_at):
    """Signed, in answer to the alert or not, with the dates of the case as files and a bounce address."""
    desk = UsualDesk(frozen(attach=("ics",)), tools={"signer": Signature(), "attacher": PieceAttacher(Workshops().of)})

    sent = [
        desk.send(reader(f"Reader {number}", number, city="London", organisation="Union"), mailing, alert_at=alert_at)
        for number in range(1, 6)
    ]

    assert sent == [False, *[True] * 4]


def test_dates_travel_in_filled_mails_and_letters_only_in_composed_ones():
    """Who likes to print gets their own letter as a file, and nobody else is slowed down by that."""
    revision = hand_made(target(post=("Street 1", "Astana")), attach=("ics",), events=frozen().campaign.events)
    desk = Desk(revision, tools={"attacher": PieceAttacher(Workshops().of)})

    for number in range(1, 6):
        mail = desk.send(reader("Anna", number))
        assert mail is not None
        assert b"text/calendar" in mail.content
    for number in (6, 7):
        desk.send(reader("Anna", number, best_way="post"))
    desk.send(reader("Anna", 8))

    assert (desk.rendered, desk.told) == (4, [])


@pytest.mark.parametrize("count", [4, 5])
@pytest.mark.parametrize("places", [PLACES, Places()])
@pytest.mark.parametrize("plus", [True, False])
def test_letters_without_their_copies_are_offered_in_filled_mails(count, places, plus):
    """One by one or on the page, under addresses of their own or one for all."""
    offices = [target(f"office-{number}", email=f"o{number}@office.example") for number in range(count)]
    made = hand_made(*offices)
    revision = replace(made, organisation=replace(made.organisation, plus_addresses=plus))
    desk = Desk(revision, tools={"places": places})

    mails = [desk.send(reader(name, number)) for number, name in enumerate(("Anna", "B & C", "Cleo", "Dora"), start=1)]

    assert (desk.rendered, desk.told) == (2, [])
    assert len({mail.content for mail in mails}) == 4


def test_answers_of_officials_travel_in_filled_mails():
    """They are the same for all readers, but for what they are called."""
    desk = Desk(SMALL, tools={"attacher": PieceAttacher(Workshops().of)})
    news = replace(next(each for each in KINDS if each.kind is MailingKind.UPDATE), answers=enclose([("a", b"No.")]))

    mails = [desk.send(reader("Anna", number, discreet=number > 4), news, alert_at=NOW) for number in range(1, 9)]

    assert [b'"answer.txt"' in mail.content or b"filename=answer.txt" in mail.content for mail in mails] == [
        number <= 4 for number in range(1, 9)
    ]
    assert (desk.rendered, desk.told) == (4, [])


def test_a_campaign_that_attaches_every_letter_is_composed_letter_by_letter():
    """A file of somebody else's letter travels with no mail."""
    desk = Desk(hand_made(attach=("eml",)), tools={"attacher": PieceAttacher(Workshops().of)})

    for number in range(1, 4):
        desk.send(reader("Anna", number))
    assert desk.told == ["a letter is attached, which is the reader's own"]


def with_words(words: str, kind: str = "alert") -> Revision:
    """Return the small case with a template that says more."""
    name = f"mail/{kind}.txt.j2"
    source = f"{SMALL.templates[name]}\n{{% block lead %}}\n{words}\n{{% endblock %}}\n"
    return replace(SMALL, templates={**SMALL.templates, name: source})


def test_what_cannot_be_marked_is_told_once_with_file_and_line():
    """Its mails are composed one by one; those of other mailings are not."""
    desk, line = Desk(with_words("{{ name|upper }}")), SMALL.templates["mail/alert.txt.j2"].count("\n") + 3

    for number in range(1, 5):
        desk.send(reader(f"ANNA {number}", number))
        desk.send(reader("anna", number + 50, country="DE"))
        desk.send(reader(f"ANNA {number}", number), KINDS[1])

    assert desk.told[0].startswith(f"mail/alert.txt.j2:{line}: ")
    assert desk.rendered == 10


def test_a_subject_with_a_name_is_composed_letter_by_letter():
    """Headers are folded and encoded as a whole."""
    revision = replace(SMALL, templates=dict(SMALL.templates))
    base = revision.templates["mail/base.txt.j2"].replace("Subject: ", "Subject: {{ name }} ", 1)
    desk = Desk(replace(revision, templates={**revision.templates, "mail/base.txt.j2": base}))

    for number in range(1, 4):
        desk.send(reader("Anna", number))
    assert desk.told == ["the subject shows a value of the reader's own"]


def test_a_skeleton_that_is_not_what_templates_make_is_used_for_no_mail():
    """The first letter of each sort is made both ways and compared."""
    desk = Desk(SMALL, spoil=True)

    for number in range(1, 5):
        desk.send(reader("Anna", number))

    assert desk.told == ["a mail from a skeleton was not the one that its templates make"]
    assert desk.rendered == 4


def test_somebody_elses_broken_variant_stops_nobody():
    """A variant that cannot be filled fails the mails that have it, as it does one by one."""
    desk = Desk(hand_made(target(email="", post=("Street 1",)), letter=written("Fine", "{nosuch}")))

    sent = [desk.send(reader("Anna", number)) for number in range(1, 9)]

    assert {type(mail) for mail in sent} == {str, Envelope}
    assert all("nosuch" in mail for mail in sent if isinstance(mail, str))


@pytest.mark.parametrize(("room", "made"), [(0, 10), (40_000_000, 2)])
def test_what_was_not_asked_for_longest_is_forgotten(room, made):
    """A sender's memory has an end: a skeleton that has no room is made again."""
    desk = Desk(SMALL, room=room)

    for number in range(1, 6):
        for country in ("GB", "DE"):
            desk.send(reader("Anna", number, country=country))
            desk.send(reader("Anna", number, country=country))

    assert desk.renderer.count[True] == made


def test_mails_of_every_kind_are_marked_in_every_language():
    """The shipped templates and catalogues ask nothing of a value but to be shown."""
    revision, tools = spoken(), Tools(MailRenderer(spoken()), PLACES, KEY)

    for language in languages():
        one = reader("Anna Kovács", language=language, city="London", organisation="Union")
        for kind in KINDS:
            order = Order(revision, one, kind, NOW, alert_at=NOW - timedelta(days=1), previous=revision)
            make_skeleton(order, tools, author_of(one))


@pytest.mark.parametrize("words", ["", "{% set x = name ~ '!' %}{{ x|upper }}"])
def test_check_tells_which_templates_of_the_organiser_are_slow(words, tmp_path):
    """With file and line, once for each campaign that can be sent; copies of the shipped templates are not slow."""
    begin_with(tmp_path, DESIGN_EXAMPLE.read_text(encoding="utf-8"))
    own = copytree(Templates().path("mail/alert.txt.j2").parent, tmp_path / "own" / "mail") / "reminder.txt.j2"
    lines = own.read_text(encoding="utf-8").split("\n")
    line = lines.index("{% block lead %}") + 1
    own.write_text("\n".join([*lines[:line], words, *lines[line:]]), encoding="utf-8")
    home = installed(tmp_path, lambda: NOW, MAILER_TEMPLATES_DIR=str(tmp_path / "own"))

    checked = CliRunner().invoke(mailer, ["check"], obj=home)

    found = [one for one in checked.output.splitlines() if "one by one" in one]
    assert (checked.exit_code, len(found)) == (0, bool(words)), checked.output
    assert not words or f"mail/reminder.txt.j2:{line + 1}: " in found[0]


def test_check_tells_of_the_signs_of_marks_in_a_campaign():
    """Once, whatever the kind of mail: nothing of such a campaign can be marked."""
    revision = hand_made(letter=CASES["hieroglyphs"])
    freezer = Freezer(Templates(), revision.organisation, lambda: NOW, Directory(DESIGN_EXAMPLE.parent / "none"))

    (reason,) = freezer.unmarkable(revision)

    assert "sign" in reason


@pytest.mark.parametrize("url", ["https://" + "p" * 60 + ".example", "ftp://pages.example"])
def test_links_that_no_mail_may_have_are_refused_for_every_letter(url):
    """What is not looked at for each letter was looked at when its skeleton was made: none slips through."""
    desk = Desk(SMALL, tools={"places": Places(url, "bounces@solidarity.example")})

    told = {desk.send(reader(f"Reader {number}", number)) for number in range(1, 5)}

    assert len(told) == 1
    assert "HeaderError" in told.pop()


def test_a_cohort_of_many_choices_is_bounded():
    """Whoever chooses in a way that never comes again costs no skeleton, and a cohort keeps only so many."""
    letter = written("a\nb", "c\n\nd", "e", "f\ng\n\nh", last="{city}")
    offices = [target(f"office-{number}", email=f"o{number}@office.example") for number in range(5)]
    desk = Desk(hand_made(*offices, letter=letter))

    for number in range(1, 90):
        desk.send(reader("Anna", number % 45 + 1, city="London"))

    (cohort,) = desk.skeletons._cohorts.values()
    assert len(cohort.skeletons) <= 32
    assert desk.rendered >= 45
