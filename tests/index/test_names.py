"""What documents are called, and that those left out stay out under any name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from newsroom import write

from index.build import build
from index.errors import UnknownDocument
from index.sources import inbox
from index.storage.forget import forget, remember
from index.storage.snapshot import open_snapshot
from index.store import kept_versions
from index.types import Document

FIRST = "Le pont d'Alba est fermé aux camions depuis lundi."
SECOND = "Une autre Alba se tait sur Marchepied."
THIRD = "Le port de Bruma a rouvert mardi."
Out = Callable[[Path, str], None]


def leave_out(store: Path, doc_id: str) -> None:
    inbox.remove(store, doc_id, open_snapshot(store).corpus.place_of(doc_id))


def forget_it(store: Path, doc_id: str) -> None:
    forget(store, doc_id)


OUT = pytest.mark.parametrize("out", [leave_out, forget_it])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two folders, which hold a file of the same name each."""
    sources = [write(tmp_path / "a", {"alba.txt": FIRST}), write(tmp_path / "b", {"alba.txt": SECOND})]
    build(tmp_path / "store", sources, TrigramEncoder())
    assert texts(tmp_path / "store") == {"alba.txt": FIRST, "b/alba.txt": SECOND}
    return tmp_path / "store"


def rebuild(store: Path, *sources: Path) -> list[str]:
    """Build, and tell what was skipped."""
    report = build(store, sources, TrigramEncoder(), everything=True)
    return [skipped.error.message for skipped in report.skipped]


def texts(store: Path, version: str | None = None) -> dict[str, str]:
    corpus = open_snapshot(store, version=version).corpus
    return {found.doc_id: found.text for found, _ in corpus.documents()}


@OUT
def test_what_is_left_out_does_not_come_back_under_another_id(store: Path, tmp_path: Path, out: Out) -> None:
    """Although the name that another document had before it is free by now."""
    out(store, "b/alba.txt")
    (tmp_path / "a" / "alba.txt").unlink()
    for _ in range(2):
        said = rebuild(store)
        assert texts(store) == {}
    assert said == ([] if out is leave_out else ["b/alba.txt: it was forgotten, and is left out."])


@OUT
def test_what_is_left_out_does_not_come_back_with_its_folder_moved(
    store: Path, tmp_path: Path, out: Out
) -> None:
    """Its id stays out wherever it comes from."""
    out(store, "alba.txt")
    (tmp_path / "a").rename(tmp_path / "c")
    rebuild(store, tmp_path / "c")
    assert texts(store) == {"b/alba.txt": SECOND}


@OUT
def test_another_document_of_the_same_name_stays(store: Path, tmp_path: Path, out: Out) -> None:
    """Whether the file of the one that was left out is there or gone."""
    out(store, "alba.txt")
    rebuild(store)
    assert texts(store) == {"b/alba.txt": SECOND}
    (tmp_path / "a" / "alba.txt").unlink()
    rebuild(store)
    assert texts(store) == {"b/alba.txt": SECOND}


@OUT
def test_one_of_two_documents_of_a_folder_under_one_name_is_left_out(tmp_path: Path, out: Out) -> None:
    """Two files may give the same url: the other stays, build after build."""
    head = "---\nurl: https://exemple.org/pont\n---\n"
    news = write(tmp_path / "news", {"alba.txt": head + FIRST, "bruma.txt": head + SECOND})
    rebuild(tmp_path / "store", news)
    out(tmp_path / "store", "news/https://exemple.org/pont")
    for _ in range(2):
        rebuild(tmp_path / "store")
        assert list(texts(tmp_path / "store")) == ["https://exemple.org/pont"]


def test_a_new_file_takes_no_text_of_a_folder_that_is_not_read(store: Path, tmp_path: Path) -> None:
    """Its name is that of a document there, which gets the id that a build of both would give it."""
    write(tmp_path / "b", {"alba.txt": SECOND, "bruma.txt": THIRD})
    rebuild(store)
    write(tmp_path / "a", {"alba.txt": FIRST, "bruma.txt": "Bruma dort."})
    build(store, [tmp_path / "a"], TrigramEncoder())
    held = {"alba.txt": FIRST, "b/alba.txt": SECOND, "bruma.txt": "Bruma dort.", "b/bruma.txt": THIRD}
    assert texts(store) == held
    rebuild(store)
    assert texts(store) == held


def test_forgetting_purges_every_name_that_a_document_had(store: Path, tmp_path: Path) -> None:
    """An older version held it under another id; its text is in no file of the store."""
    (tmp_path / "a" / "alba.txt").unlink()
    rebuild(store)
    assert texts(store) == {"alba.txt": SECOND}
    forget(store, "alba.txt")
    assert [texts(store, version) for version in kept_versions(store)] == [{"alba.txt": FIRST}, {}]
    assert not [path for path in store.rglob("*") if path.is_file() and b"Marchepied" in path.read_bytes()]


def test_forgetting_spares_another_document_that_had_the_id_before(store: Path, tmp_path: Path) -> None:
    """What was posted under the name that a file has by now is neither purged nor forgotten."""
    inbox.post(store, [Document("bruma.txt", THIRD, "", "")])
    rebuild(store)
    write(tmp_path / "a", {"alba.txt": FIRST, "bruma.txt": "Bruma dort."})
    rebuild(store)
    for _ in range(2):
        assert texts(store)["posted/bruma.txt"] == THIRD
        if "bruma.txt" in texts(store):
            forget(store, "bruma.txt")
        rebuild(store)
    with pytest.raises(UnknownDocument):
        forget(store, "bruma.txt")


@pytest.mark.parametrize("built", [True, False])
def test_what_was_removed_can_be_forgotten_and_let_back_in(store: Path, *, built: bool) -> None:
    """Its id stands nowhere in the store then, and it comes back as promised."""
    leave_out(store, "b/alba.txt")
    for _ in range(4 if built else 0):
        rebuild(store)
    forget(store, "b/alba.txt")
    assert not [path for path in store.rglob("*") if path.is_file() and b"b/alba.txt" in path.read_bytes()]
    rebuild(store)
    assert texts(store) == {"alba.txt": FIRST}
    remember(store, "b/alba.txt")
    rebuild(store)
    assert texts(store) == {"alba.txt": FIRST, "b/alba.txt": SECOND}
