"""Who asks why is shown the sentence that gives the reason, behind the one that tells what happened.

« L'accès est coupé. Les autorités invoquent « une panne ». »: the first sentence meets the question's
words and says no reason; the second gives one and names nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.engine import Engine
from index.types import Passage, Role
from qa.composing.origins import Told
from qa.ranking.evidence import evidence
from qa.types import Question, Wants


def with_reasons(
    question: Question,
    snapshot: Engine,
    told: Sequence[Told],
    keep: Callable[[Passage], bool] | None = None,
) -> list[Told]:
    """`told`, best first; where why is asked, each that gives no reason with the next sentence, if that does.

    The two answer together, so the second has the same chance where it was not found by itself.
    `keep` is the reader's filter.
    """
    if question.wants is not Wants.REASON:
        return list(told)
    own = {one.hit.number: one for one in told}
    shown: dict[int, Told] = {}
    for one in told:
        shown.setdefault(one.hit.number, one)
        number, passage = one.hit.number + 1, one.hit.passage
        if number >= snapshot.manifest.passages or passage.role is not Role.SENTENCE:
            continue
        behind, language = snapshot.corpus.passage(number), snapshot.corpus.document(passage.doc_id).language
        follows = (behind.doc_id, behind.paragraph) == (passage.doc_id, passage.paragraph)
        gives = follows and evidence(question, passage, language) < evidence(question, behind, language) == 1
        if gives and behind.role is Role.SENTENCE and (keep is None or keep(behind)):
            shown.setdefault(
                number, own.get(number) or Told(replace(one.hit, number=number, passage=behind), ())
            )
    return list(shown.values())
