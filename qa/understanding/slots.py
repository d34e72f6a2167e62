"""Where the parts of a question stand: its speaker, its subject, its place, its names, its matter.

Ranges are of characters of the text that is given. The words that show them stand in
followups.toml (`qa.understanding.phrases`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.lexical import fold
from qa.types import LANGUAGES
from qa.understanding.capitals import NAME
from qa.understanding.heads import says_who
from qa.understanding.phrases import end_of, flat, paired, pattern_of, terms_of, words_of

_LINK = r"(?:\s+(?:d[eu]|des|of|the|bin|von|van)\s+|\s+d['’]|\s+)"
# "Paul Durand" of "Paul Durand's lawyer".
NAMES = rf"{NAME}(?:{_LINK}{NAME})*(?<!['’]s)"
ARTICLE = r"(?:[Ll][ea]s?\s+|[Ll]['’]|[Tt]he\s+)?"
# « la Société royale »: what belongs to a name without a capital, where a French article stands
# before it. In "Paul Durand arrive" nothing does.
_DETERMINED = re.compile(r"(?:\b(?:l[ea]s?|du|des|aux?)\s+|\bl')$")
_ADJECTIVE = re.compile(
    r"\s+\w+(?:al|ale|aux|ales|ien|ienne|ais|aise|ois|oise|ique|iques|if|ive|ain|aine)s?\b"
)
_WHO_SAYS = re.compile(r",?\s*\b(?:selon qui|d['’]après qui|according to whom?|says who)$", re.IGNORECASE)
# Whose words a question asks for, with the place of their office: « la maire (de Lyon) ».
_PLACED = rf"(?P<of>\s+(?:de\s+|d['’]|du\s+|of\s+){ARTICLE}{NAMES})?"
_WHO = rf"(?P<slot>{ARTICLE}(?:{NAMES}|[\w-]+)){_PLACED}"
_SPEAKS = (
    re.compile(
        rf"^(?i:que|qu['’]en|comment)\s+(?P<verb>dit|disent|(?:pense|affirme|déclare|annonce|explique|réclame"
        rf"|demande|propose|conteste)(?:nt)?|répond(?:ent)?)\s+{_WHO}"
    ),
    re.compile(rf"^(?i:what)\s+(?P<verb>do|does|did)\s+{_WHO}\s+(?:say|think|claim|want|demand|propose)\b"),
)
_SPEAKING = re.compile(rf"(?P<who>(?:l[ea]s?\s+|l['’]|the\s+)(?P<noun>[\w-]+)){_PLACED}")
# Where the subject of a question stands: « Gbagbo a-t-il », « did Lloyd Austin », « dit Kiev ».
SUBJECTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<slot>{ARTICLE}{NAMES})(?=\s+(?:n['’])?\w+-(?:t-)?(?:ils?|elles?)\b)",
        rf"\b(?i:did|does|do|has|have|had|is|are|was|were|will|would|can|could|might)\s+(?P<slot>{ARTICLE}{NAMES})",
        rf"\b(?:dit|disent|pense|pensent|affirme|affirment|déclare|annonce|répond|veut|fait)\s+(?P<slot>{ARTICLE}{NAMES})",
    )
)

_HEADED = re.compile(
    r"(?:^que\s+\w+|\b(?:dit|pense|affirme|declare|annonce|repond|demande|veut|fait"
    r"|did|does|do|has|have|had|is|are|was|were|will|would|can|could|might))\s+$"
)
_INVERTS = re.compile(r"(?:\s+(?:de la |d[eu]s? |d')\S+)?\s+(?:n')?\w+-(?:t-)?(?:ils?|elles?)\b")
# « de la Défense » is of the office; « de Lyon » is where, and stays.
_OF_OFFICE = re.compile(rf"(?:\s+(?:de la\s+|de l['’]|du\s+|des\s+|of the\s+){NAMES}|\s+{NAMES})?")


def office_at(text: str) -> tuple[int, int] | None:
    """Where the office stands that a question asks about: « que dit la maire », "does the mayor"."""
    plain = flat(text)
    for found in _office().finditer(plain):
        if _HEADED.search(plain[: found.start()]) or _INVERTS.match(plain, found.end()):
            more = _OF_OFFICE.match(text, found.end())
            return _with_adjective(text, found.start(), more.end()) if more and more.group() else found.span()
    return None


def speaks_at(text: str) -> re.Match[str] | None:
    """Whose words a question asks for, with its verb: « que (dit) (le maire) (de Lyon) de la hausse »."""
    return next(filter(None, (pattern.search(text) for pattern in _SPEAKS)), None)


def speaking(text: str) -> re.Match[str] | None:
    """`text` that is somebody who may speak, with their noun and their place: « l'entraîneur de Dijon »."""
    found = _SPEAKING.fullmatch(text)
    if found is None:
        return None
    somebody = any(says_who(fold(found["noun"]), language) for language in LANGUAGES)
    return found if somebody or is_office(found["who"]) else None


