"""The records of a question and its answer: frozen, slotted, nothing of ours but the index's records."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.types import Document, Figure, ModelStamp, Passage, Stance, VoiceStance

JSON = dict[str, Any]

# Of questions, and of what Selon says itself.
LANGUAGES = ("fr", "en")


class Wants(StrEnum):
    """What kind of thing would answer."""

    NUMBER = "number"
    PERSON = "person"
    NAME = "name"
    AGE = "age"
    ROLE = "role"
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
    """A question as understood. `terms` are the folded words that carry its matter.

    `language` is "fr" or "en"; `rewritten` the question as it was understood, where that is
    not as typed: a follow-up made whole, slips mended.
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
class Parts(Mapping[str, float]):
    """What a score is made of: one candidate's features, read from the columns of all only when asked for."""

    columns: Mapping[str, NDArray[np.float64]]
    row: int

    def __getitem__(self, name: str) -> float:
        return float(self.columns[name][self.row])

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that may answer.

    `odds` are the log-odds that it does, made of `parts`, and `behind` is how much likelier
    another candidate is to come first, in log-odds, 0 or more.
    """

    number: int
    passage: Passage
    odds: float
    behind: float = 0.0
    parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The chance that the passage answers, 0 to 1."""
        return round(1 / (1 + math.exp(-self.odds)), 4)

    @property
    def standing(self) -> float:
        """By which hits are ordered, in log-odds."""
        return round(self.odds - self.behind, 4)


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
    """A figure that answers « how many? », and the number of the quote it stands in.

    `holder` is who gives it, by name where a pronoun stands in the quote. Rows of one
    `group` give the same figure for the same thing, from `origins` that do not copy one
    another. `apart`: it counts something else than was asked (planned, not done), or is not given by
    the one whose figure was asked for. `part`:
    which part of its kind it counts (killed, wounded), as `qa.understanding.parts` tells it.
    """

    figure: Figure
    quote: int
    holder: str | None
    stance: Stance
    published: str | None
    group: int = 0
    origins: int = 1
    apart: bool = False
    part: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """From the lowest to the highest of the figures asked for. Never an average.

    None stands for an end that some figure leaves open (« au moins 30 » has no highest). `groups`:
    how many of them differ, 2 at least. `part`: which part of its kind all of them count, "" where
    they do not count one.
    """

    low: float | None
    high: float | None
    kind: str
    groups: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What a voice says in some quotes, and on which day where one is known."""

    stance: VoiceStance
    quotes: tuple[int, ...]
    published: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """What somebody says, with the numbers of the quotes that show it.

    `steps` are filled where the same holder says different things: in time where all
    days are known and not one (`dated`), else in the order of the quotes.
    """

    stance: VoiceStance
    holder: str
    actor: str | None
    quotes: tuple[int, ...]
    steps: tuple[Step, ...] = ()
    dated: bool = False


class Conflict(StrEnum):
    """In what two quotes contradict each other."""

    FIGURES = "figures"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two quotes, by number, that cannot both be true, with the figures that are apart."""

    kind: Conflict
    quotes: tuple[int, int]
    figures: tuple[Figure | None, Figure | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A next question that the index answers: `question` asked with `filters`, shown as `text`.

    `kind` is voice, dissent, document or figure.
    """

    kind: str
    text: str
    question: str
    filters: Filters


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
    spread: Spread | None = None
    positions: tuple[Position, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
