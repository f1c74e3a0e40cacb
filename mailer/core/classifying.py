"""What is a mail that came to us: returned for good or for now, a complaint, a machine's answer, or none of these?

Law: a standard report counts before words, and nothing that is not surely a returned mail is called one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from mailer.core.autoreplies import answers_for_a_person, is_away, is_challenge, is_marked_reply
from mailer.core.bounces import Bounced, Classified, Evidence, Guess, ReturnKind
from mailer.core.complaints import complainants, is_complaint, is_feedback
from mailer.core.delivery_reports import Reported, reported_in
from mailer.core.enhanced_status import find_status, has_reply_code
from mailer.core.failure_words import kind_of
from mailer.core.named_recipients import Named, named_in, words_by_address
from mailer.core.notice_words import ARRIVED, DELAYED
from mailer.core.notices import notice_of, returned_ids
from mailer.core.presumed_recipients import presumed_in
from mailer.core.received import Received
from mailer.core.refusing_receipts import is_receipt, refused_in
from mailer.core.return_signs import LONGEST_SIGNS, LONGEST_SUBJECT, is_returned
from mailer.core.service_notices import Notification, notification_in

Guesser = Callable[[Received], Sequence[Guess]]

LONGEST_TOLD = 200  # characters of a reason


def classify(received: Received, guess: Guesser | None = None) -> Classified:
    """Return what a mail is, and whom it is about.

    `guess` asks a library, which counts only for a mail that came back and names nobody in a shape that is known here.
    """
    if is_feedback(received):
        return _complaint(received)
    notice = notice_of(received)
    if is_receipt(received):
        return _receipt(received, notice)
    if reported := reported_in(received.statuses):
        return _report(received, reported, notice)
    if notification := notification_in(received.parts[0].text if received.parts else ""):
        return _notified(received, notification)
    if answers_for_a_person(received) or not is_returned(received, notice):
        return _other(received, notice)
    return _told(received, notice, guess)


def _complaint(received: Received) -> Classified:
    """Return what a provider's report says."""
    if not is_complaint(received):
        return Classified(ReturnKind.NOT_A_BOUNCE, evidence=Evidence.REPORT)
    evidence = Evidence.REPORT if received.feedback else Evidence.WORDS
    return Classified(ReturnKind.COMPLAINT, complainants(received), evidence, returned_ids(received))


def _receipt(received: Received, notice: str) -> Classified:
    """Return what a receipt says: that the mail came, or in the words of a filter that it was refused."""
    named = refused_in(received, notice)
    if named is None:
        return Classified(ReturnKind.NOT_A_BOUNCE, evidence=Evidence.REPORT)
    bounced = tuple(named_bounce(each, notice) for each in named)
    kind = bounced[0].kind if bounced else _kind_of_notice(notice)
    return Classified(kind, bounced, Evidence.WORDS, returned_ids(received))


def _report(received: Received, reported: tuple[Reported, ...], notice: str) -> Classified:
    """Return what a delivery report says."""
    failures = [each for each in reported if each.is_failure]
    words = words_by_address(notice)
    bounced = [_bounced(each, words.get(each.address.lower(), ""), notice) for each in failures if each.address]
    if failures and not bounced:
        named = named_in(received, notice) or presumed_in(received, notice)
        bounced = [named_bounce(each, notice, failures[0]) for each in named]
    kind = _common([each.kind for each in bounced]) if bounced else _unnamed(failures, notice)
    return Classified(kind, _once(bounced), Evidence.REPORT, returned_ids(received))


def _unnamed(failures: list[Reported], notice: str) -> ReturnKind:
    """Return the kind of a report that names nobody who failed."""
    return _judge(failures[0], "", notice) if failures else ReturnKind.NOT_A_BOUNCE


def _bounced(reported: Reported, words: str, notice: str) -> Bounced:
    """Return one recipient of a report, of whom the notice says `words`."""
    told = reported.diagnostic or words
    status = find_status(reported.status, told, words)
    return Bounced(reported.address, _judge(reported, words, notice), status, _line(told))


def _judge(reported: Reported, words: str, notice: str) -> ReturnKind:
    """Return hard or soft for one recipient: by the report's own words, else by what the notice says of it."""
    if reported.is_delay:
        return ReturnKind.SOFT
    for text in (reported.diagnostic, words, notice):
        if kind := kind_of(reported.status, text):
            return kind
    return ReturnKind.SOFT


