"""Documents arrive, leave and come back over HTTP; who may write; what is refused."""

from __future__ import annotations

import asyncio
import io
import json
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from encoders import TrigramEncoder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import TEXTS, write
from starlette.testclient import TestClient

from index.build import build
from index.sources.inbox import INBOX, post
from index.storage.forget import forget, remember
from index.types import Document
from qa.http.guard import LARGEST_BODY, LARGEST_UPLOAD
from qa.http.logs import Lines
from qa.http.status import STATUS
from qa.service import create_app

KEY, READ_KEY = "a-key-for-writing", "a-key-for-reading"
HERE = "http://127.0.0.1"
WRITES = [
    ("POST", "/documents"),
    ("DELETE", "/documents/alba.txt"),
    ("POST", "/documents/alba.txt/restore"),
    ("POST", "/rebuild"),
]
READS = ["/documents", "/documents/alba.txt", "/ask?q=a", "/rebuild", "/rebuild/events", "/metrics"]
FORM = "multipart/form-data; boundary=x"
JSON = "application/json"
DUNA = "Duna attend\n\nLes 50 soldats de Duna attendent la fermeture du pont de Vireval."

Open = Callable[..., TestClient]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens services over one store of three articles, read from a folder."""
    build(tmp_path / "store", [write(tmp_path / "news", TEXTS)], TrigramEncoder())
    clients: list[TestClient] = []

    def start(key: str | None = KEY, **options: Any) -> TestClient:
        app = create_app(tmp_path / "store", TrigramEncoder(), threshold=0.0, api_key=key, **options)
        clients.append(TestClient(app, base_url=HERE, raise_server_exceptions=False))
        return clients[-1].__enter__()

    yield start
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(opened: Open) -> TestClient:
    """A service whose client shows the key."""
    client = opened()
    client.headers["authorization"] = f"Bearer {KEY}"
    return client


def awaited(client: TestClient, started: Any) -> dict[str, Any]:
    """The rebuild that an answer names, or one after it, once it is over."""
    number, deadline = started.json()["job"]["id"], time.monotonic() + 60
    while time.monotonic() < deadline:
        job = client.get("/rebuild").json()["job"]
        if job["id"] >= number and job["state"] in ("done", "failed"):
            return dict(job)
        time.sleep(0.01)
    raise AssertionError("the rebuild did not end")


def ids(client: TestClient) -> list[str]:
    return [document["id"] for document in client.get("/documents").json()["documents"]]


def test_files_of_a_form_are_quoted(client: TestClient) -> None:
    """What was sent is answered from to the letter; a bad file stops no other, and says why."""
    files = [
        ("files", ("duna.txt", DUNA.encode())),
        ("files", ("broken.txt", b"")),
        ("files", ("x.exe", b"MZ")),
    ]
    sent = client.post("/documents", files=files)
    assert sent.status_code == 202
    taken, empty, foreign = sent.json()["files"]
    assert taken == {"name": "duna.txt", "documents": ["duna.txt"], "notes": [], "error": None}
    assert empty["error"]["code"] == "empty"
    assert foreign["error"]["hint"]
    job = awaited(client, sent)
    assert (job["state"], job["published"], job["error"]) == ("done", True, None)
    assert job["documents_read"] == 4
    assert job["passages_encoded"] == job["passages_total"] > 0
    assert job["version"] == client.get("/ready").json()["index"]["version"]
    assert client.get("/documents/duna.txt").json()["text"] == DUNA
    answer = client.post("/ask", json={"question": "Qui attend à Duna ?"}).json()
    assert answer["quotes"][0]["document"]["id"] == "duna.txt"


def test_a_store_that_vanishes_is_not_begun_anew(client: TestClient, tmp_path: Path) -> None:
    """The rebuild fails, nothing is made or kept where the store was, and the version in memory answers."""
    store = tmp_path / "store"
    store.rename(tmp_path / "away")
    job = awaited(client, client.post("/rebuild"))
    assert (job["state"], job["error"]["code"]) == ("failed", "no_store")
    assert not store.exists()
    store.mkdir()  # An empty folder, as where a volume is not mounted.
    job = awaited(client, client.post("/rebuild"))
    assert (job["state"], job["error"]["code"]) == ("failed", "no_store")
    sent = client.post("/documents", json={"documents": [{"name": "duna.txt", "text": DUNA}]})
    assert (sent.status_code, sent.json()["error"]["code"]) == (503, "no_store")
    assert not list(store.iterdir())
    assert len(ids(client)) == 3
    store.rmdir()
    (tmp_path / "away").rename(store)
    assert awaited(client, client.post("/rebuild"))["state"] == "done"
    assert len(ids(client)) == 3


def test_a_lost_root_costs_a_service_no_document(client: TestClient, tmp_path: Path) -> None:
    """A rebuild goes on from the versions that are there, and says what was lost."""
    sent = client.post("/documents", json={"documents": [{"name": "duna.txt", "text": DUNA}]})
    awaited(client, sent)
    (tmp_path / "store" / "current").unlink()
    job = awaited(client, client.post("/rebuild"))
    assert "current" in [skip["path"] for skip in job["skipped"]]
    assert len(ids(client)) == 4


def test_texts_come_as_json_with_what_is_known_of_them(client: TestClient) -> None:
    """Metadata is kept; the url is the id; a wrong day is refused, and the others are taken."""
    known = {"title": "Duna", "publisher": "Le Phare", "url": "https://phare.example/duna"}
    documents = [
        {"name": "duna.txt", "text": DUNA, "published": "2024-12-16", "language": "fr", **known},
        {"name": "efra.txt", "text": DUNA, "published": "yesterday"},
    ]
    sent = client.post("/documents", json={"documents": documents})
    taken, refused = sent.json()["files"]
    assert taken["documents"] == [known["url"]]
    assert refused["error"]["code"] == "bad_metadata"
    awaited(client, sent)
    read = client.get("/documents/" + known["url"]).json()
    assert read["text"] == DUNA
    assert {name: read["document"][name] for name in known} == known
    assert read["document"]["published"] == "2024-12-16"


def test_an_archive_gives_several_documents(client: TestClient) -> None:
    """Each has its place in the archive as its id; a member that cannot be read has a fate of its own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in {
            "in/duna.txt": DUNA,
            "efra.txt": DUNA.replace("Duna", "Efra"),
            "x.txt": "",
        }.items():
            archive.writestr(name, text)
    sent = client.post("/documents", files=[("files", ("news.zip", packed.getvalue()))])
    assert sent.status_code == 202
    fates = {fate["name"]: fate for fate in sent.json()["files"]}
    assert sorted(fates["news.zip"]["documents"]) == ["news.zip/efra.txt", "news.zip/in/duna.txt"]
    assert fates["news.zip/x.txt"]["error"]["code"] == "empty"
    awaited(client, sent)
    assert client.get("/documents/news.zip/in/duna.txt").json()["text"] == DUNA
    awaited(client, client.delete("/documents/news.zip/efra.txt"))
    assert "news.zip/in/duna.txt" in ids(client)
    assert "news.zip/efra.txt" not in ids(client)


