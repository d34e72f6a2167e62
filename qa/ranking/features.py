"""What is measured of a question and its candidates: named features, most of them 0 to 1.

Numbers alone, no weights: `qa.rank` weighs them. What the words say holds in the
language of the articles, what the vectors say holds across languages. Features named
`q_…` are the same for all candidates of a question: they tell how near the nearest is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.lexical import words
from index.types import Stance
from qa.ranking.evidence import KINDS, asks_holder, evidence, names_holder
from qa.ranking.found import Found
from qa.ranking.matter import matter_met
from qa.ranking.named import names_around, names_met
from qa.ranking.speaking import speaking, speaking_under
from qa.types import Question, Wants
from qa.understanding.asked_speakers import asked_speakers, speakers_on_matter
from qa.understanding.counted import suits
from qa.understanding.quoted import quoted
from qa.understanding.speech_acts import acts

_LONG_PASSAGE = 300.0

Column = NDArray[np.float64]


def features(question: Question, found: Found) -> dict[str, Column]:
    """The columns of features, each of shape (candidates,), in the candidates' order."""
    size = len(found.numbers)
    columns = _near(found) | _covered(found) | _outdone(found) | _missing(question, found)
    columns |= _shown(question, found) | _voiced(question, found) | _quoting(question, found)
    columns |= _asked_alone(question, found)
    names = [concept.name for concept in found.concepts]
    shared = {f"q_{name}": columns[name].max(initial=0.0) for name in ("cosine", "words", "tokens")}
    shared["q_unknown"] = _share(~found.held)
    shared["q_unknown_names"] = _share(~found.held[names])
    shared["q_length"] = min(1.0, len(found.concepts) / 8)
    return columns | {name: np.full(size, value) for name, value in shared.items()}


