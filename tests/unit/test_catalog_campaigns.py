"""Does a right file become the right values, defaults included?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from mailer.core.campaigns import (
    AudienceRule,
    CampaignId,
    Closing,
    CountryRule,
    Donation,
    Event,
    Fact,
    Link,
    Mailing,
    MailingId,
    MailingKind,
    Mission,
    Outcome,
    Statement,
    Status,
)
from mailer.core.organisations import Topic
from mailer.core.targets import Phone, Risk, Tone, WebForm
from mailer.core.texts import LocalText, Segment
from tests.campaign_files import CASE, COURT, ORGANISATION, file, load, loaded

TRIAL = datetime(2026, 12, 2, 5, tzinfo=UTC)


def english(text: str) -> LocalText:
    """Return a text in the fallback language."""
    return LocalText({"en": text})


def test_the_organisation_is_read_whole() -> None:
    """Name and address of the sender come apart; barred addresses are small letters."""
    organisation = load(file()).organisation

    assert organisation is not None
    assert (organisation.from_name, organisation.from_address) == (
        "Example Solidarity",
        "campaigns@solidarity.example",
    )
    assert organisation.fallback_language == "en"
    assert organisation.never_target == ("hospital.example", "ward@clinic.example")
    assert organisation.max_per_week is None
    assert organisation.plus_addresses


TOPICS = """\
  topics:
    - {tag: nurses, title: {en: Nurses, ru: Медсёстры}}
    - {tag: Prison letters, title: {en: Letters to prisoners, ru: Письма в тюрьму}}
  confirmations_per_hour: 50
campaigns:
"""


def test_topics_that_people_may_choose_are_read_in_their_order() -> None:
    """Each has its tag as supporters get it and a title in every language; sign-up has its limit."""
    organisation = load(file(organisation=ORGANISATION.replace("campaigns:\n", TOPICS))).organisation

    assert organisation is not None
    assert organisation.topics == (
        Topic("nurses", LocalText({"en": "Nurses", "ru": "Медсёстры"})),
        Topic("Prison letters", LocalText({"en": "Letters to prisoners", "ru": "Письма в тюрьму"})),
    )
    assert organisation.confirmations_per_hour == 50


def test_without_topics_nothing_is_offered() -> None:
    """Sign-up works without them, and is held at a thousand an hour."""
    organisation = load(file()).organisation

    assert organisation is not None
    assert (organisation.topics, organisation.confirmations_per_hour) == ((), 1_000)


def test_without_a_sender_s_name_mails_come_from_the_organisation() -> None:
    """A bare address gets a name that supporters know."""
    bare = ORGANISATION.replace("Example Solidarity <campaigns@solidarity.example>", "campaigns@solidarity.example")
    organisation = load(file(organisation=bare)).organisation

    assert organisation is not None
    assert organisation.from_name == "Example Solidarity Network"


def test_what_the_file_leaves_out_has_its_default() -> None:
    """A short campaign is complete."""
    campaign = loaded(file())
    court = campaign.targets[0]

    assert campaign.status is Status.READY
    assert campaign.write_until == TRIAL
    assert campaign.audience == AudienceRule()
    assert (campaign.closing, campaign.donate, campaign.per_hour, campaign.on_uncertain) == (None, None, None, "resend")
    assert (court.tone, court.risk, court.public, court.demands, court.until) == (
        Tone.PROTEST,
        Risk.NORMAL,
        True,
        None,
        None,
    )
    assert court.post_days == 7


def test_omitted_mailings_are_an_alert_and_two_reminders() -> None:
    """On launch, 3 days after, and 24 hours before the first event."""
    assert loaded(file()).mailings == (
        Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True),
        Mailing(MailingId("reminder-after-3d"), MailingKind.REMINDER, after=timedelta(days=3)),
        Mailing(MailingId("reminder-before-trial-24h"), MailingKind.REMINDER, before="trial", by=timedelta(hours=24)),
    )


def test_without_an_event_there_is_one_default_reminder_and_no_deadline() -> None:
    """None stands for 21 days after the alert."""
    without = file().replace(CASE[CASE.index("    events") : CASE.index("    demands")], "")
    campaign = loaded(without)

    assert [mailing.id for mailing in campaign.mailings] == ["alert", "reminder-after-3d"]
    assert campaign.write_until is None


def test_the_first_event_is_the_earliest_and_not_the_first_line() -> None:
    """Order in the file does not matter."""
    earlier = "      - {id: hearing, what: Hearing, at: 2026-12-01 09:00}\n    demands:"
    campaign = loaded(file().replace("    demands:", earlier, 1))

    assert campaign.write_until == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert campaign.mailings[-1].before == "hearing"


def test_own_mailings_have_identities_of_kind_and_rule() -> None:
    """The id of an update is its own, else its number among the updates."""
    mailings = """\
    write_until: 2026-12-20
    mailings:
      - alert: 2026-11-25 12:00
      - reminder: {after: 72h}
      - reminder: {before: trial, by: 1d}
      - update: {at: 2026-12-01 09:00, text: {en: First, ru: Первое}}
      - update: {id: postponed, at: "2026-12-03 09:00+05:00", text: Later, attach: [pdf]}
      - update: {at: 2026-12-05 09:00, text: Third}
