"""What somebody else counts is often told in a sentence that names nothing again.

« La police a recensé 300 marcheurs. Les syndicats avancent le chiffre de 900. »: alone the second
says too little to answer « combien de marcheurs ? ». Right behind a quote that counts what is asked,
and saying little but who gives which number of the same thing, it answers as well. What becomes of
people tells by itself what is counted, so another toll answers wherever it stands in the article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.types import Document, Passage, Role
from qa.ranking.sequels import raised
from qa.types import Hit, Question, Wants
from qa.understanding.asked import Asked, asked_of
from qa.understanding.claims import claim_of, names_known, years
from qa.understanding.counted import counted_best
from qa.understanding.other_counts import Counted, adjoins, gives_but_a_number, tells_nothing
from qa.understanding.quantities import count_one_thing, tells_case
from qa.understanding.speakers import speaker_of

# What share of the question such a sentence tells that names nothing that it counts.
_ALL = 0.8


def with_rivals(
    question: Question,
    likely: list[Hit],
    ranked: Sequence[Hit],
    document_of: Callable[[str], Document],
) -> list[Hit]:
    """`likely`, and behind each that counts what is asked for the sentences of its article that do too."""
    if question.wants is not Wants.NUMBER or not likely:
        return likely
    asked = asked_of(question)
    known = {hit.number for hit in likely}
    found: list[Hit] = []
    for hit in likely:
        document = document_of(hit.passage.doc_id)
        beside = [
            other
            for other in ranked
            if other.passage.doc_id == document.doc_id
            and other.number not in known
            and other.passage.role is Role.SENTENCE
        ]
        # A third number stands behind the second.
        told = [hit]
        for one in told:
            for rival in _rivals_of(question, asked, one.passage, beside, document):
                if rival.number not in known:
                    known.add(rival.number)
                    told.append(raised(rival, hit, question.language))
        found += told
    return found


def _rivals_of(
    question: Question, asked: Asked, one: Passage, beside: Sequence[Hit], document: Document
) -> list[Hit]:
    """Who of those `beside` in the article of `one` counts what it does: right behind it first."""
    best = counted_best(asked, one, document.language)
    if best is None:
        return []
    counted = best[0], one
    counting = [
        (hit, rival) for hit in beside if (rival := counted_best(asked, hit.passage, document.language))
    ]
    counted_here = {hit.number for hit, _ in counting}
    bare = [
        (hit, (figure, 0.0))
        for hit in beside
        if hit.number not in counted_here
        and (figure := next(filter(tells_nothing, hit.passage.figures), None)) is not None
    ]
    behind = [
        hit
        for hit, (figure, sure) in counting + bare
        if adjoins(one, hit.passage, document.text)
        and gives_but_a_number(
            counted, (figure, hit.passage), document.language, question.text, sure=sure == 1
        )
    ]
    return behind + [
        hit
        for hit, (figure, _) in counting
        if _is_other_toll(question, counted, (figure, hit.passage), document)
        or (_tells_all(one, hit, document.text) and _counts_untold(counted, (figure, hit.passage)))
    ]


def _tells_all(one: Passage, other: Hit, text: str) -> bool:
    """Whether `other`, right beside `one`, tells in any words all that is asked about."""
    passage = other.passage
    beside = adjoins(one, passage, text) or adjoins(passage, one, text)
    return beside and other.parts["words"] + other.parts["words_akin"] >= _ALL


def _counts_untold(one: Counted, other: Counted) -> bool:
    """Whether somebody in `other` counts what `one` does without naming it.

    « Ils étaient 4 200 à défiler, selon la police. »
    """
    figure, passage = other
    given = figure.unit is None and speaker_of(passage, figure.span) is not None
    return given and count_one_thing(one, other, sure=False)


def _is_other_toll(question: Question, one: Counted, other: Counted, document: Document) -> bool:
    """Whether somebody in `other`, anywhere in the article of `one`, gives another number of one case.

    A name that neither the question nor the title nor `one` has makes it the toll of something else.
    """
    (figure, here), (rival, there) = one, other
    if (figure.low, figure.high) == (rival.low, rival.high) or speaker_of(there, rival.span) is None:
        return False
    if not tells_case(figure) or not count_one_thing(one, other, sure=True):
        return False
    claim, told = claim_of(there, document.language), claim_of(here, document.language)
    if claim.tentative and not told.tentative:
        return False
    near = names_known(claim, f"{question.text} {document.title} {here.span.text}")
    return near and years(there.span.text) <= years(here.span.text)
