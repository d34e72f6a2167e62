"""What a version says of itself: the segments it is made of, and what they add up to.

A manifest is small, and written once but for what was seen of the inbox. The segments it names
are immutable and shared with other versions; what a version no longer holds of them stands in `dead`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from index.types import ModelStamp

FORMAT = 2


@dataclass(frozen=True, slots=True)
class FileSeal:
    """What a file must be: its SHA-256, in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SegmentRef:
    """A segment as a version uses it. `dead` are the numbers of its documents that are left out."""

    name: str
    documents: int
    passages: int
    files: Mapping[str, FileSeal]
    dead: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A version. `content` is a hash of all that its answers rest on.

    `documents`, `passages` and `undated` count what is live. `fingerprint` names the
    rules that cut and annotated. `forgotten` is that of the root, should the root be lost.
    `inbox` names what the last build to end with it saw of the inbox; None where that is not known.
    """

    version: str
    built: str
    model: ModelStamp
    fingerprint: str
    documents: int
    passages: int
    undated: int
    sources: tuple[str, ...]
    content: str
    segments: tuple[SegmentRef, ...] = ()
    forgotten: tuple[str, ...] = ()
    format: int = FORMAT
    inbox: str | None = None

    @property
    def bytes(self) -> int:
        """The size of all its segments."""
        return sum(seal.size for ref in self.segments for seal in ref.files.values())


def content_hash(
    model: ModelStamp, fingerprint: str, sources: Iterable[str], live: Iterable[tuple[str, str, str]]
) -> str:
    """A hash of what answers rest on; `live` gives (doc_id, source, digest) of each document."""
    described = [asdict(model), fingerprint, list(sources), sorted(live)]
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()


def version_name(ordinal: int, content: str) -> str:
    """A name that sorts by age and tells contents apart."""
    return f"{ordinal:06d}-{content[:8]}"


def ordinal(version: str) -> int:
    """The place of a version among all that were ever published; 0 for another name."""
    head = version.split("-")[0]
    return int(head) if head.isdigit() else 0


def manifest_json(manifest: Manifest) -> dict[str, Any]:
    """A manifest as JSON."""
    return asdict(manifest)


def manifest_from_json(raw: Mapping[str, Any]) -> Manifest:
    """The manifest that `manifest_json` wrote; raises KeyError or TypeError for another shape."""
    segments = tuple(
        SegmentRef(
            name=ref["name"],
            documents=ref["documents"],
            passages=ref["passages"],
            files={name: FileSeal(**seal) for name, seal in ref["files"].items()},
            dead=tuple(ref["dead"]),
        )
        for ref in raw["segments"]
    )
    model = ModelStamp(**raw["model"])
    lists = {name: tuple(raw[name]) for name in ("sources", "forgotten")}
    return Manifest(**{**raw, **lists, "model": model, "segments": segments})
