"""How is a PostgreSQL server spoken to? Over a few connections, each of which is set up before its first use.

Law: what was committed survives a power cut, and nobody waits for ever: not for a lock, a dead network,
or a process that stopped within a transaction.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from mailer.errors import ConfigurationError

LOCK_SECONDS = 10
# What MAILER_DATABASE_URL may change by a parameter of the same name. A dead network is noticed within a minute.
_CONNECTING: dict[str, str | int] = {
    "application_name": "mailer",
    "client_encoding": "utf8",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
# A process has one writer; a few more connections are for what reads beside it.
_POOL: dict[str, Any] = {
    "pool_size": 2,
    "max_overflow": 6,
    "pool_timeout": LOCK_SECONDS,
    "pool_pre_ping": True,
    "pool_use_lifo": True,
}
# `jit`: these queries are short, compiling them costs more than it gains.
_SESSION = (
    f"SET lock_timeout = '{LOCK_SECONDS}s'",
    "SET idle_in_transaction_session_timeout = '30s'",
    "SET jit = off",
    # Only where commits would not wait for the disk at all: stricter settings than `on` stay.
    "SELECT set_config(name, 'on', false) FROM pg_settings WHERE name = 'synchronous_commit' AND setting = 'off'",
)


def open_server(url: URL) -> Engine:
    """Return the engine of a PostgreSQL server; nothing is asked of it yet.

    Raises:
        ConfigurationError: the driver is not installed.
    """
    unset = {name: value for name, value in _CONNECTING.items() if name not in url.query}
    try:
        engine = create_engine(url, hide_parameters=True, connect_args=unset, **_POOL)
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "MAILER_DATABASE_URL: PostgreSQL needs its driver: pip install 'solidarity-mailer[postgres]'"
        ) from error
    event.listen(engine, "connect", _prepare_session)
    return engine


def _prepare_session(connection: Any, record: Any) -> None:
    """Set what every session needs; not when connecting, where poolers refuse settings."""
    for statement in _SESSION:
        connection.execute(statement)
    connection.commit()
