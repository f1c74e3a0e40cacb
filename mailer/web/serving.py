"""How does the daemon serve its pages? Each application on a port of its own, in a thread of its own.

Law: paths hold tokens, so that there is no access log; what a proxy says of its clients is read by our own code, which
knows whom to believe; and a process waits for its servers before it ends, because a loop in C that still works while
Python is taken down under it ends the process by SIGSEGV.
"""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import ConfigurationError

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

    from mailer.wiring import Installation


REQUEST_SECONDS = 5  # what a request may still take once its server is to end


@dataclass(frozen=True, slots=True)
class Served:
    """A server and the thread that it works in."""

    server: uvicorn.Server
    thread: threading.Thread

    def begin_end(self) -> None:
        """Take no more requests; return at once."""
        self.server.should_exit = True

    def end(self, seconds: float) -> None:
        """Wait until what was asked is answered, for so long at most."""
        self.begin_end()
        self.thread.join(seconds)


def serve_pages(installation: Installation, listener: socket.socket) -> Served:
    """Serve the pages for supporters."""
    from mailer.web.pages import create_app

    return serve(create_app(installation), listener, "web")


def serve_metrics(installation: Installation) -> Served | None:
    """Serve the figures where the settings say so; None if they do not.

    Raises:
        ConfigurationError: the address is taken.
    """
    bind = installation.settings.metrics_bind
    if not bind:
        return None
    from mailer.web.metrics import create_metrics_app

    return serve(create_metrics_app(installation), listen(bind, "MAILER_METRICS_BIND"), "metrics")


def serve(app: ASGIApp, listener: socket.socket, name: str) -> Served:
    """Serve an application in a thread, until it is told to end."""
    import uvicorn

    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=REQUEST_SECONDS,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), name=name, daemon=True)
    thread.start()
    return Served(server, thread)


def listen(bind: str, setting: str) -> socket.socket:
    """Listen on an address; `setting` is what it comes from.

    Raises:
        ConfigurationError: the address is taken or not this machine's.
    """
    host, _, port = bind.rpartition(":")
    bare = host.strip("[]")
    try:
        return socket.create_server((bare, int(port)), family=socket.AF_INET6 if ":" in bare else socket.AF_INET)
    except (OSError, OverflowError) as error:
        hint = "is another daemon running? 127.0.0.1:0 takes a free port"
        told = getattr(error, "strerror", None) or error
        raise ConfigurationError(f"{setting} {bind}: {told}; {hint}") from error
