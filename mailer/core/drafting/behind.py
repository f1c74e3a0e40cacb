"""Is a cue behind an address about it? "a@b.example (copy)", "put a@b.example in cc", "a@b.example, where ..".

Law: only what ties it to the address tells; a cue that leads to another address is about that one.
"""

from __future__ import annotations

import re

from mailer.core.drafting.drafts import Role
from mailer.core.drafting.page import Page
from mailer.core.drafting.tokens import Token
from mailer.core.drafting.turns import Turn

_LED = re.compile(r"[^\W\d]+(?:\.? [^\W\d]{1,6}){0,4}(?: ?: ?| )\S{0,60}@")  # the cue is about the address after it
_IN_COPY = re.compile(r" (?:in|ins|en|em|på|v|w|i|в)(?: de| die)? ")  # "put a@b.example in cc"
_PUT = re.compile(
    r"\b(?:put(?! pressure)|keep|setz\w*|nehmt|mett\w+|pon\w*|coloqu\w+|zet|dodaj\w*|dejte|sett|став\w+|поставьте)\b"
    r"[^@.;\n]{0,30}$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"[,)] (?:(?:in|to|on|at|an|à|a|en|na|w|v) )?(?:where|which|enclosing|attaching|of|about|wo|où|donde|dove|onde|"
    r"waar|gdzie|kde|hvor|где)\b",
)


def is_of_token(page: Page, token: Token, turn: Turn) -> bool:
    """Tell whether a cue after a channel is about it, and not about another that follows."""
    between = page.text[token.end : turn.at]
    if turn.role is Role.COPY and _IN_COPY.fullmatch(between):
        is_put = _PUT.search(page.text[page.sentence_at(token.start).start : token.start])
        return bool(is_put) or "@" not in page.text[turn.at : page.sentence_at(turn.at).end]
    return _is_tied(between) and not _LED.match(page.text, turn.at)


def _is_tied(between: str) -> bool:
    """Tell whether a cue after a channel is about it: "a@b.example (copy)", "a@b.example - for messages of support"."""
    is_closed = between.lstrip()[:1] in ("(", "[") and (")" in between or "]" in between)
    return (
        not is_closed
        and "@" not in between
        and "\n" not in between
        and (between.strip()[:1] in ("(", "[", "-", "–", "—", "|", "") or bool(_RELATIVE.match(between)))
    )
