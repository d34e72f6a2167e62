"""A store on disk: immutable versions over shared segments, and one root that names them.

    STORE/current             the root: the current version, the kept ones, what was forgotten
    STORE/versions/NAME.json  a manifest: the segments of a version, and what of them is left out
    STORE/segments/NAME/      documents with their passages, vectors and words; never changed
    STORE/encoders/NAME/      a model as ONNX, for encoding without torch (index/encoders/folder.py)
    STORE/seen.json           what the files of the sources looked like when last read
    STORE/lock                held by the one writer; dies with its process

All is written aside and flushed before the root names it, and the root is replaced by one
rename: a crash at any instant leaves the old state or the new one. What the root does not
name is removed by the next writer. Readers keep what they opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.errors import (
    NoStore,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreMismatch,
    UnknownVersion,
    shown,
)
from index.storage import disk
from index.storage.manifest import FORMAT, Manifest, manifest_from_json, manifest_json, ordinal
from index.storage.seal import REBUILD, sealed, unseal

KEPT_VERSIONS = 3
ROOT, VERSIONS, SEGMENTS, SEEN, LOCK = "current", "versions", "segments", "seen.json", "lock"


@dataclass(frozen=True, slots=True)
class Root:
    """What the store holds: `kept` are the versions that can be opened, oldest first.

    `forgotten` are hashes of the ids of documents that must not come back.
    """

    current: str
    kept: tuple[str, ...]
    forgotten: tuple[str, ...] = ()


def read_root(store: Path) -> Root | None:
    """The root, or None where nothing was built yet.

    Raises StoreDamaged (also where it is gone and its versions are there), or StoreError (cannot
    be read).
    """
    try:
        raw = unseal(store / ROOT)
        return Root(raw["current"], tuple(raw["kept"]), tuple(raw["forgotten"]))
    except (FileNotFoundError, NotADirectoryError):
        # Versions without a root are a store that lost it: none to be begun anew.
        if any((store / VERSIONS).glob("*.json")):
            raise StoreDamaged(f"The file {ROOT!r} of the store is missing.", REBUILD) from None
        return None
    except OSError as error:
        raise StoreError(
            f"The store {str(store)!r} cannot be read: {error.strerror}.", "Check the rights of the folder."
        ) from error
    except (KeyError, TypeError, ValueError) as error:
        raise StoreDamaged(f"The file {ROOT!r} of the store has another shape.", REBUILD) from error


def found_root(store: Path) -> tuple[Root | None, StoreDamaged | None]:
    """The root; where it is damaged, one made of the manifests that are whole, and the damage."""
    try:
        return read_root(store), None
    except StoreDamaged as damage:
        whole = []
        for path in sorted((store / VERSIONS).glob("*.json")):
            with suppress(StoreError):
                whole.append(load_manifest(store, path.stem))
        if not whole:
            raise
        newest = whole[-1]
        return Root(newest.version, tuple(found.version for found in whole), newest.forgotten), damage


def existing_root(store: Path) -> Root:
    """The root of a store that is there, as `found_root` finds it; raises NoStore where none is."""
    root, _ = found_root(store)
    if root is None:
        raise no_store(store)
    return root


def current_version(store: Path) -> str | None:
    """The name of the current version, or None where nothing was built yet."""
    root = read_root(store)
    return root.current if root else None


def kept_versions(store: Path) -> list[str]:
    """The names of the versions that can be opened, oldest first."""
    root, _ = found_root(store)
    return list(root.kept) if root else []


def segment_folder(store: Path, name: str) -> Path:
    return store / SEGMENTS / name


def load_manifest(store: Path, version: str) -> Manifest:
    """The manifest of one version, whole; raises StoreDamaged or StoreMismatch."""
    path = store / VERSIONS / f"{version}.json"
    try:
        raw = unseal(path)
        if raw["format"] != FORMAT:
            raise StoreMismatch(
                f"The store {str(store)!r} has format {raw['format']}; this Selon reads format {FORMAT}.",
                "Build it again, naming all it is made of: selon build PATH …",
            )
        return manifest_from_json(raw)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise StoreDamaged(f"The file {f'{VERSIONS}/{path.name}'!r} cannot be read.", REBUILD) from error


def read_manifest(store: Path, version: str | None = None) -> Manifest:
    """The manifest of `version` (default: the current one).

    Raises NoStore, UnknownVersion, StoreMismatch (another format) or StoreDamaged.
    """
    root = existing_root(store)
    if version is not None and version not in root.kept:
        raise UnknownVersion(f"The version {shown(version)} is not kept.", f"Kept: {', '.join(root.kept)}.")
    return load_manifest(store, version or root.current)


def no_store(store: Path) -> NoStore:
    return NoStore(f"There is no store at {str(store)!r} yet.", "Build one: selon build FOLDER")


@contextmanager
def writing(store: Path, wait: float = 10.0) -> Iterator[None]:
    """Hold the store's one writer's lock for up to `wait` seconds of waiting.

    Raises StoreBusy when another process keeps it, StoreError when the disk refuses.
    """
    from filelock import FileLock, Timeout

    try:
        store.mkdir(parents=True, exist_ok=True)
        with FileLock(store / LOCK, timeout=wait):
            for folder in (VERSIONS, SEGMENTS):
                if not (store / folder).is_dir():
                    disk.make_folder(store / folder)
                    disk.flush(store)
            yield
    except Timeout as error:
        raise StoreBusy(
            f"Another process is writing the store {str(store)!r}.", "Wait for it to end, then try again."
        ) from error
    except OSError as error:
        raise StoreError(
            f"The store {str(store)!r} cannot be written: {error.strerror or error}.",
            f"{disk.cure(error)}, or choose another folder with --store; "
            "the store is whole, as it was or as asked for.",
        ) from error


@contextmanager
def changing(store: Path) -> Iterator[Root]:
    """Hold the writer's lock of a store that exists, with its root; raises NoStore and makes nothing."""
    existing_root(store)
    with writing(store):
        yield existing_root(store)


