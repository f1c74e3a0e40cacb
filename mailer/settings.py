"""What did the operator set? The only reader of the environment, of `.env` and of `*_FILE` secrets.

Relative paths count from the folder of `.env`, else from that of the campaign file, so that a command
does the same from anywhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mailer.core.endpoints import check_bounce_address, check_public_url, is_loopback, loopback_bind
from mailer.errors import ConfigurationError

_SELECTOR = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,3}")
_MOST_CONNECTIONS = 48  # of all sender processes of a machine together


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings, checked; plain values, so that a sender process needs no settings library.

    Paths are absolute. `relay_url` and `mailbox_url` may hold a password and are left out of `repr`. `metrics_bind` is
    empty, or on this machine alone; the X-Forwarded-For of a server in `trusted_proxies` is believed. Mails are signed
    with the key in `dkim_key_file`, which stands in the DNS under `dkim_selector`; without that file, they are not.
    `smtp_window` letters of a connection may be written before the first of them is settled. A sender that is started
    by itself opens `lone_connections`, one of several `relay_connections`. `editor` is the person's own, from VISUAL or
    EDITOR as everywhere.
    """

    relay_url: str = field(repr=False)
    database_url: str = field(repr=False)
    campaigns_file: Path
    templates_dir: Path | None
    public_url: str
    key_file: Path
    epochs_file: Path
    bounce_address: str
    relay_connections: int
    lone_connections: int
    smtp_window: int
    sender_processes: int
    web_bind: str
    base: Path
    metrics_bind: str = ""
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    dkim_key_file: Path | None = None
    dkim_selector: str = ""
    wikidata_url: str = ""
    overpass_url: str = ""
    mailbox_url: str = field(default="", repr=False)
    editor: str = "vi"

    @property
    def data_folder(self) -> Path:
        """Return where files beside the database belong: an SQLite file's folder, else `var`."""
        path = self.database_url.removeprefix("sqlite:///")
        return Path(path).parent if path != self.database_url else self.base / "var"

    @property
    def is_rehearsal(self) -> bool:
        """Tell whether the relay is a folder: nothing leaves this machine."""
        return self.relay_url.startswith("file:")

    @property
    def is_loopback_relay(self) -> bool:
        """Tell whether every relay is on this machine."""
        return all(is_loopback(url) for url in self.relay_url.split())


def read_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Return the settings from the environment, `.env` in `folder` (the current one) and `*_FILE`.

    Raises:
        ConfigurationError: a value is wrong; the message names the setting and what would be right.
    """
    variables = dict(os.environ if environ is None else environ)
    folder = (folder or Path.cwd()).resolve()
    values = _read_values(variables, folder)
    base = _base_folder(folder, values["campaigns_file"])
    check_public_url(values["public_url"], values["relay_url"])
    check_bounce_address(values["bounce_address"])
    _check_dkim(values["dkim_key_file"], values["dkim_selector"])
    key_file = base / values["key_file"] if values["key_file"] else default_key_file(variables)
    epochs_file = base / values["epochs_file"] if values["epochs_file"] else default_epochs_file(key_file, variables)
    processes = values["sender_processes"] or usable_cores()
    return Settings(
        relay_url=_absolute_relay(values["relay_url"], base),
        database_url=_absolute_database(values["database_url"], base),
        campaigns_file=base / values["campaigns_file"],
        templates_dir=base / values["templates_dir"] if values["templates_dir"] else None,
        public_url=values["public_url"].rstrip("/"),
        key_file=key_file,
        epochs_file=epochs_file,
        bounce_address=values["bounce_address"],
        relay_connections=values["relay_connections"] or fair_connections(processes),
        lone_connections=values["relay_connections"] or fair_connections(1),
        smtp_window=values["smtp_window"],
        sender_processes=processes,
        web_bind=values["web_bind"],
        base=base,
        metrics_bind=loopback_bind(values["metrics_bind"]),
        trusted_proxies=_networks(values["trusted_proxies"]),
        dkim_key_file=base / values["dkim_key_file"] if values["dkim_key_file"] else None,
        dkim_selector=values["dkim_selector"].lower(),
        wikidata_url=values["wikidata_url"],
        overpass_url=values["overpass_url"],
        mailbox_url=_absolute_mailbox(values["mailbox_url"], base),
        editor=variables.get("VISUAL") or variables.get("EDITOR") or "vi",
    )


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def fair_connections(processes: int) -> int:
    """Return how many connections each sender process may open, so that together they are not too many for a relay.

    Source: Postfix, smtpd_client_connection_count_limit, which is 50.
    """
    return max(1, _MOST_CONNECTIONS // processes)


def default_key_file(environ: Mapping[str, str]) -> Path:
    """Return where the key ring is: systemd's credentials, else the user's configuration folder."""
    if credentials := environ.get("CREDENTIALS_DIRECTORY"):
        return Path(credentials) / "mailer-keys.json"
    return _config_folder(environ) / "keys.json"


def default_epochs_file(key_file: Path, environ: Mapping[str, str]) -> Path:
    """Return where the epochs are: beside the key, but not among systemd's credentials, which nobody can write."""
    credentials = environ.get("CREDENTIALS_DIRECTORY")
    folder = _config_folder(environ) if credentials and key_file.is_relative_to(credentials) else key_file.parent
    return folder / f"{key_file.stem}.epochs.json"


