"""Which pages are there? Each module of this package brings its own; here they become one application.

Law: a redirect would carry a token to whatever host the request names, so that there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from mailer.web import health, leaving
from mailer.web.site import Site

if TYPE_CHECKING:
    from mailer.wiring import Installation

PAGES = (leaving, health)


def create_app(installation: Installation) -> Starlette:
    """Return the pages of one installation; nothing is opened before the first request."""
    site = Site(installation)
    routes = [route for page in PAGES for route in page.routes(site)]
    app = Starlette(routes=routes, exception_handlers={HTTPException: site.show_refusal})
    app.router.redirect_slashes = False
    return app
