"""Cutting: offsets are exact, nothing is lost, and sentences end where a reader says they do."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean import furniture
from index.sentences import sentences
from index.split import LONGEST, split
from index.types import Document, Passage, Role, Span

ROOT = Path(__file__).parents[2]
GOLD = [json.loads(line) for line in (ROOT / "tests/gold/passages.jsonl").read_text("utf-8").splitlines()]
SIDECAR = json.loads((ROOT / "seeds/articles/metadata.json").read_text("utf-8"))


def document(text: str, title: str = "", doc_id: str = "article.txt") -> Document:
    return Document(doc_id=doc_id, text=text, title=title, sha256="")


def cut(text: str, title: str = "") -> list[str]:
    return [passage.span.text for passage in split(document(text, title), furniture(text))]


def roles(text: str, title: str = "") -> list[tuple[Role, str]]:
    found = split(document(text, title), furniture(text))
    return [(passage.role, passage.span.text) for passage in found]


def labelled() -> Iterator[tuple[str, list[str]]]:
    """Paragraph and sentences of each example; a bad mark is an error, not a pass."""
    lines = (ROOT / "tests/gold/boundaries.txt").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("# "):
            continue
        parts = line.split(" ‖ ")
        if any("‖" in part or part != part.strip() or not part for part in parts):
            raise ValueError(f"boundaries.txt, line {number}: write « ‖ » with one space on each side")
        yield " ".join(parts), parts


@pytest.mark.parametrize(("text", "wanted"), list(labelled()), ids=lambda value: str(value)[:40])
def test_sentences_end_where_labelled(text: str, wanted: list[str]) -> None:
    """Each labelled paragraph is cut exactly at its marks."""
    assert [text[start:end] for start, end in sentences(text)] == wanted


def test_a_lost_space_is_an_end_only_where_it_is_plain() -> None:
    """« hier.Le » is two sentences; an address or a name with a full stop inside is not."""
    assert cut("Le chef est mort hier.Le second fuit.") == ["Le chef est mort hier.", "Le second fuit."]
    assert cut("Voir exemple.Com ou Node.Js.") == ["Voir exemple.Com ou Node.Js."]


def test_the_five_articles_are_cut_as_labelled() -> None:
    """Every labelled sentence of the sample articles is a passage, to the character."""
    missed = []
    for name, fields in SIDECAR.items():
        text = (ROOT / "seeds/articles" / name).read_bytes().decode()
        found = split(document(text, fields["title"] or "", name), furniture(text))
        spans = {(passage.span.start, passage.span.end) for passage in found}
        missed += [
            row["text"]
            for row in GOLD
            if row["doc"] == name and not row["boilerplate"] and (row["start"], row["end"]) not in spans
        ]
    assert missed == []


def test_titles_and_headings_are_known_and_lead() -> None:
    """The title is the title, and each sentence carries the heading above it."""
    name = "pyongyang-confirme.txt"
    text = (ROOT / "seeds/articles" / name).read_bytes().decode()
    found = split(document(text, SIDECAR[name]["title"], name), furniture(text))
    titles = [passage for passage in found if passage.role is Role.TITLE]
    headings = [passage.span for passage in found if passage.role is Role.HEADING]
    assert [passage.span.text for passage in titles] == [SIDECAR[name]["title"]]
    assert [span.text for span in headings] == [
        "Des troupes déployées en première ligne",
        "Lourdes pertes et préoccupations humanitaires",
        "Réaction mondiale et implications stratégiques",
        "Une nouvelle phase du conflit mondial ?",
    ]
    sentences_ = [passage for passage in found if passage.role is Role.SENTENCE]
    assert sentences_[0].heading is None
    assert sentences_[-1].heading == headings[-1]


def test_markdown_stays_verbatim() -> None:
    """Links and tables keep their marks, headings and items are quoted without; code is no passage."""
    text = (
        "# La trêve\n\nLe *maire* a [signé](https://exemple.org/a). Il part.\n\n## Les suites\n\n"
        "- Un pont rouvre.\n- Deux routes restent minées\n\n"
        "| Ville | Morts |\n|---|---|\n| Sainte-Rive | 12 |\n\n"
        "```\nprint('x.')\n```\n\n> On verra.\n"
    )
    assert roles(text) == [
        (Role.TITLE, "La trêve"),
        (Role.SENTENCE, "Le *maire* a [signé](https://exemple.org/a)."),
        (Role.SENTENCE, "Il part."),
        (Role.HEADING, "Les suites"),
        (Role.SENTENCE, "Un pont rouvre."),
        (Role.SENTENCE, "Deux routes restent minées"),
        (Role.SENTENCE, "| Ville | Morts |"),
        (Role.SENTENCE, "| Sainte-Rive | 12 |"),
        (Role.SENTENCE, "> On verra."),
    ]


def test_a_hard_wrapped_text_is_not_cut_at_line_ends() -> None:
    """Lines wrapped at a fixed width are joined; a passage may hold line breaks."""
    text = (
        "The river rose for three days and on the fourth it took the bridge that\n"
        "the engineers had built in the spring. Nobody had believed that it could\n"
        "rise so high. The mayor asked for boats, and the army sent two of them\n"
        "before the night.\n\nBy morning the water had gone.\n"
    )
    assert cut(text) == [
        text[: text.index(" Nobody")],
        "Nobody had believed that it could\nrise so high.",
        "The mayor asked for boats, and the army sent two of them\nbefore the night.",
        "By morning the water had gone.",
    ]


def test_lines_that_are_sentences_stay_apart() -> None:
    """One sentence a line, with or without a full stop, windows line ends or not."""
    text = "Le pont est tombé.\r\nLa route est coupée\r\nLes vivres manquent\r\nLe port brûle.\r\n"
    assert cut(text) == [
        "Le pont est tombé.",
        "La route est coupée",
        "Les vivres manquent",
        "Le port brûle.",
    ]


def test_where_no_title_is_given_a_rule_is_none() -> None:
    assert (Role.TITLE, "* * *") not in roles("* * *\n\nLa pluie a cessé à Alba hier soir.\n")


def test_the_given_title_is_found_in_the_text() -> None:
    """A title from the metadata is recognised in spite of apostrophes and case."""
    text = (
        "Monde\n\nL’aube d’une trêve\n\nLes armes se sont tues hier soir sur tout le front, selon l’armée.\n"
    )
    assert (Role.TITLE, "L’aube d’une trêve") in roles(text, "L'aube d'une Trêve")


def test_sentences_that_end_in_a_question_are_no_heading() -> None:
    """An interviewer's line is cut like any other; a question alone may head a section."""
    assert (Role.TITLE, "Kaltes. Qui paiera le pont ?") in roles(
        "Kaltes. Qui paiera le pont ?\n\nLa ville.\n"
    )
    asked = "Ils sont 300. Vous en comptez 511. Qui a raison ?"
    text = f"Le titre d’un entretien assez long\n\n{asked}\n\nMoi.\n\nQui paiera ?\n\nLa ville.\n"
    assert roles(text)[1:] == [
        (Role.SENTENCE, "Ils sont 300."),
        (Role.SENTENCE, "Vous en comptez 511."),
        (Role.SENTENCE, "Qui a raison ?"),
        (Role.SENTENCE, "Moi."),
        (Role.HEADING, "Qui paiera ?"),
        (Role.SENTENCE, "La ville."),
    ]


