"""The shapes of the contract's answers: `qa.http.wire` writes them, and the service describes itself by them.

mypy holds the one to the other, so a description cannot promise what is not sent. Offsets count
Unicode code points in the document's text, end exclusive.
"""

from __future__ import annotations

from typing import Literal

# That of `typing` tells pydantic too little before Python 3.12.
from typing_extensions import TypedDict

from index.types import Stance, VoiceStance
from qa.http.jobs import State
from qa.types import Conflict, Reason


class Span(TypedDict):
    """A stretch of a document, `text == document.text[start:end]`."""

    text: str
    start: int
    end: int


class Figure(Span):
    """A quantity as written; `low` or `high` is null where it leaves that end open."""

    low: float | None
    high: float | None
    approx: bool
    unit: Span | None
    kind: str


class Voice(TypedDict):
    """Somebody who takes a position; `resolved` is whom a pronoun stands for."""

    holder: Span
    stance: VoiceStance
    cue: Span | None
    resolved: Span | None


class Passage(Span):
    """A sentence, title or heading, with what was found in it.

    In interviews `asked` is the article's own question that it answers, and `speaker` whoever says all of it
    and is named elsewhere.
    """

    passage_id: str
    heading: str | None
    asked: Span | None
    stance: Stance
    cue: Span | None
    voices: list[Voice]
    speaker: Voice | None
    figures: list[Figure]


class Profile(TypedDict):
    """How an article as a whole commits itself, and the counts behind it."""

    label: str
    counts: dict[Stance, int]


class Document(TypedDict):
    """An article without its text; days are ISO, `published_from` tells where the day stands."""

    id: str
    title: str
    publisher: str | None
    url: str | None
    published: str | None
    published_from: str | None
    language: str | None
    sha256: str
    stance: Profile | None


class Copy(Span):
    """The same passage in another place."""

    passage_id: str
    document: Document


class Quote(Passage):
    """A passage that answers, to the letter; `score` is the chance that it does."""

    document: Document
    score: float
    before: str
    after: str
    also_in: list[Copy]


class Part(TypedDict):
    """One feature of a quote's score."""

    feature: str
    meaning: str
    value: float
    weight: float
    share: float


class ExplainedQuote(Quote):
    """A quote of `selon ask --why`, with what its score is made of."""

    why: list[Part]


class FigureRow(TypedDict):
    """A figure that answers « how many? »; `quote` is its quote's number, counted from 0."""

    figure: Figure
    quote: int
    holder: str | None
    stance: Stance
    published: str | None
    group: int
    origins: int
    apart: bool
    part: str | None


class Spread(TypedDict):
    """From the lowest to the highest figure asked for; null is an open end."""

    low: float | None
    high: float | None
    kind: str
    part: str | None
    groups: int


class Step(TypedDict):
    """What a voice says in some quotes."""

    stance: VoiceStance
    quotes: list[int]
    published: str | None


class Position(TypedDict):
    """What somebody says, with the numbers of the quotes that show it."""

    stance: VoiceStance
    holder: str
    actor: str | None
    quotes: list[int]
    steps: list[Step]
    dated: bool


class Contradiction(TypedDict):
    """Two quotes, by number, that cannot both be true."""

    kind: Conflict
    quotes: list[int]
    figures: list[Figure | None]


class Filters(TypedDict, total=False):
    """What a search is restricted to; what restricts nothing is left out."""

    stance: list[Stance]
    voice: str
    document: list[str]
    publisher: list[str]
    after: str
    before: str


class Suggestion(TypedDict):
    """A next question that the index answers."""

    kind: str
    text: str
    question: str
    filters: Filters


class Coverage(TypedDict):
    """What was searched."""

    documents: int
    passages: int
    undated: int


class Index(TypedDict):
    """Which version answered."""

    version: str
    model: str
    built: str


class Answer(TypedDict):
    """Quotes, best first, and what they add up to."""

    question: str
    language: str
    rewritten: str | None
    answered: bool
    reason: Reason | None
    quotes: list[Quote]
    figures: list[FigureRow]
    spread: Spread | None
    positions: list[Position]
    contradictions: list[Contradiction]
    suggestions: list[Suggestion]
    stances: dict[Stance, int]
    coverage: Coverage
    index: Index
    took_ms: float


class ListedDocument(Document):
    """A document, and how many passages it has."""

    passages: int


class Documents(TypedDict):
    """A page of documents; `next` is what `after` takes for the next page, null on the last."""

    documents: list[ListedDocument]
    next: str | None


class WholeDocument(TypedDict):
    """A document, its text to the letter, and its passages."""

    document: Document
    text: str
    passages: list[Passage]


class Problem(TypedDict):
    """What is wrong, and how to mend it. `code` is stable, for programs."""

    code: str
    message: str
    hint: str


class Skipped(TypedDict):
    """A file that could not be read."""

    path: str
    error: Problem


class Job(TypedDict):
    """A rebuild as it stands."""

    id: int
    state: State
    documents_read: int
    passages_encoded: int
    passages_total: int | None
    seconds_left: float | None
    started: str | None
    ended: str | None
    published: bool
    version: str | None
    skipped: list[Skipped]
    error: Problem | None


class Fate(TypedDict):
    """What became of a file that was sent."""

    name: str
    documents: list[str]
    notes: list[str]
    error: Problem | None


class Started(TypedDict):
    """The rebuild that was asked for."""

    job: Job


class Taken(Started):
    """What became of each file, and the rebuild that takes them up."""

    files: list[Fate]


class Removed(Started):
    """The document that is left out, and the rebuild that leaves it out."""

    removed: str


class Restored(Started):
    """The document that comes back, and the rebuild that brings it."""

    restored: str


class Latest(TypedDict):
    """The running or the last rebuild; null before the first."""

    job: Job | None


class Health(TypedDict):
    """The process is alive."""

    status: Literal["ok"]
    version: str


class Access(TypedDict):
    """Who may write and read."""

    writing: Literal["off", "key"]
    reading: Literal["open", "key"]


class Ready(TypedDict):
    """What it answers from; `notice` says so where that is not the current version."""

    status: Literal["ready"]
    index: Index
    coverage: Coverage
    access: Access
    notice: str | None
