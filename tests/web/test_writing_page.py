"""The drawer in which a reader with the key adds articles and takes them away again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Service
from playwright.sync_api import Page, Route, expect
from reading import ask, gives

pytestmark = pytest.mark.real

KEY = "a-key-of-thirty-two-letters-12345"
ARTICLE = "Le maire de Vaubrun a annoncé lundi la fermeture du théâtre municipal."
JOB: dict[str, Any] = {
    "id": 1,
    "state": "done",
    "documents_read": 1,
    "passages_encoded": 4,
    "passages_total": 4,
    "seconds_left": None,
    "error": None,
}
WRITABLE = gives({"access": {"writing": "key", "reading": "open"}})
SHELF = "/#/documents"


@pytest.fixture
def keyed_url(tmp_path: Path) -> Iterator[str]:
    """Where a real service with a key and no article yet answers."""
    service = Service(tmp_path / "store", SELON_API_KEY=KEY)
    service.await_ready()
    yield service.url
    service.stop()


def upload(page: Page, *files: tuple[str, bytes]) -> None:
    page.locator(".files").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in files]
    )


def give_key(page: Page, key: str) -> None:
    page.locator("#key input").fill(key)
    page.keyboard.press("Enter")


def test_a_service_without_a_key_is_read_only(open_page: Callable[..., Page]) -> None:
    """Where writing is off nothing can be added or removed, and one line says how to switch it on."""
    page = open_page(SHELF)
    expect(page.locator("#article")).to_contain_text("SELON_API_KEY")
    expect(page.locator(".files, [data-action=remove]")).to_have_count(0)


def test_each_file_tells_what_became_of_it(open_page: Callable[..., Page]) -> None:
    """Taken or refused, with the service's own notes and words; nothing in a file's name becomes markup."""
    error = {"code": "empty", "message": "b.txt holds no text", "hint": "send one that does"}
    files = [
        {"name": "<b>a.txt", "documents": ["a"], "notes": ["read as Windows-1252"], "error": None},
        {"name": "b.txt", "documents": [], "notes": [], "error": error},
    ]

    def documents(route: Route) -> None:
        if route.request.method == "POST":
            gives({"files": files, "job": JOB}, 202)(route)
        else:
            route.continue_()

    page = open_page(SHELF, routes={"**/ready": WRITABLE, "**/documents": documents})
    upload(page, ("a.txt", b"a"), ("b.txt", b"b"))
    expect(page.locator(".fates li")).to_have_text(
        ["Pris : <b>a.txt · read as Windows-1252", "Refusé : b.txt b.txt holds no text send one that does"]
    )


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, "writing_off", "démarré sans clé"),
        (429, "too_many", "Trop de demandes"),
        (500, "internal", "erreur"),
    ],
)
def test_what_the_service_refuses_is_said_in_words(
    open_page: Callable[..., Page], status: int, code: str, said: str
) -> None:
    """A refused file stays in the drawer with the reason."""
    refused = gives({"error": {"code": code, "message": "m", "hint": "h"}}, status)

    def documents(route: Route) -> None:
        (refused if route.request.method == "POST" else Route.continue_)(route)

    page = open_page(SHELF, routes={"**/ready": WRITABLE, "**/documents": documents})
    upload(page, ("a.txt", b"a"))
    expect(page.locator(".fates .refused")).to_contain_text(said)


def test_an_article_is_added_quoted_removed_and_restored(
    open_page: Callable[..., Page], keyed_url: str
) -> None:
    """The whole way over the real service: an empty corpus, the key asked once (and again when wrong),
    a file, its progress, a quote from it, its removal and the undoing."""
    page = open_page(SHELF, host=keyed_url)
    upload(page, ("vaubrun.txt", ARTICLE.encode()))
    give_key(page, "wrong-wrong-wrong-wrong-wrong-wrong")
    expect(page.locator("#key .wrong")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    give_key(page, KEY)
    expect(page.locator(".fates li")).to_contain_text("vaubrun.txt")
    expect(page.locator("#article .shelf > li")).to_have_count(1, timeout=60_000)
    expect(page.locator(".progress")).to_have_text("L’index est à jour.")
    assert Axe().run(page).violations_count == 0
    assert KEY not in page.evaluate("JSON.stringify(localStorage)")

    page.locator("[data-action=remove]").click()
    expect(page.locator("#article .shelf > li")).to_have_count(0, timeout=60_000)
    expect(page.locator(".fates")).to_contain_text("Retiré : vaubrun")
    page.locator("[data-action=restore]").click()
    expect(page.locator("#article .shelf > li")).to_have_count(1, timeout=60_000)

    page.keyboard.press("Escape")
    ask(page, "Qui a annoncé la fermeture du théâtre de Vaubrun ?")
    expect(page.locator(".words").first).to_have_text(ARTICLE)
