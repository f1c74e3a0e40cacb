"""How does a draft look in the campaign file? A whole file that `mailer check` accepts, with one campaign to review.

Law: what the text does not tell is not made up but asked for, in a comment that keeps the campaign from being launched.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from mailer.adapters.catalog.library import LONG_SUBJECT
from mailer.adapters.catalog.places import COUNTRIES, UNKNOWN_COUNTRY, country_name, read_language
from mailer.adapters.drafted import case_entries as case
from mailer.adapters.drafted.case_entries import Speech, is_day
from mailer.adapters.drafted.left_out import left_out
from mailer.adapters.drafted.letter_entries import letters_of
from mailer.adapters.drafted.slugs import Ids
from mailer.adapters.drafted.surroundings import Surroundings
from mailer.adapters.drafted.target_entries import Office, copies_to, targets_of
from mailer.adapters.drafted.yaml_text import Lines, check, clean, entry, indent, item, listed, note, one_line, quoted
from mailer.core.drafting.drafts import NOBODY, Drafted, Found
from mailer.core.signups import NAME

_OLD: Final = timedelta(days=60)
_ORGANISATION: Final = (
    "organisation:",
    "  name: Example Solidarity Network  # check: put in your own name, addresses and languages",
    "  from: Example Solidarity <campaigns@solidarity.example>",
    "  reply_to: office@solidarity.example",
    '  postal_address: "1 Example Street, London"',
    "  timezone: UTC",
)


def to_yaml(drafted: Drafted, today: date, around: Surroundings | None = None) -> str:
    """Return the text of a campaign file with this one campaign, a draft; the organisation is that of `around`."""
    around = around or Surroundings()
    language = language_of(drafted)
    own = list(around.organisation) or [*_ORGANISATION, f"  languages: [{language or 'en'}]"]
    lines = ["version: 1", "", *own, "", "campaigns:", *indent(campaign_item(drafted, today, around))]
    return "\n".join(lines) + "\n"


def campaign_item(drafted: Drafted, today: date, around: Surroundings) -> Lines:
    """Return the campaign as an item of a list, not indented."""
    campaign_id = Ids({*around.taken, NAME}).give(drafted.title.text, _id_without_words(drafted, today))
    languages = _languages(drafted, around)
    speech = Speech(languages)
    letters, written_in = letters_of(drafted, _letter_languages(drafted), around.lettered)
    first = languages[0]
    reads = written_in if any(tag != first for tag in written_in) else ()
    contacts = _contacts(drafted, Office(Ids(), around.barred, reads, around.own))
    lines = [*entry("id", campaign_id), "status: draft", *_remarks(drafted, today, languages)]
    for part in (
        _country(drafted),
        _title(drafted, speech),
        _summary(drafted, speech),
        case.people_of(drafted),
        case.facts_of(drafted, speech),
        case.demands_of(drafted, speech),
        case.events_of(drafted, speech),
        _write_until(drafted),
        contacts,
        left_out(drafted.mails, contacts),
        letters,
        case.pickets_of(drafted, speech),
        case.links_of(drafted),
        case.donation_of(drafted),
    ):
        lines += part
    return item(lines)


def language_of(drafted: Drafted) -> str:
    """Return the language of the text if it is one that the file takes, else nothing."""
    return _language(drafted.language)


def _language(tag: str) -> str:
    """Return a language tag as the file has it, or nothing."""
    try:
        return read_language(tag)
    except ValueError:
        return ""


def _letter_languages(drafted: Drafted) -> frozenset[str]:
    """Return the languages of the letters that the file takes."""
    tags = (*(letter.language for letter in drafted.letters), drafted.language)
    return frozenset(tag for tag in tags if tag and _language(tag) == tag)


def _languages(drafted: Drafted, around: Surroundings) -> tuple[str, ...]:
    """Return what texts stand under: the file's first language, then that of the appeal if it is another."""
    own = language_of(drafted)
    if not around.languages:
        return (own or "en",)
    return tuple(dict.fromkeys(filter(None, (around.languages[0], own))))


