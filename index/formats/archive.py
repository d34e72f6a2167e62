"""Archives (.zip): each member by its own format. Names are labels and never become paths."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from index.formats.extract import Contents, Extract, FormatError, Refused

MOST_MEMBERS = 1_000
MOST_MEMBER = 16 * 1024 * 1024  # bytes, unpacked
MOST_UNPACKED = 256 * 1024 * 1024  # bytes, of all members
MOST_RATIO = 200  # unpacked to packed; text packs to about a fifth
_SIDECAR = "metadata.json"

Reader = Callable[[bytes, str], Contents]


def read(data: bytes, readers: Mapping[str, Reader]) -> Contents:
    """The articles of all members, in the order of their names; a bad one stops no other.

    `readers` gives the reader of a name's ending. Raises FormatError for what is no archive,
    or one that unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = sorted((m for m in packed.infolist() if not m.is_dir()), key=lambda m: m.filename)
            _check(members)
            sidecars = {
                str(_path(member).parent): _sidecar(packed, member)
                for member in members
                if _path(member).name == _SIDECAR
            }
            found = [
                _member(packed, member, readers, sidecars)
                for member in members
                if not _passed_over(_path(member))
            ]
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise FormatError("it is no .zip archive, or a damaged one.", "Pack it again.") from error
    return Contents(
        tuple(article for one in found for article in one.articles),
        tuple(refused for one in found for refused in one.refused),
        tuple(note for one in found for note in one.notes),
    )


def _check(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise FormatError(
            f"the archive holds {len(members)} files, more than {MOST_MEMBERS}.", "Pack fewer.", "too_large"
        )
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 10_000):
        raise FormatError(
            f"the archive unpacks to {unpacked / 1024 / 1024:.0f} MB.",
            "Send the files themselves.",
            "too_large",
        )


def _path(member: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(member.filename.replace("\\", "/"))


def _passed_over(path: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in path.parts)
    return hidden or path.stem.lower() == "metadata"


def _member(
    packed: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    readers: Mapping[str, Reader],
    sidecars: Mapping[str, Mapping[str, Any]],
) -> Contents:
    path = _path(member)
    label = "/".join(part for part in path.parts if part not in ("/", "..", ".")) or "file"
    try:
        if path.suffix.lower() == ".zip":
            raise FormatError(
                "an archive inside an archive is not opened.", "Pack its files.", "nested_archive"
            )
        reader = readers.get(path.suffix.lower())
        if reader is None:
            raise FormatError("files of its kind are not read.", "Leave it out.", "not_text")
        found = reader(_content(packed, member), path.name)
    except FormatError as error:
        return Contents(refused=(Refused(label, error.message, error.hint, error.code),))
    known = sidecars.get(str(path.parent), {}).get(path.name)
    return Contents(
        tuple(_placed(article, label, known) for article in found.articles),
        tuple(replace(refused, part=label + refused.part) for refused in found.refused),
        tuple(f"{label}: {note}" for note in found.notes),
    )


def _placed(article: Extract, label: str, known: Any) -> Extract:
    if isinstance(known, dict):
        article = replace(article, fields={**article.fields, **known}, origin="sidecar")
    return replace(article, part=label + article.part)


def _content(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 1:
        raise FormatError("it is locked by a password.", "Pack it without one.")
    if member.file_size > MOST_MEMBER:
        raise FormatError(
            f"it has {member.file_size // 1024 // 1024} MB.", "Cut it into articles.", "too_large"
        )
    with packed.open(member) as stream:
        # The size that an archive declares may be a lie.
        data = stream.read(MOST_MEMBER + 1)
    if len(data) > MOST_MEMBER:
        raise FormatError("it unpacks to more than it says.", "Pack it again.", "too_large")
    return data


def _sidecar(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Mapping[str, Any]:
    try:
        found = json.loads(_content(packed, member).decode("utf-8-sig"))
    except (FormatError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
