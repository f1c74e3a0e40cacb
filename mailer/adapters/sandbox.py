"""How does one template render? By Jinja2 in its sandbox, from frozen sources, speaking one language.

Law: a template sees plain values, touches no file and no object of ours, and an error in it names the
template and the line.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from traceback import extract_tb
from types import CodeType
from typing import Any, ClassVar

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailer.adapters.operands import ASKED, Operands
from mailer.core.languages import colon, comma
from mailer.core.plain import Plain
from mailer.core.revisions import Wording
from mailer.errors import MarkError, RenderingError

_SHARED = "mail/phrases.j2"
_MOST_KEPT = 500  # templates: there are about fifty, and each change of one by an organiser makes one more
_FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class _FrozenSources(BaseLoader):
    """Loads from a mapping, and tells Jinja2 the names so that tracebacks show them.

    The shared phrases are offered under a name for text and one for HTML: autoescape goes by the name.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return source, name for tracebacks, and that nothing ever changes."""
        name = _SHARED if template in ("mail/phrases.txt.j2", "mail/phrases.html.j2") else template
        if name not in self._sources:
            raise TemplateNotFound(template)
        return self._sources[name], name, lambda: True


class CompiledOnce(BytecodeCache):
    """Keeps what templates are compiled to, for all revisions and languages of a process: it is the same in each.

    Compiling the shipped templates takes a third of a second, and hardly any revision changes them.
    """

    _code: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template that was compiled before."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if len(self._code) >= _MOST_KEPT:
            self._code.clear()
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that asks before a value is compared, added, walked through or cut; this one allows it.

    What templates are compiled to is the same in all kinds of it.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.filters[ASKED] = self.asked

    @staticmethod
    def asked(value: Any, _what: str) -> Any:
        """Return `value`."""
        return value

    def _generate(self, source: nodes.Template, *given: Any, **named: Any) -> str:
        """Return the code of a template whose operands are asked."""
        return super()._generate(Operands().visit(source), *given, **named)


def make_environment(
    sources: Mapping[str, str],
    wording: Wording,
    compiled: BytecodeCache | None = None,
    kind: type[Sandbox] = Sandbox,
) -> Environment:
    """Return a sandbox over `sources` that speaks one language; `compiled` is shared with other languages."""
    environment = kind(
        loader=_FrozenSources(sources),
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    words = _words(wording.catalogue)
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "language": wording.language,
        "comma": comma(wording.language),
        "colon": colon(wording.language),
    }
    return environment


@lru_cache(maxsize=64)
def _words(catalogue: bytes) -> gettext.GNUTranslations:
    """Return what a catalogue translates; equal ones are read once."""
    return gettext.GNUTranslations(BytesIO(catalogue))


def render_template(environment: Environment, name: str, values: Mapping[str, Plain]) -> str:
    """Return the template `name` filled with `values`."""
    with _telling_where(name):
        return environment.get_template(name).render(values)


@contextmanager
def _telling_where(name: str) -> Iterator[None]:
    """Turn an error inside a template into one that names file and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise RenderingError(f"{error.filename or name}:{error.lineno}: {error.message}") from error
    except MarkError as error:
        raise MarkError(f"{_place(error, name)}: {error}") from error
    except TemplateNotFound as error:
        raise RenderingError(f"{name}: there is no template {error.message}") from error
    except _FAULTS as error:
        raise RenderingError(f"{_place(error, name)}: {error or type(error).__name__}") from error


def _place(error: BaseException, name: str) -> str:
    """Return file:line of the innermost template that `error` passed through."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else name