"""
    found = loaded(file(mailings)).mailings

    assert [mailing.id for mailing in found] == [
        "alert",
        "reminder-after-72h",
        "reminder-before-trial-1d",
        "update-1",
        "postponed",
        "update-3",
    ]
    assert found[0].at == datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert found[4].at == datetime(2026, 12, 3, 4, tzinfo=UTC)
    assert found[4].attach == ("pdf",)


def test_deadlines_are_the_end_of_a_day_a_time_or_an_event() -> None:
    """A date ends at 24:00 in the organisation's zone."""
    summer = ORGANISATION.replace("Europe/London", "Asia/Almaty")

    assert loaded(file("    write_until: 2026-12-10\n", organisation=summer)).write_until == datetime(
        2026, 12, 10, 19, tzinfo=UTC
    )
    assert loaded(file("    write_until: 2026-12-10 18:00\n")).write_until == datetime(2026, 12, 10, 18, tzinfo=UTC)
    assert loaded(file("    write_until: trial\n")).write_until == TRIAL


def test_a_target_s_until_is_resolved_alike() -> None:
    """An event of the campaign, or a date of the organisation."""
    targets = COURT + "      - {id: b, name: B, fax: '+44 20 7946 0102', until: trial}\n"
    targets += "      - {id: c, name: C, fax: '+44 20 7946 0103', until: 2026-11-30}\n"

    assert [target.until for target in loaded(file(targets=targets)).targets] == [
        None,
        TRIAL,
        datetime(2026, 12, 1, tzinfo=UTC),
    ]


def test_times_in_a_gap_or_fold_are_resolved_by_the_rule() -> None:
    """The first moment after the gap, the first of the two in a fold."""
    events = "      - {id: gap, what: G, at: 2027-03-28 01:30}\n      - {id: fold, what: F, at: 2027-10-31 01:30}\n"
    campaign = loaded(file().replace("    demands:", events + "    demands:", 1))

    assert campaign.event("gap").at == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert campaign.event("fold").at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_every_channel_is_read() -> None:
    """Numbers are E.164, hours are times, addresses are lines."""
    targets = """\
      - id: all
        name: {en: Office, ru: Контора}
        salutation: Dear office
        languages: [ru, EN]
        risk: high
        public: false
        demands: [movement]
        email: office@justice.example
        fax: "+44 20 7946 0102"
        phone: {number: "+44 20 7946 0107", hours: "09:00-18:00", timezone: Asia/Almaty, ask_at_most: 50}
        post: "Ministry Street 1\\n\\n Astana "
        post_days: 10
        web: {url: "https://city.example/ask", max_chars: 2000, asks_for: [name, phone], hint: Use the tab}
        copies_to: [desk@solidarity.example]
"""
    target = loaded(file(targets=targets)).targets[0]

    assert target.name == LocalText({"en": "Office", "ru": "Контора"})
    assert target.languages == ("ru", "en")
    assert (target.risk, target.public, target.demands) == (Risk.HIGH, False, ("movement",))
    assert (target.email, target.fax) == ("office@justice.example", "+442079460102")
    assert target.phone == Phone("+442079460107", time(9), time(18), "Asia/Almaty", 50, display="+44 20 7946 0107")
    assert (target.post, target.post_days) == (("Ministry Street 1", "Astana"), 10)
    assert target.web == WebForm("https://city.example/ask", 2000, ("name", "phone"), english("Use the tab"))
    assert target.copies_to == ("desk@solidarity.example",)


