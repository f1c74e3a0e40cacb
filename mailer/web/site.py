"""What do all pages for supporters share? Faults that are told, forms that are bounded, words in their language.

Law: GET shows, POST changes. No cookie, no redirect, nothing from outside, and no token in any log: a fault is
told by its kind and by its place in the code.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from mailer.adapters.logs import open_log
from mailer.core.supporters import PublicId
from mailer.web.replies import Replies

if TYPE_CHECKING:
    from mailer.wiring import Installation

LARGEST_BODY = 64 * 1024
MOST_FIELDS = 100
Answer = Callable[[Request], Awaitable[Response]]
T = TypeVar("T")


class Site:
    """The pages of one installation: what each of them is answered with."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.replies = Replies(installation)

    def guarded(self, answer: Answer) -> Answer:
        """Return `answer` with every fault turned into a page and told to the log.

        Without this Starlette raises it once more, and uvicorn prints it with whatever its message holds.
        """

        async def endpoint(request: Request) -> Response:
            try:
                return await answer(request)
            except HTTPException:
                raise
            except ClientDisconnect:
                return Response(status_code=400)  # nobody is there to read it
            except Exception as error:
                self._tell(error)
                return await asyncio.to_thread(self.replies.trouble, request)

        return endpoint

    async def show(
        self,
        name: str,
        request: Request,
        status: int = 200,
        *,
        reader: PublicId | None = None,
        language: str = "",
        **values: Any,
    ) -> Response:
        """Return a page in `language`, or in that of its reader where we know who that is; `values` are plain.

        A choice that was made on the page goes before both. `script="act"` lets the page have pages/act.js;
        `public=True` lets search engines show it.
        """

        def page() -> Response:
            own = self.installation.supporters.language_of(reader) if reader is not None else language
            return self.replies.page(name, request, status, language=own, values=values)

        return await asyncio.to_thread(page)

    async def refuse(self, request: Request, kind: str, status: int = 404) -> Response:
        """Return the page that tells what is wrong: `link`, `missing`, `test` or `trouble`."""
        return await self.show("error", request, status, kind=kind)

    async def do(self, work: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """Do what takes a while, as reading the database, in a thread."""
        return await asyncio.to_thread(work, *arguments, **named)

    async def show_refusal(self, request: Request, error: Exception) -> Response:
        """Say that there is no such page, or none that takes this method or so large a body."""
        status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (404, None)

        async def refuse(request: Request) -> Response:
            return await self.refuse(request, "missing", status)

        page = await self.guarded(refuse)(request)
        page.headers.update(headers or {})
        return page

    def _tell(self, error: Exception) -> None:
        """Tell of a fault; its message is left out, it may hold what somebody sent or is."""
        place = extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        open_log(self.installation.clock).error("page failed", error=type(error).__name__, where=where)


async def read_form(request: Request, largest: int = LARGEST_BODY) -> Mapping[str, list[str]]:
    """Return the fields of a form, each with its values; what is no form has none.

    Raises:
        HTTPException: it is larger than `largest` bytes (413), or has too many fields (400).
    """
    body = await read_little(request, largest)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400) from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


async def read_little(request: Request, largest: int = LARGEST_BODY) -> bytes:
    """Return the body, up to a bound.

    Raises:
        HTTPException: it is too large.
    """
    parts, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise HTTPException(413)
        parts.append(chunk)
    return b"".join(parts)
