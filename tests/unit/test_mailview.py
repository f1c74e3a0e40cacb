"""What a mail says is decided here: which targets, which texts, in whose zone, as plain values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.core.campaigns import ASKED_FOR, Link, Mailing, MailingId, MailingKind, Picket, Statement
from mailer.core.enclosures import enclose
from mailer.core.links import Links
from mailer.core.mail_commands import Command
from mailer.core.mailview import mail_view, thread_topic
from mailer.core.pack import Channel
from mailer.core.plain import direction, header_text, paragraphs, web_address
from mailer.core.replies import HOW_TO
from mailer.core.revisions import mail_wording
from mailer.core.signups import SERVICE
from mailer.core.specimen import specimens
from mailer.core.targets import ChannelKind
from mailer.core.targetview import button_names
from mailer.core.texts import LocalText
from tests.samples import FIRST_BY, NOW, context, offline_revision, pack, pack_items, wording


def view(kind=MailingKind.ALERT, **changes):
    """Return the view of a sample mail, made without reading any file."""
    return mail_view(replace(context(kind), **{"revision": offline_revision(), **changes}))


def with_campaign(**changes):
    """Return the sample revision with a changed campaign."""
    revision = offline_revision()
    return replace(revision, campaign=replace(revision.campaign, **changes))


def leaves(value):
    """Yield everything that is no container."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


@pytest.mark.parametrize("kind", MailingKind)
def test_templates_get_plain_values_only(kind):
    """No value of ours reaches a template, where its attributes could be walked."""
    assert {type(leaf) for leaf in leaves(view(kind))} <= {str, int, bool, type(None)}


def test_every_specimen_is_viewed():
    """The specimens that templates are tried with can all be made, in every kind twice."""
    made = list(specimens(offline_revision(), now=NOW))

    assert {specimen.kind for specimen in made} == {*MailingKind} - ASKED_FOR
    assert len(made) == len({*MailingKind} - ASKED_FOR) * 2 + 2
    assert [mail_view(specimen)["replies"] for specimen in made[-3:]] == [False, True, True]
    assert {specimen.wording.language for specimen in made} == {"en"}
    assert all(mail_view(specimen)["kind"] == specimen.kind.value for specimen in made)
    assert {mail_view(specimen)["discreet"] for specimen in made} == {True, False}


def test_sign_up_has_specimens_of_its_own():
    """Its revision has the mails that somebody asks for: to confirm, and to every command with pages and without."""
    made, *answers = specimens(with_campaign(id=SERVICE, targets=(), mailings=()), now=NOW)

    assert (made.kind, made.wording.language) == (MailingKind.CONFIRM, "en")
    assert mail_view(made)["confirm"]
    done = [mail_view(answer)["done"] for answer in answers]
    assert sorted(done) == sorted([*Command, HOW_TO] * 2)
    assert {answer.kind for answer in answers} == {MailingKind.REPLY}


def test_a_mail_to_confirm_shows_nothing_of_who_signed_up():
    """Whatever somebody typed in, and whatever is known of a member: the language alone is heeded."""
    person = replace(context().supporter.person, name="Buy Pills", city="cheap.example", discreet=True)
    stranger = replace(context().supporter, person=person, country="KZ", joined_on=None)

    assert view(MailingKind.CONFIRM, supporter=stranger) == view(MailingKind.CONFIRM)
    shown = set(view(MailingKind.CONFIRM))
    assert shown == {"kind", "test", "discreet", "language", "direction", "organisation", "confirm", "days"}


def test_a_supporters_own_pages_are_shown_where_there_are_pages():
    """Without a public address there is no hole in the mail: both are empty."""
    with_pages, without = view(), view(links=Links())

    assert with_pages["own_page"] == "https://solidarity.example/a/AAAA"
    assert with_pages["preferences"] == "https://solidarity.example/p/AAAA"
    assert (without["own_page"], without["preferences"]) == ("", "")


@pytest.mark.parametrize("kind", MailingKind)
def test_who_wants_it_gets_a_discreet_subject(kind):
    """In every mail of a case; those that somebody asked for just now say nothing that could harm."""
    person = replace(context().supporter.person, discreet=True)

    shown = view(kind, supporter=replace(context().supporter, person=person))
    assert shown["discreet"] is (kind not in ASKED_FOR)
    assert view(kind)["discreet"] is False


def copied(count):
    """Return so many items, each with a letter by e-mail that a copy counts, and one without."""
    item = pack_items("en")[0]
    assert item.channels[0].mailto_without_copy
    return (*(replace(item, target=f"office-{n}", name=f"Office {n}") for n in range(count)), pack_items("en")[5])