def _id_without_words(drafted: Drafted, today: date) -> str:
    """Return the id of a campaign whose title cannot be spelt."""
    country = drafted.country.text if drafted.country.text in COUNTRIES else "case"
    return f"{country.lower()}-{today:%Y-%m}"


def _remarks(drafted: Drafted, today: date, languages: tuple[str, ...]) -> Lines:
    """Return what is to be known about the whole before anything is changed."""
    unsure = (one for one in dict.fromkeys(drafted.unsure) if not (drafted.outcome and "--update-of" in one))
    told_below = () if drafted.targets else (NOBODY,)
    lines = [check(one) for one in unsure if one_line(one) and one not in told_below]
    if len(languages) > 1:
        lines.append(check(f"the text is in '{languages[1]}': translate what stands under '{languages[0]}'"))
    dated = drafted.dated.text
    if is_day(dated):
        old = "look whether it is still open" if today - date.fromisoformat(dated) > _OLD else ""
        told = f"the appeal is of {dated}"
        reasons = list(filter(None, (drafted.dated.doubt, old)))
        lines.append(check(f"{told}: {'; '.join(reasons)}") if reasons else note(told))
    return lines


def _country(drafted: Drafted) -> Lines:
    """Return where it happens."""
    code = drafted.country.text
    if code not in COUNTRIES:
        return [f"country: {UNKNOWN_COUNTRY}  {check('which country is it? ' + _ISO, drafted.country.doubt)}"]
    mark = check(drafted.country.doubt) or note(country_name(code, "en"))
    return [f"country: {code}  {mark}"]


_ISO: Final = "Two capital letters, as in GB, KZ, TR"


def _title(drafted: Drafted, speech: Speech) -> Lines:
    """Return the title; without one, a line that says so."""
    if one_line(drafted.title.text):
        return speech.line("title", drafted.title, LONG_SUBJECT)
    return speech.entry("title", "?", "no title was found; say in a few words what is wanted", drafted.title.doubt)


def _summary(drafted: Drafted, speech: Speech) -> Lines:
    """Return the case in a few sentences; where the title is all that there is, what to do."""
    title = one_line(drafted.title.text)
    if clean(drafted.summary.text) and one_line(drafted.summary.text) != title:
        return speech.words("summary", drafted.summary)
    return speech.words("summary", Found(title or "?", "tell the case in two or three sentences"))


def _write_until(drafted: Drafted) -> Lines:
    """Return the deadline; what is no day becomes a comment."""
    told = one_line(drafted.write_until.text, 200)
    if not told:
        return []
    if is_day(told):
        return [f"write_until: {told}  {check(drafted.write_until.doubt)}".rstrip()]
    return [check(f"write until '{told}': which day is that? write_until: 2026-12-10", drafted.write_until.doubt)]


def _contacts(drafted: Drafted, office: Office) -> Lines:
    """Return everybody who gets a letter or a copy of it."""
    return [*_targets(drafted, office), *_copies(drafted, office.barred)]


def _targets(drafted: Drafted, office: Office) -> Lines:
    """Return whom to write to; of an appeal that is over, nobody, and why."""
    if drafted.outcome:
        told = f"the text says that it is over ({drafted.outcome}), so nobody is written to; {_CLOSES}"
        return [check(told), "targets: []"]
    lines = listed("targets", targets_of(drafted, office))
    return lines or [check(f"{NOBODY}: who can change it?"), "targets: []"]


_CLOSES: Final = "`mailer draft --update-of CAMPAIGN` makes it the closing of the campaign that it ends"


def _copies(drafted: Drafted, barred: tuple[str, ...]) -> Lines:
    """Return who gets copies of protest letters."""
    usable, comments = copies_to(drafted, barred)
    items = [f"  - {quoted(one.text)}  {check(one.doubt)}".rstrip() for one in usable]
    return [*comments, *(["copies_to:", *items] if items else [])]
