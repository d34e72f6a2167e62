"""The commands that look after a store: documents, versions, rollback, verify, remove, forget."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index import store
from index.errors import StoreError
from qa.commands import OK, WRONG, counted, size_of
from qa.commands.resources import opened
from qa.types import JSON


def documents(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    """List the documents of the current version: id, passages, day of publication, publisher, title."""
    from qa.http.wire import document_json

    listed = opened(settings["store"]).corpus.documents()
    if given.json:
        found = [{**document_json(document), "passages": passages} for document, passages in listed]
        print(json.dumps({"documents": found}, ensure_ascii=False, indent=2))
        return OK
    for document, passages in listed:
        told = (document.published or "no date", document.publisher, document.title)
        print(f"{document.doc_id}  {counted(passages, 'passage')}, " + ", ".join(filter(None, told)))
    return OK


def versions(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    """List the kept versions, oldest first; a star marks the one that answers.

    A version whose manifest is damaged is listed with what is wrong.
    """
    root = store.existing_root(settings["store"])
    found = [_version(settings["store"], name, name == root.current) for name in root.kept]
    if given.json:
        print(json.dumps({"versions": found}, indent=2))
    else:
        print("\n".join(map(_line, found)))
    return OK


def _version(place: Path, name: str, current: bool) -> JSON:
    try:
        manifest = store.load_manifest(place, name)
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


def _line(found: JSON) -> str:
    if "problem" in found:
        told = f"cannot be read: {found['problem']}"
    else:
        size = size_of(found["documents"], found["passages"], found["bytes"])
        told = f"{found['built']}  {size}, {found['model']}"
    return f"{'*' if found['current'] else ' '} {found['version']}  {told}"


def rollback(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    """Make a kept version current."""
    from index.storage.rollback import rollback as make_current

    root = make_current(settings["store"], given.version)
    manifest = store.read_manifest(settings["store"])
    size = size_of(manifest.documents, manifest.passages, manifest.bytes)
    print(f"Version {root.current} of {manifest.built} is current: {size}.")
    return OK


def verify(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    """Check every byte of every kept version."""
    from index.storage.verify import verify as verify_store

    found = verify_store(settings["store"])
    whole = not any(checked.problems for checked in found)
    if given.json:
        checked = [asdict(one) for one in found]
        print(json.dumps({"whole": whole, "versions": checked}, ensure_ascii=False, indent=2))
        return OK if whole else WRONG
    for one in found:
        size = size_of(one.documents, one.passages, one.bytes)
        print(f"{one.name}  " + ("damaged" if one.problems else f"whole: {size}"))
        for problem in one.problems:
            print(f"  {problem}")
    if not whole:
        print("Build the store again: selon build (what the sources hold is read again).")
    return OK if whole else WRONG


def remove(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    """Leave a document out of the versions to come, or let a removed one come back."""
    from index.sources import inbox

    place, doc_id = settings["store"], given.document
    corpus = opened(place).corpus
    if given.undo:
        inbox.restore(place, doc_id)
        print(f"{doc_id} comes back with the next build: selon build")
    else:
        inbox.remove(place, doc_id, inbox.place_of(place, doc_id, corpus))
        print(f"{doc_id} is left out from the next build on: selon build")
    return OK


def forget(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    """Purge a document from every kept version, or let a forgotten one come back."""
    from index.storage.forget import forget as purge
    from index.storage.forget import remember

    if given.undo:
        remember(settings["store"], given.document)
        print(f"{given.document} comes back with the next build that reads it.")
    else:
        root = purge(settings["store"], given.document)
        kept = counted(len(root.kept), "kept version")
        print(f"{given.document} is forgotten: no trace of it is left in {kept}.")
    return OK
