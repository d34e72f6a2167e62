"""Builds and versions: what is written, what is kept, what is read again, what is forgotten."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from newsroom import TEXTS, answers, from_scratch, leftovers, write

from index.build import BuildReport, build
from index.errors import InputError, NoStore, StoreMismatch, UnknownDocument, UnknownVersion
from index.sources import gather, seen
from index.storage import compact
from index.storage import forget as forgetting
from index.storage.base import Base
from index.storage.forget import forget, remember
from index.storage.rollback import rollback
from index.storage.segment import open_segment
from index.storage.snapshot import open_snapshot
from index.storage.verify import verify
from index.store import current_version, kept_versions, read_manifest, segment_folder
from index.types import Document

MORE = "Duna attend\n\nLes 50 soldats de Duna attendent la fermeture du pont de Vireval."


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of three articles, read from a folder `news` beside it."""
    build(tmp_path / "store", [write(tmp_path / "news", TEXTS)], TrigramEncoder())
    return tmp_path / "store"


def rebuild(store: Path, texts: dict[str, str] | None = None, **options: int) -> BuildReport:
    """Make the folder hold `texts`, then read it again."""
    if texts is not None:
        write(store.with_name("news"), texts)
    return build(store, [], TrigramEncoder(), **options)


def ids(store: Path, version: str | None = None) -> list[str]:
    return [document.doc_id for document, _ in open_snapshot(store, version=version).corpus.documents()]


def test_nothing_changed_publishes_nothing(store: Path) -> None:
    """The second build encodes nothing and leaves version and files as they are."""
    before = sorted((path, path.stat().st_mtime_ns) for path in (store / "segments").rglob("*"))
    report = rebuild(store)
    assert not report.published
    assert (report.encoded, report.manifest.version) == (0, current_version(store))
    assert before == sorted((path, path.stat().st_mtime_ns) for path in (store / "segments").rglob("*"))


def test_only_what_is_new_is_encoded_and_written(store: Path) -> None:
    """One more article: its passages are encoded, and the other segments are shared."""
    old = read_manifest(store)
    report = rebuild(store, {**TEXTS, "duna.txt": MORE})
    assert report.encoded == report.manifest.passages - old.passages
    assert report.manifest.segments[0] == old.segments[0]
    assert len(report.manifest.segments) == 2


def test_a_changed_text_is_a_revision_of_the_same_document(store: Path, tmp_path: Path) -> None:
    """Its old sentences leave no trace in answers; those that stayed are not encoded again."""
    changed = {**TEXTS, "alba.txt": TEXTS["alba.txt"].replace("300", "444")}
    report = rebuild(store, changed)
    assert (report.manifest.documents, report.encoded) == (3, 1)
    assert answers(store) == from_scratch(tmp_path / "scratch", changed)
    assert "300" not in str(answers(store))


def test_a_removed_file_leaves_no_trace_in_answers(store: Path, tmp_path: Path) -> None:
    """Neither as a quote nor in counts, lengths and rarities."""
    left = {name: text for name, text in TEXTS.items() if name != "cardo.txt"}
    rebuild(store, left)
    assert ids(store) == ["alba.txt", "bruma.txt"]
    assert answers(store) == from_scratch(tmp_path / "scratch", left)


def test_no_text_is_encoded_twice_while_a_version_holds_it(store: Path) -> None:
    """A sentence that comes back, in whatever article, takes its vector from an older version."""
    rebuild(store, {"alba.txt": TEXTS["alba.txt"]})
    report = rebuild(store, {**TEXTS, "copie.txt": TEXTS["cardo.txt"]})
    assert report.encoded == 0
    assert report.reused == report.manifest.passages


def test_a_source_that_vanished_keeps_its_documents_and_is_reported(store: Path) -> None:
    """An unplugged disk is no reason to forget."""
    expected = answers(store)
    store.with_name("news").rename(store.with_name("away"))
    report = rebuild(store)
    assert [skipped.error.code for skipped in report.skipped] == ["source_missing"]
    assert answers(store) == expected


def test_a_source_that_became_a_file_of_another_kind_keeps_its_documents(store: Path) -> None:
    """As one that vanished."""
    expected, news = answers(store), store.with_name("news")
    news.rename(store.with_name("away"))
    news.write_text("no folder")
    report = rebuild(store)
    assert [(skipped.path, skipped.error.code) for skipped in report.skipped] == [(str(news), "not_text")]
    assert answers(store) == expected


