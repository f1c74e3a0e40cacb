"""What is in a pack, and in which order."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mailer.core.campaigns import CountryRule, Demand, Safety
from mailer.core.channels import Situation
from mailer.core.links import Links
from mailer.core.packing import build_pack, build_usable_pack
from mailer.core.retirement import OutOfUse
from mailer.core.supporters import SafetyLevel
from mailer.core.targets import ChannelKind, Phone, Risk, Tone
from tests.letter_parts import END, NAME, NOW, SLOGAN, TRIAL, library, mission, revision, said, supporter, target

FAX, PHONE = "+442079460102", "+442079460107"
FAMILY = target("family", tone=Tone.SOLIDARITY)
EMBASSY = target("embassy", email="", embassy_of="KZ", name=said(en="Embassy of Kazakhstan"))


def pack_of(*targets, who=None, now=NOW, ends_at=None, retired=(), **changes):
    """Return the pack of `who` for `targets` of a campaign with `changes`."""
    return build_pack(
        revision(*targets, **changes),
        who or supporter(),
        now=now,
        links=Links(),
        ends_at=ends_at,
        retired=frozenset(retired),
    )


def order(pack):
    """Return the ids of what is still to do."""
    return [item.target for item in pack.todo]


# --- what still arrives ---------------------------------------------------------------------------


def test_a_closed_channel_stays_in_items_and_leaves_todo():
    """The preview shows what is closed, the mail does not."""
    slow = target("ministry", email="", post=("Street 1",), post_days=20)

    pack = pack_of(slow, target())

    assert order(pack) == ["court"]
    (closed,) = (item for item in pack.items if item.target == "ministry")
    assert [channel.open for channel in closed.channels] == [False]
    assert pack.items[-1] is closed


def test_one_target_can_be_half_closed():
    """Post is too late, the fax is not."""
    (item,) = pack_of(target(email="", fax=FAX, post=("Street 1",), post_days=20)).items

    assert [channel.kind for channel in item.channels] == [ChannelKind.FAX, ChannelKind.POST]
    assert [channel.kind for channel in item.open_channels] == [ChannelKind.FAX]


@pytest.mark.parametrize(
    ("target_until", "write_until", "ends_at", "closing"),
    [
        (TRIAL, END, None, TRIAL),
        (None, END, None, END),
        (None, None, END, END),
        (None, END, TRIAL, TRIAL),
        (END, TRIAL, TRIAL, END),
        (None, None, None, None),
    ],
)
def test_a_target_ends_by_its_own_clock_or_the_campaigns(target_until, write_until, ends_at, closing):
    """`until` where the target has one, else the end that the caller knows, else the file's."""
    pack = pack_of(target(until=target_until), write_until=write_until, ends_at=ends_at)

    assert pack.items[0].channels[0].closes_at == closing
    assert pack.first_by == closing


moments = st.integers(-30 * 24, 30 * 24).map(lambda hours: TRIAL + timedelta(hours=hours))


@given(moments, st.sampled_from([TRIAL, END, None]), st.integers(0, 30))
def test_nothing_closed_is_ever_to_do(now, until, post_days):
    """Whatever the moment: what is to do has an open channel, and what is open closes later."""
    office = target(
        until=until, fax=FAX, post=("Street 1",), post_days=post_days, phone=Phone(PHONE, time(9), time(18))
    )

    pack = pack_of(office, FAMILY, now=now)

    for item in pack.todo:
        assert item.open_channels
        assert all(channel.closes_at > now for channel in item.open_channels)
    for item in pack.items:
        assert all(channel.open or channel.closes_at <= now for channel in item.channels)


# --- the order ------------------------------------------------------------------------------------


def test_what_closes_soonest_leads():
    """A trial is before everything, in the order of the trials; the campaign's end leads nothing."""
    pack = pack_of(
        target("city"),
        target("later", email="", fax=FAX, until=TRIAL + timedelta(days=1)),
        target("court", email="", fax=FAX, until=TRIAL),
    )

    assert order(pack) == ["court", "later", "city"]
    assert pack.first_by == TRIAL


def test_a_target_is_as_urgent_as_its_last_open_channel():
    """Who can still be reached by e-mail until Friday may wait for who closes on Thursday."""
    post = target("ministry", post=("Street 1",), post_days=5, until=TRIAL + timedelta(days=1))
    fax = target("court", email="", fax=FAX, until=TRIAL)

    assert order(pack_of(post, fax)) == ["court", "ministry"]


