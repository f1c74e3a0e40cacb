"""Which guards keep a mailbox from being read wrongly, by a stranger, or to somebody's harm? Each with its test."""

from __future__ import annotations

from tests.guards.guards import Guard

_BOX = "mailer/adapters/mailbox"
_CONTRACT = "tests/contract/test_mailboxes.py"
_IMAP = "tests/integration/test_imap_mailbox.py"
_MAILDIR = "tests/integration/test_maildir_mailbox.py"
_READING = "tests/integration/test_readers.py"
_SETTINGS = "tests/unit/test_mailbox_settings.py"
_PATIENCE = "tests/unit/test_patience_with_mailboxes.py"

MAILBOX_GUARDS = (
    Guard(
        "a mailbox's login goes to nobody without TLS but to this machine",
        f"{_BOX}/settings.py",
        "if access is Access.LOOPBACK and not is_this_machine",
        "if False and not is_this_machine",
        (f"{_SETTINGS}::test_a_wrong_url_is_refused_with_what_would_be_right",),
    ),
    Guard(
        "a mailbox's login holds no further command",
        f"{_BOX}/settings.py",
        "if _CONTROL.search(username + password):",
        "if False:",
        (f"{_SETTINGS}::test_a_wrong_url_is_refused_with_what_would_be_right",),
    ),
    Guard(
        "a mailbox's server proves who it is",
        f"{_BOX}/opening.py",
        "ssl_context=trust or ssl.create_default_context()",
        "ssl_context=ssl._create_unverified_context()",
        (f"{_IMAP}::test_a_certificate_that_nobody_vouches_for_is_refused",),
    ),
    Guard(
        "no error repeats what a mailbox's server wrote about a login",
        f"{_BOX}/opening.py",
        'f"{settings.label} refuses the login: are user name and password right?"',
        'f"{settings.label} refuses the login: {error}"',
        (f"{_IMAP}::test_whatever_a_server_does_is_one_of_two_troubles",),
    ),
    Guard(
        "of a mail that is too large a mailbox gives only the beginning (IMAP)",
        f"{_BOX}/imap.py",
        "most = BEGINNING if waiting.size > LARGEST_MAIL else LARGEST_MAIL + 1",
        "most = 10 * LARGEST_MAIL",
        (f"{_CONTRACT}::test_of_a_mail_that_is_too_large_only_the_beginning_is_fetched",),
    ),
    Guard(
        "of a mail that is too large a mailbox gives only the beginning (Maildir)",
        f"{_BOX}/maildir.py",
        "BEGINNING if size > LARGEST_MAIL else LARGEST_MAIL + 1",
        "-1",
        (f"{_CONTRACT}::test_of_a_mail_that_is_too_large_only_the_beginning_is_fetched",),
    ),
    Guard(
        "what others deleted in a mailbox is not expunged for them",
        f"{_BOX}/imap.py",
        'elif set(self._client.search("DELETED")) <= set(uids):',
        "else:",
        (f"{_IMAP}::test_what_others_marked_as_deleted_is_neither_read_nor_expunged",),
    ),
    Guard(
        "what a crash left marked in a mailbox is expunged",
        f"{_BOX}/imap.py",
        "self._client.add_flags(uids, self._marks, silent=True)",
        "self._client.add_flags(uids, [DELETED], silent=True)",
        ("tests/acceptance/test_reading_kills.py::test_killed_at_a_step_at_a_server",),
    ),
    Guard(
        "reading a mailbox marks nothing as seen",
        f"{_BOX}/imap.py",
        "BODY.PEEK[]",
        "BODY[]",
        (f"{_IMAP}::test_nothing_is_marked_as_seen",),
    ),
    Guard(
        "a link in a mailbox is not followed when it is listed",
        f"{_BOX}/maildir.py",
        "status = path.lstat()",
        "status = path.stat()",
        (f"{_MAILDIR}::test_what_is_no_mail_is_neither_read_nor_moved",),
    ),
    Guard(
        "a link in a mailbox is not followed when it is read",
        f"{_BOX}/maildir.py",
        "os.O_RDONLY | os.O_NOFOLLOW",
        "os.O_RDONLY",
        (f"{_MAILDIR}::test_a_mail_that_becomes_a_link_is_not_followed",),
    ),
    Guard(
        "what is no file is no mail of a mailbox",
        f"{_BOX}/maildir.py",
        "if stat.S_ISREG(status.st_mode):",
        "if True:",
        (f"{_MAILDIR}::test_what_is_no_mail_is_neither_read_nor_moved",),
    ),
    Guard(
        "no mail of a mailbox takes another's place",
        f"{_BOX}/maildir.py",
        "if not os.path.lexists(aim / name)",
        "if True",
        (f"{_MAILDIR}::test_two_mails_of_one_name_are_two",),
    ),
    Guard(
        "one process reads a mailbox at a time",
        f"{_BOX}/alone.py",
        "fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "pass",
        (f"{_READING}::test_only_one_reads_at_a_time",),
    ),
    Guard(
        "a mailbox that refuses a login is left alone for a while",
        "mailer/readers.py",
        "return REFUSED_PAUSE_SECONDS",
        "return FIRST_PAUSE_SECONDS",
        (f"{_PATIENCE}::test_a_login_that_is_refused_is_tried_again_four_times_an_hour",),
    ),
    Guard(
        "letters do not wait for a mailbox that is away",
        "mailer/daemon.py",
        "except (MailboxError, TryAgainError) as error:",
        "except TryAgainError as error:",
        ("tests/acceptance/test_daemon_mailbox.py::test_letters_do_not_wait_for_a_mailbox_that_is_away",),
    ),
)
