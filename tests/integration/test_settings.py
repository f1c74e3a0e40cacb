"""Is a setting that would spoil a mailing refused before anything is sent?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailer.errors import ConfigurationError
from mailer.settings import read_settings


def settings(folder: Path, **variables: str):
    """Return what these variables stand for, in an empty folder."""
    return read_settings({"HOME": str(folder), **variables}, folder)


@pytest.mark.parametrize(
    "url",
    [
        "act.example.org",
        "ftp://act.example.org",
        "http://act.example.org",
        "http://127.evil.example:8080",
        "http://127.0.0.2:8080",
        "https://пример.example",
        "https://act.example.org/a b",
        'https://act.example.org/"a',
        "https://act.example.org/<b>",
        "https://act.example.org/?x=",
        "https://act.example.org/#f",
        "https://u:p@act.example.org",
        "https://act.example.org/\a",
        "https://a-name-that-is-much-too-long.example.org",
    ],
)
def test_a_public_url_that_no_link_could_carry_is_refused(tmp_path, url):
    """Otherwise every letter of a mailing would fail, or carry a dead link or a password."""
    with pytest.raises(ConfigurationError, match="MAILER_PUBLIC_URL") as told:
        settings(tmp_path, MAILER_PUBLIC_URL=url)

    assert "u:p" not in str(told.value)


@pytest.mark.parametrize("url", ["https://act.example.org", "https://act.example.org:8443/a/", "http://127.0.0.1:8080"])
def test_a_plain_public_url_is_taken(tmp_path, url):
    """A name, at most a port and a path; without TLS on this machine alone."""
    assert settings(tmp_path, MAILER_PUBLIC_URL=url).public_url == url.rstrip("/")


@pytest.mark.parametrize(
    "address",
    [
        "bounce",
        "a b@c.example",
        "<a@c.example>",
        "a@b@c.example",
        "bounce@пример.example",
        f"{'b' * 24}@c.example",
        "bounce@c.example\r\nRCPT TO:<x@y.example>",
    ],
)
def test_a_bounce_address_that_cannot_carry_a_token_is_refused(tmp_path, address):
    """Otherwise every letter of a mailing would fail, or no bounce would be found again."""
    with pytest.raises(ConfigurationError, match="MAILER_BOUNCE_ADDRESS"):
        settings(tmp_path, MAILER_BOUNCE_ADDRESS=address)


def test_a_bounce_address_of_the_full_length_is_taken(tmp_path):
    """With its token it has the 64 characters that a local part may have."""
    address = f"{'b' * 23}@solidarity.example"

    assert settings(tmp_path, MAILER_BOUNCE_ADDRESS=address).bounce_address == address


@pytest.mark.parametrize(
    ("relay", "loopback"),
    [
        ("file:var/mail", True),
        ("smtp+insecure://127.0.0.1:25", True),
        ("smtp+insecure://[::1]:25", True),
        ("smtps://u:p@127.evil.example:465", False),
        ("smtps://u:p@mail.example:465", False),
        ("smtp+insecure://127.0.0.1:25 smtps://u:p@mail.example:465", False),
    ],
)
def test_only_this_machine_is_called_so(tmp_path, relay, loopback):
    """A name that begins like a loopback address must not pass for one: sample campaigns could leave."""
    assert settings(tmp_path, MAILER_RELAY_URL=relay).is_loopback_relay is loopback


def test_a_local_page_is_refused_for_letters_that_leave(tmp_path):
    """Nobody else could open its links."""
    with pytest.raises(ConfigurationError, match="nobody else could open"):
        settings(tmp_path, MAILER_PUBLIC_URL="http://localhost:8080", MAILER_RELAY_URL="smtps://u:p@mail.example")


def test_relative_paths_count_from_the_folder_of_the_file(tmp_path):
    """A command does the same from anywhere."""
    (tmp_path / "case").mkdir()
    elsewhere = settings(tmp_path, MAILER_CAMPAIGNS_FILE=str(tmp_path / "case" / "campaigns.yaml"))

    assert elsewhere.database_url == f"sqlite:///{tmp_path / 'case' / 'var' / 'mailer.db'}"
    assert elsewhere.relay_url == f"file:{tmp_path / 'case' / 'var' / 'mail'}"


def test_a_secret_may_stand_in_a_file(tmp_path):
    """A password need not be in the environment, where other programs can see it."""
    (tmp_path / "relay").write_text("smtps://u:p@mail.example:465\n", encoding="utf-8")

    assert settings(tmp_path, MAILER_RELAY_URL_FILE="relay").relay_url == "smtps://u:p@mail.example:465"


def test_the_environment_goes_before_the_file(tmp_path):
    """`.env` is for every day, a variable for now."""
    (tmp_path / ".env").write_text("MAILER_RELAY_CONNECTIONS=7\nMAILER_WEB_BIND=127.0.0.1:9090\n", encoding="utf-8")
    found = settings(tmp_path, MAILER_RELAY_CONNECTIONS="2")

    assert (found.relay_connections, found.web_bind) == (2, "127.0.0.1:9090")


def test_no_password_is_shown(tmp_path):
    """Settings are printed by programs that fail."""
    assert "secret" not in repr(settings(tmp_path, MAILER_RELAY_URL="smtps://u:secret@mail.example"))


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "{home}/.config/mailer/keys.epochs.json"),
        ({"XDG_CONFIG_HOME": "/cfg"}, "/cfg/mailer/keys.epochs.json"),
        ({"MAILER_KEY_FILE": "/etc/mailer/ring.json"}, "/etc/mailer/ring.epochs.json"),
        ({"CREDENTIALS_DIRECTORY": "/run/creds"}, "{home}/.config/mailer/mailer-keys.epochs.json"),
        (
            {"CREDENTIALS_DIRECTORY": "/run/creds", "MAILER_KEY_FILE": "/run/creds/ring"},
            "{home}/.config/mailer/ring.epochs.json",
        ),
        (
            {"CREDENTIALS_DIRECTORY": "/run/creds", "MAILER_KEY_FILE": "/etc/mailer/ring.json"},
            "/etc/mailer/ring.epochs.json",
        ),
        ({"MAILER_EPOCHS_FILE": "kept/epochs.json"}, "{home}/kept/epochs.json"),
    ],
)
def test_the_epochs_are_beside_the_key_where_that_can_be_written(tmp_path, variables, expected):
    """Not beside the database, which they must not be restored with, nor among credentials, which nobody can write."""
    found = read_settings({"HOME": str(tmp_path), **variables}, tmp_path).epochs_file

    assert str(found) == expected.format(home=tmp_path)


def test_a_sender_for_each_core_unless_told_otherwise(tmp_path):
    """Empty means all the cores that this process may use; a number is a number."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    told = [settings(tmp_path, **given).sender_processes for given in ({}, {"MAILER_SENDER_PROCESSES": ""})]

    assert told == [cores, cores]
    assert settings(tmp_path, MAILER_SENDER_PROCESSES="3").sender_processes == 3


@pytest.mark.parametrize("name", ["RELAY_CONNECTIONS", "SENDER_PROCESSES", "SMTP_WINDOW"])
def test_there_is_no_sending_over_nothing(tmp_path, name):
    """No connection, no process and no window would mean that no letter ever leaves."""
    with pytest.raises(ConfigurationError, match=f"MAILER_{name}"):
        settings(tmp_path, **{f"MAILER_{name}": "0"})


@pytest.mark.parametrize(("processes", "connections"), [("1", 48), ("2", 24), ("8", 6), ("64", 1)])
def test_the_senders_of_a_machine_share_what_a_relay_lets_in(tmp_path, processes, connections):
    """A relay with the usual limit of fifty takes all of their connections; a number that is set is taken as it is.

    One that is started by itself has the connections of them all.
    """
    shared = settings(tmp_path, MAILER_SENDER_PROCESSES=processes)
    own = settings(tmp_path, MAILER_SENDER_PROCESSES=processes, MAILER_RELAY_CONNECTIONS="9")

    assert (shared.relay_connections, own.relay_connections) == (connections, 9)
    assert (shared.lone_connections, own.lone_connections) == (48, 9)