def next_ordinal(store: Path, root: Root | None) -> int:
    """The number of the next version: above all that the store has a trace of."""
    traces = [path.stem for folder in (VERSIONS, SEGMENTS) for path in (store / folder).iterdir()]
    traces = [trace.replace(".", "-") for trace in traces]
    return max(map(ordinal, [*traces, *(root.kept if root else ())]), default=0) + 1


def swap_root(store: Path, root: Root) -> list[Path]:
    """Make `root` the state of the store at once, then `clear`; returns what that left."""
    disk.replace_file(
        store / ROOT, sealed({"current": root.current, "kept": root.kept, "forgotten": root.forgotten})
    )
    return clear(store, root)


def write_manifest(store: Path, manifest: Manifest) -> None:
    """Write a version's manifest beside the others, or in place where only `inbox` changes."""
    disk.replace_file(store / VERSIONS / f"{manifest.version}.json", sealed(manifest_json(manifest)))


def publish(store: Path, manifest: Manifest, root: Root | None, keep: int = KEPT_VERSIONS) -> Root:
    """Make `manifest`, whose segments are written and flushed, the current version.

    The newest `keep` versions stay. Call it while `writing`.
    """
    write_manifest(store, manifest)
    kept = sorted({*(root.kept if root else ()), manifest.version}, key=ordinal)[-keep:]
    published = Root(manifest.version, tuple(kept), root.forgotten if root else ())
    swap_root(store, published)
    return published


def clear(store: Path, root: Root | None) -> list[Path]:
    """Remove what the root does not name: what a writer left unfinished, and what was given up.

    Where a kept manifest is damaged, the segments stay: nobody knows which it needs. Returns
    what could not be removed. It harms nothing, and the next writer tries again.
    """
    kept = root.kept if root else ()
    versions, segments = sorted((store / VERSIONS).iterdir()), sorted((store / SEGMENTS).iterdir())
    try:
        used = {ref.name for version in kept for ref in load_manifest(store, version).segments}
    except StoreError:
        used = {path.name for path in segments}
    unnamed = [path for path in versions if path.suffix != ".json" or path.stem not in kept]
    unnamed += [path for path in segments if path.suffix == ".tmp" or path.name not in used]
    unnamed += sorted(store.glob("*.tmp"))
    left = []
    for path in unnamed:
        try:
            disk.remove_tree(path)
        except OSError:
            left.append(path)
    return left
