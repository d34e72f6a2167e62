"""What is known about an article beside its text: front matter and the sidecar file.

Both carry the same fields, each text or null: `title`, `publisher`, `url`,
`published` (an ISO day; of a date and time, ISO or as mails write it, the day is kept) and `language`
(ISO 639-1; of « fr-FR » the language is kept). Other fields are ignored. A field of
the wrong form is an error that names file, field and cure: a date misread in silence
would be quoted as a fact.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from index.errors import DocumentError

SIDECAR = "metadata.json"
_LONGEST = 2_000
_DAY = "Write the day as 2024-12-31, or null."
_UNSHOWN = {"Cc", "Cs", "Zl", "Zp"}
# « Mon, 16 Dec 2024 10:00:00 +0100 », as mails and feeds write a day.
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4}\b")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Each field is None where nobody gave it. `published_from` tells where `published` stands."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    published_from: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These fields, and those of `other` where these are None."""
        return replace(self, **{name: getattr(self, name) or getattr(other, name) for name in _FIELDS})


_GIVEN = ("title", "publisher", "url", "published", "language")
_FIELDS = (*_GIVEN, "published_from")


def from_front_matter(source: str, where: str) -> Metadata:
    """The fields of a YAML block; `where` names the file in errors.

    Headlines hold colons (« Vireval : le bilan »), which YAML refuses: then each field that stands
    in a line of its own is read alone, its text as written where YAML refuses that too.
    """
    fields = _loaded(source)
    if fields is None:
        fields = {}
        for line in source.splitlines():
            name, colon, rest = line.partition(":")
            if colon and name in _GIVEN:
                fields |= _loaded(line) or {name: rest.strip()}
    return from_fields(fields, where, "front matter")


def _loaded(source: str) -> dict[Any, Any] | None:
    """The mapping that a YAML text is; None where it is none."""
    import yaml

    class Plain(yaml.SafeLoader):  # type: ignore[misc]
        """Without aliases, of which a few lines can make a mapping of any size."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.MarkedYAMLError(problem_mark=self.peek_event().start_mark)
            return super().compose_node(parent, index)

    try:
        fields = yaml.load(source, Plain)
    # A value of the wrong form (`!!timestamp x`) makes YAML's own reader fail on None.
    except (yaml.YAMLError, ValueError, AttributeError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def from_sidecar(path: Path, where: str) -> Metadata:
    """The fields that `metadata.json`, in the folder of `path`, gives for that file.

    `where` names the folder's sidecar in errors. No sidecar, or no entry: no fields.
    """
    sidecar = path.parent / SIDECAR
    try:
        stat = sidecar.stat()
        entries = _entries(sidecar, where, stat.st_mtime_ns, stat.st_size)
    except (FileNotFoundError, NotADirectoryError):
        return Metadata()
    except OSError as problem:
        raise _bad(f"{where}: cannot be read ({problem.strerror}).") from problem
    fields = entries.get(_composed(path.name))
    if fields is None:
        return Metadata()
    if not isinstance(fields, dict):
        raise _bad(f"{where}: the entry for « {path.name} » is not an object of fields.")
    return from_fields(fields, f"{where}, « {path.name} »", "sidecar")


@lru_cache(maxsize=64)
def _entries(sidecar: Path, where: str, modified: int, size: int) -> Mapping[str, Any]:
    """The sidecar's object, read once while its time and size stay the same."""
    try:
        entries = json.loads(sidecar.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        line = f" (line {problem.lineno})" if isinstance(problem, json.JSONDecodeError) else ""
        raise _bad(f"{where}: not valid JSON in UTF-8{line}.") from problem
    if not isinstance(entries, dict):
        raise _bad(f"{where}: not an object keyed by file name.")
    return {_composed(name): fields for name, fields in entries.items()}


def unmatched(folder: Path, names: Iterable[str]) -> list[str]:
    """The names in a folder's sidecar that none of its files has: slips, or files that went."""
    sidecar = folder / SIDECAR
    try:
        facts = sidecar.stat()
        entries = _entries(sidecar, SIDECAR, facts.st_mtime_ns, facts.st_size)
    except (OSError, DocumentError):
        return []
    return sorted(entries.keys() - {*map(_composed, names)})


def _composed(name: str) -> str:
    """A file name in the one form of its letters: some systems take « é » apart."""
    return unicodedata.normalize("NFC", name)


def from_fields(fields: Mapping[Any, Any], where: str, origin: str) -> Metadata:
    """The fields as somebody wrote them at `origin`; raises DocumentError for one of the wrong form."""
    published = _published(fields, where)
    return Metadata(
        title=_text(fields, "title", where),
        publisher=_text(fields, "publisher", where),
        url=_url(fields, where),
        published=published,
        language=_language(fields, where),
        published_from=origin if published else None,
    )


def from_file(fields: Mapping[str, Any], where: str, origin: str) -> Metadata:
    """The fields that a program found in a file, at `origin`; those of the wrong form are left out."""
    found = Metadata()
    for name in _GIVEN:
        with suppress(DocumentError):
            found = found.over(from_fields({name: fields.get(name)}, where, origin))
    return found


def _text(fields: Mapping[Any, Any], name: str, where: str) -> str | None:
    value = fields.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise _bad(
            f"{where}: `{name}` is {_shown(value)}, not a text.",
            f'Put it in quotes, or write null: {name}: "…".',
        )
    if len(value) > _LONGEST or not is_one_line(value):
        raise _bad(f"{where}: `{name}` is not one line of at most {_LONGEST} characters.")
    return re.sub(r"[ \t]+", " ", value).strip()


def is_one_line(text: str) -> bool:
    """Whether a text can stand in a line: no break, control or half of a character; any space may."""
    return all(char == "\t" or unicodedata.category(char) not in _UNSHOWN for char in text)


def _shown(value: object) -> str:
    """A value of the wrong kind; a number may be too long to be written, a list too deep."""
    if isinstance(value, list | dict):
        return "a list"
    return repr(value) if not isinstance(value, int) or abs(value) < 10**60 else "a number"


def _url(fields: Mapping[Any, Any], where: str) -> str | None:
    value = _text(fields, "url", where)
    if value is not None and not re.match(r"https?://[^\s/]+\S*\Z", value):
        raise _bad(f"{where}: `url` is {value!r:.80}.", "Write a whole address, https://…, or null.")
    return value


def _published(fields: Mapping[Any, Any], where: str) -> str | None:
    value = fields.get("published")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is not None and not isinstance(value, str):
        raise _bad(f"{where}: `published` is {_shown(value)}.", _DAY)
    text = _text(fields, "published", where)
    if text is None:
        return None
    with suppress(ValueError):
        read = parsedate_to_datetime if _RFC_2822.match(text) else datetime.fromisoformat
        return read(text).date().isoformat()
    raise _bad(f"{where}: `published` is {text!r:.60}.", _DAY)


def _language(fields: Mapping[Any, Any], where: str) -> str | None:
    value = _text(fields, "language", where)
    if value is None:
        return None
    code = re.split(r"[-_]", value)[0].lower()
    if not re.fullmatch(r"[a-z]{2}", code):
        raise _bad(f"{where}: `language` is {value!r:.60}.", "Write two letters such as fr or en, or null.")
    return code


def _bad(message: str, hint: str = "Correct it, or remove it.") -> DocumentError:
    return DocumentError(message, hint, code="bad_metadata")
