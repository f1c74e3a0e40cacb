"""Which guards keep commands that come by mail from doing harm? Each with its words, and the test that misses it."""

from __future__ import annotations

from tests.guards.guards import Guard

_STORE = "mailer/adapters/store"
_OBEYED = "tests/integration/test_commands_by_mail.py"
_WORDS = "tests/unit/test_mail_commands.py"

COMMAND_GUARDS = (
    Guard(
        "a command is answered once a day, whichever case it is about",
        f"{_STORE}/replying.py",
        "return connection.scalar(found) is not None",
        "return False",
        (f"{_OBEYED}::test_the_same_command_about_two_cases_is_answered_once",),
    ),
    Guard(
        "an answer that waits outlives a second goodbye",
        f"{_STORE}/obeying.py",
        "!= Consent.UNSUBSCRIBED:",
        "is not None:",
        (f"{_OBEYED}::test_a_command_is_answered_once_a_day",),
    ),
    Guard(
        "who complained is not answered",
        f"{_STORE}/wishing.py",
        "case((or_(_ASKS, _REPLIES), ~barred),",
        "case((_REPLIES, _REPLIES), (_ASKS, ~barred),",
        (f"{_OBEYED}::test_who_complained_or_was_erased_gets_no_answer",),
    ),
    Guard(
        "an answer says that a machine wrote it",
        "mailer/flows/compose.py",
        'auto_submitted="auto-replied"',
        'auto_submitted=""',
        (f"{_OBEYED}::test_an_answer_says_that_a_machine_wrote_it_and_keeps_nothing_of_what_it_answers",),
    ),
    Guard(
        "machines are not obeyed",
        "mailer/core/automatic.py",
        'submitted not in ("", "no")',
        "False",
        (f"{_OBEYED}::test_two_machines_that_answer_each_other_stop_at_once",),
    ),
    Guard(
        "what is quoted is no command",
        "mailer/core/mail_commands.py",
        "return found if found or quotes else",
        "return found if found else",
        (f"{_WORDS}::test_a_line_is_a_command_or_it_is_not",),
    ),
    Guard(
        "a question is no command",
        "mailer/core/mail_commands.py",
        "return None if asks or len(line)",
        "return None if len(line)",
        (f"{_WORDS}::test_a_line_is_a_command_or_it_is_not",),
    ),
)
