"""How does one see a mail before anybody gets it? As a preview, or as one mail that says it is a test.

Law: both are made by the sender's own compose function, and neither uses up anything of the outbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from mailer.core.links import TEST_PUBLIC_ID
from mailer.core.pack import Channel, PackItem, WrittenLetter
from mailer.core.revisions import Revision
from mailer.core.supporters import Person, Supporter
from mailer.core.verdicts import Phase, Verdict
from mailer.errors import UsageError
from mailer.flows.compose import Composed, Order, Tools, alert_of, compose
from mailer.flows.relaying import Relay

# What is told of a channel where it has it: as it is, and as a letter's words.
_PLAIN = ("display", "dialled", "dialled_from", "hours_there", "hours_here", "zone_there", "call_at", "max_chars")
_WORDS = ("script", "script_translation", "machine", "machine_translation", "text")


def sample_supporter(*, address: str, name: str, country: str, language: str) -> Supporter:
    """Return somebody to compose a preview or a test for; their links change nothing."""
    return Supporter(TEST_PUBLIC_ID, Person(address, name), country=country, language=language)


def trial_order(revision: Revision, address: str, *, country: str, language: str, now: datetime) -> Order:
    """Return the order of a test mail: the alert, to `address`."""
    organisation = revision.organisation
    supporter = sample_supporter(
        address=address, name="", country=country, language=language or organisation.fallback_language
    )
    return Order(revision, supporter, alert_of(revision.campaign), now, test=True)


async def send_trial(order: Order, tools: Tools, relay: Relay) -> Verdict:
    """Hand one test mail to the relay and return the reply.

    Raises:
        UsageError: nothing in the mail could still be done.
        RelayError: the relay could not be reached, or refuses us.
    """
    composed = compose(order, tools)
    if composed is None:
        raise UsageError("no channel is open for this country and language: there is nothing to test")
    await relay.open()
    try:
        verdict = await relay.send(composed.envelope)
    finally:
        await relay.close()
    return verdict or Verdict(0, "", "nothing was sent", Phase.CONTENT)


def preview_values(composed: Composed) -> Mapping[str, object]:
    """Return a preview as programs read it: the mail, its letters with all channels, and its headers."""
    return {
        "subject": composed.rendered.subject,
        "text": composed.rendered.text,
        "html": composed.rendered.html,
        "letters": [_letter_values(item) for item in composed.pack.items],
        "headers": composed.headers,
        "attached": composed.context.attached,
    }


def _letter_values(item: PackItem) -> Mapping[str, object]:
    """Return one letter with its channels, closed ones too."""
    values: dict[str, object] = {
        "target": item.target,
        "name": item.name,
        "tone": item.tone.value,
        "language": item.letter.language,
        "subject": item.letter.subject,
        "body": item.letter.body,
        "channels": [_channel_values(channel) for channel in item.channels],
        "rule": item.rule,
        "checked": item.checked,
    }
    if item.translation is not None:
        values["translation"] = _words(item.translation)
    return values


def _words(letter: WrittenLetter) -> Mapping[str, str]:
    """Return a letter's words."""
    return asdict(letter)


def _channel_values(channel: Channel) -> Mapping[str, object]:
    """Return one channel; `mailto` only where there is one, and without its copy only where it has one."""
    values: dict[str, object] = {"kind": channel.kind.value, "value": channel.value, "open": channel.open}
    if channel.mailto:
        values["mailto"] = channel.mailto
    if channel.mailto_without_copy:
        values["mailto_without_copy"] = channel.mailto_without_copy
    if channel.closes_at is not None:
        values["closes_at"] = channel.closes_at
    for name in _PLAIN:
        if value := getattr(channel, name):
            values[name] = value
    for name in _WORDS:
        if (letter := getattr(channel, name)) is not None:
            values[name] = _words(letter)
    return values
