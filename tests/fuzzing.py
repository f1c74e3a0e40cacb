"""Does any mail break the reading of the mailbox? Returned mails, mutated without end: `make fuzz`.

Usage: python -m tests.fuzzing [SECONDS [SEED]]

What breaks it is kept as a file under `var`, and its error ends this.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import monotonic

from mailer.adapters.classifying import classify_mail
from mailer.adapters.mail_reading import read_mail
from mailer.core.automatic import is_automatic
from mailer.core.forwarded import forwarded_mails
from mailer.errors import UnreadableMailError
from tests.mailbag import labels, octets_of

KEPT = Path("var/fuzzing")
LARGEST = 200_000
PIECES = (
    b"\n", b"\r\n", b"\0", b"\xff\xfe", b"(", b")" * 50, b"(" * 500, b'"', b"<", b">", b"@", b";", b":", b"?=",
    b"=?utf-8?b?", b"=?x?q?=?=", b"--=_report", b"--", b"\n--b\n", b"Content-Type: multipart/mixed; boundary=b\n",
    b"Content-Type: message/rfc822\n\n", b"Content-Type: message/delivery-status\n\n", b"Content-Type: text/html\n",
    b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: quoted-printable\n", b"charset=idna",
    b"charset=punycode", b"charset=utf-7", b"charset=base64", b"charset=unicode_escape", b"boundary*0*=utf-8''%00",
    b"From: t: rfc822; a@x\n",
    b"Final-Recipient: rfc822; ", b"Action: failed\n", b"Status: 5.1.1\n", b"Status: 9.9.9\n",
    b"550 5.1.1 user unknown ",
    b"{\"Message\":", b"[" * 200, b"<style>", b"<!--", b"&#x110000;", b"Message-ID: <", b"X-Failed-Recipients: ,,;<>\n",
    "не доставлено".encode(), "退信".encode("gb18030"), b"\x1b$B", b" " * 300, b"a" * 300, b">" * 300, b"\t\n \t\n",
)  # fmt: skip


def mutated(octets: bytes, other: bytes, random: Random) -> bytes:
    """Return a mail with a few things done to it that no honest mail system would do."""
    for _ in range(random.randint(1, 6)):
        octets = random.choice(_MUTATIONS)(octets, other, random)[:LARGEST]
    return octets


def _insert(octets: bytes, _: bytes, random: Random) -> bytes:
    place = random.randint(0, len(octets))
    return octets[:place] + random.choice(PIECES) + octets[place:]


def _cut(octets: bytes, _: bytes, random: Random) -> bytes:
    begin = random.randint(0, len(octets))
    return octets[:begin] + octets[begin + random.randint(0, 200) :]


def _repeat(octets: bytes, _: bytes, random: Random) -> bytes:
    begin = random.randint(0, len(octets))
    piece = octets[begin : begin + random.randint(1, 60)]
    return octets[:begin] + piece * random.randint(2, 300) + octets[begin:]


def _cross(octets: bytes, other: bytes, random: Random) -> bytes:
    return octets[: random.randint(0, len(octets))] + other[random.randint(0, len(other)) :]


def _flip(octets: bytes, _: bytes, random: Random) -> bytes:
    place = random.randint(0, len(octets))
    return octets[:place] + bytes([random.randint(0, 255)]) + octets[place + 1 :]


_MUTATIONS: tuple[Callable[[bytes, bytes, Random], bytes], ...] = (_insert, _insert, _cut, _repeat, _cross, _flip)


def survives(octets: bytes) -> bool:
    """Read and classify a mail as the mailbox does; tell whether it is one. Any other error is the finding."""
    try:
        received = read_mail(octets)
    except UnreadableMailError:
        return False
    for each in (received, *forwarded_mails(received)):
        classify_mail(each)
    is_automatic(received)
    return True


def main(seconds: float, seed: int) -> int:
    """Mutate mails until the time is over; return the exit code."""
    random, mails = Random(seed), [octets_of(name) for name in sorted(labels())]
    begun, count, slowest = monotonic(), 0, 0.0
    while monotonic() - begun < seconds:
        octets, before = mutated(random.choice(mails), random.choice(mails), random), monotonic()
        try:
            survives(octets)
        except Exception:
            KEPT.mkdir(parents=True, exist_ok=True)
            (KEPT / f"{seed}-{count}.eml").write_bytes(octets)
            raise
        count, slowest = count + 1, max(slowest, monotonic() - before)
    print(f"{count} mails, seed {seed}: no error; the slowest took {slowest * 1000:.0f} ms")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(float((sys.argv[1:] or ["60"])[0]), int((sys.argv[2:] or ["0"])[0])))