def second_links(count, **links):
    """Return where a mail with so many copied letters offers each of them without its copy."""
    given = view(pack=replace(pack("en"), items=copied(count)), links=Links(**links))
    return [target["ways"][0]["without_copy"] for target in given["targets"]]


@pytest.mark.parametrize("page", ["", "https://pages.example/a/token"])
def test_a_few_letters_are_offered_without_their_copies_one_by_one(page):
    """Four links of 1,600 characters still fit into any mail; what is not copied has no second one."""
    *offered, none = second_links(4, action_url=page)

    expected = {"url": copied(1)[0].channels[0].mailto_without_copy, "on_page": False}
    assert offered == [expected] * 4
    assert none is None


def test_many_letters_are_offered_without_their_copies_on_the_page():
    """The first leads there; without a page the words say which line to delete."""
    assert second_links(5, action_url="https://pages.example/a/token") == [
        {"url": "https://pages.example/a/token?copy=no", "on_page": True},
        *[None] * 5,
    ]
    assert second_links(5) == [None] * 6


def test_answers_of_officials_are_told_apart_from_other_files():
    """By the names that they have in this mail, and only where they are attached."""
    answers = enclose([("a", b"%PDF-1.7"), ("b", b"no")])
    news = Mailing(MailingId("update-1"), MailingKind.UPDATE, on_launch=True, answers=answers)
    discreet = replace(context().supporter, person=replace(context().supporter.person, discreet=True))
    given = {"mailing": news, "attached": ("answer.pdf", "event-trial.ics")}
    quiet = {"mailing": news, "attached": ("file.pdf", "file-2.txt"), "supporter": discreet}

    shown = [view(MailingKind.UPDATE, **each) for each in (given, quiet, {"attached": ("answer.pdf",)})]

    assert [each["answers"] for each in shown] == [("answer.pdf",), ("file.pdf", "file-2.txt"), ()]
    assert [each["attached"] for each in shown] == [("event-trial.ics",), (), ("answer.pdf",)]


def test_only_open_targets_are_shown():
    """A target whose ways are closed is in no mail."""
    shown = [target["id"] for target in view()["targets"]]

    assert shown == [item.target for item in pack_items("en")][:-1]


def test_a_closing_asks_for_nothing():
    """After the end there is no letter and no picket in a mail."""
    closing = view(MailingKind.CLOSING)

    assert closing["targets"] == ()
    assert closing["pickets"] == ()


def test_a_correction_shows_what_was_wrong_and_nothing_else():
    """Only the targets whose address was wrong are shown again, with their own deadline."""
    later = replace(pack("en"), first_by=FIRST_BY + timedelta(days=5))
    correction = view(MailingKind.CORRECTION, pack=later, withdrawn=("Old Street\nAstana",))

    assert [target["id"] for target in correction["targets"]] == ["prosecutor"]
    assert correction["deadline"]["moment"] == "Wednesday 2 December, 06:00"
    assert correction["withdrawn"] == ("Old Street, Astana",)


def test_a_correction_of_nothing_that_is_open_has_no_deadline():
    """A target that left the campaign is shown by its withdrawn address alone."""
    assert view(MailingKind.CORRECTION, corrected=())["deadline"] is None


def test_the_deadline_is_told_on_the_supporters_clock():
    """05:00 UTC is six in the morning in Berlin."""
    deadline = view()["deadline"]

    assert deadline == {
        "moment": "Wednesday 2 December, 06:00",
        "city": "Berlin",
        "day": "1 December",
        "today": False,
    }


@pytest.mark.parametrize(
    ("by", "moment", "day"),
    [
        (FIRST_BY + timedelta(hours=4), "Wednesday 2 December, 10:00", "2 December"),
        (FIRST_BY + timedelta(hours=2, minutes=59), "Wednesday 2 December, 08:59", "1 December"),
        (FIRST_BY - timedelta(hours=6), "Tuesday 1 December, 23:59", "1 December"),
        (FIRST_BY - timedelta(hours=6, minutes=1), "Tuesday 1 December, 23:59", "1 December"),
        (FIRST_BY - timedelta(hours=6, minutes=-1), "Wednesday 2 December, 00:01", "1 December"),
    ],
)
def test_a_deadline_names_a_day_that_has_a_morning(by, moment, day):
    """Midnight is told as the minute before, and a subject names the last day on which people are up and about."""
    deadline = view(pack=replace(pack("en"), first_by=by))["deadline"]

    assert (deadline["moment"], deadline["day"]) == (moment, day)


