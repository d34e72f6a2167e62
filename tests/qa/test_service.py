"""The service keeps its contract: routes, error shape, hosts, and an index that changes behind it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from newsroom import TEXTS, write
from starlette.testclient import TestClient

from index.build import build
from index.errors import InputError, StoreMismatch
from index.storage.snapshot import Snapshot
from qa.answer import ask
from qa.http.guard import LARGEST_BODY, Guard, is_loopback
from qa.http.serve import REHEARSED, bind
from qa.http.status import STATUS
from qa.http.wire import answer_json
from qa.service import create_app
from qa.types import LANGUAGES
from qa.understanding.filters import NAMES

HERE = "http://127.0.0.1"


@pytest.fixture(scope="module")
def client(seed_store: Path) -> Iterator[TestClient]:
    """The service in this process, with the fast encoder."""
    app = create_app(seed_store, TrigramEncoder(), threshold=0.05)
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as running:
        yield running


def test_ask_answers_as_the_contract_says(client: TestClient) -> None:
    """Every field of the contract is there, and nothing else."""
    answer = client.post("/ask", json={"question": "Combien de soldats ?", "limit": 3}).json()
    assert set(answer) == {
        "question", "language", "rewritten", "answered", "reason", "quotes", "figures", "positions",
        "contradictions", "suggestions", "spread", "stances", "coverage", "index", "took_ms",
    }  # fmt: skip
    quote = answer["quotes"][0]
    assert set(quote) == {
        "text", "start", "end", "passage_id", "heading", "asked", "document", "stance", "cue", "voices",
        "speaker", "figures", "score", "before", "after", "also_in",
    }  # fmt: skip
    assert set(quote["document"]) == {
        "id", "title", "publisher", "url", "published", "published_from", "language", "sha256", "stance",
    }  # fmt: skip
    assert answer["coverage"] == {"documents": 5, "passages": 121, "undated": 5}
    assert len(answer["quotes"]) == 3


def test_a_link_asks_the_same(client: TestClient) -> None:
    """GET /ask?q= gives what POST /ask gives."""
    linked = client.get("/ask", params={"q": "Combien de soldats ?"}).json()
    posted = client.post("/ask", json={"question": "Combien de soldats ?"}).json()
    assert {**linked, "took_ms": 0} == {**posted, "took_ms": 0}


def test_a_link_carries_history_and_filters(client: TestClient) -> None:
    """Every field of the body and of its filters has its name in a link; others are refused."""
    link = {"q": "et en Russie ?", "history": ["Combien de soldats ?"], "stance": ["doubts", "reports"]}
    linked = client.get("/ask", params=link).json()
    body = {"question": link["q"], "history": link["history"], "filters": {"stance": link["stance"]}}
    posted = client.post("/ask", json=body).json()
    assert {**linked, "took_ms": 0} == {**posted, "took_ms": 0}
    assert linked["rewritten"]
    assert {quote["stance"] for quote in linked["quotes"]} <= {"doubts", "reports"}
    assert client.get("/ask", params={"q": "a", "colour": "red"}).status_code == 422


@pytest.mark.parametrize("field", [*NAMES, "history", "language", "version", "limit", "format", "quote"])
def test_a_field_that_a_form_leaves_empty_asks_for_nothing(client: TestClient, field: str) -> None:
    """A form sends every field it has; an empty one restricts and chooses nothing."""
    asked = {"q": "Combien de soldats ?"}
    plain, empty = (client.get("/ask", params=one).json() for one in (asked, {**asked, field: ""}))
    assert {**empty, "took_ms": 0} == {**plain, "took_ms": 0}


def test_the_pages_of_documents_may_be_asked_for_with_empty_fields(client: TestClient) -> None:
    """What holds for a question holds for the list and for one document."""
    empty = {"limit": "", "after": "", "version": ""}
    assert client.get("/documents", params=empty).json() == client.get("/documents").json()
    one = f"/documents/{client.get('/documents').json()['documents'][0]['id']}"
    assert client.get(one, params={"version": ""}).json() == client.get(one).json()


@pytest.mark.parametrize(
    "given",
    [
        *({name: None} for name in ("limit", "history", "language", "version", "filters")),
        *({"filters": {name: None}} for name in NAMES),
        {"limit": 5.0},
    ],
    ids=str,
)
def test_what_is_null_is_as_not_given(client: TestClient, given: dict[str, object]) -> None:
    """Programs send every field they have, and some write every number with a point."""
    plain, sent = (
        client.post("/ask", json={"question": "Combien de soldats ?", **fields}).json()
        for fields in ({}, given)
    )
    assert {**sent, "took_ms": 0} == {**plain, "took_ms": 0}


@pytest.mark.parametrize("form", ["markdown", "bibtex", "text"])
def test_an_answer_is_taken_away(client: TestClient, form: str) -> None:
    """GET /ask?format= gives the answer as a text with its source, &quote= one quote of it."""
    asked = {"q": "Combien de soldats ?", "format": form}
    answer, quote, beyond = (
        client.get("/ask", params={**asked, **one}) for one in ({}, {"quote": 1}, {"quote": 9})
    )
    assert answer.status_code == quote.status_code == 200
    assert answer.headers["content-type"].endswith("charset=utf-8")
    assert "soldats" in quote.text
    assert len(quote.text) < len(answer.text)
    assert beyond.status_code == 422


def test_what_is_served_is_what_the_command_line_gives(client: TestClient, snapshot: Snapshot) -> None:
    """The description's shapes leave nothing out of an answer, and add nothing to it."""
    for question in ("Combien de soldats ?", "Qui dément les pertes ?", "recette de tarte"):
        served = client.post("/ask", json={"question": question, "limit": 50}).json()
        found = answer_json(ask(snapshot, TrigramEncoder(), question, limit=50, threshold=0.05))
        assert {**served, "took_ms": 0} == {**json.loads(json.dumps(found)), "took_ms": 0}


