"""Next questions that the index is certain to answer, from what was found beside the answer.

Most are the same question with a filter that a relevant passage passes: the same
passage answers it again. One about another figure is asked aside before it is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from index.lexical import fold, stemmed
from index.lexical import words as spoken
from index.types import Document, Passage, Stance, Voice, VoiceStance
from qa.question import understand
from qa.tables import read_table
from qa.types import FigureRow, Filters, Question, Suggestion
from qa.understanding.asked import asked_of
from qa.understanding.kinds import is_case
from qa.understanding.slots import names_in, place_at
from qa.understanding.speakers import key_of, name_of
from qa.understanding.spoken import Spoken, spoken_as
from qa.understanding.thesaurus import akin

MOST = 4
_LONGEST = 60
# Voices among which the short names come first, and how many words a short one has at most.
_LOOKED_AT, _SHORT = 6, 4
# « combien d'avions »; « autres personnes », and people of no kind, are no thing to ask for.
_OF = re.compile(r"\bde (?=(?:« )?[aeiouhâéèêîô])", re.IGNORECASE)
_REST = re.compile(r"(?:autres?|others?)\b|(?:personnes?|gens|people|persons?|individu\w*)$", re.IGNORECASE)


def suggestions(
    question: Question,
    filters: Filters,
    shown: Sequence[Passage],
    relevant: Sequence[Passage],
    rows: Sequence[FigureRow],
    document_of: Callable[[str], Document],
    is_answered: Callable[[str], bool],
) -> tuple[Suggestion, ...]:
    """At most `MOST` next questions: a voice not yet heard, doubts, another article, another figure.

    `shown` are the passages quoted, `relevant` all that answer the question made whole, best
    first; `is_answered` asks a question aside.
    """
    asked = question.rewritten or question.text
    words = _templates()[question.language]
    quoted = {passage.passage_id for passage in shown}
    unseen = [passage for passage in relevant if passage.passage_id not in quoted]

    def offers() -> Iterator[Suggestion]:
        if filters.voice is None:
            for voice in islice(_unheard(shown, unseen, document_of, question.language), 2):
                text = words["voice"].format(name=voice.inside)
                yield Suggestion("voice", text, asked, replace(filters, voice=voice.name))
        doubting = (Stance.DOUBTS, Stance.DENIES)
        told, untold = ({passage.stance for passage in some} for some in (shown, unseen))
        if not filters.stance and told.isdisjoint(doubting) and not untold.isdisjoint(doubting):
            yield Suggestion("dissent", words["dissent"], asked, replace(filters, stance=doubting))
        if not filters.document:
            seen = {passage.doc_id for passage in shown}
            if other := next((passage.doc_id for passage in unseen if passage.doc_id not in seen), None):
                text = words["document"].format(title=document_of(other).title or other)
                yield Suggestion("document", text, asked, replace(filters, document=(other,)))
        documents = [document_of(passage.doc_id) for passage in shown]
        counting = next(_counted_apart(question, rows, documents), None)
        if counting and is_answered(counting):
            yield Suggestion("figure", counting, counting, filters)

    return tuple(islice(offers(), MOST))


def _unheard(
    shown: Iterable[Passage],
    unseen: Iterable[Passage],
    document_of: Callable[[str], Document],
    language: str,
) -> Iterator[Spoken]:
    """Voices that no quote shown has: of the best a few, the short names first."""
    heard = {key for passage in shown for voice in passage.heard for key in _keys(voice)}
    found = islice(_new_voices(heard, unseen, document_of, language), _LOOKED_AT)
    yield from sorted(found, key=lambda one: len(one.inside.split()) > _SHORT)


def _new_voices(
    heard: set[str], unseen: Iterable[Passage], document_of: Callable[[str], Document], language: str
) -> Iterator[Spoken]:
    for passage in unseen:
        for voice in passage.heard:
            if voice.stance is VoiceStance.SILENT or not heard.isdisjoint(_keys(voice)):
                continue
            if spoken := spoken_as(voice, document_of(passage.doc_id), language):
                heard |= _keys(voice)
                yield spoken


def _keys(voice: Voice) -> set[str]:
    """What tells a voice from others: « M. Durand » and « Paul Durand » are taken for one."""
    last = name_of(voice).rpartition(" ")[2]
    return {key_of(voice), *([fold(last)] if last[:1].isupper() else [])}


def _counted_apart(
    question: Question, rows: Iterable[FigureRow], documents: Sequence[Document]
) -> Iterator[str]:
    """Questions for what the figures apart count, in the article's words, of the question's place or name."""
    words = _templates()[question.language]
    asked = question.rewritten or question.text
    names = names_in(asked)
    place = place_at(asked) if names else None
    where = f" {asked[slice(*place)]}" if place else ""
    for row in rows:
        unit = row.figure.unit.text if row.apart and row.figure.unit else ""
        foreign = documents[row.quote].language != question.language
        if not unit or foreign or len(unit) > _LONGEST or _REST.match(unit):
            continue
        text = _OF.sub("d'", words["figure"].format(counted=unit + where), count=1)
        if _counts_another(question, unit, understand(text, question.language)):
            named = ", ".join(dict.fromkeys(names))
            kept = place or not names
            yield text if kept else words["about"].format(name=named, asked=text[:1].lower() + text[1:])


def _counts_another(question: Question, unit: str, other: Question) -> bool:
    """Whether `other`, which counts `unit`, counts something else than `question`, and no case of people."""
    own, apart = asked_of(question), asked_of(other)
    near = {stems for word in own.noun for stems in akin(word, question.language)}
    near |= {tuple(stemmed([word], question.language)) for word in own.noun}
    cases = any(is_case(word) for word in spoken(unit))
    again = any(tuple(stemmed([word], question.language)) in near for word in apart.noun)
    # All of its words may stand in the question.
    asked = set(question.terms).issuperset(other.terms)
    return not cases and not again and not asked and own.people.isdisjoint(apart.people)


@cache
def _templates() -> dict[str, dict[str, str]]:
    return read_table(__file__, "suggestions.toml")
