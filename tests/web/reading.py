"""What a reader does in the chat, and how a test stands in for the service."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route

QUESTION = "Combien de soldats nord-coréens ont été tués ou blessés ?"
# Answered by five quotes, the second of which has a voice.
MANY = "Combien de soldats nord-coréens ont été envoyés ?"
STANCES = re.compile(r"^(L’article|The article) ")


def ask(page: Page, question: str = QUESTION) -> None:
    box = page.get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    page.wait_for_selector(".turn:last-child:not([aria-busy])")


def gives(body: Any, status: int = 200) -> Callable[[Route], None]:
    """Answers a request with this JSON instead of the service."""
    return lambda route: route.fulfill(status=status, content_type="application/json", body=json.dumps(body))


def holding_time(page: Page) -> Callable[[float], None]:
    """Lets so many seconds pass in the page, all at once, whenever it is called: no test sits a wait out."""
    page.clock.install()
    return lambda seconds: page.clock.run_for(round(1000 * seconds))


def highlighted(page: Page) -> str:
    page.wait_for_selector(".hit")
    return "".join(page.locator(".hit").all_text_contents())
