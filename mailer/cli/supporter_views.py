"""How is a supporter shown, to a person and to a program? Values become lines or JSON; nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from mailer.core.campaigns import MailingKind
from mailer.core.enrolment import Standing
from mailer.core.explanation import CampaignAnswer, DeliveryTrace, Explanation
from mailer.core.replies import read_reply_id
from mailer.core.supporters import ConsentStatement, Supporter
from mailer.flows.enrol import Listed


def list_line(listed: Listed) -> str:
    """Return one line of the list."""
    where = f"{listed.country or '--'}  {listed.language or '--':<3}"
    return f"{listed.id:>9}  {listed.public_id.hex()}  {where}  {listed.consent:<12}  {listed.joined_on.isoformat()}"


def list_as_json(found: Iterable[Listed]) -> Iterator[str]:
    """Return the lines of one JSON array, written as it comes."""
    separator = "["
    for each in found:
        yield separator + json.dumps(_listed_json(each))
        separator = ","
    yield "]" if separator == "," else "[]"


def standing_json(standing: Standing) -> dict[str, Any]:
    """Return all that is known of an address."""
    suppression = standing.suppression
    return {
        "supporter": _supporter_json(standing.supporter) if standing.supporter else None,
        "statement": _statement_json(standing.statement) if standing.statement else None,
        "suppression": {"reason": suppression.reason, "since": _moment(suppression.since)} if suppression else None,
    }


def standing_lines(standing: Standing) -> Iterator[str]:
    """Return all that is known of an address, for a person."""
    if standing.supporter is not None:
        for name, value in _supporter_json(standing.supporter).items():
            shown = "; ".join(value) if isinstance(value, list) else value
            yield f"{name:<13} {'-' if shown in ('', None) else shown}"
    if standing.statement is not None:
        yield f"{'agreed':<13} {standing.statement.text}"
        yield f"{'':<13} entered {standing.statement.day.isoformat()} from {standing.statement.source}"
    if standing.suppression is not None:
        yield f"{'suppressed':<13} {standing.suppression.reason}, since {_moment(standing.suppression.since)}"


def explanation_json(found: Explanation) -> dict[str, Any]:
    """Return the answer to `why` for a program."""
    known = {"known": found.standing.supporter is not None, "reason": found.reason}
    return known | standing_json(found.standing) | {"campaigns": [_campaign_json(each) for each in found.campaigns]}


def explanation_lines(found: Explanation) -> Iterator[str]:
    """Return the answer to `why` for a person."""
    supporter = found.standing.supporter
    if supporter is not None:
        yield f"{'consent':<13} {supporter.consent}, since {supporter.joined_on}"
    yield from standing_lines(Standing(None, found.standing.statement, found.standing.suppression))
    if found.reason:
        yield f"{'no mail':<13} {found.reason}"
    for each in found.campaigns:
        yield f"{each.campaign_id} ({each.status}): {each.reason or 'may be written to'}"
        for delivery in each.deliveries:
            moment = delivery.sent_at or delivery.not_before
            note = f"  {delivery.reply}" if delivery.reply else ""
            rehearsal = ", rehearsal" if delivery.rehearsal else ""
            back = f"  came back: {', '.join(delivery.came_back)}" if delivery.came_back else ""
            yield f"  {_name(delivery):<26} {delivery.state:<11} {_moment(moment)}{rehearsal}{note}{back}"
        for action in each.actions:
            yield f"  wrote to {action.target or 'its targets'} ({action.source}) {_moment(action.at)}"


def _name(delivery: DeliveryTrace) -> str:
    """Return what a mail is called: its mailing, or what it answers."""
    reply = read_reply_id(delivery.mailing_id) if delivery.kind == MailingKind.REPLY else None
    return f"answer to their mail ({reply.name})" if reply else delivery.mailing_id


def _listed_json(listed: Listed) -> dict[str, Any]:
    """Return one entry of the list."""
    clear = {name: getattr(listed, name) for name in ("id", "country", "language", "timezone", "consent")}
    return clear | {"public_id": listed.public_id.hex(), "joined_on": listed.joined_on.isoformat()}


def _supporter_json(supporter: Supporter) -> dict[str, Any]:
    """Return one supporter with what is sealed."""
    person = supporter.person
    return {
        "id": supporter.id,
        "public_id": supporter.public_id.hex(),
        "email": person.email,
        "name": person.name,
        "language": supporter.language,
        "country": supporter.country,
        "timezone": supporter.timezone,
        "city": person.city,
        "organisation": person.organisation,
        "tags": list(person.tags),
        "best_way": person.best_way,
        "safety": person.safety,
        "consent": supporter.consent,
        "joined_on": supporter.joined_on.isoformat() if supporter.joined_on else None,
        "paused_until": _moment(supporter.paused_until) if supporter.paused_until else None,
    }


def _statement_json(statement: ConsentStatement) -> dict[str, Any]:
    """Return what somebody agreed to."""
    told = {"text": statement.text, "day": statement.day.isoformat()}
    return told | {"source": statement.source, "sha256": statement.sha256}


def _campaign_json(each: CampaignAnswer) -> dict[str, Any]:
    """Return what one campaign does for a supporter."""
    return {
        "id": each.campaign_id,
        "status": each.status,
        "reason": each.reason,
        "deliveries": [
            {
                "mailing": delivery.mailing_id,
                "kind": delivery.kind,
                "state": delivery.state,
                "rehearsal": delivery.rehearsal,
                "not_before": _moment(delivery.not_before),
                "sent_at": _moment(delivery.sent_at) if delivery.sent_at else None,
                "reply": delivery.reply,
                "came_back": list(delivery.came_back),
            }
            for delivery in each.deliveries
        ],
        "acted": [{"target": a.target, "source": a.source, "at": _moment(a.at)} for a in each.actions],
    }


def _moment(moment: datetime) -> str:
    """Return a moment (UTC) as ISO 8601 to the second."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
