"""Archives (.zip): each member is read as a file of its kind. Names are labels and never become paths.

The frame alone is opened here, by the standard library; what is inside goes where any
file goes, so that a member that hangs its reader costs that member alone.
"""

from __future__ import annotations

import io
import json
import stat
import time
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from index.formats.extract import Contents, Extract, FormatError, Refused
from index.sources.metadata import is_one_line

MOST_MEMBERS = 1_000
MOST_MEMBER = 16 * 1024 * 1024  # bytes, unpacked
MOST_UNPACKED = 256 * 1024 * 1024  # bytes, of all members
MOST_RATIO = 200  # unpacked to packed; text packs to about a fifth
MOST_SECONDS = 300.0  # for all members
_ENTRY = b"PK\x01\x02"  # begins each entry of an archive's list
_SIDECAR = "metadata.json"
_NESTED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz")

Reader = Callable[[bytes, str], Contents]


def read(data: bytes, reader: Reader, suffixes: tuple[str, ...]) -> Contents:
    """The articles of all members, in the order of their names; a bad one stops no other.

    `reader` reads files whose names end in `suffixes`; other files are left out, and counted
    in a note. Raises FormatError for what is no archive, or one that unpacks to too much.
    """
    # Counted before the library makes a record of each; members that are archives have a few.
    if data.count(_ENTRY) > 100 * MOST_MEMBERS:
        raise FormatError(f"the archive holds more than {MOST_MEMBERS} files.", "Pack fewer.", "too_large")
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except Exception as error:  # zipfile raises many kinds on a damaged list.
        raise FormatError("it is no .zip archive, or a damaged one.", "Pack it again.") from error
    with packed:
        members = sorted((m for m in packed.infolist() if _is_file(m)), key=lambda m: m.filename)
        _check(members)
        found, sidecars = _sidecars(packed, members)
        others = 0
        end = time.monotonic() + MOST_SECONDS
        for member in members:
            path = _path(member)
            if path.suffix.lower() not in (*suffixes, *_NESTED):
                others += path.name != _SIDECAR
                continue
            try:
                if time.monotonic() > end:
                    late = f"the archive took more than {MOST_SECONDS:.0f} seconds before it."
                    raise FormatError(late, "Pack fewer files.", "too_slow")
                known = sidecars.get(str(path.parent), {}).get(unicodedata.normalize("NFC", path.name))
                found.append(_member(packed, member, reader, known))
            except FormatError as error:
                found.append(_refused(path, error))
    note = (f"{others} files of other kinds were left out",) if others else ()
    return Contents(
        tuple(article for one in found for article in one.articles),
        tuple(refused for one in found for refused in one.refused),
        (*note, *(note for one in found for note in one.notes)),
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


def _is_file(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a file that a folder would show: no folder, no link, nothing hidden."""
    path = _path(member)
    hidden = any(part.startswith((".", "~$", "__MACOSX")) and part not in (".", "..") for part in path.parts)
    described = path.stem.lower() == "metadata" and path.name != _SIDECAR
    return not (member.is_dir() or stat.S_ISLNK(member.external_attr >> 16) or hidden or described)


def _path(member: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(member.filename.replace("\\", "/"))


def _label(path: PurePosixPath) -> str:
    """A name that climbs nowhere and can be shown: at most 300 characters, none of them a break."""
    named = unicodedata.normalize(
        "NFC", "/".join(part for part in path.parts if part not in ("/", "..", "."))
    )
    return "".join(char if is_one_line(char) else "\ufffd" for char in named)[-300:] or "file"


def _member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, reader: Reader, known: Any) -> Contents:
    path = _path(member)
    label = _label(path)
    if path.suffix.lower() in _NESTED:
        raise FormatError("an archive inside an archive is not opened.", "Pack its files.", "nested_archive")
    found = reader(_content(packed, member), label)
    return Contents(
        tuple(_placed(article, label, known) for article in found.articles),
        tuple(replace(refused, part=label + refused.part) for refused in found.refused),
        tuple(f"{label}: {note}" for note in found.notes),
    )


def _placed(article: Extract, label: str, known: Any) -> Extract:
    return replace(article, part=label + article.part, known=known if isinstance(known, dict) else {})


def _refused(path: PurePosixPath, error: FormatError) -> Contents:
    return Contents(refused=(Refused.of(_label(path), error),))


def _content(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 1:
        raise FormatError("it is locked by a password.", "Pack it without one.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FormatError("it is packed in a way that is not read.", "Pack it the usual way (deflate).")
    if member.file_size > MOST_MEMBER:
        raise FormatError(
            f"it has {member.file_size // 1024 // 1024} MB.", "Cut it into articles.", "too_large"
        )
    try:
        with packed.open(member) as stream:
            # The size that an archive declares may be a lie.
            data = stream.read(MOST_MEMBER + 1)
    except Exception as error:  # zipfile and zlib raise many kinds on a damaged member.
        raise FormatError("it is damaged in the archive.", "Pack it again.") from error
    if len(data) > MOST_MEMBER:
        raise FormatError("it unpacks to more than it says.", "Pack it again.", "too_large")
    return data


def _sidecars(
    packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> tuple[list[Contents], Mapping[str, Mapping[str, Any]]]:
    """What the sidecars say, by their folder; those that cannot be read are refused."""
    refused: list[Contents] = []
    said: dict[str, Mapping[str, Any]] = {}
    for member in members:
        path = _path(member)
        if path.name == _SIDECAR:
            try:
                found = json.loads(_content(packed, member).decode("utf-8-sig"))
                if not isinstance(found, dict):
                    raise ValueError
                said[str(path.parent)] = {unicodedata.normalize("NFC", name): found[name] for name in found}
            except (FormatError, ValueError, RecursionError):
                wrong = FormatError("not a JSON object keyed by file name.", "Correct it.", "bad_metadata")
                refused.append(_refused(path, wrong))
    return refused, said
