"""How does a test start many commands quickly? Each in a new process, forked from one that has read the libraries.

Law: only libraries are read beforehand; all code of ours is loaded anew by each command, which has an environment, a
folder, streams and an exit code of its own. A test of how a process starts or ends by a signal starts a real one.

Usage: python -m tests.acceptance.warm SOCKET_DESCRIPTOR
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import NoReturn

LIBRARIES = (
    "aiosmtplib", "alembic.command", "asyncio", "babel.messages.pofile", "cryptography.hazmat.primitives.ciphers.aead",
    "dotenv", "email_validator", "idna", "jinja2.sandbox", "msgspec", "multiprocessing", "phonenumbers",
    "pydantic_settings", "rich.progress", "rich.table", "sqlalchemy.dialects.sqlite", "structlog", "typer", "yaml",
)  # fmt: skip
LONGEST_REQUEST = 1 << 16


class Warm:
    """A process that forks commands for as long as the tests run."""

    def __init__(self, environment: Mapping[str, str], folder: Path) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "tests.acceptance.warm", str(theirs.fileno())]
        self._socket, self._lock = ours, threading.Lock()
        self._process = subprocess.Popen(command, env=environment, cwd=folder, pass_fds=[theirs.fileno()])
        theirs.close()

    def run(
        self, words: Sequence[str], folder: Path, environment: Mapping[str, str], stdin: str = ""
    ) -> tuple[int, str, str]:
        """Run a module as `python -m` does, to its end; return the exit code, and what it wrote to both streams.

        One that was killed has the code of a kill, whatever the signal was.
        """
        with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
            given.write(stdin.encode())
            given.seek(0)
            streams = [stream.fileno() for stream in (given, out, err)]
            code = self._code_of([list(words), str(folder), dict(environment)], streams)
            for stream in (out, err):
                stream.seek(0)
            return code, out.read().decode(), err.read().decode()

    def _code_of(self, request: list[object], streams: list[int]) -> int:
        """Let it be forked and wait for it; who does not wait any longer ends it."""
        read, write = os.pipe()
        with self._lock:
            socket.send_fds(self._socket, [json.dumps(request).encode()], [*streams, write])
        os.close(write)
        with os.fdopen(read) as replies:
            pid = int(replies.readline())
            try:
                return int(replies.readline() or -signal.SIGKILL)
            except BaseException:
                os.killpg(pid, signal.SIGKILL)
                raise

    def end(self) -> None:
        """Fork no more."""
        self._socket.close()
        self._process.wait(10)


def serve(requests: socket.socket) -> None:
    """Fork a process for each request, until nobody asks any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        request, streams, _, _ = socket.recv_fds(requests, LONGEST_REQUEST, 4)
        if not request:
            return
        if os.fork() == 0:
            requests.close()
            _perform(*json.loads(request), streams)
        for stream in streams:
            os.close(stream)


def _perform(words: list[str], folder: str, environment: dict[str, str], streams: list[int]) -> NoReturn:
    """Be the command: end as an interpreter does, and tell the exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.write(streams[3], f"{os.getpid()}\n".encode())
    for number, stream in enumerate(streams[:3]):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path[0] = folder
    code = _outcome(words)
    for end in (threading._shutdown, atexit._run_exitfuncs, sys.stdout.flush, sys.stderr.flush):  # type: ignore[attr-defined]
        with suppress(Exception):
            end()
    os.write(streams[3], f"{code}\n".encode())
    os._exit(code)


def _outcome(words: list[str]) -> int:
    """Run a module's `main` with these words; return the exit code."""
    module, *arguments = words
    sys.argv = [module, *arguments]
    try:
        import_module(f"{module}.__main__" if module == "mailer" else module).main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        sys.stderr.write(f"{end.code}\n")
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    for library in LIBRARIES:
        import_module(library)
    serve(socket.socket(fileno=int(sys.argv[1])))