@pytest.mark.parametrize("withheld", ["", "deep", "deep/gala.txt"])
def test_what_the_disk_does_not_give_is_kept_and_reported(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, withheld: str
) -> None:
    """A folder or file without rights: what it held stays, whatever names it; the rest is followed."""
    news = tmp_path / "news"
    write(news / "deep", {"gala.txt": f"---\nurl: https://exemple.org/gala\n---\n{MORE}", "efra.txt": MORE})
    build(store, [], TrigramEncoder())
    kept = set(ids(store))
    assert {"https://exemple.org/gala", "deep/efra.txt"} < kept
    (news / "alba.txt").unlink()
    with monkeypatch.context() as patch:
        _withhold(patch, news / withheld)
        for _ in range(2):
            report = build(store, [], TrigramEncoder(), everything=True)
            assert [skipped.path for skipped in report.skipped] == [str(news / withheld)]
            assert "Permission denied" in report.skipped[0].error.message
            assert set(ids(store)) == (kept - {"alba.txt"} if withheld else kept)
    assert not rebuild(store).skipped
    assert set(ids(store)) == kept - {"alba.txt"}


def _withhold(patch: pytest.MonkeyPatch, withheld: Path) -> None:
    """Have the disk give neither the names in a folder nor the content of a file."""
    scandir, read_bytes = os.scandir, Path.read_bytes

    def refuse(path: str | Path) -> None:
        if Path(path) == withheld:
            raise PermissionError(errno.EACCES, "Permission denied")

    patch.setattr("os.scandir", lambda path: (refuse(path), scandir(path))[1])
    patch.setattr(Path, "read_bytes", lambda path: (refuse(path), read_bytes(path))[1])


