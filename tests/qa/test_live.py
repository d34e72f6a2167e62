"""Documents arrive at a real service: posted, dropped into a folder, under load, and while it ends."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.load import load
from conftest import ROOT, SEEDS, Service, clean_environment, within

from index.storage.verify import verify
from index.store import read_manifest

KEY = "a-key-for-writing"
DUNA = "Duna attend des renforts\n\nLes 50 soldats de Duna attendent la fermeture du pont de Vireval."
QUESTION = {"question": "Que font les soldats de Duna ?"}
pytestmark = pytest.mark.real

Start = Callable[..., Service]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts services, and ends those that still run."""
    started: list[Service] = []

    def serve(store: Path, *arguments: str, **variables: str) -> Service:
        started.append(Service(store, *arguments, **variables))
        return started[-1]

    yield serve
    for service in started:
        if service.running:
            service.stop()


def quoted(service: Service) -> list[str]:
    """The documents that answer the question on Duna."""
    _, answer = service.send("POST", "/ask", QUESTION)
    return [quote["document"]["id"] for quote in answer["quotes"]]


def awaited(service: Service, expected: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not expected():
        assert time.monotonic() < until, service.said[-5:]
        time.sleep(0.1)


@pytest.mark.parametrize("path", ["/", "/docs", "/health", "/documents", "/ask?q=a", "/nothing"])
def test_a_head_has_no_body(service_url: str, path: str) -> None:
    """Nothing follows the headers: a client that keeps its connection would read it as its next answer."""
    address = urllib.parse.urlsplit(service_url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        request = f"HEAD {path} HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, end, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 404" if path == "/nothing" else b"HTTP/1.1 200")
    assert (end, body) == (b"\r\n\r\n", b"")


def test_a_service_begins_empty_and_documents_are_posted_removed_and_restored(
    tmp_path: Path, start: Start
) -> None:
    """From nothing to a quote, with the shipped model; then without it, and with it again."""
    service = start(tmp_path / "store", SELON_API_KEY=KEY)
    assert service.send("POST", "/ask", QUESTION)[1]["reason"] == "empty_index"
    articles = [{"name": path.name, "text": path.read_text("utf-8")} for path in sorted(SEEDS.glob("*.txt"))]
    body = {"documents": [*articles, {"name": "duna.txt", "text": DUNA}]}
    assert service.send("POST", "/documents", body)[0] == 401
    status, sent = service.send("POST", "/documents", body, KEY)
    assert status == 202
    job = service.await_job(sent["job"]["id"])
    assert (job["state"], job["documents_read"]) == ("done", 6)
    assert quoted(service)[0] == "duna.txt"
    for method, path, there in (
        ("DELETE", "/documents/duna.txt", False),
        ("POST", "/documents/duna.txt/restore", True),
    ):
        status, sent = service.send(method, path, key=KEY)
        assert status == 202
        service.await_job(sent["job"]["id"])
        assert ("duna.txt" in quoted(service)) == there
    assert service.stop() == 0
    assert not [found for found in verify(tmp_path / "store") if found.problems]
    assert KEY not in "".join(service.said)


def test_an_address_is_believed_only_of_a_named_proxy(real_store: Path, start: Start) -> None:
    """Who sends another address with each request is counted as one; behind a proxy each has its count."""
    for proxies, last in (("", 429), ("127.0.0.1", 200)):
        service = start(real_store, "--ask-rate", "2/hour", "--proxies", proxies, FORWARDED_ALLOW_IPS="*")
        for number in range(3):
            request = urllib.request.Request(service.url + "/ask?q=pont")
            request.add_header("X-Forwarded-For", f"10.0.0.{number}")
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    status = answer.status
            except urllib.error.HTTPError as refused:
                status = refused.code
        assert status == last


def test_a_watched_folder_is_answered_from(tmp_path: Path, start: Start) -> None:
    """What is dropped into it, what is taken out, a bad file beside it; also when the folder was away."""
    news = tmp_path / "news"
    shutil.copytree(SEEDS, news)
    service = start(tmp_path / "store", "--watch", str(news))
    service.await_job(1)
    assert service.get("/ready")["coverage"]["documents"] == 5  # type: ignore[index]
    (news / "broken.txt").write_bytes(b"")
    (news / "duna.txt").write_text(DUNA, encoding="utf-8")
    awaited(service, lambda: "duna.txt" in quoted(service))
    awaited(service, lambda: "broken.txt" in json.dumps(service.get("/rebuild")))
    (news / "duna.txt").unlink()
    awaited(service, lambda: "duna.txt" not in quoted(service))
    shutil.move(news, tmp_path / "away")
    (tmp_path / "away" / "duna.txt").write_text(DUNA, encoding="utf-8")
    shutil.move(tmp_path / "away", news)
    awaited(service, lambda: "duna.txt" in quoted(service))
    assert service.send("POST", "/rebuild", key=KEY)[1]["error"]["code"] == "writing_off"


def test_selon_watch_says_what_it_did(tmp_path: Path) -> None:
    """It builds at once, then at each change, and names what it cannot read; it ends when asked to."""
    news, store = tmp_path / "news", tmp_path / "store"
    shutil.copytree(SEEDS, news)
    command = [sys.executable, "-m", "qa.cli", "watch", str(news), "--store", str(store)]
    with subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=clean_environment()
    ) as watching:
        assert watching.stderr is not None
        lines = iter(watching.stderr)

        def said(word: str) -> str:
            return next((line for line in lines if word in line), f"nothing with {word!r}")

        with within(120, watching):
            assert str(news) in said("")
            assert "5 documents" in said("published")
            (news / "duna.txt").write_text(DUNA, encoding="utf-8")
            assert "6 documents" in said("published")
            (news / "broken.txt").write_bytes(b"")
            assert "broken.txt" in said("skipped")
            watching.terminate()
            assert "Traceback" not in watching.stderr.read()
            assert watching.wait() == 0
    assert read_manifest(store).documents == 6


