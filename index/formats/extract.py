"""What a reader of a format gives: articles, and the parts that could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]


class FormatError(ValueError):
    """A file, or a part of one, that cannot be read. `code` is that of the DocumentError to be made of it."""

    def __init__(self, message: str, hint: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.message, self.hint, self.code = message, hint, code


@dataclass(frozen=True, slots=True)
class Extract:
    """One article in a file.

    `text` has its paragraphs apart by blank lines. `part` names its place in a file of
    several ("" where the file is the article). `fields` is what the file says of it (title,
    publisher, url, published, language), unchecked; `origin` where that stands: "page",
    "feed", "mail", "file" or "export". `known` is what the sidecar of its archive says of
    it. `plain` text is that of a file to the letter, and may begin with front matter.
    """

    text: str
    part: str = ""
    fields: Fields = field(default_factory=dict)
    origin: str = "file"
    known: Fields = field(default_factory=dict)
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A part of a file that could not be read, and why."""

    part: str
    message: str
    hint: str
    code: str = "unreadable"

    @classmethod
    def of(cls, part: str, error: FormatError) -> Refused:
        """The part as refused for this error."""
        return cls(part, error.message, error.hint, error.code)


@dataclass(frozen=True, slots=True)
class Contents:
    """All that was found in a file, in its order. `notes` say how it was read, where that is not plain."""

    articles: tuple[Extract, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()


def one_line(text: object) -> str:
    """What a file says of itself, in one line; "" where it says nothing."""
    return " ".join(str(text or "").split())
