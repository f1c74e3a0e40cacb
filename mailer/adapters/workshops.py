"""What are the pieces of a campaign made with? The templates that its revision froze, and the libraries that they need.

Law: no library is loaded before the first piece that needs it: most senders attach nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from mailer.adapters.documents import LETTER, Documents, check_document
from mailer.adapters.sandbox import CompiledOnce, make_environment, render_template
from mailer.core.occasions import Invitation
from mailer.core.pieces import Way, piece_of
from mailer.core.plain import Plain
from mailer.core.revisions import Revision, Wording
from mailer.core.specimen import specimens
from mailer.core.targets import ChannelKind
from mailer.errors import RenderingError
from mailer.flows.pieces import Workshop, make_piece, reader_of

if TYPE_CHECKING:
    from datetime import datetime


class Workshops:
    """Makes a workshop for each revision; what prints letters, and what texts are compiled to, is kept."""

    def __init__(self) -> None:
        self._documents: dict[str, Documents] = {}
        self._compiled = CompiledOnce()

    def of(self, revision: Revision) -> Workshop:
        """Return what the pieces of a revision are made with."""
        return _Workshop(revision.templates, self._printing, self._compiled)

    def _printing(self, source: str) -> Documents:
        """Return what prints letters by a template."""
        if source not in self._documents:
            self._documents[source] = Documents(source)
        return self._documents[source]


class _Workshop:
    """Makes the pieces of one revision."""

    def __init__(
        self, sources: Mapping[str, str], printing: Callable[[str], Documents], compiled: CompiledOnce
    ) -> None:
        self._sources = sources
        self._printing = printing
        self._compiled = compiled

    def papers(self) -> Documents:
        """Return what makes letters to print.

        Raises:
            RenderingError: the revision was frozen before letters were printed.
        """
        if LETTER not in self._sources:
            raise RenderingError(f"{LETTER} is not in this revision: `mailer revise` takes it in")
        return self._printing(self._sources[LETTER])

    def text(self, template: str, values: Mapping[str, Plain], wording: Wording) -> str:
        """Return a text to read out or to paste, with at most one empty line in a row.

        Raises:
            RenderingError: the template is missing or does not render.
        """
        written = render_template(make_environment(self._sources, wording, self._compiled), template, values)
        lines = [line.rstrip() for line in written.strip().splitlines()]
        return "\n".join(line for number, line in enumerate(lines) if line or lines[number - 1]) + "\n"

    def calendar_file(self, invitation: Invitation) -> bytes:
        """Return a date as calendars read it."""
        from mailer.adapters.invitations import calendar_file

        return calendar_file(invitation)


def check_pieces(revision: Revision, *, now: datetime) -> None:
    """Do nothing if the templates of pieces render.

    Raises:
        RenderingError: one does not; the message names file and line.
    """
    check_document(revision.templates[LETTER])
    full = next(iter(specimens(revision, now=now)))
    make_piece(piece_of(Way("all", full.pack.items[0], ChannelKind.PHONE)), reader_of(full), Workshops().of(revision))
