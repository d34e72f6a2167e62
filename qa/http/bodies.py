"""What requests carry, and what errors look like: the shapes that the service checks and describes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, model_validator

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
_MORE = re.compile(r" after validation|, unable to parse| or object to extract")
Errors = dict[int | str, JSON]
# What is checked where it is used, so that its error has a code of its own, is described here.
_QUESTION: JSON = {"minLength": 1, "maxLength": LONGEST}
_QUOTES: JSON = {"minimum": QUOTES[0], "maximum": QUOTES[-1]}
_DOCUMENTS: JSON = {"minimum": DOCUMENTS[0], "maximum": DOCUMENTS[-1]}
_LANGUAGE: JSON = {"enum": [*LANGUAGES, None]}
_NAME: JSON = {"type": "string", "maxLength": LONGEST_VOICE}
_VOICE: JSON = {"anyOf": [{**_NAME, "minLength": 1}, {"type": "null"}]}
_DAY: JSON = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
# As a link has them, in which a field may be empty.
_LINKED_VOICE: JSON = {"anyOf": [_NAME, {"type": "null"}]}
_LINKED_LANGUAGE: JSON = {"enum": [*LANGUAGES, "", None]}
_LINKED_DAY: JSON = {"anyOf": [*_DAY["anyOf"], {"const": ""}]}
_LINKED_NUMBER: JSON = {"type": ["integer", "string"], "maxLength": 0}


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


def _whole(value: Any) -> Any:
    """A number without a fraction as an integer: JSON has one kind of number, and 5.0 is 5."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class AskBody(BaseModel):
    """A question and how to answer it; what is null is as not given."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(examples=["Combien de soldats ?"], json_schema_extra=_QUESTION)
    limit: Annotated[StrictInt, BeforeValidator(_whole)] = Field(
        USUAL_QUOTES,
        description="how many quotes at most",
        json_schema_extra={"type": ["integer", "null"], **_QUOTES},
    )
    history: list[str] = Field(
        default=[],
        description=f"earlier questions of the conversation, oldest first; the last {DEEPEST} count",
        json_schema_extra={"type": ["array", "null"]},
    )
    language: str | None = Field(None, description="detected when null", json_schema_extra=_LANGUAGE)
    version: str | None = Field(None, description="a kept version of the index; the current one when null")
    filters: dict[str, Any] = Field(
        default={},
        description="what the search is restricted to; days are inclusive",
        json_schema_extra={"type": ["object", "null"], **_FILTERS},
        examples=[{"stance": ["doubts"]}],
    )

    @model_validator(mode="before")
    @classmethod
    def _given(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        return {name: value for name, value in raw.items() if value is not None or name not in _optional(cls)}


def _optional(model: type[BaseModel]) -> set[str]:
    return {name for name, field in model.model_fields.items() if not field.is_required()}


class _Link(BaseModel):
    """What a link carries; what is empty is as not given, since a form sends such fields all the same."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _given(cls, raw: dict[str, Any]) -> dict[str, Any]:
        filled = {
            name: [one for one in value if one] if isinstance(value, list) else value
            for name, value in raw.items()
        }
        return {name: value for name, value in filled.items() if value or name not in _optional(cls)}


class AskLink(_Link):
    """A question as a link asks it: the fields of `AskBody` and of its filters, side by side."""

    q: str = Field(description="the question", json_schema_extra=_QUESTION)
    limit: int = Field(USUAL_QUOTES, json_schema_extra={**_LINKED_NUMBER, **_QUOTES})
    history: list[str] = Field(
        default=[], description=f"earlier questions, oldest first; the last {DEEPEST} count"
    )
    language: str | None = Field(None, json_schema_extra=_LINKED_LANGUAGE)
    version: str | None = Field(None, description="a kept version of the index")
    stance: list[Annotated[str, Field(json_schema_extra={"enum": [*Stance, ""]})]] = []
    voice: str | None = Field(None, json_schema_extra=_LINKED_VOICE)
    document: list[str] = []
    publisher: list[str] = []
    after: str | None = Field(None, json_schema_extra=_LINKED_DAY)
    before: str | None = Field(None, json_schema_extra=_LINKED_DAY)
    format: Literal["json", "markdown", "bibtex", "text"] = Field(
        "json",
        description="how the answer is written",
        json_schema_extra={"enum": ["json", "markdown", "bibtex", "text", ""]},
    )
    quote: int | None = Field(
        None,
        description="one quote alone, counted from 1; not with json",
        json_schema_extra={"anyOf": [_LINKED_NUMBER, {"type": "null"}]},
    )

    def body(self) -> AskBody:
        """The same question as a program posts it."""
        return AskBody(
            question=self.q,
            limit=self.limit,
            history=self.history,
            language=self.language,
            version=self.version,
            filters={name: getattr(self, name) for name in NAMES},
        )


class DocumentsLink(_Link):
    """Which page of the documents of which version."""

    limit: int = Field(100, json_schema_extra={**_LINKED_NUMBER, **_DOCUMENTS})
    after: str | None = Field(None, description="the last id of the page before")
    version: str | None = Field(None, description="a kept version of the index; else the current one")


class DocumentLink(_Link):
    """Which version of a document: that of an answer, to check its quotes."""

    version: str | None = Field(None, description="a kept version of the index; else the current one")


_LISTS = {name for name, field in AskLink.model_fields.items() if isinstance(field.default, list)}


def check_once(given: Iterable[tuple[str, str]]) -> None:
    """Raises InputError for a field of a link that takes one value and has several: none is passed over."""
    values: dict[str, list[str]] = {}
    for name, value in given:
        values.setdefault(name, []).extend([value] if value else [])
    for name, several in values.items():
        if len(several) > 1 and name not in _LISTS:
            raise InputError(
                f"The request has query.{name} {len(several)} times: {shown(several)}.",
                f"Give it once; {', '.join(sorted(_LISTS))} may be repeated.",
            )


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
    wanted = _MORE.split(found["msg"])[0].replace("a valid dictionary", "an object")
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
