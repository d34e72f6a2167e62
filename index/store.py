"""A store on disk: immutable versions, and a pointer to the current one.

    STORE/current            the name of the current version
    STORE/lock               held by the one writer; dies with its process
    STORE/versions/NAME/     manifest.json (what the version is) and the files it names

A version is written aside, checksummed, flushed, and becomes current by one rename:
a crash at any instant leaves the old version or the new one. Readers keep the version
they opened. What the files hold is the business of `index.snapshot`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from index.errors import NoStore, StoreBusy, StoreDamaged, StoreError, StoreMismatch, UnknownVersion
from index.types import ModelStamp

FORMAT = 1
KEPT_VERSIONS = 3
REBUILD = "Build the store again: selon build"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version says of itself. `files` maps each file's name to its SHA-256."""

    version: str
    built: str
    model: ModelStamp
    fingerprint: str
    documents: int
    passages: int
    undated: int
    sources: tuple[str, ...]
    content: str
    files: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT


def current_version(store: Path) -> str | None:
    """The name of the current version, or None where nothing was built yet."""
    try:
        return (store / "current").read_text(encoding="utf-8").strip() or None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(
            f"The store {str(store)!r} cannot be read: {error.strerror}.", "Check the rights of the folder."
        ) from error


def version_folder(store: Path, version: str) -> Path:
    return store / "versions" / version


def kept_versions(store: Path) -> list[str]:
    """The names of the versions that can be opened, oldest first."""
    return sorted(path.parent.name for path in (store / "versions").glob("*/manifest.json"))


def read_manifest(store: Path, version: str | None = None) -> Manifest:
    """The manifest of `version` (default: the current one), its files present.

    Raises NoStore, UnknownVersion, StoreMismatch (another format) or StoreDamaged.
    """
    current = current_version(store)
    if current is None:
        raise NoStore(f"There is no store at {str(store)!r} yet.", "Build one: selon build seeds/articles")
    name = version or current
    if name != current and name not in (kept := kept_versions(store)):
        raise UnknownVersion(f"The version {name!r} is not kept.", f"Kept: {', '.join(kept)}.")
    folder = version_folder(store, name)
    try:
        raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise StoreMismatch(
                f"The store {str(store)!r} has format {raw['format']}; this Selon reads format {FORMAT}.",
                REBUILD,
            )
        manifest = Manifest(**{**raw, "model": ModelStamp(**raw["model"]), "sources": tuple(raw["sources"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(f"The manifest of version {name!r} cannot be read.", REBUILD) from error
    for file in manifest.files:
        if not (folder / file).is_file():
            raise StoreDamaged(f"Version {name!r} lacks its file {file!r}.", REBUILD)
    return manifest


@contextmanager
def writing(store: Path, wait: float = 10.0) -> Iterator[None]:
    """Hold the store's one writer's lock for up to `wait` seconds of waiting.

    Raises StoreBusy when another process keeps it, StoreError when the disk refuses.
    """
    from filelock import FileLock, Timeout

    try:
        store.mkdir(parents=True, exist_ok=True)
        with FileLock(store / "lock", timeout=wait):
            yield
    except Timeout as error:
        raise StoreBusy(
            f"Another process is writing the store {str(store)!r}.", "Wait for it to end, then try again."
        ) from error
    except OSError as error:
        raise StoreError(
            f"The store {str(store)!r} cannot be written: {error.strerror or error}.",
            "Free some space, or choose another folder with --store; what was there is unchanged.",
        ) from error


def publish(store: Path, manifest: Manifest, write: Callable[[Path], None]) -> Manifest:
    """Make a version out of the files that `write` puts into a folder aside, and make it current.

    Call it while `writing`. What an earlier writer left unfinished is removed first;
    the newest `KEPT_VERSIONS` versions stay. Returns the manifest with its checksums.
    """
    versions = store / "versions"
    versions.mkdir(exist_ok=True)
    for unfinished in versions.glob("*.tmp"):
        shutil.rmtree(unfinished)
    aside = versions / f"{manifest.version}.tmp"
    aside.mkdir()
    try:
        write(aside)
        files = {
            path.relative_to(aside).as_posix(): sha256(path)
            for path in sorted(aside.rglob("*"))
            if path.is_file()
        }
        manifest = replace(manifest, files=files)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        (aside / "manifest.json").write_text(text, encoding="utf-8")
        for path in [*aside.rglob("*"), aside]:
            _flush(path)
        aside.rename(version_folder(store, manifest.version))
        _flush(versions)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    pointer = store / "current.tmp"
    pointer.write_text(manifest.version + "\n", encoding="utf-8")
    _flush(pointer)
    os.replace(pointer, store / "current")
    _flush(store)
    _prune(versions, manifest.version)
    return manifest


def next_version(store: Path, content: str) -> str:
    """A name that sorts after every kept version, and tells contents apart."""
    versions = store / "versions"
    numbers = [path.name.split("-")[0] for path in versions.iterdir()] if versions.is_dir() else []
    newest = max((int(number) for number in numbers if number.isdigit()), default=0)
    return f"{newest + 1:06d}-{content[:8]}"


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _prune(versions: Path, current: str) -> None:
    older = sorted((path.name for path in versions.iterdir() if path.name != current), reverse=True)
    for name in older[KEPT_VERSIONS - 1 :]:
        shutil.rmtree(versions / name, ignore_errors=True)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
