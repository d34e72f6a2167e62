"""What was posted and removed: a source of its own, which builds read and nothing else touches."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import TEXTS, PowerCut, Trial, write

from index.build import BuildReport, build
from index.errors import NoStore, StoreDamaged, UnknownDocument
from index.sources import inbox
from index.sources.names import Place
from index.storage import disk
from index.storage.forget import forget, remember
from index.storage.manifest import manifest_json
from index.storage.rollback import rollback
from index.storage.seal import sealed
from index.storage.snapshot import open_snapshot
from index.store import read_manifest
from index.types import Document

DUNA = "Duna attend\n\nLes 50 soldats de Duna attendent la fermeture du pont de Vireval."


def document(doc_id: str, text: str = DUNA) -> Document:
    return Document(doc_id, text, text[:4], hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store without a document."""
    rebuild(tmp_path / "store")
    return tmp_path / "store"


def rebuild(store: Path, *sources: Path) -> BuildReport:
    return build(store, sources, TrigramEncoder(), everything=True)


def texts(store: Path) -> dict[str, str]:
    return {found.doc_id: found.text for found, _ in open_snapshot(store).corpus.documents()}


def remove(store: Path, doc_id: str) -> None:
    """Leave out the document that has this id, be it posted and not built yet."""
    corpus = open_snapshot(store).corpus
    place = corpus.place_of(doc_id) if doc_id in corpus else Place(inbox.POSTED, doc_id)
    inbox.remove(store, doc_id, place)


def test_a_store_may_hold_nothing(store: Path) -> None:
    """A service starts before the first document has come."""
    assert texts(store) == {}
    assert not rebuild(store).published


def test_what_is_posted_is_read_by_builds_and_survives_those_of_folders(store: Path, tmp_path: Path) -> None:
    """Building a folder neither drops nor rereads it; an empty folder does not either."""
    inbox.post(store, [document("duna.txt")])
    assert texts(store) == {}
    rebuild(store)
    build(store, [write(tmp_path / "news", TEXTS)], TrigramEncoder())
    assert texts(store) == {**TEXTS, "duna.txt": DUNA}
    write(tmp_path / "news", {})
    rebuild(store)
    assert texts(store) == {"duna.txt": DUNA}


