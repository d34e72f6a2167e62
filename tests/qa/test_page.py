"""The chat is sent small, whole, and only when the browser's own is another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from starlette.testclient import TestClient

from qa.http.page import WEB, parts
from qa.service import create_app


@pytest.fixture(scope="module")
def client(seed_store: Path) -> Iterator[TestClient]:
    """The service in this process, with the fast encoder."""
    with TestClient(create_app(seed_store, TrigramEncoder()), base_url="http://127.0.0.1") as running:
        yield running


def test_every_file_of_the_chat_is_sent_under_its_name(client: TestClient) -> None:
    """With its own type and encoding, and never larger than it was written."""
    media = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
    for path in WEB.iterdir():
        answer = client.get(f"/static/{path.name}")
        assert answer.headers["content-type"] == f"{media[path.suffix]}; charset=utf-8"
        assert 0 < len(answer.content) <= path.stat().st_size
    assert client.get("/").content == client.get("/static/index.html").content


def test_words_are_sent_to_the_letter(client: TestClient) -> None:
    """Comments and idle space go; what stands in a template literal stays as it was written."""
    written, sent = (WEB / "i18n.js").read_text(), client.get("/static/i18n.js").text
    table = written[written.index("`") : written.index("`;")]
    assert table.count("\n") > 100
    assert table in sent
    assert "//" not in sent


@pytest.mark.parametrize("path", ["/", "/static/app.js"])
def test_what_a_browser_holds_is_not_sent_again(client: TestClient, path: str) -> None:
    """It asks each time by the tag it holds; another tag, or none, gets the whole."""
    whole = client.get(path)
    tag = whole.headers["etag"]
    assert whole.headers["cache-control"] == "no-cache"
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = client.get(path, headers={"if-none-match": held})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
    assert client.get(path, headers={"if-none-match": '"other"'}).content == whole.content
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "nothing.js",
        "../qa/http/page.py",
        "..%2fqa%2fhttp%2fpage.py",
        "%2e%2e/pyproject.toml",
        "/etc/passwd",
        "APP.JS",
    ],
)
def test_only_the_chat_is_sent(client: TestClient, name: str) -> None:
    """No other file of the machine has a name here."""
    answer = client.get(f"/static/{name}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_each_tag_is_of_its_own_body() -> None:
    """Equal tags would let a browser keep what has changed."""
    tags = [part.tag for part in parts().values()]
    assert len(set(tags)) == len(tags)
