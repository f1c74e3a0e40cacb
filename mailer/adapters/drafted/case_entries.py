"""How does the found case stand in the file? People, facts, demands, events, links, in the text's own words.

Law: a text of another language than the file's first stands under both: the letter in its own language is right at
once, and the other is asked to be translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pydantic_core import PydanticCustomError

from mailer.adapters.catalog.moments import read_day, read_moment
from mailer.adapters.drafted.reachable import web_address
from mailer.adapters.drafted.slugs import Ids
from mailer.adapters.drafted.yaml_text import Lines, check, clean, cut, entry, indent, listed, note, one_line
from mailer.core.countries import capital_zone
from mailer.core.drafting.drafts import Drafted, Found, FoundDemand, FoundEvent

LONGEST = 10_000
LONGEST_NAME = 200
_AT = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?.*", re.DOTALL)
_MIDNIGHT = "00:00"

STANDARD = frozenset(
    ("release", "drop-charges", "fair-trial", "lawyer", "medical-care", "inquiry", "end-violence", "reinstate")
)


class Speech:
    """Which languages do texts stand under? One is the plain text; of several, all say the same for now."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages

    def entry(self, key: str, text: str, *reasons: str) -> Lines:
        """Return the lines of a text that people read."""
        if len(self.languages) < 2:
            return entry(key, text, check(*reasons))
        mark = check(*reasons)
        under = (line for language in self.languages for line in entry(language, text))
        return [f"{key}:  {mark}".rstrip(), *indent(under)]

    def words(self, key: str, found: Found) -> Lines:
        """Return the lines of a found text of any length, cut where it is longer than the file takes."""
        text = clean(found.text)
        if len(text) <= LONGEST:
            return self.entry(key, text, found.doubt)
        return self.entry(key, cut(text, LONGEST), found.doubt, "the text was longer")

    def line(self, key: str, found: Found, longest: int) -> Lines:
        """Return the lines of a found text that has to be on one line."""
        text = one_line(found.text, longest)
        return self.entry(key, text, found.doubt, "shortened" if len(one_line(found.text)) > longest else "")


def people_of(drafted: Drafted) -> Lines:
    """Return who the campaign is about."""
    named = (entry("name", one_line(one.text, LONGEST_NAME), check(one.doubt)) for one in _told(drafted.people))
    return listed("people", named)


def facts_of(drafted: Drafted, speech: Speech) -> Lines:
    """Return what is known."""
    return listed("facts", (speech.words("text", one) for one in _told(drafted.facts)))


def demands_of(drafted: Drafted, speech: Speech) -> Lines:
    """Return what is demanded; a standard demand with the text's own words beside it, and each standard once."""
    ids, entries = Ids(), []
    used: set[str] = set()
    for demand in drafted.demands:
        if words := clean(demand.text.text):
            is_standard = demand.standard in STANDARD - used and not demand.is_slogan
            used |= {demand.standard}
            entries.append(_standard(demand, words, ids) if is_standard else _own(demand, words, ids, speech))
    return listed("demands", entries)


def _standard(demand: FoundDemand, words: str, ids: Ids) -> Lines:
    """Return a demand that is shipped in every language."""
    lines = [note(f"in the text: {words}"), *entry("id", ids.give(demand.standard, "demand"))]
    return [*lines, *entry("standard", demand.standard, check(demand.text.doubt))]


def _own(demand: FoundDemand, words: str, ids: Ids, speech: Speech) -> Lines:
    """Return a demand in the text's own words."""
    kind = ["kind: slogan"] if demand.is_slogan else []
    return [*entry("id", ids.give(words, "slogan" if kind else "demand")), *speech.words("text", demand.text), *kind]


def events_of(drafted: Drafted, speech: Speech) -> Lines:
    """Return what is dated, pickets aside; what has no day that a calendar knows becomes a comment."""
    ids = Ids()
    dated, undated = _by_day(drafted, is_picket=False)
    zone = capital_zone(drafted.country.text)
    place = [f"timezone: {zone}"] if zone else []
    items = (_event(one, day, clock, ids, speech) + place for one, day, clock in dated)
    return [*undated, *listed("events", items)]


