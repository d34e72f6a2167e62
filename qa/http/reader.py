"""The versions a running service answers from: always the published one, opened once."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from pathlib import Path

from index.errors import StoreError
from index.storage.snapshot import Snapshot, open_snapshot
from index.store import Root, read_root
from index.types import ModelStamp

_log = logging.getLogger(__name__)


class Reader:
    """Opens a version when the root of the store moves; an answer uses one version throughout."""

    def __init__(self, store: Path, model: ModelStamp) -> None:
        self._store = store
        self._model = model
        self._lock = threading.Lock()
        self._current = open_snapshot(store, model)
        self._tried = self._current.manifest.version
        self._pinned: tuple[Root | None, Snapshot] | None = None
        if self._current.notice:
            _log.warning("%s", self._current.notice)

    def snapshot(self, version: str | None = None) -> Snapshot:
        """The current version, or a kept one by its name.

        A new version that cannot be opened leaves the old one in service, whose notice says so. Raises
        UnknownVersion, and StoreError for a pinned version that cannot be opened.
        """
        root = self._root()
        if root is not None and root.current != self._tried:
            self._follow(root.current)
        current = self._current
        if version is None or version == current.manifest.version:
            return current
        with self._lock:
            # What the root no longer names was pruned or forgotten, and is not served again.
            if self._pinned is None or self._pinned[0] != root or self._pinned[1].manifest.version != version:
                self._pinned = root, open_snapshot(self._store, self._model, version)
            return self._pinned[1]

    def _root(self) -> Root | None:
        try:
            return read_root(self._store)
        except StoreError:
            return None

    def _follow(self, published: str) -> None:
        with self._lock:
            if published == self._tried:
                return
            try:
                self._current = open_snapshot(self._store, self._model, published)
                self._tried = published
            except StoreError as error:
                root = self._root()
                # Where the root has moved on meanwhile, the next question tries again.
                if root is not None and root.current == published:
                    self._tried = published
                    held = f"Version {self._current.manifest.version} is still in use."
                    notice = f"{error.message} {held} {error.hint}"
                    self._current = replace(self._current, notice=notice)
                    _log.warning("%s", self._current.notice)
