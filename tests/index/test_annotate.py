from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from finishing import finishes
from floors import floors
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.annotate import annotate, explain, profile
from index.types import Document, Passage, Role, Span, Stance
from tests.index.reading import GOLD, article, read
from tests.index.scoring import score
from tests.index.test_stance import LABELLED

SEEDS = Path(__file__).parent.parent.parent / "seeds" / "articles"
# The development scores; they may only rise.
FLOORS = floors()["annotation"]
NEWS_FLOORS = floors()["annotation_news_en"]

_WORDS = st.sampled_from(
    (
        "Le maire la selon Selon a affirmé n'a pas confirmé « » \" ( ) , . ; : ? aurait seraient si qui que "
        "des milliers de trois 12 000 % entre et à jusqu'à Kiev elle a-t-il dit sans preuve aucune l' d' - — "
        "nos confrères ans 14h30 2025 mars the said that according to no evidence million at least"
    ).split(" ")
)
# What a headline or a torn page leaves of a sentence: some of its words, and a mark behind them.
_CUT = st.tuples(
    st.sampled_from([labelled.values[1].text.split() for labelled in LABELLED]),
    st.integers(0, 6),
    st.integers(1, 30),
    st.sampled_from(["", ",", " :", " «", "."]),
).map(lambda cut: " ".join(cut[0][cut[1] : cut[1] + cut[2]]) + cut[3])
_TEXTS = st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=60).map(" ".join), _CUT)


def developed() -> tuple[list[dict[str, Any]], dict[str, tuple[Passage, ...]]]:
    """The labelled sentences of the sample articles and their annotations."""
    rows = [json.loads(line) for line in (GOLD / "passages.jsonl").read_text("utf-8").splitlines()]
    done = {}
    for name in dict.fromkeys(row["doc"] for row in rows):
        text = (SEEDS / name).read_text("utf-8")
        passages, paragraph, last = [], 0, 0
        for row in (r for r in rows if r["doc"] == name):
            start, end = row["start"], row["end"]
            paragraph += "\n" in text[last:start]
            alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
            short = alone and not row["text"].rstrip("»” ").endswith((".", "…", "?", "!"))
            role = Role.HEADING if short and len(row["text"]) < 100 else Role.SENTENCE
            if short and len(passages) < 2:
                role = Role.TITLE
            passages.append(Passage(str(start), name, Span.cut(text, start, end), role, paragraph))
            last = end
        done[name] = annotate(Document(name, text, "", "", language="fr"), passages)
    return rows, done


def test_the_development_scores_do_not_fall() -> None:
    scores = score(*developed())
    for name, floor in FLOORS.items():
        assert getattr(scores, name) >= floor, (name, scores.misses)