def test_quick_channels_go_before_slow_ones_and_the_campaigns_order_breaks_ties():
    """Without a trial: e-mail, telephone, web, fax, post."""
    pack = pack_of(
        target("post", email="", post=("Street 1",)),
        target("fax", email="", fax=FAX),
        target("b"),
        target("phone", email="", phone=Phone(PHONE)),
        target("a"),
    )

    assert order(pack) == ["b", "a", "phone", "fax", "post"]


def test_the_best_way_lifts_targets_but_not_over_a_deadline():
    """Who likes the fax begins with faxes, after the trial's."""
    pack = pack_of(
        target("mail"),
        target("fax", email="", fax=FAX),
        target("trial", until=TRIAL),
        who=supporter(best_way="fax"),
    )

    assert order(pack) == ["trial", "fax", "mail"]


def test_protest_leads_and_support_follows_unless_it_is_urgent():
    """What can move an office comes first, however slow; a word of support waits, but not beyond its own end."""
    web = target("city", email="", phone=Phone(PHONE))

    assert order(pack_of(FAMILY, web)) == ["city", "family"]
    assert order(pack_of(web, target("prison", tone=Tone.SOLIDARITY, until=TRIAL))) == ["prison", "city"]


def test_the_first_deadline_is_that_of_the_way_that_leads():
    """What is said to be first is late when its own channel closes, not the target's last."""
    pack = pack_of(target(post=("Street 1",), post_days=3), who=supporter(best_way="post"))

    assert pack.first_by == END - timedelta(days=3)


def test_an_empty_pack_has_no_deadline():
    """Where nothing is to do, nothing is due."""
    pack = pack_of(target(until=NOW))

    assert (pack.todo, pack.first_by) == ((), None)
    assert len(pack.items) == 1


def test_language_and_clock_are_the_supporters():
    """Else the fallback language and the capital's clock."""
    told = pack_of(target(), who=supporter(language="ru", country="RU"))
    unknown = pack_of(target(), who=supporter(language="", country=""))

    assert (told.language, told.timezone) == ("ru", "Europe/Moscow")
    assert (unknown.language, unknown.timezone) == ("en", "Europe/London")


# --- fallbacks ------------------------------------------------------------------------------------

MINISTRY = target("ministry", fallback_for="court")
LAST = target("president", fallback_for="ministry")


@pytest.mark.parametrize(
    ("court", "retired", "expected"),
    [
        ({}, (), ["court"]),
        ({"until": NOW}, (), ["ministry"]),
        ({}, ("court@office.example",), ["ministry"]),
        ({}, ("court@office.example", "ministry@office.example"), ["president"]),
        ({}, ("ministry@office.example",), ["court"]),
    ],
)
def test_a_fallback_is_used_when_the_other_is_dead(court, retired, expected):
    """Only when no channel of the first is left; a fallback of a fallback waits for both."""
    assert order(pack_of(target(**court), MINISTRY, LAST, retired=retired)) == expected


def test_fallbacks_in_a_circle_do_not_hang():
    """A campaign that slipped through the checks still makes a pack."""
    one = target("one", fallback_for="two", email="", fax=FAX, until=NOW)
    two = target("two", fallback_for="one", email="", fax=FAX, until=NOW)

    assert pack_of(one, two).todo == ()


def test_a_fallback_stands_in_for_an_embassy_that_is_nowhere():
    """No row, no item: the ministry is written to instead."""
    assert order(pack_of(EMBASSY, target("ministry", fallback_for="embassy"))) == ["ministry"]


# --- safety ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "rule", "expected"),
    [
        (SafetyLevel.FULL, None, ["court", "family"]),
        (SafetyLevel.INITIALS, None, ["court", "family"]),
        (SafetyLevel.SOLIDARITY, None, ["family"]),
        (SafetyLevel.FULL, CountryRule.INITIALS, ["court", "family"]),
        (SafetyLevel.FULL, CountryRule.SOLIDARITY, ["family"]),
        (SafetyLevel.FULL, CountryRule.NONE, []),
    ],
)
def test_safety_decides_which_letters_are_in_the_pack(level, rule, expected):
    """Who must not protest gets letters of solidarity alone; whose country says none gets nothing."""
    safety = Safety({"GB": rule} if rule else {})

    assert order(pack_of(target(), FAMILY, who=supporter(safety=level), safety=safety)) == expected


