"""How long does it take to work through a mailbox of 50,000 mails, and what does a hostile one cost?

Run `python -m benchmarks.reading_mailbox [COUNT]`. The mails lie in a Maildir: copies of letters, returned mails,
absences and replies, each proving what its kind can prove. They are read by what `mailer inbox read --until-idle` runs,
in a process of its own whose peak memory is told, into an SQLite database that waits for the disk.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from mailer.adapters.mailbox import open_mailbox, parse_mailbox_url
from mailer.core.received import LARGEST_MAIL
from tests.maildirs import MaildirFolder
from tests.postbag import Postbag, environment, furnish_office

_COMMAND = [sys.executable, "-m", "mailer", "inbox", "read", "--until-idle", "--json"]
KINDS = ("copy", "bounce", "absent", "reply")
MOST_SECONDS, MOST_MEGABYTES, MOST_SECONDS_OF_ONE = 300, 150, 1.0
_HEAD = b"From: a@b.example\r\nTo: office@solidarity.example\r\nSubject: bomb\r\nMIME-Version: 1.0\r\n"


def main(count: int) -> None:
    """Fill a mailbox, let it be read, and tell what that took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = furnish_office(folder, count // len(KINDS) + 1, MAILBOX_URL=f"maildir:{folder}/inbox")
        box, bag = MaildirFolder(folder / "inbox"), Postbag(home)
        for _, octets in bag.mixed(count, KINDS):
            box.deliver(octets)
        home.engine.dispose()
        began, environ = time.perf_counter(), environment(folder, MAILBOX_URL=f"maildir:{box.path}")
        with subprocess.Popen(_COMMAND, cwd=folder, env=environ, stdout=subprocess.PIPE) as process:  # noqa: S603
            peak = _watch(process)
            told = json.loads(process.communicate()[0])
        took, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        assert told["new"] == count, told  # noqa: S101 - a figure of half the work would be a lie
    print(
        f"{count:,} mails: {took:.0f} s ({used.ru_utime + used.ru_stime:.0f} s of CPU), "
        f"peak memory {peak} MB; "
        f"at most {MOST_SECONDS} s and {MOST_MEGABYTES} MB are meant"
    )
    for what, seconds in _bombs():
        print(f"{what}: {seconds:.2f} s; at most {MOST_SECONDS_OF_ONE} s is meant")


def _watch(process: subprocess.Popen[bytes]) -> int:
    """Return how much memory (MB) a process had at most, when it has ended."""
    peak, status = 0, Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        with suppress(OSError, StopIteration):
            line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
            peak = int(line.split()[1]) // 1024
        time.sleep(0.05)
    return peak


def _bombs() -> Iterator[tuple[str, float]]:
    """Return how long each hostile mail took, from the file to its event and its folder."""
    with tempfile.TemporaryDirectory() as name:
        home = furnish_office(Path(name), 1)
        box = MaildirFolder(Path(name) / "inbox")
        for what, octets in (("a usual mail", _HEAD + b"\r\nHello"), *_hostile()):
            box.deliver(octets)
            began = time.perf_counter()
            with closing(open_mailbox(parse_mailbox_url(f"maildir:{box.path}"))) as mailbox:
                home.intake.take(mailbox)
            yield what, time.perf_counter() - began
        home.engine.dispose()


def _hostile() -> Iterator[tuple[str, bytes]]:
    """Return mails that are made to cost much."""
    parts = b"".join(b"--b\r\nContent-Type: text/plain\r\n\r\npart\r\n" for _ in range(1000))
    yield "1,000 parts", _HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + b"--b--\r\n"
    attached = b"".join(b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + _HEAD + b"\r\nx\r\n" for _ in range(1000))
    yield "1,000 mails attached", _HEAD + b"Content-Type: multipart/digest; boundary=b\r\n\r\n" + attached
    yield "25 MB of text", (_HEAD + b"\r\n" + b"stop " * (5 << 20))[:LARGEST_MAIL]
    yield "25 MB in lines of one letter", (_HEAD + b"\r\n" + b"a\r\n" * (9 << 20))[:LARGEST_MAIL]
    encoded = b"Content-Transfer-Encoding: base64\r\n\r\n" + b"c3RvcCBzdG9w\r\n" * (2 << 20)
    yield "25 MB of base64", (_HEAD + encoded)[:LARGEST_MAIL]
    yield "25 MB of one field", (_HEAD + b"X: " + b"x" * LARGEST_MAIL)[:LARGEST_MAIL]
    yield "more than 25 MB", _HEAD + b"\r\n" + b"x" * LARGEST_MAIL


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