def test_an_end_is_told_once():
    """What leads the mail is not told again at the first office, nor the end of all at the others; every other is."""
    first, *_ = pack_items("en")
    end = FIRST_BY + timedelta(days=3)
    channel = first.channels[0]
    ways = {"first": FIRST_BY, "same": FIRST_BY, "last": end, "own": FIRST_BY + timedelta(days=1)}
    items = tuple(replace(first, target=name, channels=(replace(channel, closes_at=by),)) for name, by in ways.items())
    shown = view(pack=replace(pack("en"), items=items, ends_at=end))

    told = {target["id"]: target["ways"][0]["by"] and target["ways"][0]["by"]["moment"] for target in shown["targets"]}
    early = "Wednesday 2 December, 06:00"
    assert told == {"first": None, "same": early, "last": None, "own": "Thursday 3 December, 06:00"}
    assert shown["ends"]["moment"] == "Saturday 5 December, 06:00"
    assert view(pack=replace(pack("en"), ends_at=FIRST_BY))["ends"] is None


def test_a_slower_way_to_the_only_target_tells_its_end():
    """Without a second target nothing above tells when all ends, so the way does."""
    first, *_ = pack_items("en")
    end = FIRST_BY + timedelta(days=3)
    ways = (first.channels[0], replace(first.channels[0], value="b@justice.example", closes_at=end))
    shown = view(pack=replace(pack("en"), items=(replace(first, channels=ways),), ends_at=end))

    assert [way["by"] and way["by"]["moment"] for way in shown["targets"][0]["ways"]] == [
        None,
        "Saturday 5 December, 06:00",
    ]


@pytest.mark.parametrize(("left", "today"), [(timedelta(hours=24), False), (timedelta(hours=24, seconds=-1), True)])
def test_less_than_a_day_left_means_today(left, today):
    """The subject says "today" when tomorrow at this hour would be too late."""
    assert view(now=FIRST_BY - left)["deadline"]["today"] is today


def test_without_a_deadline_none_is_told():
    """A pack that never closes has no date."""
    assert view(pack=replace(pack("en"), first_by=None))["deadline"] is None


def test_an_event_shows_both_clocks_where_they_differ():
    """The supporter's clock comes first, the other only where it shows another hour."""
    (event,) = view()["case"]["events"]

    assert (event["here"]["moment"], event["there"]) == ("Wednesday 2 December, 06:00", "10:00")
    late = replace(offline_revision().campaign.events[0], at=FIRST_BY + timedelta(hours=15))
    assert view(revision=with_campaign(events=(late,)))["case"]["events"][0]["there"] == "Thursday 3 December, 01:00"
    near = replace(offline_revision().campaign.events[0], timezone="Europe/Paris")
    assert view(revision=with_campaign(events=(near,)))["case"]["events"][0]["there"] == ""


def test_past_events_are_left_out():
    """What is over is not announced."""
    assert view(now=FIRST_BY)["case"]["events"] == ()


def test_only_public_pickets_of_ones_country_to_come_are_shown():
    """A closed meeting, a picket abroad and one that is over are not for this supporter."""
    (picket,) = view()["pickets"]

    assert (picket["what"]["text"], picket["at"]) == ("Picket", "Tuesday 1 December, 17:00")
    assert view(now=FIRST_BY)["pickets"] == ()


def test_a_picket_is_told_in_its_own_zone():
    """Who goes there needs the clock there."""
    far = Picket(LocalText({"en": "Picket"}), LocalText({"en": "Square"}), FIRST_BY, "Asia/Almaty", "DE", public=True)

    assert view(revision=with_campaign(pickets=(far,)))["pickets"][0]["at"] == "Wednesday 2 December, 10:00"


def test_a_text_in_another_language_says_so():
    """A German reader of an English text is told, by the markup, that it is English."""
    german = view(pack=pack("de"), supporter=replace(context().supporter, language="de"))

    assert german["language"] == "de"
    assert german["case"]["title"]["foreign"] is True
    assert german["case"]["title"]["language"] == "en"
    assert view()["case"]["title"]["foreign"] is False


@pytest.mark.parametrize(("wish", "language"), [("de", "de"), ("de-at", "de"), ("eo", "en"), ("", "en")])
def test_a_mail_speaks_a_language_that_is_translated(wish, language):
    """A regional tag falls back to its language, an unknown one to the organisation's."""
    assert mail_wording(offline_revision(), wish).language == language


def test_a_language_without_catalogue_is_not_spoken():
    """Its dates are known, but its sentences would be English: then the whole mail is."""
    revision = replace(
        offline_revision(), wordings={"kk": replace(wording("kk"), translated=False), "en": wording("en")}
    )

    assert mail_wording(revision, "kk").language == "en"