def named_bounce(named: Named, notice: str, reported: Reported | None = None) -> Bounced:
    """Return one recipient that only the text names."""
    status = find_status(reported.status if reported else "", named.words)
    is_late = (reported.is_delay if reported else False) or DELAYED.search(notice.lower()) is not None
    kinds = (kind_of(status, text) for text in (named.words, notice))
    kind = ReturnKind.SOFT if is_late else next(filter(None, kinds), ReturnKind.SOFT)
    return Bounced(named.address, kind, status or find_status(notice), _line(named.words or notice))


def _notified(received: Received, notification: Notification) -> Classified:
    """Return what a sending service's notification says."""
    if notification.is_complaint:
        about = [Bounced(named.address, ReturnKind.COMPLAINT) for named in notification.named]
        return Classified(ReturnKind.COMPLAINT, _once(about), Evidence.WORDS, returned_ids(received))
    by_type = ReturnKind.HARD if notification.is_permanent else ReturnKind.SOFT
    bounced = [
        Bounced(named.address, kind_of("", named.words) or by_type, find_status(named.words), _line(named.words))
        for named in notification.named
    ]
    kind = _common([each.kind for each in bounced]) if bounced else by_type
    return Classified(kind, _once(bounced), Evidence.WORDS, returned_ids(received))


def _told(received: Received, notice: str, guess: Guesser | None) -> Classified:
    """Return what a mail system's text says; it may as well say that all went well."""
    if _is_success(received, notice):
        return Classified(ReturnKind.NOT_A_BOUNCE)
    bounced = [named_bounce(each, notice) for each in named_in(received, notice)]
    bounced = bounced or _guessed(received, notice, guess)
    bounced = bounced or [named_bounce(each, notice) for each in presumed_in(received, notice)]
    kind = _common([each.kind for each in bounced]) if bounced else _kind_of_notice(notice)
    return Classified(kind, _once(bounced), Evidence.WORDS, returned_ids(received))


def _guessed(received: Received, notice: str, guess: Guesser | None) -> list[Bounced]:
    """Return whom a library takes the mail to be about; whom it thinks to be late is not dead."""
    return [
        replace(bounced, kind=ReturnKind.SOFT) if each.is_temporary else bounced
        for each in (guess(received) if guess else ())
        if (bounced := named_bounce(Named(each.recipient, ""), notice))
    ]


def _kind_of_notice(notice: str) -> ReturnKind:
    """Return what a notice says that names nobody."""
    if DELAYED.search(notice.lower()):
        return ReturnKind.SOFT
    return kind_of("", notice) or ReturnKind.SOFT


def _is_success(received: Received, notice: str) -> bool:
    """Tell whether a mail system tells of a delivery that went well."""
    told = f"{received.subject[:LONGEST_SUBJECT]}\n{notice[:LONGEST_SIGNS]}".lower()
    return ARRIVED.search(told) is not None and not has_reply_code(notice)


def _other(received: Received, notice: str) -> Classified:
    """Return what a mail is that did not come back; a machine's answer is sure where a field says so."""
    if is_marked_reply(received):
        return Classified(ReturnKind.AUTOREPLY, evidence=Evidence.REPORT)
    is_reply = answers_for_a_person(received) or is_challenge(received, notice) or is_away(received, notice)
    return Classified(ReturnKind.AUTOREPLY if is_reply else ReturnKind.NOT_A_BOUNCE)


def _common(kinds: Iterable[ReturnKind]) -> ReturnKind:
    """Return the kind of a mail by those of its recipients."""
    found = set(kinds)
    return found.pop() if len(found) == 1 else ReturnKind.MIXED


def _once(bounced: Iterable[Bounced]) -> tuple[Bounced, ...]:
    """Return each address once: that which is soft by one account and hard by another is soft."""
    found: dict[str, Bounced] = {}
    for each in bounced:
        before = found.get(each.recipient.lower())
        if before is None or each.kind is ReturnKind.SOFT:
            found[each.recipient.lower()] = each
    return tuple(found.values())


def _line(text: str) -> str:
    """Return a reason on one line, bounded."""
    return " ".join(text.split())[:LONGEST_TOLD]
