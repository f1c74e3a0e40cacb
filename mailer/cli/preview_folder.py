"""How is a preview kept? A folder for each kind of supporter, with the mail and every piece, and a page that links all.

Law: nothing is written outside of the folder that was named, and its names are plain ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Final

from mailer.cli.terminal import say
from mailer.core.mailview import MailContext, answer_names, shown_items
from mailer.core.occasions import Occasion, occasions_of
from mailer.core.pieces import Piece, pieces_of
from mailer.core.revisions import Revision
from mailer.errors import OutputError, RenderingError
from mailer.flows.compose import Composed
from mailer.flows.pieces import Workshop, make_piece, reader_of

_LOOK: Final = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 46rem; padding: 0 1rem }
section { border-top: 1px solid #999; margin-top: 2rem }
iframe { width: 100%; height: 40rem; border: 1px solid #999; border-radius: 8px; background: #fff }
:root { color-scheme: light dark }
li { margin: .2rem 0 }
"""
_MAIL: Final = {"html": "HTML", "txt": "text", "eml": "source"}


def write_folder(folder: Path, mails: Mapping[str, Composed], workshops: Callable[[Revision], Workshop]) -> Path:
    """Write each mail into a folder of its own in `folder`, named by its label, and an index page; return the index.

    Raises:
        OutputError: something cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        parts = [_write_kind(folder / _plain(label), label, each, workshops) for label, each in mails.items()]
        index = folder / "index.html"
        index.write_text(_page("".join(parts)), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}") from error
    return index


def _write_kind(folder: Path, label: str, mail: Composed, workshops: Callable[[Revision], Workshop]) -> str:
    """Write one mail and its pieces; return its part of the index page."""
    folder.mkdir(mode=0o700, exist_ok=True)
    rendered = mail.rendered
    (folder / "mail.eml").write_bytes(mail.envelope.content)
    (folder / "mail.html").write_text(rendered.html, encoding="utf-8")
    (folder / "mail.txt").write_text(rendered.text, encoding="utf-8")
    reader, workshop = reader_of(mail.context), workshops(mail.context.revision)
    made = _write_answers(folder, mail)
    for piece in _pieces(mail.context):
        try:
            (folder / piece.name).write_bytes(make_piece(piece, reader, workshop))
            made[piece.name] = _told(piece)
        except RenderingError as error:
            say(f"{label}: {piece.name}: {error}")
    return _section(folder.name, label, rendered.subject, made)


def _write_answers(folder: Path, mail: Composed) -> dict[str, str]:
    """Write what officials answered, where the mail brings it; return by file's name what it is."""
    answers = [file for file in mail.message.attachments if file.filename in answer_names(mail.context)]
    for file in answers:
        (folder / file.filename).write_bytes(file.content)
    return {file.filename: "Attached answer" for file in answers}


def _pieces(context: MailContext) -> tuple[Piece, ...]:
    """Return a piece for every channel that is open, and for every date that is to come."""
    dates = occasions_of(context.revision.campaign, context.supporter.country, context.now)
    return pieces_of(shown_items(context), dates)


def _section(folder: str, label: str, subject: str, pieces: Mapping[str, str]) -> str:
    """Return one kind of supporter's part of the index page; `pieces` tells by name what each file is, in HTML."""
    mail = " · ".join(_link(folder, f"mail.{form}", words) for form, words in _MAIL.items())
    rows = "".join(f"<li>{told}: {_link(folder, name)}</li>" for name, told in pieces.items())
    return (
        f"<section><h2>{escape(label)}: {escape(subject)}</h2><p>The mail: {mail}</p><ul>{rows}</ul>"
        f'<iframe sandbox loading="lazy" title="{escape(label)}" src="{folder}/mail.html"></iframe></section>'
    )


def _told(piece: Piece) -> str:
    """Return what a piece is of."""
    if isinstance(piece.of, Occasion):
        return escape(piece.of.what.text())
    return f"{escape(piece.of.item.name)}, {piece.of.by.value}"


def _link(folder: str, name: str, words: str = "") -> str:
    """Return a link to a file; both names are plain."""
    return f'<a href="{folder}/{name}">{words or name}</a>'


def _page(content: str) -> str:
    """Return the index page."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Preview</title><style>{_LOOK}</style><h1>What each kind of supporter gets</h1>{content}"
    )


def _plain(label: str) -> str:
    """Return a label as the name of a folder."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", label).strip("-") or "unknown"
