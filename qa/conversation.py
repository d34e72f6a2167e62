"""A follow-up question made whole from the questions before it, without a language model.

« et selon Kiev ? » takes the earlier question and puts Kiev where a speaker stands;
« pourquoi ? » takes its matter; a question whole in itself is left alone. Only words of
the conversation are used, so what the reader gets to see is what the reader said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.lexical import words
from index.stopwords import COURTESY
from qa.counted import is_case, is_people
from qa.slots import (
    ARTICLE,
    NAMES,
    SUBJECTS,
    end_of,
    flat,
    headless,
    leans,
    matter_of,
    names_in,
    pattern_of,
    place_at,
    speaker_at,
    subject_at,
    terms_of,
    without_speaker,
    without_start,
)

DEEPEST = 20
_LONGEST = 300
_WHOLE_TERMS = 3
_END = re.compile(r"[\s?!.…]*$")
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
_WORD = re.compile(r"[^\W\d_][\w-]*")
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")


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
        if question := _bare(asked):
            turns.append(_joined(question, turns) or Turn(question))
    asked = " ".join(text.split())
    question = _bare(asked)
    made = _joined(question, turns) if turns and question else None
    if made is None or made.text == question:
        return None
    # French puts a space before the mark, and the reader's own mark shows it.
    mark = _END.search(asked)
    shown = made.text + (mark.group() if mark and "?" in mark.group() else " ?")
    return shown[:1].upper() + shown[1:]


def _bare(asked: str) -> str:
    """A question without its mark; "" for thanks, which follow no question and are followed by none."""
    return "" if COURTESY.issuperset(words(asked)) else _END.sub("", asked)


def has_matter(text: str) -> bool:
    """Whether a question has words of its own that can be searched for: « pourquoi ? » has none."""
    return bool(terms_of(without_start("openers", text)))


def _joined(question: str, turns: Sequence[Turn]) -> Turn | None:
    """The turn that `question` makes after `turns`; None where it is whole in itself."""
    if not turns:
        return None
    last = turns[-1]
    topic, rest = _return(question)
    if topic:
        known = [turn for turn in reversed(turns) if set(terms_of(topic)) & set(terms_of(turn.text))]
        if known and not rest:
            return known[0]
        if known and (named := _with_name(rest, Turn(topic))) != rest:
            return Turn(named)
        if known:
            return _carry(rest, _merged(topic, matter_of(known[0].own), known[0].carried))
        question = rest or topic
    cut = without_start("openers", question)
    opened, question = cut != question, cut or question
    if (made := _slotted(question, last)) is not None:
        return made
    if opened and (made := _counting(question, last)) is not None:
        return made
    own, names = len(terms_of(question)), names_in(question)
    if own and (named := _with_name(question, last)) != question:
        return Turn(named)
    pronoun = leans(question)
    if not pronoun and (own >= _WHOLE_TERMS + opened or (names and own >= 2 + opened)):
        return None
    if own >= 2 and not opened and not pronoun and not end_of("heads", flat(question)):
        # "weather tomorrow?" speaks of something else.
        return None
    if own >= 2 and (found := names_in(last.text)):
        # It brings a matter of its own: who and where are carried, what happened is not.
        return _carry(question, " ".join(found))
    if own >= 2 and not opened and not pronoun:
        return None
    if opened and last.carried and not end_of("heads", plain := flat(question)) and len(plain.split()) <= 3:
        # « et leurs familles ? » stands in the place of what was asked last.
        return _carry(question, last.carried)
    if own == 1 and end_of("counts", flat(question)) and (thing := _thing(last)):
        # « et combien ont fui ? » counts what was counted, whatever became of them.
        return _carry(question, thing)
    if last.carried and pattern_of("sorts").fullmatch(flat(last.own)):
        # « avec quel outil ? » asked for a thing of the matter, and is none of it.
        return _carry(question, last.carried)
    return _carry(question, _merged(matter_of(last.own), last.carried))


def _slotted(question: str, last: Turn) -> Turn | None:
    """The last question with what `question` names in the place of its like; None where it names nothing."""
    plain = flat(question)
    if saying := end_of("sayings", plain):
        # « selon qui ? » asks for the speaker of the whole, any other name is one.
        joint = ", " if re.search(r"\b(qui|whom|who)$", plain) else " "
        said = speaker_at(last.own)
        if joint == " " and said:
            return replace(last, own=last.own[: said[0]] + question + last.own[said[1] :])
        return replace(last, own=f"{last.own}{joint}{question}") if plain[saying:].strip() else None
    if (place := end_of("places", plain)) and re.fullmatch(rf"\s*{ARTICLE}{NAMES}", question[place:]):
        own = without_speaker(last.own)
        if (span := place_at(own)) is not None:
            return replace(last, own=own[: span[0]] + question + own[span[1] :])
        if (span := place_at(last.carried)) is not None:
            return Turn(own, last.carried[: span[0]] + question + last.carried[span[1] :])
        return replace(last, own=f"{own} {question}")
    if _YEAR.fullmatch(question) and (years := [*_YEAR.finditer(last.own)]):
        return replace(last, own=_put(last.own, years[-1].span(), question))
    if re.fullmatch(rf"{ARTICLE}{NAMES}", question) and not end_of("heads", plain):
        return _named(question, last)
    said = speaker_at(last.own)
    if (
        said
        and re.fullmatch(r"(?:l[ea]s? |l['’]|the )\w[\w'’ -]{1,40}", question)
        and len(terms_of(question)) <= 2
    ):
        verb = end_of("sayings", flat(last.own[said[0] :])) or 0
        return replace(last, own=_put(last.own, (said[0] + verb, said[1]), question))
    return None


def _counting(question: str, last: Turn) -> Turn | None:
    """« et les blessés ? » after « combien de morts à Lyon ? »: they are counted in the same place.

    What became of people stands in for what became of others ("killed"), people for people.
    None where nothing was counted, or `question` is no noun of either sort.
    """
    start, named = end_of("counts", flat(last.own)), re.fullmatch(rf"{ARTICLE}([\w-]+)", question)
    if not start or named is None:
        return None
    spoken = [(*found.span(), found.group()) for found in _WORD.finditer(flat(last.own), start)]
    spoken = [word for word in spoken if terms_of(word[2])]
    cases = [word for word in spoken if is_case(word[2])]
    people = [word for word in spoken[:3] if is_people(word[2]) and word not in cases]
    if is_case(flat(named[1])):
        slots = cases or people or spoken[:1]
    else:
        slots = people if is_people(flat(named[1])) and spoken[:1] != cases[:1] else []
    if not slots:
        return None
    slot = (spoken[0] if slots is people else slots[0])[0], slots[-1][1]
    # « combien d'hommes », « combien de femmes ».
    left = re.sub(r"\b(?:d['’]|de )$", "d'" if flat(named[1])[0] in "aeiouh" else "de ", last.own[: slot[0]])
    return replace(last, own=left + named[1] + last.own[slot[1] :])


def _named(name: str, last: Turn) -> Turn:
    """The last question asked of somebody else: the subject gives way, else the speaker, else a name."""
    if (slot := subject_at(last.own)) is not None:
        return replace(last, own=_put(last.own, slot, name))
    if (slot := subject_at(last.carried)) is not None and not terms_of(last.own):
        return replace(last, carried=_put(last.carried, slot, name))
    return _carry(name, _merged(matter_of(last.own), last.carried))


def _put(text: str, slot: tuple[int, int], name: str) -> str:
    """`text` with `name` in the slot, an article left alone before it cut off."""
    left = re.sub(r"(?:\b(?:[Ll][ea]s?|[Tt]he)|[Ll]['’])\s*$", "", text[: slot[0]])
    return f"{left.rstrip()} {name}{text[slot[1] :]}".strip()


def _with_name(question: str, last: Turn) -> str:
    """`question` with the name of the last question in the place of « il », « elle », "he" or "she"."""
    text = last.own if names_in(last.own) else last.carried
    if end_of("unknown", flat(last.own)) or (last.carried and leans(last.own)):
        # « qui a opéré … ? »: « il » may be the answer, which no question names.
        return question
    slot = (
        subject_at(text) if names_in(text) and not pattern_of("no_pronouns").search(flat(question)) else None
    )
    if slot is None:
        return question
    name = re.sub(r"^L(?=[ae]s? |['’])", "l", text[slot[0] : slot[1]].strip())
    for pattern, shape in _SOMEBODY if not name.endswith("s") else _SOMEBODY + _MANY:
        # A subject that stands there already makes « a-t-il » a mere form.
        found = pattern.search(question)
        if found and not SUBJECTS[0].search(question) and not names_in(question[: found.start()]):
            return question[: found.start()] + shape.format(name=name) + question[found.end() :]
    return question


def _carry(question: str, matter: str) -> Turn:
    """`question` with the words of `matter` that it lacks."""
    return Turn(question, _merged("", matter, lacking=question))


def _merged(*parts: str, lacking: str = "") -> str:
    """The words of all parts, none twice and none of `lacking`, as they were written."""
    seen = set(terms_of(lacking))
    kept: list[str] = []
    for word in " ".join(parts).replace(" — ", " ").split():
        stems = set(terms_of(word))
        if not stems and not kept and flat(word) not in ("la", "le", "les", "the"):
            continue
        if stems and stems <= seen:
            continue
        seen |= stems
        kept.append(word)
    while kept and not terms_of(kept[-1]):
        kept.pop()
    return " ".join(kept)[:_LONGEST].rstrip(" ,;:")


def _thing(last: Turn) -> str:
    """What the last question was about, without what became of it; "" where that comes first."""
    thing = pattern_of("becomes").split(last.carried or headless(last.own), maxsplit=1)[0]
    return thing.strip() if terms_of(thing) else ""


def _return(question: str) -> tuple[str, str]:
    """What a return to something earlier names, and what is asked of it."""
    end = end_of("returns", flat(without_start("openers", question)))
    if not end:
        return "", ""
    topic, _, rest = re.sub(r"[,:;.–—]", "\0", without_start("openers", question)[end:], count=1).partition(
        "\0"
    )
    return topic.strip(), rest.strip()
