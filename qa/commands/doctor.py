"""`selon doctor`: what is installed, which model, which store, what is wrong and how to mend it."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import DocumentError, SelonError
from index.models import DEFAULT_MODEL
from index.sources import inbox
from index.sources.names import forgotten
from index.store import found_root, read_manifest
from qa import __version__
from qa.commands import OK, WRONG, counted, size_of
from qa.commands.resources import encoder

if TYPE_CHECKING:
    from index.encode import Encoder

_LEAST_FREE = 500_000_000  # bytes: a build of some ten thousand articles


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. Where it is not well, `cure` says what to do."""

    name: str
    well: bool
    said: str
    cure: str = ""


def doctor(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    findings = examine(settings, lambda: encoder(settings))
    healthy = all(finding.well for finding in findings)
    if given.json:
        shown = [asdict(finding) for finding in findings]
        print(json.dumps({"well": healthy, "findings": shown}, ensure_ascii=False, indent=2))
        return OK if healthy else WRONG
    for found in findings:
        print(f"{'ok   ' if found.well else 'WRONG'} {found.name}: {found.said}")
        if found.cure:
            print(f"      {found.cure}")
    return OK if healthy else WRONG


def examine(settings: dict[str, Any], load: Callable[[], Encoder]) -> list[Finding]:
    """Look at everything; nothing is changed, and nothing that is wrong stops the looking.

    `load` gives the encoder.
    """
    store, loaded = settings["store"], cache(load)
    checks = {
        "installed": _installed(),
        "encoder": _encoders(store),
        "model": _model(settings["model"], loaded),
        "store": _store(store, loaded),
        "inbox": _inbox(store),
        "access": _access(settings),
        "disk": _disk(store),
    }
    return [finding for name, check in checks.items() for finding in _looked(name, check)]


def _looked(name: str, check: Iterable[Finding]) -> Iterator[Finding]:
    try:
        yield from check
    except SelonError as error:
        yield Finding(name, False, error.message, error.hint)
    except OSError as error:
        said = f"{error.filename} cannot be read: {error.strerror}" if error.filename else _named(error)
        yield Finding(name, False, said, "Check its rights, and the disk.")
    except ImportError as error:
        yield Finding(name, False, _named(error), "Mend that, and look again.")


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _installed() -> Iterator[Finding]:
    yield Finding(
        "selon", True, f"{__version__} on Python {platform.python_version()}, {platform.platform()}"
    )
    found, missing = [], []
    for name in _required():
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    yield Finding("packages", True, ", ".join(found))
    if missing:
        cure = f"pip install {' '.join(missing)}"
        yield Finding("packages", False, f"not installed: {', '.join(missing)}", cure)


def _required() -> list[str]:
    """The packages that Selon needs, those of its extras left out."""
    lines = [line for line in requires("selon") or [] if "extra ==" not in line]
    return [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines]


def _encoders(store: Path) -> Iterator[Finding]:
    from index.encoders.folder import damaged_exports

    for damage in damaged_exports(store).values():
        yield Finding("encoder", False, damage, "Have it made again: selon build")


def _model(model: str, load: Callable[[], Encoder]) -> Iterator[Finding]:
    loaded = load()
    loaded.encode_questions(["?"])
    yield Finding("model", True, f"{loaded.stamp}, by {type(loaded).__name__}")
    if model == DEFAULT_MODEL:
        from index.models.load import bundled_files

        digest = hashlib.sha256(bundled_files()["model.safetensors"]).hexdigest()
        yield Finding("model file", True, f"sha256 {digest}")


def _store(store: Path, load: Callable[[], Encoder]) -> Iterator[Finding]:
    root, damage = found_root(store)
    if root is None:
        yield Finding("store", False, f"there is none at {str(store)!r}", "Build one: selon build PATH")
        return
    if damage:
        yield Finding("store", False, damage.message, damage.hint)
    manifest = read_manifest(store)
    size = size_of(manifest.documents, manifest.passages, manifest.bytes)
    said = f"{store}: version {manifest.version} of {manifest.built}, {size}, by {manifest.model.name}"
    yield Finding("store", True, said)
    kept = [name for name in root.kept if name != root.current]
    yield Finding("versions", True, f"kept beside it: {', '.join(kept) or 'none'}")
    if root.forgotten:
        count = len(forgotten(root.forgotten).owners)
        yield Finding("forgotten", True, f"stay out for good: {counted(count, 'document')}")
    for name in manifest.sources:
        well = name == inbox.POSTED or Path(name).exists()
        cure = "" if well else "What it held is kept. Bring it back, or build a new store without it."
        yield Finding("source", well, name if well else f"{name} is not there", cure)
    yield from _opened(store, load)


def _opened(store: Path, load: Callable[[], Encoder]) -> Iterator[Finding]:
    from index.storage.snapshot import open_snapshot

    snapshot = open_snapshot(store, load().stamp)
    if snapshot.notice:
        yield Finding("opened", False, snapshot.notice, "See what is damaged: selon verify")
    else:
        yield Finding("opened", True, "it opens; selon verify checks every byte")


def _inbox(store: Path) -> Iterator[Finding]:
    files = inbox.posted(store)
    damaged = 0
    for path in files:
        try:
            inbox.read_posted(path)
        except DocumentError:
            damaged += 1
    said = f"{counted(len(files), 'document')}, {damaged} of them damaged"
    yield Finding("posted", not damaged, said, "Post them again." if damaged else "")
    gone, damage = inbox.found_removed(store)
    if damage:
        yield Finding("removed", False, damage.message, damage.hint)
    else:
        yield Finding("removed", True, f"left out until restored: {counted(len(gone), 'document')}")


def _access(settings: dict[str, Any]) -> Iterator[Finding]:
    writing = "on, with a key" if settings["api_key"] else "off (SELON_API_KEY switches it on)"
    reading = "with a key" if settings["read_key"] else "open"
    yield Finding("service", True, f"writing is {writing}; reading is {reading}")


def _disk(store: Path) -> Iterator[Finding]:
    folder = store.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    cure = "" if free >= _LEAST_FREE else "Free some space, or choose another folder with --store."
    yield Finding("disk", not cure, f"{free / 1e9:.1f} GB free", cure)
    if not os.access(folder, os.W_OK):
        yield Finding(
            "rights",
            False,
            f"{folder} cannot be written",
            "Builds write there: take the right to, or choose another folder with --store.",
        )
