"""The exports a store carries, one folder a model: what it was made of, its files, the verdict.

    STORE/encoders/NAME-REVISION/export.json       the record below, sealed by its checksum
    STORE/encoders/NAME-REVISION/model.onnx        texts' token numbers to the model's last layer
    STORE/encoders/NAME-REVISION/tokenizer.json
    STORE/encoders/NAME-REVISION/dense.safetensors what follows the pooling, where anything does

A model that could not be exported has the record alone, which says why.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from index.errors import StoreDamaged
from index.storage import disk
from index.storage.manifest import FileSeal
from index.storage.seal import sealed, unseal
from index.types import ModelStamp

ENCODERS, RECORD = "encoders", "export.json"
MODEL, TOKENIZER, DENSE = "model.onnx", "tokenizer.json", "dense.safetensors"
FORMAT = 1


class ExportDamaged(Exception):
    """An export does not agree with its checksums; the message names the file and the cure."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How texts become vectors around the network. `dense` names the layers' activations."""

    pooling: str = "mean"
    dense: tuple[str, ...] = ()
    max_tokens: int = 512
    pad: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """An export as the store remembers it.

    `model` is what was asked for (a name, or a folder's full path), `stamp` has the prompts
    that are the model's own. Where `used` is False, `why` says in a word why not. `checked`
    holds what was measured against sentence-transformers.
    """

    model: str
    stamp: ModelStamp
    used: bool
    why: str = ""
    recipe: Recipe = Recipe()
    checked: Mapping[str, float] = field(default_factory=dict)
    files: Mapping[str, FileSeal] = field(default_factory=dict)
    folder: Path = Path()

    @property
    def ready(self) -> bool:
        """Whether it was found to be as good as the model, on any text at all."""
        return self.used and self.checked.get("texts", 0) > 0

    def content(self, name: str) -> bytes:
        """One file, whole; raises ExportDamaged where it is not as it was written."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise _damaged(self.folder, name, error.strerror or str(error)) from error
        seal = self.files[name]
        if len(content) != seal.size:
            raise _damaged(self.folder, name, f"it has {len(content)} bytes instead of {seal.size}")
        if hashlib.sha256(content).hexdigest() != seal.sha256:
            raise _damaged(self.folder, name, "it does not agree with its checksum")
        return content


def identity(model: str) -> str:
    """What an export is found by: a folder's full path, else the name as it is."""
    folder = Path(model).expanduser()
    return str(folder.resolve()) if folder.is_dir() else model


def named(model: str) -> str:
    """The name that the stamp of `model` has: that of its folder, else the name as it is."""
    folder = Path(model).expanduser()
    return folder.resolve().name if folder.is_dir() else model


def find_export(store: Path, model: str, name: str, revision: str | None) -> Export | None:
    """The export of `model`, used or not, by its name and revision; None takes any revision.

    Raises ExportDamaged where it is there and its record is not whole.
    """
    start = _folder_name(name, revision or "")
    for path in sorted((store / ENCODERS).glob(f"{start}*")):
        rest = path.name.removeprefix(start)
        if not (rest if revision else "-" in rest or path.suffix == ".tmp"):
            export = _read(path / RECORD)
            if export.model == identity(model):
                return export
    return None


def write_export(store: Path, export: Export, files: Mapping[str, bytes]) -> Export:
    """Put an export and its files into the store, in place of an earlier one of that model.

    A crash leaves the old one, or none. Call it while the store is held for writing.
    """
    parent = store / ENCODERS
    if not parent.is_dir():
        disk.make_folder(parent)
        disk.flush(store)
    folder = parent / _folder_name(export.stamp.name, export.stamp.revision)
    aside = folder.with_name(folder.name + ".tmp")
    for path in (aside, folder):
        if path.exists():
            disk.remove_tree(path)
    disk.make_folder(aside)
    seals = {name: FileSeal(*disk.write(aside / name, [content])) for name, content in files.items()}
    disk.write(aside / RECORD, [_record(replace(export, files=seals))])
    for name in (*seals, RECORD):
        disk.flush(aside / name)
    disk.flush(aside)
    disk.rename(aside, folder)
    disk.flush(parent)
    return _read(folder / RECORD)


def rewrite_record(export: Export) -> Export:
    """Replace the record of an export that was written, and leave its files."""
    disk.replace_file(export.folder / RECORD, _record(export))
    return export


def damaged_exports(store: Path) -> dict[str, str]:
    """What is wrong with the exports of a store, by the names of their folders: every byte is read."""
    found: dict[str, str] = {}
    for folder in sorted((store / ENCODERS).glob("*")):
        if folder.suffix == ".tmp":
            continue  # what a crash left; the next build removes it
        try:
            export = _read(folder / RECORD)
            for name in export.files:
                export.content(name)
        except ExportDamaged as damage:
            found[f"{ENCODERS}/{folder.name}"] = str(damage)
    return found


def _record(export: Export) -> bytes:
    raw = asdict(export)
    del raw["folder"]
    return sealed({**raw, "format": FORMAT})


def remove_exports(store: Path, kept: set[tuple[str, str]]) -> None:
    """Remove the exports of models that are not among `kept`, given as (name, revision)."""
    names = {_folder_name(*one) for one in kept}
    for path in sorted((store / ENCODERS).glob("*")):
        if path.name not in names:
            disk.remove_tree(path)


def _folder_name(name: str, revision: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", f"{name}-{revision}").lstrip(".")


def _read(path: Path) -> Export:
    try:
        raw: dict[str, Any] = unseal(path)
        if raw.pop("format") != FORMAT:
            raise _damaged(path.parent, RECORD, "it has another format")
        return Export(
            **{
                **raw,
                "stamp": ModelStamp(**raw["stamp"]),
                "recipe": Recipe(**{**raw["recipe"], "dense": tuple(raw["recipe"]["dense"])}),
                "files": {name: FileSeal(**seal) for name, seal in raw["files"].items()},
                "folder": path.parent,
            }
        )
    except (OSError, KeyError, TypeError, ValueError, StoreDamaged) as error:
        raise _damaged(path.parent, RECORD, "it cannot be read") from error


def _damaged(folder: Path, name: str, why: str) -> ExportDamaged:
    return ExportDamaged(
        f"The encoder's file {f'{ENCODERS}/{folder.name}/{name}'!r} is damaged: {why}. "
        "sentence-transformers takes its place until the next `selon build`."
    )
