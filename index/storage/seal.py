"""Small JSON files that know when they were damaged: the SHA-256 of the body, then the body."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from index.errors import StoreDamaged

REBUILD = "Build the store again: selon build"


def sealed(value: Any) -> bytes:
    """`value` as the content of a sealed file."""
    body = (
        json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "surrogatepass")
        + b"\n"
    )
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unseal(path: Path) -> Any:
    """What the sealed file `path` holds.

    Raises StoreDamaged, which names the file, where a single byte of it has changed;
    OSError where it cannot be read.
    """
    seal, _, body = path.read_bytes().partition(b"\n")
    if seal.decode("ascii", "replace") != hashlib.sha256(body).hexdigest():
        raise StoreDamaged(f"The file {path.name!r} does not agree with its checksum.", REBUILD)
    return json.loads(body)
