"""How does the daemon serve its pages? Each application on a port of its own, in a thread of its own.

Law: paths hold tokens, so that there is no access log; and what a proxy says of its clients is read by our own code,
which knows whom to believe.
"""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

from mailer.errors import ConfigurationError

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

    from mailer.wiring import Installation


def serve_pages(installation: Installation, listener: socket.socket) -> uvicorn.Server:
    """Serve the pages for supporters."""
    from mailer.web.pages import create_app

    return serve(create_app(installation), listener, "web")


def serve_metrics(installation: Installation) -> uvicorn.Server | None:
    """Serve the figures where the settings say so; None if they do not.

    Raises:
        ConfigurationError: the address is taken.
    """
    bind = installation.settings.metrics_bind
    if not bind:
        return None
    from mailer.web.metrics import create_metrics_app

    return serve(create_metrics_app(installation), listen(bind, "MAILER_METRICS_BIND"), "metrics")


def serve(app: ASGIApp, listener: socket.socket, name: str) -> uvicorn.Server:
    """Serve an application in a thread, until `should_exit` is set."""
    import uvicorn

    config = uvicorn.Config(
        app, access_log=False, log_level="warning", lifespan="off", proxy_headers=False, server_header=False
    )
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, args=([listener],), name=name, daemon=True).start()
    return server


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
