"""Is any mail lost, counted twice or left lying when the reader of the mailbox dies (kill -9) at any moment?"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import reading_faults
from tests.imap_server import ImapServer, imap_server
from tests.maildirs import MaildirFolder
from tests.postbag import KINDS, Postbag, copies_counted, events, furnish_office, open_office

MAILS = 36
MANY = 1_200
STEPS = [
    "fetched:20",
    "before-commit:2",
    "after-commit:2",
    "before-move:2",
    "in-move:3",
    "after-move:1",
]
AT_THE_SERVER = ["after-commit:2", "in-move:1", "marked:1"]


@dataclass(frozen=True, slots=True)
class Desk:
    """An office whose mailbox is read by processes that die."""

    folder: Path
    box: MaildirFolder
    url: str
    certificate: Path | None = None

    def fill(self, count: int) -> dict[str, list[bytes]]:
        """Let mails of every kind come; return them by the folder where they belong."""
        home = open_office(self.folder)
        belongs: dict[str, list[bytes]] = {}
        for kind, octets in Postbag(home).mixed(count):
            self.box.deliver(octets)
            belongs.setdefault(KINDS[kind].folder or kind, []).append(octets)
        home.engine.dispose()
        return belongs

    def start(self, at: str = ""):
        """Start a reader."""
        return reading_faults.start(self.folder, certificate=self.certificate, at=at, MAILBOX_URL=self.url)

    def read(self, at: str = "") -> int:
        """Let one reader work to its end, and return how that was."""
        process = self.start(at)
        process.join()
        return int(process.exitcode)

    def judge(self, belongs: dict[str, list[bytes]], *, twice: bool = False) -> None:
        """Prove that each mail is one event, was counted once, and is where it belongs; `twice`: or is there again."""
        home = open_office(self.folder)
        expected = Counter({KINDS[kind].matter: 0 for kind in KINDS})
        expected.update(KINDS[kind].matter for kind, _ in Postbag(home).mixed(sum(map(len, belongs.values()))))
        assert events(home) == expected
        assert copies_counted(home) == expected["copy"]
        home.engine.dispose()
        for name in ("", "Processed", "Quarantine", "Answers"):
            there = [path.read_bytes().replace(b"\r\n", b"\n") for path in self.box.files(name)]
            meant = [octets.replace(b"\r\n", b"\n") for octets in belongs.get(name or "reply", [])]
            assert sorted(set(there) if twice else there) == sorted(meant), name or "inbox"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose alert was sent to many."""
    folder = tmp_path_factory.mktemp("office")
    furnish_office(folder, MANY // len(KINDS)).engine.dispose()
    return folder


@pytest.fixture
def maildir_desk(furnished: Path, tmp_path: Path) -> Desk:
    """An office of its own with a Maildir."""
    folder = shutil.copytree(furnished, tmp_path / "office")
    return Desk(folder, MaildirFolder(folder / "inbox"), f"maildir:{folder / 'inbox'}")


@pytest.fixture(scope="module", params=[(), ("MOVE",)], ids=["MOVE", "COPY"])
def server(request: pytest.FixtureRequest, certificate: Path) -> Iterator[ImapServer]:
    """A server that moves, and one that can only copy."""
    with imap_server(certificate, lacks=request.param) as started:
        yield started


@pytest.fixture
def imap_desk(furnished: Path, tmp_path: Path, server: ImapServer) -> Desk:
    """An office of its own with an account."""
    folder = shutil.copytree(furnished, tmp_path / "office")
    account = server.account()
    return Desk(folder, account.box, account.url, server.certificate)


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(maildir_desk: Desk, step: str) -> None:
    """Wherever a reader dies, the next one finds every mail, counts none twice, and puts each where it belongs."""
    belongs = maildir_desk.fill(MAILS)

    assert maildir_desk.read(step) == -signal.SIGKILL
    assert maildir_desk.read() == 0
    maildir_desk.judge(belongs)


@pytest.mark.parametrize("step", AT_THE_SERVER)
def test_killed_at_a_step_at_a_server(imap_desk: Desk, step: str) -> None:
    """The same; where a server can only copy, what was copied may lie in its folder twice, and counts once."""
    belongs = imap_desk.fill(MAILS)

    assert imap_desk.read(step) == -signal.SIGKILL
    assert imap_desk.read() == 0
    imap_desk.judge(belongs, twice=step == "in-move:1")


@pytest.fixture
def seed(record_property: Callable[[str, object], None]) -> int:
    """The seed of a test: `MAILER_TESTS_SEED`, else a new one; it is told at the end of the run."""
    chosen = int(os.environ.get("MAILER_TESTS_SEED") or random.SystemRandom().randrange(1_000_000))
    record_property("told", f"MAILER_TESTS_SEED={chosen}")
    return chosen


def read_under_fire(desk: Desk, seed: int, kills: int) -> None:
    """Kill one reader after the other at a moment of chance, and let the last one end."""
    rng = random.Random(seed)
    for _ in range(kills):
        process = desk.start()
        time.sleep(rng.uniform(0.2, 1.0))
        process.kill()
        process.join()
    assert desk.read() == 0


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_killed_at_random_moments(maildir_desk: Desk, seed: int) -> None:
    """Forty kills while twelve hundred mails are worked through."""
    belongs = maildir_desk.fill(MANY)
    read_under_fire(maildir_desk, seed, 40)

    maildir_desk.judge(belongs)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_killed_at_random_moments_at_a_server(imap_desk: Desk, seed: int) -> None:
    """The same over IMAP."""
    belongs = imap_desk.fill(MANY)
    read_under_fire(imap_desk, seed, 20)

    imap_desk.judge(belongs, twice=True)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("point", reading_faults.POINTS[:-1])
def test_killed_again_and_again_at_one_point(maildir_desk: Desk, point: str) -> None:
    """A reader that always dies at the same step gets on all the same, if it gets that far at all."""
    belongs = maildir_desk.fill(MAILS)
    for _ in range(5):
        maildir_desk.read(f"{point}:2")
    assert maildir_desk.read() == 0

    maildir_desk.judge(belongs)
