"""What a version says of itself: the segments it is made of, and what they add up to.

A manifest is small, and written once but for what was seen of the inbox. The segments it names
are immutable and shared with other versions; what a version no longer holds of them stands in `dead`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from index.storage.numbering import Listed
from index.types import ModelStamp

FORMAT = 3


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
    """A version.

    `fingerprint` names the rules that cut and annotated. `version`, `content`, `documents`, `passages`
    and `undated` are as `described` gives them. `forgotten` is that of the root, should the root be lost.
    `inbox` names what the last build to end with it saw of the inbox; None where that is not known.
    """

    model: ModelStamp
    fingerprint: str
    sources: tuple[str, ...]
    built: str = ""
    version: str = ""
    content: str = ""
    documents: int = 0
    passages: int = 0
    undated: int = 0
    segments: tuple[SegmentRef, ...] = ()
    forgotten: tuple[str, ...] = ()
    format: int = FORMAT
    inbox: str | None = None

    @property
    def bytes(self) -> int:
        """The size of all its segments."""
        return sum(seal.size for ref in self.segments for seal in ref.files.values())


def described(manifest: Manifest, number: int, live: Sequence[Listed]) -> Manifest:
    """The manifest of the version of this number over the documents `live`: its content, name and counts.

    The content is a hash of all that answers rest on; the name sorts by age and tells contents apart.
    """
    documents = sorted((listed.doc_id, listed.source, listed.digest) for listed in live)
    rest_on = [asdict(manifest.model), manifest.fingerprint, list(manifest.sources), documents]
    content = hashlib.sha256(json.dumps(rest_on, sort_keys=True).encode()).hexdigest()
    return replace(
        manifest,
        version=f"{number:06d}-{content[:8]}",
        content=content,
        documents=len(live),
        passages=sum(listed.last - listed.first for listed in live),
        undated=sum(not listed.dated for listed in live),
    )


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
