"""Making an earlier version current: only one that opens, for answers come from it at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.errors import UnknownVersion
from index.storage.manifest import ordinal
from index.storage.snapshot import open_snapshot
from index.store import Root, changing, swap_root


def rollback(store: Path, version: str | None = None) -> Root:
    """Make a kept version (default: the one before the current) the current one again.

    The versions after it stay, until builds push them out. Raises NoStore, UnknownVersion
    or StoreDamaged (the version does not open); then the current one stays what it is.
    """
    with changing(store) as root:
        earlier = [name for name in root.kept if ordinal(name) < ordinal(root.current)]
        if version is None and not earlier:
            raise UnknownVersion(
                f"No version before {root.current} is kept.", f"Kept: {', '.join(root.kept)}."
            )
        opened = open_snapshot(store, version=earlier[-1] if version is None else version)
        root = replace(root, current=opened.manifest.version)
        swap_root(store, root)
        return root
