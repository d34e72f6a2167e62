"""How a question is read: slips mended, made whole in its conversation, with each reading to search for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.types import Passage
from qa.conversation import DEEPEST, according_to, named_alone, whole
from qa.question import LONGEST, says_something, understand
from qa.types import Question, Wants
from qa.understanding.filters import speaks_uncounted
from qa.understanding.followup import has_matter
from qa.understanding.slots import happened_to

Answers = Callable[[Question], list[Passage]]


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is shown, the `readings` to search for, and the question `before` that it follows."""

    question: Question
    readings: tuple[Question, ...]
    before: Question | None = None


def read(
    text: str,
    history: Sequence[str],
    language: str | None,
    mended: Callable[[Question], Question],
    answers: Answers,
) -> Understood:
    """Read `text` after `history`; `mended` spells a question right, `answers` gives what answers one.

    A follow-up has two readings: made whole, and as it stands where it has words of its own;
    « que s'est-il passé à Vireval ? » also as « Vireval », since what happened has words of its own.
    """
    typed = understand(text, language)
    asked = mended(typed)
    earlier: list[str] = []
    for said in (" ".join(one.split())[:LONGEST] for one in history[-DEEPEST:]):
        # It may have been refused: a mark alone.
        if says_something(said):
            earlier.append(_spoken(mended(understand(said)).text, earlier, answers))
    rewritten = whole(_spoken(asked.text, earlier, answers), earlier)
    if rewritten is None:
        shown = typed if asked is typed else replace(asked, text=typed.text, rewritten=asked.text)
        about = happened_to(asked.text)
        return Understood(shown, (asked, understand(about, asked.language)) if about else (asked,))
    meant = understand(rewritten[:LONGEST], language)
    # In one language, so that the scores of both are made of the same weights.
    own = understand(asked.text, meant.language)
    # « et selon la police ? » after a count: what else the police say tells no figure.
    counted = meant.wants is Wants.NUMBER and own.wants is not Wants.NUMBER
    readings = (meant, own) if has_matter(asked.text) and not counted else (meant,)
    last = next((number for number in reversed(range(len(earlier))) if has_matter(earlier[number])), None)
    before = None if last is None else _made_whole(earlier[: last + 1], language)
    return Understood(replace(meant, text=typed.text, rewritten=meant.text), readings, before)


def _spoken(text: str, earlier: Sequence[str], answers: Answers) -> str:
    """« et selon la police ? » for « et la police ? » where they speak in the answer to the count before."""
    name = named_alone(text) if earlier else None
    if name is None:
        return text
    counted = _made_whole(earlier)
    spoken = counted.wants is Wants.NUMBER and speaks_uncounted(name, answers(counted))
    return according_to(text) if spoken else text


def _made_whole(conversation: Sequence[str], language: str | None = None) -> Question:
    """The last question of a conversation, made whole by those before it."""
    *before, last = conversation
    return understand((whole(last, before) or last)[:LONGEST], language)
