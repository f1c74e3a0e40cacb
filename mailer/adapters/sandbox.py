"""How does one template render? By Jinja2 in its sandbox, from frozen sources, speaking one language.

Law: a template sees plain values, touches no file and no object of ours, and an error in it names the
template and the line.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from traceback import extract_tb
from types import CodeType

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailer.core.languages import colon, comma
from mailer.core.plain import Plain
from mailer.core.revisions import Wording
from mailer.errors import RenderingError

_SHARED = "mail/phrases.j2"
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
    """Keeps what templates are compiled to, for the environments of all languages: it is the same in each."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template that was compiled before."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


def make_environment(
    sources: Mapping[str, str], wording: Wording, compiled: BytecodeCache | None = None
) -> Environment:
    """Return a sandbox over `sources` that speaks one language; `compiled` is shared with other languages."""
    environment = ImmutableSandboxedEnvironment(
        loader=_FrozenSources(sources),
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )
    words = gettext.GNUTranslations(BytesIO(wording.catalogue))
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "language": wording.language,
        "comma": comma(wording.language),
        "colon": colon(wording.language),
    }
    return environment


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
    except TemplateNotFound as error:
        raise RenderingError(f"{name}: there is no template {error.message}") from error
    except _FAULTS as error:
        raise RenderingError(f"{_place(error, name)}: {error or type(error).__name__}") from error


def _place(error: BaseException, name: str) -> str:
    """Return file:line of the innermost template that `error` passed through."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else name
