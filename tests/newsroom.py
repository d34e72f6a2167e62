"""Small corpora for tests of the store, one sentence, what a store answers, and a disk that fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from encoders import TrigramEncoder

from index.annotate import annotate
from index.build import build
from index.language import detect_question
from index.storage import disk
from index.storage.snapshot import Snapshot, open_snapshot
from index.types import Document, Passage, Role, Span
from qa.answer import ask
from qa.http.wire import answer_json

QUESTIONS = ("Combien de soldats ?", "Qui dément la fermeture du pont ?", "How many soldiers were killed?")
TEXTS = {
    "alba.txt": "Alba compte ses pertes après la nuit\n\nL'armée d'Alba a perdu 300 soldats mardi. "
    "Le gouverneur dément la fermeture du pont.",
    "bruma.txt": "Bruma annonce des renforts au nord\n\nSelon le ministère, 1 200 soldats seraient arrivés. "
    "Aucun observateur ne confirme ce chiffre.",
    "cardo.txt": "Cardo ferme le pont de Vireval\n\nLe pont de Vireval a été fermé mardi par la préfecture. "
    "Les soldats gardent la rive.",
}


def annotated(text: str) -> tuple[Passage, str]:
    """A text as one sentence of an article, annotated, and its language."""
    language = detect_question(text)
    bare = Passage("p", "a", Span.cut(text, 0, len(text)), Role.SENTENCE)
    return annotate(Document("a", text, "a", "", language=language), (bare,))[0], language


def write(folder: Path, texts: Mapping[str, str]) -> Path:
    """Make `folder` hold exactly these articles."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def told(snapshot: Snapshot) -> list[dict[str, Any]]:
    """What a version answers to `QUESTIONS`, without its name and the time it took."""
    answers = [
        answer_json(ask(snapshot, TrigramEncoder(), question, limit=50, threshold=0.0))
        for question in QUESTIONS
    ]
    return [
        {key: value for key, value in found.items() if key not in ("index", "took_ms")} for found in answers
    ]


def answers(store: Path, version: str | None = None) -> list[dict[str, Any]]:
    """What a store answers to `QUESTIONS`."""
    return told(open_snapshot(store, version=version))


def from_scratch(place: Path, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """What a new store of these articles answers."""
    shutil.rmtree(place, ignore_errors=True)
    build(place / "store", [write(place / "news", texts)], TrigramEncoder())
    return answers(place / "store")


def leftovers(store: Path) -> list[str]:
    """What lies in a store and belongs to no kept version."""
    from index.store import LOCK, ROOT, SEEN, load_manifest, read_root

    root = read_root(store)
    assert root is not None
    named = {ROOT, SEEN, LOCK, *(f"versions/{name}.json" for name in root.kept)}
    for name in root.kept:
        for ref in load_manifest(store, name).segments:
            named |= {f"segments/{ref.name}/{file}" for file in ref.files}
    found = {path.relative_to(store).as_posix() for path in store.rglob("*") if path.is_file()}
    return sorted(found - named)


class PowerCut(BaseException):
    """The process is gone: nothing of it runs any more, no handler either."""


class Trial:
    """Puts a disk between the store and the real one, which counts, records and fails.

    `log` holds every effect as (name, path, further arguments); `fail` is asked before
    each with its number and may raise.
    """

    EFFECTS = ("write", "flush", "make_folder", "rename", "remove")

    def __init__(
        self, patch: pytest.MonkeyPatch, fail: Callable[[int, str, Path], None] | None = None
    ) -> None:
        self.log: list[tuple[str, Path, Any]] = []
        self._fail = fail
        for name in self.EFFECTS:
            patch.setattr(disk, name, self._wrapped(name, getattr(disk, name)))

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def effect(path: Path, *rest: Any) -> Any:
            if name == "write":
                rest = ([bytes(memoryview(chunk).cast("B")) if len(chunk) else b"" for chunk in rest[0]],)
            if self._fail is not None:
                self._fail(len(self.log), name, path)
            self.log.append((name, path, rest))
            # Nothing here loses power, so flushing would only take time.
            return None if name == "flush" else real(path, *rest)

        return effect
