"""A public service on this machine: it answers as it is told, also slowly, broken or far too much."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs


@dataclass(slots=True)
class Answer:
    """What is sent back: a body with its status, `cut` short by so many bytes, or nothing until `wait` is set."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    wait: Event | None = None


@dataclass(slots=True)
class Service:
    """The service's address, and what it was asked, with the user agents."""

    url: str
    asked: list[dict[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)


Reply = Callable[[dict[str, str]], Answer]


def told(value: object) -> Answer:
    """Return an answer in JSON."""
    return Answer(json.dumps(value).encode())


@contextmanager
def serving(reply: Reply) -> Iterator[Service]:
    """Serve `reply` to every question, on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            service.asked.append({name: values[0] for name, values in form.items()})
            service.agents.append(self.headers["User-Agent"])
            self._answer(reply(service.asked[-1]))

        def _answer(self, answer: Answer) -> None:
            if answer.wait is not None:
                answer.wait.wait(10)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body[: len(answer.body) - answer.cut])
            except (BrokenPipeError, ConnectionResetError):
                pass  # whoever asked has heard enough
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = Service(f"http://127.0.0.1:{server.server_port}/")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