def is_office(text: str) -> bool:
    """Whether `text` is an office and nothing else: « la ministre », « le préfet du Nord »."""
    found = _office().match(flat(text))
    more = _OF_OFFICE.fullmatch(text, found.end()) if found else None
    return more is not None


def happened_to(question: str) -> str | None:
    """« Vireval » of « que s'est-il passé à Vireval ? »: the name that a question asks all about."""
    text = question.strip().rstrip(" ?!.…")
    start = end_of("happenings", flat(text))
    return text[start:] if start and re.fullmatch(ARTICLE + NAMES, text[start:]) else None


def subject_at(text: str) -> tuple[int, int] | None:
    """Where the one stands that a question asks about."""
    for pattern in SUBJECTS:
        if found := pattern.search(text):
            start, end = found.span("slot")
            return _with_adjective(text, start + (end_of("heads", flat(text[start:end])) or 0), end)
    if said := named_speaker_at(text):
        return said
    # « à Copenhague » is where, and nobody.
    somebody = (
        _with_adjective(text, *found.span())
        for found in reversed(_found_names(text))
        if not _in_place(text, found.start())
    )
    return next(somebody, None)


@dataclass(frozen=True, slots=True)
class Time:
    """A day, month or year in a text: its sort, where it starts with its preposition and without, its end."""

    sort: str
    start: int
    core: int
    end: int


def time_at(text: str) -> Time | None:
    """The last time that `text` names."""
    plain = flat(text)
    found = [
        Time(sort, one.start(), one.start("core"), one.end())
        for sort, pattern in _times().items()
        for one in pattern.finditer(plain)
    ]
    return max(found, key=lambda time: (time.end, -time.core), default=None)


def is_time(text: str) -> bool:
    """Whether `text` is a time and nothing else."""
    time = time_at(text)
    return time is not None and (time.start, time.end) == (0, len(text))


def is_place(question: str, opened: bool) -> bool:
    """Whether `question` is a place and nothing else; small letters show one only behind « et », "and"."""
    start = end_of("places", flat(question))
    if not start:
        return False
    place = question[start:]
    if re.fullmatch(rf"\s*{ARTICLE}{NAMES}", place):
        return True
    # « a fui » is no place.
    likely = opened and question[:start].strip() != "a" and flat(place) not in words_of("no_places")
    return likely and bool(re.fullmatch(r"\w{3,}", place) and terms_of(place))


def part_at(text: str) -> tuple[int, int] | None:
    """Where « du pétrole » stands at the end of a text."""
    found = re.search(rf"\b(?:{'|'.join(words_of('parts'))})\s*[\w-]+$", flat(text))
    return found and found.span()


def place_at(text: str) -> tuple[int, int] | None:
    """Where « à Copenhague » stands."""
    for found in re.finditer(rf"\b(?:{'|'.join(words_of('places'))})\s+", flat(text)):
        if name := re.compile(ARTICLE + NAMES).match(text, found.end()):
            return found.start(), name.end()
    small = re.search(r"\b(?:au|aux|en|in)\s+\w+$", text) if not names_in(text) else None
    return small and small.span()


