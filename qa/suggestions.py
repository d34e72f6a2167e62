"""Next questions that the index is certain to answer, from what was found beside the answer.

Most are the same question with a filter that a relevant passage passes: the same
passage answers it again. One about another figure is asked aside before it is offered.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

from index.lexical import fold
from index.types import Passage, Stance, VoiceStance
from qa.speakers import key_of, name_of
from qa.types import FigureRow, Filters, Question, Suggestion

MOST = 4
_LONGEST = 60


def suggestions(
    question: Question,
    filters: Filters,
    shown: Sequence[Passage],
    relevant: Sequence[Passage],
    rows: Sequence[FigureRow],
    title_of: Callable[[str], str],
    is_answered: Callable[[str], bool],
) -> tuple[Suggestion, ...]:
    """At most `MOST` next questions: a voice not yet heard, doubts, another article, another figure.

    `shown` are the passages quoted, `relevant` all that answer, best first; `is_answered`
    asks a question aside.
    """
    asked = question.rewritten or question.text
    words = _templates()[question.language]
    unseen = [passage for passage in relevant if passage not in shown]

    def offer(kind: str, text: str, only: Filters) -> Suggestion:
        return Suggestion(kind, text, asked, only)

    found: list[Suggestion] = []
    if filters.voice is None:
        for name in islice(_unheard(shown, unseen), 2):
            found.append(
                offer("voice", words["voice"].format(name=_inside(name)), replace(filters, voice=name))
            )
    doubting = (Stance.DOUBTS, Stance.DENIES)
    if not filters.stance and _only(unseen, doubting) and not _only(shown, doubting):
        found.append(offer("dissent", words["dissent"], replace(filters, stance=doubting)))
    if not filters.document:
        seen = {passage.doc_id for passage in shown}
        other = next((passage.doc_id for passage in unseen if passage.doc_id not in seen), None)
        if other is not None:
            text = words["document"].format(title=title_of(other))
            found.append(offer("document", text, replace(filters, document=(other,))))
    for counted in _counted_apart(rows):
        text = words["figure"].format(counted=counted)
        if len(found) < MOST and is_answered(text):
            found.append(Suggestion("figure", text, text, filters))
            break
    return tuple(found[:MOST])


def _unheard(shown: Iterable[Passage], unseen: Iterable[Passage]) -> Iterator[str]:
    """Names of voices that no quote shown has, best first."""
    heard = {key_of(voice) for passage in shown for voice in passage.voices}
    for passage in unseen:
        for voice in passage.voices:
            name = name_of(voice)
            named = len(name) <= _LONGEST and not _nameless(name) and voice.stance is not VoiceStance.SILENT
            if named and key_of(voice) not in heard:
                heard.add(key_of(voice))
                yield name


def _nameless(name: str) -> bool:
    """Whether a name means nothing outside its sentence: « ce dernier », "last week"."""
    nothing = _templates()["nameless"]["words"].split()
    return all(word.isdigit() or word in nothing for word in re.findall(r"\w+", fold(name)))


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: « Les analystes » begins small."""
    return re.sub(
        r"^(L[ea]s?\b|L(?=['’])|The\b|Une?\b|Des\b|An?\b)", lambda article: article.group().lower(), name
    )


def _only(passages: Iterable[Passage], stances: tuple[Stance, ...]) -> bool:
    return any(passage.stance in stances for passage in passages)


def _counted_apart(rows: Iterable[FigureRow]) -> Iterator[str]:
    """What the figures apart count, in the article's words."""
    counted = (row.figure.unit.text for row in rows if row.apart and row.figure.unit)
    yield from islice(dict.fromkeys(unit for unit in counted if len(unit) <= _LONGEST), 1)


@cache
def _templates() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "suggestions.toml").read_text(encoding="utf-8"))
