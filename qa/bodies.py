"""What requests carry, and what errors look like: the shapes that the service checks and describes."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from qa.arrivals import MOST_FILES
from qa.filters import NAMES
from qa.status import STATUS


class AskBody(BaseModel):
    """A question and how to answer it."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(examples=["Combien de soldats ?"])
    limit: StrictInt = Field(5, description="how many quotes at most, 1 to 50")
    history: list[str] = Field(
        default=[], description="earlier questions of the conversation, oldest first; the last 50 count"
    )
    language: str | None = Field(None, description="fr or en; detected when null")
    version: str | None = Field(None, description="a kept version of the index; the current one when null")
    filters: dict[str, Any] = Field(
        default={},
        description=", ".join(NAMES),
        examples=[{"stance": ["doubts"]}],
    )


class AskLink(BaseModel):
    """A question as a link asks it: the fields of `AskBody` and of its filters, side by side."""

    model_config = ConfigDict(extra="forbid")
    q: str = Field(description="the question")
    limit: int = 5
    history: list[str] = Field(default=[], description="earlier questions, oldest first; the last 50 count")
    language: str | None = None
    version: str | None = Field(None, description="a kept version of the index")
    stance: list[str] = []
    voice: str | None = None
    document: list[str] = []
    publisher: list[str] = []
    after: str | None = None
    before: str | None = None
    format: Literal["json", "markdown", "bibtex", "text"] = Field(
        "json", description="how the answer is written"
    )
    quote: int | None = Field(None, description="one quote alone, counted from 1; not with json")

    def body(self) -> AskBody:
        filters = {name: value for name in NAMES if (value := getattr(self, name))}
        return AskBody(
            question=self.q,
            limit=self.limit,
            history=self.history,
            language=self.language,
            version=self.version,
            filters=filters,
        )


class PostedDocument(BaseModel):
    """A document as text, and what is known of it."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(description="a file name; its ending says how the text is read", examples=["note.txt"])
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = Field(None, description="a day, like 2024-12-16")
    language: str | None = Field(None, description="fr or en")


class PostedDocuments(BaseModel):
    """Documents to be taken in."""

    model_config = ConfigDict(extra="forbid")
    documents: list[PostedDocument] = Field(min_length=1, max_length=MOST_FILES)


class Problem(BaseModel):
    """What is wrong, and how to mend it. `code` is stable, for programs."""

    code: str
    message: str
    hint: str


class Wrong(BaseModel):
    """The one shape of all errors; `files` says, after a post, why each file was refused."""

    error: Problem
    files: list[dict[str, Any]] | None = None


def wrong(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that are errors, as its description lists them."""
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(STATUS[code], []).append(code)
    return {
        status: {"model": Wrong, "description": ", ".join(f"`{code}`" for code in named)}
        for status, named in sorted(by_status.items())
    }
