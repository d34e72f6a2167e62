"""Bytes flipped in each region of each file: named and refused, and the last good version opens."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from newsroom import TEXTS, answers, write

from index.build import build
from index.errors import StoreDamaged, StoreMismatch
from index.storage.forget import forget
from index.storage.manifest import FORMAT
from index.storage.rollback import rollback
from index.storage.seal import sealed, unseal
from index.storage.snapshot import open_snapshot
from index.storage.verify import verify
from index.store import current_version, kept_versions, load_manifest, read_manifest
from qa.http.reader import Reader

NEW = {**TEXTS, "duna.txt": "Duna attend\n\nLes 50 soldats de Duna attendent la fermeture du pont."}
REGIONS = (0.0, 0.01, 0.25, 0.5, 0.75, 0.999)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two versions: the second shares a segment with the first and adds one."""
    place = tmp_path_factory.mktemp("two")
    news = write(place / "news", TEXTS)
    build(place / "store", [news], TrigramEncoder())
    write(news, NEW)
    build(place / "store", [], TrigramEncoder())
    return place / "store"


def flip(path: Path, region: float) -> None:
    """Change one byte of a file."""
    content = bytearray(path.read_bytes())
    content[int(len(content) * region)] ^= 0b0100_1001
    path.write_bytes(content)


def added(store: Path) -> Path:
    """The segment that the second version alone uses."""
    first, second = (load_manifest(store, name) for name in kept_versions(store))
    assert len(second.segments) == 2
    [name] = {ref.name for ref in second.segments} - {ref.name for ref in first.segments}
    return store / "segments" / name


def test_damage_in_the_newest_version_is_named_and_the_last_good_one_opens(two: Path, tmp_path: Path) -> None:
    """Whatever file and whatever region, for the segment's files and for the manifest."""
    first, second = kept_versions(two)
    expected, files = (
        answers(two, first),
        [*sorted(added(two).iterdir()), two / "versions" / f"{second}.json"],
    )
    assert len(files) >= 6
    for number, file in enumerate(files):
        for region in REGIONS if file.stat().st_size else ():
            store = tmp_path / f"{number}-{region}"
            shutil.copytree(two, store)
            flip(store / file.relative_to(two), region)
            with pytest.raises(StoreDamaged, match=file.name):
                open_snapshot(store, version=second)
            snapshot = open_snapshot(store)
            assert snapshot.manifest.version == first
            assert snapshot.notice
            assert file.name in snapshot.notice
            assert first in snapshot.notice
            assert answers(store) == expected
            [problems] = [checked.problems for checked in verify(store) if checked.problems]
            assert file.name in " ".join(problems)
            shutil.rmtree(store)


def test_damage_in_the_root_is_named_and_the_newest_whole_version_opens(two: Path, tmp_path: Path) -> None:
    """The root can be made again from the manifests; so it is said, and the next build mends it."""
    expected = answers(two)
    for region in REGIONS:
        store = tmp_path / str(region)
        shutil.copytree(two, store)
        flip(store / "current", region)
        snapshot = open_snapshot(store)
        assert snapshot.notice
        assert "'current'" in snapshot.notice
        assert answers(store) == expected
        assert verify(store)[0].problems
        build(store, [], TrigramEncoder())
        assert open_snapshot(store).notice is None
        assert answers(store) == expected


def test_a_build_mends_what_is_damaged(two: Path, tmp_path: Path) -> None:
    """What lay in a damaged segment is read from its sources again, and the damage is reported."""
    expected = answers(two)
    for folder in sorted((two / "segments").iterdir()):
        store = tmp_path / folder.name
        shutil.copytree(two, store)
        flip(store / "segments" / folder.name / "vectors.faiss", 0.5)
        report = build(store, [], TrigramEncoder())
        assert any("vectors.faiss" in skipped.error.message for skipped in report.skipped)
        assert report.published
        assert open_snapshot(store).notice is None
        assert answers(store) == expected