def _config_folder(environ: Mapping[str, str]) -> Path:
    """Return the mailer's folder among the user's configuration."""
    config = environ.get("XDG_CONFIG_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".config")
    return Path(config) / "mailer"


def _read_values(variables: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Let pydantic-settings read and convert; imported here because start-up has no other use for it."""
    from pydantic import Field, ValidationError
    from pydantic_settings import BaseSettings, SettingsConfigDict

    class FromEnvironment(BaseSettings):
        model_config = SettingsConfigDict(env_prefix="MAILER_", env_ignore_empty=True, extra="ignore")

        relay_url: str = "file:var/mail"
        database_url: str = "sqlite:///var/mailer.db"
        campaigns_file: str = "campaigns.yaml"
        templates_dir: str = ""
        public_url: str = ""
        key_file: str = ""
        epochs_file: str = ""
        bounce_address: str = ""
        relay_connections: int | None = Field(None, ge=1, le=100)
        smtp_window: int = Field(1, ge=1, le=100)
        sender_processes: int | None = Field(None, ge=1, le=64)
        web_bind: str = Field("127.0.0.1:8080", pattern=r"^\S*:\d{1,5}$")
        metrics_bind: str = Field("", pattern=r"^(\S*:\d{1,5})?$")
        trusted_proxies: str = ""
        mailbox_url: str = ""
        dkim_key_file: str = ""
        dkim_selector: str = ""
        wikidata_url: str = "https://query.wikidata.org/sparql"
        overpass_url: str = "https://overpass-api.de/api/interpreter"

    given = {**_read_env_file(folder / ".env"), **{k: v for k, v in variables.items() if k.startswith("MAILER_")}}
    values = {
        name: given[f"MAILER_{name.upper()}"]
        for name in FromEnvironment.model_fields
        if given.get(f"MAILER_{name.upper()}")
    }
    try:
        return FromEnvironment.model_validate(values | _read_secret_files(given, folder)).model_dump()
    except ValidationError as error:
        told = "; ".join(f"MAILER_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigurationError(f"settings: {told}") from None


def _read_env_file(path: Path) -> dict[str, str]:
    """Return the variables of a `.env` file; none if there is no such file."""
    from dotenv import dotenv_values

    return {name: value for name, value in dotenv_values(path).items() if value} if path.is_file() else {}


def _read_secret_files(given: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the settings whose value stands in a file named by MAILER_..._FILE."""
    found = {}
    for name in ("relay_url", "database_url", "mailbox_url"):
        if path := given.get(f"MAILER_{name.upper()}_FILE"):
            try:
                found[name] = (folder / path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise ConfigurationError(
                    f"MAILER_{name.upper()}_FILE: {path} cannot be read: {error.strerror}"
                ) from error
    return found


def _base_folder(folder: Path, campaigns_file: str) -> Path:
    """Return the folder that relative paths count from."""
    if (folder / ".env").is_file():
        return folder
    return (folder / campaigns_file).parent.resolve()


def _absolute_relay(urls: str, base: Path) -> str:
    """Make the folder of a `file:` relay absolute."""
    return " ".join(f"file:{base / url[5:]}" if url.startswith("file:") else url for url in urls.split())


def _absolute_mailbox(url: str, base: Path) -> str:
    """Make the folder of a Maildir absolute; as an URL, it may be percent-encoded."""
    scheme, _, path = url.partition(":")
    return f"{scheme}:{quote(str(base))}/{path}" if scheme.lower() == "maildir" and path[:1] not in ("", "/") else url


def _absolute_database(url: str, base: Path) -> str:
    """Make the file of an SQLite URL absolute."""
    prefix = "sqlite:///"
    return f"{prefix}{base / url.removeprefix(prefix)}" if url.startswith(prefix) else url


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks in a list of addresses and networks, parted by commas."""
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        hint = "right would be 127.0.0.1 or 10.0.0.0/8, several parted by commas"
        raise ConfigurationError(f"MAILER_TRUSTED_PROXIES: {error}; {hint}") from error


def _check_dkim(key_file: str, selector: str) -> None:
    """Refuse a key without its name in the DNS, a name without its key, and what cannot be a name."""
    if bool(key_file) != bool(selector):
        missing, given = ("SELECTOR", "KEY_FILE") if key_file else ("KEY_FILE", "SELECTOR")
        raise ConfigurationError(
            f"MAILER_DKIM_{missing} is missing beside MAILER_DKIM_{given}: set both, or neither if the relay signs"
        )
    if selector and not _SELECTOR.fullmatch(selector):
        raise ConfigurationError(
            f"MAILER_DKIM_SELECTOR: {selector} is no name in the DNS; right would be mailer2026, for the record "
            "mailer2026._domainkey.solidarity.example"
        )


_DERIVED = ("base", "editor", "lone_connections")
SETTING_NAMES = tuple(item.name for item in fields(Settings) if item.name not in _DERIVED)
