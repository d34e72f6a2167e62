"""A story is told in several articles: what another one counts of the same thing answers as well.

« Le bilan est monté à 19 morts » names neither the place nor the flood, and alone says too little to
answer « combien de morts à Vireval ? ». Its article says the rest. So it stands right behind the
quote that counts the same thing in an article of the same days about the same, the newest first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from index.lexical import stems_of, words
from index.types import Document, Figure, Role
from qa.rank import weights_of
from qa.ranking.found import Found
from qa.types import Hit, Question, Wants
from qa.understanding.asked import asked_of
from qa.understanding.claims import Claim, begin_alike, claim_of, names_known, years
from qa.understanding.counted import counted_best
from qa.understanding.quantities import count_one_thing, tells_case

# Articles at most this many days apart tell one story, and so many of them are told behind the first.
# Another flood of the same town is years away; a toll is mended within weeks.
_DAYS, _MOST = 60, 3


@dataclass(frozen=True, slots=True)
class _Told:
    """A hit with its article, and the figure that is asked for, with how well it suits.

    `concepts` are those of the question that its article tells, `own` those that the sentence does.
    """

    hit: Hit
    document: Document
    figure: Figure
    sure: float
    concepts: frozenset[int]
    own: frozenset[int]

    @property
    def claim(self) -> Claim:
        return claim_of(self.hit.passage, self.document.language)


def with_sequels(
    question: Question,
    found: Found,
    likely: list[Hit],
    ranked: Sequence[Hit],
    document_of: Callable[[str], Document],
) -> list[Hit]:
    """`likely`, and behind the first that counts what is asked for those of `ranked` that tell on from it.

    Both are best first. Who tells on gains the feature `sequel`: all that it lacks to the one before.
    Only counts are told on, where the question names whom or what it is about.
    """
    names = frozenset(place for place, concept in enumerate(found.concepts) if concept.name)
    if question.wants is not Wants.NUMBER or not names:
        return likely
    told = (_told(question, found, hit, document_of) for hit in likely)
    first = next(filter(None, told), None)
    if first is None or first.document.published is None:
        return likely
    matter = _matter(question, found)
    others: dict[str, _Told] = {}
    for hit in ranked:
        doc_id = hit.passage.doc_id
        if doc_id == first.document.doc_id or doc_id in others or hit.parts["speaks_other"]:
            continue
        if not hit.parts["counts_asked"] or not _near(first.document, document_of(doc_id)):
            continue
        other = _told(question, found, hit, document_of)
        if other and other.concepts >= names | first.concepts and _tells_on(question, matter, first, other):
            others[doc_id] = other
    newest = sorted(others.values(), key=lambda one: one.document.published or "", reverse=True)[:_MOST]
    later = {one.hit.number: raised(one.hit, first.hit, question.language) for one in newest}
    at = next(place for place, hit in enumerate(likely, 1) if hit.number == first.hit.number)
    # What stands before the first counts nothing of it, so none of it is raised.
    return [*likely[:at], *later.values(), *(hit for hit in likely[at:] if hit.number not in later)]


def _told(question: Question, found: Found, hit: Hit, document_of: Callable[[str], Document]) -> _Told | None:
    """What a hit tells of what is counted; None where it counts nothing of it, or is no sentence."""
    passage, document = hit.passage, document_of(hit.passage.doc_id)
    best = counted_best(asked_of(question), passage, document.language)
    if best is None or passage.role is not Role.SENTENCE:
        return None
    position = found.numbers.index(hit.number)
    title, inside = stems_of(document.title), found.in_article(position)
    concepts = frozenset(
        place
        for place, concept in enumerate(found.concepts)
        if inside[place] or any(title.issuperset(one) for one in (*concept.alternatives, *concept.akin))
    )
    own = frozenset(np.flatnonzero(found.akin[:, position]).tolist())
    return _Told(hit, document, *best, concepts, own)


def _near(one: Document, other: Document) -> bool:
    """Whether both have a day, and the two are days of one story."""
    if one.published is None or other.published is None:
        return False
    return abs((date.fromisoformat(one.published) - date.fromisoformat(other.published)).days) <= _DAYS


def _matter(question: Question, found: Found) -> frozenset[int]:
    """Which concepts tell the thing that is counted: no names, and of people what they do or suffer."""
    asked = asked_of(question)
    who = asked.noun if asked.people else ()
    return frozenset(
        place
        for place, concept in enumerate(found.concepts)
        if not concept.name
        and not any(begin_alike(stem, word) for one in concept.alternatives for stem in one for word in who)
    )


def _tells_on(question: Question, matter: frozenset[int], first: _Told, other: _Told) -> bool:
    """Whether `other` counts the thing that `first` counts, of the same story, and no less surely.

    « 44 % » and « 44 personnes » may be of anything: such a sentence has to tell of the `matter` itself.
    """
    if other.claim.tentative and not first.claim.tentative:
        return False
    if not (tells_case(other.figure) or matter & other.own):
        return False
    figures = (first.figure, first.hit.passage), (other.figure, other.hit.passage)
    return count_one_thing(*figures, sure=other.sure == 1) and not _apart(question, other)


def _apart(question: Question, other: _Told) -> bool:
    """Whether a sentence tells of another year, or names somebody or some place that nobody asked about."""
    told = years(other.hit.passage.span.text) - {(other.document.published or "")[:4]}
    return not told.issubset(words(question.text)) or not names_known(other.claim, question.text)


def raised(hit: Hit, first: Hit, language: str) -> Hit:
    """`hit`, at least as likely as `first`, and standing where `first` does."""
    odds = max(hit.odds, first.odds)
    behind, gain = odds - first.odds + first.behind, weights_of(language)["sequel"]
    return replace(hit, odds=odds, behind=behind, parts={**hit.parts, "sequel": (odds - hit.odds) / gain})
