"""What does a draft look like to a program? The shape that DESIGN calls `draft`, each value as the text spells it."""

from __future__ import annotations

from collections.abc import Iterator

from mailer.core.drafting.drafts import Drafted, Found, FoundEvent, FoundTarget, Role

Json = dict[str, object]
_CHANNELS = ("email", "fax", "phone", "post", "web")


def to_json(drafted: Drafted) -> Json:
    """Return the draft; what a target has several of stands in further targets of the same name."""
    by_role = {role: [target for target in drafted.targets if target.role is role] for role in Role}
    copies = [*drafted.copies_to, *(email for target in by_role[Role.COPY] for email in target.emails)]
    support = [*drafted.solidarity, *(email for target in by_role[Role.SOLIDARITY] for email in target.emails)]
    return {
        "title": drafted.title.text,
        "summary": drafted.summary.text,
        "country": drafted.country.text,
        "language": drafted.language,
        "people": [one.text for one in drafted.people],
        "facts": [one.text for one in drafted.facts],
        "demands": [one.text.text for one in drafted.demands],
        "slogans": [one.text.text for one in drafted.demands if one.is_slogan],
        "targets": [row for target in by_role[Role.TARGET] for row in _rows(target)],
        "copies_to": _once(copies),
        "solidarity": _once(support),
        "get_copies": [row for target in by_role[Role.COPY] for row in _rows(target)],
        "get_solidarity": [row for target in by_role[Role.SOLIDARITY] for row in _rows(target)],
        "mentioned": [row for target in by_role[Role.MENTIONED] for row in _rows(target)],
        "write_until": drafted.write_until.text,
        "dated": drafted.dated.text,
        "events": [_event(event) for event in drafted.events],
        "links": [{"title": title, "url": url} for title, url in drafted.links],
        "donate": drafted.donate.text,
        "letters": [{"language": one.language, "subject": one.subject, "body": one.body} for one in drafted.letters],
        "outcome": drafted.outcome,
        "unsure": list(dict.fromkeys((*drafted.unsure, *doubts(drafted)))),
    }


def _rows(target: FoundTarget) -> Iterator[Json]:
    """Yield a target with the first of each channel, then one more for each further value."""
    channels = (target.emails, target.faxes, target.phones, target.post, target.webs)
    for number in range(max(1, *map(len, channels))):
        row: Json = {"name": target.name.text}
        row |= {key: _spelt(values[number : number + 1]) for key, values in zip(_CHANNELS, channels, strict=True)}
        row["embassy_of"] = (target.embassy_of or None) if number == 0 else None
        if target.web_hint and row["web"]:
            row["web_hint"] = target.web_hint
        yield row


def _spelt(values: tuple[Found, ...]) -> str | None:
    """Return the one value, if there is one, as the text has it."""
    return next((one.told or one.text for one in values), None)


def _event(event: FoundEvent) -> Json:
    """Return an event."""
    return {"what": event.what.text, "at": event.at, "where": event.where, "picket": event.is_picket}


def _once(found: list[Found]) -> list[str]:
    """Return texts without those that came before, capitals aside."""
    first: dict[str, str] = {}
    for one in found:
        first.setdefault(one.text.lower(), one.text)
    return list(first.values())


def doubts(drafted: Drafted) -> Iterator[str]:
    """Yield every doubt about a value, with the value."""
    for what, found in _values(drafted):
        if found.doubt:
            told = (found.told or found.text)[:80]
            yield f"{what} {told!r}: {found.doubt}" if told else f"{what}: {found.doubt}"
    for target in drafted.targets:
        if target.doubt:
            yield f"target {target.name.text[:80]!r}: {target.doubt}"
        if target.role is Role.TARGET and not target.embassy_of and not any(_channels(target)):
            yield f"target {target.name.text[:80]!r}: no address in the text"


def _values(drafted: Drafted) -> Iterator[tuple[str, Found]]:
    """Yield every value that was found, with what it is."""
    yield from (("title", drafted.title), ("summary", drafted.summary), ("country", drafted.country))
    yield from (("person", one) for one in drafted.people)
    yield from (("fact", one) for one in drafted.facts)
    yield from (("demand", one.text) for one in drafted.demands)
    for target in drafted.targets:
        if target.role in (Role.TARGET, Role.SOLIDARITY):  # copies have no name in the file
            yield "name", target.name
        yield from (("address", value) for channel in _channels(target) for value in channel)
    yield from (("copy to", one) for one in drafted.copies_to)
    yield from (("solidarity", one) for one in drafted.solidarity)
    yield from (("event", one.what) for one in drafted.events)
    yield from (("write until", drafted.write_until), ("date", drafted.dated), ("donations", drafted.donate))


def _channels(target: FoundTarget) -> tuple[tuple[Found, ...], ...]:
    """Return the channels of a target."""
    return target.emails, target.faxes, target.phones, target.post, target.webs
