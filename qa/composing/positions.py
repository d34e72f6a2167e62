"""Who says what: the voices of the quotes, by what they say, and who says different things.

Each position rests on quotes. One who is not heard has no position: absence is no denial.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.types import VoiceStance
from qa.types import Position, Question, Quote, Step, Wants
from qa.understanding.speakers import actor_of, identity, name_of
from qa.understanding.speech_acts import judges

# How many and when are answered by figures and days; who, whether and why by voices.
ASKED = frozenset({Wants.PERSON, Wants.NAME, Wants.YES_NO, Wants.REASON, Wants.ANYTHING})
Heard = dict[VoiceStance, list[int]]


def positions(question: Question, quotes: Sequence[Quote]) -> tuple[Position, ...]:
    """The voices in `quotes`: those who assert, then doubt, deny, stay silent; best quote first."""
    if question.wants not in ASKED:
        return ()
    heard: dict[str, Heard] = {}
    shown: dict[str, tuple[str, str | None]] = {}
    for number, quote in enumerate(quotes):
        denying = {
            identity(voice, quote.passage.doc_id)
            for voice in quote.passage.heard
            if voice.stance is VoiceStance.DENIES
        }
        for voice in quote.passage.heard:
            key = identity(voice, quote.passage.doc_id)
            # Who « dément et dénonce une campagne » asserts nothing beside.
            if key in denying and voice.cue is not None and judges(voice.cue.text):
                continue
            shown.setdefault(key, (name_of(voice), actor_of(voice)))
            numbers = heard.setdefault(key, {}).setdefault(voice.stance, [])
            if number not in numbers:
                numbers.append(number)
    found = [
        Position(stance, *shown[key], tuple(numbers), *_steps(stances, quotes))
        for key, stances in heard.items()
        for stance, numbers in stances.items()
    ]
    order = list(VoiceStance)
    return tuple(sorted(found, key=lambda one: (order.index(one.stance), one.quotes)))


def _steps(heard: Heard, quotes: Sequence[Quote]) -> tuple[tuple[Step, ...], bool]:
    """The different things one voice says, in time where the days tell it; none where it says one."""
    # Two stances in one sentence are of two matters: « dément tout lien, mais juge le retard … ».
    if len(heard) < 2 or len({number for numbers in heard.values() for number in numbers}) < 2:
        return (), False
    said = [
        (quotes[number].document.published, number, stance)
        for stance, numbers in heard.items()
        for number in numbers
    ]
    # On one day nothing tells which came first.
    days = {day for day, _, _ in said}
    dated = None not in days and len(days) > 1
    said.sort(key=lambda one: ((one[0] or "") if dated else "", one[1]))
    steps: list[Step] = []
    for day, number, stance in said:
        if steps and steps[-1].stance is stance and steps[-1].published == day:
            steps[-1] = Step(stance, (*steps[-1].quotes, number), day)
        else:
            steps.append(Step(stance, (number,), day))
    return tuple(steps), dated
