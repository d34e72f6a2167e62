"""A question's slips mended: short forms written out, misspelt words spelt.

The encoder reads word pieces, and a slip leaves it pieces that mean nothing: "pannels" is no
panel to it. A word is mended only where nothing speaks for it as it stands: the articles do
not hold it, the encoder does not know it whole, no dictionary lists it, it is no name and
stands in no quotation marks. What stands in its place is one slip away, and the asker gets
to see it.

The dictionaries are those of pyspellchecker: words, and how often films say them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.encode import Spans
from index.lexical import fold, stems
from qa.question import LONGEST, understand
from qa.tables import read_table
from qa.types import LANGUAGES, Question
from qa.understanding.quoted import quotations
from qa.understanding.who_is import who_is

# Shorter words have too many others one letter away.
_SHORTEST = 5
# Consonants are doubled or not and letters change places by habit. Any other slip is believed only
# of words that are said this often (among 354 million in French, 1.6 thousand million in English):
# one letter left out, or written for another of its sound; in long words, which have few others
# one letter away, any.
_COMMON = 500
_LONG = 8
_SOUNDS = ("aeiouy", "csz", "ckq", "mn")
_WORD = re.compile(r"[^\W\d_]+")
_DOUBLED = re.compile(r"([^aeiouy])\1+")
# The English dictionary spells as Americans do; "apologise", "neighbours" and "centre" are no slips.
_BRITISH = (
    (re.compile(r"(?<=[iy])s(?=(?:e[drs]?|ers|ing|ations?)$)"), "z"),
    (re.compile(r"our(?=(?:s|ed|ing|ers?|able|hoods?|ly)?$)"), "or"),
    (re.compile(r"tre(?=s?$)"), "ter"),
)
# « lusine » is « l'usine »; what is behind the letter is a word by itself.
_ELIDED = re.compile(r"([cdjlmnst]|qu)([aeiouyh]\w{4,})")

Holds = Callable[[str], bool]
TokenSpans = Callable[[str], Spans | None]


def spelt(question: Question, holds: Holds, token_spans: TokenSpans) -> Question:
    """The question as it was meant; itself where it has no slip and asks nothing in a roundabout way.

    `holds` tells whether the articles hold a stem, `token_spans` where an encoder's tokens stand
    in a text, or None where that is unknown.
    """
    text = _written_out(question.text, question.language)
    text = _mended(text, question.language, holds, token_spans)
    text = (who_is(text) or text)[:LONGEST]
    return question if text == question.text else understand(text, question.language)


def _written_out(text: str, language: str) -> str:
    """« cb de tps » as « combien de temps »."""
    forms, pattern = _short_forms(language)
    # The Turkish « ı » passes for the i of a form, and is none.
    return _replaced(pattern, lambda word: forms.get(word, word), text)


def _mended(text: str, language: str, holds: Holds, token_spans: TokenSpans) -> str:
    """« succeseur » as « successeur »."""

    @cache
    def known_whole() -> set[str]:
        """The words that are one token of the encoder."""
        spans = token_spans(text)
        return set() if spans is None else {text[start:end].lower() for start, end in spans.tolist()}

    # Its own language first: the other is read for the few words that it does not know.
    languages = sorted(LANGUAGES, key=language.__ne__)

    def meant(word: str) -> str:
        folded = fold(word)
        if len(word) < _SHORTEST or any(map(holds, stems(folded))):
            return word
        if word in known_whole() or any(folded in _dictionary(one) for one in languages):
            return word
        if any(pattern.sub(us, folded) in _dictionary("en") for pattern, us in _BRITISH):
            return word
        likely = _nearest(folded, language, holds)
        if likely:
            return _as_written(word, likely, language)
        return (_elided(word) if language == "fr" else None) or word

    return _replaced(_WORD, meant, text)


def _replaced(pattern: re.Pattern[str], meant: Callable[[str], str], text: str) -> str:
    """`text` with the words that match in `meant`'s form: neither names nor what is quoted."""
    quotes = quotations(text)

    def one(match: re.Match[str]) -> str:
        word = match.group()
        # A capital at the beginning is the sentence's.
        lower = word[0].lower() + word[1:] if match.start() == 0 else word
        if not lower.islower() or any(start <= match.start() < end for start, end in quotes):
            return word
        found = meant(lower)
        return found[0].upper() + found[1:] if word[0].isupper() else found

    return pattern.sub(one, text)


