"""Whether a sentence gives but another number of what the one before it counts.

« La police a recensé 300 marcheurs. Les syndicats avancent le chiffre de 900. »: the second names
nothing again, and says little but who gives which number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from index.lexical import terms, words
from index.types import Figure, Passage, Span
from qa.tables import read_table
from qa.understanding.beginnings import Beginnings
from qa.understanding.quantities import count_one_thing
from qa.understanding.speakers import key_of, speaker_of

# So many words of its own may such a sentence have, and so many more where it names a number as one.
_OWN, _NAMED = 1, 4
# Characters that may stand between two sentences.
_GAP = 2
_DIGIT = re.compile(r"\d")

# A figure and the passage that gives it.
Counted = tuple[Figure, Passage]


def gives_but_a_number(
    one: Counted, other: Counted, language: str | None, asked: str = "", *, sure: bool = False
) -> bool:
    """Whether `other`, right behind `one`, gives but another number of the same thing.

    `asked` is the question, whose words say nothing new; `sure`: `other` counts what it asks for.
    """
    figure, passage = other
    if not tells_nothing(figure) and not count_one_thing(one, other, sure=sure):
        return False
    here, there = speaker_of(one[1], one[0].span), speaker_of(passage, other[0].span)
    table = _table()
    own = _own_words(f"{one[1].span.text} {asked}", passage, language)
    named = any("words" in table.of(word) for word in words(passage.span.text))
    own -= {word for word in own if table.of(word)}
    if not named and (there is None or (here is not None and key_of(here) == key_of(there))):
        return False
    return len(own) <= (_NAMED if named else _OWN)


def tells_nothing(figure: Figure) -> bool:
    """Whether nothing tells what a figure counts: « le chiffre de 900 »."""
    return figure.unit is None and figure.kind == "other"


def adjoins(one: Passage, other: Passage, text: str) -> bool:
    """Whether `other` is the sentence right behind `one`, in one paragraph of an article's `text`."""
    between = text[one.span.end : other.span.start]
    near = one.doc_id == other.doc_id and one.span.end <= other.span.start <= one.span.end + _GAP
    return near and not between.strip() and "\n" not in between


def _own_words(said: str, other: Passage, language: str | None) -> set[str]:
    """The words of `other` not in `said`, beside its numbers, what they count, and who gives them."""
    taken = [span for voice in other.voices for span in (voice.holder, voice.cue) if span is not None]
    for figure in other.figures:
        taken += [figure.span, *([figure.unit] if figure.unit else [])]
    known = set(terms(said, language))
    carrying = (word for word in words(_without(other.span, taken)) if not _DIGIT.search(word))
    return {word for word in carrying if (stems := set(terms(word, language))) and stems.isdisjoint(known)}


def _without(span: Span, taken: Iterable[Span]) -> str:
    """The text of `span` without what stands in the spans `taken`."""
    text = span.text
    for one in taken:
        start, end = max(0, one.start - span.start), max(0, one.end - span.start)
        text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return text


@cache
def _table() -> Beginnings[str]:
    numbers = read_table(__file__, "other_counts.toml")["numbers"]
    return Beginnings({name: numbers[name].split() for name in ("words", "little")})
