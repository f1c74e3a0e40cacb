"""Which values do tests of letters, missions and packs begin with? Small ones, made by hand from segments."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from mailer.core.campaigns import Campaign, CampaignId, Demand, Mission, Person, Status
from mailer.core.organisations import Organisation
from mailer.core.revisions import Calendar, Revision, Wording
from mailer.core.supporters import Person as SupporterPerson
from mailer.core.supporters import PublicId, Supporter
from mailer.core.targets import Target, TargetId
from mailer.core.texts import LetterLibrary, LetterTemplate, LocalText, Segment, Segments
from mailer.flows.relaying import Envelope

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # a Wednesday
TRIAL = datetime(2026, 12, 2, 5, 0, tzinfo=UTC)  # 10:00 on a Wednesday in Almaty
END = datetime(2026, 12, 10, 0, 0, tzinfo=UTC)
NAME = "Anna Maria Kovács"
SLOGAN = "Support the workers' party"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = tuple(f"month{number}" for number in range(1, 13))
CALENDAR = Calendar(_MONTHS, _DAYS, "EEEE d MMMM", "d MMMM y", "HH:mm")


def said(**by_language: str) -> LocalText:
    """Return a text in the languages that are its keywords; the first is the fallback."""
    return LocalText(by_language)


def letter_text(source: str) -> Segments:
    """Return segments for words with {value}s and [list]s in them."""
    kinds = {"{": "value", "[": "list"}
    pieces = (piece for piece in re.split(r"(\{\w+\}|\[\w+\])", source) if piece)
    return tuple(
        Segment(kinds[piece[0]], piece[1:-1]) if piece[0] in kinds else Segment("text", piece) for piece in pieces
    )


GREETINGS = {"en": "Dear Sir or Madam,", "ru": "Уважаемые дамы и господа!"}


def template(language: str, mark: str = "", variants: int = 3) -> LetterTemplate:
    """Return a letter whose every part says its language, its part, its number and `mark`."""

    def parts(part: str) -> tuple[Segments, ...]:
        return tuple(letter_text(f"{mark}{language}-{part}-{number}") for number in range(variants))

    return LetterTemplate(
        greeting=GREETINGS.get(language, ""),
        openings=parts("opening"),
        body=letter_text(f"{mark}{language}-body {{person}}\n[demands]"),
        closings=parts("closing"),
        subjects=() if mark.endswith("phone-") else parts("subject"),
    )


def library(*languages: str, mark: str = "") -> LetterLibrary:
    """Return letters of all three tones in `languages`."""
    return LetterLibrary(
        {
            tone: {language: template(language, mark=f"{mark}{tone}-") for language in languages}
            for tone in ("protest", "solidarity", "phone")
        }
    )


def target(target_id: str = "court", **changes: Any) -> Target:
    """Return a target with an e-mail address."""
    given = {"name": said(en=f"Office {target_id}"), "email": f"{target_id}@office.example", **changes}
    return Target(id=TargetId(target_id), **given)


def campaign(*targets: Target, **changes: Any) -> Campaign:
    """Return a campaign with two demands and a slogan."""
    given = {
        "status": Status.READY,
        "title": said(en="Free A. Example", ru="Свободу A. Example"),
        "summary": said(en="Jailed for a picket.", ru="В тюрьме за пикет."),
        "country": "KZ",
        "mailings": (),
        "people": (Person(LocalText({"en": "A. Example"})),),
        "demands": (
            Demand("release", said(en="his release", ru="освобождение")),
            Demand("inquiry", said(en="a public inquiry")),
            Demand("slogan", said(en=SLOGAN), slogan=True),
        ),
        "write_until": END,
        **changes,
    }
    return Campaign(id=CampaignId("prisoner-2026"), targets=targets or (target(),), **given)


def organisation(*languages: str) -> Organisation:
    """Return an organisation in London with `languages`, English and Russian by default."""
    return Organisation(
        name="Example Network",
        from_name="Example",
        from_address="campaigns@solidarity.example",
        reply_to="office@solidarity.example",
        postal_address="1 Example Street",
        timezone="Europe/London",
        languages=languages or ("en", "ru"),
    )


def wording(language: str) -> Wording:
    """Return the words of a language in which countries are called "en:GB" and the like."""
    countries = {code: f"{language}:{code}" for code in ("GB", "DE", "RU", "KZ", "CH")}
    return Wording(language, "ltr", b"", CALENDAR, countries)


def revision(*targets: Target, letters: LetterLibrary | None = None, **changes: Any) -> Revision:
    """Return a revision of a campaign with `changes`; letters are shipped in English and Russian."""
    missions = changes.pop("directory", ())
    return Revision(
        campaign=campaign(*targets, **changes),
        organisation=organisation(),
        letters=letters or library("en", "ru"),
        missions=missions,
        wordings={language: wording(language) for language in ("en", "ru")},
    )


def supporter(
    name: str = "Anna Maria Kovács", *, country: str = "GB", language: str = "en", **changes: Any
) -> Supporter:
    """Return a supporter; `changes` of city, organisation, best_way and safety go to what they told us."""
    own = {key: changes.pop(key) for key in ("seed", "timezone") if key in changes}
    person = SupporterPerson(email="anna@reader.example", name=name, **changes)
    return Supporter(PublicId(bytes(8)), person, country=country, language=language, **own)


def mission(host: str = "GB", **changes: Any) -> Mission:
    """Return an embassy of Kazakhstan in `host` with an e-mail address."""
    given = {"of": "KZ", "email": f"{host.lower() or 'home'}@embassy.example", "name": f"Mission in {host}", **changes}
    return Mission(host=host, **given)


def as_composed(mail: Any) -> Any:
    """Return a mail without what only its form is sure of, which is true: that none of its lines begins with a dot."""
    if not isinstance(mail, Envelope):
        return mail
    assert not mail.is_dotless or b"\r\n." not in b"\r\n" + mail.content
    return mail._replace(is_dotless=False)
