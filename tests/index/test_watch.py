"""A folder is followed: each change is told once its files are whole, whatever becomes of the folder."""

from __future__ import annotations

import errno
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.watch import changes, settled

DENIED = PermissionError(errno.EACCES, "Permission denied")
PIECES = 40  # which take longer, together, than the system waits before it tells


class Following:
    """Follows a folder on a thread of its own."""

    def __init__(self, folder: Path, besides: Path | None = None) -> None:
        self._stop = threading.Event()
        self._told: queue.Queue[list[Path]] = queue.Queue()
        self.sizes: list[tuple[str, int]] = []
        self._seen: queue.Queue[set[str] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._follow, args=(folder, besides))
        self._thread.start()

    def _follow(self, folder: Path, besides: Path | None) -> None:
        for paths in changes(folder, self._stop, besides):
            self.sizes += [(path.name, path.stat().st_size) for path in paths if path.is_file()]
            self._told.put(paths)
            try:
                self._seen.put({path.name for path in folder.iterdir()})
            except FileNotFoundError:
                self._seen.put(None)

    def next(self) -> list[Path]:
        return self._told.get(timeout=20)

    def until(self, path: Path) -> list[Path]:
        """What is told, up to and with the change of `path`."""
        told: list[Path] = []
        while path not in told:
            told += self.next()
        return told

    def shows(self, names: set[str] | None) -> None:
        """Waits until the folder was told when it held just these files (None: when it was gone)."""
        while self._seen.get(timeout=20) != names:
            pass

    def end(self) -> None:
        self._stop.set()
        self._thread.join(timeout=20)
        assert not self._thread.is_alive()


def refuse(patch: pytest.MonkeyPatch, error: Exception) -> None:
    """Have the system tell of no change."""

    def watch(*_: object, **__: object) -> None:
        raise error

    patch.setattr("watchfiles.watch", watch)
    patch.setattr("index.watch._EVERY", 0.3)


@pytest.fixture(params=[None, DENIED], ids=["told", "looked for"])
def follow(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Following]]:
    """Follows folders, whether or not the system tells of their changes."""
    if request.param:
        refuse(monkeypatch, request.param)
    followed: list[Following] = []

    def start(*arguments: Path) -> Following:
        followed.append(Following(*arguments))
        return followed[-1]

    yield start
    for one in followed:
        one.end()


def test_files_that_come_change_and_go_are_told(tmp_path: Path, follow: Callable[..., Following]) -> None:
    """First the folder itself, for what was there before; then each change, in folders within too."""
    following = follow(tmp_path)
    assert following.next() == [tmp_path]
    (tmp_path / "in").mkdir()
    following.until(tmp_path / "in")
    new = tmp_path / "in" / "a.txt"
    new.write_text("one")
    following.until(new)
    new.write_text("another")
    following.until(new)
    new.unlink()
    following.until(new)


def test_hidden_files_and_the_store_are_passed_over(tmp_path: Path, follow: Callable[..., Following]) -> None:
    """A build in the folder that is followed does not set off the next."""
    store = tmp_path / "store"
    store.mkdir()
    following = follow(tmp_path, store)
    assert following.next() == [tmp_path]
    for name in (".hidden.txt", ".git/a.txt", "store/current"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "last.txt").write_text("x")
    assert following.until(tmp_path / "last.txt") == [tmp_path / "last.txt"]


def test_a_file_is_whole_when_it_is_told(
    tmp_path: Path, follow: Callable[..., Following], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written in pieces is told when no more come."""
    monkeypatch.setattr("index.watch._STEP", 0.8)
    following = follow(tmp_path)
    following.next()
    path = tmp_path / "slow.txt"
    with path.open("w") as file:
        for _ in range(PIECES):
            file.write("word ")
            file.flush()
            time.sleep(0.08)
    following.until(path)
    assert {size for name, size in following.sizes if name == path.name} == {PIECES * 5}


def test_a_folder_that_vanishes_is_waited_for(tmp_path: Path, follow: Callable[..., Following]) -> None:
    """Who looks when told misses nothing of a folder that is deleted, made anew, moved away and back."""
    news = tmp_path / "news"
    news.mkdir()
    following = follow(news)
    following.shows(set())
    shutil.rmtree(news)
    following.shows(None)
    news.mkdir()
    (news / "a.txt").write_text("a")
    following.shows({"a.txt"})
    (news / "b.txt").write_text("b")
    following.shows({"a.txt", "b.txt"})
    shutil.move(news, tmp_path / "away")
    following.shows(None)
    (tmp_path / "away" / "c.txt").write_text("c")
    shutil.move(tmp_path / "away", news)
    following.shows({"a.txt", "b.txt", "c.txt"})
    shutil.rmtree(news)
    news.mkdir()
    (news / "d.txt").write_text("d")
    following.shows({"d.txt"})


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "limit"), RuntimeError("watcher"), DENIED], ids=repr)
def test_whatever_the_system_refuses_the_folder_is_followed(
    tmp_path: Path, error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Too many folders, one without rights, an error of the library: it is said, and changes are told."""
    refuse(monkeypatch, error)
    following = Following(tmp_path)
    try:
        following.next()
        (tmp_path / "a.txt").write_text("one")
        following.until(tmp_path / "a.txt")
    finally:
        following.end()
    [said] = caplog.messages
    assert str(tmp_path) in said
    assert str(error) in said


def test_one_that_never_stops_growing_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while the others are told; the end of the service is noticed at once."""
    monkeypatch.setattr("index.watch._PATIENCE", 0.2)
    monkeypatch.setattr("index.watch._STEP", 0.01)
    looks = iter(range(10_000))
    monkeypatch.setattr("index.watch._look", lambda path: (next(looks), 0))
    assert settled([tmp_path], threading.Event())
    monkeypatch.setattr("index.watch._PATIENCE", 60.0)
    stop = threading.Event()
    stop.set()
    assert not settled([tmp_path], stop)
