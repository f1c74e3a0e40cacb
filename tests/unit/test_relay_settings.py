"""The forms of MAILER_RELAY_URL, and that no password is ever shown."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.adapters.relay import (
    FileRelay,
    RelaySettings,
    Security,
    SmtpRelay,
    make_relay,
    parse_relay_url,
    parse_relays,
)
from mailer.errors import ConfigurationError

SECRETS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufffd"), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("file:var/mail", RelaySettings(Security.FILE, folder=Path("var/mail"))),
        ("file:///srv/mail", RelaySettings(Security.FILE, folder=Path("/srv/mail"))),
        ("file:my%20mail", RelaySettings(Security.FILE, folder=Path("my mail"))),
        ("smtps://u:p@mail.example:4465", RelaySettings(Security.IMPLICIT_TLS, "mail.example", 4465, "u", "p")),
        ("smtps://u:p@mail.example", RelaySettings(Security.IMPLICIT_TLS, "mail.example", 465, "u", "p")),
        ("smtp://u%40x:p%3A%2F@mail.example/", RelaySettings(Security.STARTTLS, "mail.example", 587, "u@x", "p:/")),
        ("SMTP://mail.example", RelaySettings(Security.STARTTLS, "mail.example", 587)),
        ("smtp+insecure://127.0.0.1:2525", RelaySettings(Security.LOOPBACK, "127.0.0.1", 2525)),
        ("smtp+insecure://[::1]:2525", RelaySettings(Security.LOOPBACK, "::1", 2525)),
        ("smtp+insecure://localhost", RelaySettings(Security.LOOPBACK, "localhost", 25)),
        (
            "smtps://mail.example?weight=3&per_hour=500&daily_cap=2000",
            RelaySettings(Security.IMPLICIT_TLS, "mail.example", 465, weight=3, per_hour=500, daily_caps=(2000,)),
        ),
        (
            "smtps://mail.example?daily_cap=200,400,800",
            RelaySettings(Security.IMPLICIT_TLS, "mail.example", 465, daily_caps=(200, 400, 800)),
        ),
    ],
)
def test_every_form_is_read(url: str, expected: RelaySettings) -> None:
    """Each scheme with its own port, login decoded, limits as numbers."""
    assert parse_relay_url(url) == expected


@given(SECRETS, SECRETS)
def test_any_login_reads_back_exactly(username: str, password: str) -> None:
    """What is percent-encoded comes out as it was."""
    settings = parse_relay_url(f"smtps://{quote(username, safe='')}:{quote(password, safe='')}@mail.example")

    assert (settings.username, settings.password) == (username, password)


WRONG = [
    ("", "would be right"),
    ("mail.example:25", "would be right"),
    ("http://mail.example", "would be right"),
    ("smtp:mail.example", "would be right"),
    ("smtp://", "would be right"),
    ("smtp://mail.example/folder", "would be right"),
    ("smtp://ma_il.example", "would be right"),
    ("smtp://mail.example:0", "1 to 65535"),
    ("smtp://mail.example:65536", "percent-encode"),
    ("smtp://mail.example:port", "percent-encode"),
    ("smtp://[::1", "percent-encode"),
    ("smtp://user@mail.example", "belong together"),
    ("smtp://:password@mail.example", "belong together"),
    ("smtp://u:%ff@mail.example", "UTF-8"),
    ("smtp://u:100%@mail.example", "%25"),
    ("smtp://u:pass word@mail.example", "percent-encode"),
    ("smtp://u:pass\r\nword@mail.example", "percent-encode"),
    ("smtp://u:пароль@mail.example", "percent-encode"),
    ("smtp+insecure://192.0.2.1:25", "without TLS only"),
    ("smtp+insecure://mail.example", "without TLS only"),
    ("smtp+insecure://127.0.0.1.mail.example", "without TLS only"),
    ("smtp+insecure://localhost.mail.example", "without TLS only"),
    ("file:", "file:var/mail"),
    ("file://host/mail", "file:var/mail"),
    ("file:mail%00", "file:var/mail"),
    ("smtp://mail.example?weight=0", "weight"),
    ("smtp://mail.example?per_hour=-1", "per_hour"),
    ("smtp://mail.example?daily_cap=many", "daily_cap"),
    ("smtp://mail.example?daily_cap=200,,400", "parted by commas"),
    ("smtp://mail.example?daily_cap=200,0", "parted by commas"),
    ("smtp://mail.example?per_hour=200,400", "per_hour"),
    ("smtp://mail.example?weight=1&weight=2", "each once"),
    ("smtp://mail.example?wieght=1", "each once"),
    ("smtp://mail.example?weight", "parted by &"),
]


@pytest.mark.parametrize(("url", "hint"), WRONG)
def test_a_wrong_url_is_refused_with_what_would_be_right(url: str, hint: str) -> None:
    """The operator learns what to write instead."""
    with pytest.raises(ConfigurationError, match=hint):
        parse_relay_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "smtp://user:SECRET#x@mail.example",
        "smtp://user:SECRET/x@mail.example",
        "smtp://user:SECRET?x@mail.example",
        "smtp://user:12SECRET34",
        "smtp://user:%SECRET@mail.example",
        "smtp://user:SECRET@ma_il.example",
        "smtp://user:SECRET@[mail",
        "smtp://user:SECRET@mail.example:port",
        "smtp+insecure://user:SECRET@mail.example",
        "SECRET://x:SECRET@mail.example",
        "smtps://user:SECRET@mail.example?weight=SECRET",
        "user:SECRET@mail.example",
    ],
)
def test_no_error_shows_the_password(url: str) -> None:
    """Not even when a badly quoted password looks like a host, a port or a path."""
    with pytest.raises(ConfigurationError) as refused:
        parse_relay_url(url)

    error: BaseException | None = refused.value
    while error is not None:
        assert "SECRET" not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_settings_shown_hold_no_login() -> None:
    """A repr ends in logs and tracebacks."""
    settings = parse_relay_url("smtps://user:SECRET@mail.example")

    for shown in (repr(settings), str(settings), settings.label, repr(make_relay(settings))):
        assert "SECRET" not in shown
        assert "user" not in shown
    assert settings.label == "smtps://mail.example:465"


@pytest.mark.parametrize(
    ("url", "rehearsal", "loopback"),
    [
        ("file:var/mail", True, True),
        ("smtp+insecure://127.0.0.1", False, True),
        ("smtp+insecure://[::1]", False, True),
        ("smtp://localhost", False, True),
        ("smtps://mail.example", False, False),
        ("smtps://192.0.2.1", False, False),
    ],
)
def test_what_leaves_this_machine_is_known(url: str, rehearsal: bool, loopback: bool) -> None:
    """A folder is a rehearsal; a relay on this machine is not, but may be used with sample data."""
    settings = parse_relay_url(url)

    assert (settings.is_rehearsal, settings.is_loopback) == (rehearsal, loopback)
    assert isinstance(make_relay(settings), FileRelay if rehearsal else SmtpRelay)


def test_several_relays_are_parted_by_spaces() -> None:
    """The order is kept."""
    relays = parse_relays("  smtps://a.example?weight=2 smtp://b.example\n")

    assert [(relay.host, relay.weight) for relay in relays] == [("a.example", 2), ("b.example", 1)]


@pytest.mark.parametrize("urls", ["", "  ", "file:var/mail smtps://a.example", "file:a file:b"])
def test_half_a_rehearsal_is_refused(urls: str) -> None:
    """No relay at all, or a folder beside a relay, is a mistake."""
    with pytest.raises(ConfigurationError):
        parse_relays(urls)


def test_a_relative_folder_counts_from_the_file_that_names_it(tmp_path: Path) -> None:
    """It does not matter where a command is started."""
    [relay] = parse_relays("file:var/mail", base=tmp_path)

    assert relay.folder == tmp_path / "var/mail"
    assert parse_relay_url("file:/srv/mail", base=tmp_path).folder == Path("/srv/mail")
