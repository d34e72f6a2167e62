"""Shared by all tests: the sample corpus, a fast encoder and store, the real model, a real service."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from index.build import build
from index.storage.snapshot import Snapshot, open_snapshot

sys.path.insert(0, str(Path(__file__).parent))
from encoders import TrigramEncoder

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds" / "articles"

# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five sample articles."""
    return SEEDS


@pytest.fixture
def encoder() -> TrigramEncoder:
    """A fast deterministic encoder."""
    return TrigramEncoder()


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample articles, made by the fast encoder. Not to be written."""
    store = tmp_path_factory.mktemp("seeds") / "store"
    build(store, [SEEDS], TrigramEncoder())
    return store


@pytest.fixture(scope="session")
def snapshot(seed_store: Path) -> Snapshot:
    """The sample articles, open for reading with the fast encoder."""
    return open_snapshot(seed_store)


@pytest.fixture(scope="session")
def run_selon() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the real command line in a process of its own, without the caller's SELON_ variables."""

    def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "qa.cli", *arguments],
            capture_output=True,
            text=True,
            timeout=300,
            stdin=options.get("stdin"),  # type: ignore[call-overload]
            cwd=options.get("cwd", ROOT),
            env=clean_environment(**options.get("env", {})),  # type: ignore[arg-type]
        )

    return run


def clean_environment(**extra: str) -> dict[str, str]:
    """The environment without settings of Selon, and with any hub out of reach."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SELON_")}
    return {**kept, "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(ROOT), **extra}


@pytest.fixture(scope="session")
def real_store(tmp_path_factory: pytest.TempPathFactory, run_selon: Callable[..., object]) -> Path:
    """A store of the sample articles made by `selon build` with the shipped model."""
    store = tmp_path_factory.mktemp("real") / "store"
    done = run_selon("build", str(SEEDS), "--store", str(store))
    assert done.returncode == 0, done.stderr  # type: ignore[attr-defined]
    return store


@contextmanager
def within(seconds: float, process: subprocess.Popen[str]) -> Iterator[None]:
    """Kills a process that takes longer, or that does not do what is asserted of it.

    Who waits for its next line then reads the end instead.
    """
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    except BaseException:
        process.kill()
        raise
    finally:
        timer.cancel()


class Service:
    """A real `selon serve` in a process of its own, on a free port of 127.0.0.1."""

    def __init__(self, store: Path, *arguments: str, port: int = 0, **variables: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "qa.cli", "serve", "--store", str(store), "--port", str(port), *arguments],
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=clean_environment(**variables),
        )
        self.said: list[str] = []
        with within(120, self._process):
            self.url = self._await_url()
        # The pipe is emptied for good, or a talkative service would stall on it.
        threading.Thread(target=self._drain, daemon=True).start()

    def _await_url(self) -> str:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.said.append(line)
            if found := re.search(r"answers on (http://\S+)", line):
                return found.group(1)
        raise AssertionError("the service ended before it answered: " + "".join(self.said))

    def _drain(self) -> None:
        assert self._process.stderr is not None
        self.said.extend(self._process.stderr)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def get(self, path: str) -> dict[str, object]:
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return dict(json.load(answer))

    def send(
        self, method: str, path: str, body: object = None, key: str | None = None
    ) -> tuple[int, dict[str, Any]]:
        """The status and the JSON of a request; `body` goes as JSON."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"} if data else {}
        if key:
            headers["authorization"] = f"Bearer {key}"
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)

    def await_job(self, number: int, seconds: float = 120) -> dict[str, Any]:
        """The record of a rebuild, or of one after it, once it is over."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            job: Any = self.get("/rebuild")["job"]
            if job and job["id"] >= number and job["state"] in ("done", "failed"):
                return dict(job)
            time.sleep(0.05)
        raise AssertionError(f"rebuild {number} did not end")

    def await_ready(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                self.get("/ready")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the service did not become ready")

    def stop(self) -> int:
        self._process.terminate()
        code = self._process.wait(timeout=30)
        if self._process.stderr:
            self._process.stderr.close()
        return code


@pytest.fixture(scope="session")
def service(real_store: Path) -> Iterator[Service]:
    """The real service over the sample articles, with the shipped model."""
    running = Service(real_store)
    running.await_ready()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def service_url(service: Service) -> str:
    """Where the real service answers, like http://127.0.0.1:41234."""
    return service.url
