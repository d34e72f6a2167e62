"""One follow-up: the question that it makes of the one before it.

« et selon Kiev ? » puts Kiev where a speaker stands; « pourquoi ? » takes the place of the
question word, or stands behind the question; what is whole in itself is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.language import detect_question
from index.lexical import fold
from qa.types import LANGUAGES
from qa.understanding.anaphora import with_name
from qa.understanding.ellipsis import (
    inside,
    other_asking,
    other_count,
    other_office,
    other_part,
    other_place,
    other_speaker,
    other_subject,
    other_time,
    said_by_another,
)
from qa.understanding.phrases import end_of, flat, pattern_of, terms_of, without_start
from qa.understanding.slots import (
    ARTICLE,
    NAMES,
    happened_to,
    is_office,
    is_place,
    is_time,
    leans,
    names_in,
    without_speaker,
    without_who_says,
)
from qa.understanding.speech_acts import acts, without_acts

_LONGEST = 300  # characters of a question that another stands behind
# So many terms make a question whole, one less with a name, one more behind « et ».
_WHOLE_TERMS = 3
# Somebody named by a noun: « la police », "the company".
NAMED = re.compile(r"(?:l[ea]s? |l['’]|the )(\w[\w'’ -]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation: its own words, what it follows (`base`), and what joins them."""

    own: str
    base: str = ""
    joint: str = ""

    @property
    def text(self) -> str:
        return f"{self.base}{self.joint}{self.own}"

    @property
    def matter(self) -> set[str]:
        return set(terms_of(self.text))

    @property
    def is_behind(self) -> bool:
        """Whether a whole question stands before its own words, and not names alone."""
        return self.joint.startswith(",")


def following(question: str, last: Turn) -> Turn | None:
    """The turn that `question` makes after `last`; None where it is whole in itself."""
    cut = without_start("openers", question)
    opened, question = cut != question, inside(cut or question)
    if (rest := _counted_elsewhere(question, last)) is not None:
        opened, question = True, rest
    if (made := _slotted(question, last, opened)) is not None:
        return made
    if (opened or end_of("counts", flat(question))) and (made := _counting(question, last)) is not None:
        return made
    if pattern_of("adverbials").fullmatch(flat(question)):
        return _asked_otherwise(question, last)
    if " " in question and (named := _with_name(question, last)) != question:
        # "does he deny it?": what "it" is stands in the question before, unless that was "who is he?".
        told_before = not has_matter(question) and not _asks_only_who(last)
        if told_before and (leans(named) or _takes_side(question)):
            return behind(question, last)
        return Turn(named)
    if _is_whole(question, opened):
        return None
    if len(terms_of(question)) < 2 or leans(question):
        return behind(question, last)
    if found := names_in(last.text):
        # It brings a matter of its own: who and where are carried, what happened is not.
        return Turn(question, ", ".join(dict.fromkeys(found)), in_language(question, ": ", " : "))
    return behind(question, last) if opened else None


def has_matter(text: str) -> bool:
    """Whether a question has words of its own that can be searched for.

    « pourquoi ? » has none, nor has « qui le nie ? », which by itself finds any denial.
    """
    return bool(terms_of(without_acts(without_start("openers", text))))


def behind(question: str, last: Turn) -> Turn:
    """`question` behind the one that it follows, as one sentence: « qui l'a dit, et pourquoi »."""
    base = last.base if last.is_behind else without_who_says(last.text)
    if last.is_behind and not terms_of(question) and _has_own(last):
        # « … combien de voix, et pourquoi »: it asks about what was asked last.
        base = f"{base}, {last.own}"
    return Turn(question, base[:_LONGEST], in_language(base, ", and ", ", et "))


def in_language(text: str, english: str, french: str) -> str:
    """Of two words of ours the one in the language of `text`."""
    return english if detect_question(text) == "en" else french


def _is_whole(question: str, opened: bool) -> bool:
    """Whether a question needs no other; `opened`: « et » or "but" stood before it."""
    asks_about = end_of("wholes", flat(question))
    if happened_to(question) or (asks_about and names_in(question[asks_about:])):
        # « que s'est-il passé à Vireval ? », « qui est Durand ? »
        return True
    own = len(terms_of(question))
    if leans(question) or own < 2:
        return False
    # "weather tomorrow?" speaks of something else.
    foreign = not opened and not end_of("heads", flat(question))
    return foreign or own >= (2 if names_in(question) else _WHOLE_TERMS) + opened


def _counted_elsewhere(question: str, last: Turn) -> str | None:
    """« selon le préfet » of « combien selon le préfet ? » after a count; None where more is new."""
    start = end_of("counts", flat(question))
    if not start or not (end_of("counts", flat(last.own)) or end_of("counts", flat(last.base))):
        return None
    rest = question[start:]
    elsewhere = end_of("sayings", flat(rest)) or is_time(rest) or is_place(rest, opened=True)
    return rest if elsewhere else None


