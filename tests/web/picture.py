"""Takes the README's picture of the chat from a service over the sample articles.

selon serve & python tests/web/picture.py http://127.0.0.1:8000
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).with_name("chat.png")
QUESTION = "did North Korea confirm sending soldiers?"
SIZE = {"width": 860, "height": 840}


def main(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="en-GB", color_scheme="light", reduced_motion="reduce")
        page.goto(url)
        page.get_by_role("textbox").fill(QUESTION)
        page.keyboard.press("Enter")
        page.wait_for_selector(".turn:not([aria-busy])")
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
