"""How does a letter become a PDF? By Typst from its wheel, with fonts from wheels, and nothing else of the machine.

Law: what people typed reaches the template as text and is never read as markup; a template reads no file of ours and
loads no package; no sign is left out for want of a font: it is a box that everybody sees, or an error.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from functools import cached_property, lru_cache
from importlib.util import find_spec
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from mailer.core.encodings import printable
from mailer.core.paper import Cover, Line, Paper, Passage
from mailer.errors import ConfigurationError, RenderingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typst

LETTER: Final = "documents/letter.typ"
_FONTS: Final = ("fontpkg_amiri", "pylopdf_fonts_zh_cn")  # Arabic; Chinese. Typst brings Latin, Greek, Cyrillic, Hebrew
_STANDARD: Final = "ua-1"  # ISO 14289-1: tagged, with title and language, and a glyph for every sign
_UNDATED: Final = 0  # no file tells the second in which somebody printed it
_MOST_KEPT: Final = 16  # letters; about 20 KB each, and 5 MB where somebody means ill
_MOST_BOXES: Final = 8  # different signs without a glyph; more of them are a script that we cannot print
_SIGN: Final = re.compile("(?s:.)[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u20d0-\u20f0\ufe00-\ufe0f]*")
_BOX: Final = "\u25a1"
_INVISIBLE: Final = str.maketrans("", "", "\ufeff")  # PDF/UA-1 forbids it
_PROBE: Final = b'#set document(title: "-")\n#json(bytes(sys.inputs.letter))'
_NO_GLYPH: Final = ("could not be displayed", "disallowed codepoint")
_PANICS: Final = "pyo3_runtime"  # a fault in Rust is no Exception there: it would pass by whoever tells of faults
_PLACE: Final = re.compile(r":\d+(?=:\d+\n)")  # the line that a diagnostic names
_LOADING: Final = re.compile(r"\b(import|include|eval)\b")
_COMMENT: Final = re.compile(r"//.*")


class Documents:
    """Makes letters from one template; fonts are read with the first, and letters that nobody signs are made once."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._one_at_a_time = Lock()
        self._kept = lru_cache(_MOST_KEPT)(self._make)

    def letter(self, paper: Paper) -> bytes:
        """Return the letter as a PDF.

        Raises:
            RenderingError: the template does not compile, or no font has the letter's script.
        """
        return self._made(paper)[0]

    def pictures(self, paper: Paper) -> list[bytes]:
        """Return the letter as a PNG of each sheet, to be looked at.

        Raises:
            RenderingError: the template does not compile, or no font has the letter's script.
        """
        words = self._made(paper)[1]
        with self._one_at_a_time:
            return self._compile(self._template, words, "png")

    def _made(self, paper: Paper) -> tuple[bytes, str]:
        """Return the letter and its words; no name and no address is kept in memory for it."""
        return (self._make if paper.sender or paper.closing else self._kept)(paper)

    def _make(self, paper: Paper) -> tuple[bytes, str]:
        """Return the letter as a PDF, and its words (JSON) as they are printed.

        Raises:
            RenderingError: the template does not compile, or no font has the letter's script.
        """
        words = json.dumps(_visible(asdict(paper)), ensure_ascii=False)
        with self._one_at_a_time:
            try:
                return self._compile(self._template, words, "pdf")[0], words
            except _GlyphError:
                words = self._boxed(words)
                return self._compile(self._template, words, "pdf")[0], words

    def _boxed(self, words: str) -> str:
        """Return `words` with a box for each sign that no font has.

        Typst names the letter on which a missing mark stands, so each letter is tried with its marks.

        Raises:
            RenderingError: so many are missing that a box tells nothing.
        """
        signs = _SIGN.findall(words)
        foreign = sorted(sign for sign in set(signs) if not sign.isascii())
        missing = list(islice(self._missing(foreign), _MOST_BOXES + 1))
        if len(missing) > _MOST_BOXES:
            raise RenderingError(
                f"no font that comes along has {' '.join(missing[:_MOST_BOXES])} ...: print it elsewhere"
            )
        shown = {sign: (sign[0] if len(sign) > 1 and self._has(sign[0]) else "") + _BOX for sign in missing}
        return "".join(shown.get(sign, sign) for sign in signs)

    def _missing(self, signs: list[str]) -> Iterator[str]:
        """Yield the signs that no font has; they are tried in halves, as a letter may hold thousands of others."""
        if not signs or self._has("\n".join(signs)):
            return
        if len(signs) == 1:
            yield signs[0]
            return
        half = len(signs) // 2
        yield from self._missing(signs[:half])
        yield from self._missing(signs[half:])

    def _has(self, words: str) -> bool:
        """Tell whether fonts have all signs of `words`."""
        try:
            self._compile(_PROBE, json.dumps(words, ensure_ascii=False), "pdf")
        except _GlyphError:
            return False
        return True

    def _compile(self, template: bytes, words: str, form: typst.OutputFormat) -> list[bytes]:
        """Return what Typst makes of a template: one PDF, or a picture of each sheet.

        Raises:
            RenderingError: it does not compile.
        """
        import typst

        standard: typst.PDFStandards = _STANDARD if form == "pdf" else []
        try:
            made = self._compiler.compile(
                template, format=form, sys_inputs={"letter": words}, pdf_standards=standard, timestamp=_UNDATED
            )
        except typst.TypstError as error:
            kind = _GlyphError if any(told in error.message for told in _NO_GLYPH) else RenderingError
            place = _PLACE.search(error.diagnostic)
            raise kind(f"{LETTER}{place[0] if place else ''}: {error.message}") from error
        except BaseException as error:
            if type(error).__module__ != _PANICS:
                raise
            raise RenderingError(f"{LETTER}: Typst broke off over these words") from error
        return made if isinstance(made, list) else [made or b""]

    @cached_property
    def _template(self) -> bytes:
        """The template's source.

        Raises:
            RenderingError: it would load something.
        """
        found = _LOADING.search(_COMMENT.sub("", self._source))
        if found:
            raise RenderingError(f"{LETTER}: a document stands alone, without {found[0]!r}")
        return self._source.encode()

    @cached_property
    def _compiler(self) -> typst.Compiler:
        """Typst over the fonts that come along; of files it sees theirs alone."""
        import typst

        fonts = typst.Fonts(include_system_fonts=False, font_paths=[_folder(package) for package in _FONTS])
        return typst.Compiler(font_paths=fonts, root=_folder(_FONTS[0]))


