"""A follow-up question made whole from the questions before it, without a language model.

« et selon Kiev ? » takes the earlier question and puts Kiev where a speaker stands;
« pourquoi ? » takes its matter; a question whole in itself is left alone. Only words of
the conversation are used, so what the reader gets to see is what the reader said. The
words that show a follow-up stand in followups.toml.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from index.lexical import fold, question_terms

DEEPEST = 20
_LONGEST = 300
_WHOLE_TERMS = 3
_END = re.compile(r"[\s?!.…]*$")
_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*\w|[A-Z]{2,})"
_LINK = r"(?:\s+(?:d[eu]|des|of|the|bin|von|van)\s+|\s+d['’]|\s+)"
_NAMES = rf"{_NAME}(?:{_LINK}{_NAME})*"
_ARTICLE = r"(?:[Ll][ea]s?\s+|[Ll]['’]|[Tt]he\s+)?"
# « la Société royale »: what belongs to a name without a capital.
_ADJECTIVE = re.compile(
    r"\s+\w+(?:al|ale|aux|ales|ien|ienne|ais|aise|ois|oise|ique|iques|if|ive|ain|aine)s?\b"
)
# One person, in the places where a name can stand: "did he", « selon elle », « que dit-il ».
_SOMEBODY = (
    (re.compile(r"\b(?:he|she|him|her(?=\s*$))\b"), r"{name}"),
    (
        re.compile(r"(?<=selon )(?:elle|lui)\b|(?<=d'après )(?:elle|lui)\b|(?<=d’après )(?:elle|lui)\b"),
        r"{name}",
    ),
    (re.compile(r"\b(?=(?:a|est|va|avait|était|sera|aura|peut|doit)-(?:t-)?(?:il|elle)\b)"), r"{name} "),
    (re.compile(r"(?<=\w)-(?:t-)?(?:il|elle)\b"), r" {name}"),
)
_MANY = ((re.compile(r"\b(?:they|them(?=\s*$))\b"), r"{name}"),)
_WHO_SAYS = re.compile(r",?\s*\b(?:selon qui|d['’]après qui|according to whom?|says who)$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
# Where the subject of a question stands: « Gbagbo a-t-il », « did Lloyd Austin », « dit Kiev ».
_SUBJECTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<slot>{_ARTICLE}{_NAMES})(?=\s+(?:n['’])?\w+-(?:t-)?(?:ils?|elles?)\b)",
        rf"\b(?i:did|does|do|has|have|had|is|are|was|were|will|would|can|could|might)\s+(?P<slot>{_ARTICLE}{_NAMES})",
        rf"\b(?:dit|disent|pense|pensent|affirme|affirment|déclare|annonce|répond|veut|fait)\s+(?P<slot>{_ARTICLE}{_NAMES})",
    )
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation: its own words, and those `carried` over from before."""

    own: str
    carried: str = ""

    @property
    def text(self) -> str:
        return f"{self.own} — {self.carried}" if self.carried else self.own


def whole(text: str, history: Sequence[str]) -> str | None:
    """The whole question that `text` stands for after `history` (oldest first).

    None where it is whole in itself, or nothing was asked before.
    """
    turns: list[Turn] = []
    for asked in (" ".join(earlier.split()) for earlier in history[-DEEPEST:]):
        if question := _END.sub("", asked):
            turns.append(_joined(question, turns) or Turn(question))
    asked = " ".join(text.split())
    question = _END.sub("", asked)
    made = _joined(question, turns) if turns and question else None
    if made is None or made.text == question:
        return None
    # French puts a space before the mark, and the reader's own mark shows it.
    mark = _END.search(asked)
    shown = made.text + (mark.group() if mark and "?" in mark.group() else " ?")
    return shown[:1].upper() + shown[1:]


def has_matter(text: str) -> bool:
    """Whether a question has words of its own that can be searched for: « pourquoi ? » has none."""
    return bool(_terms(_cut("openers", text)))


