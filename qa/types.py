"""The records of a question and its answer: frozen, slotted, nothing of ours but the index's records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from index.types import Document, Figure, ModelStamp, Passage, Stance


class Wants(StrEnum):
    """What kind of thing would answer."""

    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    TIME = "time"
    REASON = "reason"
    YES_NO = "yes/no"
    ANYTHING = "anything"


class Reason(StrEnum):
    """Why a question was refused."""

    EMPTY_INDEX = "empty_index"
    FILTERED_OUT = "filtered_out"
    NOTHING_NEAR = "nothing_near"
    NO_FIGURE = "no_figure"
    OTHER_ACTOR = "other_actor"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `terms` are its stems in French and in English.

    `language` is "fr" or "en"; `rewritten` the whole question a follow-up stands for.
    """

    text: str
    language: str
    wants: Wants
    terms: tuple[str, ...]
    rewritten: str | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader restricts the search to; an empty tuple or None restricts nothing.

    Days are ISO (YYYY-MM-DD), bounds inclusive; undated documents are left out by them.
    """

    stance: tuple[Stance, ...] = ()
    voice: str | None = None
    document: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer. `score` is the chance that it does, 0 to 1; `parts` what it is made of."""

    number: int
    passage: Passage
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quote:
    """What the reader sees, word for word: the passage and the text around it.

    `also_in` are its near-copies in the same and in other articles, each with its document.
    """

    passage: Passage
    document: Document
    before: str
    after: str
    score: float
    why: Mapping[str, float] = field(default_factory=dict)
    also_in: tuple[tuple[Passage, Document], ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure that answers « how many? », and the number of the quote it stands in."""

    figure: Figure
    quote: int
    holder: str | None
    stance: Stance
    published: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched, in documents and passages, and how many of the documents are undated."""

    documents: int
    passages: int
    undated: int


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Which version answered."""

    version: str
    model: ModelStamp
    built: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes, best first, and what they add up to. Nothing about the news that is not a quote."""

    question: Question
    answered: bool
    reason: Reason | None
    quotes: tuple[Quote, ...]
    figures: tuple[FigureRow, ...]
    stances: Mapping[Stance, int]
    coverage: Coverage
    index: IndexInfo
    took_ms: float
