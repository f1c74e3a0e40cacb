"""How is a mail's HTML shown without being trusted? As a response of its own that its policy locks in.

The policy holds whether the response is in a frame or opened by itself: an opaque origin, no script, no form, no
plug-in, nothing loaded but pictures that the mail brings along. Links work, in a new tab, when they are clicked.
"""

from __future__ import annotations

import re

SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    f"base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox {SANDBOX}"
)

_HEAD = re.compile(r"<head(?:\s[^<>]*)?>", re.IGNORECASE)
_TARGET = '<base target="_blank">'  # a link would else open inside the frame, where nothing from outside may


def framed(html: str) -> str:
    """Return `html` with its links leading to new tabs; nothing else is changed."""
    if not html:
        return "<!doctype html><title>No HTML</title><p>This mail has no HTML part."
    return _HEAD.sub(lambda found: found[0] + _TARGET, html, count=1)