def _joined(question: str, turns: Sequence[Turn]) -> Turn | None:
    """The turn that `question` makes after `turns`; None where it is whole in itself."""
    if not turns:
        return None
    last = turns[-1]
    topic, rest = _return(question)
    if topic:
        known = [turn for turn in reversed(turns) if set(_terms(topic)) & set(_terms(turn.text))]
        if known and not rest:
            return known[0]
        if known and (named := _with_name(rest, Turn(topic))) != rest:
            return Turn(named)
        if known:
            return _carry(rest, _merged(topic, _matter(known[0].own), known[0].carried))
        question = rest or topic
    cut = _cut("openers", question)
    opened, question = cut != question, cut or question
    if (made := _slotted(question, last)) is not None:
        return made
    own, names = len(_terms(question)), _names(question)
    if own and (named := _with_name(question, last)) != question:
        return Turn(named)
    pronoun = _leans(question)
    if not pronoun and (own >= _WHOLE_TERMS + opened or (names and own >= 2 + opened)):
        return None
    if own >= 2 and not opened and not pronoun and not _at("heads", _plain(question)):
        # "weather tomorrow?" speaks of something else.
        return None
    if own >= 2 and (found := _names(last.text)):
        # It brings a matter of its own: who and where are carried, what happened is not.
        return _carry(question, " ".join(found))
    if own >= 2 and not opened and not pronoun:
        return None
    if opened and last.carried and not _at("heads", plain := _plain(question)) and len(plain.split()) <= 3:
        # « et leurs familles ? » stands in the place of what was asked last.
        return _carry(question, last.carried)
    if own == 1 and _at("counts", _plain(question)) and (thing := _thing(last)):
        # « et combien ont fui ? » counts what was counted, whatever became of them.
        return _carry(question, thing)
    if last.carried and _pattern("sorts").fullmatch(_plain(last.own)):
        # « avec quel outil ? » asked for a thing of the matter, and is none of it.
        return _carry(question, last.carried)
    return _carry(question, _merged(_matter(last.own), last.carried))


def _slotted(question: str, last: Turn) -> Turn | None:
    """The last question with what `question` names in the place of its like; None where it names nothing."""
    plain = _plain(question)
    if saying := _at("sayings", plain):
        # « selon qui ? » asks for the speaker of the whole, any other name is one.
        joint = ", " if re.search(r"\b(qui|whom|who)$", plain) else " "
        said = _saying(last.own)
        if joint == " " and said:
            return replace(last, own=last.own[: said[0]] + question + last.own[said[1] :])
        return replace(last, own=f"{last.own}{joint}{question}") if plain[saying:].strip() else None
    if (place := _at("places", plain)) and re.fullmatch(rf"\s*{_ARTICLE}{_NAMES}", question[place:]):
        own = _without_saying(last.own)
        if (span := _place(own)) is not None:
            return replace(last, own=own[: span[0]] + question + own[span[1] :])
        if (span := _place(last.carried)) is not None:
            return Turn(own, last.carried[: span[0]] + question + last.carried[span[1] :])
        return replace(last, own=f"{own} {question}")
    if _YEAR.fullmatch(question) and (years := [*_YEAR.finditer(last.own)]):
        return replace(last, own=_put(last.own, years[-1].span(), question))
    if re.fullmatch(rf"{_ARTICLE}{_NAMES}", question) and not _at("heads", plain):
        return _named(question, last)
    said = _saying(last.own)
    if (
        said
        and re.fullmatch(r"(?:l[ea]s? |l['’]|the )\w[\w'’ -]{1,40}", question)
        and len(_terms(question)) <= 2
    ):
        verb = _at("sayings", _plain(last.own[said[0] :])) or 0
        return replace(last, own=_put(last.own, (said[0] + verb, said[1]), question))
    return None


