"""Figures for who watches the daemon, and the application that any ASGI server can start."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy import insert, update

from mailer.adapters.store.engine import writing
from mailer.adapters.store.tables import action_counts, mailings
from mailer.errors import ConfigurationError
from mailer.settings import read_settings
from mailer.web import LazyApplication
from mailer.web.metrics import create_metrics_app
from mailer.web.pages import create_app
from mailer.web.serving import listen, serve_metrics, serve_pages
from mailer.wiring import Installation
from tests.asking import ANNA, CASE, START, Ask, Clock, asking, open_home

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def scrape(home: Installation) -> Ask:
    """A way to ask for the figures."""
    return asking(create_metrics_app(home))


def samples(text: str) -> dict[str, float]:
    """Return the samples of the text format."""
    found = re.findall(r"^([^#\s][^ ]*(?:\{[^}]*\})?) ([-+.\deE]+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in found}


def count(home: Installation, kind: str, number: int) -> None:
    """Put down how many supporters told something."""
    row = {"campaign_id": CASE, "target": "prosecutor", "country": "GB", "day": START.date(), "kind": kind}
    with writing(home.engine) as connection:
        connection.execute(insert(action_counts), [{**row, "count": number}])


def test_letters_are_counted_by_mailing_and_state(home: Installation, scrape: Ask) -> None:
    """As they are at the moment of the scrape."""
    name = f'mailer_deliveries{{campaign="{CASE}",mailing="alert",rehearsal="no",state="%s"}}'
    before = samples(scrape("/metrics").text)
    home.supporters.unsubscribe(ANNA.email)
    after = samples(scrape("/metrics").text)

    assert (before[name % "queued"], name % "suppressed" in before) == (1, False)
    assert (after[name % "suppressed"], name % "queued" in after) == (1, False)
    assert before['mailer_campaigns{status="ready"}'] == 1
    assert before['mailer_signups_waiting{wait_for="mail"}'] == 0
    assert before["process_resident_memory_bytes"] > 1_000_000


def test_a_mailing_that_a_brake_holds_is_seen(home: Installation, scrape: Ask) -> None:
    """Whoever is woken at night by figures is woken by this one."""
    with writing(home.engine) as connection:
        connection.execute(update(mailings).where(mailings.c.mailing_id == "alert").values(paused=True))

    found = samples(scrape("/metrics").text)

    assert found[f'mailer_mailing_paused{{campaign="{CASE}",mailing="alert",rehearsal="no"}}'] == 1


@pytest.mark.parametrize(("number", "told"), [(4, None), (5, 5)])
def test_few_answers_are_not_told(home: Installation, scrape: Ask, number: int, told: int | None) -> None:
    """A count that might point at somebody is left out, not told as none."""
    count(home, "sent", number)

    assert samples(scrape("/metrics").text).get(f'mailer_actions{{campaign="{CASE}",kind="sent"}}') == told


def test_figures_name_nobody(home: Installation, scrape: Ask) -> None:
    """No address, no name, no link: labels are ids, states and kinds."""
    count(home, "sent", 50)
    text = scrape("/metrics").text

    assert set(re.findall(r'(\w+)="', text)) <= {
        "campaign",
        "mailing",
        "rehearsal",
        "state",
        "status",
        "wait_for",
        "kind",
    }
    assert "canary" not in text.lower()
    assert "@" not in text


def test_reading_figures_writes_nothing(home: Installation, scrape: Ask) -> None:
    """A scrape holds up no sender."""
    file = home.database_file
    assert file is not None
    scrape("/metrics")
    before = {each.name: each.read_bytes() for each in file.parent.glob(f"{file.name}*") if "shm" not in each.name}

    assert scrape("/metrics").status_code == 200
    assert before == {
        each.name: each.read_bytes() for each in file.parent.glob(f"{file.name}*") if "shm" not in each.name
    }


def test_figures_are_nowhere_among_the_pages(home: Installation, scrape: Ask) -> None:
    """What everybody can reach does not lead to them, and their port serves nothing else."""
    assert asking(home)("/metrics").status_code == 404
    assert [scrape(path).status_code for path in ("/", "/livez", f"/c/{CASE}", "/metrics/")] == [404] * 4
    assert scrape("/metrics", "POST").status_code == 405


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    """Without its words: they might hold a password."""
    nowhere = open_home(tmp_path, Clock())

    answer = asking(create_metrics_app(nowhere))("/metrics")

    assert (answer.status_code, answer.text) == (503, "the database does not answer\n")


@pytest.mark.parametrize(
    "bind", ["0.0.0.0:9100", "[::]:9100", ":9100", "192.0.2.1:9100", "metrics.example:9100", "127.evil.example:9100"]
)
def test_figures_are_for_this_machine_alone(tmp_path: Path, bind: str) -> None:
    """Nobody has to log in to read them, so that any other address is refused, as a wrong configuration (78)."""
    with pytest.raises(ConfigurationError, match="MAILER_METRICS_BIND") as told:
        read_settings({"HOME": str(tmp_path), "MAILER_METRICS_BIND": bind}, tmp_path)

    assert told.value.exit_code == 78


@pytest.mark.parametrize("bind", ["127.0.0.1:0", "127.0.0.2:9100", "localhost:9100", "[::1]:9100", ""])
def test_an_address_of_this_machine_is_taken(tmp_path: Path, bind: str) -> None:
    """Loopback, by number or by name; empty is none."""
    assert read_settings({"HOME": str(tmp_path), "MAILER_METRICS_BIND": bind}, tmp_path).metrics_bind == bind


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.1;10.0.0.2", "*"])
def test_a_proxy_that_is_no_network_is_refused(tmp_path: Path, text: str) -> None:
    """A slip here would believe everybody, or nobody."""
    with pytest.raises(ConfigurationError, match="MAILER_TRUSTED_PROXIES"):
        read_settings({"HOME": str(tmp_path), "MAILER_TRUSTED_PROXIES": text}, tmp_path)


def test_the_daemon_serves_figures_and_pages_apart(home: Installation) -> None:
    """Each on its own port; the pages do not let uvicorn read what a proxy says, nor tell what serves them."""
    told = open_home(home.settings.base, Clock(), MAILER_METRICS_BIND="127.0.0.1:0")
    pages = listen("127.0.0.1:0", "MAILER_WEB_BIND")
    served = [each for each in (serve_pages(told, pages), serve_metrics(told)) if each is not None]
    running = [each.server for each in served]
    try:
        ports = [_port(server) for server in running]
        with httpx.Client(trust_env=False) as client:
            figures = client.get(f"http://127.0.0.1:{ports[1]}/metrics")
            first = client.get(f"http://127.0.0.1:{ports[0]}/")
            hidden = client.get(f"http://127.0.0.1:{ports[0]}/metrics")
    finally:
        for each in served:
            each.end(20)
        told.engine.dispose()

    assert "mailer_deliveries" in figures.text
    assert (first.status_code, hidden.status_code) == (200, 404)
    assert "server" not in first.headers
    assert not any(server.config.proxy_headers for server in running)
    assert not any(server.config.access_log for server in running)
    assert not any(each.thread.is_alive() for each in served), "a loop must not outlive Python"
    assert serve_metrics(home) is None


def _port(server: uvicorn.Server) -> int:
    """Return the port of a server, once it is ready."""
    while not server.started:
        time.sleep(0.01)
    return int(server.servers[0].sockets[0].getsockname()[1])


def test_a_port_that_is_taken_is_told_by_its_setting() -> None:
    """With the setting's own name and what to do."""
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(ConfigurationError, match=r"MAILER_METRICS_BIND 127.0.0.1:\d+: Address already in use"),
    ):
        listen(f"127.0.0.1:{taken.getsockname()[1]}", "MAILER_METRICS_BIND")


