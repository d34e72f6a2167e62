"""The drawer in which a reader with the key adds articles and takes them away again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Service
from playwright.sync_api import Page, Route, expect
from reading import ask, gives

from qa.http.arrivals import MOST_FILES

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


def drop(page: Page, place: str) -> bool:
    """Drop a file on what `place` selects; tells whether the browser would open it itself."""
    unclaimed: bool = page.evaluate(
        """(place) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["Un texte."], "a.txt"));
            const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
            return document.querySelector(place).dispatchEvent(drop);
        }""",
        place,
    )
    return unclaimed


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
        [
            "Ajouté : <b>a.txt · read as Windows-1252",
            "Refusé : fichier sans texte. b.txt holds no text send one that does",
        ]
    )
    expect(page.locator(".fates [lang=en]")).to_have_text(
        ["read as Windows-1252", "b.txt holds no text send one that does"]
    )
    page.set_viewport_size({"width": 1280, "height": 400})
    # At once: the list is drawn anew while the index is rebuilt.
    page.locator("#article .shelf > li").last.evaluate("item => item.scrollIntoView()")
    expect(page.locator(".fates")).to_be_in_viewport()
    page.get_by_role("button", name="English").click()
    expect(page.locator(".fates li").last).to_have_text("Refused: b.txt holds no text send one that does")


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, "writing_off", "démarré sans clé"),
        (413, "too_large", "C’est trop volumineux."),
        (422, "bad_request", "ne peut pas traiter cette demande"),
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


def test_how_long_to_wait_is_said(open_page: Callable[..., Page]) -> None:
    """A service that has enough tells when to come back, and the page says it."""

    def documents(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        error = {"code": "too_many", "message": "m", "hint": "h"}
        return route.fulfill(status=429, json={"error": error}, headers={"Retry-After": "17"})

    page = open_page(SHELF, routes={"**/ready": WRITABLE, "**/documents": documents})
    upload(page, ("a.txt", b"a"))
    expect(page.locator(".fates .refused")).to_contain_text("réessayez dans 17 s")


def test_progress_tells_the_time_left_and_outlives_a_failed_poll(open_page: Callable[..., Page]) -> None:
    """Passages, seconds left, then the end; one poll without an answer changes nothing."""
    halfway = JOB | {"state": "encoding", "passages_encoded": 2, "seconds_left": 6.4}
    polls = iter([halfway, None, JOB])
    seen: list[str] = []

    def documents(route: Route) -> None:
        sent = route.request.method == "POST"
        (gives({"files": [], "job": halfway}, 202) if sent else Route.continue_)(route)

    def rebuild(route: Route) -> None:
        seen.append(page.locator(".progress").inner_text())
        job = next(polls)
        gives({"job": job})(route) if job else route.abort()

    page = open_page(SHELF, routes={"**/ready": WRITABLE, "**/documents": documents, "**/rebuild": rebuild})
    upload(page, ("a.txt", b"a"))
    expect(page.locator(".progress")).to_have_text("L’index est à jour.")
    assert [text.strip() for text in seen] == [
        "L’index est mis à jour\u00a0: 2 sur 4 passages, encore 7\u00a0s"
    ] * 3
    expect(page.locator("progress")).to_have_count(0)


def test_what_is_sent_while_a_poll_is_out_is_followed_too(open_page: Callable[..., Page]) -> None:
    """A late word of the job before does not end the following of the one begun meanwhile."""
    polls: list[Route] = []
    jobs = iter([JOB | {"state": "waiting"}, JOB | {"id": 2, "state": "waiting"}])

    def documents(route: Route) -> None:
        sent = route.request.method == "POST"
        (gives({"files": [], "job": next(jobs)}, 202) if sent else Route.continue_)(route)

    def rebuild(route: Route) -> None:
        polls.append(route)
        if len(polls) > 1:
            gives({"job": JOB | {"id": 2}})(route)

    page = open_page(SHELF, routes={"**/ready": WRITABLE, "**/documents": documents, "**/rebuild": rebuild})
    with page.expect_request("**/rebuild"):
        upload(page, ("a.txt", b"a"))
    with page.expect_response(lambda response: response.request.method == "POST"):
        upload(page, ("b.txt", b"b"))
    gives({"job": JOB})(polls[0])
    expect(page.locator(".progress")).to_have_text("L’index est à jour.")
    assert len(polls) == 2


def test_what_became_of_a_file_is_announced(open_page: Callable[..., Page]) -> None:
    """A refusal as itself, before and after a success; a state of the job once, and never nothing."""
    error = {"code": "empty", "message": "b.txt holds no text.", "hint": "Send one that does."}
    taken = {"name": "a.txt", "documents": ["a"], "notes": [], "error": None}
    halfway = JOB | {"state": "encoding", "passages_encoded": 2}
    polls = [halfway | {"passages_encoded": 1}, halfway, JOB]
    refusal = {"error": {"code": "nothing_taken", "message": "m", "hint": "h"}}
    refused = gives({**refusal, "files": [{**taken, "name": "b.txt", "error": error}]}, 422)
    replies = [refused, gives({"files": [taken], "job": JOB | {"state": "waiting"}}, 202), refused]

    def documents(route: Route) -> None:
        (replies.pop(0) if route.request.method == "POST" else Route.continue_)(route)

    def rebuild(route: Route) -> None:
        gives({"job": polls.pop(0)})(route)

    page = open_page(SHELF, routes={"**/ready": WRITABLE, "**/documents": documents, "**/rebuild": rebuild})
    page.evaluate(
        """() => {
            window.told = [];
            const region = document.getElementById("announce");
            const hear = () => window.told.push(region.textContent);
            new MutationObserver(hear).observe(region, { childList: true });
        }"""
    )
    no = "Refusé : fichier sans texte. b.txt holds no text. Send one that does."
    upload(page, ("b.txt", b""))
    expect(page.get_by_role("status")).to_contain_text("b.txt holds no text.")
    upload(page, ("a.txt", b"a"))
    expect(page.locator(".progress")).to_have_text("L’index est à jour.")
    upload(page, ("b.txt", b""))
    expect(page.locator(".fates li")).to_have_count(3)
    told = [text.replace("\u00a0", " ") for text in page.evaluate("told")]
    under_way = "L’index est mis à jour : 1 sur 4 passages"
    assert told == [no, "Ajouté : a.txt", under_way, "L’index est à jour.", no]


def test_a_failed_rebuild_says_why(open_page: Callable[..., Page]) -> None:
    """In the service's own words: nothing was wrong with any question."""
    error = {"code": "internal", "message": "The disk is full.", "hint": "Make room."}
    failed = JOB | {"state": "failed", "error": error}

    def documents(route: Route) -> None:
        sent = route.request.method == "POST"
        (gives({"files": [], "job": failed}, 202) if sent else Route.continue_)(route)

    page = open_page(SHELF, routes={"**/ready": WRITABLE, "**/documents": documents})
    upload(page, ("a.txt", b"a"))
    expect(page.locator(".progress")).to_have_text("The disk is full. Make room.")