def test_nothing_taken_is_an_error_that_lists_the_files(client: TestClient) -> None:
    """No job is started for it."""
    sent = client.post("/documents", files=[("files", ("a.txt", b" "))])
    assert sent.status_code == STATUS["nothing_taken"]
    assert sent.json()["error"]["code"] == "nothing_taken"
    assert sent.json()["files"][0]["error"]["code"] == "empty"
    assert client.get("/rebuild").json() == {"job": None}


def test_what_is_removed_is_not_removed_again(client: TestClient) -> None:
    """A document that was sent is as unknown afterwards as one of a folder, and starts no rebuild."""
    sent = client.post("/documents", json={"documents": [{"name": "duna.txt", "text": DUNA}]})
    awaited(client, sent)
    for name in ("duna.txt", "alba.txt"):
        awaited(client, client.delete(f"/documents/{name}"))
        assert client.delete(f"/documents/{name}").status_code == 404
    awaited(client, client.post("/documents/duna.txt/restore"))
    assert "duna.txt" in ids(client)


def test_of_two_documents_of_one_address_the_second_is_named_as_it_was_sent(client: TestClient) -> None:
    """The cure helps: another name would not, where the address is the same."""
    one = {"name": "duna.txt", "text": DUNA, "url": "https://e.org/duna"}
    sent = client.post("/documents", json={"documents": [one, {**one, "name": "efra.txt"}]}).json()
    taken, refused = sent["files"]
    assert (taken["name"], refused["name"]) == ("duna.txt", "efra.txt")
    assert "address" in refused["error"]["message"]
    assert "leave it out" in refused["error"]["hint"]