def check_document(source: str) -> None:
    """Do nothing if a letter by post and a fax can be made of the template `source`.

    Raises:
        RenderingError: it does not compile; the message names the line.
    """
    documents, line = Documents(source), Line("Reader", "ltr")
    letter = Paper(
        kind="post",
        language="en",
        direction="ltr",
        sheet="a4",
        sender=(line, line),
        returns=line,
        dated="2026-11-23",
        recipient=(line,),
        subject="Subject",
        body=(Passage(("Text",)), Passage(("One",), (1,))),
        closing=(line,),
        page="%(number)s of %(count)s",
    )
    documents.letter(letter)
    documents.letter(replace(letter, kind="fax", cover=Cover("Fax", (("To:", line), ("Pages:", None)))))


class _GlyphError(RenderingError):
    """A sign is in none of the fonts."""


def _visible(value: Any) -> Any:
    """Return `value` with all texts in it as they can be shown: without what is no sign at all."""
    if isinstance(value, str):
        return printable(value).translate(_INVISIBLE)
    if isinstance(value, dict):
        return {name: _visible(inner) for name, inner in value.items()}
    return [_visible(inner) for inner in value] if isinstance(value, tuple) else value


def _folder(package: str) -> str:
    """Return the folder of an installed package of fonts.

    Raises:
        ConfigurationError: it is not installed.
    """
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ConfigurationError(f"the fonts in {package} are not installed: run make install")
    return found.submodule_search_locations[0]