@pytest.mark.parametrize(
    "change",
    [
        lambda store: inbox.post(store, [document("efra.txt")]),
        lambda store: inbox.post(store, [document("duna.txt", DUNA.replace("50", "60"))]),
        lambda store: remove(store, "duna.txt"),
        lambda store: inbox.restore(store, "alba.txt"),
        lambda store: inbox.post(store, [document("duna.txt")]),
    ],
)
def test_a_build_has_seen_what_was_left_before_it_and_nothing_later(
    store: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    """Whatever the clock says, and whether or not it makes another version."""
    monkeypatch.setattr("index.sources.inbox.disk.rename", _untimed)
    assert inbox.is_seen(store)
    inbox.post(store, [document("duna.txt")])
    remove(store, "alba.txt")
    assert not inbox.is_seen(store)
    rebuild(store)
    assert inbox.is_seen(store)
    change(store)
    assert not inbox.is_seen(store)
    rebuild(store)
    assert inbox.is_seen(store)


def test_what_is_left_at_any_instant_of_a_build_is_in_it_or_known_as_new(store: Path) -> None:
    """Posted before each effect of a build in turn; what the build missed is taken up at the next start."""
    missed = 0
    for instant in range(99):
        inbox.post(store, [document(f"early{instant}.txt", f"{DUNA} {instant}")])
        late = document(f"late{instant}.txt", f"{DUNA} {instant} late")
        with pytest.MonkeyPatch.context() as patch:
            Trial(patch, _Late(store, late, instant))
            rebuild(store)
        if not inbox.is_posted(store, late.doc_id):
            break
        built = late.doc_id in texts(store)
        assert built or not inbox.is_seen(store)
        missed += not built
    assert missed > 5


class _Late:
    """Posts a document once, before the effect of this number."""

    def __init__(self, store: Path, document: Document, instant: int) -> None:
        self._left = [document]
        self._store, self._instant = store, instant

    def __call__(self, number: int, *_: object) -> None:
        if number >= self._instant and self._left:
            inbox.post(self._store, [self._left.pop()])


def test_a_build_of_a_folder_has_not_seen_what_was_posted(store: Path, tmp_path: Path) -> None:
    """It leaves that source as it is; going back to an earlier version goes back to what that one saw."""
    inbox.post(store, [document("duna.txt")])
    rebuild(store)
    inbox.post(store, [document("efra.txt")])
    build(store, [write(tmp_path / "news", TEXTS)], TrigramEncoder())
    assert "efra.txt" not in texts(store)
    assert not inbox.is_seen(store)
    rebuild(store)
    assert inbox.is_seen(store)
    rollback(store)
    assert not inbox.is_seen(store)


def test_a_build_of_a_folder_has_not_seen_what_was_restored(store: Path, tmp_path: Path) -> None:
    """The restored file may lie in another folder, which that build did not read."""
    rebuild(store, write(tmp_path / "news", TEXTS))
    remove(store, "alba.txt")
    rebuild(store)
    inbox.restore(store, "alba.txt")
    build(store, [write(tmp_path / "more", {"gora.txt": DUNA})], TrigramEncoder())
    assert "alba.txt" not in texts(store)
    assert not inbox.is_seen(store)
    rebuild(store)
    assert "alba.txt" in texts(store)
    assert inbox.is_seen(store)


def test_a_build_has_not_seen_what_was_restored_in_a_folder_that_was_away(
    store: Path, tmp_path: Path
) -> None:
    """It is taken up when the folder is back."""
    news = write(tmp_path / "news", TEXTS)
    rebuild(store, news)
    remove(store, "alba.txt")
    rebuild(store)
    inbox.restore(store, "alba.txt")
    news.rename(tmp_path / "away")
    rebuild(store)
    assert not inbox.is_seen(store)
    (tmp_path / "away").rename(news)
    rebuild(store)
    assert "alba.txt" in texts(store)
    assert inbox.is_seen(store)


def test_a_version_that_does_not_tell_what_it_saw_has_seen_nothing(store: Path) -> None:
    """A store made before versions told it opens, and its inbox is taken up once."""
    inbox.post(store, [document("duna.txt")])
    rebuild(store)
    told = read_manifest(store)
    raw = {name: value for name, value in manifest_json(told).items() if name != "inbox"}
    disk.replace_file(store / "versions" / f"{told.version}.json", sealed(raw))
    assert texts(store) == {"duna.txt": DUNA}
    assert not inbox.is_seen(store)


def test_a_new_text_under_the_same_id_is_a_revision(store: Path) -> None:
    """The last one counts, also of several sent together."""
    inbox.post(store, [document("duna.txt"), document("duna.txt", DUNA + " Il pleut.")])
    rebuild(store)
    assert texts(store) == {"duna.txt": DUNA + " Il pleut."}
    inbox.post(store, [document("duna.txt")])
    rebuild(store)
    assert texts(store) == {"duna.txt": DUNA}


def test_what_is_unchanged_is_not_read_again(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build looks at the files of posted documents, and reads those that changed."""
    monkeypatch.setattr("index.sources.seen._TICK_NS", 0)
    inbox.post(store, [document("duna.txt")])
    rebuild(store)

    def unread(path: Path) -> Document:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr("index.sources.gather.read_posted", unread)
    assert not rebuild(store).published


def test_a_removed_document_stays_out_until_it_is_restored(store: Path, tmp_path: Path) -> None:
    """Whatever source it is from, and although the file is there; nothing is purged."""
    news = write(tmp_path / "news", TEXTS)
    inbox.post(store, [document("duna.txt")])
    rebuild(store, news)
    before = open_snapshot(store).manifest.version
    for doc_id in ("alba.txt", "duna.txt"):
        remove(store, doc_id)
    rebuild(store)
    assert set(texts(store)) == {"bruma.txt", "cardo.txt"}
    build(store, [news], TrigramEncoder())
    assert set(texts(store)) == {"bruma.txt", "cardo.txt"}
    assert "alba.txt" in {
        found.doc_id for found, _ in open_snapshot(store, version=before).corpus.documents()
    }
    for doc_id in ("alba.txt", "duna.txt"):
        inbox.restore(store, doc_id)
    report = rebuild(store)
    assert texts(store) == {**TEXTS, "duna.txt": DUNA}
    assert report.encoded == 0


def test_the_last_document_may_be_removed(store: Path, tmp_path: Path) -> None:
    """The version that follows is empty, and a build of the same folder is no error."""
    news = write(tmp_path / "news", {"alba.txt": TEXTS["alba.txt"]})
    rebuild(store, news)
    remove(store, "alba.txt")
    assert build(store, [news], TrigramEncoder()).published
    assert texts(store) == {}


def test_posting_again_restores(store: Path) -> None:
    """Who posts a document wants it."""
    inbox.post(store, [document("duna.txt")])
    remove(store, "duna.txt")
    inbox.post(store, [document("duna.txt")])
    rebuild(store)
    assert texts(store) == {"duna.txt": DUNA}


def test_an_id_of_a_folder_is_not_taken_over(store: Path, tmp_path: Path) -> None:
    """A posted document of the same name stands beside the file's, under an id that says so."""
    rebuild(store, write(tmp_path / "news", TEXTS))
    inbox.post(store, [document("alba.txt")])
    rebuild(store)
    assert texts(store) == {**TEXTS, "posted/alba.txt": DUNA}
    forget(store, "alba.txt")
    rebuild(store)
    assert texts(store)["posted/alba.txt"] == DUNA
    forget(store, "posted/alba.txt")
    assert inbox.posted(store) == []


def test_forgetting_purges_what_was_posted(store: Path) -> None:
    """No byte of it is left in the store, whether a version holds it yet or not."""
    inbox.post(store, [document("duna.txt"), document("efra.txt", DUNA.replace("Duna", "Efra"))])
    rebuild(store)
    forget(store, "duna.txt")
    inbox.post(store, [document("gala.txt", DUNA.replace("Duna", "Gala"))])
    forget(store, "gala.txt")
    held = b"".join(path.read_bytes() for path in store.rglob("*") if path.is_file())
    assert b"Duna" not in held
    assert b"Gala" not in held
    assert b"Efra" in held
    remember(store, "duna.txt")
    rebuild(store)
    assert list(texts(store)) == ["efra.txt"]


def test_a_damaged_file_costs_only_its_document(store: Path) -> None:
    """It is named, and the others stay."""
    inbox.post(store, [document("duna.txt"), document("efra.txt", DUNA.replace("Duna", "Efra"))])
    path = inbox.posted(store)[0]
    path.write_bytes(path.read_bytes()[:-9])
    report = rebuild(store)
    assert [skip.path for skip in report.skipped] == [str(path)]
    assert len(texts(store)) == 1


def test_a_damaged_list_of_what_was_removed_blocks_nothing(store: Path) -> None:
    """Builds go on and say at each that it comes back; what is posted is kept; removing begins a new list."""
    inbox.post(store, [document("duna.txt")])
    remove(store, "duna.txt")
    (store / inbox.INBOX / "removed").write_bytes(b"torn")
    inbox.post(store, [document("efra.txt")])
    for _ in range(2):
        report = rebuild(store)
        assert [skip.error.code for skip in report.skipped] == ["store_damaged"]
        assert "selon remove" in report.skipped[0].error.hint
        assert set(texts(store)) == {"duna.txt", "efra.txt"}
    with pytest.raises(StoreDamaged, match="selon remove"):
        inbox.restore(store, "duna.txt")
    remove(store, "duna.txt")
    assert not rebuild(store).skipped
    assert set(texts(store)) == {"efra.txt"}


def test_what_does_not_exist_is_said(store: Path, tmp_path: Path) -> None:
    """Restoring what was not removed; posting where no store is."""
    with pytest.raises(UnknownDocument, match="alba"):
        inbox.restore(store, "alba.txt")
    with pytest.raises(NoStore):
        inbox.post(tmp_path / "nowhere", [document("duna.txt")])
    assert not (tmp_path / "nowhere").exists()


@given(doc_id=st.text(min_size=1, max_size=60), text=st.text(max_size=200))
@settings(max_examples=60)
def test_any_id_and_text_comes_back(tmp_path_factory: pytest.TempPathFactory, doc_id: str, text: str) -> None:
    """Names such as « ../../etc/passwd » never become paths: every file lies in the inbox itself."""
    store = tmp_path_factory.mktemp("inbox")
    inbox.post(store, [document(doc_id, text)])
    [path] = inbox.posted(store)
    assert path.parent == store / inbox.INBOX
    assert inbox.read_posted(path) == document(doc_id, text)
    assert {inner.name for inner in store.iterdir()} == {inbox.INBOX}


def test_a_crash_at_any_effect_leaves_each_document_as_it_was_or_was_to_be(store: Path) -> None:
    """Each effect of posting, removing and restoring fails once; the next attempt finishes it."""
    inbox.post(store, [document("duna.txt")])
    both = {"duna.txt": "x", "efra.txt": DUNA}
    steps: list[tuple[Callable[[], None], dict[str, object]]] = [
        (lambda: inbox.post(store, [document("duna.txt", "x"), document("efra.txt")]), both),
        (lambda: remove(store, "duna.txt"), {**both, "removed": {"duna.txt"}}),
        (lambda: inbox.restore(store, "duna.txt"), both),
        (lambda: remove(store, "duna.txt"), {**both, "removed": {"duna.txt"}}),
        (lambda: inbox.post(store, [document("duna.txt"), document("gala.txt")]),
         {"duna.txt": DUNA, "efra.txt": DUNA, "gala.txt": DUNA}),
    ]  # fmt: skip
    for step, wanted in steps:
        for failing in range(40):
            rebuild(store)
            assert inbox.is_seen(store)
            before = _left(store)
            with pytest.MonkeyPatch.context() as patch:
                trial, cut = Trial(patch, lambda number, *_, at=failing: _cut(number == at)), False
                try:
                    step()
                except PowerCut:
                    now = _left(store)
                    for name in {*before, *wanted, *now}:
                        assert now.get(name) in (before.get(name), wanted.get(name))
                    cut = True
                except UnknownDocument:
                    pass  # the restoring had been done when the power failed
            # What changed before the power failed is not taken for seen.
            assert not inbox.is_seen(store) or not rebuild(store).published
            if not cut:
                assert len(trial.log) <= failing
                assert _left(store) == wanted
                break
        assert not list((store / inbox.INBOX).glob("*.tmp"))


def _left(store: Path) -> dict[str, object]:
    """The text of each document that was posted, and under "removed" what is left out, if anything is."""
    found = [inbox.read_posted(path) for path in inbox.posted(store)]
    gone, lost = inbox.found_removed(store)
    assert lost is None
    return {**{each.doc_id: each.text for each in found}, **({"removed": {*gone}} if gone else {})}


def _cut(now: bool) -> None:
    if now:
        raise PowerCut


def _untimed(source: Path, target: Path) -> None:
    os.replace(source, target)
    os.utime(target, (0, 0))
