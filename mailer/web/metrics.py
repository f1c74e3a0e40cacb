"""How does the daemon do? `/metrics`, on a port of this machine alone.

Law: it is another application than the pages: nothing that is served to everybody leads here.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mailer.adapters.metrics import MEDIA_TYPE, Metrics
from mailer.adapters.store.figures import read_figures
from mailer.errors import MailerError
from mailer.web.replies import HEADERS

if TYPE_CHECKING:
    from mailer.core.figures import Figures
    from mailer.wiring import Installation


def create_metrics_app(installation: Installation) -> Starlette:
    """Return the figures of one installation; the database is opened at the first scrape."""

    def read() -> Figures:
        return replace(read_figures(installation.engine), mailbox=installation.incoming.last_reading())

    metrics = Metrics(read)

    async def show(_: Request) -> Response:
        try:
            text = await asyncio.to_thread(metrics.text)
        except MailerError:
            return PlainTextResponse("the database does not answer\n", 503, headers=HEADERS)
        return Response(text, headers=HEADERS, media_type=MEDIA_TYPE)

    app = Starlette(routes=[Route("/metrics", show, methods=["GET"])])
    app.router.redirect_slashes = False
    return app