def _in_place(text: str, start: int) -> bool:
    """Whether what stands at `start` stands after « à » or "in"."""
    return bool(
        re.search(rf"\b(?:{'|'.join(words_of('places'))})\s+(?:l[ea]s?\s+|the\s+)?$", flat(text[:start]))
    )


def _with_adjective(text: str, start: int, end: int) -> tuple[int, int]:
    """A name from `start` to `end`, with the adjective behind it."""
    article = re.match(r"l[ea]s?\s+|l'", flat(text[start:end]))
    begins = start + article.end() if article else start
    more = _ADJECTIVE.match(text, end) if _DETERMINED.search(flat(text[:begins])) else None
    return start, more.end() if more else end


def speaker_at(question: str) -> tuple[int, int] | None:
    """Where « selon la police » stands in a question, to its end or the next mark."""
    plain = flat(question)
    for found in re.finditer(rf"\b(?:{'|'.join(words_of('sayings'))})\s*[^,;:—]+", plain):
        # « selon qui » asks for a speaker and names none.
        if not re.search(r"\b(?:qui|whom|who)\s*$", found.group()):
            return found.start(), found.start() + len(found.group().rstrip())
    return None


def named_speaker_at(question: str) -> tuple[int, int] | None:
    """Where « la police » of « selon la police » stands in a question."""
    said = speaker_at(question)
    return said and (said[0] + (end_of("sayings", flat(question[slice(*said)])) or 0), said[1])


def speaker_named(question: str) -> str | None:
    """« police » of « combien de morts selon la police ? »; None where a question names no speaker."""
    said = named_speaker_at(question)
    name = re.sub(rf"^{ARTICLE}", "", question[slice(*said)]).rstrip(" ?!.…") if said else ""
    return name or None


def without_speaker(question: str) -> str:
    said = speaker_at(question)
    told = question[: said[0]] + question[said[1] :] if said else question
    # « selon qui » names nobody, and is no matter either.
    return without_who_says(told)


def without_who_says(question: str) -> str:
    return _WHO_SAYS.sub("", question).strip(" ,")


def headless(question: str) -> str:
    """A question without who says it and the words at its head."""
    rest = without_speaker(question)
    return rest[end_of("heads", flat(rest)) or 0 :]


def leans(question: str) -> bool:
    """Whether a pronoun of `question` stands for something said before."""
    plain = pattern_of("no_pronouns").sub(lambda found: " " * len(found.group()), flat(question))
    return any(
        # « Renault ferme-t-il son usine », "did Obama say he would": whom it means stands before it.
        not (pattern_of("own_pronouns").fullmatch(found.group()) and has_somebody(question[: found.start()]))
        for found in pattern_of("pronouns").finditer(plain)
    )


def has_somebody(text: str) -> bool:
    """Whether `text` names somebody or something: « Renault », « le ministre »."""
    return bool(names_in(text) or re.search(r"(?:\b(?:l[ea]s?|the) |\bl['’])\w{3,}", flat(text)))


def names_in(question: str) -> list[str]:
    return [found.group() for found in _found_names(question)]


def _found_names(question: str) -> list[re.Match[str]]:
    """The names in a question, without the word that asks: « Pourquoi Renault » has one, "Trains" is none."""
    head = end_of("heads", flat(question)) or 0
    found = re.compile(NAMES).finditer(question, head)
    return [name for name in found if name.start() or terms_of(name.group())]


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"\b(?:l[ea]s? |l'|the )(?:{'|'.join(words_of('offices'))})(?!\w)")


@cache
def _times() -> dict[str, re.Pattern[str]]:
    before = "|".join(words_of("before_times"))
    return {
        sort: re.compile(rf"(?<!\w)(?:(?:{before})\s*)?(?P<core>{times})(?!\w)")
        for sort, times in paired("times").items()
    }
