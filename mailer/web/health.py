"""Is the daemon alive, and does its database answer? `/livez` and `/readyz`, for whoever watches it.

Law: everybody can ask. Why the mailbox cannot be read is told by `mailer status` alone; the pages work without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mailer.errors import MailerError
from mailer.web.replies import HEADERS
from mailer.web.site import Site

if TYPE_CHECKING:
    from mailer.wiring import Installation


def routes(site: Site) -> list[Route]:
    """Return the routes of both."""

    async def ready(_: Request) -> Response:
        """Tell whether the database answers; it is opened if that was not done yet."""
        try:
            mailbox = await site.do(_ask_database, site.installation)
        except MailerError:
            return PlainTextResponse("the database does not answer\n", 503, headers=HEADERS)
        return PlainTextResponse(f"ready\n{mailbox}", headers=HEADERS)

    return [
        Route("/livez", _alive, methods=["GET"]),
        Route("/readyz", site.guarded(ready), methods=["GET"]),
    ]


def _ask_database(installation: Installation) -> str:
    """Open the database, if that was not done yet, and read from it; return what to say of a mailbox."""
    installation.campaigns.all()
    if not installation.settings.mailbox_url:
        return ""
    reading = installation.incoming.last_reading()
    last = f"read at {reading.read_at:%Y-%m-%dT%H:%M:%SZ}" if reading.read_at else "not read yet"
    return f"mailbox {last}{'; now it cannot be' if reading.trouble else ''}\n"


async def _alive(_: Request) -> Response:
    """Tell that the process answers."""
    return PlainTextResponse("alive\n", headers=HEADERS)
