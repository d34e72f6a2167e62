"""Builds of files that hold several articles, or are read in a way that is worth telling."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from files import html, zipped

from index.build import BuildReport, build
from index.errors import UnknownDocument
from index.sources import seen
from index.storage.forget import forget
from index.storage.snapshot import open_snapshot
from index.types import Document

ALBA = "Le pont d'Alba est fermé aux camions depuis la crue de lundi."
BRUMA = "Le port de Bruma a rouvert mardi après trois jours de grève."
CARDO = "Le maire de Cardo a démenti toute fermeture de l'école du centre."


def make(folder: Path, **files: bytes) -> BuildReport:
    """Make the folder `news` hold these files too (their ending after two underscores), and build it."""
    source = folder / "news"
    source.mkdir(exist_ok=True)
    for name, content in files.items():
        (source / name.replace("__", ".")).write_bytes(content)
    return build(folder / "store", [source], TrigramEncoder())


def documents(folder: Path) -> dict[str, Document]:
    return {found.doc_id: found for found, _ in open_snapshot(folder / "store").corpus.documents()}


def lines(*texts: str) -> bytes:
    return "\n".join(json.dumps({"text": text}) for text in texts).encode()


def test_each_article_of_a_file_is_a_document(tmp_path: Path) -> None:
    """Those of an export and of an archive stand beside each other; a second build encodes nothing."""
    zip_file = zipped({"u/bruma.txt": BRUMA.encode(), "v/bruma.txt": CARDO.encode()})
    report = make(tmp_path, export__jsonl=lines(ALBA, BRUMA), dossier__zip=zip_file)
    assert not report.skipped
    ids = {"dossier.zip/u/bruma.txt", "dossier.zip/v/bruma.txt", "export.jsonl#1", "export.jsonl#2"}
    assert {*documents(tmp_path)} == ids
    again = make(tmp_path)
    assert (again.published, again.encoded) == (False, 0)


@pytest.mark.parametrize("remembered", [True, False])
def test_an_article_that_leaves_its_file_leaves_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, remembered: bool
) -> None:
    """The others stay as they were, whether or not the file's look was remembered."""
    if remembered:
        monkeypatch.setattr(seen, "_TICK_NS", 0)
    make(tmp_path, export__jsonl=lines(ALBA, BRUMA))
    make(tmp_path, export__jsonl=lines(ALBA))
    assert {*documents(tmp_path)} == {"export.jsonl#1"}
    report = make(tmp_path, export__jsonl=lines(ALBA, BRUMA, CARDO))
    assert len(documents(tmp_path)) == 3
    assert report.manifest.documents == 3


def test_two_members_of_one_name_are_two_documents(tmp_path: Path) -> None:
    """An archive may hold a name twice: neither text is lost."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = _twice("a.txt", ALBA.encode(), BRUMA.encode())
    make(tmp_path, a__zip=twice)
    assert {found.text for found in documents(tmp_path).values()} == {ALBA, BRUMA}


def test_what_was_refused_is_told_at_every_build(tmp_path: Path) -> None:
    """A bad line stops no other, and is not forgotten because the file did not change."""
    content = lines(ALBA) + b"\n{\n"
    for _ in range(2):
        report = make(tmp_path, export__jsonl=content)
        assert [skip.path for skip in report.skipped] == ["export.jsonl#2"]
        assert len(documents(tmp_path)) == 1


def test_how_a_file_was_read_is_told(tmp_path: Path) -> None:
    """An encoding that was guessed stands in the report, with the file's name."""
    report = make(tmp_path, a__txt=BRUMA.encode("cp1252"))
    assert [note.rpartition("/")[2] for note in report.notes] == ["a.txt: read as Windows-1252"]


def test_files_of_other_kinds_are_counted(tmp_path: Path) -> None:
    """Nobody takes a folder of old Word files for read: what its kind leaves out is said each time."""
    for _ in range(2):
        report = make(tmp_path, a__txt=BRUMA.encode(), b__doc=b"x", c__doc=b"x", d__png=b"x")
        [note] = report.notes
        assert note.endswith(": 3 files of other kinds left out (2 .doc, 1 .png)")


def test_an_entry_for_no_file_is_told(tmp_path: Path) -> None:
    """A slip in a sidecar costs an article its day in silence else; composed letters are no slip."""
    side = json.dumps({"e\u0301te\u0301.txt": {"title": "Été"}, "hiver.txt": {"title": "Hiver"}})
    report = make(tmp_path, été__txt=BRUMA.encode(), metadata__json=side.encode())
    assert [note.rpartition("/")[2] for note in report.notes] == [
        "metadata.json: 1 entries for no file (« hiver.txt »)"
    ]
    assert [found.title for found in documents(tmp_path).values()] == ["Été"]


def test_a_file_of_nothing_but_slips_is_told_in_short(tmp_path: Path) -> None:
    """A log of a hundred thousand lines under the ending of an export does not drown the report."""
    report = make(tmp_path, a__jsonl=lines(ALBA) + b"\n{" * 500)
    assert len(report.skipped) == 101
    assert "400 more" in report.skipped[-1].error.message


def test_where_a_day_stands_is_kept_in_the_store(tmp_path: Path) -> None:
    """What was read of a page is there, with its origin, when the store is opened again."""
    make(tmp_path, page__html=html("Le pont d'Alba reste fermé", [ALBA, BRUMA, CARDO]))
    [found] = documents(tmp_path).values()
    assert (found.published, found.published_from) == ("2024-12-16", "page")
    assert found.doc_id == "https://exemple.org/pont"


def test_one_article_of_a_file_can_be_forgotten(tmp_path: Path) -> None:
    """It stays out of later builds, which tell it; its neighbours stay in."""
    make(tmp_path, export__jsonl=lines(ALBA, BRUMA))
    forget(tmp_path / "store", "export.jsonl#1")
    assert {*documents(tmp_path)} == {"export.jsonl#2"}
    report = make(tmp_path)
    assert [skip.error.code for skip in report.skipped] == ["forgotten"]
    assert {*documents(tmp_path)} == {"export.jsonl#2"}
    with pytest.raises(UnknownDocument):
        forget(tmp_path / "store", "export.jsonl#9")


def _twice(name: str, *contents: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for content in contents:
            packed.writestr(name, content)
    return out.getvalue()