def test_one_quote_alone_is_not_given_in_json(client: TestClient) -> None:
    """What would be left out without a word is refused, with the formats that have it."""
    refused = client.get("/ask", params={"q": "Combien de soldats ?", "quote": 1})
    assert refused.status_code == 422
    assert "markdown" in refused.json()["error"]["hint"]


def test_documents_are_listed_in_pages(client: TestClient) -> None:
    """Pages follow one another without a gap or a repetition."""
    whole = client.get("/documents").json()
    assert whole["next"] is None
    ids, after = [], None
    while True:
        page = client.get("/documents", params={"limit": 2, **({"after": after} if after else {})}).json()
        ids += [document["id"] for document in page["documents"]]
        after = page["next"]
        if after is None:
            break
    assert ids == [document["id"] for document in whole["documents"]]
    assert len(ids) == 5


def test_a_document_is_the_file_to_the_letter(client: TestClient, seeds: Path) -> None:
    """Text and spans are those of the untouched article, furniture included."""
    documents = client.get("/documents").json()["documents"]
    assert {listed["id"] for listed in documents} == {path.name for path in seeds.glob("*.txt")}
    for listed in documents:
        read = client.get(f"/documents/{listed['id']}").json()
        assert read["text"] == (seeds / listed["id"]).read_bytes().decode("utf-8")
        assert len(read["passages"]) == listed["passages"]
        for passage in read["passages"]:
            assert read["text"][passage["start"] : passage["end"]] == passage["text"]


def test_what_is_rehearsed_reads_every_dictionary(client: TestClient) -> None:
    """A question with a slip in each language, so that the first reader's needs no second of its own."""
    answers = [client.get("/ask", params={"q": question}).json() for question in REHEARSED]
    assert {answer["language"] for answer in answers} == {*LANGUAGES}
    assert all(answer["rewritten"] for answer in answers)


