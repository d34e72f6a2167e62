"""Who asks for somebody's words on a matter is shown those, and not what others say of it."""

from __future__ import annotations

from collections.abc import Sequence

from index.lexical import stems_of
from index.types import Passage
from qa.ranking.found import Found
from qa.ranking.speaking import speaking_under
from qa.types import Hit, Question
from qa.understanding.asked_speakers import speakers_on_matter
from qa.understanding.speakers import actor_of, name_of
from qa.understanding.spoken import is_one


def held_to_speaker(question: Question, found: Found, hits: Sequence[Hit]) -> list[Hit]:
    """`hits` in their order; where whoever is asked speaks in one, without the words of others.

    « Le parti » may be the one who is asked, and what nobody says may tell what they say: both stay, as does
    what names them. Where they speak in none, what others tell is all there is.
    """
    asked = speakers_on_matter(question, found.concepts)
    speaks = dict(zip(found.numbers, speaking_under(found, asked).tolist(), strict=True))
    if not any(speaks[hit.number] for hit in hits):
        return list(hits)
    names = [stems for concept in asked for stems in (*concept.alternatives, *concept.akin)]
    return [hit for hit in hits if speaks[hit.number] or not _of_others(hit.passage, names)]


def _of_others(passage: Passage, names: Sequence[tuple[str, ...]]) -> bool:
    """Whether all who speak in `passage` surely are others, and it has none of the `names`, in stems."""
    told = stems_of(passage.span.text)
    others = all(actor_of(voice) or is_one(name_of(voice)) for voice in passage.heard)
    return bool(passage.heard) and others and not any(told.issuperset(name) for name in names)