def test_a_number_and_a_page_alone_are_short_for_their_maps() -> None:
    """`phone: "+44 ..."` and `web: https://...` are enough."""
    targets = "      - {id: a, name: A, phone: '+44 20 7946 0107', web: 'https://city.example/ask'}\n"
    target = loaded(file(targets=targets)).targets[0]

    assert target.phone == Phone("+442079460107", display="+44 20 7946 0107")
    assert target.web == WebForm("https://city.example/ask")


def test_an_embassy_needs_no_name() -> None:
    """It is called after its country in the organisation's languages."""
    target = loaded(file(targets="      - {id: embassy, embassy_of: KZ, consulates: nearest}\n")).targets[0]

    assert target.name == LocalText({"en": "Embassy: Kazakhstan", "ru": "Посольство: Казахстан"})
    assert target.consulates


def test_a_letter_may_go_through_an_embassy() -> None:
    """It stays one to its target, which has a name, and the nearest consulate is offered too."""
    target = loaded(file(targets="      - {id: a, name: Prison, via_embassy: KZ, consulates: nearest}\n")).targets[0]

    assert (target.via_embassy, target.embassy_of, target.mission_of, target.has_channel) == ("KZ", "", "KZ", True)
    assert target.name.text("en") == "Prison"
    assert target.consulates


def test_solidarity_targets_are_not_public_and_ask_for_nothing() -> None:
    """A letter to the family holds no demands."""
    targets = "      - {id: family, name: Family, letter: solidarity, email: family@solidarity.example}\n"
    shown = targets.replace("letter:", "public: true, letter:")

    assert (loaded(file(targets=targets)).targets[0].public, loaded(file(targets=targets)).targets[0].demands) == (
        False,
        (),
    )
    assert loaded(file(targets=shown)).targets[0].public


def test_standard_demands_come_in_every_language_with_names() -> None:
    """Names are joined with the language's own word."""
    people = "    people: [{name: A, agreed: self}, {name: B, agreed: self}, {name: C, agreed: self}]\n"

    assert loaded(file(people)).demands[0].text == LocalText(
        {"en": "the release of A, B and C", "ru": "освобождение (A, B и C)"}
    )
    assert loaded(file()).demands[0].text == LocalText({"en": "the release of all", "ru": "освобождение всех"})
    assert [demand.slogan for demand in loaded(file()).demands] == [False, True]


def test_a_text_has_the_fallback_first_whatever_the_file_s_order() -> None:
    """`best` without a language gives the fallback."""
    campaign = loaded(file().replace("title: Free the organiser", "title: {de: Frei, ru: Свободу, en: Free}"))

    assert list(campaign.title.by_language) == ["en", "ru", "de"]
    assert campaign.title.best("kk") == ("en", "Free")


def test_the_rest_of_a_case_is_read() -> None:
    """Facts, links, pickets, donation, safety, missions, audience, closing, pace."""
    case = """\
    case: KZ-1
    people: [{name: A. Example, role: organiser, agreed: union}]
    facts: [{text: Sentenced, source: "https://news.example/1"}]
    copies_to: [desk@solidarity.example, desk@solidarity.example]
    missions: [{of: KZ, in: GB, email: london@embassy.example, accredited: [IE], checked: 2026-11-01}]
    closing: {outcome: released, text: {en: Free, ru: На свободе}, statement: {by: A. Example, text: Thanks}}
    audience: {countries: [GB, NO], tags: [urgent]}
    safety: {countries: {KZ: none, NO: initials}, notes: {NO: Careful}}
    pickets: [{what: Picket, where: Embassy, country: GB, at: 2026-12-01 17:00, public: yes}]
    links: [{title: Video, url: "https://news.example/video"}]
    donate: {url: "https://solidarity.example/donate", for: the families}
    attach: [pdf, ics]
    pace: {per_hour: 5000}
    on_uncertain: hold
"""
    campaign = loaded(file(case))

    assert campaign.facts == (Fact(english("Sentenced"), "https://news.example/1"),)
    assert campaign.copies_to == ("desk@solidarity.example",)
    assert campaign.missions == (
        Mission(
            "KZ",
            "GB",
            email="london@embassy.example",
            accredited=("IE",),
            checked=date(2026, 11, 1),
            source="campaign",
        ),
    )
    assert campaign.closing == Closing(
        Outcome.RELEASED,
        LocalText({"en": "Free", "ru": "На свободе"}),
        Statement(english("A. Example"), english("Thanks")),
    )
    assert campaign.audience == AudienceRule(("GB", "NO"), (), ("urgent",))
    assert campaign.safety.countries == {"KZ": CountryRule.NONE, "NO": CountryRule.INITIALS}
    assert campaign.safety.notes == {"NO": english("Careful")}
    assert campaign.pickets[0].public
    assert campaign.pickets[0].timezone == "Europe/London"
    assert campaign.links == (Link(english("Video"), "https://news.example/video"),)
    assert campaign.donate == Donation("https://solidarity.example/donate", english("the families"))
    assert (campaign.case, campaign.attach, campaign.per_hour, campaign.on_uncertain) == (
        "KZ-1",
        ("pdf", "ics"),
        5000,
        "hold",
    )
    assert campaign.events == (Event("trial", english("Trial"), TRIAL, "Asia/Almaty"),)