@pytest.mark.parametrize("name", ["a\tb.txt", "a\u202etxt.exe.txt", "..", "a\nb.txt", "x" * 201])
def test_a_name_that_cannot_be_shown_is_refused(client: TestClient, name: str) -> None:
    """Neither a break, nor a mark that turns what follows around."""
    sent = client.post("/documents", json={"documents": [{"name": name, "text": DUNA}]})
    assert sent.json()["files"][0]["error"]["code"] == "bad_name"


def test_a_new_text_under_the_same_name_is_a_revision(client: TestClient) -> None:
    """The later one is quoted, there is one document, and who meant another article is told."""
    notes = []
    for text in (DUNA, DUNA, DUNA.replace("50", "70")):
        sent = client.post("/documents", files=[("files", ("duna.txt", text.encode()))])
        awaited(client, sent)
        notes += sent.json()["files"][0]["notes"]
    assert notes == ["replaces what was sent before as duna.txt"]
    assert ids(client).count("duna.txt") == 1
    assert "70 soldats" in client.get("/documents/duna.txt").json()["text"]


def test_a_file_s_document_keeps_its_id(client: TestClient) -> None:
    """A posted document of the same name stands beside it, and the answer says under which id."""
    sent = client.post("/documents", files=[("files", ("alba.txt", DUNA.encode()))])
    [taken] = sent.json()["files"]
    awaited(client, sent)
    assert client.get("/documents/alba.txt").json()["text"] == TEXTS["alba.txt"]
    assert client.get("/documents/" + taken["documents"][0]).json()["text"] == DUNA


def test_a_revision_replaces_what_was_posted_before_a_file_took_its_name(
    client: TestClient, tmp_path: Path
) -> None:
    """The id that is told is that of the new text, and the old one is gone."""
    awaited(client, client.post("/documents", files=[("files", ("duna.txt", DUNA.encode()))]))
    write(tmp_path / "news", {**TEXTS, "duna.txt": "Duna se tait."})
    awaited(client, client.post("/rebuild"))
    revised = DUNA.replace("50", "70")
    sent = client.post("/documents", files=[("files", ("duna.txt", revised.encode()))])
    awaited(client, sent)
    [told] = sent.json()["files"][0]["documents"]
    assert client.get(f"/documents/{told}").json()["text"] == revised
    assert ids(client) == sorted([*TEXTS, "duna.txt", told])


@pytest.mark.parametrize("built", [True, False])
def test_forgetting_what_was_posted_beside_a_file_of_its_name(
    client: TestClient, tmp_path: Path, *, built: bool
) -> None:
    """No byte of it is left, whether it was built under its id or not; nor is it taken again."""
    store = tmp_path / "store"
    if built:
        sent = client.post("/documents", files=[("files", ("alba.txt", DUNA.encode()))])
        awaited(client, sent)
        [told] = sent.json()["files"][0]["documents"]
    else:
        told = "posted/alba.txt"
        post(store, [Document("alba.txt", DUNA, "Duna", "")])
    forget(store, told)
    assert not [path for path in store.rglob("*") if path.is_file() and b"Duna" in path.read_bytes()]
    again = client.post("/documents", files=[("files", ("alba.txt", DUNA.encode()))])
    assert again.json()["files"][0]["error"]["code"] == "forgotten"
    assert client.get("/documents/alba.txt").json()["text"] == TEXTS["alba.txt"]


def test_what_was_posted_is_revised_although_a_file_of_its_name_was_forgotten(
    client: TestClient, tmp_path: Path
) -> None:
    """It is told under the id that it keeps."""
    awaited(client, client.post("/documents", files=[("files", ("alba.txt", DUNA.encode()))]))
    forget(tmp_path / "store", "alba.txt")
    (tmp_path / "news" / "alba.txt").unlink()
    revised = DUNA.replace("50", "70")
    sent = client.post("/documents", files=[("files", ("alba.txt", revised.encode()))])
    awaited(client, sent)
    assert sent.json()["files"][0]["documents"] == ["posted/alba.txt"]
    assert client.get("/documents/posted/alba.txt").json()["text"] == revised


