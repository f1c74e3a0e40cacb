"""The forms of MAILER_MAILBOX_URL, and that no password is ever shown."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.mailbox import Access, MailboxSettings, parse_mailbox_url
from mailer.errors import ConfigurationError

SECRETS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd"), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("imaps://u:p@imap.example:9993", MailboxSettings(Access.TLS, "imap.example", 9993, "u", "p")),
        ("imaps://u:p@imap.example", MailboxSettings(Access.TLS, "imap.example", 993, "u", "p")),
        ("IMAPS://u%40x:p%3A%2F@imap.example/", MailboxSettings(Access.TLS, "imap.example", 993, "u@x", "p:/")),
        ("imap+insecure://u:p@127.0.0.1:1143", MailboxSettings(Access.LOOPBACK, "127.0.0.1", 1143, "u", "p")),
        ("imap+insecure://u:p@[::1]", MailboxSettings(Access.LOOPBACK, "::1", 143, "u", "p")),
        ("imap+insecure://u:p@localhost", MailboxSettings(Access.LOOPBACK, "localhost", 143, "u", "p")),
        ("maildir:var/inbox", MailboxSettings(Access.MAILDIR, folder=Path("/base/var/inbox"))),
        ("maildir:/srv/mail%20box", MailboxSettings(Access.MAILDIR, folder=Path("/srv/mail box"))),
        ("maildir:///srv/mail", MailboxSettings(Access.MAILDIR, folder=Path("/srv/mail"))),
    ],
)
def test_every_form_is_read(url: str, expected: MailboxSettings) -> None:
    """Each scheme with its own port, login decoded, a folder counted from the base."""
    assert parse_mailbox_url(url, base=Path("/base")) == expected


@given(SECRETS, SECRETS)
def test_any_login_reads_back_exactly(username: str, password: str) -> None:
    """What is percent-encoded comes out as it was."""
    settings = parse_mailbox_url(f"imaps://{quote(username, safe='')}:{quote(password, safe='')}@imap.example")

    assert (settings.username, settings.password) == (username, password)


WRONG = [
    ("", "would be right"),
    ("imap.example:993", "would be right"),
    ("imap://u:p@imap.example", "would be right"),
    ("pop3s://u:p@imap.example", "would be right"),
    ("imaps:imap.example", "would be right"),
    ("imaps://", "would be right"),
    ("imaps://u:p@imap.example/INBOX", "would be right"),
    ("imaps://u:p@im_ap.example", "would be right"),
    ("imaps://u:p@imap.example:0", "1 to 65535"),
    ("imaps://u:p@imap.example:65536", "percent-encode"),
    ("imaps://u:p@[::1", "percent-encode"),
    ("imaps://imap.example", "are needed"),
    ("imaps://user@imap.example", "are needed"),
    ("imaps://:password@imap.example", "are needed"),
    ("imaps://u:%ff@imap.example", "UTF-8"),
    ("imaps://u:p%0D%0AA1%20DELETE%20INBOX@imap.example", "without control characters"),
    ("imaps://u%00:p@imap.example", "without control characters"),
    ("imaps://u:100%@imap.example", "%25"),
    ("imaps://u:a#b@imap.example", "%23"),
    ("imaps://u:a?b@imap.example", "%3F"),
    ("imaps://u:pass word@imap.example", "percent-encode"),
    ("imaps://u:пароль@imap.example", "percent-encode"),
    ("imap+insecure://u:p@192.0.2.1", "without TLS only"),
    ("imap+insecure://u:p@imap.example", "without TLS only"),
    ("imap+insecure://u:p@127.0.0.1.imap.example", "without TLS only"),
    ("imap+insecure://u:p@localhost.imap.example", "without TLS only"),
    ("maildir:", "maildir:var/inbox"),
    ("maildir://host/mail", "maildir:var/inbox"),
    ("maildir:mail%00", "maildir:var/inbox"),
]


@pytest.mark.parametrize(("url", "hint"), WRONG)
def test_a_wrong_url_is_refused_with_what_would_be_right(url: str, hint: str) -> None:
    """The operator learns which setting it is, and what to write instead."""
    with pytest.raises(ConfigurationError, match=hint) as told:
        parse_mailbox_url(url)

    assert str(told.value).startswith("MAILER_MAILBOX_URL: ")


@pytest.mark.parametrize(
    "url",
    [
        "imaps://user:SECRET#x@imap.example",
        "imaps://user:SECRET/x@imap.example",
        "imaps://user:SECRET?x@imap.example",
        "imaps://user:12SECRET34",
        "imaps://user:%SECRET@imap.example",
        "imaps://user:SECRET@im_ap.example",
        "imaps://user:SECRET@[imap",
        "imaps://user:SECRET@imap.example:port",
        "imaps://user:SECRET%00@imap.example",
        "imap+insecure://user:SECRET@imap.example",
        "SECRET://x:SECRET@imap.example",
        "maildir://user:SECRET@host/x",
    ],
)
def test_no_error_shows_a_password(url: str) -> None:
    """A badly quoted password can stand in any part of an URL."""
    with pytest.raises(ConfigurationError) as told:
        parse_mailbox_url(url)

    assert "SECRET" not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__ or told.value.__context__ is None


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("imaps://ann%40union.example:SECRET@imap.example", "imaps://imap.example:993"),
        ("imap+insecure://ann:SECRET@[::1]:1143", "imap+insecure://[::1]:1143"),
        ("maildir:/srv/inbox", "maildir:/srv/inbox"),
    ],
)
def test_people_and_logs_see_neither_who_logs_in_nor_how(url: str, label: str) -> None:
    """A label, and a repr, are printed by programs that fail."""
    settings = parse_mailbox_url(url)

    assert settings.label == label
    assert "SECRET" not in repr(settings)
    assert "ann" not in repr(settings)
