"""A follow-up question made whole from the questions before it, without a language model.

« et selon Kiev ? » takes the earlier question and puts Kiev where a speaker stands;
« pourquoi ? » takes the place of its question word, or stands behind it; a question whole
in itself is left alone. Beside « et », « de » and the like only words of the conversation are
used, so what the reader gets to see is what the reader said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.language import detect_question
from index.lexical import fold, words
from index.stopwords import COURTESY
from qa.understanding.counted import is_case, is_people
from qa.understanding.slots import (
    ARTICLE,
    NAMES,
    SUBJECTS,
    Time,
    end_of,
    flat,
    happened_to,
    has_somebody,
    headless,
    is_office,
    is_place,
    leans,
    names_in,
    office_at,
    part_at,
    pattern_of,
    place_at,
    speaker_at,
    speaking,
    speaks_at,
    subject_at,
    terms_of,
    time_at,
    without_speaker,
    without_start,
    without_who_says,
    words_of,
)
from qa.understanding.speech_acts import without_acts

DEEPEST = 20
_LONGEST = 300
_WHOLE_TERMS = 3
_END = re.compile(r"[\s?!.…]*$")
_CLITICS = r"l[ea]s? |lui |leur |[mts]e |ne |en |y |[nlsmty]['’]"
# One person, in the places where a name can stand: "did he", « selon elle », « que dit-il ».
_SOMEBODY = (
    (re.compile(r"\b(?:he|she|him|her(?=\s*$))\b"), r"{name}"),
    (
        re.compile(r"(?<=selon )(?:elle|lui)\b|(?<=d'après )(?:elle|lui)\b|(?<=d’après )(?:elle|lui)\b"),
        r"{name}",
    ),
    # « que dit Martin », « où Martin vit-il », « Martin fait-il appel ».
    (re.compile(r"(?<=^[Qq]ue )(\w+)-(?:t-)?(?:il|elle)\b"), r"{verb} {name}"),
    (re.compile(rf"(?=(?<![\w'’-])(?:{_CLITICS})*\w+-(?:t-)?(?:il|elle)\b)"), r"{name} "),
)
_MANY = ((re.compile(r"\b(?:they|them(?=\s*$))\b"), r"{name}"),)
_WORD = re.compile(r"[^\W\d_][\w-]*")
# « ferme-t-il », « sont-elles ».
_INVERTED = re.compile(r"\w-(?:t-)?(?:ils?|elles?|on)\b")
# « Durand a été arrêté », and in the other order « est mort le chanteur », where « est le maire » is no verb.
_SUBJECT = re.compile(rf"(?:{ARTICLE}{NAMES}|[Ll][ea]s? \w+|[Ll]['’]\w+)\s+")
_HAPPENED = re.compile(
    r"(?:n')?(?:s'|se )?(?:a|ont|est|sont|avait|avaient|etait|etaient|sera|seront|aurait|auraient|serait"
    r"|seraient|fut|furent|va|vont)\b(?! \d)"
)
_THEN_DONE = re.compile(
    r"\s(?!(?:l[ea]s?|une?|des?|du|ce|cette|son|sa|ses|leurs?|pour|dans|en|aux?|a|il|elle|on)\b)[a-z]{2}"
)
_PLURAL = re.compile(r"^les\s|^the .*[^s']s$")
_MANY_SAY = {"dit": "disent", "répond": "répondent", "does": "do"}
_ONE = {many: one for one, many in _MANY_SAY.items()}
_OWNED = re.compile(r"['’]s [\w-]+")
# Somebody named by a noun: « la police », "the company".
_NAMED = re.compile(r"(?:l[ea]s? |l['’]|the )(\w[\w'’ -]{1,40})", re.IGNORECASE)


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
    def is_behind(self) -> bool:
        """Whether a whole question stands before its own words, and not names alone."""
        return self.joint.startswith(",")


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
    plain = "?" if detect_question(made.text) == "en" else " ?"
    shown = made.text + (mark.group() if mark and "?" in mark.group() else plain)
    return shown[:1].upper() + shown[1:]


def _bare(asked: str) -> str:
    """A question without its mark; "" for thanks, which follow no question and are followed by none.

    One in capitals is lowered, as they show no names there; a word alone may well be a name.
    """
    question = "" if COURTESY.issuperset(words(asked)) else _END.sub("", asked)
    shouted = question.isupper() and (" " in question or end_of("heads", flat(question)))
    return question.lower() if shouted else question


def has_matter(text: str) -> bool:
    """Whether a question has words of its own that can be searched for.

    « pourquoi ? » has none, nor has « qui le nie ? », which by itself finds any denial.
    """
    return bool(terms_of(without_acts(without_start("openers", text))))


def named_alone(text: str) -> str | None:
    """« police » of « et la police ? »: whom a follow-up names and nothing else, who may be counted or speak.

    None for any other question, and for what becomes of people: « et les blessés ? » are counted.
    """
    question = _bare(" ".join(text.split()))
    cut = without_start("openers", question)
    named = _NAMED.fullmatch(cut)
    if named is None or cut == question or not 1 <= len(terms_of(cut)) <= 2:
        return None
    return None if any(is_case(word) for word in words(named[1])) else named[1]


def asked_of(text: str) -> str:
    """« et selon la police ? » for « et la police ? »."""
    question = without_start("openers", _bare(" ".join(text.split())))
    return f"{_in_language(text, 'and according to', 'et selon')} {question}"


def _joined(question: str, turns: Sequence[Turn]) -> Turn | None:
    """The turn that `question` makes after `turns`; None where it is whole in itself."""
    if not turns:
        return None
    topic, rest = _return(question, turns)
    if not topic:
        return _following(question, turns[-1])
    known = next((turn for turn in reversed(turns) if _shares(topic, turn)), None)
    if known is None:
        return _following(rest or topic, turns[-1])
    if not rest:
        return known
    if (named := _with_name(rest, Turn(topic))) != rest:
        return Turn(named)
    return _following(rest, known) or _behind(rest, known)


def _following(question: str, last: Turn) -> Turn | None:
    """The turn that `question` makes after `last`; None where it is whole in itself."""
    cut = without_start("openers", question)
    opened, question = cut != question, _inside(cut or question)
    if (rest := _counted_elsewhere(question, last)) is not None:
        opened, question = True, rest
    if (made := _slotted(question, last, opened)) is not None:
        return made
    counting = end_of("counts", flat(question))
    if (opened or counting) and (made := _counting(question, last)) is not None:
        return made
    if pattern_of("adverbials").fullmatch(flat(question)):
        return _asked_otherwise(question, last)
    own, names = len(terms_of(question)), names_in(question)
    if " " in question and (named := _with_name(question, last)) != question:
        # "does he deny it?": what "it" is stands in the question before.
        return _behind(question, last) if leans(named) and not has_matter(question) else Turn(named)
    pronoun = leans(question)
    if not pronoun and (own >= _WHOLE_TERMS + opened or (names and own >= 2 + opened)):
        return None
    if names and (start := end_of("wholes", flat(question))) and names_in(question[start:]):
        # « qui est Durand ? »
        return None
    if happened_to(question):
        return None
    if own >= 2 and not opened and not pronoun and not end_of("heads", flat(question)):
        # "weather tomorrow?" speaks of something else.
        return None
    if own >= 2 and not pronoun and (found := names_in(last.text)):
        # It brings a matter of its own: who and where are carried, what happened is not.
        return Turn(question, ", ".join(dict.fromkeys(found)), _in_language(question, ": ", " : "))
    if own >= 2 and not opened and not pronoun:
        return None
    return _behind(question, last)


def _counted_elsewhere(question: str, last: Turn) -> str | None:
    """« selon le préfet » of « combien selon le préfet ? » after a count; None where more is new."""
    start = end_of("counts", flat(question))
    if not start or not (end_of("counts", flat(last.own)) or end_of("counts", flat(last.base))):
        return None
    rest = question[start:]
    time = time_at(rest)
    at_a_time = time is not None and (time.start, time.end) == (0, len(rest))
    return rest if end_of("sayings", flat(rest)) or at_a_time or is_place(rest, opened=True) else None


def _asks_who_says(last: Turn) -> bool:
    """Whether it asks for nothing but words on what was asked before: « …, et qui le dit ? »."""
    asks = without_acts(last.own) != fold(last.own)
    return last.is_behind and asks and not has_matter(last.own)


def _behind(question: str, last: Turn) -> Turn:
    """`question` behind the one that it follows, as one sentence: « qui l'a dit, et pourquoi »."""
    base = last.base if last.is_behind else without_who_says(last.text)
    if last.is_behind and not terms_of(question) and _has_own(last):
        # « … combien de voix, et pourquoi »: it asks about what was asked last.
        base = f"{base}, {last.own}"
    return Turn(question, base[:_LONGEST], _in_language(base, ", and ", ", et "))