def test_two_files_of_one_name_are_not_taken_for_one(client: TestClient) -> None:
    """A browser leaves out the folders: the first is kept, and the second is told to be renamed."""
    other = DUNA.replace("50", "70")
    sent = client.post("/documents", files=[("files", ("duna.txt", text.encode())) for text in (DUNA, other)])
    first, second = sent.json()["files"]
    assert first["documents"] == ["duna.txt"]
    assert "duna.txt" in second["error"]["message"]
    assert "Rename" in second["error"]["hint"]
    awaited(client, sent)
    assert client.get("/documents/duna.txt").json()["text"] == DUNA
    alike = [{"name": name, "text": DUNA, "url": "https://phare.example/duna"} for name in ("a.txt", "b.txt")]
    fates = client.post("/documents", json={"documents": alike}).json()["files"]
    assert [bool(fate["error"]) for fate in fates] == [False, True]


def test_removed_restored_and_sent_again(client: TestClient) -> None:
    """A document leaves and comes back, be it a folder's or posted; nothing is purged."""
    awaited(client, client.post("/documents", files=[("files", ("duna.txt", DUNA.encode()))]))
    for doc_id in ("alba.txt", "duna.txt"):
        removed = client.delete(f"/documents/{doc_id}")
        assert (removed.status_code, removed.json()["removed"]) == (202, doc_id)
        awaited(client, removed)
        assert client.get(f"/documents/{doc_id}").status_code == 404
        awaited(client, client.post("/rebuild"))
        assert doc_id not in ids(client)
        restored = client.post(f"/documents/{doc_id}/restore")
        assert (restored.status_code, restored.json()["restored"]) == (202, doc_id)
        awaited(client, restored)
        assert doc_id in ids(client)
    awaited(client, client.delete("/documents/duna.txt"))
    awaited(client, client.post("/documents", files=[("files", ("duna.txt", DUNA.encode()))]))
    assert "duna.txt" in ids(client)
    for path in ("/documents/nothing.txt", "/documents/..%2f..%2fetc%2fpasswd"):
        assert client.delete(path).json()["error"]["code"] == "unknown_document"
        assert client.post(path + "/restore").json()["error"]["code"] == "unknown_document"


def test_what_came_during_the_last_build_is_taken_up_at_the_next_start(tmp_path: Path, opened: Open) -> None:
    """The build had read what was there, and was published later: its time says nothing of the rest."""
    store = tmp_path / "store"

    class Late:
        def start(self, total: int) -> None:
            post(store, [Document("duna.txt", DUNA, "Duna", "")])

        def read(self, documents: int) -> None: ...
        def advance(self, done: int) -> None: ...
        def publish(self) -> None: ...

    write(tmp_path / "news", {**TEXTS, "efra.txt": "Efra dort\n\nLe port d'Efra est vide."})
    assert build(store, [tmp_path / "news"], TrigramEncoder(), Late()).published
    os.utime(store / INBOX, (0, 0))
    client = opened()
    until = time.monotonic() + 60
    while "duna.txt" not in ids(client) and time.monotonic() < until:
        time.sleep(0.01)
    assert {"duna.txt", "efra.txt"} <= {*ids(client)}


def test_a_start_reads_nothing_that_a_build_has_seen(client: TestClient, opened: Open) -> None:
    """What was sent and built needs no job at the next start; nor does what was sent once more."""
    for _ in range(2):
        awaited(client, client.post("/documents", files=[("files", ("duna.txt", DUNA.encode()))]))
        again = opened()
        assert "duna.txt" in ids(again)
        assert again.get("/rebuild").json() == {"job": None}


def test_what_is_sent_does_not_bring_back_a_removed_file(client: TestClient) -> None:
    """A text sent under a removed file's name is a document of its own, under the id that was told."""
    awaited(client, client.delete("/documents/alba.txt"))
    sent = client.post("/documents", files=[("files", ("alba.txt", DUNA.encode()))])
    [told] = sent.json()["files"][0]["documents"]
    awaited(client, sent)
    assert told != "alba.txt"
    assert told in ids(client)
    assert "alba.txt" not in ids(client)
    assert client.get(f"/documents/{told}").json()["text"] == DUNA