def _event(event: FoundEvent, day: str, clock: str, ids: Ids, speech: Speech) -> Lines:
    """Return one event."""
    what = replace(event.what, text=_as_heading(event.what.text))
    lines = [*entry("id", ids.give(what.text, "event", most_words=3)), *speech.line("what", what, LONGEST_NAME)]
    return [*lines, _at(day, clock)]


def _as_heading(text: str) -> str:
    """Return a text that its time follows, behind a colon: no full stop of its own."""
    told = one_line(text)
    return told.rstrip(" .:;,") or told


def pickets_of(drafted: Drafted, speech: Speech) -> Lines:
    """Return where people gather; a picket without a day or a place becomes a comment."""
    dated, lines = _by_day(drafted, is_picket=True)
    placed = [(one, day, clock) for one, day, clock in dated if one_line(one.where)]
    lines += [
        check(f"a picket without a place: {one_line(one.what.text, 300)}, {one.at}")
        for one, _, _ in dated
        if not one_line(one.where)
    ]
    items = (
        [
            *speech.line("what", replace(one.what, text=_as_heading(one.what.text)), LONGEST_NAME),
            *entry("where", one_line(one.where, LONGEST_NAME)),
            _at(day, clock),
        ]
        for one, day, clock in placed
    )
    return [*lines, *listed("pickets", items)]


def _by_day(drafted: Drafted, *, is_picket: bool) -> tuple[list[tuple[FoundEvent, str, str]], Lines]:
    """Return events with day and time of day (or nothing), and comments on those without a day."""
    dated, comments = [], []
    for event in drafted.events:
        words = one_line(event.what.text, LONGEST_NAME)
        if event.is_picket is not is_picket or not words:
            continue
        day, clock = day_and_time(event.at)
        if day:
            dated.append((event, day, clock))
        else:
            comments.append(check(f"{words} {event.at}: no day that is in the calendar", event.what.doubt))
    return dated, comments


def _at(day: str, clock: str) -> str:
    """Return the line of a moment."""
    mark = "" if clock else check("no time of day in the text")
    return f"at: {day} {clock or _MIDNIGHT}  {mark}".rstrip()


def day_and_time(told: str) -> tuple[str, str]:
    """Return day and time of day (or nothing) of an ISO 8601 text; nothing at all where the file would refuse it."""
    match = _AT.fullmatch(told)
    if match is None:
        return "", ""
    day, clock = match[1], match[2] or ""
    try:
        read_moment(f"{day} {clock or _MIDNIGHT}")
    except PydanticCustomError:
        return "", ""
    return day, clock


def is_day(told: str) -> bool:
    """Tell whether this is a day that the file takes."""
    try:
        read_day(told)
    except PydanticCustomError:
        return False
    return True


def links_of(drafted: Drafted) -> Lines:
    """Return pages about the case; what is no web address is left out."""
    pages = dict.fromkeys((title, web_address(url)) for title, url in drafted.links)
    items = ([*entry("title", one_line(title, LONGEST_NAME) or url), *entry("url", url)] for title, url in pages if url)
    return listed("links", items)


def donation_of(drafted: Drafted) -> Lines:
    """Return where money can be given; an account that is no page becomes a comment."""
    told = one_line(drafted.donate.text, 400)
    if not told:
        return []
    url = web_address(told)
    if not url:
        return [note(f"donations, as the text tells: {told}")]
    return ["donate:", *indent(entry("url", url, check(drafted.donate.doubt)))]


def _told(found: tuple[Found, ...]) -> Iterator[Found]:
    """Yield what has any words, each text once."""
    seen: set[str] = set()
    for one in found:
        words = clean(one.text)
        if words and words not in seen:
            seen.add(words)
            yield one
