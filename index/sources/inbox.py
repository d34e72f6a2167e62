"""What users left for the next build: documents they posted, and ids they asked to leave out.

    STORE/inbox/KEY.json   a posted document as it was read, under a name of our own, sealed
    STORE/inbox/removed    the documents that builds leave out until they are restored
    STORE/inbox/state      a name for all of it, another at every change; a version keeps what it saw

Posted documents are a source of their own. Their files are named by a hash, so nothing that
a user sends becomes a path, and a new text under the same id takes the place of the old.
A short lock guards them, not the builder's: posting never waits for a build. Every document
and the list of what was removed change by one rename each, so a crash leaves each of them as it
was or as it was to be; of several that were posted at once some may be new, and posting them
again finishes that. The name is written before the changes it names, under one lock: who reads
a name sees at least what it stands for.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from index.errors import DocumentError, StoreBusy, StoreDamaged, StoreError, UnknownDocument, shown
from index.sources.names import Place
from index.storage import disk
from index.storage.corpus import Corpus
from index.storage.records import document_from_json
from index.storage.seal import sealed, unseal
from index.store import no_store, read_manifest
from index.types import Document

POSTED = "posted"  # the name of this source; those of files and folders are absolute paths
INBOX = "inbox"
_REMOVED, _STATE, _LOCK = "removed", "state", "lock"


def post(store: Path, documents: Iterable[Document]) -> None:
    """Keep documents for the next build, each under its own name; of those, what was removed is restored.

    Of several under one name the last stays. Raises NoStore, StoreError, StoreBusy.
    """
    with _changing(store) as inbox:
        gone, _ = found_removed(store)
        ids = {document.doc_id: document for document in documents}
        back = {Place(POSTED, own).key for own in ids}
        asides = [(path.with_suffix(".tmp"), path) for path in (_file(inbox, doc_id) for doc_id in ids)]
        for (aside, _), document in zip(asides, ids.values(), strict=True):
            disk.write(aside, [sealed(asdict(document))])
            disk.flush(aside)
        _renew(inbox)
        for aside, path in asides:
            disk.rename(aside, path)
        disk.flush(inbox)
        _write_removed(inbox, gone, {doc_id: key for doc_id, key in gone.items() if key not in back})


def posted(store: Path) -> list[Path]:
    """The files of the posted documents, in a fixed order."""
    return sorted((store / INBOX).glob("*.json"))


def is_posted(store: Path, own: str) -> bool:
    """Whether a document was posted under this name."""
    return _file(store / INBOX, own).exists()


def text_of(store: Path, own: str) -> str | None:
    """The text that was posted under this name; None for none, and where its file is damaged."""
    try:
        return read_posted(_file(store / INBOX, own)).text
    except DocumentError:
        return None


def place_of(store: Path, doc_id: str, corpus: Corpus) -> Place:
    """The place of the document of this id, be it posted and not built yet; raises UnknownDocument."""
    if doc_id in corpus:
        return corpus.place_of(doc_id)
    place = waiting(store, doc_id)
    names = place.first_ids() if place else ()
    gone, _ = found_removed(store)
    # What was left out is not there any more, and what has another id by now is not meant.
    if (
        place is None
        or gone.get(doc_id) == place.key
        or any(name in corpus and corpus.place_of(name) == place for name in names)
    ):
        raise UnknownDocument.named(doc_id)
    return place


def waiting(store: Path, doc_id: str) -> Place | None:
    """The place of the posted document that builds will give this id; None for none."""
    owns = (doc_id, doc_id.removeprefix(f"{POSTED}/"))
    return next((Place(POSTED, own) for own in owns if is_posted(store, own)), None)


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


def found_removed(store: Path) -> tuple[dict[str, str], StoreDamaged | None]:
    """The ids that builds leave out, each with the key of its document's place.

    Where the list cannot be read it is empty, and the damage says so.
    """
    try:
        return dict(unseal(store / INBOX / _REMOVED)), None
    except FileNotFoundError:
        return {}, None
    except (OSError, TypeError, ValueError, StoreDamaged):
        return {}, StoreDamaged(
            f"The list of removed documents of {str(store)!r} cannot be read: they come back.",
            "Remove them again, which begins a new list: selon remove DOCUMENT",
        )


def remove(store: Path, doc_id: str, place: Place) -> None:
    """Have builds leave out the document of a place, which has this id now. Nothing is purged."""
    with _changing(store) as inbox:
        gone, _ = found_removed(store)
        _write_removed(inbox, gone, {**gone, doc_id: place.key})


def restore(store: Path, doc_id: str) -> None:
    """Let a removed document come back with the next build; raises UnknownDocument, StoreDamaged."""
    with _changing(store) as inbox:
        gone, damage = found_removed(store)
        if damage:
            raise damage
        if doc_id not in gone:
            raise UnknownDocument(f"No document {shown(doc_id)} was removed.", "Check its id.")
        _write_removed(inbox, gone, {left: gone[left] for left in gone if left != doc_id})


def purge(store: Path, own: str) -> None:
    """Delete what was posted under a name."""
    path = _file(store / INBOX, own)
    if path.exists():
        with _changing(store) as inbox:
            _renew(inbox)
            disk.remove(path)
            disk.flush(inbox)


def drop_removed(store: Path, doc_id: str, keys: Collection[str]) -> None:
    """Take an id, and what was removed from the places of `keys`, off the list."""
    if (store / INBOX / _REMOVED).exists():
        with _changing(store) as inbox:
            gone, _ = found_removed(store)
            left = {name: key for name, key in gone.items() if name != doc_id and key not in keys}
            _write_removed(inbox, gone, left)


def _file(inbox: Path, doc_id: str) -> Path:
    return inbox / (hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).hexdigest()[:32] + ".json")


def _write_removed(inbox: Path, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    if after != before:
        _renew(inbox)
        disk.replace_file(inbox / _REMOVED, sealed(after))


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
            f"{disk.cure(error)}; what was there is unchanged.",
        ) from error
