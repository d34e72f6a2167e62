"""Whatever was done to a store, it answers as one that was built from scratch."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from encoders import TrigramEncoder
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from newsroom import answers, from_scratch, leftovers, write

from index.build import build
from index.errors import UnknownDocument
from index.storage import compact, disk
from index.storage.forget import forget, remember
from index.storage.manifest import ordinal
from index.storage.rollback import rollback
from index.storage.verify import verify
from index.store import current_version, kept_versions

NAMES = ("alba.txt", "bruma.txt", "cardo.txt", "duna.txt")
SENTENCES = (
    "Le gouverneur dément la fermeture du pont.",
    "Selon le ministère, 1 200 soldats seraient arrivés mardi.",
    "Selon le ministère, 1 300 soldats seraient arrivés mardi.",
    "Au moins 30 soldats ont été tués dans la nuit de mardi à mercredi.",
    "Au moins 30 soldats ont été tués dans la nuit de mardi à mercredi, selon lui.",
    "La préfecture a fermé le pont de Vireval.",
)
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
names = st.sampled_from(NAMES)

_scratch: dict[frozenset[tuple[str, str]], list[dict[str, Any]]] = {}


class Steps(RuleBasedStateMachine):
    """Adding, changing, deleting, rebuilding, rolling back and forgetting, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.store, self.news = Path(self.place.name, "store"), Path(self.place.name, "news")
        self.files: dict[str, str] = {}
        self.forgotten: set[str] = set()
        self.states: dict[int, dict[str, str]] = {}

    @initialize(some=st.lists(texts, min_size=4, max_size=4))
    def begin(self, some: list[str]) -> None:
        self.files = dict(zip(NAMES, some, strict=True))
        self.rebuild()

    @rule(name=names, text=texts)
    def put(self, name: str, text: str) -> None:
        self.files[name] = text

    @precondition(lambda self: len(self.files) > 1)
    @rule(name=names)
    def delete(self, name: str) -> None:
        self.files.pop(name, None)

    @precondition(lambda self: set(self.files) - self.forgotten)
    @rule(keep=st.integers(1, 4))
    def rebuild(self, keep: int = 3) -> None:
        if not self.files:
            return
        build(self.store, [write(self.news, self.files)], TrigramEncoder(), keep=keep)
        self.states[ordinal(current_version(self.store) or "")] = self._left(self.files)

    @rule(data=st.data())
    def roll_back(self, data: st.DataObject) -> None:
        rollback(self.store, data.draw(st.sampled_from(kept_versions(self.store))))

    @precondition(lambda self: not self.forgotten)
    @rule(name=names)
    def forget(self, name: str) -> None:
        held = any(name in self.states[ordinal(version)] for version in kept_versions(self.store))
        try:
            forget(self.store, name)
        except UnknownDocument:
            assert not held
            return
        self.forgotten.add(name)
        self.states = {number: self._left(files) for number, files in self.states.items()}

    @precondition(lambda self: self.forgotten)
    @rule()
    def remember(self) -> None:
        remember(self.store, self.forgotten.pop())

    @invariant()
    def answers_as_from_scratch(self) -> None:
        if not self.states:
            return
        for version in kept_versions(self.store):
            files = self.states[ordinal(version)]
            if files:
                assert answers(self.store, version) == self._expected(files)
        assert leftovers(self.store) == []

    def teardown(self) -> None:
        if self.states:
            assert not [checked for checked in verify(self.store) if checked.problems]
        self.place.cleanup()

    def _left(self, files: dict[str, str]) -> dict[str, str]:
        return {name: text for name, text in files.items() if name not in self.forgotten}

    def _expected(self, files: dict[str, str]) -> list[dict[str, Any]]:
        key = frozenset(files.items())
        if key not in _scratch:
            _scratch[key] = from_scratch(Path(self.place.name, "scratch"), files)
        return _scratch[key]


@pytest.fixture(autouse=True)
def _fast_and_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "flush", lambda path: None)
    # Few documents are to be tombstoned, merged and cut into several segments all the same.
    monkeypatch.setattr(compact, "_FANOUT", 3)
    monkeypatch.setattr(compact, "_DEAD_SHARE", 0.6)
    monkeypatch.setattr("index.storage.drafts.SEGMENT_PASSAGES", 8)


class TestSteps(Steps.TestCase):
    settings = settings(
        max_examples=15,
        stateful_step_count=14,
        # A failure is shown as it was found: to make it smaller would take minutes.
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow],
    )
