"""How do found targets stand in the file? One entry each, further ones for what does not fit into one.

Law: nobody is written to who is only mentioned; an office without an address stands with its name and a question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from mailer.adapters.catalog.places import COUNTRIES
from mailer.adapters.drafted.reachable import CHANNELS, Reached, reached, sorted_out
from mailer.adapters.drafted.slugs import Ids
from mailer.adapters.drafted.yaml_text import Lines, check, clean, cut, entry, indent, note, one_line, quoted
from mailer.core.drafting.drafts import Drafted, Found, FoundTarget, Role

NO_ADDRESS = "no address in the text"
OWN_ADDRESS = "this is your own address"
LONGEST_NAME = 200
LONGEST_HINT = 1_000
_SEVERAL = ("fax", "phone", "post", "web")  # what is beyond the first of these becomes an entry of its own


@dataclass(frozen=True, slots=True)
class Office:
    """What entries of targets need to know of the whole: ids that were given, who is barred, what letters are in.

    `own` are addresses of the organisation.
    """

    ids: Ids
    barred: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    own: Collection[str] = frozenset()


def targets_of(drafted: Drafted, office: Office) -> Iterator[Lines]:
    """Yield the lines of every entry: protest targets, offices that get a copy on paper, then messages of support."""
    for target in drafted.targets:
        if target.role is Role.TARGET:
            yield from _entries(target, office)
    for target in drafted.targets:
        if target.role is Role.COPY and (target.faxes or target.post):
            yield from _on_paper(target, office)
    yield from _support(drafted, office)


def _entries(target: FoundTarget, office: Office) -> Iterator[Lines]:
    """Yield the entries of one target: the embassy anywhere, which has its name in every language, and the office."""
    code = target.embassy_of if target.embassy_of in COUNTRIES else ""
    found = reached(_with_own_marked(target, office.own), office.barred)
    if code:
        yield [*entry("id", office.ids.give("embassy", "embassy"), check(target.doubt)), f"embassy_of: {code}"]
    if not code or found.is_anywhere or found.comments:
        yield from _office(target, found, office, doubt="" if code else target.doubt)


def _with_own_marked(target: FoundTarget, own: Collection[str]) -> FoundTarget:
    """Return a target with a doubt at every address that is ours: whoever passes an appeal on stands in it, too."""
    marked = (replace(one, doubt=OWN_ADDRESS) if one_line(one.text).lower() in own else one for one in target.emails)
    return replace(target, emails=tuple(marked))


def _on_paper(target: FoundTarget, office: Office) -> Iterator[Lines]:
    """Yield the entry of an office that the appeal wants to have a copy, by what cannot be a copy of a mail."""
    paper = FoundTarget(target.name, faxes=target.faxes, post=target.post)
    for lines in _office(paper, reached(paper, office.barred), office, doubt=target.doubt):
        yield [note("the text asks for a copy here; by fax or post, that is a letter of its own"), *lines]


def _support(drafted: Drafted, office: Office) -> Iterator[Lines]:
    """Yield an entry for everybody who is to get messages of support."""
    named = [target for target in drafted.targets if target.role is Role.SOLIDARITY]
    known = {one_line(email.text).lower() for target in named for email in target.emails}
    alone = [email for email in drafted.solidarity if one_line(email.text).lower() not in known]
    alone_targets = [FoundTarget(Found(""), Role.SOLIDARITY, emails=(email,)) for email in alone]
    for target in (*named, *alone_targets):
        found = reached(target, office.barred)
        yield from _office(target, found, office, doubt=target.doubt, tone=["letter: solidarity"])


def _office(
    target: FoundTarget, found: Reached, office: Office, *, doubt: str, tone: Lines | None = None
) -> Iterator[Lines]:
    """Yield the entry of one office, and one more for each further number, address or page that stands in for it."""
    name, unsure = _name(target, found)
    target_id = office.ids.give(name, "target")
    missing = "" if found.is_anywhere or found.comments else NO_ADDRESS
    lines = [*entry("id", target_id, check(doubt if doubt != missing else "")), *found.comments]
    lines += entry("name", name, check(unsure, missing))
    lines += tone or _reads(office)
    for channel in CHANNELS:
        lines += _channel(channel, found.values[channel][:1], target.web_hint)
    yield [*lines, *_copies(found)]
    further = max(len(found.values[channel]) for channel in _SEVERAL)
    for number in range(1, further):
        extra = [*entry("id", office.ids.give(name, "target")), *entry("name", name), *(tone or _reads(office))]
        extra += entry("fallback_for", target_id)
        for channel in _SEVERAL:
            extra += _channel(channel, found.values[channel][number : number + 1], target.web_hint)
        yield extra


def _name(target: FoundTarget, found: Reached) -> tuple[str, str]:
    """Return how a target is called, and why that is doubtful; without a name, as it is reached."""
    if name := one_line(target.name.text, LONGEST_NAME):
        return name, target.name.doubt
    values = [one.text for channel in CHANNELS for one in found.values[channel]]
    return one_line(values[0] if values else "?", LONGEST_NAME), "whose is it? Write the name of the office"


def _reads(office: Office) -> Lines:
    """Return the languages that letters came along in, where they are not those of the file."""
    return [f"languages: [{', '.join(office.languages)}]"] if office.languages else []


def _channel(channel: str, values: tuple[Found, ...], hint: str) -> Lines:
    """Return the lines of one channel, or none."""
    if not values:
        return []
    (value,) = values
    told = clean(hint)
    told = told if len(told) <= LONGEST_HINT else cut(told, LONGEST_HINT)
    if channel == "web" and told:
        return ["web:", *indent([*entry("url", value.text, check(value.doubt)), *entry("hint", told)])]
    return entry(channel, value.text, check(value.doubt))


def _copies(found: Reached) -> Lines:
    """Return further mail addresses of an office: one letter reaches them all."""
    others = found.values["email"][1:]
    if not others:
        return []
    items = [f"  - {quoted(other.text)}  {check(other.doubt)}".rstrip() for other in others]
    return [note("further addresses of this office: they get the same mail"), "copies_to:", *items]


def copies_to(drafted: Drafted, barred: tuple[str, ...]) -> tuple[tuple[Found, ...], list[str]]:
    """Return who gets a copy of every protest letter, and comments on what is no address."""
    of_targets = (email for target in drafted.targets if target.role is Role.COPY for email in target.emails)
    return sorted_out("email", (*drafted.copies_to, *of_targets), barred)
