"""How quickly do the pages answer while letters leave? One-click leaving, and sign-ups, before one daemon.

Run `python -m benchmarks.pages`. Asked: 99 of 100 one-click POSTs under 200 ms while the same daemon sends; 200
sign-ups a second on one worker without an error. The relay takes everything at once. Sign-ups come from many networks,
named by a proxy that the daemon is told to trust; each is a form as a browser sends it.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections import Counter
from html import unescape
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx
from sqlalchemy import create_engine, text

from benchmarks.senders import sink
from mailer.adapters.vault import KeyRing
from mailer.core.supporters import PublicId
from mailer.core.tokens import Purpose, TokenKey, derive
from tests.acceptance.cases import campaign_file, people, today
from tests.acceptance.workplace import Workplace

LETTERS = 6_000
LEAVING = 400
EVERY = 0.025  # seconds between two who leave
SIGN_UPS = 4_000
AT_ONCE = 32
OLD_ENOUGH = 3.5  # seconds that a person takes for the form
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')


def main() -> None:
    """Measure both, and print."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder, sink(0) as (port, arrivals):
        place = workplace(Path(folder), f"smtp+insecure://127.0.0.1:{port}")
        with place.daemon("run") as daemon:
            daemon.wait_for("pages on")
            url = re.search(r"pages on (http://\S+?),", daemon.told)[1]  # type: ignore[index]
            print(asyncio.run(leave(place, url)))
            arrivals.send("moments?")
            print(f"  meanwhile {speed(arrivals.recv()):.0f} letters/s left")
        with place.daemon("run") as daemon:
            daemon.wait_for("pages on")
            url = re.search(r"pages on (http://\S+?),", daemon.told)[1]  # type: ignore[index]
            print(asyncio.run(sign_up(url)))


def workplace(folder: Path, relay: str) -> Workplace:
    """Return an installation with a launched campaign whose letters wait."""
    for name in ("work", "stock", "work-home"):
        (folder / name).mkdir()
    settings = {
        "RELAY_URL": relay,
        "WEB_BIND": "127.0.0.1:0",
        "PUBLIC_URL": "http://127.0.0.1:8080",
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    made = Workplace(folder / "work", folder / "stock", settings)
    file = campaign_file(today()).replace(
        "languages: [en, ru]\n", "languages: [en, ru]\n  confirmations_per_hour: 1000000\n", 1
    )
    made.begin_anew(file, people(LETTERS), launch=True)
    return made


async def leave(place: Workplace, url: str) -> str:
    """Let people leave by one click, one after the other; return how long that took."""
    tokens = unsubscribe_tokens(place)
    async with httpx.AsyncClient(base_url=url) as client:
        await client.get("/livez")

        async def one(token: str) -> tuple[int, float]:
            begun = perf_counter()
            answer = await client.post(f"/u/{token}", data={"List-Unsubscribe": "One-Click"})
            return answer.status_code, (perf_counter() - begun) * 1000

        tasks = []
        for token in tokens:
            tasks.append(asyncio.create_task(one(token)))
            await asyncio.sleep(EVERY)
        found = await asyncio.gather(*tasks)
    return told("one-click POST", found)


def unsubscribe_tokens(place: Workplace) -> list[str]:
    """Return the tokens of the last people on the list, whose letters are still to leave."""
    key_id, secret = list(KeyRing.load(place.key_file).token_keys.items())[-1]
    engine = create_engine(f"sqlite:///{place.database}")
    with engine.connect() as connection:
        last = text("SELECT public_id FROM supporters ORDER BY id DESC LIMIT :count")
        rows = connection.execute(last, {"count": LEAVING}).all()
    engine.dispose()
    return [derive(TokenKey(key_id, secret), Purpose.UNSUBSCRIBE, "", PublicId(row.public_id)) for row in rows]


async def sign_up(url: str) -> str:
    """Send forms as quickly as they are answered; return how many a second that were."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        page = (await client.get("/sign-up")).text
        hidden = {attribute(tag, "name"): attribute(tag, "value") for tag in HIDDEN.findall(page)}
        hidden["website"] = ""
        await asyncio.sleep(OLD_ENOUGH)
        numbers = iter(range(SIGN_UPS))

        async def some() -> list[tuple[int, float]]:
            found = []
            for number in numbers:
                begun = perf_counter()
                answer = await client.post("/sign-up", content=form(hidden, number), headers=headers(number))
                found.append((answer.status_code, (perf_counter() - begun) * 1000))
            return found

        begun = perf_counter()
        found = [each for part in await asyncio.gather(*(some() for _ in range(AT_ONCE))) for each in part]
        seconds = perf_counter() - begun
    return f"{told('sign-up POST', found)}; {len(found) / seconds:.0f} a second"


def attribute(tag: str, name: str) -> str:
    """Return an attribute of a tag."""
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def form(hidden: dict[str, str], number: int) -> bytes:
    """Return what a browser sends."""
    typed = {"email": f"new{number}@people.example", "name": f"Person {number}", "language": "en", "country": "GB"}
    return urlencode(hidden | typed | {"consent": "yes"}).encode()


def headers(number: int) -> dict[str, str]:
    """Return the headers of a form that came through a proxy, from a network of its own."""
    network = f"10.{number // 256 % 256}.{number % 256}.7"
    return {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": network}


def told(what: str, found: list[tuple[int, float]]) -> str:
    """Return figures in words: milliseconds, and which answers there were."""
    took = sorted(each for _, each in found)
    statuses = ", ".join(f"{count} times {status}" for status, count in Counter(s for s, _ in found).items())
    return f"{what}: median {took[len(took) // 2]:.0f} ms, p99 {took[len(took) * 99 // 100]:.0f} ms; {statuses}"


def speed(moments: list[float]) -> float:
    """Return letters a second over all that left."""
    return (len(moments) - 1) / (moments[-1] - moments[0]) if len(moments) > 1 else 0.0


if __name__ == "__main__":
    main()
