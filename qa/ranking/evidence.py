"""Whether a passage holds the kind of thing that a question wants, and that the question does not say itself.

« Où est né Saleh al-Somali ? » wants a place, and one that it does not name. What may answer is
read from the passage by the patterns of evidence.toml, and names by their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from index.lexical import fold, stems, stems_of, words
from index.stopwords import ENGLISH, FRENCH
from index.types import Passage
from qa.ranking.roles import bearer_told, role_told
from qa.tables import any_of, read_table
from qa.types import Question, Wants
from qa.understanding.capitals import NAME, names
from qa.understanding.counted import may_suit
from qa.understanding.heads import office_asked
from qa.understanding.thesaurus import akin

_SURE, _LIKELY = 1.0, 0.5
# Of names and times only those count that the question lacks.
_TOLD = frozenset([Wants.REASON, Wants.AGE])
KINDS = (Wants.NUMBER, Wants.PERSON, Wants.NAME, Wants.AGE, Wants.ROLE, Wants.PLACE, Wants.TIME, Wants.REASON)

Stems = frozenset[str]


def evidence(
    question: Question,
    passage: Passage,
    language: str | None,
    called: Iterable[tuple[str, ...]] = (),
) -> float:
    """How sure it is that the passage, in `language`, holds what the question wants: 0 to 1.

    0 also where the question wants none of `KINDS`. `called` are the names of whom it names, in
    stems: « Poutine » is "Putin" in another article.
    """
    if question.wants is Wants.NUMBER:
        return float(may_suit(question, passage))
    if question.wants not in KINDS:
        return 0.0
    if question.wants not in (Wants.PERSON, Wants.NAME) and not _patterns(language):
        return _LIKELY  # what a text in another language holds is not read
    if question.wants is Wants.ROLE:
        own = ((stem,) for stem in stems_of(" ".join(question.terms)))
        return role_told(passage.span.text, language, frozenset([*own, *called]))
    asked = stems_of(question.text)
    held = _held(question.wants, passage.span.text, language)
    if question.wants is Wants.PERSON:
        spoken = ((voice.resolved or voice.holder).text for voice in passage.heard)
        held += tuple((_SURE if _capital(name) else _LIKELY, _words(name)) for name in spoken)
    told = question.wants in _TOLD
    return max((sure for sure, named in held if told or _new(named, asked)), default=0.0)


def names_holder(question: Question, passage: Passage, language: str | None) -> bool:
    """Whether the passage, in `language`, names who holds the office that is asked for.

    « Qui est la préfète ? » is answered by « la préfète, Anne Roy », and not by her words alone.
    """
    office = _office(question, language)
    return bool(office) and bearer_told(passage.span.text, language, office)


def asks_holder(question: Question) -> bool:
    """Whether `question` asks who holds an office: « qui est la préfète ? », "name of her lawyer"."""
    return bool(_office(question, question.language))


@lru_cache(maxsize=256)
def _office(question: Question, language: str | None) -> frozenset[str]:
    """The stems, in `language`, for the office whose holder is asked for; none for other questions."""
    asks = question.wants in (Wants.PERSON, Wants.NAME)
    office = office_asked(question.rewritten or question.text, question.language) if asks else None
    if office is None:
        return frozenset()
    foreign = akin(office, question.language) if language != question.language else ()
    return stems_of(office).union(*foreign)


def _capital(holder: str) -> bool:
    """Whether a word of `holder` has a capital but that of « Son avocate » at the head of a sentence."""
    first, _, rest = holder.partition(" ")
    named = rest if {*words(first)} & (FRENCH | ENGLISH) else holder
    return named != named.lower()


def _new(named: tuple[Stems, ...], asked: Stems) -> bool:
    return any(asked.isdisjoint(word) for word in named)


@lru_cache(maxsize=20_000)
def _held(wants: Wants, text: str, language: str | None) -> tuple[tuple[float, tuple[Stems, ...]], ...]:
    """What in `text` may answer: how sure each is, and its words as stems."""
    return tuple((sure, _words(found)) for sure, found in _found(wants, text, language))


def _found(wants: Wants, text: str, language: str | None) -> Iterator[tuple[float, str]]:
    if wants in (Wants.PERSON, Wants.NAME):
        return _names(wants, text, language)
    if wants is Wants.PLACE:
        return _places(text, language)
    return _matches(wants, text, language)


def _names(wants: Wants, text: str, language: str | None) -> Iterator[tuple[float, str]]:
    for name in names(text):
        named = [word for word in name if fold(word) not in _days(language)]
        # A single name may be a place's or a body's.
        yield (_SURE if wants is Wants.NAME or len(named) > 1 else _LIKELY), " ".join(named)


def _places(text: str, language: str | None) -> Iterator[tuple[float, str]]:
    # Places are known by their capitals.
    for match in _patterns(language)["place"].finditer(text):
        place = next(filter(None, reversed(match.groups())), "")
        if fold(place) not in _days(language):
            yield _SURE, place


def _matches(wants: Wants, text: str, language: str | None) -> Iterator[tuple[float, str]]:
    patterns = _patterns(language)
    if pattern := patterns.get(f"no_{wants.value}"):
        text = pattern.sub("", text)
    for sure, kind in ((_SURE, wants.value), (_LIKELY, f"{wants.value}_weak")):
        if pattern := patterns.get(kind):
            yield from ((sure, match.group()) for match in pattern.finditer(fold(text)))


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[Stems, ...]:
    return tuple(frozenset(stems(word)) for word in words(text))


@cache
def _patterns(language: str | None) -> Mapping[str, re.Pattern[str]]:
    table = _table().get(language or "", {})
    parts = {f"{{{name}}}": value for name, value in table.get("words", {}).items()} | {"NAME": NAME}
    compiled = {}
    for kind, lines in table.items():
        if kind != "words":
            pattern = "|".join(lines)
            for part, value in parts.items():
                pattern = pattern.replace(part, value)
            compiled[kind] = any_of([pattern])
    return compiled


@cache
def _days(language: str | None) -> frozenset[str]:
    """Days and months, which have a capital in English, and stand where places do."""
    lines = _table().get(language or "", {}).get("words", {})
    return frozenset(word for name in ("day", "month") for word in lines.get(name, "").split("|"))


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return read_table(__file__, "evidence.toml")
