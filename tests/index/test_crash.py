"""A crash at any instant, a power cut that loses what was not flushed, a full or a read-only disk."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from encoders import TrigramEncoder
from newsroom import TEXTS, PowerCut, Trial, answers, leftovers, write

from index.build import build
from index.errors import StoreError, UnknownDocument
from index.storage.forget import forget
from index.storage.rollback import rollback
from index.storage.snapshot import open_snapshot
from index.storage.verify import verify
from index.store import current_version, kept_versions

CHANGED = {
    "alba.txt": TEXTS["alba.txt"].replace("300", "400"),
    "cardo.txt": TEXTS["cardo.txt"],
    "duna.txt": "Duna attend\n\nLes 50 soldats de Duna attendent la fermeture du pont.",
}


def _build(store: Path) -> None:
    build(store, [], TrigramEncoder(), keep=2)


def _forget(store: Path) -> None:
    try:
        forget(store, "cardo.txt")
    except UnknownDocument:
        return


def _rollback(store: Path) -> None:
    rollback(store, kept_versions(store)[0])


ACTIONS: dict[str, Callable[[Path], None]] = {"build": _build, "forget": _forget, "rollback": _rollback}


class Scene:
    """A store of two versions before an action, and the same after it."""

    def __init__(self, place: Path, action: str) -> None:
        self.place, self.act = place, ACTIONS[action]
        self.before, self.after = place / "before", place / "after"
        news = write(place / "news", TEXTS)
        build(self.before, [news], TrigramEncoder())
        write(news, {**TEXTS, "bruma.txt": TEXTS["bruma.txt"].replace("nord", "sud")})
        build(self.before, [], TrigramEncoder(), keep=2)
        write(news, CHANGED)
        with pytest.MonkeyPatch.context() as patch:
            shutil.copytree(self.before, self.after)
            trial = Trial(patch)
            self.act(self.after)
        self.log = [(name, self._relative(path), self._related(rest)) for name, path, rest in trial.log]
        self.good = {current_version(store): answers(store) for store in (self.before, self.after)}
        assert len(self.good) == 2

    def _relative(self, path: Path) -> Path:
        return path.relative_to(self.after)

    def _related(self, rest: Any) -> Any:
        return tuple(self._relative(part) if isinstance(part, Path) else part for part in rest)

    def check(self, store: Path, finish: bool = True) -> None:
        """The old state or the new one, whole; then the action done again leaves nothing behind."""
        snapshot = open_snapshot(store)
        assert snapshot.notice is None
        assert answers(store) == self.good[snapshot.manifest.version]
        assert [checked for checked in verify(store) if checked.problems] == []
        if finish:
            with pytest.MonkeyPatch.context() as patch:
                Trial(patch)
                self.act(store)
            assert answers(store) == answers(self.after)
            assert leftovers(store) == []


@pytest.fixture(scope="module", params=sorted(ACTIONS))
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp(request.param), request.param)


def test_a_crash_before_any_effect_leaves_one_whole_state(scene: Scene, tmp_path: Path) -> None:
    """The process dies before its first, second, … last write, flush, rename or removal."""
    for step in range(len(scene.log)):
        store = tmp_path / str(step)
        shutil.copytree(scene.before, store)

        def cut(number: int, name: str, path: Path, step: int = step) -> None:
            if number >= step:
                # What was being written is there in part.
                if name == "write" and number == step:
                    path.write_bytes(b"SQLite format 3\0 and then nothing")
                raise PowerCut

        with pytest.MonkeyPatch.context() as patch:
            Trial(patch, cut)
            with pytest.raises(PowerCut):
                scene.act(store)
        scene.check(store, finish=step % 3 == 0)
        shutil.rmtree(store)


@pytest.mark.parametrize("lost", ["contents", "names", "names below"])
def test_what_was_not_flushed_may_be_lost(scene: Scene, tmp_path: Path, lost: str) -> None:
    """The power fails after each effect, and the disk forgets what it was not told to flush.

    `contents`: names survive, files that were not flushed are empty. `names`: neither does a
    new, changed or removed name survive in a folder that was not flushed. `names below`: it
    does in the store's own folder, where the root lies, and in no other.
    """
    for step in range(1, len(scene.log) + 1):
        store = tmp_path / str(step)
        shutil.copytree(scene.before, store)
        replay(store, scene.log[:step], lost)
        scene.check(store, finish=step % 8 == 0)
        shutil.rmtree(store)


def replay(store: Path, log: list[tuple[str, Path, Any]], lost: str) -> None:
    """Do to `store` what survives of `log`."""
    flushed = [{path for name, path, _ in log[step:] if name == "flush"} for step in range(len(log))]
    for (name, path, rest), later in zip(log, flushed, strict=True):
        kept = lost == "contents" or (lost == "names below" and path.parent == Path())
        if name == "flush" or (path.parent not in later and not kept):
            continue
        target = store / path
        if not target.parent.is_dir():
            continue  # It lay in a folder that was lost itself.
        if name == "write":
            target.write_bytes(b"".join(rest[0]) if path in later else b"")
        elif name == "make_folder":
            target.mkdir()
        elif name == "rename":
            target.replace(store / rest[0])
        elif target.is_dir():
            target.rmdir()
        elif target.exists():
            target.unlink()


def refusal(act: Callable[[Path], None], store: Path) -> StoreError | None:
    """Why an action failed; None where it did not."""
    try:
        act(store)
    except StoreError as error:
        return error
    return None


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "lasts"])
@pytest.mark.parametrize("effect", Trial.EFFECTS)
def test_a_disk_that_refuses_leaves_one_whole_state(
    scene: Scene, tmp_path: Path, effect: str, lasts: bool
) -> None:
    """The first, second, … write, flush, rename or removal fails, once or from then on (a full disk):
    a clear error and one whole state, or no error and the new one.
    """
    for step in range(sum(name == effect for name, _, _ in scene.log)):
        store = tmp_path / str(step)
        shutil.copytree(scene.before, store)
        seen = []

        def refuse(_: int, name: str, path: Path, step: int = step, seen: list[Path] = seen) -> None:
            if name == effect:
                seen.append(path)
                if len(seen) == step + 1 or (lasts and len(seen) > step):
                    raise OSError(errno.EIO, "The disk refuses")

        with pytest.MonkeyPatch.context() as patch:
            Trial(patch, refuse)
            told = refusal(scene.act, store)
        if told is None:
            assert current_version(store) == current_version(scene.after)
        else:
            assert told.hint
            assert "The disk refuses" in told.message or "cannot be removed" in told.message
        scene.check(store, finish=step % 3 == 0)
        shutil.rmtree(store)


def test_a_full_disk_is_given_back_what_a_build_took(tmp_path: Path) -> None:
    """Wherever it was full, nothing of the new version stays."""
    store, news = tmp_path / "store", write(tmp_path / "news", TEXTS)
    build(store, [news], TrigramEncoder())
    before, held = current_version(store), leftovers(store)
    write(news, CHANGED)
    for step in range(99):
        seen = []

        def full(_: int, name: str, path: Path, step: int = step, seen: list[Path] = seen) -> None:
            if name == "write":
                seen.append(path)
                if len(seen) > step:
                    raise OSError(errno.ENOSPC, "No space left on device")

        with pytest.MonkeyPatch.context() as patch:
            Trial(patch, full)
            told = refusal(_build, store)
        if told is None:
            break
        assert "No space left" in told.message
        assert "--store" in told.hint
        assert (current_version(store), leftovers(store)) == (before, held)
    assert step > 5


def test_what_cannot_be_removed_is_removed_later(scene: Scene, tmp_path: Path) -> None:
    """It holds up nothing but the end of a forgetting, which names it, until it can be removed."""
    store = tmp_path / "store"
    shutil.copytree(scene.before, store)

    def refuse(_: int, name: str, path: Path) -> None:
        if name == "remove":
            raise OSError(errno.ENOTEMPTY, "Directory not empty")

    with pytest.MonkeyPatch.context() as patch:
        Trial(patch, refuse)
        for _ in range(2):
            if scene.act is _forget:
                with pytest.raises(StoreError, match=r"'cardo\.txt'.*segments.*cannot be removed"):
                    scene.act(store)
            else:
                scene.act(store)
            assert current_version(store) == current_version(scene.after)
            scene.check(store, finish=False)
    scene.check(store)


def test_a_read_only_store_answers_and_refuses_to_be_written(tmp_path: Path) -> None:
    """Reading needs no right to write; writing is refused with a clear error."""
    store, news = tmp_path / "store", write(tmp_path / "news", TEXTS)
    build(store, [news], TrigramEncoder())
    expected = answers(store)
    write(news, CHANGED)

    def refuse(_: int, name: str, path: Path) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    with pytest.MonkeyPatch.context() as patch:
        Trial(patch, refuse)
        assert answers(store) == expected
        assert not [checked for checked in verify(store) if checked.problems]
        with pytest.raises(StoreError, match="Read-only file system"):
            build(store, [], TrigramEncoder())
    assert answers(store) == expected