def _has_own(last: Turn) -> bool:
    """Whether the words of a turn bring a matter; « avec quel outil ? » has none."""
    return bool(terms_of(last.own)) and not pattern_of("sorts").fullmatch(flat(last.own))


def _in_language(text: str, english: str, french: str) -> str:
    return english if detect_question(text) == "en" else french


def _asked_otherwise(question: str, last: Turn) -> Turn:
    """After "when did it start?", "why?" is "why did it start?"; it stands behind where it does not fit."""
    if (asked := _swapped(question, last.own)) is not None:
        return replace(last, own=asked)
    if (asked := _swapped(question, last.base)) is not None:
        return Turn(asked)
    return _behind(question, last)


def _swapped(question: str, frame: str) -> str | None:
    """`frame` with `question` for its question word; None where its words would not fit behind another."""
    rest = frame[end_of("adverbials", flat(frame)) or 0 :]
    if not end_of("askings", flat(rest)) and (end_of("heads", flat(rest)) or not _tells(rest)):
        return None
    return f"{question} {rest if terms_of(rest.split()[0]) else _small(rest)}"


def _tells(text: str) -> bool:
    """Whether French words tell what happened, so that a question word can stand before them."""
    subject = _SUBJECT.match(text)
    happened = _HAPPENED.match(flat(text), subject.end() if subject else 0)
    done = bool(
        happened
        and (subject or (_THEN_DONE.match(flat(text), happened.end()) and text[happened.end() + 1].islower()))
    )
    return done or bool(_INVERTED.search(text))