# --- mailer.web:app -------------------------------------------------------------------------------


def test_importing_the_application_reads_nothing() -> None:
    """Neither settings nor libraries: what is heavy comes when a server starts it."""
    code = (
        "import sys, builtins, json; opened = []; "
        "sys.addaudithook(lambda name, given: name == 'open' and opened.append(str(given[0]))); "
        "import mailer.web; from mailer.web import app; "
        "heavy = ('starlette', 'sqlalchemy', 'pydantic', 'babel', 'uvicorn', 'jinja2', 'icalendar'); "
        "read = [each for each in opened if '.env' in each or '.yaml' in each]; "
        "print(json.dumps([[module for module in heavy if module in sys.modules], read]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert json.loads(done.stdout) == [[], []]


def live(app: LazyApplication) -> list[dict[str, Any]]:
    """Start and stop an application as a server does; return what it says."""
    said: list[Any] = []
    received = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive() -> dict[str, Any]:
        return next(received)

    async def send(message: Any) -> None:
        said.append(message)

    asyncio.run(app({"type": "lifespan"}, receive, send))
    return said


def test_the_application_is_made_when_it_is_started(home: Installation) -> None:
    """Once: at the server's start, or at the first request of a server that does not tell of its start."""
    made: list[int] = []

    def make() -> Any:
        made.append(1)
        return create_app(home)

    started, asked = LazyApplication(make), LazyApplication(make)
    said = live(started)
    assert [message["type"] for message in said] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert made == [1]
    assert asking(started)("/livez").text == "alive\n"
    assert made == [1]
    assert [asking(asked)("/livez").status_code for _ in range(2)] == [200, 200]
    assert made == [1, 1]


def test_a_wrong_setting_is_told_at_the_start() -> None:
    """The server ends with our words instead of failing at each request."""

    def make() -> Any:
        raise ConfigurationError("MAILER_PUBLIC_URL: it has no TLS")

    said = live(LazyApplication(make))

    assert said == [{"type": "lifespan.startup.failed", "message": "MAILER_PUBLIC_URL: it has no TLS"}]


def test_any_server_can_serve_the_pages(home: Installation) -> None:
    """uvicorn, started in the folder of .env and campaigns.yaml, finds everything by itself, and logs no path."""
    home.engine.dispose()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(home.settings.base),
        "PYTHONPATH": str(ROOT),
        "MAILER_KEY_FILE": str(home.settings.key_file),
    }
    command = [sys.executable, "-m", "uvicorn", "mailer.web:app", "--port", str(port), "--no-proxy-headers"]
    server = subprocess.Popen(
        command, cwd=home.settings.base, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    told: list[str] = []
    reader = threading.Thread(target=lambda: told.extend(server.stdout or ()))
    reader.start()
    try:
        while not any("Uvicorn running" in line for line in told):
            assert server.poll() is None, told
            time.sleep(0.02)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            ready, page = client.get("/readyz"), client.get("/")
            client.get("/u/canary-token")
    finally:
        server.terminate()
        server.wait(20)
        reader.join()
        assert server.stdout is not None
        server.stdout.close()

    assert (ready.text, page.status_code) == ("ready\n", 200)
    assert "Example Solidarity Network" in page.text
    assert "canary" not in "".join(told)
