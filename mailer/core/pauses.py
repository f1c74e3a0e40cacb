"""For how long does a reply ask us to wait? "Try again in 300 seconds", in the words of many servers.

Law: a number is taken for a time only beside words that ask for a pause, and nobody makes us wait longer
than four hours: a text that is not understood asks for nothing.
"""

from __future__ import annotations

import re
from datetime import timedelta

LONGEST_ASKED = timedelta(hours=4)
_LONGEST_READ = 1000

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}  # by the first letter of the unit
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z0-9])"
_NUMBER = r"(?:[0-9]{1,9}(?:[.,][0-9]{1,3})?[\s-]{0,2}|\b(?:an?|one)[\s-])"
_SPAN = rf"(?<![\w.]){_NUMBER}{_UNIT}\)?"
_SPANS = rf"{_SPAN}(?:(?:,|\s+and|,\s+and)?\s*{_SPAN})*|(?<![\w.])[0-9]{{1,9}}m[0-9]{{1,9}}s(?![a-z0-9])"
_CLOCK = r"[0-9]{1,2}:[0-5][0-9]:[0-5][0-9](?![0-9:])"
_BARE = r"[0-9]{1,9}(?=\s*(?:$|[,;!)\]]|\.(?![0-9])|before\b))"

_ASKS = (
    r"(?:re-?try(?:ing)?|try(?:ing)?\s+again|try|try\s+later|come\s+back|again|resend|re-?connect|wait"
    r"|delay(?:ed)?(?:\s+by)?|back\s?-?off|gr[ea]y-?list(?:ed|ing)?|defer(?:red|ring)?|suspended|throttled|blocked)"
)
_FILLER = (
    r"(?:[\s:=(,]+(?:later|again|delivery|sending|connecting|connection|your|the|this|message|mail|please|for|in|after"
    r"|at|least|minimum|about|approximately|around|another|further|of|by|a))*[\s:=(,~]+"
)
_ASKED_FIRST = re.compile(rf"\b{_ASKS}{_FILLER}(?P<spans>{_SPANS})", re.IGNORECASE)
_ASKED_LAST = re.compile(
    rf"(?P<spans>{_SPANS})\s+(?:before|until|to|between|and)\s+(?:\w+\s+){{0,3}}?"
    r"(?:re-?try|try|reconnect|resend|attempts?|retries|connections?|sending|deliver)",
    re.IGNORECASE,
)
_ASKED_CLOCK = re.compile(rf"\b{_ASKS}\s+(?:(?:in|for|back\s+in|at\s+least)\s+)?(?P<clock>{_CLOCK})", re.IGNORECASE)
_ASKED_BARE = re.compile(rf"\b(?:re-?try[\s-]after|(?:re-?try|try\s+again)\s+in|wait)[\s:=]+(?P<bare>{_BARE})", re.I)
_ONE_SPAN = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>[smhd])", re.IGNORECASE)


def asked_pause(text: str) -> timedelta | None:
    """Return the longest pause that `text` asks for, at most four hours; None if it asks for none.

    A number without a unit is seconds, as in HTTP's Retry-After, and counts only where a sentence ends with it.
    """
    read = " ".join(text[:_LONGEST_READ].split())
    seconds = [_of_spans(found["spans"]) for found in (*_ASKED_FIRST.finditer(read), *_ASKED_LAST.finditer(read))]
    seconds += [_of_clock(found["clock"]) for found in _ASKED_CLOCK.finditer(read)]
    seconds += [float(found["bare"]) for found in _ASKED_BARE.finditer(read)]
    longest = min(max(seconds, default=0.0), LONGEST_ASKED.total_seconds())
    return timedelta(seconds=longest) if longest > 0 else None


def _of_spans(spans: str) -> float:
    """Return the seconds of "1 hour and 30 minutes"."""
    return sum(_number(found["number"]) * _SECONDS[found["unit"].lower()] for found in _ONE_SPAN.finditer(spans))


def _number(text: str) -> float:
    """Return the number that digits or a word stand for; a comma may be the decimal point."""
    return float(text.rstrip(" -").replace(",", ".")) if text[0].isdigit() else 1.0


def _of_clock(clock: str) -> float:
    """Return the seconds of 00:05:00."""
    hours, minutes, seconds = map(int, clock.split(":"))
    return float(hours * 3600 + minutes * 60 + seconds)