def _inside(question: str) -> str:
    """`question` as it stands inside a sentence: small, unless a name begins it."""
    begins_with_name = names_in(question.split(" ")[0]) and not end_of("sayings", flat(question))
    return question if begins_with_name else _small(question)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _slotted(question: str, last: Turn, opened: bool) -> Turn | None:
    """The last question with what `question` names in the place of its like; None where it names nothing."""
    if opened and _asks_who_says(last) and (_NAMED.fullmatch(question) or _is_name(question)):
        # « qui le dit ? », « et le maire ? »
        question = f"{_in_language(last.base, 'according to', 'selon')} {question}"
    plain = flat(question)
    if saying := end_of("sayings", plain):
        # « selon qui ? » asks for the speaker of the whole, any other name is one.
        last = Turn(last.base) if _asks_who_says(last) else last
        joint = ", " if pattern_of("whoms").match(plain, saying) else " "
        said = speaker_at(last.own)
        if joint == " " and said:
            return replace(last, own=last.own[: said[0]] + question + last.own[said[1] :])
        return replace(last, own=f"{last.own}{joint}{question}") if plain[saying:].strip() else None
    if (time := time_at(question)) and (time.start, time.end) == (0, len(question)):
        return _changed(last, lambda text: _other_time(text, question, time)) or _at_end(last, question)
    if is_place(question, opened):
        told = replace(last, own=without_speaker(last.own), base=without_speaker(last.base))
        return _changed(told, lambda text: _put(text, place_at(text), question)) or _at_end(told, question)
    rest = question[end_of("parts", plain) or 0 :]
    if opened and rest != question and re.fullmatch(r"[\w-]+", rest) and terms_of(rest):
        # « le prix du pétrole », « et du gaz ? »
        return _changed(last, lambda text: _put(text, part_at(text), question))
    if _is_name(question):
        named = _changed(last, lambda text: _of_somebody_else(text, question))
        return named or _behind(question, last)
    if opened and (asked := _said_by_another(last.own, question)):
        return replace(last, own=asked)
    if is_office(question) and (named := _changed(last, lambda text: _of_another_office(text, question))):
        return named
    said = speaker_at(last.own)
    if said and _NAMED.fullmatch(question) and len(terms_of(question)) <= 2:
        verb = end_of("sayings", flat(last.own[said[0] :])) or 0
        return _changed(last, lambda text: _put(text, (said[0] + verb, said[1]), question))
    return None