def _nearest(word: str, language: str, holds: Holds) -> str | None:
    """The word of the dictionary that was most likely meant by `word`, both folded."""
    counts, shapes = _dictionary(language), _by_shape(language)
    within = [one for size in (-1, 0, 1) for one in shapes.get((word[0], len(word) + size), ())]
    found = process.extract(word, within, scorer=OSA.distance, score_cutoff=1, limit=None)
    habits = {one: _plain(one) == _plain(word) or sorted(one) == sorted(word) for one, _, _ in found}
    common = {one for one in habits if not habits[one] and counts[one] >= _COMMON and _mistaken(word, one)}
    return max(
        (one for one in habits if habits[one] or one in common),
        key=lambda one: (habits[one], any(map(holds, stems(one))), len(one) > len(word), counts[one], one),
        default=None,
    )


def _elided(word: str) -> str | None:
    parts = _ELIDED.fullmatch(word)
    known = parts and _dictionary("fr").get(fold(parts[2]), 0) >= _COMMON
    return f"{parts[1]}'{parts[2]}" if parts and known else None


def _plain(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def _mistaken(word: str, meant: str) -> bool:
    """Whether `word`, which is one letter off, is long, lacks that letter or has another of its sound."""
    if len(word) >= _LONG:
        return True
    if len(word) != len(meant):
        return len(word) < len(meant)
    [(wrong, right)] = [pair for pair in zip(word, meant, strict=True) if pair[0] != pair[1]]
    return any(wrong in sound and right in sound for sound in _SOUNDS)


@cache
def _short_forms(language: str) -> tuple[Mapping[str, str], re.Pattern[str]]:
    given = read_table(__file__, "spelling.toml")[language]
    longest_first = sorted(given, key=len, reverse=True)
    patterns = [f"^{re.escape(one[1:])}" if one.startswith("^") else re.escape(one) for one in longest_first]
    forms = {one.removeprefix("^"): full for one, full in given.items()}
    return forms, re.compile(rf"(?<![\w'’-])(?:{'|'.join(patterns)})(?![\w'’-])", re.IGNORECASE)


def _as_written(word: str, meant: str, language: str) -> str:
    """The folded word `meant` with its accents: « interoge » lacks an r, and not an accent besides."""
    counts = _as_listed(language)
    forms = [one for one in (meant, *_accented(language).get(meant, ())) if one in counts]
    nearest: str = min(forms, key=lambda one: (OSA.distance(word, one), -counts[one]))
    return nearest


@cache
def _dictionary(language: str) -> Mapping[str, int]:
    """Every word of a language, folded, and its count; read when the first doubtful word comes."""
    found: dict[str, int] = {}
    for (_, count), folded in _folded(language):
        found[folded] = found.get(folded, 0) + count
    return found


@cache
def _accented(language: str) -> Mapping[str, list[str]]:
    """The words with accents, by their folded form."""
    found: dict[str, list[str]] = {}
    for (word, _), folded in _folded(language):
        if word != folded:
            found.setdefault(folded, []).append(word)
    return found


def _folded(language: str) -> Iterator[tuple[tuple[str, int], str]]:
    """The dictionary's entries, each with its word folded: all in one go, a tenth of the time."""
    listed = _as_listed(language)
    return zip(listed.items(), fold("\n".join(listed)).split("\n"), strict=True)


@cache
def _as_listed(language: str) -> Mapping[str, int]:
    from spellchecker import SpellChecker

    return dict(SpellChecker(language=language).word_frequency.dictionary)


@cache
def _by_shape(language: str) -> Mapping[tuple[str, int], list[str]]:
    """The words by first letter and length."""
    found: dict[tuple[str, int], list[str]] = {}
    for word in filter(None, _dictionary(language)):
        found.setdefault((word[0], len(word)), []).append(word)
    return found
