"""What a sentence claims, in words that can be held against those of another.

The words that decide stand in claims.toml: negations, plans, parts, times, words of one
meaning and of contrary ones, French and English together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from index.lexical import fold, terms, words
from index.types import Passage, Span, Stance, VoiceStance
from qa.tables import any_of, read_table
from qa.understanding.beginnings import Beginnings
from qa.understanding.capitals import capitalised

# The most stems of a sentence that is one clause.
_SHORT = 8
# The least root of « disallow ».
_ROOT = 5
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_]{3})")
_CLAUSE = re.compile(r"[,:;»”–—]")
_BESIDES = re.compile(r"\s(?:et|and|mais|but)\s|\s?[:;]\s", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_COMMA = re.compile(r",(?=\s)|[;:()«»—]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence: its matter, whether it says no, and its contrary words (an axis, an end).

    `reverses` are the stems whose contrary it holds by a prefix: "allow" of « disallow ».
    """

    stems: tuple[str, ...]
    negated: bool
    poles: frozenset[tuple[int, int]]
    reverses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence shows of itself to be held against another.

    `stems` carry its matter, without figures and words of telling; `speakers` are those that
    name who tells it. `tentative`: it is planned, feared or asked; `changing`: its figures move.
    """

    passage: Passage
    stems: tuple[str, ...]
    speakers: frozenset[str]
    names: frozenset[str]
    times: frozenset[str]
    scopes: frozenset[str]
    clauses: tuple[Clause, ...]
    tentative: bool
    changing: bool


@lru_cache(maxsize=4_096)
def claim_of(passage: Passage, language: str | None) -> Claim:
    """What `passage` claims, in words that can be compared."""
    text = passage.span.text
    folded = fold(text)
    holders = [word for voice in passage.voices for word in words(voice.holder.text)]
    spoken = [meaning(word) for word in holders] + [
        stem for word in holders for stem in terms(word, language)
    ]
    named = {meaning(fold(name)) for name in capitalised(text)}
    times = frozenset(found.group().strip() for found in _pattern("times").finditer(folded))
    matter = _matter(passage, 0, len(text), language)
    return Claim(
        passage,
        matter,
        frozenset(spoken),
        frozenset(name for name in named - times if not {*spoken}.issuperset(words(name))),
        times,
        frozenset(found.group() for found in _pattern("scopes").finditer(folded)),
        tuple(_clause(passage, start, end, language) for start, end in _cut(text, len(matter))),
        bool(_pattern("planned").search(folded)) or folded.rstrip().endswith("?"),
        bool(_pattern("changes").search(folded)),
    )


def _clause(passage: Passage, start: int, end: int, language: str | None) -> Clause:
    stems = _matter(passage, start, end, language)
    return Clause(
        stems,
        _negated(passage, start, end),
        frozenset(_contraries().among(words(passage.span.text[start:end]))),
        frozenset(_reversed(stems)),
    )


def _reversed(stems: Iterable[str]) -> Iterator[str]:
    """What is left of `stems` behind a prefix that makes a contrary."""
    prefixes = data()["reversing"].split()
    for stem in stems:
        rests = (stem.removeprefix(prefix) for prefix in prefixes if stem.startswith(prefix))
        yield from (rest for rest in rests if len(rest) >= _ROOT)


def _cut(text: str, size: int) -> list[tuple[int, int]]:
    """Where the clauses of a sentence of `size` stems stand."""
    # A short sentence says one thing, whatever its commas, but for « alors que » and its like.
    whole = size <= _SHORT and not _joint().search(text)
    cuts = (
        [] if whole else sorted(found.span() for mark in (_COMMA, _joint()) for found in mark.finditer(text))
    )
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]


def _negated(passage: Passage, start: int, end: int) -> bool:
    """Whether a clause says no: by a word, or by somebody's denial; both make a yes."""
    said = _pattern("negations").search(fold(passage.span.text[start:end]))
    cues = [voice.cue for voice in passage.voices if voice.stance is VoiceStance.DENIES]
    cues += [passage.cue] if passage.stance is Stance.DENIES else []
    # « n'a pas reconnu » is one no, though it is a denial in a word of negation.
    denied = [
        cue
        for cue in cues
        if cue is not None
        and start <= cue.start - passage.span.start < end
        and not _pattern("negations").search(fold(cue.text))
    ]
    return bool(said) != bool(denied)


