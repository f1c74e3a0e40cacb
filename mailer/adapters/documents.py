"""How does a letter become a PDF? By Typst, from its wheel alone.

Law: what people typed reaches the template as text and is never read as markup; a template reads no other file and
loads no package.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cached_property
from typing import Final

import typst

from mailer.adapters.templates import Templates
from mailer.core.paper import Paper
from mailer.errors import RenderingError

_TEMPLATE: Final = "documents/letter.typ"
_UNDATED: Final = 0  # no file tells the second in which somebody printed it


class Documents:
    """Makes PDF letters; template and fonts are read once.

    Typst brings a face with Latin, Greek and Cyrillic letters; others are looked for among the fonts of the machine.
    """

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def letter(self, paper: Paper) -> bytes:
        """Return the letter as a PDF.

        Raises:
            RenderingError: the template does not compile.
        """
        made = self._compile(paper, "pdf")
        return made[0]

    def pictures(self, paper: Paper) -> list[bytes]:
        """Return the letter as a PNG of each sheet, to be looked at.

        Raises:
            RenderingError: the template does not compile.
        """
        return self._compile(paper, "png")

    def _compile(self, paper: Paper, form: typst.OutputFormat) -> list[bytes]:
        """Return what Typst makes of the template: one PDF, or a picture of each sheet."""
        compiler = typst.Compiler(self._template, font_paths=self._fonts, sys_inputs=_inputs(paper))
        try:
            made = compiler.compile(format=form, timestamp=_UNDATED)
        except typst.TypstError as error:
            raise RenderingError(f"{_TEMPLATE}: {error}") from error
        return made if isinstance(made, list) else [made or b""]

    @cached_property
    def _template(self) -> bytes:
        return self._templates.read(_TEMPLATE).encode()

    @cached_property
    def _fonts(self) -> typst.Fonts:
        return typst.Fonts(include_system_fonts=True)


def _inputs(paper: Paper) -> dict[str, str]:
    """Return the letter as JSON; Typst knows languages without their region."""
    values = asdict(paper) | {"language": paper.language.partition("-")[0]}
    return {"letter": json.dumps(values)}