@pytest.mark.parametrize("stage", ["prepare", "read_file"])
def test_an_article_that_no_stage_foresaw_stops_no_other(
    store: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """Whatever it makes reading, cutting or annotating raise, it is named until it is mended."""
    plain = getattr(gather, stage)

    def fail(of: Path | Document, source: object) -> object:
        if str(of).endswith("duna.txt") or getattr(of, "doc_id", "") == "duna.txt":
            raise OverflowError("no such number")
        return plain(of, source)

    with monkeypatch.context() as patch:
        patch.setattr(gather, stage, fail)
        for text in (MORE, MORE + " Le pont tient.", MORE):
            report = rebuild(store, {**TEXTS, "duna.txt": text})
            [skipped] = report.skipped
            assert "duna.txt" in skipped.error.message
            assert "OverflowError" in skipped.error.message
            assert skipped.error.hint
            assert set(ids(store)) == set(TEXTS)
    assert not rebuild(store).skipped
    assert "duna.txt" in ids(store)


def test_a_held_article_that_new_rules_cannot_annotate_stops_no_other(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source that is away is read from the store; what cannot be made of it is named."""
    store.with_name("news").rename(store.with_name("away"))
    plain = gather.prepare

    def fail(of: Document, source: str) -> object:
        if of.doc_id == "bruma.txt":
            raise OverflowError("no such number")
        return plain(of, source)

    monkeypatch.setattr(gather, "prepare", fail)
    monkeypatch.setattr("index.build.fingerprint", lambda: "other rules")
    report = rebuild(store)
    assert {skipped.path for skipped in report.skipped} == {"bruma.txt", str(store.with_name("news"))}
    assert ids(store) == ["alba.txt", "cardo.txt"]


class Counted(tuple[int, ...]):
    """Numbers that count how often they are gone through."""

    passes = 0

    def __iter__(self) -> Iterator[int]:
        self.passes += 1
        return super().__iter__()

    def __contains__(self, number: object) -> bool:
        self.passes += 1
        return super().__contains__(number)


def test_what_was_left_out_is_gone_through_once(store: Path) -> None:
    """However many documents a version holds, and however many of them were revised."""
    manifest = read_manifest(store)
    [ref] = manifest.segments
    dead = Counted([1])
    revised = replace(manifest, segments=(replace(ref, dead=dead),))
    segments = {ref.name: open_segment(segment_folder(store, ref.name), ref, True)}
    assert list(Base(store, None, revised, segments).held()) == ["alba.txt", "cardo.txt"]
    assert dead.passes == 1
    forgetting._meant(store, revised, segments, "cardo.txt")
    assert dead.passes == 2


def test_a_build_replaces_its_source_alone(store: Path, tmp_path: Path) -> None:
    """What came from other sources stays; the later source's file of the same name gets another id."""
    other = write(tmp_path / "other", {"alba.txt": MORE, "extra.txt": MORE + " Rien de plus."})
    build(store, [other], TrigramEncoder())
    assert ids(store) == ["alba.txt", "bruma.txt", "cardo.txt", "extra.txt", "other/alba.txt"]
    write(other, {"extra.txt": MORE})
    write(tmp_path / "news", {"alba.txt": TEXTS["alba.txt"]})
    build(store, [other], TrigramEncoder())
    assert ids(store) == ["alba.txt", "bruma.txt", "cardo.txt", "extra.txt"]


def test_the_newest_versions_are_kept(store: Path) -> None:
    """As many as asked for; the others' files are removed."""
    for number in range(4):
        rebuild(store, {**TEXTS, "duna.txt": f"{MORE} {number} fois."}, keep=2)
    assert [name[:6] for name in kept_versions(store)] == ["000004", "000005"]
    assert leftovers(store) == []
    with pytest.raises(UnknownVersion, match="000001"):
        open_snapshot(store, version="000001-00000000")


def test_rollback_and_forward(store: Path) -> None:
    """An earlier version answers again as it did; a build goes on from it under a new name."""
    first, before = current_version(store), answers(store)
    rebuild(store, {**TEXTS, "duna.txt": MORE})
    second, after = current_version(store), answers(store)
    assert rollback(store).current == first
    assert answers(store) == before
    with pytest.raises(UnknownVersion, match="before"):
        rollback(store)
    assert rollback(store, second).current == second
    assert answers(store) == after
    rollback(store)
    report = rebuild(store)
    assert report.manifest.version.startswith("000003")
    assert answers(store) == after


def test_a_forgotten_document_is_in_no_file_of_the_store(store: Path) -> None:
    """Not in an older version, nor as a tombstone, nor as its id; and it does not come back."""
    rebuild(store, {**TEXTS, "duna.txt": MORE, "efra.txt": "Efra se tait sur Marchepied.\n\nRien."})
    rebuild(
        store, {**TEXTS, "duna.txt": MORE + " Rien.", "efra.txt": "Efra se tait sur Marchepied.\n\nRien."}
    )
    forget(store, "efra.txt")
    for path in store.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert b"Marchepied" not in content
        assert b"marchepied" not in content
        assert b"efra.txt" not in content
    assert all("efra.txt" not in ids(store, version) for version in kept_versions(store))
    assert len(kept_versions(store)) == 3
    assert leftovers(store) == []
    report = rebuild(store)
    assert [skipped.error.code for skipped in report.skipped] == ["forgotten"]
    assert "efra.txt" not in ids(store)
    with pytest.raises(UnknownDocument, match=r"efra\.txt"):
        forget(store, "efra.txt")
    remember(store, "efra.txt")
    rebuild(store)
    assert "efra.txt" in ids(store)
    with pytest.raises(UnknownDocument, match=r"efra\.txt"):
        remember(store, "efra.txt")


def test_the_last_document_can_be_forgotten(tmp_path: Path) -> None:
    """What is left is an empty index, which answers that it is empty."""
    store = tmp_path / "store"
    build(store, [write(tmp_path / "news", {"alba.txt": TEXTS["alba.txt"]})], TrigramEncoder())
    forget(store, "alba.txt")
    assert {found["reason"] for found in answers(store)} == {"empty_index"}
    assert not [checked for checked in verify(store) if checked.problems]


def test_files_that_look_the_same_are_not_read(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a file is older than the clock of its disk is coarse, its look is trusted."""
    read: list[str] = []
    real = gather.read_file
    monkeypatch.setattr(
        gather, "read_file", lambda path, source: (read.append(path.name), real(path, source))[1]
    )
    rebuild(store)
    assert sorted(read) == sorted(TEXTS)
    monkeypatch.setattr(seen, "_TICK_NS", 0)
    rebuild(store)
    read.clear()
    rebuild(store)
    assert read == []
    rebuild(store, {**TEXTS, "duna.txt": MORE})
    assert "duna.txt" in read
    sidecar = store.with_name("news") / "metadata.json"
    read.clear()
    sidecar.write_text('{"alba.txt": {"publisher": "Le Relais"}}', encoding="utf-8")
    rebuild(store)
    assert read == ["alba.txt"]
    assert open_snapshot(store).corpus.document("alba.txt").publisher == "Le Relais"


def test_an_edit_in_the_same_instant_is_seen(store: Path) -> None:
    """Same size, and a time set back by hand: the change is found all the same."""
    path = store.with_name("news") / "alba.txt"
    for count in ("400", "500", "600"):
        facts = path.stat()
        path.write_text(TEXTS["alba.txt"].replace("300", count), encoding="utf-8")
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        assert rebuild(store).published
        assert count in str(answers(store))


def test_a_lost_or_damaged_memory_of_files_costs_time_alone(store: Path, tmp_path: Path) -> None:
    """What files looked like is no part of any version."""
    for content in (b"", b"0" * 64 + b"\n{}", b"\xff\xfe"):
        (store / "seen.json").write_bytes(content)
        assert not rebuild(store).published
    (store / "seen.json").unlink()
    assert not rebuild(store).published


def test_small_segments_are_merged(store: Path, tmp_path: Path) -> None:
    """However many articles come one by one, few segments remain, and answers are those of one build."""
    texts = dict(TEXTS)
    for number in range(14):
        texts[f"numero-{number:02}.txt"] = f"Le numéro {number} paraît\n\nIl compte {number + 20} soldats."
        report = rebuild(store, texts)
        assert len(report.manifest.segments) <= 6
    assert answers(store) == from_scratch(tmp_path / "scratch", texts)


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [
        ([], set()),
        ([(100, 100)] * 5, set()),
        ([(100, 100)] * 6, set(range(6))),
        ([(100, 100)] * 5 + [(9_000, 9_000)], set()),
        ([(70, 100), (80, 100)], {0}),
        ([(30_000, 32_768)] * 9, set()),
    ],
)
def test_what_is_merged(sizes: Sequence[tuple[int, int]], chosen: set[int]) -> None:
    """Six of a size, or more than a quarter dead; full segments are left alone."""
    assert compact.to_rewrite(sizes) == chosen


def test_another_model_is_refused_until_the_store_is_built_again(store: Path, tmp_path: Path) -> None:
    """Its vectors could not be compared; a build with it encodes everything, also what is not reread."""
    other = TrigramEncoder("other")
    with pytest.raises(StoreMismatch, match="trigrams"):
        open_snapshot(store, other.stamp)
    build(store, [write(tmp_path / "more", {"duna.txt": MORE})], other)
    assert open_snapshot(store, other.stamp).manifest.documents == 4
    assert other.encoded == open_snapshot(store).manifest.passages
    back = build(store, [], TrigramEncoder())
    assert back.encoded < back.manifest.passages


def test_what_cannot_be_built_is_said(tmp_path: Path) -> None:
    """No store to rebuild, no such path, nothing to read."""
    with pytest.raises(NoStore, match="rebuild"):
        build(tmp_path / "store", [], TrigramEncoder())
    for name in ("nowhere", "n" * 300):
        with pytest.raises(InputError, match=name):
            build(tmp_path / "store", [tmp_path / name], TrigramEncoder())
    with pytest.raises(InputError, match="no article"):
        build(tmp_path / "store", [write(tmp_path / "news", {})], TrigramEncoder())
    with pytest.raises(NoStore):
        open_snapshot(tmp_path / "store")


def test_a_file_of_another_kind_stops_no_other_source(tmp_path: Path) -> None:
    """As with `selon build *`: it is named, and is no source that later builds would look for."""
    news, picture = write(tmp_path / "news", TEXTS), tmp_path / "r.png"
    picture.write_bytes(b"PNG")
    report = build(tmp_path / "store", [news, picture], TrigramEncoder())
    assert [(skipped.path, skipped.error.code) for skipped in report.skipped] == [(str(picture), "not_text")]
    assert set(ids(tmp_path / "store")) == set(TEXTS)
    assert report.manifest.sources == (str(news),)
    assert not build(tmp_path / "store", [], TrigramEncoder()).skipped
    with pytest.raises(InputError, match=r"r\.png: files of its kind are not read"):
        build(tmp_path / "store", [picture], TrigramEncoder())


def test_a_large_build_is_cut_into_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What bounds the memory of a build changes nothing in answers; a text is encoded once across them."""
    expected = from_scratch(tmp_path / "scratch", {**TEXTS, "copie.txt": TEXTS["alba.txt"]})
    monkeypatch.setattr("index.storage.drafts.SEGMENT_PASSAGES", 3)
    encoder = TrigramEncoder()
    news = write(tmp_path / "news", {**TEXTS, "copie.txt": TEXTS["alba.txt"]})
    report = build(tmp_path / "store", [news], encoder)
    assert len(report.manifest.segments) == 4
    assert encoder.encoded == report.encoded < report.manifest.passages
    assert answers(tmp_path / "store") == expected
