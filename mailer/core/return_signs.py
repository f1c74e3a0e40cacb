"""Is a mail without a report a returned one? By who wrote it, its subject, its form, and its words.

Law: words alone are a person's: the fewer signs of a machine a writer has, the more of a returned mail's it needs.
"""

from __future__ import annotations

from mailer.core.autoreplies import is_marked_reply
from mailer.core.enhanced_status import find_reply_code, has_reply_code
from mailer.core.failure_words import Reason, reasons_in
from mailer.core.notice_words import (
    ANSWERED,
    DAEMON,
    DELAYED,
    FORM,
    GATEWAY,
    MACHINE,
    RETURNED,
    RETURNED_SUBJECT,
    SAYS_I,
)
from mailer.core.received import Received

LONGEST_SUBJECT = 1_000
LONGEST_SIGNS = 4_000  # characters of a notice in which a mail system says what it is about
_LONGEST_HEAD = 1_500  # of these, those in which its form begins
_FIRST = 400  # and those in which it says what is wrong, if it says no more than that
_NEAR = 200  # characters from a reply within which it names whom it is about
_OF_AN_ADDRESS = frozenset({Reason.NO_USER, Reason.NO_HOST, Reason.FULL})
_OF_A_MAIL = _OF_AN_ADDRESS | {Reason.TOO_LARGE}
_APART = str.maketrans("_-.", "   ")


def is_returned(received: Received, notice: str) -> bool:
    """Tell whether a mail without a report is a returned one: by who wrote it, and by what it says.

    An empty sender alone is that of many automatic replies, so it asks for more than the name of a mail system does,
    and a mail that bears no sign of a machine at all for most.
    """
    if received.fields.get("x-failed-recipients") or received.report_type == "delivery-status":
        return True
    if is_by_daemon(received):
        return _is_by_name(received, notice)
    is_unsent = received.return_path == "" or _is_by_gateway(received)
    return _is_by_shape(received, notice) if is_unsent else _is_by_all(received, notice)


def _is_by_name(received: Received, notice: str) -> bool:
    """Tell whether a mail system's own mail is a returned one: by one sign."""
    is_late = DELAYED.search(received.subject[:LONGEST_SUBJECT].lower()) is not None
    if is_late or _is_by_subject(received) or _is_by_words(notice) or _is_terse(received, notice):
        return True
    return has_reply_code(notice[:LONGEST_SIGNS]) and not is_marked_reply(received)


def _is_by_shape(received: Received, notice: str) -> bool:
    """Tell whether a mail is a returned one by its subject, or its words and its shape.

    What calls itself a reply has to say it in its subject, in so many words.
    """
    if is_marked_reply(received):
        return _is_by_subject(received) and _is_told_by(received.subject)
    has_shape = has_reply_code(notice[:LONGEST_SIGNS]) or has_form(notice)
    return _is_by_subject(received) or (_is_by_words(notice) and has_shape)


def _is_by_all(received: Received, notice: str) -> bool:
    """Tell whether a mail from somewhere is a returned one: by its subject, and its form, or its words and reason."""
    if not _is_by_subject(received):
        return False
    if not _is_machine(received):
        return _is_told_by(received.subject) and _is_passed_on_by_nobody(received, notice)
    if not _is_by_words(notice):
        return False
    signs = notice[:LONGEST_SIGNS]
    return has_reply_code(signs) or has_form(notice) or bool(reasons_in(signs) & _OF_AN_ADDRESS)


def is_by_daemon(received: Received) -> bool:
    """Tell whether a mail system calls itself the writer of a mail."""
    names = _names(received)
    return not names or any(DAEMON.search(name) for name in names)


def _is_by_gateway(received: Received) -> bool:
    """Tell whether a gateway or a filter wrote a mail; some who write to subscribers have such names."""
    return not _is_to_many(received) and _has_name_of_gateway(received)


def _has_name_of_gateway(received: Received) -> bool:
    """Tell whether the writer has the name of a gateway or a filter."""
    return any(GATEWAY.search(name) for name in _names(received))


def _names(received: Received) -> list[str]:
    """Return how the writers of a mail call themselves, in lower case, as they write it and with words apart."""
    names = [name[:LONGEST_SUBJECT].lower() for name in received.fields.get("from", ())]
    return names + [name.translate(_APART) for name in names]


def has_form(notice: str) -> bool:
    """Tell whether a notice begins as mail systems begin theirs."""
    return FORM.search(notice[:_LONGEST_HEAD].lower()) is not None


def _is_passed_on_by_nobody(received: Received, notice: str) -> bool:
    """Tell whether a notice has the form or the reply of a server, and no person's words before it.

    What is quoted is passed on; a number is a reply where an address is near.
    """
    lines = (line for line in notice[:_LONGEST_HEAD].lower().splitlines() if not line.startswith(">"))
    head = "\n".join(lines)
    form, reply = FORM.search(head), find_reply_code(head)
    if form is None and (reply < 0 or "@" not in head[max(0, reply - _NEAR) : reply + _NEAR]):
        return False
    if form is None and _is_to_many(received) and not _has_name_of_gateway(received):
        return False
    return SAYS_I.search(head[: form.start() if form else reply]) is None


def _is_to_many(received: Received) -> bool:
    """Tell whether a mail went to a list or to subscribers, who may read about returned mail."""
    return any(name in received.fields for name in ("list-unsubscribe", "list-id"))


def _is_by_subject(received: Received) -> bool:
    """Tell whether the subject is one of a returned mail; a person's answer to such a mail has none."""
    subject = received.subject[:LONGEST_SUBJECT].lower()
    if ANSWERED.match(subject):
        return False
    is_told = _is_told_by(subject) or RETURNED_SUBJECT.match(subject) is not None
    return is_told or bool(reasons_in(subject) & _OF_AN_ADDRESS)


def _is_by_words(notice: str) -> bool:
    """Tell whether a notice says that a mail came back."""
    return RETURNED.search(notice[:LONGEST_SIGNS].lower()) is not None


def _is_told_by(subject: str) -> bool:
    """Tell whether a subject says in so many words that a mail came back."""
    return RETURNED.search(subject[:LONGEST_SUBJECT].lower()) is not None


def _is_terse(received: Received, notice: str) -> bool:
    """Tell whether a mail system says at once what is wrong with an address, and nothing of a mail."""
    is_answer = ANSWERED.match(received.subject[:LONGEST_SUBJECT]) is not None
    return not is_answer and bool(reasons_in(notice[:_FIRST]) & _OF_A_MAIL)


def _is_machine(received: Received) -> bool:
    """Tell whether a field says that a program wrote the mail on its own account."""
    return any(
        pattern.match(value.strip().lower())
        for name, pattern in MACHINE.items()
        for value in received.fields.get(name, ())
    )
