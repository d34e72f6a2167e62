"""What requests carry, and what errors look like: the shapes that the service checks and describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from index.errors import InputError, shown
from index.types import Stance
from qa.conversation import DEEPEST
from qa.http.arrivals import MOST_FILES
from qa.http.shapes import Fate, Problem
from qa.http.status import STATUS
from qa.limits import DOCUMENTS, QUOTES, USUAL_QUOTES
from qa.question import LONGEST
from qa.types import JSON, LANGUAGES
from qa.understanding.filters import LONGEST_VOICE, NAMES

# What pydantic adds to what it wants.
_MORE = re.compile(r" after validation|, unable to parse")
Errors = dict[int | str, JSON]
# What is checked where it is used, so that its error has a code of its own, is described here.
_QUESTION: JSON = {"minLength": 1, "maxLength": LONGEST}
_QUOTES: JSON = {"minimum": QUOTES[0], "maximum": QUOTES[-1]}
_LANGUAGE: JSON = {"enum": [*LANGUAGES, None]}
_VOICE: JSON = {"anyOf": [{"type": "string", "maxLength": LONGEST_VOICE}, {"type": "null"}]}
_DAY: JSON = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
# A form whose field is left empty sends it all the same.
_LINKED_DAY: JSON = {"anyOf": [*_DAY["anyOf"], {"const": ""}]}


def _some(one: JSON) -> JSON:
    return {"anyOf": [one, {"type": "array", "items": one}, {"type": "null"}]}


_TEXTS = _some({"type": "string"})
_FORMS = {
    "stance": _some({"type": "string", "enum": list(Stance)}),
    "voice": _VOICE,
    "after": _DAY,
    "before": _DAY,
}
_FILTERS: JSON = {
    "additionalProperties": False,
    "properties": {name: _FORMS.get(name, _TEXTS) for name in NAMES},
}


class AskBody(BaseModel):
    """A question and how to answer it."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(examples=["Combien de soldats ?"], json_schema_extra=_QUESTION)
    limit: StrictInt = Field(USUAL_QUOTES, description="how many quotes at most", json_schema_extra=_QUOTES)
    history: list[str] = Field(
        default=[],
        description=f"earlier questions of the conversation, oldest first; the last {DEEPEST} count",
    )
    language: str | None = Field(None, description="detected when null", json_schema_extra=_LANGUAGE)
    version: str | None = Field(None, description="a kept version of the index; the current one when null")
    filters: dict[str, Any] = Field(
        default={},
        description="what the search is restricted to; days are inclusive",
        json_schema_extra=_FILTERS,
        examples=[{"stance": ["doubts"]}],
    )


def _filled(value: str | list[str] | None) -> str | list[str] | None:
    """The value of a field without what is empty in it: a form sends such fields all the same."""
    return [one for one in value if one] if isinstance(value, list) else value


class AskLink(BaseModel):
    """A question as a link asks it: the fields of `AskBody` and of its filters, side by side."""

    model_config = ConfigDict(extra="forbid")
    q: str = Field(description="the question", json_schema_extra=_QUESTION)
    limit: int = Field(USUAL_QUOTES, json_schema_extra=_QUOTES)
    history: list[str] = Field(
        default=[], description=f"earlier questions, oldest first; the last {DEEPEST} count"
    )
    language: str | None = Field(None, json_schema_extra=_LANGUAGE)
    version: str | None = Field(None, description="a kept version of the index")
    stance: list[Annotated[str, Field(json_schema_extra={"enum": list(Stance)})]] = []
    voice: str | None = Field(None, json_schema_extra=_VOICE)
    document: list[str] = []
    publisher: list[str] = []
    after: str | None = Field(None, json_schema_extra=_LINKED_DAY)
    before: str | None = Field(None, json_schema_extra=_LINKED_DAY)
    format: Literal["json", "markdown", "bibtex", "text"] = Field(
        "json", description="how the answer is written"
    )
    quote: int | None = Field(None, description="one quote alone, counted from 1; not with json")

    def body(self) -> AskBody:
        """The same question as a program posts it; a field that is left empty asks for nothing."""
        filters = {name: value for name in NAMES if (value := _filled(getattr(self, name)))}
        return AskBody(
            question=self.q,
            limit=self.limit,
            history=self.history,
            language=self.language or None,
            version=self.version or None,
            filters=filters,
        )


class DocumentsLink(BaseModel):
    """Which page of the documents of which version."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(100, json_schema_extra={"minimum": DOCUMENTS[0], "maximum": DOCUMENTS[-1]})
    after: str | None = Field(None, description="the last id of the page before")
    version: str | None = Field(None, description="a kept version of the index; else the current one")


class DocumentLink(BaseModel):
    """Which version of a document: that of an answer, to check its quotes."""

    model_config = ConfigDict(extra="forbid")
    version: str | None = Field(None, description="a kept version of the index; else the current one")


class PostedDocument(BaseModel):
    """A document as text, and what is known of it."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(description="a file name; its ending says how the text is read", examples=["note.txt"])
    text: str = Field(json_schema_extra={"minLength": 1})
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = Field(None, description="a day, like 2024-12-16")
    language: str | None = Field(None, description="two letters, like fr; detected when null")


class PostedDocuments(BaseModel):
    """Documents to be taken in."""

    model_config = ConfigDict(extra="forbid")
    documents: list[PostedDocument] = Field(min_length=1, max_length=MOST_FILES)


class Wrong(BaseModel):
    """The one shape of all errors; `files` says, after a post, why each file was refused."""

    error: Problem
    files: list[Fate] | None = None


def misread(found: Mapping[str, Any]) -> InputError:
    """What pydantic found wrong with a request, in the one shape."""
    hint = "GET /docs shows what is expected."
    place, value = ".".join(map(str, found["loc"]))[:200], found.get("input")
    if found["type"] == "json_invalid":
        return InputError(f"The body is not JSON: {found['ctx']['error']}.", hint)
    if found["type"] == "missing":
        return InputError(f"The request lacks {place}.", hint)
    if isinstance(value, bytes):
        hint = "Send it with the header content-type: application/json"
        return InputError("The body is not said to be JSON.", hint)
    if found["type"] == "extra_forbidden":
        return InputError(f"The request has {place}, which is not known.", "GET /docs shows what is.")
    # A list of the wrong length is named by that, and a number says no more than that it should be one.
    given = found.get("ctx", {}).get("actual_length", shown(value))
    wanted = _MORE.split(found["msg"])[0]
    return InputError(f"The request is wrong at {place or 'body'}: {wanted}, not {given}.", hint)


def wrong(*codes: str) -> Errors:
    """The answers of a route that are errors, as its description lists them."""
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(STATUS[code], []).append(code)
    return {
        status: {"model": Wrong, "description": ", ".join(f"`{code}`" for code in named)}
        for status, named in sorted(by_status.items())
    }
