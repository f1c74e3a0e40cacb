"""Where, when and how did people agree? The option `--consent` of all commands that enter somebody.

Law: nobody is entered without such words, and they are kept as they were said.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.errors import UsageError

if TYPE_CHECKING:
    from mailer.core.supporters import ConsentStatement
    from mailer.wiring import Installation

ConsentText = Annotated[
    str, typer.Option("--consent", help="Where, when and how they agreed, in 20 characters or more.")
]


def read_statement(home: Installation, text: str, source: str, sha256: str = "") -> ConsentStatement:
    """Return what `--consent` says, of today; without the digest of a file, that of the words goes with it.

    Raises:
        UsageError: it says too little.
    """
    from mailer.core.supporters import ConsentStatement

    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
    try:
        return ConsentStatement(text.strip(), home.clock().date(), source, digest)
    except ValueError as error:
        raise UsageError(f"--consent: {error}") from error