def news() -> tuple[list[dict[str, Any]], dict[str, tuple[Passage, ...]]]:
    """The labelled sentences of short English news and their annotations; the first of each is a title
    where it has no full stop."""
    rows = [json.loads(line) for line in (GOLD / "news_en.jsonl").read_text("utf-8").splitlines()]
    done = {}
    for name in dict.fromkeys(row["doc"] for row in rows):
        own = [row for row in rows if row["doc"] == name]
        text, passages = " ".join(row["text"] for row in own), []
        for number, row in enumerate(own):
            row["start"] = passages[-1].span.end + 1 if passages else 0
            row["end"] = row["start"] + len(row["text"])
            role = Role.SENTENCE if number or row["text"].endswith(".") else Role.TITLE
            span = Span.cut(text, row["start"], row["end"])
            passages.append(Passage(str(number), name, span, role, number // 3))
        done[name] = annotate(Document(name, text, "", "", language="en"), passages)
    return rows, done


def test_the_development_scores_of_english_news_do_not_fall() -> None:
    scores = score(*news())
    for name, floor in NEWS_FLOORS.items():
        assert getattr(scores, name) >= floor, (name, scores.misses)


@settings(max_examples=300)
@given(_TEXTS, st.sampled_from(["fr", "en", None]))
@example("Pour le maire,", "fr")
def test_every_span_lies_in_its_passage_and_is_its_text(text: str, language: str | None) -> None:
    passage = read(text, language)
    spans = [passage.cue, *(v.holder for v in passage.voices), *(v.cue for v in passage.voices)]
    spans += [s for f in passage.figures for s in (f.span, f.unit)]
    for span in spans:
        if span is not None:
            assert passage.span.start <= span.start <= span.end <= passage.span.end
            assert span.text == text[span.start : span.end]
    for figure in passage.figures:
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high


@pytest.mark.parametrize("language", ["fr", "en", None])
def test_a_very_long_line_does_not_hang(language: str | None) -> None:
    pieces = [
        "Le maire affirme que 30 hommes auraient fui, ", "« ", "1 000 ", "1 ", "a", ", ", "\r\n",
        "cent ", "million ", *(word + sign * 40 for word in ("sans", "according", "no") for sign in " '\""),
        "sans" + " «" * 40, "no" + ", " * 40,
    ]  # fmt: skip
    finishes(
        "from tests.index.reading import read\n"
        f"for line in {pieces!r}:\n"
        "    line *= 40_000 // len(line)\n"
        f"    assert read(line, {language!r}).span.text == line"
    )


@pytest.mark.parametrize(
    "piece",
    ["The man held on Monday by police said 30-40 men fled, ", "'a ", "s' ", "‘s’ ", '"a ', "1-2", "n't"],
)
def test_a_very_long_english_line_does_not_hang(piece: str) -> None:
    line = piece * (40_000 // len(piece))
    assert read(line, "en").span.text == line


def test_the_passages_come_back_in_order_and_otherwise_untouched() -> None:
    passages = article("La digue a cédé.", "Selon la police, nul n'est blessé.")
    assert [p.passage_id for p in passages] == ["0", "1"]
    assert [p.span.text for p in passages] == ["La digue a cédé.", "Selon la police, nul n'est blessé."]


def test_the_profile_counts_every_stance_in_order() -> None:
    passages = article("La digue a cédé.", "L'eau monte.", "Selon la police, nul n'est blessé.", "Pourquoi ?")
    found = profile(passages)
    assert found.label == "asserts"
    assert list(found.counts) == list(Stance)
    assert list(found.counts.values()) == [2, 1, 0, 0, 1]
    assert profile(passages[2:]).label == "reports"
    assert profile((passages[0], passages[2])).label == "mixed"
    assert profile(()).label == "neutral"


def test_a_sentence_explains_itself() -> None:
    why = explain("Pour la première fois, Kiev a annoncé la capture de deux soldats.", "fr")
    assert why.passage.stance is Stance.REPORTS
    assert why.rule == "attribution"
    assert any(r.counted and r.span.text == "a annoncé" for r in why.reasons)
    assert any(not r.counted and "pseudo" in r.note for r in why.reasons)
    lines = str(why).splitlines()
    assert lines[0] == "reports (attribution) « a annoncé » at 28-37"
    assert "  figure  deux soldats: 2, captured" in lines
    assert "neutral" in explain("Er sagt es.", "de").rule


def test_a_time_before_a_sentence_is_quoted_with_it_and_is_no_word_of_it() -> None:
    text = "18 h 40. La préfecture dément toute évacuation."
    passage = read(text)
    assert passage.span == Span.cut(text, 0, len(text))
    assert [voice.holder.text for voice in passage.voices] == ["La préfecture"]
    why = explain(text, "fr")
    assert [text[r.span.start : r.span.end] for r in why.reasons] == [r.span.text for r in why.reasons]


@pytest.mark.parametrize(
    ("title", "speaks", "stance"),
    [
        ("Keller : la digue doit être refaite", "La préfète Ana Keller a annoncé un plan.", Stance.REPORTS),
        (
            "Keller : la digue doit être refaite",
            "Mme Keller a dit que la digue serait refaite.",
            Stance.REPORTS,
        ),
        ("Iran : la digue doit être refaite", "L'Iran a annoncé un plan.", Stance.ASSERTS),
        ("Climat : la digue doit être refaite", "Le ministre du Climat a annoncé un plan.", Stance.ASSERTS),
    ],
)
def test_a_title_gives_its_words_to_the_person_before_the_colon(
    title: str, speaks: str, stance: Stance
) -> None:
    text = f"{title}\n{speaks}"
    cut = len(title)
    passages = (
        Passage("0", "d", Span.cut(text, 0, cut), Role.TITLE),
        Passage("1", "d", Span.cut(text, cut + 1, len(text)), Role.SENTENCE, 1),
    )
    first = annotate(Document("d", text, "", "", language="fr"), passages)[0]
    assert first.stance is stance
    assert [v.holder.text for v in first.voices] == (["Keller"] if stance is Stance.REPORTS else [])
