"""What does somebody see in a real browser? Chromium, what it measures, and what axe finds in a page.

Law: nothing leaves this machine: whatever a page asks for from outside fails its test. Where Chromium, Playwright or
axe is missing, tests are skipped and say why; MAILER_TESTS_NEED_BROWSER=1 makes that a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.types import ASGIApp

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
try:
    from axe_playwright_python.base import AXE_SCRIPT
    from playwright.sync_api import Browser, Page, Route, sync_playwright
except ImportError as error:
    MISSING = f"{error.name} is not installed: pip install playwright axe-playwright-python"
else:
    MISSING = "" if Path(CHROMIUM).exists() else f"there is no browser at {CHROMIUM}: apt-get install chromium"
if MISSING and os.environ.get("MAILER_TESTS_NEED_BROWSER") == "1":
    raise RuntimeError(MISSING)
needs_browser = pytest.mark.skipif(bool(MISSING), reason=MISSING)

LEAST_TARGET = 24  # CSS pixels. Source: WCAG 2.2, 2.5.8
LEAST_CONTRAST = 4.5  # Source: WCAG 2.2, 1.4.3
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]  # axe's names of WCAG 2.2 AA
LOOKS = ["color-contrast", "target-size"]  # axe's rules that colours and widths decide

MEASURE = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number)
      .map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!/^rgba\\(.*, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const seen = element => element.getClientRects().length > 0 && element.checkVisibility();
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || !seen(element) || ["STYLE", "SCRIPT"].includes(element.tagName)) continue;
    const pair = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
    words.push([(pair[0] + 0.05) / (pair[1] + 0.05), text.slice(0, 60)]);
  }
  const targets = [...document.querySelectorAll("a, button, summary, input, select, textarea")]
    .filter(seen).map(each => each.closest("label.choice") || each).map(each => {
      const box = each.getBoundingClientRect();
      return [Math.min(box.width, box.height), (each.textContent.trim() || each.name || "").slice(0, 60)];
    });
  return {words, targets, wide: document.documentElement.scrollWidth - document.documentElement.clientWidth};
}"""


@contextmanager
def served(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """Serve an app on a bound socket while the context lasts."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium. Playwright keeps an event loop on this thread: whatever needs one of its own is done before."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, *, width: int = 700, scheme: Any = "light", script: bool = True) -> Iterator[Page]:
    """Open an empty page of this width.

    A test fails whose page asks for anything from outside, sets a cookie, or has a script that fails, opens a dialog or
    is stopped by the policy.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script, locale="en-GB"
    )
    amiss: list[str] = []

    def only_here(route: Route) -> None:
        if re.match(r"http://127\.0\.0\.1:\d+/", route.request.url):
            route.continue_()
        else:
            amiss.append(f"asked for {route.request.url}")
            route.abort()

    context.route("**/*", only_here)
    page = context.new_page()
    page.on("dialog", lambda dialog: (amiss.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: amiss.append(f"script failed: {error.message}"))
    page.on("console", lambda told: amiss.append(told.text) if "Content Security Policy" in told.text else None)
    try:
        yield page
        cookies = context.cookies()
    finally:
        context.close()
    assert amiss == []
    assert cookies == []


def misfits(page: Page) -> list[str]:
    """Return what is wider than the screen, too small for a finger, or too pale to be read."""
    found = page.evaluate(MEASURE)
    assert found["words"], f"{page.url} shows nothing"
    wide = [f"{found['wide']} px too wide"] if found["wide"] > 0 else []
    small = [f"{size} px small: {words}" for size, words in found["targets"] if size < LEAST_TARGET]
    pale = [f"contrast {contrast:.1f}: {words}" for contrast, words in found["words"] if contrast < LEAST_CONTRAST]
    return wide + small + pale


def assert_fit(page: Page) -> None:
    """Nothing is wider than the screen, too small for a finger, or too pale to be read."""
    found = misfits(page)

    assert not found, f"{page.url}: {found}"


def barriers(page: Page, *, looks_alone: bool = False) -> list[str]:
    """Return what axe finds that WCAG 2.2 AA forbids; `looks_alone` leaves out what no screen and no scheme changes."""
    page.evaluate(AXE_SCRIPT)
    only = {"type": "rule", "values": LOOKS} if looks_alone else {"type": "tag", "values": RULES}
    found = page.evaluate("only => axe.run({runOnly: only, resultTypes: ['violations']})", only)
    assert found["passes"], f"axe has looked at nothing of {page.url}"
    nodes = [(rule["id"], node) for rule in found["violations"] for node in rule["nodes"]]
    return [f"{rule}: {node['html'][:160]} {node['failureSummary'][:200]}" for rule, node in nodes]
