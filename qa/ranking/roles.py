"""Who somebody is, as a passage tells it: an office, a trade, a kinship or a body beside the name.

« le président sortant, Paul Roy », "Ann Lee, a former mayor", « Me Roy est l'avocat de … ».
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.lexical import stems_of, words
from qa.tables import read_table
from qa.understanding.capitals import NAME, NAMES
from qa.understanding.heads import is_person, says_who

_SURE, _LIKELY = 1.0, 0.5
# How many words may stand between the noun and the name: « le ministre français des Transports »;
# in front of a comma more: « la ministre de la Transition écologique, Anne Roy ».
_BEFORE, _BEFORE_COMMA, _BEHIND = 3, 8, 5
_CLAUSE = re.compile(r"[.;:!?«»\"“”()–—]")
_COPULA = re.compile(
    r"(?:, | |, (?:qui|who) )(?:est|était|fut|devient|devint|reste|is|was|became|remains)"
    r"(?P<article> (?:un|une|le|la|a|an|the|one)\b| l['’])?"
    # « élue avec Paul Roy comme adjoint »
    r"| (?:comme|as)(?: (?:son|sa|le|la|a|an|his|her|the)\b)?"
)
_APPOSITION = re.compile(r"(?:, | \()(?:(?:\d+|\w+)(?: ans|-year-old)?, )?(?=\w)")
# "said Ann Lee of Lee Research", « Anne Roy, de l'Insee ».
_OF_BODY = re.compile(rf",? (?:of|from|at|de|du|des|d['’]) ?(?:the |la |l['’])?{NAME}")


@lru_cache(maxsize=20_000)
def role_told(text: str, language: str | None, asked: frozenset[tuple[str, ...]]) -> float:
    """How sure it is that `text` tells who a person is, one of whose names is `asked`, in stems: 0 to 1."""
    return max((_beside(text, *name, language) for name in _named(text, asked)), default=0.0)


@lru_cache(maxsize=20_000)
def bearer_told(text: str, language: str | None, office: frozenset[str]) -> bool:
    """Whether `text` names who holds an office, one of whose words is `office`, in stems.

    « La préfète, Anne Roy », "Ann Lee, mayor of Leeds", « le ministre Paul Roy »; no « la préfète a reçu
    Anne Roy ».
    """
    return any(_bears(text, *match.span(), language, office) for match in NAMES.finditer(text))


def _bears(text: str, start: int, end: int, language: str | None, office: frozenset[str]) -> bool:
    def holds(said: list[str]) -> bool:
        return any(stems_of(word) & office and is_person(word, language) for word in said)

    before, behind = _CLAUSE.split(text[:start])[-1], text[end:]
    apart = before.endswith(", ")
    near, within = words(before)[-_BEFORE_COMMA:], words(text[start:end])
    at = next((n for n in reversed(range(len(near))) if holds(near[n : n + 1])), None)
    between = [] if at is None else near[at + 1 :]
    # « le maire de Lyon Paul Roy », and no « le maire reçoit Paul Roy ».
    led = not between or apart or (len(between) <= _BEFORE and between[0] in _listed("of"))
    # « la ministre de la Santé » names nobody, « le maire de Lyon Paul Roy » does.
    led = led and (not between or len(within) > 2 or not _listed("of").issuperset(between))
    if at is not None and led and not _listed("parts").intersection(between):
        return True
    link = _COPULA.match(behind) or _APPOSITION.match(behind)
    rest = _first_words(behind[link.end() :]) if link else []
    # « Paul Roy est l'avocat du maire »: the first noun tells.
    return holds(within) or holds([word for word in rest if is_person(word, language)][:1])


def _named(text: str, asked: frozenset[tuple[str, ...]]) -> list[tuple[int, int]]:
    found = ((match.span(), stems_of(match.group())) for match in NAMES.finditer(text))
    return [span for span, stems in found if any(stems.issuperset(name) for name in asked)]


def _beside(text: str, start: int, end: int, language: str | None) -> float:
    before, behind = text[:start], text[end:]
    # "Mayor Ann Lee", "Gen. Ann Lee"
    within = words(text[start:end]) + words(before)[-1:]
    if any(word in _listed("titles") or is_person(word, language) for word in within):
        return _SURE
    apart = before.endswith(", ")
    between = _between(_CLAUSE.split(before)[-1], _BEFORE_COMMA if apart else _BEFORE, language)
    if between == 0 or (between and apart):
        return _SURE
    if is_ := _COPULA.match(behind):
        if _begins_with_somebody(behind[is_.end() :], language):
            return _SURE
        return _LIKELY if is_["article"] else 0.0
    if apposed := _APPOSITION.match(behind):
        rest = behind[apposed.end() :]
        if _begins_with_somebody(rest, language):
            return _SURE
        first = words(rest)[:1]
        if rest[:1].islower() and first and not _listed("no_noun").intersection(first):
            return _LIKELY
    if _OF_BODY.match(behind):
        return _LIKELY
    # « le juge interroge Paul Roy » looks like « le ministre français Paul Roy ».
    return 0.0 if between is None else _LIKELY


def _between(text: str, most: int, language: str | None) -> int | None:
    """How many words, `most` at most, stand behind the last noun for a person in `text`; None without one."""
    last = words(text)[-most - 1 :]
    at = next((n for n in reversed(range(len(last))) if says_who(last[n], language)), None)
    return None if at is None or _listed("parts").intersection(last[at + 1 :]) else len(last) - at - 1


def _begins_with_somebody(text: str, language: str | None) -> bool:
    return any(says_who(word, language) for word in _first_words(text))


def _first_words(text: str) -> list[str]:
    """The first words of a clause, in which an apposition tells who somebody is."""
    return words(re.split(r"[,.;:!?()]", text, maxsplit=1)[0])[:_BEHIND]


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_table(__file__, "roles.toml")[name].split())
