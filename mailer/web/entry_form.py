"""What does the form to join the list hold? What it offers, what was typed into it, and what is wrong with that.

Law: what was typed is checked by the code that checks an organiser's file, and shown again as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from mailer.adapters.applicants import canonical_address, read_country
from mailer.core.enrolment import Applicant, clean_text
from mailer.core.organisations import Topic
from mailer.core.plain import Plain, Speaker, paragraphs
from mailer.core.visitors import make_stamp
from mailer.web.public import choice_of_countries
from mailer.web.site import Site

TRAP = "website"  # a field that people do not see
_TYPED = ("email", "name", "language", "country", "city", "organisation", "stamp", "version")
_WORDS = ("name", "city", "organisation")
_LONGEST_SHOWN = 300  # characters of what was typed that are shown again


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form offers in one language: topics, languages, and the text that people agree to."""

    language: str
    languages: tuple[str, ...]
    topics: tuple[Topic, ...]
    consent: str

    @property
    def version(self) -> str:
        """Return what tells this text from every other one."""
        return sha256(self.consent.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """A form as it was sent: what was typed, the applicant if that is right, and what is wrong (field -> kind)."""

    typed: Mapping[str, str]
    chosen: tuple[str, ...] = ()
    trapped: bool = False
    applicant: Applicant | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)


def offered(site: Site, language: str) -> Offer:
    """Return what the form offers in a language."""
    organisation = site.replies.published.organisation()
    first = organisation.languages if organisation else ()
    return Offer(
        language=language,
        languages=tuple(dict.fromkeys((*first, *site.replies.languages))),
        topics=organisation.topics if organisation else (),
        consent="\n\n".join(paragraphs(site.replies.words("consent", language))),
    )


def read_entry(fields: Mapping[str, Sequence[str]], offer: Offer) -> Entry:
    """Return what was sent; of a field that comes twice the last counts."""
    typed = {name: fields[name][-1].strip() for name in _TYPED if name in fields}
    known = {topic.tag for topic in offer.topics}
    chosen = tuple(dict.fromkeys(tag for tag in fields.get("topic", ()) if tag in known))
    entry = Entry(typed, chosen, trapped=bool("".join(fields.get(TRAP, ()))))
    wrong = {**_wrong_fields(typed), **_wrong_consent(fields, offer)}
    return replace(entry, wrong=wrong) if wrong else replace(entry, applicant=_applicant(entry, offer))


def empty_form(site: Site, language: str, email: str = "") -> Mapping[str, Plain] | None:
    """Return the form before anything is typed; None where nobody can sign up: no mail could hold a link."""
    if not site.installation.settings.public_url:
        return None
    stamp = make_stamp(site.installation.token_key, site.installation.clock())
    return form_values(site, offered(site, language), Entry({"email": email, "language": language, "stamp": stamp}))


def form_values(site: Site, offer: Offer, entry: Entry) -> Mapping[str, Plain]:
    """Return what the form's template gets; what was typed stays."""
    wording = site.replies.wording(offer.language)
    speaker = Speaker(wording, "", (offer.language,))
    shown = {name: _visible(entry.typed.get(name, ""))[:_LONGEST_SHOWN] for name in _TYPED}
    return {
        **shown,
        "page_language": offer.language,
        "version": offer.version,
        "consent": paragraphs(offer.consent),
        "countries": choice_of_countries(wording),
        "languages": tuple({"language": tag, "name": site.replies.name_of(tag, wording)} for tag in offer.languages),
        "topics": tuple(
            {"tag": topic.tag, "title": speaker.said(topic.title), "chosen": topic.tag in entry.chosen}
            for topic in offer.topics
        ),
    }


def _visible(text: str) -> str:
    """Return a text without what nobody sees: a control character is no part of a page."""
    return "".join(character for character in text if character.isprintable())


def _wrong_fields(typed: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that nothing can be made of, each with "missing" or "wrong"."""
    found = {}
    for name, read in _READERS.items():
        value = typed.get(name, "")
        try:
            read(value)
        except ValueError:
            found[name] = "wrong" if value else "missing"
    return found


def _wrong_consent(fields: Mapping[str, Sequence[str]], offer: Offer) -> dict[str, str]:
    """Return that nobody agreed, or that they read another text than there is now."""
    if not any(fields.get("consent", ())):
        return {"consent": "missing"}
    return {} if offer.version in fields.get("version", ()) else {"consent": "changed"}


def _applicant(entry: Entry, offer: Offer) -> Applicant:
    """Return the applicant; a field that was left empty tells nothing."""
    typed = entry.typed
    words = {name: clean_text(name, typed.get(name, "")) or None for name in _WORDS}
    language = typed.get("language", "")
    return Applicant(
        email=canonical_address(typed["email"]),
        language=language if language in offer.languages else offer.language,
        country=read_country(typed["country"]),
        tags=entry.chosen or None,
        name=words["name"],
        city=words["city"],
        organisation=words["organisation"],
    )


def _country(text: str) -> str:
    """Return a country, which nobody may lack: it decides what is safe.

    Raises:
        ValueError: it is none.
    """
    if not text:
        raise ValueError("no country was chosen")
    return read_country(text)


def _one_line(name: str) -> Callable[[str], str]:
    """Return the reader of a text that letters show."""
    return lambda text: clean_text(name, text)


_READERS: Mapping[str, Callable[[str], str]] = {
    "email": canonical_address,
    "country": _country,
    **{name: _one_line(name) for name in _WORDS},
}
