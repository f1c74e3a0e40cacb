"""What does the form of preferences show? What can be chosen, what was, and what is wrong with it.

Law: neither name nor address is there; of the name only its initials.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from mailer.core.calendar import tell_day
from mailer.core.organisations import Topic
from mailer.core.plain import Plain, Speaker
from mailer.core.preferences import FIELDS, MOST_A_WEEK, WAYS
from mailer.core.signatures import initials
from mailer.core.supporters import Consent, SafetyLevel
from mailer.flows.preferring import Choices, Shown
from mailer.web.public import choice_of_countries
from mailer.web.site import Site


def choices_of(site: Site) -> Choices:
    """Return what everybody can choose from, as the organisation last published it."""
    organisation = site.replies.published.organisation()
    if organisation is None:
        return Choices(site.replies.languages)
    languages = dict.fromkeys((*organisation.languages, *site.replies.languages))
    return Choices(tuple(languages), tuple(topic.tag for topic in organisation.topics), organisation.timezone)


def form_values(site: Site, shown: Shown, language: str) -> Mapping[str, Any]:
    """Return what the form's template gets, in a language that there are pages in."""
    wording, wishes = site.replies.wording(language), shown.wishes
    organisation = site.replies.published.organisation()
    tongues = [(tag, site.replies.name_of(tag, wording)) for tag in shown.offer.languages]
    return {
        "languages": _options([("", ""), *tongues], wishes.language),
        "countries": choice_of_countries(wording),
        "country": wishes.country,
        "safety": wishes.safety.value,
        "levels": tuple(level.value for level in SafetyLevel),
        "initials": initials(shown.supporter.person.name),
        "ways": WAYS,
        "best_way": wishes.best_way,
        "topics": _topics(organisation.topics if organisation else (), shown, Speaker(wording, "", (language,))),
        "discreet": wishes.discreet,
        "caps": tuple(range(1, MOST_A_WEEK + 1)),
        "max_per_week": wishes.max_per_week,
        "most": organisation.max_per_week if organisation else None,
        "paused_until": wishes.paused_until.isoformat() if wishes.paused_until else "",
        "begins_again": tell_day(wishes.paused_until, wording.calendar, year=True) if wishes.paused_until else "",
        "first_day": (shown.offer.today + timedelta(days=1)).isoformat(),
        "last_day": shown.offer.last_day.isoformat(),
        "wrong": {name: name in shown.wrong for name in FIELDS},
        "refused": bool(shown.wrong),
        "left": shown.supporter.consent is Consent.UNSUBSCRIBED,
    }


def _options(offered: Iterable[tuple[str, str]], chosen: str) -> Sequence[Plain]:
    """Return what can be chosen once, each with its name."""
    return tuple({"value": value, "name": name, "chosen": value == chosen} for value, name in offered)


def _topics(topics: Iterable[Topic], shown: Shown, speaker: Speaker) -> Sequence[Plain]:
    """Return the topics with their titles."""
    chosen = shown.wishes.topics
    return tuple({"tag": t.tag, "title": speaker.said(t.title), "chosen": t.tag in chosen} for t in topics)