def _is_name(question: str) -> bool:
    return bool(re.fullmatch(rf"{ARTICLE}{NAMES}", question)) and not end_of("heads", flat(question))


def _changed(last: Turn, change: Callable[[str], str | None]) -> Turn | None:
    """`last` with `change` made to its own words, else to those it follows; None where neither has room."""
    if (own := change(last.own)) is not None:
        return replace(last, own=own)
    if last.base and (base := change(last.base)) is not None:
        return replace(last, base=base)
    return None


def _at_end(last: Turn, question: str) -> Turn:
    if last.is_behind and not _has_own(last):
        return replace(last, base=f"{last.base} {question}")
    return replace(last, own=f"{last.own} {question}")


def _other_time(text: str, question: str, time: Time) -> str | None:
    """`text` of another day, month or year, where it names one of the same sort."""
    old = time_at(text)
    if old is None or old.sort != time.sort:
        return None
    start = old.start if time.start < time.core else old.core
    return text[:start] + question + text[old.end :]


def _counting(question: str, last: Turn) -> Turn | None:
    """A count of what was counted before, or of another case or people of it; None for anything else."""
    for text in (last.own, last.base):
        if (made := _noun_changed(question, text) or _noun_added(question, text)) is not None:
            return Turn(made)
    return None


def _noun_changed(question: str, text: str) -> str | None:
    """« et les blessés ? » after « combien de morts à Lyon ? »: they are counted in the same place.

    What became of people stands in for what became of others ("killed"), people for people.
    None where nothing was counted, or `question` is no noun of either sort.
    """
    start = end_of("counts", flat(text))
    noun = question[end_of("counts", flat(question)) or 0 :]
    named = re.fullmatch(rf"(?:de |d['’])?{ARTICLE}([\w-]+)", noun)
    if not start or named is None:
        return None
    spoken = [(*found.span(), found.group()) for found in _WORD.finditer(flat(text), start)]
    spoken = [word for word in spoken if terms_of(word[2])]
    cases = _together([word for word in spoken if is_case(word[2])], text)
    people = [word for word in _together(spoken[:3], text) if is_people(word[2]) and word not in cases]
    # « et d'hospitalisés ? » says itself that they are counted.
    if is_case(flat(named[1])) or (re.match(r"(?:de |d['’])\w", noun) and named[1].islower()):
        slots = cases or people or spoken[:1]
    else:
        slots = people if is_people(flat(named[1])) and spoken[:1] != cases[:1] else []
    if not slots:
        return None
    slot = (spoken[0] if slots is people else slots[0])[0], slots[-1][1]
    return _of(text[: slot[0]], named[1]) + text[slot[1] :]


