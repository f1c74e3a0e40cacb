"""What is kept of somebody? All of it, as they may download it: in words, without anything that is only ours.

Law: nothing that is kept of a person is left out, but what tells nothing of them: row numbers, hashes and keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailer.core.explanation import ActionTrace, DeliveryTrace, Traces
from mailer.core.plain import Plain
from mailer.core.supporters import ConsentStatement, Supporter


@dataclass(frozen=True, slots=True)
class ReportTrace:
    """That somebody told of a channel that it is dead, or that they did not get through; `at` is UTC."""

    campaign_id: str
    target: str
    kind: str
    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """All that is kept of one supporter; `declined` are campaigns, each with the moment (UTC) of "not this case".

    `copies` are those of their letters that came to the mailbox.
    """

    supporter: Supporter
    statement: ConsentStatement | None = None
    traces: Traces = field(default_factory=Traces)
    declined: tuple[tuple[str, datetime], ...] = ()
    reports: tuple[ReportTrace, ...] = ()
    copies: tuple[ActionTrace, ...] = ()


def own_data(known: Known) -> Mapping[str, Plain]:
    """Return it all, ready for JSON; moments are UTC."""
    return {
        "you": _person(known.supporter),
        "consent": _consent(known),
        "mails": [_mail(each) for each in known.traces.deliveries],
        "letters_you_told_us_of": [_action(each) for each in known.traces.actions],
        "copies_that_came_to_us": [_action(each) for each in known.copies],
        "cases_you_declined": [{"campaign": campaign, "at": _moment(at)} for campaign, at in known.declined],
        "channels_you_reported": _reports(known.reports),
    }


def _person(supporter: Supporter) -> Mapping[str, Plain]:
    """Return what somebody told, and what they chose."""
    person = supporter.person
    return {
        "email": person.email,
        "name": person.name,
        "city": person.city,
        "organisation": person.organisation,
        "country": supporter.country,
        "language": supporter.language,
        "timezone": supporter.timezone,
        "tags": list(person.tags),
        "best_way": person.best_way,
        "safety": person.safety.value,
        "discreet_subjects": person.discreet,
        "max_per_week": supporter.max_per_week,
        "paused_until": _moment(supporter.paused_until),
        "joined_on": supporter.joined_on.isoformat() if supporter.joined_on else None,
    }


def _consent(known: Known) -> Mapping[str, Plain]:
    """Return whether, where and when somebody agreed."""
    stands: dict[str, Plain] = {"status": known.supporter.consent.value}
    if known.statement is not None:
        stands |= {"text": known.statement.text, "day": known.statement.day.isoformat()}
        stands["source"] = known.statement.source
    return stands


def _mail(trace: DeliveryTrace) -> Mapping[str, Plain]:
    """Return one mail, sent or not; a rehearsal reached nobody."""
    told: dict[str, Plain] = {"campaign": trace.campaign_id, "mailing": trace.mailing_id, "kind": trace.kind}
    told |= {"state": trace.state, "sent_at": _moment(trace.sent_at), "rehearsal": trace.rehearsal}
    return told | {"came_back": list(trace.came_back)}


def _action(trace: ActionTrace) -> Mapping[str, Plain]:
    """Return that they wrote, to one target or to all."""
    told: dict[str, Plain] = {"campaign": trace.campaign_id, "target": trace.target, "told_by": trace.source}
    return told | {"at": _moment(trace.at)}


def _reports(reports: Sequence[ReportTrace]) -> Plain:
    """Return what they told of channels."""
    return [
        {"campaign": each.campaign_id, "target": each.target, "what": each.kind, "value": each.value}
        | {"at": _moment(each.at)}
        for each in reports
    ]


def _moment(moment: datetime | None) -> str | None:
    """Return a moment (UTC) as ISO 8601 to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment is not None else None
