"""A question as typed, understood: its language, what it wants, and the terms that carry it."""

from __future__ import annotations

import re
from functools import cache

from index.errors import InputError, shown
from index.language import detect_question
from index.lexical import fold, question_terms
from qa.tables import any_of, read_table
from qa.types import LANGUAGES, Question, Wants
from qa.understanding.heads import asks_first, bare_head, named_head
from qa.understanding.who_is import asks_who

LONGEST = 1_000
# Half of a character's two code units: JSON can carry it, and nothing can write it.
HALF = re.compile(r"[\ud800-\udfff]")
# « qui l'a dit, et quand ? », "Quebec: how many homes were evacuated?"
_SECOND = re.compile(r", (?:et|and) |\s?: ", re.IGNORECASE)
# « …, et que dit son avocate ? » asks by itself, though its words tell no kind.
_ASKS = re.compile(
    r"(?:(?:que|what|which|comment|how)\b|qu['’]|(?:\w+ )?(?:quel(?:le)?s?|which)\b)", re.IGNORECASE
)


def understand(text: str, language: str | None = None) -> Question:
    """Read a question. `language` "fr" or "en" overrules the detection.

    Raises InputError: empty_question, question_too_long, bad_request, unknown_language.
    """
    asked = " ".join(text.split())
    if not says_something(asked):
        raise InputError(
            f"The question {shown(text)} says nothing.",
            "Type a question in French or English.",
            code="empty_question",
        )
    if len(asked) > LONGEST:
        raise InputError(
            f"The question has {len(asked)} characters.",
            f"Ask in at most {LONGEST} characters.",
            code="question_too_long",
        )
    if half := HALF.search(asked):
        raise InputError(f"The question holds {half.group()!r}, half of a character.", "Send it as UTF-8.")
    if language is not None and language not in LANGUAGES:
        raise InputError(
            f"The language {shown(language)} is not served.",
            "Give fr, en, or nothing.",
            code="unknown_language",
        )
    return Question(
        text=asked,
        language=language or detect_question(asked),
        wants=wanted(asked, language),
        terms=tuple(question_terms(asked)),
    )


def says_something(text: str) -> bool:
    """Whether `text` has a letter or a digit."""
    return any(character.isalnum() for character in text)


def content_spans(question: Question) -> list[tuple[int, int]]:
    """Where the words that carry the question stand in its text: all words where none does."""
    every = [(fold(match.group()), match.span()) for match in re.finditer(r"\w+", question.text)]
    carrying = [span for word, span in every if word in question.terms or word.isdigit()]
    return carrying or [span for _, span in every]


def wanted(text: str, language: str | None = None) -> Wants:
    """What kind of thing would answer: the first kind whose words the question holds.

    Of two questions in one the last decides: « qui l'a dit, et quand ? » asks for a time.
    `language` is detected where it is not given.
    """
    return _kind(last_part(text), language or detect_question(text))


def last_part(text: str) -> str:
    """The last of two questions in one, where it asks by itself; else all of `text`."""
    last = _SECOND.split(text)[-1]
    return text if _by_words(last) is Wants.ANYTHING and not _ASKS.match(last) else last


def _kind(text: str, language: str) -> Wants:
    by_words = _by_words(text)
    if by_words is Wants.ANYTHING:
        # A few nouns alone do not show their language: « arrest date ».
        bare = (bare_head(text, one) for one in dict.fromkeys((language, *LANGUAGES)))
        return named_head(text, language) or next(filter(None, bare), by_words)
    # « quelle prime demandent-ils ? » asks for more than a yes.
    return (
        by_words is Wants.YES_NO and asks_first(text, language) and named_head(text, language)
    ) or by_words


def _by_words(text: str) -> Wants:
    if asks_who(text):
        return Wants.ROLE
    # « où » and « ou » fold to one word; only the first asks.
    folded = fold(re.sub(r"\b[oO]ù\b", "where", text))
    for kind, pattern in _patterns():
        if pattern.search(folded):
            return kind
    return Wants.ANYTHING


@cache
def _patterns() -> tuple[tuple[Wants, re.Pattern[str]], ...]:
    kinds = read_table(__file__, "question_words.toml")
    return tuple((Wants(kind), any_of(phrases)) for kind, phrases in kinds.items())