def test_own_letters_take_what_they_leave_out_from_the_shipped_ones() -> None:
    """A subject of one's own goes with the shipped body."""
    letters = "    letters: {protest: {en: {subject: [One, Two], opening: Dear}, ru: {subject: [Раз, Два]}}}\n"
    campaign = loaded(file(letters))
    own = campaign.letters.find("protest", "en")

    assert own is not None
    assert own.subjects == ((Segment("text", "One"),), (Segment("text", "Two"),))
    assert own.openings == ((Segment("text", "Dear"),),)
    assert own.body == (Segment("value", "summary"), Segment("list", "demands"))
    assert campaign.letters.languages("protest") == ("en", "ru")


def test_phone_scripts_have_no_subject() -> None:
    """Nothing is asked for that a call does not have."""
    letters = "    letters: {phone: {en: {opening: Good day, body: '{{ person }}', closing: Thanks}}}\n"
    script = loaded(file(letters)).letters.find("phone", "en")

    assert script is not None
    assert script.subjects == ()


def test_problems_of_two_campaigns_are_kept_apart() -> None:
    """A campaign with an error is left out; its neighbour is whole."""
    other = (
        file()[file().index("  - id: case") :].replace("id: case", "id: other").replace("country: KZ", "country: XX")
    )
    catalog = load(file() + other)

    assert list(catalog.campaigns) == ["case"]
    assert not catalog.problems_of("case")
    assert [problem.where for problem in catalog.problems_of("other")] == ["campaign other, country"]
    assert not catalog.problems_of("unheard-of")
    assert not catalog.ok


def test_a_problem_found_elsewhere_is_told_at_the_campaign() -> None:
    """What the database says about a campaign points at its line of the file."""
    problem = load(file()).problem_at("case", "has gone out", hint="a new id")

    assert str(problem) == "campaigns.yaml:11:9: error: campaign case: has gone out - a new id"


def test_names_of_people_may_be_spelled_in_each_language() -> None:
    """A name alone is that of the fallback language; a standard demand takes the spelling of its own language."""
    people = "    people: [{name: {en: A. Example, ru: А. Пример}, agreed: self}, {name: B, agreed: self}]\n"
    campaign = loaded(file(people))

    assert [person.name for person in campaign.people] == [
        LocalText({"en": "A. Example", "ru": "А. Пример"}),
        english("B"),
    ]
    assert campaign.demands[0].text.text("en") == "the release of A. Example and B"
    assert campaign.demands[0].text.text("ru") == "освобождение (А. Пример и B)"


def test_a_closing_tells_the_title_of_the_campaign_that_goes_on() -> None:
    """The title is found before or after the closing in the file; of a campaign that is not there, nothing is told."""
    closing = "    closing: {outcome: won, text: Free, next: NEXT}\n"
    case = file()[file().index("  - id: case") :].replace("title: Free the organiser", "title: {en: Sequel, ru: Ещё}")
    text = file(closing.replace("NEXT", "other")) + case.replace("id: case", "id: other")
    campaign = loaded(text + closing.replace("NEXT", "case"))

    assert campaign.closing == Closing(
        Outcome.WON, english("Free"), next="other", next_title=LocalText({"en": "Sequel", "ru": "Ещё"})
    )
    other = load(text + closing.replace("NEXT", "case")).campaigns[CampaignId("other")]
    assert other.closing is not None
    assert other.closing.next_title == english("Free the organiser")
    missing = loaded(file(closing.replace("NEXT", "sequel"))).closing
    assert missing is not None
    assert (missing.next, missing.next_title) == ("sequel", None)