@pytest.mark.parametrize("mark", ["[1]", "[^12]", "²", "[a]"])
def test_a_footnote_makes_no_heading(mark: str) -> None:
    """A paragraph whose last stop has the mark of a footnote is prose, and cut."""
    text = f"Le bilan passe à 19 morts. Il pourrait monter.{mark}\n\nLe maire se tait.\n"
    assert cut(text) == ["Le bilan passe à 19 morts.", f"Il pourrait monter.{mark}", "Le maire se tait."]


def test_ids_are_stable_and_tell_repeats_apart() -> None:
    """The same text twice has two ids; text added before or after changes none of them."""
    one = split(document("Il neige. Il pleut. Il neige."), ())
    assert len({passage.passage_id for passage in one}) == 3
    more = split(document("Rien.\n\nIl neige. Il pleut. Il neige. Fin."), ())
    ids = {passage.passage_id for passage in more}
    assert all(passage.passage_id in ids for passage in one)
    other = split(document("Il neige.", doc_id="other.txt"), ())
    assert other[0].passage_id != one[0].passage_id


def test_a_passage_is_capped() -> None:
    """Text without an end is cut at a clause, and never longer than the cap."""
    found = split(document("un mot, " * 2_000), ())
    assert all(len(passage.span.text) <= LONGEST for passage in found)
    assert all(passage.span.text.endswith(",") for passage in found)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        ".",
        "« ",
        '"',
        "(",
        ". ",
        "... ",
        "A. ",
        "M. ",
        "\n",
        "x\n",
        "| ",
        "«»",
        "« A. ",
        "—",
        "[1]",
        "' ",
    ],
)
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    """A hundred thousand characters of anything are cut in seconds, not hours."""
    text = unit * (100_000 // len(unit))
    began = time.process_time()
    found = split(document(text), furniture(text))
    assert time.process_time() - began < 10
    assert all(len(passage.span.text) <= LONGEST for passage in found)


MARKS = "abzÉÀ19.!?…,;:«»“”\"'’()[]*_#->|`~—\n\r\t \u00a0\u202f\u2009\u2028\ufeff\u200b"
WORDS = (
    "M. |Le |etc. |\n\n|\r\n|---\n|```\n|Lire aussi : |Nous utilisons des cookies. |U.S. |12 000 |Il part. "
)
PARTS = st.sampled_from([*MARKS, *WORDS.split("|"), "title: x\n", "😀", "한국어. ", "http://a.b "])
TEXTS = st.one_of(st.lists(PARTS, max_size=60).map("".join), st.text(max_size=80))


@settings(max_examples=300)
@given(TEXTS)
def test_passages_furniture_and_white_space_cover_the_text(text: str) -> None:
    """Spans are verbatim, in order, apart, and leave out but white space and marks; twice is the same."""
    for removed in (furniture(text), ()):
        found = split(document(text), removed)
        assert found == split(document(text), removed)
        spans: list[Span] = sorted([*removed, *(passage.span for passage in found)])
        position = 0
        for span in spans:
            assert text[span.start : span.end] == span.text
            assert span.start >= position
            assert re.fullmatch(r"\s*(?:(?:#{1,6}|[-*+])\s+)?", text[position : span.start])
            position = span.end
        assert not text[position:].strip()
        check(found)


def check(found: tuple[Passage, ...]) -> None:
    assert [passage.span.start for passage in found] == sorted(passage.span.start for passage in found)
    assert [passage.paragraph for passage in found] == sorted(passage.paragraph for passage in found)
    assert len({passage.passage_id for passage in found}) == len(found)
    for passage in found:
        assert passage.span.text == passage.span.text.strip() != ""
        assert len(passage.span.text) <= LONGEST
        assert passage.heading is None or passage.heading.end <= passage.span.start