def _together(found: list[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """Those of `found` words that stand in one run: « tués ou blessés », "North Korean soldiers"."""
    breaks = (
        number
        for number, (one, other) in enumerate(pairwise(found), start=1)
        if not re.fullmatch(r"[\s-]*(?:(?:et|ou|and|or)\s+)?", text[one[1] : other[0]])
    )
    return found[: next(breaks, len(found))]


def _noun_added(question: str, text: str) -> str | None:
    """« combien de soldats ont fui » for « et combien ont fui ? »; None where it misses no noun."""
    start = end_of("counts", flat(question))
    if not start or leans(question) or not pattern_of("becomes").match(flat(question), start):
        return None
    becomes = "|".join(words_of("becomes"))
    thing = re.match(rf"{ARTICLE}(.+?)\s+(?:{becomes})\b", headless(text), re.IGNORECASE)
    if thing is None or not terms_of(thing[1]) or not (end_of("counts", flat(text)) or thing.start(1)):
        return None
    head = question[:start].rstrip()
    left = f"{head} " if flat(head).endswith("y") else f"{head} de "
    return f"{_of(left, thing[1])} {question[start:]}"


def _of(left: str, noun: str) -> str:
    """« combien d'hommes », « combien de femmes »."""
    return re.sub(r"\b(?:d['’]|de )$", "d'" if flat(noun)[0] in "aeiouh" else "de ", left) + noun


def _of_somebody_else(text: str, name: str) -> str | None:
    """`text` asked of `name`; None where it names nobody, or one of another number than its verb."""
    slot = office_at(text) or subject_at(text)
    if slot is None or (not speaker_at(text) and _is_many(name, 0) != _is_many(text, slot[0])):
        return None
    made = _put(text, slot, name)
    gender = re.match(r"l[ea]\s", flat(name))
    if made and gender:
        # « la Grèce va-t-elle », « le Portugal va-t-il »
        pronoun = "il" if gender.group() == "le " else "elle"
        made = re.sub(r"(?<=-)(?:il|elle)\b", pronoun, made, count=1)
    return made


def _of_another_office(text: str, name: str) -> str | None:
    """`text` asked of the office `name`; None where it asks about no office and about nobody."""
    asked = office_at(text) or any(pattern.search(text) for pattern in SUBJECTS)
    return _of_somebody_else(text, name) if asked else None


def _said_by_another(text: str, name: str) -> str | None:
    """« que disent les parents ? » for « et les parents ? » after « que dit le maire ? », else None."""
    asked, who = speaks_at(text), speaking(name)
    if asked is None or who is None:
        return None
    end = asked.end("of" if asked["of"] and who["of"] else "slot")
    verb = _agreeing(asked["verb"], bool(_PLURAL.search(flat(who["who"]))))
    return f"{text[: asked.start('verb')]}{verb} {name}{text[end:]}"


def _agreeing(verb: str, many: bool) -> str:
    """A verb of speech for one or for many: « dit », « disent »; "does", "do"."""
    one = _ONE.get(verb, verb.removesuffix("nt") if verb.endswith("ent") else verb)
    return _MANY_SAY.get(one, f"{one}nt" if one.endswith("e") else one) if many else one


def _is_many(text: str, start: int) -> bool:
    return bool(re.match(r"les\s", flat(text[start:])) or re.search(r"\bles\s$", flat(text[:start])))


def _put(text: str, slot: tuple[int, int] | None, name: str) -> str | None:
    """`text` with `name` in the slot, an article left alone before it cut off; None where it has no slot."""
    if slot is None:
        return None
    left = re.sub(r"(?:\b(?:[Ll][ea]s?|[Tt]he)|[Ll]['’])\s*$", "", text[: slot[0]])
    return f"{left.rstrip()} {name}{text[slot[1] :]}".strip()


def _with_name(question: str, last: Turn) -> str:
    """`question` with the name of the last question in the place of « il », « elle », "he" or "she"."""
    text = last.own if names_in(last.own) else last.base
    if end_of("unknown", flat(last.base or last.own)) or (last.base and leans(last.own)):
        # « qui a opéré … ? »: « il » may be the answer, which no question names.
        return question
    slot = (
        subject_at(text) if names_in(text) and not pattern_of("no_pronouns").search(flat(question)) else None
    )
    if slot is None:
        return question
    # "she" after "does Durand's lawyer appeal?" is the lawyer.
    owned = _OWNED.match(text, slot[1])
    name = re.sub(r"^L(?=[ae]s? |['’])", "l", text[slot[0] : owned.end() if owned else slot[1]].strip())
    for pattern, shape in _SOMEBODY if not name.endswith("s") else _SOMEBODY + _MANY:
        # A subject that stands there already makes « a-t-il » a mere form.
        found = pattern.search(question)
        if found and not SUBJECTS[0].search(question) and not has_somebody(question[: found.start()]):
            put = shape.format(name=name, verb=found[found.re.groups])
            return question[: found.start()] + put + question[found.end() :]
    return question


def _return(question: str, turns: Sequence[Turn]) -> tuple[str, str]:
    """What a return to something earlier names, and what is asked of it."""
    cut = without_start("openers", question)
    end = end_of("returns", flat(cut))
    topic, mark, rest = re.sub(r"[,:;.–—]", "\0", cut[end or 0 :], count=1).partition("\0")
    topic = re.sub(r"\s+again$", "", topic.strip())
    # « et la banque, combien de membres ? » names what an earlier question was about.
    if end or (cut != question and mark and not _shares(topic, turns[-1]) and any(map(_names(topic), turns))):
        return topic, rest.strip()
    return "", ""


def _shares(topic: str, turn: Turn) -> bool:
    return not set(terms_of(topic)).isdisjoint(terms_of(turn.text))


def _names(topic: str) -> Callable[[Turn], bool]:
    wanted = set(terms_of(topic))
    return lambda turn: bool(wanted) and wanted <= set(terms_of(turn.text))