def negated_at(passage: Passage, span: Span) -> bool:
    """Whether what stands between the commas around `span` says no."""
    text, offset = passage.span.text, passage.span.start
    at = span.start - offset
    start = max((cut.end() for cut in _COMMA.finditer(text, 0, at)), default=0)
    end = next((cut.start() for cut in _COMMA.finditer(text, at)), len(text))
    return _negated(passage, start, end)


def denies_before(passage: Passage, language: str | None) -> bool:
    """Whether somebody in `passage` denies what stands before it and nothing else: "Lee denied that."."""
    denied = [voice for voice in passage.heard if voice.stance is VoiceStance.DENIES]
    spans = [span for voice in denied for span in (voice.holder, voice.cue) if span is not None]
    known = {word for span in spans for word in words(span.text)}
    if not denied:
        return False
    # « Celle-ci dément et dit n'avoir rien vu. », « Il nie : « … » »: what follows is told besides.
    cue = max((voice.cue.end - passage.span.start for voice in denied if voice.cue), default=0)
    besides = _BESIDES.search(passage.span.text, cue)
    text = passage.span.text[: besides.start()] if besides else passage.span.text
    timeless = _pattern("times").sub(" ", fold(text))
    rest = (word for word in words(timeless) if word not in known and terms(word, language))
    # « C'est faux, tranche la juge : le tableau a été vendu. » denies it before it says more.
    opening = [word for word in words(_CLAUSE.split(passage.span.text)[0]) if terms(word, language)]
    outright = opening and all(_known("taken_up").of(word) for word in opening)
    return bool(outright) or all(_known("taken_up").of(word) for word in rest)


def _matter(passage: Passage, start: int, end: int, language: str | None) -> tuple[str, ...]:
    """The stems of a part of a sentence, without figures and words of telling; those of one meaning alike."""
    text, at = "", start
    for figure in passage.figures:
        if start <= figure.span.start - passage.span.start < end:
            text += passage.span.text[at : figure.span.start - passage.span.start] + " "
            at = figure.span.end - passage.span.start
    found = []
    # « nord-coréen » is one word, and so no « sud-coréen ».
    for word in words(_HYPHEN.sub("", text + passage.span.text[at:end])):
        stem = terms(word, language)
        if stem and not word.isdigit() and not _known("told").of(word):
            found.append(min(_known("same").of(word), default=stem[0]))
    return tuple(dict.fromkeys(found))


def names_known(claim: Claim, text: str) -> bool:
    """Whether every name of `claim` stands in `text`, in any word of its meaning."""
    known = set(words(text))
    known |= {meaning(word) for word in known}
    return all(name in known or known.issuperset(words(name)) for name in claim.names)


def years(text: str) -> frozenset[str]:
    """The years that `text` names."""
    return frozenset(_YEAR.findall(text))


def begin_alike(stem: str, other: str) -> bool:
    """Whether two stems begin alike: « rompu » and « rompues », « grève » and « grévistes »."""
    letters = min(5, len(stem), len(other))
    return stem == other or (letters >= 4 and stem[:letters] == other[:letters])


def meaning(word: str) -> str:
    """The word that stands for all of one meaning; the word itself where it is in no list."""
    return min(_known("same").of(word), default=word)


@cache
def _known(table: str) -> Beginnings[str]:
    """The words of a table, marked by the first of their line."""
    lines = data()[table] if table == "same" else [data()[table]]
    return Beginnings({line.split()[0].rstrip("="): line.split() for line in lines})


@cache
def _contraries() -> Beginnings[tuple[int, int]]:
    """Contrary words, marked by their axis and their end of it, 0 or 1."""
    axes = [line.split("|") for line in (*data()["contrary"], *data()["acts"])]
    return Beginnings({(axis, end): ends[end].split() for axis, ends in enumerate(axes) for end in (0, 1)})


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(data()['joints'])})\b", re.IGNORECASE)


@cache
def _pattern(table: str) -> re.Pattern[str]:
    return any_of(data()[table])


@cache
def data() -> dict[str, Any]:
    return read_table(__file__, "claims.toml")
