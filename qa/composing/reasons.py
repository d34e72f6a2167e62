"""Who asks why is shown the sentence that gives the reason, behind the one that tells what happened.

« L'accès est coupé. Les autorités invoquent « une panne ». »: the first sentence meets the question's
words and says no reason; the second gives one and names nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.engine import Engine
from index.types import Passage, Role
from qa.composing.followed import with_following
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

    `keep` is the reader's filter.
    """
    if question.wants is not Wants.REASON:
        return list(told)

    def gives(one: Passage, behind: Passage, language: str | None) -> bool:
        if one.role is not Role.SENTENCE or behind.paragraph != one.paragraph:
            return False
        return evidence(question, one, language) < evidence(question, behind, language) == 1

    return with_following(snapshot, told, keep, gives)