@pytest.mark.parametrize("place", ["#article .shelf", "#conversation"])
@pytest.mark.parametrize("writing", ["key", "off"])
def test_a_dropped_file_is_sent_where_writing_is_on(
    open_page: Callable[..., Page], writing: str, place: str
) -> None:
    """Dropped anywhere on the page; the browser never opens the file in place of it."""
    sent: list[str] = []

    def documents(route: Route) -> None:
        if route.request.method == "POST":
            sent.append((route.request.post_data_buffer or b"").decode())
            gives({"files": [{"name": "a.txt", "documents": ["a"], "notes": []}], "job": JOB}, 202)(route)
        else:
            route.continue_()

    ready = gives({"access": {"writing": writing, "reading": "open"}})
    routes = {"**/ready": ready, "**/documents": documents}
    page = open_page(SHELF if place.startswith("#article") else "/", routes=routes)
    expect(page.locator(f"{place} li").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert not drop(page, place)
    if writing == "key":
        expect(page.locator("#article .fates li")).to_have_text(["Ajouté : a.txt"])
        assert "Un texte." in sent[0]
    else:
        expect(page.locator(".fates li")).to_have_count(0)
        assert not sent


def test_a_list_that_is_still_to_come_is_drawn_when_the_index_is_new(open_page: Callable[..., Page]) -> None:
    """The new list may come before the one that the opening drawer asked for."""
    held: list[Route] = []

    def documents(route: Route) -> None:
        if route.request.method == "POST":
            gives({"files": [{"name": "a.txt", "documents": ["a"], "notes": []}], "job": JOB}, 202)(route)
        elif not held:
            held.append(route)
        else:
            route.continue_()

    page = open_page(routes={"**/ready": WRITABLE})
    expect(page.locator("#conversation li").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.route(re.compile(r"/documents\b"), documents)
    drop(page, "#conversation")
    expect(page.locator("#article .shelf li").first).to_be_visible()
    assert held
    held[0].continue_()


def test_more_files_than_a_request_may_have_go_in_several(open_page: Callable[..., Page]) -> None:
    """All articles of a folder are chosen at once: nobody need know how many the service takes."""
    sent: list[bytes] = []

    def documents(route: Route) -> None:
        if route.request.method == "POST":
            body = route.request.post_data_buffer or b""
            sent.append(body)
            names = [part.split(b'"')[0].decode() for part in body.split(b'filename="')[1:]]
            files = [{"name": name, "documents": [name], "notes": []} for name in names]
            gives({"files": files, "job": JOB}, 202)(route)
        else:
            route.continue_()

    page = open_page(SHELF, routes={"**/ready": WRITABLE, "**/documents": documents})
    upload(page, *((f"{number}.txt", b"") for number in range(MOST_FILES + 10)))
    expect(page.locator(".fates li")).to_have_count(MOST_FILES + 10)
    assert [body.count(b"filename=") for body in sent] == [MOST_FILES, 10]


def test_a_service_that_wants_a_key_to_read_asks_for_it_once(open_page: Callable[..., Page]) -> None:
    """The first page and the question share one dialog, and every request after it carries the key."""
    asked: list[str | None] = []

    def guarded(route: Route) -> None:
        given = route.request.headers.get("authorization")
        asked.append(given)
        if given == f"Bearer {KEY}":
            return route.continue_()
        return gives({"error": {"code": "bad_key", "message": "m", "hint": "h"}}, 401)(route)

    page = open_page(routes={"**/documents": guarded, "**/ask": guarded, "**/ask?*": guarded})
    give_key(page, KEY)
    expect(page.locator(".shelf > li")).not_to_have_count(0)
    ask(page, "combien de soldats ?")
    expect(page.locator(".words")).not_to_have_count(0)
    with page.expect_download() as download:
        page.locator(".colophon [data-format=BibTeX]").click()
    assert Path(download.value.path()).read_text().startswith("@misc")
    assert asked.count(None) == 1, asked
    assert set(asked) == {None, f"Bearer {KEY}"}


def test_who_has_no_key_for_writing_goes_on_reading(open_page: Callable[..., Page]) -> None:
    """Declining to give another key loses none that was good."""

    def guarded(route: Route) -> None:
        if route.request.method == "DELETE" or route.request.headers.get("authorization") != f"Bearer {KEY}":
            return gives({"error": {"code": "bad_key", "message": "m", "hint": "h"}}, 401)(route)
        return route.continue_()

    routes = {"**/ready": WRITABLE, "**/documents*": guarded, "**/documents/*": guarded, "**/ask": guarded}
    page = open_page(SHELF, routes=routes)
    give_key(page, KEY)
    page.get_by_role("button", name="Retirer").first.click()
    expect(page.locator("#key .wrong")).to_be_visible()
    page.locator("#key").get_by_role("button", name="Annuler").click()
    expect(page.locator(".fates .refused")).to_contain_text("clé")
    page.get_by_role("button", name="Fermer").click()
    ask(page, "combien de soldats ?")
    expect(page.locator(".words")).not_to_have_count(0)
    expect(page.locator("#key")).to_be_hidden()


def test_an_article_is_added_quoted_removed_and_restored(
    open_page: Callable[..., Page], keyed_url: str
) -> None:
    """The whole way over the real service: an empty corpus, the key asked once (and again when wrong),
    a file, its progress, a quote from it, its removal and the undoing."""
    page = open_page(SHELF, host=keyed_url)
    upload(page, ("vaubrun.txt", ARTICLE.encode()))
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator(".fates .refused")).to_contain_text("clé")
    upload(page, ("vaubrun.txt", ARTICLE.encode()))
    give_key(page, "wrong-wrong-wrong-wrong-wrong-wrong")
    expect(page.get_by_role("alert")).to_have_text("Il manque la bonne clé du service.")
    assert Axe().run(page).violations_count == 0
    give_key(page, KEY)
    expect(page.locator(".fates li").first).to_have_text("Ajouté : vaubrun.txt")
    expect(page.locator("#article .shelf > li")).to_have_count(1, timeout=60_000)
    expect(page.locator(".progress")).to_have_text("L’index est à jour.")
    assert Axe().run(page).violations_count == 0
    assert KEY not in page.evaluate("JSON.stringify(localStorage)")

    page.get_by_role("searchbox").fill("nulle part")
    expect(page.locator("#article h2")).to_have_text("0 article")
    page.get_by_role("searchbox").fill("vaubrun")
    page.locator("[data-action=remove]").press("Enter")
    expect(page.locator("#article .shelf > li")).to_have_count(0, timeout=60_000)
    expect(page.locator(".fates")).to_contain_text("Retiré : vaubrun")
    expect(page.locator("[data-action=restore]")).to_be_focused()
    page.get_by_role("searchbox").fill("nulle part")
    page.locator("[data-action=restore]").press("Enter")
    expect(page.locator("#article .shelf > li")).to_have_count(1, timeout=60_000)
    expect(page.locator("#article h2")).to_have_text("0 article")
    expect(page.locator("#article .shelf > li")).to_be_hidden()

    page.keyboard.press("Escape")
    ask(page, "Qui a annoncé la fermeture du théâtre de Vaubrun ?")
    expect(page.locator(".words").first).to_have_text(ARTICLE)