def test_who_answers_from_an_older_version_says_so(tmp_path: Path) -> None:
    """A version that cannot be opened is not followed, and `/ready` tells which one answers and why."""
    store, news, encoder = tmp_path / "store", write(tmp_path / "news", TEXTS), TrigramEncoder()
    first = build(store, [news], encoder).manifest.version
    with TestClient(create_app(store, encoder), base_url="http://127.0.0.1") as client:
        known = set(store.glob("segments/*"))
        (news / "new.txt").write_text("Le pont de Vireval rouvre lundi.", encoding="utf-8")
        build(store, [news], encoder)
        [segment] = set(store.glob("segments/*")) - known
        (segment / "vectors.faiss").write_bytes(b"x")
        ready = client.get("/ready").json()
        assert ready["index"]["version"] == first
        assert f"{first} is still in use." in ready["notice"]
        build(store, [], encoder)
        ready = client.get("/ready").json()
    assert ready["index"]["version"] != first
    assert ready["notice"] is None


def test_health_and_ready(client: TestClient) -> None:
    """Alive, and able to answer from a version it names."""
    assert client.get("/health").json()["status"] == "ok"
    assert client.get("/ready").json()["index"]["version"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/documents?colour=red", None, 422, "bad_request"),
        ("GET", "/documents?version=000099-none", None, 404, "unknown_version"),
        ("GET", "/documents/none.txt?version=000099-none", None, 404, "unknown_version"),
        ("POST", "/ask", {"question": ""}, 400, "empty_question"),
        ("POST", "/ask", {"question": "a" * 10_000}, 400, "question_too_long"),
        ("POST", "/ask", {"question": "a\ud800"}, 422, "bad_request"),
        ("POST", "/ask", {"question": "et Kiev ?", "history": ["a\ud800"]}, 422, "bad_request"),
        ("POST", "/ask", {"question": "a", "filters": {"voice": "Kiev\ud800"}}, 400, "unknown_filter"),
        ("POST", "/ask", {"question": "a", "limit": 0}, 400, "bad_limit"),
        ("POST", "/ask", {"question": "a", "limit": 1000}, 400, "bad_limit"),
        ("POST", "/ask", {"question": "a", "limit": "five"}, 422, "bad_request"),
        ("POST", "/ask", {"question": None}, 422, "bad_request"),
        ("POST", "/ask", {"question": "a", "colour": None}, 422, "bad_request"),
        ("POST", "/ask", {"question": "a", "history": [None]}, 422, "bad_request"),
        ("POST", "/ask", {"question": "a", "limit": True}, 422, "bad_request"),
        ("POST", "/ask", {"question": "a", "limit": 1.5}, 422, "bad_request"),
        ("POST", "/ask", {"question": "a", "filters": {"voice": ""}}, 400, "unknown_filter"),
        ("GET", "/ask?q=a&colour=", None, 422, "bad_request"),
        ("GET", "/ask?q=a&voice=Kiev&voice=Moscou", None, 422, "bad_request"),
        ("GET", "/ask?q=a&q=b", None, 422, "bad_request"),
        ("POST", "/ask", {"question": "a", "colour": "red"}, 422, "bad_request"),
        ("POST", "/ask", {"question": "a", "language": "de"}, 400, "unknown_language"),
        ("POST", "/ask", {"question": "a", "version": "000099-none"}, 404, "unknown_version"),
        ("POST", "/ask", {"question": "a", "version": "../.."}, 404, "unknown_version"),
        ("POST", "/ask", {"question": "a", "filters": {"stance": ["maybe"]}}, 400, "unknown_filter"),
        ("POST", "/ask", {}, 422, "bad_request"),
        ("POST", "/ask", [], 422, "bad_request"),
        ("POST", "/ask", "{", 422, "bad_request"),
        ("GET", "/ask", None, 422, "bad_request"),
        ("GET", "/documents/none.txt", None, 404, "unknown_document"),
        ("GET", "/documents/..%2f..%2fetc%2fpasswd", None, 404, "unknown_document"),
        ("GET", "/documents?limit=0", None, 400, "bad_limit"),
        ("GET", "/nothing", None, 404, "not_found"),
        ("GET", "/static/nothing.js", None, 404, "not_found"),
        ("DELETE", "/ask", None, 405, "method_not_allowed"),
        ("POST", "/ask", "x" * (LARGEST_BODY + 1), 413, "too_large"),
    ],
)
def test_bad_input_has_one_shape(
    client: TestClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    """{"error": {code, message, hint}} with the status of the table, whatever is wrong."""
    content = body if isinstance(body, str) else None if body is None else json.dumps(body)
    answer = client.request(method, path, content=content, headers={"content-type": "application/json"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert STATUS[code] == status
    assert set(error) == {"code", "message", "hint"}
    assert error["message"]
    assert error["hint"]


@pytest.mark.parametrize(
    ("path", "body", "media", "told"),
    [
        ("/ask", '{"question": "a"}', "text/plain", "content-type: application/json"),
        ("/ask", '{"question": ', "application/json", "not JSON"),
        ("/ask", "{}", "application/json", "lacks body.question"),
        ("/ask", '{"question": "a", "limit": "five"}', "application/json", "'five'"),
        ("/ask", '{"question": "a", "limits": 5}', "application/json", "body.limits, which is not known"),
        ("/ask", '{"question": "?!"}', "application/json", "'?!' says nothing"),
        ("/ask", '{"question": null}', "application/json", "not null"),
        ("/ask", '{"question": "a", "filters": [true]}', "application/json", "an object, not [true]"),
        ("/ask", "[]", "application/json", "an object, not []"),
        ("/documents", '{"documents": []}', "application/json", "at least 1 item, not 0."),
        ("/documents", '{"documents": ', "application/json", "not JSON"),
        ("/documents", '{"documents": [{"name": "a.txt"}]}', "application/json", "lacks documents.0.text"),
        ("/documents", '{"documents": [{"name": 7, "text": "a"}]}', "application/json", "not 7"),
        ("/documents", "a", "", "without a content-type"),
        ("/documents", "a", "text/plain", "as 'text/plain'"),
    ],
)
def test_a_body_that_cannot_be_read_says_why(
    seed_store: Path, path: str, body: str, media: str, told: str
) -> None:
    """The header, the place or the value that is wrong."""
    app = create_app(seed_store, TrigramEncoder(), api_key="a-key-for-writing")
    headers = {"content-type": media, "x-api-key": "a-key-for-writing"}
    answer = TestClient(app, base_url=HERE).post(path, content=body, headers=headers)
    error = answer.json()["error"]
    assert answer.status_code == STATUS[error["code"]]
    assert told in " ".join(error.values())


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/", "GET, HEAD"),
        ("/docs", "GET, HEAD"),
        ("/docs/static/swagger-ui.css", "GET, HEAD"),
        ("/health", "GET, HEAD"),
        ("/ask", "GET, HEAD, POST"),
        ("/documents", "GET, HEAD, POST"),
        ("/documents/x", "DELETE, GET, HEAD"),
        ("/documents/x/restore", "DELETE, GET, HEAD, POST"),
        ("/rebuild", "GET, HEAD, POST"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(client: TestClient, path: str, methods: str) -> None:
    """`Allow` names those of all routes that share the path."""
    answer = client.put(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, methods)
    assert answer.json()["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("path", ["/", "/docs", "/health", "/ready", "/documents", "/rebuild", "/ask?q=a"])
def test_head_is_served_wherever_get_is(client: TestClient, path: str) -> None:
    """The same status and type; a probe needs no more."""
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code == 200
    assert head.headers["content-type"] == get.headers["content-type"]


@pytest.mark.parametrize(("headers", "status"), [({"host": "evil.example"}, 421), ({}, 413)])
def test_a_refusal_is_as_strict_as_an_answer(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    """What is refused before it is read has the same headers, each once."""
    served = client.get("/health").headers
    for body in (b"x" * (LARGEST_BODY + 1), (b"x" * LARGEST_BODY for _ in range(2))):
        refused = client.post("/ask", content=body, headers=headers)
        assert refused.status_code == status
        for name in ("content-security-policy", "x-content-type-options", "cross-origin-resource-policy"):
            assert refused.headers.get_list(name) == [served[name]]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "10.0.0.1", "", "localhost.evil"]
)
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    """A page that rebinds its name to this machine gets nothing."""
    answer = client.get("/documents", headers={"host": host})
    assert answer.status_code == 421
    assert answer.json()["error"]["code"] == "bad_host"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "[::1]:8000", "LOCALHOST"])
def test_our_own_names_are_served(client: TestClient, host: str) -> None:
    """The loopback addresses and localhost, with or without a port."""
    assert client.get("/health", headers={"host": host}).status_code == 200


def test_a_service_open_to_others_takes_addresses_and_named_hosts() -> None:
    """Bound to every address, any address is ours, a foreign name still is not."""
    guard = Guard(None, "0.0.0.0", ["news.example"])
    assert guard.is_ours("192.168.1.7:8000")
    assert guard.is_ours("news.example")
    assert not guard.is_ours("evil.example")
    assert not is_loopback("0.0.0.0")


def test_pages_load_nothing_from_another_host(client: TestClient) -> None:
    """Neither the chat nor the API's page names another host, and the policy forbids it."""
    for path in ("/", "/docs"):
        page = client.get(path)
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["content-security-policy"]
        for link in re.findall(r'(?:src|href)="([^"]+)"', page.text):
            assert not re.match(r"(?:https?:)?//", link), link
            if not link.startswith(("#", "data:")):
                assert client.get(link if link.startswith("/") else "/" + link).status_code == 200, link


def test_a_newly_published_version_is_served(tmp_path: Path, seeds: Path) -> None:
    """A running service answers from what another process published, without a restart."""
    store, news = tmp_path / "store", tmp_path / "news"
    shutil.copytree(seeds, news)
    encoder = TrigramEncoder()
    build(store, [news], encoder)
    with TestClient(create_app(store, encoder, threshold=0.0), base_url=HERE) as client:
        before = client.get("/ready").json()
        (news / "neuf.txt").write_text(
            "Le pont de Vireval a été fermé mardi par la préfecture.", encoding="utf-8"
        )
        build(store, [], encoder)
        after = client.get("/ready").json()
        assert after["coverage"]["documents"] == before["coverage"]["documents"] + 1
        answer = client.post("/ask", json={"question": "Qui a fermé le pont de Vireval ?"}).json()
        assert answer["quotes"][0]["document"]["id"] == "neuf.txt"
        pinned = {"question": "Qui a fermé le pont de Vireval ?", "version": before["index"]["version"]}
        old = client.post("/ask", json=pinned).json()
        assert old["index"]["version"] == before["index"]["version"]
        assert "neuf.txt" not in {quote["document"]["id"] for quote in old["quotes"]}
        version = {"version": before["index"]["version"]}
        assert client.get("/documents/neuf.txt").status_code == 200
        assert client.get("/documents/neuf.txt", params=version).status_code == 404
        assert len(client.get("/documents", params=version).json()["documents"]) == 5


def test_a_store_of_another_model_is_refused(seed_store: Path) -> None:
    """Vectors of two models cannot be compared: the message names both and the cure."""
    with pytest.raises(StoreMismatch, match="trigrams") as caught:
        create_app(seed_store, TrigramEncoder("other"))
    assert "Build it again" in caught.value.hint


def test_a_port_in_use_is_named() -> None:
    """The message names address and cure."""
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=str(port)) as caught:
            bind("127.0.0.1", port)
    assert caught.value.code == "port_in_use"
    assert "--port" in caught.value.hint
