"""What users left for the next build: documents they posted, and ids they asked to leave out.

    STORE/inbox/KEY.json   a posted document as it was read, under a name of our own, sealed
    STORE/inbox/removed    the ids of documents that builds leave out until they are restored
    STORE/inbox/state      a name for all of it, another at every change; a version keeps what it saw

Posted documents are a source of their own. Their files are named by a hash, so nothing that
a user sends becomes a path, and a new text under the same id takes the place of the old.
A short lock guards them, not the builder's: posting never waits for a build. Every change
is one rename, so a crash leaves the old state or the new one. Its name is written before the
change it names, under one lock: who reads a name sees at least what it stands for.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from index import disk
from index.errors import DocumentError, StoreBusy, StoreDamaged, StoreError, UnknownDocument
from index.records import document_from_json
from index.seal import sealed, unseal
from index.store import no_store, read_manifest
from index.types import Document

POSTED = "posted"  # the name of this source; those of files and folders are absolute paths
INBOX = "inbox"
_REMOVED, _STATE, _LOCK = "removed", "state", "lock"


def post(store: Path, documents: Iterable[Document]) -> None:
    """Keep documents for the next build; what was removed under one of their ids is restored.

    Of several under one id the last stays. Raises NoStore, StoreError, StoreBusy.
    """
    with _changing(store) as inbox:
        ids = {document.doc_id: document for document in documents}
        asides = [(path.with_suffix(".tmp"), path) for path in (_file(inbox, doc_id) for doc_id in ids)]
        for (aside, _), document in zip(asides, ids.values(), strict=True):
            disk.write(aside, [sealed(asdict(document))])
            disk.flush(aside)
        _renew(inbox)
        for aside, path in asides:
            disk.rename(aside, path)
        disk.flush(inbox)
        _write_removed(inbox, {*removed(store)} - {*ids})


def posted(store: Path) -> list[Path]:
    """The files of the posted documents, in a fixed order."""
    return sorted((store / INBOX).glob("*.json"))


def is_posted(store: Path, doc_id: str) -> bool:
    """Whether a document was posted under this id."""
    return _file(store / INBOX, doc_id).exists()


def state(store: Path) -> str:
    """The name of what was left here up to now, "" before anything was; raises StoreBusy, StoreError."""
    if not (store / INBOX).is_dir():
        return ""
    with _changing(store) as inbox:
        return _state(inbox)


def is_seen(store: Path) -> bool:
    """Whether the current version is of a build that saw all that was left here."""
    if not posted(store) and not (store / INBOX / _REMOVED).exists():
        return True
    try:
        return read_manifest(store).inbox == state(store)
    except StoreError:
        return False


def read_posted(path: Path) -> Document:
    """The document in one of these files; raises DocumentError where the file is damaged."""
    try:
        return document_from_json(unseal(path))
    except (OSError, KeyError, TypeError, ValueError, StoreDamaged) as error:
        raise DocumentError(
            f"The posted document in {path.name!r} cannot be read.", "Post it again.", code="unreadable"
        ) from error


def removed(store: Path) -> tuple[str, ...]:
    """The ids that builds leave out; raises StoreDamaged."""
    try:
        return tuple(unseal(store / INBOX / _REMOVED))
    except FileNotFoundError:
        return ()
    except (OSError, TypeError, ValueError) as error:
        raise StoreDamaged(
            f"The list of removed documents of {str(store)!r} cannot be read.", "Remove them again."
        ) from error


def remove(store: Path, doc_id: str) -> None:
    """Have builds leave a document out, whatever source it is from. Nothing is purged."""
    with _changing(store) as inbox:
        _write_removed(inbox, {*removed(store), doc_id})


def restore(store: Path, doc_id: str) -> None:
    """Let a removed document come back with the next build; raises UnknownDocument."""
    with _changing(store) as inbox:
        ids = {*removed(store)}
        if doc_id not in ids:
            raise UnknownDocument(f"No document {doc_id!r} was removed.", "Check its id.")
        _write_removed(inbox, ids - {doc_id})


def purge(store: Path, doc_id: str) -> bool:
    """Delete what was posted under an id; tells whether anything was."""
    path = _file(store / INBOX, doc_id)
    if not path.exists():
        return False
    with _changing(store) as inbox:
        _renew(inbox)
        disk.remove(path)
        disk.flush(inbox)
    return True


def _file(inbox: Path, doc_id: str) -> Path:
    return inbox / (hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).hexdigest()[:32] + ".json")


def _write_removed(inbox: Path, ids: set[str]) -> None:
    if ids != {*removed(inbox.parent)}:
        _renew(inbox)
        disk.replace_file(inbox / _REMOVED, sealed(sorted(ids)))


def _state(inbox: Path) -> str:
    path = inbox / _STATE
    return path.read_text("ascii", "replace") if path.exists() else ""


def _renew(inbox: Path) -> None:
    # No clock and no count: two changes in one instant differ, and a lost file repeats no name.
    disk.replace_file(inbox / _STATE, secrets.token_hex(8).encode())


@contextmanager
def _changing(store: Path, wait: float = 10.0) -> Iterator[Path]:
    """Hold the lock of the inbox, which is made where it is not there yet."""
    from filelock import FileLock, Timeout

    if not store.is_dir():
        raise no_store(store)
    inbox = store / INBOX
    try:
        if not inbox.is_dir():
            with suppress(FileExistsError):
                disk.make_folder(inbox)
            disk.flush(store)
        with FileLock(inbox / _LOCK, timeout=wait):
            for path in inbox.glob("*.tmp"):  # what a crash left
                disk.remove(path)
            yield inbox
    except Timeout as error:
        raise StoreBusy(
            f"Another process is writing to the store {str(store)!r}.", "Try again in a moment."
        ) from error
    except OSError as error:
        raise StoreError(
            f"What was sent cannot be kept: {error.strerror or error}.",
            "Free some space; what was there is unchanged.",
        ) from error