def test_buttons_have_different_names():
    """Namesakes are told apart by their mission, and else numbered."""
    first, *rest = pack_items("en")
    twins = (first, first, replace(first, mission_name="Consulate, Bonn"), *rest)

    names = button_names(twins)
    assert names[:3] == (f"{first.name} (1)", f"{first.name} (2)", f"{first.name}, Consulate, Bonn")
    assert len(set(names)) == len(twins)


def test_nameless_missions_are_told_apart_by_their_cities():
    """Embassy and consulate from bare rows are not "(1)" and "(2)"; and a consulate is not called an embassy."""
    embassy = next(item for item in pack_items("en") if item.target == "embassy")
    bare = replace(embassy, rule="own", mission_name="", mission_city="Berlin")
    both = (bare, replace(bare, mission_city="Hamburg", consulate=True))

    shown = view(pack=replace(pack("en"), items=both))["targets"]

    assert [target["name"] for target in shown] == ["Embassy of Kazakhstan, Berlin", "Embassy of Kazakhstan, Hamburg"]
    assert [target["mission"]["rule"] for target in shown] == ["own", "consulate"]


def test_two_ways_of_a_kind_are_named_by_their_address():
    """Two e-mail addresses of one office give two buttons that can be told apart."""
    first, *_ = pack_items("en")
    other = replace(first.channels[0], value="second@justice.example")
    shown = view(pack=replace(pack("en"), items=(replace(first, channels=(first.channels[0], other)),)))

    names = [way["name"] for way in shown["targets"][0]["ways"]]
    assert names == [f"{first.name}: prosecutor@justice.example", f"{first.name}: second@justice.example"]


def test_a_target_by_phone_alone_shows_its_script_and_no_letter():
    """Who calls reads a script; a letter would be sent by nobody."""
    _, court, *_ = pack_items("en")
    phone = tuple(channel for channel in court.channels if channel.kind is ChannelKind.PHONE)
    (target,) = view(pack=replace(pack("en"), items=(replace(court, channels=phone),)))["targets"]

    assert target["letter"] is None
    assert target["ways"][0]["script"]["paragraphs"] == (("Здравствуйте! Я звоню из-за А. Примера.",),)
    assert target["ways"][0]["url"] == "tel:+442079460107"


@pytest.mark.parametrize(
    ("longest", "takes", "too_long", "shown"),
    [(None, None, False, None), (9000, "whole", False, None), (90, "a part", False, "a part"), (9, None, True, None)],
)
def test_a_form_that_takes_less_than_the_letter_says_so(longest, takes, too_long, shown):
    """What fits is shown to be copied where it is not the letter itself; if nothing fits, the supporter shortens it."""
    first, *_ = pack_items("en")
    text = replace(first.letter, body=first.letter.body if takes == "whole" else takes) if takes else None
    form = Channel(ChannelKind.WEB, "https://city.example/ask", open=True, max_chars=longest, text=text)
    (target,) = view(pack=replace(pack("en"), items=(replace(first, channels=(form,)),)))["targets"]
    (way,) = target["ways"]

    assert way["too_long"] is too_long
    assert (way["text"] and way["text"]["body"]) == shown


def test_a_mission_tells_its_rule_and_the_date_of_its_row():
    """The country is the one that the target's embassy is of, the host that of the row."""
    mission = next(target for target in view()["targets"] if target["id"] == "embassy")["mission"]

    assert mission == {
        "rule": "geneva",
        "via": "",
        "of": "Kazakhstan",
        "host": "Switzerland",
        "name": "Permanent Mission, Geneva",
        "checked": "1 November 2026",
        "source": "",
    }


def test_links_that_are_no_pages_are_dropped():
    """A link in a mail opens a page and never runs a script."""
    bad = Link(LocalText({"en": "Bad"}), "javascript:alert(1)")

    assert view(revision=with_campaign(links=(bad,)))["links"] == ()
    assert web_address("https://news.example/1") == "https://news.example/1"


def test_a_statement_is_told_with_its_speaker():
    """The closing brings outcome, text and statement."""
    ending = view(MailingKind.CLOSING)["ending"]

    assert (ending["outcome"], ending["next"]["text"]) == ("released", "Free the others")
    assert ending["statement"]["text"]["paragraphs"] == ("I read every letter.", "Thank you all.")
    quiet = replace(
        offline_revision().campaign.closing,
        statement=Statement(LocalText({"en": "B"}), LocalText({"ru": "Спасибо"})),
        next_title=None,
    )
    assert view(MailingKind.CLOSING, revision=with_campaign(closing=quiet))["ending"]["next"] is None


