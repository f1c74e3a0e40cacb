"""What did the relay say? One reply as a verdict, fit for a database and a terminal.

Law: what is kept of a reply holds no address and nothing that a terminal obeys.
"""

from __future__ import annotations

import re
from functools import lru_cache

from aiosmtplib import SMTPResponseException

from mailer.adapters.relay.conversation import HUNG_UP, NOT_SMTP, SILENT
from mailer.core.verdicts import LARGEST_RESPONSE, Phase, Verdict

_ENHANCED = re.compile(r"([245])\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")
_PLAIN = re.compile(r"[!-?A-~]+(?: [!-?A-~]+)*")  # words as most replies have them, and no "@"
_ADDRESS = re.compile(r"""[^\s<>()\[\]"',;:]+@[^\s<>()\[\]"',;:]+""")
_LONGEST_READ = 8 * LARGEST_RESPONSE
_POSITIVE = {Phase.DATA: range(300, 400)}
_COMPLETED = range(200, 300)
_REFUSALS = range(400, 600)


def read_reply(code: int, text: str, phase: Phase, *, recipient: str = "") -> Verdict:
    """Return the verdict of a reply; one that cannot follow in `phase` counts as a lost connection.

    The text may have several lines, each with the enhanced status (RFC 2034 4); it is kept once, in front.
    `recipient` is hidden in it, whole and in its halves: servers repeat it in many ways.
    """
    plain = _read_plain(code, text, phase)
    if plain is not None and not _names(recipient, text):
        return plain
    if not _may_follow(code, phase):
        return lost(phase, f"unexpected reply {code}")
    lines = [line.strip() for line in text[:_LONGEST_READ].splitlines()]
    found = _ENHANCED.match(lines[0]) if lines else None
    enhanced = found[0] if found and found[1] == str(code)[0] else ""
    words = " ".join(line.removeprefix(enhanced).strip() for line in lines)
    return Verdict(code, enhanced, _harmless(f"{enhanced} {words}", recipient), phase)


def _may_follow(code: int, phase: Phase) -> bool:
    """Tell whether a reply of this code can follow in a phase."""
    return code in _POSITIVE.get(phase, _COMPLETED) or code in _REFUSALS


@lru_cache(maxsize=256)  # a relay says the same few lines to every letter
def _read_plain(code: int, text: str, phase: Phase) -> Verdict | None:
    """Return the verdict of a reply in one short line of plain words; None for all others."""
    if not _may_follow(code, phase) or len(text) > LARGEST_RESPONSE or not _PLAIN.fullmatch(text):
        return None
    found = _ENHANCED.match(text)
    return Verdict(code, found[0] if found and found[1] == str(code)[0] else "", text, phase)


def lost(phase: Phase, why: str) -> Verdict:
    """Return the verdict of a conversation that broke in `phase`."""
    return Verdict(0, "", f"connection lost: {_harmless(why, '')}", phase)


def reason(error: Exception) -> str:
    """Return in words how a conversation broke; libraries' own words may quote a reply."""
    if isinstance(error, TimeoutError):
        return SILENT
    return NOT_SMTP if isinstance(error, SMTPResponseException) else HUNG_UP


def _harmless(text: str, recipient: str) -> str:
    """Return one bounded line of what can be printed, without addresses."""
    printed = text if text.isprintable() else "".join(letter if letter.isprintable() else " " for letter in text)
    hidden = " ".join(printed.split())
    if "@" in hidden:
        hidden = _ADDRESS.sub("(address)", hidden)
    if not hidden.isascii() or _names(recipient, hidden):  # outside ASCII more letters are equal but for case
        for half in filter(None, recipient.rpartition("@")[::2]):
            hidden = _hide(half, hidden)
    return hidden[:LARGEST_RESPONSE]


def _names(recipient: str, text: str) -> bool:
    """Tell whether a half of the recipient's address may stand in a text of ASCII."""
    local, _, domain = recipient.lower().rpartition("@")
    said = text.lower()
    return bool(local and local in said) or bool(domain and domain in said)


def _hide(half: str, text: str) -> str:
    """Return the text without one half of an address, wherever it stands as a word."""
    hidden = re.sub(rf"(?<![\w.-]){re.escape(half)}(?![\w-])", "(address)", text, flags=re.IGNORECASE)
    return re.sub(rf"%40{re.escape(half)}(?![\w-])", "%40(address)", hidden, flags=re.IGNORECASE)
