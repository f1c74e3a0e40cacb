"""How does a connection to an IMAP server begin, and what do its faults mean? Each is refused for its own reason.

Law: the server's certificate is always checked, and no error repeats what a server wrote about who logs in.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailer.adapters.mailbox.settings import Access, MailboxSettings
from mailer.errors import MailboxError, MailboxPolicyError, MailboxUnavailableError

CONNECT_SECONDS = 30
READ_SECONDS = 120  # a slow server may search a large folder for so long
_NOT_NOW = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")  # RFC 5530 3: the login is right, the time is not

_CODE = re.compile(r"\[([A-Z][A-Z0-9-]{1,30})[ \]]")  # RFC 5530: OVERQUOTA; all else that a server says can be anything


def open_client(settings: MailboxSettings, trust: ssl.SSLContext | None = None) -> IMAPClient:
    """Return a connection that is logged in; `trust` is what certificates are checked with, else the system's.

    Raises:
        MailboxUnavailableError: not now.
        MailboxPolicyError: not before somebody changes something.
    """
    with translated(settings.label):
        client = IMAPClient(
            settings.host,
            settings.port,
            ssl=settings.access is Access.TLS,
            ssl_context=trust or ssl.create_default_context(),
            timeout=SocketTimeout(CONNECT_SECONDS, READ_SECONDS),
        )
        client._imap.debug = 0  # the library would write every mail out for a log that nobody reads
        try:
            _log_in(client, settings)
        except BaseException:
            cut(client)
            raise
    return client


def cut(client: IMAPClient) -> None:
    """Drop a connection."""
    with suppress(OSError, IMAPClientError):
        client.shutdown()


def _log_in(client: IMAPClient, settings: MailboxSettings) -> None:
    """Try one method once: a wrong password that is tried again and again locks the account.

    LOGIN can carry ASCII only (RFC 3501 6.2.3), so that PLAIN goes first.
    """
    login = settings.username + settings.password
    if client.has_capability("LOGINDISABLED") or not (client.has_capability("AUTH=PLAIN") or login.isascii()):
        raise MailboxPolicyError(f"{settings.label} offers no login by PLAIN or LOGIN that could carry this one")
    log_in = client.plain_login if client.has_capability("AUTH=PLAIN") else client.login
    try:
        log_in(settings.username, settings.password)
    except IMAPClientError as error:
        if isinstance(error.__context__, IMAPClientAbortError):
            raise error.__context__ from None
        if any(code in str(error).upper() for code in _NOT_NOW):
            raise MailboxUnavailableError(f"{settings.label} takes no login now") from None
        raise MailboxPolicyError(f"{settings.label} refuses the login: are user name and password right?") from None


@contextmanager
def translated(label: str) -> Iterator[None]:
    """Turn what the library raises into our two errors: not now, and not before somebody acts.

    What a server answers can be anything, so that faults in reading it are the server's, too.
    """
    try:
        yield
    except MailboxError:
        raise
    except ssl.SSLCertVerificationError as error:
        told = error.verify_message
        raise MailboxPolicyError(f"{label}: its certificate cannot be trusted: {told}") from error
    except TimeoutError as error:
        raise MailboxUnavailableError(f"{label} did not answer in time") from error
    except IMAPClientAbortError as error:
        raise MailboxUnavailableError(f"{label} ended the connection") from error
    except OSError as error:
        told = error.strerror or type(error).__name__
        raise MailboxUnavailableError(f"{label} cannot be reached: {told}") from error
    except IMAPClientError as error:
        code = _CODE.search(str(error))
        raise MailboxUnavailableError(f"{label} refuses a command{f': {code[1]}' if code else ''}") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise MailboxUnavailableError(f"{label} answered what is not understood ({type(error).__name__})") from error
