"""Where the parts of a question stand: its speaker, its subject, its place, its names, its matter.

Ranges are of characters of the text that is given. The words that show them stand in
followups.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

from index.lexical import fold, question_terms

_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\w|[A-Z]{2,})"
_LINK = r"(?:\s+(?:d[eu]|des|of|the|bin|von|van)\s+|\s+d['’]|\s+)"
NAMES = rf"{_NAME}(?:{_LINK}{_NAME})*"
ARTICLE = r"(?:[Ll][ea]s?\s+|[Ll]['’]|[Tt]he\s+)?"
# « la Société royale »: what belongs to a name without a capital.
_ADJECTIVE = re.compile(
    r"\s+\w+(?:al|ale|aux|ales|ien|ienne|ais|aise|ois|oise|ique|iques|if|ive|ain|aine)s?\b"
)
_WHO_SAYS = re.compile(r",?\s*\b(?:selon qui|d['’]après qui|according to whom?|says who)$", re.IGNORECASE)
# Where the subject of a question stands: « Gbagbo a-t-il », « did Lloyd Austin », « dit Kiev ».
SUBJECTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<slot>{ARTICLE}{NAMES})(?=\s+(?:n['’])?\w+-(?:t-)?(?:ils?|elles?)\b)",
        rf"\b(?i:did|does|do|has|have|had|is|are|was|were|will|would|can|could|might)\s+(?P<slot>{ARTICLE}{NAMES})",
        rf"\b(?:dit|disent|pense|pensent|affirme|affirment|déclare|annonce|répond|veut|fait)\s+(?P<slot>{ARTICLE}{NAMES})",
    )
)


def subject_at(text: str) -> tuple[int, int] | None:
    """Where the one stands that a question asks about."""
    for pattern in SUBJECTS:
        if found := pattern.search(text):
            return _with_adjective(text, *found.span("slot"))
    if said := speaker_at(text):
        return said[0] + (end_of("sayings", flat(text[said[0] :])) or 0), said[1]
    # « à Copenhague » is where, and nobody.
    somebody = (
        _with_adjective(text, *found.span())
        for found in reversed(_found_names(text))
        if not _in_place(text, found.start())
    )
    return next(somebody, None)


def place_at(text: str) -> tuple[int, int] | None:
    """Where « à Copenhague » stands."""
    for found in re.finditer(rf"\b(?:{'|'.join(_words('places'))})\s+", flat(text)):
        if name := re.compile(ARTICLE + NAMES).match(text, found.end()):
            return found.start(), name.end()
    return None


def _in_place(text: str, start: int) -> bool:
    """Whether what stands at `start` stands after « à » or "in"."""
    return bool(
        re.search(rf"\b(?:{'|'.join(_words('places'))})\s+(?:l[ea]s?\s+|the\s+)?$", flat(text[:start]))
    )


def _with_adjective(text: str, start: int, end: int) -> tuple[int, int]:
    more = _ADJECTIVE.match(text, end)
    return start, more.end() if more else end


def speaker_at(question: str) -> tuple[int, int] | None:
    """Where « selon la police » stands in a question, to its end or the next mark."""
    plain = flat(question)
    for found in re.finditer(rf"\b(?:{'|'.join(_words('sayings'))})\s*[^,;:—]+", plain):
        # « selon qui » asks for a speaker and names none.
        if not re.search(r"\b(?:qui|whom|who)\s*$", found.group()):
            return found.start(), found.start() + len(found.group().rstrip())
    return None


def without_speaker(question: str) -> str:
    said = speaker_at(question)
    told = question[: said[0]] + question[said[1] :] if said else question
    # « selon qui » names nobody, and is no matter either.
    return _WHO_SAYS.sub("", told).strip(" ,")


def headless(question: str) -> str:
    """A question without who says it and the words at its head."""
    rest = without_speaker(question)
    return rest[end_of("heads", flat(rest)) or 0 :]


def matter_of(question: str) -> str:
    """A question without its question words: what it is about."""
    rest = re.sub(rf"(?<=\s)(?:{'|'.join(_words('auxiliaries'))})(?=\s)", "", headless(question))
    return re.sub(r"\b(\w+)-(?:t-)?(?:ils?|elles?|on)\b", r"\1", rest).strip(" ,;:")


def leans(question: str) -> bool:
    """Whether a pronoun of `question` stands for something said before."""
    plain = pattern_of("no_pronouns").sub(" ", flat(question))
    return bool(pattern_of("pronouns").search(plain))


def names_in(question: str) -> list[str]:
    return [found.group() for found in _found_names(question)]


def _found_names(question: str) -> list[re.Match[str]]:
    """The names in a question; its first word is none where it is an ordinary one."""
    return [found for found in re.finditer(NAMES, question) if found.start() or terms_of(found.group())]


def terms_of(text: str) -> list[str]:
    """The terms that carry a matter of their own, cut short so that « tué » meets « tués »."""
    light = _light()
    return [word.rstrip("s") for word in question_terms(text) if word not in light]


def without_start(table: str, question: str) -> str:
    """`question` without what `table` finds at its beginning, as often as it does."""
    while end := end_of(table, flat(question)):
        question = question[end:].lstrip(" ,;:")
    return question


def end_of(table: str, plain: str) -> int | None:
    """Where the longest phrase of `table` at the beginning of `plain` ends; None: it has none."""
    ends = [found.end() for pattern in _starts(table) if (found := pattern.match(plain))]
    return max(ends, default=None)


def flat(text: str) -> str:
    """`text` in lower case without accents, character by character, so that places stay."""
    text = re.sub(r"\b[oO]ù\b", "wo", text.replace("’", "'"))
    return "".join(unicodedata.normalize("NFKD", char)[0].lower()[0] for char in text)


@cache
def pattern_of(table: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w)(?:{phrase})(?!\w)" for phrase in _words(table)))


@cache
def _light() -> frozenset[str]:
    return frozenset(_words("light"))


@cache
def _words(table: str) -> tuple[str, ...]:
    data = tomllib.loads((Path(__file__).parent / "followups.toml").read_text(encoding="utf-8"))
    entry = data[table]
    return tuple(fold(entry).split()) if isinstance(entry, str) else tuple(entry)


@cache
def _starts(table: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?:{phrase})(?:(?<=')|(?!\w))\s*") for phrase in _words(table))
