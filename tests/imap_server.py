"""Which IMAP server do tests talk to? A Dovecot that they start themselves, in a folder of its own.

Law: no server, no account and no mailbox is touched that these tests did not make, and it is stopped by its own pid.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.certificates import make_certificate
from tests.maildirs import MaildirFolder

SECONDS = 30  # how long the server may take to start or to stop on a busy machine
PASSWORD = "geheim: 100%/ü"
ACCOUNTS = 200
_SYSTEM = Path("/usr/sbin/dovecot")
_EVERYTHING = "IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE NAMESPACE UIDPLUS MOVE UNSELECT LIST-EXTENDED"
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
last_valid_uid = 0
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.pem
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
imap_capability = {capability}
mail_location = maildir:~/mail
mail_fsync = never
mailbox_list_index = no
mailbox_idle_check_interval = 1s
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = .
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/%u
}}
"""


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox of a server: how it is named with TLS and without, and what is in it."""

    url: str
    plain_url: str
    box: MaildirFolder


class ImapServer:
    """A server with empty accounts on free ports of 127.0.0.1; as root it runs as another user.

    `lacks` are capabilities that it does not offer; `stop` and `start` may follow each other as often as a test wants.
    """

    def __init__(
        self,
        folder: Path,
        certificate: Path,
        *,
        lacks: tuple[str, ...] = (),
        prefix: str = "",
        mechanisms: str = "plain login",
    ) -> None:
        self.folder = folder
        self.certificate = certificate
        self.port, self.plain_port = _free_port(), _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_root = os.geteuid() == 0
        self._runner = pwd.getpwnam("nobody") if self._is_root else pwd.getpwuid(os.geteuid())
        self._numbers = count(1)
        offered = " ".join(word for word in _EVERYTHING.split() if word not in lacks)
        self._write(capability=offered, prefix=prefix, mechanisms=mechanisms)

    @property
    def log(self) -> str:
        """Return what the server wrote."""
        path = self.folder / "log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def account(self) -> Account:
        """Return an account that nobody has used."""
        user = _user(next(self._numbers))
        home = self.folder / user
        home.mkdir()
        self._own(home)
        login = f"{quote(user, safe='')}:{quote(PASSWORD, safe='')}"
        return Account(
            f"imaps://{login}@localhost:{self.port}",
            f"imap+insecure://{login}@127.0.0.1:{self.plain_port}",
            MaildirFolder(home / "mail", self._own),
        )

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [_SYSTEM, "-F", "-c", self.folder / "dovecot.conf"]
        other: dict[str, Any] = {"user": self._runner.pw_uid, "group": self._runner.pw_gid, "extra_groups": []}
        with (self.folder / "out").open("ab") as out:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=self.folder,
                start_new_session=True,
                **(other if self._is_root else {}),
            )
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(0.02)
        raise RuntimeError(f"Dovecot did not start:\n{(self.folder / 'out').read_text()}{self.log}")

    def stop(self) -> None:
        """End the server as a power cut would, with all its connections; asked kindly, it would serve them on."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(SECONDS)
            self._process = None

    def _write(self, **settings: str) -> None:
        """Write the configuration and the accounts."""
        values = {
            "folder": self.folder,
            "user": self._runner.pw_name,
            "group": grp.getgrgid(self._runner.pw_gid).gr_name,
            "uid": self._runner.pw_uid,
            "gid": self._runner.pw_gid,
            "port": self.port,
            "plain_port": self.plain_port,
            **settings,
        }
        (self.folder / "dovecot.conf").write_text(_CONFIGURATION.format(**values), encoding="utf-8")
        secret = b64encode(PASSWORD.encode()).decode()
        users = "".join(f"{_user(number)}:{{PLAIN.b64}}{secret}\n" for number in range(1, ACCOUNTS + 1))
        (self.folder / "users").write_text(users, encoding="utf-8")
        shutil.copy(self.certificate, self.folder / "server.pem")
        for path in (self.folder, *self.folder.iterdir()):
            self._own(path)

    def _own(self, path: Path) -> None:
        """Give a file to whom the server runs as."""
        if self._is_root:
            os.chown(path, self._runner.pw_uid, self._runner.pw_gid)

    def _answers(self) -> bool:
        """Tell whether the server greets."""
        try:
            with socket.create_connection(("127.0.0.1", self.plain_port), timeout=SECONDS) as probe:
                return probe.recv(4) == b"* OK"
        except OSError:
            return False


@contextmanager
def imap_server(certificate: Path | None = None, **settings: Any) -> Iterator[ImapServer]:
    """Start a new server, and stop it at the end; skip the test if this machine has no Dovecot.

    MAILER_TESTS_NEED_DOVECOT=1 makes that a failure.
    """
    if not _SYSTEM.exists():
        missing = "no Dovecot: install dovecot-imapd"
        (pytest.fail if os.environ.get("MAILER_TESTS_NEED_DOVECOT") == "1" else pytest.skip)(missing)
    folder = Path(tempfile.mkdtemp(prefix="mailer-dovecot-"))
    try:
        server = ImapServer(folder, certificate or make_certificate(folder), **settings)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user(number: int) -> str:
    return f"campaign-{number}@solidarity.example"


def _free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