def _near(found: Found) -> dict[str, Column]:
    """How near the passages are by vectors, by words, and by their tokens."""
    cosines, met = found.cosines.astype(np.float64), np.sort(found.met.astype(np.float64), axis=1)
    by_words = (found.reached, found.around, found.akin, found.akin_around)
    reached, around, akin, akin_around = (shares.sum(axis=0, dtype=np.float64) for shares in by_words)
    third = max(1, met.shape[1] // 3)
    return {
        "cosine": cosines,
        "cosine_before": found.cosines_before.astype(np.float64),
        "cosine_around": found.cosines_around.astype(np.float64),
        "words": reached,
        "words_around": around - reached,
        "words_akin": akin - reached,
        "words_akin_around": akin_around - around - (akin - reached),
        "tokens": met.mean(axis=1) if met.size else cosines,
        # A token that nothing in the passage meets: a name, an action, a year of something else.
        "tokens_weakest": met[:, :third].mean(axis=1) if met.size else cosines,
    }


def _covered(found: Found) -> dict[str, Column]:
    """How well the passage and its context meet the words that carry the question, in any language."""
    if not found.words or not found.met_around.size:
        cosines = found.cosines.astype(np.float64)
        return {"covered": cosines, "covered_least": cosines}
    met = found.met_around.astype(np.float64)
    each = np.stack([met[:, word].mean(axis=1) for word in found.words])
    return {"covered": each.mean(axis=0), "covered_least": each.min(axis=0)}


def _outdone(found: Found) -> dict[str, Column]:
    """How much better some other candidate, with its context, meets the question's tokens."""
    met = found.met_around.astype(np.float64)
    if not met.size:
        nothing = np.zeros(len(found.numbers))
        return {"outdone": nothing, "outdone_most": nothing}
    gaps = met.max(axis=0) - met
    return {"outdone": gaps.mean(axis=1), "outdone_most": gaps.max(axis=1)}


def _missing(question: Question, found: Found) -> dict[str, Column]:
    """How many of the question's names stand neither in the passage nor around it, in any language."""
    names = [concept.name for concept in found.concepts]
    met = names_met(question, found)
    return {
        "names_missing": _share(found.reached[names] == 0),
        "names_missing_around": _share(~names_around(found)),
        "names_unmet": 1 - met.mean(axis=0) if len(met) else np.zeros(len(found.numbers)),
    }


def _shown(question: Question, found: Found) -> dict[str, Column]:
    """What kind of passage it is, and whether it holds the kind of thing that is wanted."""
    lengths = np.array([len(passage.span.text) for passage in found.passages], dtype=np.float64)
    columns = {
        "neutral": np.array(
            [passage.stance is Stance.NEUTRAL for passage in found.passages], dtype=np.float64
        ),
        "length": np.minimum(1.0, lengths / _LONG_PASSAGE),
    }
    pairs = [*zip(found.passages, found.languages, strict=True)]
    columns["counts_asked"] = np.array([suits(question, *pair) for pair in pairs], dtype=np.float64)
    nothing = np.zeros(len(lengths))
    columns |= {"names_holder": nothing, "lacks_holder": nothing}
    if asks_holder(question):
        columns["names_holder"] = np.array(
            [names_holder(question, *pair) for pair in pairs], dtype=np.float64
        )
        columns["lacks_holder"] = 1 - columns["names_holder"]
    columns |= {f"lacks_{wants.value}": nothing for wants in KINDS}
    if question.wants in KINDS:
        called = _called(found)
        shown = np.array([evidence(question, *pair, called) for pair in pairs], dtype=np.float64)
        columns[f"lacks_{question.wants.value}"] = 1 - shown
    return columns


def _voiced(question: Question, found: Found) -> dict[str, Column]:
    """Whether somebody the question names speaks here, and takes the position it asks for."""
    asked = acts(question.text, question.language)
    named = _called(found)
    voiced, speaks = [passage.heard for passage in found.passages], speaking(found, named)
    taken = np.array([any(voice.stance in asked for voice in voices) for voices in voiced], dtype=bool)
    voices = np.array([bool(voices) for voices in voiced], dtype=bool)
    # "Did NATO deny it?" asks for NATO's words as well.
    on_matter = speakers_on_matter(question, found.concepts)
    says = "says" in asked or (question.wants is Wants.YES_NO and bool(on_matter))
    told = matter_met(question, found, on_matter)
    # Who is asked for a figure and gives none has not answered.
    counted = np.array([bool(passage.figures) for passage in found.passages], dtype=bool)
    answers = speaks & counted if question.wants is Wants.NUMBER else speaks
    return {
        "speaks": speaks.astype(np.float64),
        "speaks_asked": (answers & says) * told,
        "speaks_other": (voices & ~speaks & (says and bool(named))).astype(np.float64),
        "voices_asked": (voices & (says and not named)).astype(np.float64),
        "position_asked": taken.astype(np.float64),
        # « Qui a démenti ? » asks for nothing else.
        "position_alone": (taken & (not found.concepts)).astype(np.float64),
    }


def _asked_alone(question: Question, found: Found) -> dict[str, Column]:
    """Whether whoever is asked for their words, and for nothing else, speaks here.

    Somebody who is not named is told by the voices alone, so one of the candidates must have theirs.
    """
    asked = asked_speakers(question, found.concepts)
    speaks = speaking_under(found, asked)
    told = bool(asked) and (bool(speaks.any()) or any(concept.name for concept in asked))
    return {
        "speaks_alone": (speaks & told).astype(np.float64),
        "lacks_voice": (~speaks & told).astype(np.float64),
    }


def _quoting(question: Question, found: Found) -> dict[str, Column]:
    """What share of the words that the question quotes the passage holds to the letter."""
    phrases = [f" {' '.join(phrase)} " for phrase in quoted(question.text)]
    if not phrases:
        return {"quotes_asked": np.zeros(len(found.numbers))}
    texts = [f" {' '.join(words(passage.span.text))} " for passage in found.passages]
    return {"quotes_asked": np.array([[phrase in text for phrase in phrases] for text in texts]).mean(axis=1)}


def _called(found: Found) -> list[tuple[str, ...]]:
    """Every name, in stems, of those whom the question names."""
    return [alternative for concept in found.concepts if concept.name for alternative in concept.alternatives]


def _share(true: NDArray[np.bool_]) -> Column:
    """The share of True down each column; 0 where there is no row at all."""
    return true.mean(axis=0) if len(true) else np.zeros(true.shape[1:])