def test_paragraphs_are_parted_by_empty_lines():
    """Blanks at line ends part nothing, and several empty lines are one."""
    assert paragraphs("a  \nb\n \n\nc\n") == ("a\nb", "c")
    assert paragraphs("") == ()


@pytest.mark.parametrize(("tag", "way"), [("ar", "rtl"), ("fa-ir", "rtl"), ("he", "rtl"), ("ru", "ltr"), ("en", "ltr")])
def test_directions(tag, way):
    """Letters in Arabic and its kin are set from the right."""
    assert direction(tag) == way


@given(st.text())
def test_no_text_starts_a_header_of_its_own(text):
    """Controls, line separators, halves of characters and encoded words are gone from a subject."""
    safe = header_text(text)

    assert "=?" not in safe
    assert safe == safe.strip()
    assert all(character.isprintable() for character in safe)
    assert len(safe) <= 200


@pytest.mark.parametrize("text", ["==??=?", "=\x00?utf-8", "a\r\nBcc: x@evil.example", "a\u2028b", "=\ud800?q"])
def test_known_attacks_on_subjects_fail(text):
    """The tricks that are known leave one line without an encoded word."""
    assert "=?" not in header_text(text)
    assert len(header_text(text).splitlines()) == 1


# --- what the supporter wrote ---------------------------------------------------------------------

DAY = timedelta(days=1)
WROTE = {"city": NOW, "prosecutor": NOW - DAY, "gone": NOW - DAY, "court": NOW - DAY + timedelta(minutes=1)}


@pytest.mark.parametrize("kind", [MailingKind.UPDATE, MailingKind.CORRECTION, MailingKind.CLOSING])
def test_who_wrote_is_told_to_whom_day_by_day(kind):
    """The first day first, names in the order of writing; a target that is gone is told of no more."""
    assert view(kind, acted=WROTE)["wrote"] == (
        {"day": "29 November 2026", "names": ("City Prosecutor's Office, Almaty", "District Court")},
        {"day": "30 November 2026", "names": ("City government",)},
    )
    assert view(kind)["wrote"] == ()


def test_the_day_is_that_of_the_supporters_own_clock():
    """At 23:30 in London it is tomorrow in Berlin."""
    late = NOW.replace(hour=23, minute=30)

    assert view(MailingKind.UPDATE, acted={"city": late})["wrote"][0]["day"] == "1 December 2026"


def test_a_letter_to_nobody_in_particular_is_told_with_its_day_alone():
    """That is what an organiser records for somebody who called."""
    assert view(MailingKind.UPDATE, acted={"": NOW})["wrote"] == ({"day": "30 November 2026", "names": ()},)


def test_news_ask_only_for_letters_that_are_not_sent():
    """Who wrote to the first office is led by the next one, with its own deadline; a correction asks again."""
    everybody = {item.target: NOW for item in pack_items("en")}

    assert [target["id"] for target in view(MailingKind.UPDATE)["targets"]][:2] == ["prosecutor", "court"]
    some = view(MailingKind.UPDATE, acted={"prosecutor": NOW, "court": NOW})
    assert [target["id"] for target in some["targets"]] == ["city", "embassy", "ministry", "family"]
    assert some["deadline"] is None
    assert view(MailingKind.UPDATE, acted=everybody)["targets"] == ()
    again = view(MailingKind.CORRECTION, acted=everybody, corrected=("prosecutor",))
    assert [target["id"] for target in again["targets"]] == ["prosecutor"]


# --- threads --------------------------------------------------------------------------------------


def test_mails_of_a_case_have_one_topic():
    """The title in the language of the mail, whatever the subject says; nothing that a header could not hold."""
    topics = {thread_topic(context(kind), "[News] x") for kind in MailingKind if kind not in ASKED_FOR}
    russian = replace(context(), pack=pack("ru"))

    assert topics == {"Free the Almaty organiser"}
    assert thread_topic(russian, "x") == "Свободу организатору из Алматы"
    hostile = with_campaign(title=LocalText({"en": "A\r\nBcc: x@y.example =?utf-8?q?x?="}))
    assert thread_topic(replace(context(), revision=hostile), "x") == "A Bcc: x@y.example = ?utf-8?q?x?="


def test_a_topic_tells_no_more_than_the_subject():
    """Who asked for subjects that tell nothing has none that does; who signs up is in no case."""
    person = replace(context().supporter.person, discreet=True)
    discreet = replace(context(), supporter=replace(context().supporter, person=person))

    assert thread_topic(discreet, "News from Example") == "News from Example"
    assert [thread_topic(context(kind), "Please confirm") for kind in ASKED_FOR] == ["", ""]