@pytest.mark.parametrize(
    ("name", "level", "flags"),
    [
        (NAME, SafetyLevel.FULL, (False, False, False)),
        ("", SafetyLevel.FULL, (True, False, False)),
        ("\x07 ", SafetyLevel.FULL, (True, False, False)),
        (NAME, SafetyLevel.INITIALS, (False, True, False)),
        ("", SafetyLevel.INITIALS, (False, True, False)),
        ("", SafetyLevel.SOLIDARITY, (False, False, True)),
    ],
)
def test_a_supporter_is_asked_to_sign_only_where_a_name_is_wanted(name, level, flags):
    """To add a name is never said where a name would endanger."""
    (item,) = pack_of(FAMILY, who=supporter(name, safety=level)).items

    assert (item.add_name, item.initials_only, item.unsigned) == flags


@given(
    st.from_regex(r"[A-Z][a-z]{4,9} [A-Z][a-z]{4,9}", fullmatch=True),
    st.sampled_from(list(SafetyLevel)),
    st.sampled_from([None, *CountryRule]),
    st.sampled_from(list(Tone)),
)
def test_a_target_of_high_risk_never_sees_who_writes(name, level, rule, tone):
    """In no text, link, block or script is there a name, a city or a union."""
    office = target(risk=Risk.HIGH, tone=tone, fax=FAX, phone=Phone(PHONE))
    who = supporter(name, city="Qxcity", organisation="Qxunion", safety=level)

    pack = pack_of(office, who=who, safety=Safety({"GB": rule} if rule else {}))

    for secret in (*name.split(), "Qxcity", "Qxunion", "en:GB"):
        assert secret not in repr(pack.items)


@given(st.text(max_size=30), st.text(max_size=10), st.sampled_from(list(SafetyLevel)), st.integers(0, 2**32))
def test_no_letter_holds_a_placeholder_or_a_slogan(name, city, level, seed):
    """Whatever is known of a supporter, no bracket stays and no slogan slips in."""
    typed, place = (text.translate(dict.fromkeys(map(ord, "{}[]<>"))) for text in (name, city))
    assume("None" not in typed + place)  # somebody's own name may be that
    who = supporter(typed, city=place, safety=level, seed=seed)

    for item in pack_of(target(), FAMILY, who=who).items:
        assert not set("{}[]<>") & set(item.letter.subject + item.letter.body)
        assert "None" not in item.letter.body
        assert SLOGAN not in item.letter.body


def test_the_sender_block_is_the_signature():
    """A fax is headed by what it is signed with."""
    (item,) = pack_of(target(fax=FAX), who=supporter(city="London", organisation="Union")).items

    assert item.sender_block == (NAME, "Union", "London, en:GB")


# --- embassies ------------------------------------------------------------------------------------


def test_an_embassy_is_the_row_of_the_supporters_country():
    """Its channels, its rule, its date and its source are in the pack."""
    row = mission(phone="+44 1632 960 001", checked=date(2022, 11, 16), source="Wikidata Q1", city="London")

    (item,) = pack_of(EMBASSY, directory=(row, mission("DE"))).items

    assert (item.rule, item.rule_country, item.checked, item.source) == ("own", "GB", "2022-11-16", "Wikidata Q1")
    assert (item.name, item.mission_name) == ("Embassy of Kazakhstan", "Mission in GB")
    assert [(channel.value, channel.display) for channel in item.channels] == [
        ("gb@embassy.example", ""),
        ("+441632960001", "+44 1632 960 001"),
    ]


