"""Which guards keep a stranger's mail from costing or deciding what it wants? Each with its words, and its test."""

from __future__ import annotations

from tests.guards.guards import Guard

_READING, _SECTIONS = "mailer/adapters/mail_reading.py", "mailer/adapters/mail_sections.py"
_CLASSIFYING, _SIGNS = "mailer/core/classifying.py", "mailer/core/return_signs.py"
_READ, _KINDS = "tests/unit/test_mail_reading.py", "tests/unit/test_classifying.py"
_RETURNS, _NAMES = "tests/unit/test_return_signs.py", "tests/unit/test_named_recipients.py"

READING_GUARDS = (
    Guard(
        "of a mail only so many parts are looked at",
        _READING,
        "if not allowance.takes_part():",
        "if False:",
        (f"{_READ}::test_a_thousand_parts_are_a_hundred",),
    ),
    Guard(
        "mails in mails are read to a depth",
        _READING,
        "if kind in _MAILS and depth < DEEPEST:",
        "if kind in _MAILS:",
        (f"{_READ}::test_mails_in_mails_end",),
    ),
    Guard(
        "parts in parts are read to a depth",
        _READING,
        'if kind.startswith("multipart/") and depth < DEEPEST and ',
        'if kind.startswith("multipart/") and ',
        (f"{_READ}::test_parts_in_parts_end",),
    ),
    Guard(
        "of all texts only so much is read",
        _READING,
        "min(LARGEST_TEXT, max(0, allowance.characters))",
        "LARGEST_TEXT",
        (f"{_READ}::test_a_text_is_read_to_its_bound",),
    ),
    Guard(
        "lines that look like delimiters are counted",
        _SECTIONS,
        " and allowance.takes_delimiter()",
        "",
        (f"{_READ}::test_lines_that_look_like_delimiters_are_counted",),
    ),
    Guard(
        "fields are counted",
        _SECTIONS,
        "while place < limit and count < MOST_FIELDS:",
        "while place < limit:",
        (f"{_READ}::test_fields_without_end_are_cut",),
    ),
    Guard(
        "a mail with two From fields has no sender",
        _READING,
        "addresses_in(values[0]) if len(values) == 1 else ()",
        "addresses_in(values[0]) if values else ()",
        (f"{_READ}::test_the_sender_is_one_address_or_nobody",),
    ),
    Guard(
        "an empty sender alone makes no bounce",
        _SIGNS,
        "(_is_by_words(notice) and has_shape)",
        "_is_by_words(notice)",
        (f"{_RETURNS}::test_an_empty_sender_needs_more_than_words",),
    ),
    Guard(
        "a machine's reply is no bounce for what it says",
        _SIGNS,
        "    if is_marked_reply(received):",
        "    if False:",
        (f"{_RETURNS}::test_what_calls_itself_a_reply_says_it_in_its_subject",),
    ),
    Guard(
        "a person's answer to a bounce is none",
        _SIGNS,
        "    if ANSWERED.match(subject):",
        "    if False:",
        (f"{_KINDS}::test_a_person_who_writes_of_a_bounce_sent_none",),
    ),
    Guard(
        "a person's words before a report make a question of it",
        _SIGNS,
        "return SAYS_I.search(head[: form.start() if form else reply]) is None",
        "return True",
        (f"{_RETURNS}::test_who_passes_a_report_on_is_a_person",),
    ),
    Guard(
        "what a person deleted unread arrived",
        "mailer/core/refusing_receipts.py",
        'if not _BY_MACHINE.match(fields.get("disposition", "")) or not _REFUSED.search(told):',
        "if not _REFUSED.search(told):",
        (f"{_KINDS}::test_what_a_person_deletes_arrived",),
    ),
    Guard(
        "who can help is not who failed",
        "mailer/core/named_recipients.py",
        "if not is_about_help(notice, match.start(1))",
        "if True",
        (f"{_NAMES}::test_who_helps_is_not_who_failed",),
    ),
    Guard(
        "an address that lives by one account lives",
        _CLASSIFYING,
        "if before is None or each.kind is ReturnKind.SOFT:",
        "if before is None:",
        (f"{_KINDS}::test_one_address_told_twice_is_soft_if_once_so",),
    ),
    Guard(
        "who got the mail did not fail to",
        "mailer/core/delivery_reports.py",
        "is_good = action.startswith(_GOOD) or ",
        "is_good = ",
        (f"{_KINDS}::test_a_report_of_success_is_no_bounce",),
    ),
    Guard(
        "JSON without end is no notification",
        "mailer/core/service_notices.py",
        "except (ValueError, RecursionError):",
        "except ValueError:",
        (f"{_KINDS}::test_notifications_of_a_sending_service",),
    ),
    Guard(
        "an error in the library of heuristics stays there",
        "mailer/adapters/bounce_words.py",
        "except Exception:",
        "except LookupError:",
        ("tests/integration/test_returned_mails.py::test_what_breaks_the_library_is_no_guess",),
    ),
)
