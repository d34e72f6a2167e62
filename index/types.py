"""The records that flow through the index: frozen, slotted, and built from spans.

Offsets are born once, when a text is cut, and are carried to the end: a `Span`
is made only by `Span.cut`, so its text is verbatim by construction. Offsets
count Unicode code points in `Document.text`, end exclusive.

This module imports nothing of ours, so every stage can speak its language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Stance(StrEnum):
    """How the article commits itself to what a sentence claims."""

    ASSERTS = "asserts"
    REPORTS = "reports"
    DOUBTS = "doubts"
    DENIES = "denies"
    NEUTRAL = "neutral"


class VoiceStance(StrEnum):
    """The position somebody other than the article takes."""

    ASSERTS = "asserts"
    DOUBTS = "doubts"
    DENIES = "denies"
    SILENT = "silent"


class Role(StrEnum):
    """What a passage is in its article. Titles and headings lead, sentences answer."""

    TITLE = "title"
    HEADING = "heading"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one document's text, `text == document.text[start:end]`."""

    start: int
    end: int
    text: str = field(compare=False)

    @classmethod
    def cut(cls, source: str, start: int, end: int) -> Span:
        """Cut `source[start:end]`; raises ValueError when the range is not inside it."""
        if not 0 <= start <= end <= len(source):
            raise ValueError(f"span {start}:{end} lies outside a text of {len(source)} characters")
        return cls(start, end, source[start:end])

    def overlap(self, other: Span) -> int:
        """How many characters both cover (0 where they are apart)."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who takes a position in a passage.

    `holder` and `cue` lie inside the passage. `resolved` is the span elsewhere in
    the document that a pronoun or a nameless speaker stands for, where that is safe.
    """

    holder: Span
    stance: VoiceStance
    cue: Span | None
    resolved: Span | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity, as written.

    `span` is the number with its modifier (« au moins 30 », "$30"). `low` is None for an
    upper bound alone (« jusqu'à »), `high` for a lower bound alone (« au moins »);
    otherwise `low <= high`. `unit` is what is counted, verbatim, where words behind the
    number name it. `kind` is an open set: deployed, planned, killed_or_wounded, captured, …, other.
    """

    span: Span
    low: float | None
    high: float | None
    approx: bool
    unit: Span | None
    kind: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, title, heading or line: the unit of retrieval and of annotation.

    `split` makes it with its place alone; `annotate` fills stance, cue, voices, figures, and
    `asked`, the article's own question that it answers. `speaker` is whose words all of
    it is, in an interview or where a quotation goes on: a voice whose holder is named elsewhere, or
    in a label. `paragraph` numbers the block of the article it stands in, from 0.
    """

    passage_id: str
    doc_id: str
    span: Span
    role: Role = Role.SENTENCE
    paragraph: int = 0
    heading: Span | None = None
    stance: Stance = Stance.NEUTRAL
    cue: Span | None = None
    voices: tuple[Voice, ...] = ()
    figures: tuple[Figure, ...] = ()
    asked: Span | None = None
    speaker: Voice | None = None

    @property
    def heard(self) -> tuple[Voice, ...]:
        """All who take a position in it: its voices, and its speaker."""
        return self.voices if self.speaker is None else (*self.voices, self.speaker)


@dataclass(frozen=True, slots=True)
class Profile:
    """How an article as a whole commits itself: one word, and the counts behind it.

    `label` is asserts, reports, doubts, denies, mixed or neutral.
    """

    label: str
    counts: dict[Stance, int]


@dataclass(frozen=True, slots=True)
class Document:
    """An article. `text` is that of the file to the letter, or what was read of a page, a PDF and the like.

    `title` is "" where it has none. `published` is an ISO day, `language` an ISO 639-1 code; each is
    None where nothing proves it. `published_from` tells where the day stands: "front matter",
    "sidecar", "sender", "page", "feed", "mail", "export", or "dateline" for a line of the text. `sha256`
    is that of the text in UTF-8.
    """

    doc_id: str
    text: str
    title: str
    sha256: str
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    published_from: str | None = None
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class ModelStamp:
    """What a store remembers of the model that made its vectors."""

    name: str
    revision: str
    dimension: int
    query_prompt: str = ""
    passage_prompt: str = ""

    def __str__(self) -> str:
        prompts = f", prompts {self.query_prompt!r} and {self.passage_prompt!r}" if self.query_prompt else ""
        return f"{self.name} ({self.revision}, {self.dimension} dimensions{prompts})"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as a version holds it: with its source and its passages, in text order."""

    document: Document
    source: str
    passages: tuple[Passage, ...]