def test_a_forgotten_document_is_not_taken(client: TestClient, tmp_path: Path) -> None:
    """What was purged comes back only when it is let back in."""
    forget(tmp_path / "store", "alba.txt")
    sent = client.post("/documents", files=[("files", ("alba.txt", DUNA.encode()))])
    assert sent.status_code == STATUS["nothing_taken"]
    assert sent.json()["files"][0]["error"]["code"] == "forgotten"
    remember(tmp_path / "store", "alba.txt")
    sent = client.post("/documents", files=[("files", ("alba.txt", DUNA.encode()))])
    assert sent.status_code == 202
    awaited(client, sent)
    assert "alba.txt" in ids(client)


def test_every_document_may_be_removed(client: TestClient) -> None:
    """The empty index says so."""
    for doc_id in ids(client):
        awaited(client, client.delete(f"/documents/{doc_id}"))
    assert ids(client) == []
    assert client.get("/ask", params={"q": "Combien ?"}).json()["reason"] == "empty_index"


def test_a_rebuild_reads_the_folders_again(client: TestClient, tmp_path: Path) -> None:
    """What a folder holds now is what is answered from; what cannot be read is named."""
    write(tmp_path / "news", {**TEXTS, "duna.txt": DUNA, "empty.txt": ""})
    job = awaited(client, client.post("/rebuild"))
    assert "duna.txt" in ids(client)
    [skipped] = job["skipped"]
    assert skipped["path"].endswith("empty.txt")
    assert skipped["error"]["code"] == "empty"
    assert awaited(client, client.post("/rebuild"))["published"] is False