def test_what_proves_damaged_when_it_is_copied_is_left_out(
    two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large store the headers alone are checked at first; the new version counts what it holds."""
    monkeypatch.setattr("index.storage.base.THOROUGH", -1)
    store = tmp_path / "store"
    shutil.copytree(two, store)
    with closing(sqlite3.connect(added(store) / "corpus.sqlite")) as corpus, corpus:
        corpus.execute("update passages set record = replace(record, 'pont', 'port')")
    report = build(store, [], TrigramEncoder("another"))
    assert [skip.path for skip in report.skipped] == ["duna.txt"]
    snapshot = open_snapshot(store)
    assert snapshot.notice is None
    assert [document.doc_id for document, _ in snapshot.corpus.documents()] == [*TEXTS]


def test_a_lost_root_is_damage_and_no_empty_store(two: Path, tmp_path: Path) -> None:
    """The versions beside it answer, other sources stay, and what was forgotten stays out."""
    store, other = tmp_path / "store", write(tmp_path / "other", {"duna.txt": NEW["duna.txt"]})
    shutil.copytree(two, store)
    forget(store, "alba.txt")
    expected = answers(store)
    (store / "current").unlink()
    snapshot = open_snapshot(store)
    assert snapshot.notice
    assert "'current'" in snapshot.notice
    assert answers(store) == expected
    report = build(store, [other], TrigramEncoder())
    assert any("'current'" in skipped.error.message for skipped in report.skipped)
    assert {"bruma.txt", "cardo.txt", "duna.txt"} <= set(open_snapshot(store).corpus.shelf())
    build(store, [], TrigramEncoder())
    assert "alba.txt" not in open_snapshot(store).corpus.shelf()


@pytest.mark.parametrize("root", ["whole", "lost"])
def test_where_no_version_tells_its_sources_they_must_be_named(two: Path, tmp_path: Path, root: str) -> None:
    """Nothing is left out without a word: neither by a build without paths, nor by a service."""
    store, news = tmp_path / "store", write(tmp_path / "news", TEXTS)
    shutil.copytree(two, store)
    for path in (store / "versions").iterdir():
        path.write_bytes(b"{}")
    if root == "lost":
        (store / "current").unlink()
    files = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    for sources, everything in (([], False), ([], True), ([news], True)):
        with pytest.raises(StoreDamaged, match="not known any more") as caught:
            build(store, sources, TrigramEncoder(), everything=everything)
        assert "selon build PATH" in caught.value.hint
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == files
    report = build(store, [news], TrigramEncoder())
    assert all("only the sources named" in skipped.error.hint for skipped in report.skipped)
    assert report.skipped
    assert open_snapshot(store).manifest.documents == 3


def test_where_every_version_is_damaged_the_file_is_named(two: Path, tmp_path: Path) -> None:
    """Damage in a segment that all versions share leaves nothing to open; the error says what to do."""
    store = tmp_path / "store"
    shutil.copytree(two, store)
    shared = load_manifest(store, kept_versions(store)[0]).segments[0].name
    flip(store / "segments" / shared / "corpus.sqlite", 0.5)
    with pytest.raises(StoreDamaged, match=r"corpus\.sqlite") as caught:
        open_snapshot(store)
    assert "selon build" in caught.value.hint


def test_a_missing_file_is_named(two: Path, tmp_path: Path) -> None:
    """A file that is gone is damage too."""
    for file in sorted(added(two).iterdir()):
        store = tmp_path / file.name
        shutil.copytree(two, store)
        (store / file.relative_to(two)).unlink()
        snapshot = open_snapshot(store)
        assert snapshot.notice
        assert file.name in snapshot.notice


def test_a_reader_keeps_its_version_when_the_next_is_damaged(two: Path, tmp_path: Path) -> None:
    """A running service goes on with what it has, and says so once."""
    store = tmp_path / "store"
    shutil.copytree(two, store)
    first, second = kept_versions(store)
    flip(added(store) / "vectors.faiss", 0.5)
    reader = Reader(store, TrigramEncoder().stamp)
    assert reader.snapshot().manifest.version == first
    with pytest.raises(StoreDamaged):
        reader.snapshot(second)
    build(store, [], TrigramEncoder())
    assert reader.snapshot().manifest.version == current_version(store)


def test_a_version_that_does_not_open_is_not_rolled_back_to(two: Path, tmp_path: Path) -> None:
    """The current one stays; nobody is told that the damaged one answers."""
    store, (first, second) = tmp_path / "store", kept_versions(two)
    shutil.copytree(two, store)
    rollback(store)
    for file in added(store).iterdir():
        file.write_bytes(b"")
    with pytest.raises(StoreDamaged):
        rollback(store, second)
    assert current_version(store) == first
    assert rollback(store, first).current == first


def test_a_store_of_another_format_is_refused(tmp_path: Path) -> None:
    """The message names both formats and the cure, and a build replaces it."""
    store, news = tmp_path / "store", write(tmp_path / "news", TEXTS)
    build(store, [news], TrigramEncoder())
    for manifest in (store / "versions").iterdir():
        manifest.write_bytes(sealed({**unseal(manifest), "format": 1}))
    for look in (open_snapshot, read_manifest, verify):
        with pytest.raises(StoreMismatch, match=f"format 1; this Selon reads format {FORMAT}") as caught:
            look(store)
        assert "selon build" in caught.value.hint
    build(store, [news], TrigramEncoder())
    assert open_snapshot(store).manifest.documents == 3
