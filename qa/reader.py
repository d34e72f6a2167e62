"""The versions a running service answers from: always the published one, opened once."""

from __future__ import annotations

import threading
from pathlib import Path

from index.errors import StoreError
from index.snapshot import Snapshot, open_snapshot
from index.store import current_version
from index.types import ModelStamp


class Reader:
    """Opens a version when the pointer of the store moves; an answer uses one version throughout."""

    def __init__(self, store: Path, model: ModelStamp) -> None:
        self._store = store
        self._model = model
        self._lock = threading.Lock()
        self._current = open_snapshot(store, model)
        self._pinned: Snapshot | None = None

    def snapshot(self, version: str | None = None) -> Snapshot:
        """The current version, or a kept one by its name.

        A new version that cannot be opened leaves the old one in service. Raises
        UnknownVersion, and StoreError for a pinned version that cannot be opened.
        """
        current = self._follow()
        if version is None or version == current.manifest.version:
            return current
        with self._lock:
            if self._pinned is None or self._pinned.manifest.version != version:
                self._pinned = open_snapshot(self._store, self._model, version)
            return self._pinned

    def _follow(self) -> Snapshot:
        try:
            published = current_version(self._store)
        except StoreError:
            return self._current
        if published is not None and published != self._current.manifest.version:
            with self._lock:
                if published != self._current.manifest.version:
                    try:
                        self._current = open_snapshot(self._store, self._model)
                    except StoreError:
                        return self._current
        return self._current
