"""The commands that look after a store: versions, rollback, verify, remove, forget."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.errors import StoreError
from index.store import existing_root, load_manifest, read_manifest, rollback
from qa.types import JSON


def list_versions(store: Path) -> list[JSON]:
    """The kept versions, oldest first, as JSON; `current` marks the one that answers.

    Raises NoStore. A version whose manifest is damaged is listed with what is wrong.
    """
    root = existing_root(store)
    return [_version(store, name, name == root.current) for name in root.kept]


def _version(store: Path, name: str, current: bool) -> JSON:
    try:
        manifest = load_manifest(store, name)
    except StoreError as error:
        return {"version": name, "current": current, "problem": error.message}
    return {
        "version": name,
        "current": current,
        "built": manifest.built,
        "documents": manifest.documents,
        "passages": manifest.passages,
        "model": manifest.model.name,
        "segments": len(manifest.segments),
        "bytes": manifest.bytes,
    }


def say_versions(versions: list[JSON]) -> str:
    """The same for people, one line a version, a star before the current one."""
    return "\n".join(
        f"{'*' if found['current'] else ' '} {found['version']}  "
        + (
            f"damaged: {found['problem']}"
            if "problem" in found
            else f"{found['built']}  {found['documents']} documents, {found['passages']} passages, "
            f"{found['bytes'] / 1e6:.1f} MB, {found['model']}"
        )
        for found in versions
    )


def roll_back(store: Path, version: str | None) -> str:
    """Make a kept version current; says which."""
    root = rollback(store, version)
    manifest = read_manifest(store)
    return (
        f"Version {root.current} of {manifest.built} is current: {manifest.documents} documents, "
        f"{manifest.passages} passages."
    )


def check(store: Path) -> tuple[list[dict[str, Any]], str, bool]:
    """Verify every kept version: as JSON, for people, and whether all is whole."""
    from index.storage.verify import verify

    found = verify(store)
    lines = []
    for checked in found:
        size = f"{checked.documents} documents, {checked.passages} passages, {checked.bytes / 1e6:.1f} MB"
        lines.append(f"{checked.name}  " + ("damaged" if checked.problems else f"whole: {size}"))
        lines += [f"  {problem}" for problem in checked.problems]
    whole = not any(checked.problems for checked in found)
    if not whole:
        lines.append("Build the store again: selon build (what the sources hold is read again).")
    return [asdict(checked) for checked in found], "\n".join(lines), whole


def remove_document(store: Path, doc_id: str, undo: bool) -> str:
    """Leave a document out of the versions to come, or let a removed one come back.

    Raises NoStore, UnknownDocument.
    """
    from index.sources.inbox import place_of, remove, restore
    from index.storage.snapshot import open_snapshot

    corpus = open_snapshot(store).corpus
    if undo:
        restore(store, doc_id)
        return f"{doc_id} comes back with the next build: selon build"
    remove(store, doc_id, place_of(store, doc_id, corpus))
    return f"{doc_id} is left out from the next build on: selon build"


def forget_document(store: Path, doc_id: str, undo: bool) -> str:
    """Purge a document from every kept version, or let a forgotten one come back."""
    from index.storage.forget import forget, remember

    if undo:
        remember(store, doc_id)
        return f"{doc_id} comes back with the next build that reads it."
    root = forget(store, doc_id)
    return f"{doc_id} is forgotten: no trace of it is left in the {len(root.kept)} kept versions."