def _named(name: str, last: Turn) -> Turn:
    """The last question asked of somebody else: the subject gives way, else the speaker, else a name."""
    if (slot := _slot(last.own)) is not None:
        return replace(last, own=_put(last.own, slot, name))
    if (slot := _slot(last.carried)) is not None and not _terms(last.own):
        return replace(last, carried=_put(last.carried, slot, name))
    return _carry(name, _merged(_matter(last.own), last.carried))


def _slot(text: str) -> tuple[int, int] | None:
    """Where the one stands that a question asks about."""
    for pattern in _SUBJECTS:
        if found := pattern.search(text):
            return _with_adjective(text, *found.span("slot"))
    if said := _saying(text):
        return said[0] + (_at("sayings", _plain(text[said[0] :])) or 0), said[1]
    # « à Copenhague » is where, and nobody.
    somebody = (
        _with_adjective(text, *found.span())
        for found in reversed(_found_names(text))
        if not _in_place(text, found.start())
    )
    return next(somebody, None)


def _with_adjective(text: str, start: int, end: int) -> tuple[int, int]:
    more = _ADJECTIVE.match(text, end)
    return start, more.end() if more else end


def _in_place(text: str, start: int) -> bool:
    """Whether what stands at `start` stands after « à » or "in"."""
    return bool(
        re.search(rf"\b(?:{'|'.join(_words('places'))})\s+(?:l[ea]s?\s+|the\s+)?$", _plain(text[:start]))
    )


def _put(text: str, slot: tuple[int, int], name: str) -> str:
    """`text` with `name` in the slot, an article left alone before it cut off."""
    left = re.sub(r"(?:\b(?:[Ll][ea]s?|[Tt]he)|[Ll]['’])\s*$", "", text[: slot[0]])
    return f"{left.rstrip()} {name}{text[slot[1] :]}".strip()


def _place(text: str) -> tuple[int, int] | None:
    """Where « à Copenhague » stands."""
    for found in re.finditer(rf"\b(?:{'|'.join(_words('places'))})\s+", _plain(text)):
        if name := re.compile(_ARTICLE + _NAMES).match(text, found.end()):
            return found.start(), name.end()
    return None


def _with_name(question: str, last: Turn) -> str:
    """`question` with the name of the last question in the place of « il », « elle », "he" or "she"."""
    text = last.own if _names(last.own) else last.carried
    if _at("unknown", _plain(last.own)) or (last.carried and _leans(last.own)):
        # « qui a opéré … ? »: « il » may be the answer, which no question names.
        return question
    slot = _slot(text) if _names(text) and not _pattern("no_pronouns").search(_plain(question)) else None
    if slot is None:
        return question
    name = re.sub(r"^L(?=[ae]s? |['’])", "l", text[slot[0] : slot[1]].strip())
    for pattern, shape in _SOMEBODY if not name.endswith("s") else _SOMEBODY + _MANY:
        # A subject that stands there already makes « a-t-il » a mere form.
        found = pattern.search(question)
        if found and not _SUBJECTS[0].search(question) and not _names(question[: found.start()]):
            return question[: found.start()] + shape.format(name=name) + question[found.end() :]
    return question


def _carry(question: str, matter: str) -> Turn:
    """`question` with the words of `matter` that it lacks."""
    return Turn(question, _merged("", matter, lacking=question))


def _merged(*parts: str, lacking: str = "") -> str:
    """The words of all parts, none twice and none of `lacking`, as they were written."""
    seen = set(_terms(lacking))
    kept: list[str] = []
    for word in " ".join(parts).replace(" — ", " ").split():
        stems = set(_terms(word))
        if not stems and not kept and _plain(word) not in ("la", "le", "les", "the"):
            continue
        if stems and stems <= seen:
            continue
        seen |= stems
        kept.append(word)
    while kept and not _terms(kept[-1]):
        kept.pop()
    return " ".join(kept)[:_LONGEST].rstrip(" ,;:")


