"""A reader's browser over the real service; nothing may go wrong behind the scenes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.append(str(Path(__file__).parent))  # for reading.py and samples.py

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or another; a machine without one skips these tests, except in CI."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if not found:
        reason = "no Chromium on this machine (looked for " + ", ".join(names) + ")"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, headless=True, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, service_url: str) -> Iterator[Callable[..., Page]]:
    """Opens the chat as a reader with these settings; nothing may go wrong behind the scenes."""
    contexts: list[Any] = []
    wrongs: list[str] = []
    hosts = [service_url + "/"]

    def check_host(url: str) -> None:
        if not url.startswith((*hosts, "data:", "blob:")):
            wrongs.append(f"left the host: {url}")

    def opened(
        path: str = "/", routes: dict[str, Any] | None = None, host: str = service_url, **settings: Any
    ) -> Page:
        hosts.append(host + "/")
        context = browser.new_context(**{"locale": "fr-FR", "reduced_motion": "reduce", **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        for pattern, answer in (routes or {}).items():
            page.route(pattern, answer)
        page.on("pageerror", lambda error: wrongs.append(f"uncaught: {error}"))
        page.on("console", lambda message: wrongs.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: check_host(request.url))
        page.goto(host + path)
        return page

    yield opened
    for context in contexts:
        assert context.cookies() == []
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()
    # The browser itself reports each 4xx, 5xx and cut connection; tests that cause them mean to.
    assert [wrong for wrong in wrongs if not wrong.startswith("Failed to load resource")] == []
