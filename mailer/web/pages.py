"""Which pages are there? Each module of this package brings its own; here they become one application.

Law: a redirect would carry a token to whatever host the request names, so that there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from mailer.web import acting, campaign_pages, confirming, health, home, leaving, preferring, signing_up
from mailer.web.site import Site

if TYPE_CHECKING:
    from mailer.wiring import Installation

SMALL = 4_096  # bytes: what is smaller goes as it is
LEVEL = 5
PAGES = (home, acting, campaign_pages, signing_up, confirming, preferring, leaving, health)


def create_app(installation: Installation) -> Starlette:
    """Return the pages of one installation; nothing is opened before the first request."""
    site = Site(installation)
    routes = [route for page in PAGES for route in page.routes(site)]
    # Nobody can make a stranger's browser ask for another one's page: its address is the secret, there is no cookie.
    # So compressing it tells nothing (BREACH needs requests that carry the victim's rights by themselves).
    compressed = Middleware(GZipMiddleware, minimum_size=SMALL, compresslevel=LEVEL)
    refusals = {HTTPException: site.show_refusal}
    app = Starlette(routes=routes, middleware=[compressed], exception_handlers=refusals)
    app.router.redirect_slashes = False
    return app
