"""A voice's name as it stands in a question: « et selon les Occidentaux ? », cut from the article's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from index.capitals import CAPITALS
from index.lexical import fold
from index.stopwords import ENGLISH, FRENCH
from index.types import Document, Voice
from qa.tables import read_table

_LONGEST = 60  # characters of a name that is offered
_NEAR = 8  # characters within which an article stands
_CAPITAL = rf"[{CAPITALS}][\w.'’-]*"
_INNER, _ELIDED = re.compile(rf"[\w.]\W+[{CAPITALS}]"), re.compile(r"[LD]['’]")
_PARTS = re.compile(r", | [-–—] ")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_WORDS = re.compile(r"\w+")
_QUOTES = {"fr": "« {} »", "en": "“{}”"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name as the article has it, and as it stands inside a question."""

    name: str
    inside: str


def spoken_as(voice: Voice, document: Document, language: str) -> Spoken | None:
    """How a question in `language` names the voice; None where it means nothing outside its sentence."""
    span = voice.resolved or voice.holder
    name = _cut(span.text)
    if not name or len(name) > _LONGEST or means_nothing(name):
        return None
    before = document.text[max(0, span.start - _NEAR) : span.start] if span.text.startswith(name) else ""
    inside = _inside(name, before, document.language or language)
    if inside is None:
        return None
    # Without an aside from its middle a name is found nowhere: then it is kept as written.
    kept = name if name in span.text else span.text
    return Spoken(
        kept, inside if _proper().fullmatch(inside) else foreign(inside, document.language, language)
    )


def foreign(words: str, written: str | None, language: str) -> str:
    """Words of an article inside a question: between quotation marks where it is in another language."""
    return words if written == language else _QUOTES[language].format(words)


def _cut(text: str) -> str:
    """The name alone of « Paul Durand, maire de Vireval » and of « le maire de Vireval, Paul Durand »."""
    parts = [part.strip() for part in _PARTS.split(_ASIDE.sub("", text)) if part.strip()]
    proper = next((part for part in parts if _proper().fullmatch(part)), "")
    # Of a long name without any of its own the first part is as likely a torn one.
    return proper or (parts[0] if parts and len(text) <= _LONGEST else "")


def is_one(name: str) -> bool:
    """Whether a name means one alone in every article: « Durand », « le maire de Lyon », no « le maire ».

    A capital tells it, but where it may only begin a sentence: « L'armée », « Deux experts », "Police".
    """
    begins = _proper().fullmatch(name) and not _ELIDED.match(name) and fold(name) not in _words("bare")
    return not means_nothing(name) and bool(begins or _INNER.search(name))


def means_nothing(name: str) -> bool:
    """Whether a name means nothing outside its sentence: « ce dernier », « son avocat », "last week"."""
    spoken = _WORDS.findall(fold(name))
    nothing, pointing, clauses = (_words(table) for table in ("nameless", "pointing", "clauses"))
    return (
        all(word.isdigit() or word in nothing for word in spoken)
        or spoken[0] in pointing
        or not clauses.isdisjoint(spoken)
        or (spoken[-1] in FRENCH | ENGLISH and not _proper().fullmatch(name))
    )


def _inside(name: str, before: str, language: str) -> str | None:
    """A name as it stands inside a sentence, with its article; None for a noun that has none."""
    if re.match(r"[Dd]u\s", name):
        return f"le {name[3:]}"
    if _WORDS.findall(fold(name))[0] in _words("determiners"):
        return name[:1].lower() + name[1:]
    article = next((article for article, pattern in _before().items() if pattern.search(before)), "")
    if article or language == "en" or _proper().fullmatch(name):
        return article + name
    return f"des {name}" if name[0].islower() and re.search(r"\bde\s$", before) else None


@cache
def _proper() -> re.Pattern[str]:
    """A name of its own, up to four words with capitals: « M. Paul Durand », "Anna van Dyck"."""
    titles, links = ("|".join(_tables()["proper"][part]) for part in ("titles", "links"))
    return re.compile(rf"(?:(?:{titles}) )?{_CAPITAL}(?: (?:(?:{links}) )?{_CAPITAL}){{0,3}}")


@cache
def _before() -> Mapping[str, re.Pattern[str]]:
    """The articles that a name may have in a question, each with what stands before it in the text."""
    return {article: re.compile(rf"\b(?:{forms})$") for article, forms in _tables()["before"].items()}


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(fold(_tables()[table]["words"]).split())


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return read_table(__file__, "spoken.toml")