def test_the_campaigns_row_overrides_the_directorys():
    """The organiser checked it yesterday."""
    own = mission(email="new@embassy.example", source="campaign")

    (item,) = pack_of(EMBASSY, directory=(mission(source="Wikidata Q1"),), missions=(own,)).items

    assert item.channels[0].value == "new@embassy.example"


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        (mission(web="https://embassy.example"), [ChannelKind.EMAIL]),
        (mission(email="", web="https://embassy.example"), [ChannelKind.WEB]),
        (mission(email="", phone=PHONE, web="https://embassy.example"), [ChannelKind.PHONE, ChannelKind.WEB]),
        (mission(email="", fax="+44 20 7946 0102", web="https://embassy.example"), [ChannelKind.FAX]),
    ],
)
def test_a_web_page_is_a_channel_only_where_no_letter_can_be_sent(row, kinds):
    """Where an address is known, nobody is sent to look for one."""
    (item,) = pack_of(EMBASSY, directory=(row,)).items

    assert [channel.kind for channel in item.channels] == kinds


def test_without_a_row_there_is_no_embassy_in_the_pack():
    """No letter is written to nobody."""
    assert pack_of(EMBASSY, directory=(mission("DE"),)).items == ()


def test_a_retired_embassy_gives_way_to_the_next_step():
    """A dead address is no row."""
    rows = (mission(), mission("", kind="ministry", email="mfa@ministry.example", name="Ministry"))

    (item,) = pack_of(EMBASSY, directory=rows, retired=("gb@embassy.example",)).items

    assert (item.rule, item.name, item.channels[0].value) == ("ministry", "Ministry", "mfa@ministry.example")


def test_a_consulate_in_the_own_city_is_an_item_of_its_own():
    """Both belong to the same target, and each is called what it is."""
    consulate = mission(kind="consulate", city="Leeds", email="leeds@embassy.example", name="Consulate, Leeds")
    nearest = target("embassy", email="", embassy_of="KZ", consulates=True, name=said(en="Embassy of Kazakhstan"))

    items = pack_of(nearest, directory=(mission(), consulate), who=supporter(city="Leeds")).items

    assert [(item.target, item.name) for item in items] == [
        ("embassy", "Embassy of Kazakhstan"),
        ("embassy", "Consulate, Leeds"),
    ]
    assert [(item.consulate, item.mission_city) for item in items] == [(False, ""), (True, "Leeds")]


@pytest.mark.parametrize(
    ("row", "told", "expected"),
    [
        (mission("RU"), (), "ru"),
        (mission("RU", languages=("en",)), (), "en"),
        (mission("RU"), ("en",), "en"),
        (mission("CH", kind="permanent mission", city="Geneva"), (), "en"),
        (mission("", kind="ministry"), (), "ru"),
        (mission("DE", accredited=("RU",)), (), "en"),
    ],
)
def test_an_embassy_reads_what_its_host_speaks(row, told, expected):
    """The campaign's word first, then the row's, then the official languages of where it stands."""
    embassy = target("embassy", email="", embassy_of="KZ", languages=told)

    (item,) = pack_of(embassy, directory=(row,), who=supporter(country="RU")).items

    assert item.letter.language == expected


def test_a_mission_in_geneva_is_not_written_to_in_german():
    """It is accredited to the United Nations, not to its host."""
    row = mission("CH", kind="permanent mission", city="Geneva")
    words = {"summary": said(en="Jailed.", de="In Haft."), "demands": (Demand("r", said(en="release", de="Freiheit")),)}

    (item,) = pack_of(EMBASSY, directory=(row,), letters=library("en", "de"), **words).items

    assert (item.rule, item.letter.language) == ("geneva", "en")


@pytest.mark.parametrize(("tone", "language"), [(Tone.PROTEST, "en"), (Tone.SOLIDARITY, "ru")])
def test_without_languages_protest_is_in_the_fallback_and_solidarity_in_the_supporters(tone, language):
    """A family is written to in one's own words."""
    (item,) = pack_of(target(tone=tone), who=supporter(language="ru")).items

    assert item.letter.language == language
    assert (item.translation is None) is (tone is Tone.SOLIDARITY)


@pytest.mark.parametrize(("known", "left"), [({"email": ""}, ["court", "embassy"]), ({"phone": PHONE}, ["embassy"])])
def test_a_page_to_find_an_address_on_is_no_protest(known, left):
    """A dead address is used on rather than leave nothing but the web page of an embassy."""
    row = mission(**{"email": "", "web": "https://embassy.example", **known})
    situation = Situation(NOW, Links())
    dead = OutOfUse(frozenset({"court@office.example"}))

    pack = build_usable_pack(revision(target(), EMBASSY, missions=(row,)), supporter(), situation, dead)

    assert sorted(order(pack)) == left
