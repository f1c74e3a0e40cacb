"""What if the line to the database is cut at the worst moment? A TCP proxy that cuts it around one COMMIT.

`before` cuts the line before the server hears of the COMMIT; `after` lets the server make it, and cuts before the
client hears that it was made. In both cases the client knows the same: nothing.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy.engine import make_url

COMMIT = b"COMMIT"
Moment = Literal["before", "after"]


@dataclass
class Proxy:
    """A proxy in threads of its own; `arm` it, and it cuts once."""

    url: str
    cuts: int = 0
    _armed: Moment | None = None
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _open: list[socket.socket] = field(default_factory=list)

    @property
    def own_url(self) -> str:
        """Return the database's URL, by way of this proxy."""
        port = self._listener.getsockname()[1]
        return make_url(self.url).set(port=port).render_as_string(hide_password=False)

    def arm(self, moment: Moment) -> None:
        """Cut the next COMMIT."""
        self._armed = moment

    def run(self) -> None:
        """Accept connections until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                target = make_url(self.url)
                server = socket.create_connection((str(target.host), int(target.port or 0)))
                self._open += [client, server]
                threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
                threading.Thread(target=self._copy, args=(server, client), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        """Copy what the client says, and cut where it is armed."""
        with suppress(OSError):
            while chunk := client.recv(1 << 16):
                moment = self._armed if COMMIT in chunk else None
                if moment is not None:
                    self._armed = None
                    self.cuts += 1
                if moment == "after":
                    client.shutdown(socket.SHUT_RDWR)  # from now on it hears nothing
                if moment != "before":
                    server.sendall(chunk)
                if moment is not None:
                    break
        _end(server, client)

    def _copy(self, server: socket.socket, client: socket.socket) -> None:
        """Copy what the server says."""
        with suppress(OSError):
            while chunk := server.recv(1 << 16):
                client.sendall(chunk)
        _end(client)

    def close(self) -> None:
        """Cut everything."""
        _end(self._listener, *self._open)


def _end(*sockets: socket.socket) -> None:
    """Close sockets in order: what was written to them still arrives."""
    for one in sockets:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def severing(url: str) -> Iterator[Proxy]:
    """Run a proxy before a database for as long as the block lasts."""
    proxy = Proxy(url)
    thread = threading.Thread(target=proxy.run, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(10)
