"""What do people see in a browser? Pages that work without cookies and without JavaScript.

`mailer.web:app` serves them under any ASGI server. Law: importing it reads nothing and opens nothing; the settings of
the current folder are read when the server starts it, or at the first request.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class LazyApplication:
    """An ASGI application that is made by `make` when it is started."""

    def __init__(self, make: Callable[[], Application]) -> None:
        self._make = make
        self._made: Application | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection; the server's own start and stop make the application, or say why not."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._ready()(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Follow the lifespan protocol of ASGI."""
        await receive()
        try:
            self._ready()
        except Exception as error:  # whatever it is, the server tells it and ends
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    def _ready(self) -> Application:
        """Return the application, made once."""
        if self._made is None:
            self._made = self._make()
        return self._made


def _pages() -> Application:
    """Wire the installation of the current folder; paths hold tokens, so that uvicorn keeps no access log of them."""
    import logging

    from mailer.settings import read_settings
    from mailer.web.pages import create_app
    from mailer.wiring import Installation

    logging.getLogger("uvicorn.access").disabled = True
    return create_app(Installation(read_settings()))


app = LazyApplication(_pages)
