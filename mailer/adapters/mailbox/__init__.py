"""Which mailbox does a setting stand for? An IMAP account, or a Maildir.

Law: every command reads the setting, so that what talks to a server is loaded by those who read the mailbox.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mailer.adapters.mailbox.settings import Access, MailboxSettings, parse_mailbox_url

if TYPE_CHECKING:
    import ssl

    from mailer.flows.intake import Mailbox

__all__ = ["Access", "MailboxSettings", "open_mailbox", "parse_mailbox_url"]


def open_mailbox(
    settings: MailboxSettings,
    should_stop: Callable[[], bool] = lambda: False,
    trust: ssl.SSLContext | None = None,
) -> Mailbox:
    """Return the mailbox, open; a wait in it ends soon after a stop is asked.

    Raises:
        MailboxUnavailableError: not now.
        MailboxPolicyError: not before somebody changes something.
    """
    if settings.folder is not None:
        from mailer.adapters.mailbox.maildir import MaildirMailbox

        return MaildirMailbox(settings.folder, should_stop)
    from mailer.adapters.mailbox.imap import ImapMailbox

    return ImapMailbox(settings, should_stop, trust)