def _matter(question: str) -> str:
    """A question without its question words: what it is about."""
    rest = re.sub(rf"(?<=\s)(?:{'|'.join(_words('auxiliaries'))})(?=\s)", "", _headless(question))
    return re.sub(r"\b(\w+)-(?:t-)?(?:ils?|elles?|on)\b", r"\1", rest).strip(" ,;:")


def _headless(question: str) -> str:
    """A question without who says it and the words at its head."""
    rest = _without_saying(question)
    return rest[_at("heads", _plain(rest)) or 0 :]


def _thing(last: Turn) -> str:
    """What the last question was about, without what became of it; "" where that comes first."""
    thing = _pattern("becomes").split(last.carried or _headless(last.own), maxsplit=1)[0]
    return thing.strip() if _terms(thing) else ""


def _return(question: str) -> tuple[str, str]:
    """What a return to something earlier names, and what is asked of it."""
    end = _at("returns", _plain(_cut("openers", question)))
    if not end:
        return "", ""
    topic, _, rest = re.sub(r"[,:;.–—]", "\0", _cut("openers", question)[end:], count=1).partition("\0")
    return topic.strip(), rest.strip()


def _saying(question: str) -> tuple[int, int] | None:
    """Where « selon la police » stands in a question, to its end or the next mark."""
    plain = _plain(question)
    for found in re.finditer(rf"\b(?:{'|'.join(_words('sayings'))})\s*[^,;:—]+", plain):
        # « selon qui » asks for a speaker and names none.
        if not re.search(r"\b(?:qui|whom|who)\s*$", found.group()):
            return found.start(), found.start() + len(found.group().rstrip())
    return None


def _without_saying(question: str) -> str:
    said = _saying(question)
    told = question[: said[0]] + question[said[1] :] if said else question
    # « selon qui » names nobody, and is no matter either.
    return _WHO_SAYS.sub("", told).strip(" ,")


def _leans(question: str) -> bool:
    """Whether a pronoun of `question` stands for something said before."""
    plain = _pattern("no_pronouns").sub(" ", _plain(question))
    return bool(_pattern("pronouns").search(plain))


def _names(question: str) -> list[str]:
    return [found.group() for found in _found_names(question)]


def _found_names(question: str) -> list[re.Match[str]]:
    """The names in a question; its first word is none where it is an ordinary one."""
    return [found for found in re.finditer(_NAMES, question) if found.start() or _terms(found.group())]


def _terms(text: str) -> list[str]:
    """The terms that carry a matter of their own, cut short so that « tué » meets « tués »."""
    light = _light()
    return [word.rstrip("s") for word in question_terms(text) if word not in light]


def _cut(table: str, question: str) -> str:
    """`question` without what `table` finds at its beginning, as often as it does."""
    while end := _at(table, _plain(question)):
        question = question[end:].lstrip(" ,;:")
    return question


def _at(table: str, plain: str) -> int | None:
    """Where the longest phrase of `table` at the beginning of `plain` ends; None: it has none."""
    ends = [found.end() for pattern in _starts(table) if (found := pattern.match(plain))]
    return max(ends, default=None)


def _plain(text: str) -> str:
    """`text` in lower case without accents, character by character, so that places stay."""
    text = re.sub(r"\b[oO]ù\b", "wo", text.replace("’", "'"))
    return "".join(unicodedata.normalize("NFKD", char)[0].lower()[0] for char in text)


@cache
def _words(table: str) -> tuple[str, ...]:
    data = tomllib.loads((Path(__file__).parent / "followups.toml").read_text(encoding="utf-8"))
    entry = data[table]
    return tuple(fold(entry).split()) if isinstance(entry, str) else tuple(entry)


@cache
def _light() -> frozenset[str]:
    return frozenset(_words("light"))


@cache
def _starts(table: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?:{phrase})(?:(?<=')|(?!\w))\s*") for phrase in _words(table))


@cache
def _pattern(table: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w)(?:{phrase})(?!\w)" for phrase in _words(table)))