def test_events_tell_the_job_to_its_end(client: TestClient) -> None:
    """Each is a whole record; the last is that of the job that ended, and then the stream ends."""
    assert client.get("/rebuild/events").text == ""
    started = client.post("/documents", files=[("files", ("duna.txt", DUNA.encode()))]).json()["job"]
    with client.stream("GET", "/rebuild/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        told = [json.loads(line[6:]) for line in answer.iter_lines() if line.startswith("data: ")]
    assert told[-1]["state"] == "done"
    assert {job["id"] for job in told} == {started["id"]}


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_writing_is_off_without_a_key_and_closed_to_others(opened: Open, method: str, path: str) -> None:
    """403 with how to switch it on; 401 for no key or a wrong one; reading goes on."""
    off = opened(key=None)
    answer = off.request(method, path, headers={"authorization": f"Bearer {KEY}"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "writing_off")
    assert "SELON_API_KEY" in answer.json()["error"]["hint"]
    assert off.get("/ready").json()["access"] == {"writing": "off", "reading": "open"}
    on = opened(read_key=READ_KEY)
    for shown in (
        "",
        "Bearer",
        "Bearer wrong",
        f"Basic {KEY}",
        f"Bearer {READ_KEY}",
        f"Bearer {KEY}x",
        "é" * 9,
    ):
        headers = {"authorization": shown.encode("utf-8")} if shown else {}
        answer = on.request(method, path, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "bad_key")
        assert answer.headers["www-authenticate"] == "Bearer"
        assert KEY not in answer.text
    assert on.request(method, path, headers={"x-api-key": KEY}).status_code in (202, 404, 422)


def test_reading_may_need_a_key(opened: Open) -> None:
    """Either key reads; what says whether the service lives, and the chat itself, stay open."""
    client = opened(read_key=READ_KEY)
    for path in READS:
        assert client.get(path).json()["error"]["code"] == "bad_key"
        for key in (KEY, READ_KEY):
            assert client.get(path, headers={"authorization": f"bearer {key}"}).status_code == 200
    for path in ("/", "/health", "/ready", "/docs", "/openapi.json"):
        assert client.get(path).status_code == 200
    assert client.get("/ready").json()["access"] == {"writing": "key", "reading": "key"}


def test_rates_are_kept(opened: Open) -> None:
    """429 says when to come back; each address has its own count, and keys cannot be tried in haste."""
    client = opened(ask_rate="2/minute", write_rate="3/minute")
    for _ in range(2):
        assert client.get("/ask", params={"q": "Combien ?"}).status_code == 200
    answer = client.get("/ask", params={"q": "Combien ?"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_many")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert client.get("/documents").status_code == 200
    tried = [client.post("/rebuild", headers={"x-api-key": f"key{n}"}).status_code for n in range(4)]
    assert tried == [401, 401, 401, 429]
    assert client.post("/rebuild", headers={"x-api-key": KEY}).status_code == 429


@pytest.mark.parametrize("path", ["/documents", "/ask?q=a"])
def test_reading_keys_cannot_be_tried_in_haste(opened: Open, path: str) -> None:
    """Neither where it is read nor where it is asked; who waits is told so even with the right key."""
    client = opened(ask_rate="3/minute", read_key=READ_KEY)
    tried = [client.get(path, headers={"x-api-key": f"key{n}"}).status_code for n in range(4)]
    assert tried == [401, 401, 401, 429]
    for key in (KEY, READ_KEY):
        assert client.get(path, headers={"x-api-key": key}).status_code == 429


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b'{"documents": []}', "application/json"),
        (b'{"documents": [{"name": "a.txt"}]}', "application/json"),
        (b'{"documents": [{"name": "a.txt", "text": "a", "colour": "red"}]}', "application/json"),
        (b'{"documents": [{"name": "a.txt", "text": "\\ud800"}]}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"a=b", "application/x-www-form-urlencoded"),
        (b"abc", "text/plain"),
        (b"abc", "multipart/form-data"),
        (b"abc", FORM),
        (b"--x\r\n\r\n", FORM),
        (b'--x\r\nContent-Disposition: form-data; name="o"\r\n\r\na\r\n--x--', FORM),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(client: TestClient, body: bytes, kind: str) -> None:
    """A broken body is named as such, and nothing is kept of it."""
    answer = client.post("/documents", content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_request")
    assert client.get("/rebuild").json() == {"job": None}


def test_too_many_files_are_refused(client: TestClient) -> None:
    """Fifty at once are read, fifty-one are not."""
    files = [("files", (f"{number}.txt", DUNA.encode())) for number in range(51)]
    assert client.post("/documents", files=files).json()["error"]["code"] == "bad_request"
    assert len(client.post("/documents", files=files[:50]).json()["files"]) == 50


@pytest.mark.parametrize(("path", "most"), [("/ask", LARGEST_BODY), ("/documents", LARGEST_UPLOAD)])
@pytest.mark.parametrize("declared", [True, False])
def test_a_body_is_read_up_to_its_limit(client: TestClient, path: str, most: int, declared: bool) -> None:
    """Whether its length is declared or not, 413 is the answer to more."""
    block = b"x" * 500_000
    blocks = most // len(block) + 2

    def stream() -> Iterator[bytes]:
        yield b'{"question": "'
        for _ in range(blocks):
            yield block

    headers = {"content-type": "application/json"}
    if declared:
        headers["content-length"] = str(blocks * len(block))
    answer = client.post(path, content=b"{}" if declared else stream(), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


@given(name=st.text(min_size=0, max_size=300))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_becomes_a_path(client: TestClient, tmp_path: Path, name: str) -> None:
    """Whatever a file is called, it is taken or refused with an error; it lands nowhere but in the inbox."""
    sent = client.post("/documents", json={"documents": [{"name": name + ".txt", "text": DUNA}]})
    assert sent.status_code in (202, 422)
    for fate in sent.json()["files"]:
        assert (fate["error"] is None) == bool(fate["documents"])
    assert {path.name for path in tmp_path.iterdir()} == {"news", "store"}
    assert {path.name for path in (tmp_path / "news").iterdir()} == set(TEXTS)
    found = {path.name for path in (tmp_path / "store").iterdir() if path.suffix != ".tmp"}
    assert found <= {"current", "inbox", "lock", "segments", "seen.json", "versions"}
    assert {path.suffix for path in (tmp_path / "store" / "inbox").iterdir()} <= {"", ".json", ".tmp"}


def test_metrics_count(client: TestClient) -> None:
    """Asks, refusals by reason, rebuilds by outcome, the version in use and what it holds."""
    client.get("/ask", params={"q": "Combien de soldats ?"})
    client.get("/ask", params={"q": "Combien ?", "after": "2024-01-01"})
    awaited(client, client.post("/documents", files=[("files", ("duna.txt", DUNA.encode()))]))
    client.request("BREW", "/nothing/here")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    counted = dict(line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))
    assert counted["selon_asks_total"] == "2.0"
    assert (
        sum(float(value) for name, value in counted.items() if name.startswith("selon_refusals_total")) == 1
    )
    assert counted["selon_ask_seconds_count"] == "2.0"
    assert counted['selon_rebuilds_total{outcome="published"}'] == "1.0"
    assert counted["selon_documents"] == "4.0"
    version = client.get("/ready").json()["index"]["version"]
    assert [name for name in counted if name.startswith("selon_index_info") and version in name]
    assert 'selon_requests_total{method="other",route="-",status="404"}' in counted


def test_requests_have_ids(client: TestClient) -> None:
    """A client's own id is repeated if it is one; another is made otherwise, for errors too."""
    assert client.get("/health", headers={"x-request-id": "abc-1"}).headers["x-request-id"] == "abc-1"
    for bad in ("a b", "x" * 65, "é", '"'):
        found = client.get("/health", headers={"x-request-id": bad.encode()}).headers["x-request-id"]
        assert len(found) == 32
    assert client.get("/nothing", headers={"host": "evil.example"}).headers["x-request-id"]


def test_what_fails_unforeseen_is_answered_and_found_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As strictly as all else, under the id that its line in the log has; that line tells where it failed."""

    class Broken(TrigramEncoder):
        def encode_questions(self, texts: Any) -> Any:
            raise RuntimeError("the model is gone")

    build(tmp_path / "store", [write(tmp_path / "news", TEXTS)], TrigramEncoder())
    caplog.set_level("INFO", "selon.requests")
    with TestClient(create_app(tmp_path / "store", Broken()), base_url=HERE) as client:
        answer = client.get("/ask?q=Combien", headers={"x-request-id": "abc-1"})
        sound = client.get("/health").headers
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert answer.headers["x-request-id"] == "abc-1"
    assert set(sound) <= set(answer.headers)
    assert len(answer.headers.get_list("x-content-type-options")) == 1
    [line] = [json.loads(Lines().format(one)) for one in caplog.records if one.levelname == "ERROR"]
    assert (line["request_id"], line["status"]) == ("abc-1", 500)
    assert "the model is gone" in line["traceback"]


@pytest.mark.parametrize(
    ("path", "kind"), [("/documents", FORM), *((p, JSON) for p in ("/documents", "/ask"))]
)
def test_a_client_that_leaves_while_it_sends_is_no_failure(
    opened: Open, caplog: pytest.LogCaptureFixture, path: str, kind: str
) -> None:
    """Its request has one line in the log, as any that cannot be read; nothing went wrong here."""
    client = opened()
    caplog.set_level("INFO", "selon.requests")
    messages = [
        {"type": "http.request", "body": b"--x\r\n" if kind == FORM else b'{"', "more_body": True},
        {"type": "http.disconnect"},
    ]
    headers = {"host": "127.0.0.1", "content-type": kind, "authorization": f"Bearer {KEY}"}

    async def receive() -> Any:
        return messages.pop(0) if len(messages) > 1 else messages[0]

    async def send(_: Any) -> None:
        pass

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(client.app(scope, receive, send))
    [line] = [json.loads(Lines().format(one)) for one in caplog.records]
    assert (line["level"], line["route"], line["status"]) == ("info", path, 422)
    assert "traceback" not in line


@pytest.mark.parametrize("told", [True, False])
def test_the_log_tells_questions_only_where_asked_to(
    opened: Open, caplog: pytest.LogCaptureFixture, told: bool
) -> None:
    """One record a request, with id, method, route, status and time; never a key."""
    client = opened(log_questions=told)
    caplog.set_level("INFO", "selon.requests")
    headers = {"x-request-id": "abc-1", "authorization": f"Bearer {KEY}"}
    client.post("/ask", json={"question": "Combien de soldats ?"}, headers=headers)
    client.get("/ask", params={"q": "Combien de soldats ?"}, headers=headers)
    client.get("/documents/Combien de soldats ?", headers=headers)
    client.get("/Combien de soldats ?", headers=headers)
    lines: list[Any] = [vars(record)["fields"] for record in caplog.records if "fields" in vars(record)]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("POST", "/ask", 200),
        ("GET", "/ask", 200),
        ("GET", "/documents/{doc_id:path}", 404),
        ("GET", "-", 404),
    ]
    assert {line["request_id"] for line in lines} == {"abc-1"}
    assert ("Combien" in repr(lines)) == told
    assert [line.get("question") for line in lines][:2] == ["Combien de soldats ?" if told else None] * 2
    assert KEY not in repr(lines)
