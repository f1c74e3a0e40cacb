"""Which values do tests of mails begin with? One campaign, four supporters, and packs made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from urllib.parse import quote

from mailer.adapters.rendering import load_sources
from mailer.adapters.templates import Templates
from mailer.adapters.wording import load_wordings
from mailer.core.campaigns import (
    Campaign,
    CampaignId,
    Closing,
    Donation,
    Event,
    Fact,
    Link,
    Mailing,
    MailingId,
    MailingKind,
    Outcome,
    Person,
    Picket,
    Safety,
    Statement,
    Status,
)
from mailer.core.links import Links
from mailer.core.mail_commands import Command
from mailer.core.mailview import MailContext
from mailer.core.organisations import Organisation
from mailer.core.pack import Channel, Pack, PackItem, WrittenLetter
from mailer.core.replies import Answering, Reply
from mailer.core.revisions import Calendar, Revision, Wording
from mailer.core.supporters import Person as SupporterPerson
from mailer.core.supporters import PublicId, Supporter
from mailer.core.targets import ChannelKind, Target, TargetId, Tone
from mailer.core.texts import LocalText

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
FIRST_BY = datetime(2026, 12, 2, 5, 0, tzinfo=UTC)
LANGUAGES = ("en", "ru", "de", "fr")

ENGLISH = Calendar(
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    date="EEEE d MMMM",
    day="d MMMM y",
    time="HH:mm",
)

BODY = {
    "en": "Dear Prosecutor,\n\nI write to you about A. Example, jailed for 14 days for a picket that he did not "
    "organise.\n\nThese are my requests:\n1. Release A. Example at once.\n2. Drop all charges against him.\n\n"
    "I expect your answer.\n\nAnn Reader\nBerlin",
    "ru": "Уважаемый господин прокурор!\n\nПишу Вам о деле А. Примера, арестованного на 14 суток за пикет, которого "
    "он не организовывал.\n\nМои требования:\n1. Немедленно освободить А. Примера.\n2. Снять с него все обвинения."
    "\n\nЖду Вашего ответа.\n\nAnn Reader\nBerlin",
}
SUBJECT = {"en": "Release A. Example", "ru": "Освободите А. Примера"}
UPDATE = Mailing(
    MailingId("postponed"),
    MailingKind.UPDATE,
    at=NOW,
    text=LocalText({"en": "The trial was postponed to 2 December.", "ru": "Суд перенесён на 2 декабря."}),
)
CORRECTION = replace(
    UPDATE,
    id=MailingId("correction-1"),
    kind=MailingKind.CORRECTION,
    text=LocalText({"en": "The prosecutor's office has a new address.", "ru": "У прокуратуры новый адрес."}),
)


def letter(language: str) -> WrittenLetter:
    """Return the letter that every sample target gets, in `language`."""
    return WrittenLetter(language, SUBJECT[language], BODY[language])


def campaign() -> Campaign:
    """Return a campaign that uses every part of a mail."""
    almaty = "Asia/Almaty"
    return Campaign(
        id=CampaignId("prisoner-2026"),
        status=Status.READY,
        case="KZ-2026-03",
        country="KZ",
        title=LocalText({"en": "Free the Almaty organiser", "ru": "Свободу организатору из Алматы"}),
        summary=LocalText(
            {
                "en": "Jailed for 14 days for a picket that he did not organise.",
                "ru": "Арестован на 14 суток за пикет, которого он не организовывал.",
            }
        ),
        people=(
            Person(
                LocalText({"en": "A. Example"}), LocalText({"en": "strike organiser", "ru": "организатор забастовки"})
            ),
        ),
        facts=(
            Fact(
                LocalText({"en": "Sentenced on 22 April", "ru": "Приговор вынесен 22 апреля"}), "https://news.example/1"
            ),
        ),
        events=(Event("trial", LocalText({"en": "Trial", "ru": "Суд"}), FIRST_BY, almaty),),
        write_until=datetime(2026, 12, 10, 23, 0, tzinfo=UTC),
        targets=tuple(
            Target(
                TargetId(item.target),
                LocalText({"en": item.name}),
                embassy_of="KZ" if item.rule else "",
                email="a@b.example",
            )
            for item in pack_items("en")
        ),
        mailings=(Mailing(MailingId("alert"), MailingKind.ALERT, on_launch=True), UPDATE, CORRECTION),
        closing=Closing(
            Outcome.RELEASED,
            LocalText({"en": "He walked out of the gate this morning.", "ru": "Сегодня утром он вышел на свободу."}),
            Statement(
                LocalText({"en": "A. Example"}),
                LocalText({"en": "I read every letter.\n\nThank you all.", "ru": "Я прочёл все письма."}),
            ),
            next="another-id",
            next_title=LocalText({"en": "Free the others", "ru": "Свободу остальным"}),
        ),
        safety=Safety(notes={"DE": LocalText({"en": "Letters abroad are read.", "ru": "Письма за границу читают."})}),
        pickets=(
            Picket(
                LocalText({"en": "Picket", "ru": "Пикет"}),
                LocalText({"en": "Embassy, Berlin", "ru": "Посольство, Берлин"}),
                datetime(2026, 12, 1, 16, 0, tzinfo=UTC),
                "Europe/Berlin",
                "DE",
                public=True,
            ),
            Picket(LocalText({"en": "Closed meeting"}), LocalText({"en": "Office"}), FIRST_BY, "Europe/Berlin", "DE"),
            Picket(
                LocalText({"en": "Far picket"}),
                LocalText({"en": "London"}),
                FIRST_BY,
                "Europe/London",
                "GB",
                public=True,
            ),
        ),
        links=(Link(LocalText({"en": "Video", "ru": "Видео"}), "https://news.example/video"),),
        donate=Donation(
            "https://solidarity.example/donate", LocalText({"en": "the families' fund", "ru": "фонд помощи семьям"})
        ),
    )


def pack_items(language: str) -> tuple[PackItem, ...]:
    """Return one item for every way to reach a target, as a reader of `language` gets them."""
    translation = None if language == "ru" else letter("en")
    prosecutor = PackItem(
        "prosecutor", "City Prosecutor's Office, Almaty", Tone.PROTEST, letter("ru"), translation,
        (email_channel("prosecutor@justice.example", "ru"),), initials_only=True,
    )  # fmt: skip
    court = PackItem(
        "court", "District Court", Tone.PROTEST, letter("ru"), translation, (fax_channel(), phone_channel())
    )
    city = PackItem("city", "City government", Tone.PROTEST, letter("ru"), translation, (web_channel(),), add_name=True)
    embassy = PackItem(
        "embassy", "Embassy of Kazakhstan", Tone.PROTEST, letter("en"), None,
        (Channel(ChannelKind.WEB, "https://embassy.example/contact", open=True),),
        rule="geneva", rule_country="CH", mission_name="Permanent Mission, Geneva", checked="2026-11-01",
    )  # fmt: skip
    ministry = PackItem(
        "ministry", "Ministry of Foreign Affairs", Tone.PROTEST, letter("ru"), translation,
        (Channel(ChannelKind.POST, "Ministry Street 1\nAstana", open=True, closes_at=FIRST_BY + timedelta(days=2)),),
        sender_block=("Ann Reader", "Berlin"),
    )  # fmt: skip
    email = email_channel("family@solidarity.example", "en")
    family = PackItem(
        "family", "Family and friends", Tone.SOLIDARITY, letter("en"), None,
        (replace(email, bcc=(), mailto=email.mailto_without_copy, mailto_without_copy=""),),
    )  # fmt: skip
    closed = replace(family, target="closed", name="Closed office", channels=(replace(web_channel(), open=False),))
    return prosecutor, court, city, embassy, ministry, family, closed


def email_channel(address: str, language: str) -> Channel:
    """Return an e-mail channel whose link holds the letter only in English."""
    fits = language == "en"
    fields = f"subject={quote(SUBJECT[language])}" + (f"&body={quote(BODY['en'])}" if fits else "")
    return Channel(
        ChannelKind.EMAIL, address, open=True, closes_at=FIRST_BY, mailto_has_text=fits,
        mailto=f"mailto:{address}?bcc=copies%2Btoken@solidarity.example&{fields}",
        mailto_without_copy=f"mailto:{address}?{fields}",
        cc=("desk@solidarity.example",), bcc=("copies+token@solidarity.example",),
    )  # fmt: skip


def fax_channel() -> Channel:
    """Return a fax number."""
    return Channel(ChannelKind.FAX, "+442079460102", open=True, closes_at=FIRST_BY, display="+44 20 7946 0102")


def phone_channel() -> Channel:
    """Return a telephone with hours and a script."""
    return Channel(
        ChannelKind.PHONE, "+442079460107", open=True, closes_at=FIRST_BY, display="+44 20 7946 0107",
        script=WrittenLetter("ru", "", "Здравствуйте! Я звоню из-за А. Примера."),
        script_translation=WrittenLetter("en", "", "Hello! I call about A. Example."),
        hours_there="09:00–18:00", hours_here="05:00–14:00", zone_there="Asia/Almaty",
    )  # fmt: skip


def web_channel() -> Channel:
    """Return a web form that is too short for the letter."""
    return Channel(
        ChannelKind.WEB, "https://city.example/ask", open=True, hint="Use the tab 'Question to the mayor'",
        asks_for=("name", "phone", "inn"), max_chars=100,
    )  # fmt: skip


def pack(language: str) -> Pack:
    """Return the pack of a supporter who reads `language` in Berlin."""
    return Pack(pack_items(language), language, "Europe/Berlin", FIRST_BY)


def supporter(language: str = "en") -> Supporter:
    """Return a supporter in Germany."""
    person = SupporterPerson("ann@reader.example", "Ann Reader", "Berlin")
    return Supporter(PublicId(bytes(8)), person, "DE", language, "Europe/Berlin", joined_on=date(2024, 3, 14))


def organisation() -> Organisation:
    """Return the organisation that sends."""
    return Organisation(
        name="Example Solidarity Network",
        from_name="Example Solidarity",
        from_address="campaigns@solidarity.example",
        reply_to="office@solidarity.example",
        postal_address="1 Example Street, London",
        timezone="Europe/London",
        languages=LANGUAGES,
    )


@cache
def revision() -> Revision:
    """Return the frozen campaign with the shipped templates and words."""
    templates = Templates()
    return Revision(
        campaign(),
        organisation(),
        templates={**load_sources(templates), **load_sources(templates, "documents")},
        wordings=load_wordings(templates, LANGUAGES),
    )


def offline_revision() -> Revision:
    """Return the frozen campaign with a few English and German words that no file was read for."""
    return Revision(campaign(), organisation(), wordings={"en": wording("en"), "de": wording("de")})


def wording(language: str) -> Wording:
    """Return a wording that tells days in English, whatever its language, and knows few names."""
    return Wording(
        language=language,
        direction="ltr",
        catalogue=b"",
        calendar=ENGLISH,
        countries={"DE": "Germany", "KZ": "Kazakhstan", "CH": "Switzerland"},
        languages={"en": "English", "ru": "Russian"},
    )


def links() -> Links:
    """Return the links of the supporter."""
    return Links(
        "https://solidarity.example/u/AAAA",
        "mailto:leave@solidarity.example?subject=leave",
        action_url="https://solidarity.example/a/AAAA",
        preferences_url="https://solidarity.example/p/AAAA",
        confirm_url="https://solidarity.example/confirm/AAAA",
    )


def mailing_of(kind: MailingKind) -> Mailing:
    """Return a mailing of `kind`, with its text where it has one."""
    given = {MailingKind.UPDATE: UPDATE, MailingKind.CORRECTION: CORRECTION}
    return given.get(kind) or Mailing(MailingId(kind.value), kind, on_launch=True)


def context(kind: MailingKind = MailingKind.ALERT, language: str = "en") -> MailContext:
    """Return what one mail of `kind` in `language` is made of."""
    return MailContext(
        kind, revision(), supporter(language), pack(language), links(), NOW, mailing_of(kind),
        corrected=("prosecutor",), withdrawn=("old@justice.example", "+44 20 7946 0199"),
        answering=Answering(Reply(Command.STOP)) if kind is MailingKind.REPLY else None,
    )  # fmt: skip
