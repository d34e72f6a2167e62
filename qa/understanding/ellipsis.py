"""Elliptic follow-ups, put where their like stands in an earlier question.

« Combien de morts à Vireval ? » and « à Morlan ? » make « combien de morts à Morlan ». Each `other_…`
takes the earlier question and what the follow-up names, and gives None where there is no room for it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from qa.understanding.kinds import is_case, is_people
from qa.understanding.phrases import end_of, flat, paired, pattern_of, terms_of, words_of
from qa.understanding.slots import (
    ARTICLE,
    NAMES,
    SUBJECTS,
    headless,
    leans,
    named_speaker_at,
    names_in,
    office_at,
    part_at,
    place_at,
    speaker_at,
    speaking,
    speaks_at,
    subject_at,
    time_at,
)

_WORD = re.compile(r"[^\W\d_][\w-]*")
# « Durand a été arrêté », and in the other order « est mort le chanteur », where « est le maire » is no verb.
_SUBJECT = re.compile(rf"(?:{ARTICLE}{NAMES}|[Ll][ea]s? \w+|[Ll]['’]\w+)\s+")
_PLURAL = re.compile(r"^les\s|^the .*[^s']s$")

Word = tuple[int, int, str]  # where it begins and ends in its text, and the word


def inside(question: str) -> str:
    """`question` as it stands inside a sentence: small, unless a name begins it."""
    begins_with_name = names_in(question.split(" ")[0]) and not end_of("sayings", flat(question))
    return question if begins_with_name else _small(question)


def other_time(text: str, named: str) -> str | None:
    """`text` of another day, month or year, where it names one of the same sort."""
    old, new = time_at(text), time_at(named)
    if old is None or new is None or old.sort != new.sort:
        return None
    start = old.start if new.start < new.core else old.core
    return text[:start] + named + text[old.end :]


def other_place(text: str, place: str) -> str | None:
    return _put(text, place_at(text), place)


def other_part(text: str, part: str) -> str | None:
    """« le prix du gaz » for « le prix du pétrole »."""
    return _put(text, part_at(text), part)


def other_speaker(text: str, name: str) -> str | None:
    """« selon la police » for « selon le maire »; `name` may stand with its « selon » or without."""
    with_saying = end_of("sayings", flat(name))
    return _put(text, speaker_at(text) if with_saying else named_speaker_at(text), name)


def other_subject(text: str, name: str) -> str | None:
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


def other_office(text: str, office: str) -> str | None:
    """`text` asked of `office`; None where it asks about no office and about nobody."""
    asked = office_at(text) or any(pattern.search(text) for pattern in SUBJECTS)
    return other_subject(text, office) if asked else None


def said_by_another(text: str, name: str) -> str | None:
    """« que disent les parents ? » for « et les parents ? » after « que dit le maire ? », else None."""
    asked, who = speaks_at(text), speaking(name)
    if asked is None or who is None:
        return None
    end = asked.end("of" if asked["of"] and who["of"] else "slot")
    verb = _agreeing(asked["verb"], bool(_PLURAL.search(flat(who["who"]))))
    return f"{text[: asked.start('verb')]}{verb} {name}{text[end:]}"


def _agreeing(verb: str, many: bool) -> str:
    """A verb of speech for one or for many: « dit », « disent »; "does", "do"."""
    plurals = paired("many_say")
    known = next((one for one, other in plurals.items() if other == verb), None)
    one = known or (verb.removesuffix("nt") if verb.endswith("ent") else verb)
    return plurals.get(one, f"{one}nt" if one.endswith("e") else one) if many else one


def other_asking(text: str, asking: str) -> str | None:
    """`text` with `asking` for its question word; None where its words would not fit behind another."""
    rest = text[end_of("adverbials", flat(text)) or 0 :]
    if not end_of("askings", flat(rest)) and (end_of("heads", flat(rest)) or not _tells(rest)):
        return None
    return f"{asking} {rest if terms_of(rest.split()[0]) else _small(rest)}"


def other_count(text: str, counted: str) -> str | None:
    """`text`, which counts something, of another case or people; None for anything else."""
    return _noun_changed(text, counted) or _noun_added(text, counted)


def _noun_changed(text: str, counted: str) -> str | None:
    """« et les blessés ? » after « combien de morts à Lyon ? »: they are counted in the same place.

    What became of people stands in for what became of others ("killed"), people for people.
    None where nothing was counted, or `counted` is no noun of either sort.
    """
    start = end_of("counts", flat(text))
    noun = counted[end_of("counts", flat(counted)) or 0 :]
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
    first = spoken[0] if slots is people else slots[0]
    return _of(text[: first[0]], named[1]) + text[slots[-1][1] :]


def _together(found: list[Word], text: str) -> list[Word]:
    """Those of `found` that stand in one run: « tués ou blessés », "North Korean soldiers"."""
    breaks = (
        number
        for number, (one, other) in enumerate(pairwise(found), start=1)
        if not re.fullmatch(r"[\s-]*(?:(?:et|ou|and|or)\s+)?", text[one[1] : other[0]])
    )
    return found[: next(breaks, len(found))]


def _noun_added(text: str, counted: str) -> str | None:
    """« combien de soldats ont fui » for « et combien ont fui ? »; None where it misses no noun."""
    start = end_of("counts", flat(counted))
    if not start or leans(counted) or not pattern_of("becomes").match(flat(counted), start):
        return None
    becomes = "|".join(words_of("becomes"))
    thing = re.match(rf"{ARTICLE}(.+?)\s+(?:{becomes})\b", headless(text), re.IGNORECASE)
    if thing is None or not terms_of(thing[1]) or not (end_of("counts", flat(text)) or thing.start(1)):
        return None
    head = counted[:start].rstrip()
    left = f"{head} " if flat(head).endswith("y") else f"{head} de "
    return f"{_of(left, thing[1])} {counted[start:]}"


def _of(left: str, noun: str) -> str:
    """« combien d'hommes », « combien de femmes »."""
    return re.sub(r"\b(?:d['’]|de )$", "d'" if flat(noun)[0] in "aeiouh" else "de ", left) + noun


def _tells(text: str) -> bool:
    """Whether French words tell what happened, so that a question word can stand before them."""
    plain, subject = flat(text), _SUBJECT.match(text)
    if happened := _happened().match(plain, subject.end() if subject else 0):
        done = _then_done().match(plain, happened.end())
        if subject or (done and text[happened.end() + 1].islower()):
            return True
    return bool(_inverted().search(text))


@cache
def _happened() -> re.Pattern[str]:
    return re.compile(rf"(?:n')?(?:s'|se )?(?:{'|'.join(words_of('auxiliaries'))})\b(?! \d)")


@cache
def _then_done() -> re.Pattern[str]:
    return re.compile(rf"\s(?!(?:{'|'.join(words_of('no_participles'))})\b)[a-z]{{2}}")


@cache
def _inverted() -> re.Pattern[str]:
    return re.compile(rf"\w-(?:t-)?(?:{'|'.join(words_of('inverted'))})\b")


def _is_many(text: str, start: int) -> bool:
    return bool(re.match(r"les\s", flat(text[start:])) or re.search(r"\bles\s$", flat(text[:start])))


def _put(text: str, slot: tuple[int, int] | None, name: str) -> str | None:
    """`text` with `name` in the slot, an article left alone before it cut off; None where it has no slot."""
    if slot is None:
        return None
    left = re.sub(r"(?:\b(?:[Ll][ea]s?|[Tt]he)|[Ll]['’])\s*$", "", text[: slot[0]])
    return f"{left.rstrip()} {name}{text[slot[1] :]}".strip()


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
