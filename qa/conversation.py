"""A follow-up question made whole from the questions before it, without a language model.

Each question of the conversation is a turn, made of the one before it (`qa.understanding.followup`)
or of an earlier one that it returns to. Beside « et », « de » and the like only words of the
conversation are used, so what the reader gets to see is what the reader said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import words
from index.stopwords import COURTESY
from qa.understanding.anaphora import with_name
from qa.understanding.followup import NAMED, Turn, behind, following, in_language
from qa.understanding.kinds import is_case
from qa.understanding.phrases import end_of, flat, terms_of, without_start

DEEPEST = 20  # earlier questions that count
_END = re.compile(r"[\s?!.…]*$")


def whole(text: str, history: Sequence[str]) -> str | None:
    """The whole question that `text` stands for after `history` (oldest first).

    None where it is whole in itself, or nothing was asked before.
    """
    turns: list[Turn] = []
    for earlier in filter(None, map(_bare, history[-DEEPEST:])):
        turns.append(_joined(earlier, turns) or Turn(earlier))
    question = _bare(text)
    made = _joined(question, turns) if question else None
    if made is None or made.text == question:
        return None
    # French puts a space before the mark, and the reader's own mark shows it.
    asked = " ".join(text.split())
    mark = asked[len(_END.sub("", asked)) :]
    shown = made.text + (mark if "?" in mark else in_language(made.text, "?", " ?"))
    return shown[:1].upper() + shown[1:]


def named_alone(text: str) -> str | None:
    """« police » of « et la police ? »: whom a follow-up names and nothing else, who may be counted or speak.

    None for any other question, and for what becomes of people: « et les blessés ? » are counted.
    """
    question = _bare(text)
    cut = without_start("openers", question)
    named = NAMED.fullmatch(cut)
    if named is None or cut == question or not 1 <= len(terms_of(cut)) <= 2:
        return None
    return None if any(is_case(word) for word in words(named[1])) else named[1]


def according_to(text: str) -> str:
    """« et selon la police ? » for « et la police ? »."""
    question = without_start("openers", _bare(text))
    return f"{in_language(text, 'and according to', 'et selon')} {question}"


def _bare(text: str) -> str:
    """A question on one line, without its mark; "" for thanks, which follow none and are followed by none.

    One in capitals is lowered, as they show no names there; a word alone may well be a name.
    """
    question = "" if COURTESY.issuperset(words(text)) else _END.sub("", " ".join(text.split()))
    shouted = question.isupper() and (" " in question or end_of("heads", flat(question)))
    return question.lower() if shouted else question


def _joined(question: str, turns: Sequence[Turn]) -> Turn | None:
    """The turn that `question` makes after `turns`; None where it is whole in itself."""
    if not turns:
        return None
    topic, rest = _return(question, turns)
    if not topic:
        return following(question, turns[-1])
    known = next((turn for turn in reversed(turns) if turn.matter.intersection(terms_of(topic))), None)
    if known is None:
        return following(rest or topic, turns[-1])
    if not rest:
        return known
    if (named := with_name(rest, topic)) != rest:
        return Turn(named)
    return following(rest, known) or behind(rest, known)


def _return(question: str, turns: Sequence[Turn]) -> tuple[str, str]:
    """What a return to something earlier names, and what is asked of it."""
    cut = without_start("openers", question)
    end = end_of("returns", flat(cut))
    topic, mark, rest = re.sub(r"[,:;.–—]", "\0", cut[end or 0 :], count=1).partition("\0")
    topic = re.sub(r"\s+again$", "", topic.strip())
    if end:
        return topic, rest.strip()
    # « et la banque, combien de membres ? » names what an earlier question was about.
    named = set(terms_of(topic)) if mark and cut != question else set()
    if named and named.isdisjoint(turns[-1].matter) and any(named <= turn.matter for turn in turns):
        return topic, rest.strip()
    return "", ""
