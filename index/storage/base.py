"""What a build starts from: the newest version that can be read, what of it is whole, and the damage."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.errors import DocumentError, SelonError, StoreDamaged, StoreError, StoreMismatch
from index.read import Skipped
from index.storage.manifest import Manifest, SegmentRef
from index.storage.segment import Held, Segment, open_segment
from index.storage.snapshot import THOROUGH
from index.store import ROOT, Root, clear, found_root, load_manifest, segment_folder
from index.types import ModelStamp

_READ_AGAIN = "What its sources still hold is read again."
_LOST = "No version can be read: only the sources named now, and what was posted, are read."
_LOST_ROOT = f"{_LOST} What was forgotten is not known either: forget it again."


@dataclass(slots=True)
class Base:
    """`manifest` is that of the current version, else of the newest that can be read."""

    store: Path
    root: Root | None
    manifest: Manifest | None = None
    segments: dict[str, Segment] = field(default_factory=dict)
    damage: list[Skipped] = field(default_factory=list)

    @property
    def current(self) -> Manifest | None:
        """The manifest of the current version, where it can be read."""
        is_current = self.root and self.manifest and self.manifest.version == self.root.current
        return self.manifest if is_current else None

    def held(self) -> dict[str, Held]:
        """Every live document, by its id."""
        refs = self.manifest.segments if self.manifest else ()
        return {
            listed.doc_id: Held(self.segments[ref.name], listed)
            for ref in refs
            if ref.name in self.segments
            for listed in self.segments[ref.name].living(ref)
        }

    def shared(self, kept: Iterable[Held]) -> list[SegmentRef]:
        """The segments that a version of `kept` shares with this one, without their other documents."""
        live: dict[str, set[int]] = {}
        for held in kept:
            live.setdefault(held.segment.folder.name, set()).add(held.listed.number)
        refs = self.manifest.segments if self.manifest else ()
        return [
            replace(ref, dead=tuple(n for n in range(ref.documents) if n not in live[ref.name]))
            for ref in refs
            if ref.name in live
        ]

    def reusable(self, model: ModelStamp) -> dict[str, Segment]:
        """The segments of all kept versions whose vectors the same model made, by name."""
        found: dict[str, Segment] = {}
        for name in _newest_first(self.root):
            with suppress(StoreError):
                manifest = load_manifest(self.store, name)
                for ref in manifest.segments if manifest.model == model else ():
                    if ref.name not in found:
                        with suppress(StoreDamaged):
                            found[ref.name] = self.segments.get(ref.name) or open_segment(
                                segment_folder(self.store, ref.name), ref, thorough=False
                            )
        return found


def open_base(store: Path) -> Base:
    """The base of the next build; what an earlier writer left is removed. Call it while `writing`."""
    try:
        root, damage = found_root(store)
        clear(store, root)
    except StoreDamaged as error:
        root, damage = None, error
    base = Base(store, root, damage=[damaged(ROOT, damage)] if damage else [])
    for name in _newest_first(root):
        try:
            base.manifest = load_manifest(store, name)
            break
        except (StoreMismatch, StoreDamaged) as error:
            base.damage.append(damaged(name, error))
    if base.manifest is None:
        hint = _LOST if root else _LOST_ROOT
        base.damage = [damaged(skip.path, skip.error, hint) for skip in base.damage]
        return base
    thorough = base.manifest.bytes <= THOROUGH
    for ref in base.manifest.segments:
        try:
            base.segments[ref.name] = open_segment(segment_folder(store, ref.name), ref, thorough)
        except StoreDamaged as error:
            base.damage.append(damaged(ref.name, error))
    return base


def damaged(path: str, error: SelonError, hint: str = _READ_AGAIN) -> Skipped:
    """What is said of a part of the store that cannot be read."""
    return Skipped(path, DocumentError(error.message, hint, code=error.code))


def _newest_first(root: Root | None) -> list[str]:
    """The kept versions, the current one before all others."""
    if root is None:
        return []
    return [root.current, *(name for name in reversed(root.kept) if name != root.current)]
