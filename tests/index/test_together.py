"""Several processes at one store: readers never wait, writers take turns, the killed leave nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from newsroom import TEXTS, answers, leftovers, write

from index.build import BuildReport, build
from index.errors import StoreBusy, UnknownVersion
from index.storage.rollback import rollback
from index.storage.verify import verify
from index.store import kept_versions, writing
from qa.answer import ask
from qa.http.reader import Reader
from tests.index.publisher import articles

PUBLISHER = Path(__file__).parent / "publisher.py"
PATH = os.pathsep.join(str(Path(__file__).parents[level]) for level in (2, 1))
ROUNDS, READERS = 50, 4


def test_fifty_kills_while_four_readers_ask(tmp_path: Path) -> None:
    """Every answer comes from one whole version, none fails, and the next build leaves nothing behind."""
    store, news = tmp_path / "store", tmp_path / "news"
    build(store, [write(news, articles("r0"))], TrigramEncoder())
    reader = Reader(store, TrigramEncoder().stamp)
    over = threading.Event()
    states: list[set[str]] = [set() for _ in range(READERS)]
    failures: list[str] = []

    def read(mine: set[str]) -> None:
        while not over.is_set():
            try:
                answer = ask(
                    reader.snapshot(), TrigramEncoder(), "Combien de soldats au relevé ?", threshold=0.0
                )
                told = " ".join(quote.passage.span.text for quote in answer.quotes)
                found = set(re.findall(r"relevé (\w+)", told))
                if len(found) != 1 or len(answer.quotes) != 3 or answer.coverage.documents != 3:
                    failures.append(f"{answer.index.version}: {told}")
                mine |= found
            except Exception as error:  # noqa: BLE001
                failures.append(repr(error))
            time.sleep(0.01)

    threads = [threading.Thread(target=read, args=(mine,)) for mine in states]
    for thread in threads:
        thread.start()
    try:
        done = subprocess.run(
            [sys.executable, str(PUBLISHER), str(store), str(news), str(ROUNDS), "7"],
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": PATH},
        )
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert done.stdout.split() == [str(number) for number in range(ROUNDS)], done.stderr
    assert failures == []
    # The readers saw versions come while others were being killed.
    assert len(set().union(*states)) > 1
    build(store, [write(news, articles("end"))], TrigramEncoder())
    assert leftovers(store) == []
    assert not [checked for checked in verify(store) if checked.problems]


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    """Both publish; the second continues from what the first made."""
    store = tmp_path / "store"
    sources = [write(tmp_path / name, {name: text}) for name, text in TEXTS.items()]
    reports: list[BuildReport] = []
    threads = [
        threading.Thread(
            target=lambda source=source: reports.append(build(store, [source], TrigramEncoder()))
        )
        for source in sources
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({report.manifest.version for report in reports}) == 3
    assert max(report.manifest.documents for report in reports) == 3
    assert leftovers(store) == []


def test_a_busy_store_is_said(tmp_path: Path) -> None:
    """Who cannot wait any longer gets a clear error, and readers do not notice."""
    store = tmp_path / "store"
    build(store, [write(tmp_path / "news", TEXTS)], TrigramEncoder())
    with writing(store):
        assert answers(store)
        with pytest.raises(StoreBusy, match="Another process"), writing(store, wait=0.05):
            pass


def test_a_reader_serves_no_version_that_was_given_up(tmp_path: Path) -> None:
    """A pinned version is served while it is kept, and unknown once it is pruned."""
    store, news = tmp_path / "store", write(tmp_path / "news", TEXTS)
    build(store, [news], TrigramEncoder(), keep=2)
    [first] = kept_versions(store)
    reader = Reader(store, TrigramEncoder().stamp)
    for change in ("400", "500"):
        write(news, {**TEXTS, "alba.txt": TEXTS["alba.txt"].replace("300", change)})
        assert reader.snapshot(first).manifest.version == first
        build(store, [], TrigramEncoder(), keep=2)
    with pytest.raises(UnknownVersion, match=first):
        reader.snapshot(first)
    older, newer = kept_versions(store)
    assert reader.snapshot().manifest.version == newer
    rollback(store)
    assert reader.snapshot().manifest.version == older