def _asks_only_who(last: Turn) -> bool:
    """Whether it brings a name and nothing that « il a démenti ? » could be about: « qui est Durand ? »."""
    return last.matter <= set(terms_of(" ".join(names_in(last.text))))


def _takes_side(question: str) -> bool:
    """Whether it asks if somebody denies or confirms, be it said what or not: « a-t-il démenti ? »."""
    return any(acts(question, language) - {"says"} for language in LANGUAGES)


def _asks_who_says(last: Turn) -> bool:
    """Whether it asks for nothing but words on what was asked before: « …, et qui le dit ? »."""
    asks = without_acts(last.own) != fold(last.own)
    return last.is_behind and asks and not has_matter(last.own)


def _has_own(last: Turn) -> bool:
    """Whether the words of a turn bring a matter; « avec quel outil ? » has none."""
    return bool(terms_of(last.own)) and not pattern_of("sorts").fullmatch(flat(last.own))


def _asked_otherwise(question: str, last: Turn) -> Turn:
    """After "when did it start?", "why?" is "why did it start?"; it stands behind where it does not fit."""
    if (asked := other_asking(last.own, question)) is not None:
        return replace(last, own=asked)
    if (asked := other_asking(last.base, question)) is not None:
        return Turn(asked)
    return behind(question, last)


def _slotted(question: str, last: Turn, opened: bool) -> Turn | None:
    """The last question with what `question` names in the place of its like; None where it names nothing."""
    if opened and _asks_who_says(last) and (NAMED.fullmatch(question) or _is_name(question)):
        # « qui le dit ? », « et le maire ? »
        question = f"{in_language(last.base, 'according to', 'selon')} {question}"
    plain = flat(question)
    if end_of("sayings", plain):
        return _said(question, last)
    if is_time(question):
        return _changed(last, other_time, question) or _at_end(last, question)
    if is_place(question, opened):
        told = replace(last, own=without_speaker(last.own), base=without_speaker(last.base))
        return _changed(told, other_place, question) or _at_end(told, question)
    rest = question[end_of("parts", plain) or 0 :]
    if opened and rest != question and re.fullmatch(r"[\w-]+", rest) and terms_of(rest):
        # « le prix du pétrole », « et du gaz ? »
        return _changed(last, other_part, question)
    if _is_name(question):
        return _changed(last, other_subject, question) or behind(question, last)
    if opened and (asked := said_by_another(last.own, question)):
        return replace(last, own=asked)
    if is_office(question) and (named := _changed(last, other_office, question)):
        return named
    if NAMED.fullmatch(question) and len(terms_of(question)) <= 2:
        own = other_speaker(last.own, question)
        return None if own is None else replace(last, own=own)
    return None


def _said(question: str, last: Turn) -> Turn | None:
    """The last question according to whom `question` names; None where it names nobody."""
    plain = flat(question)
    saying = end_of("sayings", plain) or 0
    # « selon qui ? » asks for the speaker of the whole, any other name is one.
    last = Turn(last.base) if _asks_who_says(last) else last
    asks = pattern_of("whoms").match(plain, saying)
    if not asks and (own := other_speaker(last.own, question)) is not None:
        return replace(last, own=own)
    joint = ", " if asks else " "
    return replace(last, own=f"{last.own}{joint}{question}") if plain[saying:].strip() else None


def _is_name(question: str) -> bool:
    return bool(re.fullmatch(rf"{ARTICLE}{NAMES}", question)) and not end_of("heads", flat(question))


def _changed(last: Turn, change: Callable[[str, str], str | None], question: str) -> Turn | None:
    """`last` with `change` made to its own words, else to those it follows; None where neither has room."""
    if (own := change(last.own, question)) is not None:
        return replace(last, own=own)
    if last.base and (base := change(last.base, question)) is not None:
        return replace(last, base=base)
    return None


def _at_end(last: Turn, question: str) -> Turn:
    """`last` with a time or a place added: behind the matter that it asks about."""
    if last.is_behind and not _has_own(last):
        return replace(last, base=f"{last.base} {question}")
    return replace(last, own=f"{last.own} {question}")


def _counting(question: str, last: Turn) -> Turn | None:
    """A count of what was counted before, or of another case or people of it; None for anything else."""
    made = other_count(last.own, question) or other_count(last.base, question)
    return Turn(made) if made else None


def _with_name(question: str, last: Turn) -> str:
    """`question` with the name of the last question in the place of « il », « elle », "he" or "she"."""
    if end_of("unknown", flat(last.base or last.own)) or (last.base and leans(last.own)):
        # « qui a opéré … ? »: « il » may be the answer, which no question names.
        return question
    return with_name(question, last.own if names_in(last.own) else last.base)