def test_it_ends_although_somebody_listens(tmp_path: Path, start: Start) -> None:
    """Asked to end, it lets go of listeners and of the rebuild; nothing that was posted is lost."""
    store = tmp_path / "store"
    service = start(store, SELON_API_KEY=KEY)
    texts = [
        {
            "name": f"{number}.txt",
            "text": "\n\n".join(f"Le relevé {number} de {line} soldats." for line in range(90)),
        }
        for number in range(12)
    ]
    _, sent = service.send("POST", "/documents", {"documents": texts}, KEY)
    heard: list[bytes] = []

    def listen() -> None:
        with urllib.request.urlopen(service.url + "/rebuild/events", timeout=60) as events:
            heard.extend(events)

    listener = threading.Thread(target=listen)
    listener.start()
    awaited(service, lambda: bool(heard))
    assert service.stop() == 0
    listener.join(timeout=30)
    assert not listener.is_alive()
    assert sent["job"]["id"] == 1
    again = start(store, SELON_API_KEY=KEY)
    awaited(again, lambda: again.get("/ready")["coverage"]["documents"] == 12, 120)  # type: ignore[index]
    assert "Traceback" not in "".join(service.said)


def test_no_answer_mixes_versions_under_load(tmp_path: Path, start: Start) -> None:
    """Twenty ask while documents come, change and go: no error, and one answer a version and question."""
    limits = ("--ask-rate", "off", "--write-rate", "off")
    service = start(tmp_path / "store", "--watch", str(SEEDS), *limits, SELON_API_KEY=KEY)
    service.await_job(1)
    report = asyncio.run(load(service, askers=20, seconds=4))
    assert report.wrongs == []
    assert report.rebuilds >= 3
    assert len(report.seconds) >= 20


def test_the_doctor_tells_what_is_well_and_what_is_not(
    run_selon: Callable[..., subprocess.CompletedProcess[str]], real_store: Path, tmp_path: Path
) -> None:
    """Exit code 0 where all is well; without a store it says how to build one; never a key."""
    well = run_selon("doctor", "--store", str(real_store), env={"SELON_API_KEY": KEY})
    assert well.returncode == 0, well.stdout
    assert "5 documents" in well.stdout
    assert "selon-mini-fr-en" in well.stdout
    assert KEY not in well.stdout + well.stderr
    damaged = tmp_path / "store"
    shutil.copytree(real_store, damaged)
    (damaged / "current").write_bytes(b"x")
    told = run_selon("doctor", "--store", str(damaged), "--json")
    assert told.returncode == 2
    wrong = [found for found in json.loads(told.stdout)["findings"] if not found["well"]]
    assert [found["name"] for found in wrong] == ["store", "opened"]
    none = run_selon("doctor", "--store", str(tmp_path / "nowhere"))
    assert none.returncode == 2
    assert "selon build" in none.stdout
    assert not (tmp_path / "nowhere").exists()
