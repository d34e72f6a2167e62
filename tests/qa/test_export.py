"""An answer to take away: nothing in an article can break out of the form it is written in."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest
from encoders import TrigramEncoder

from index.annotate import annotate
from index.errors import InputError
from index.storage.snapshot import Snapshot
from index.types import Document, ModelStamp, Passage, Role, Span
from qa.answer import ask
from qa.commands.ask import draw_figures
from qa.commands.terminal import show
from qa.composing.export import as_bibtex, as_counted, as_markdown, as_text, covered, written
from qa.composing.figures import figure_table, spread_of
from qa.composing.plot import plot
from qa.question import understand
from qa.types import Answer, Coverage, IndexInfo, Quote

HOSTILE = "Selon <script>alert(1)</script> & Cie, entre 30 et 9 000 soldats {ont} été tués | *hier* \\ 100 %."


def answer_of(*texts: str, days: tuple[str | None, ...] = ()) -> Answer:
    """An answer that quotes one article a text."""
    quotes = []
    for number, text in enumerate(texts):
        day = days[number] if days else None
        document = Document(f"d{number}.txt", text, f"Titre & {number}", "", published=day, language="fr")
        passage = Passage(str(number), document.doc_id, Span.cut(text, 0, len(text)), Role.SENTENCE)
        quotes.append(Quote(annotate(document, (passage,))[0], document, "", "", 0.9))
    question = understand("Combien de soldats <tués> ?")
    rows = figure_table(question, quotes)
    index = IndexInfo("1", ModelStamp("m", "1", 2), "today")
    return Answer(
        question, True, None, tuple(quotes), rows, {}, Coverage(1, 1, 1), index, 1.0, spread=spread_of(rows)
    )


@pytest.mark.parametrize(
    ("language", "passages", "said"),
    [
        ("fr", 0, "Recherche dans 0 passage de 1 article."),
        ("fr", 12, "Recherche dans 12 passages de 1 article."),
        ("en", 0, "Searched 0 passages of 1 document."),
        ("en", 1, "Searched 1 passage of 1 document."),
    ],
)
def test_what_was_searched_is_counted_in_the_form_of_its_language(
    language: str, passages: int, said: str
) -> None:
    assert covered(Coverage(1, passages, 0), language) == said


def test_markdown_shows_articles_to_the_letter() -> None:
    """Marks of Markdown and HTML in an article are escaped; a backslash taken away gives the text."""
    written = as_markdown(answer_of(HOSTILE))
    assert "<script>" not in written
    assert HOSTILE in re.sub(r"\\(.)", r"\1", written)
    assert "Recherche dans 1 passage de 1 article, dont 1 sans date." in written


def test_markdown_names_the_ends_that_are_known() -> None:
    """A spread that is open says so by what it leaves out."""
    told = as_markdown(answer_of("40 soldats ont été tués.", "90 soldats ont été tués."))
    assert "De 40 à 90, 2 chiffres différents." in told
    told = as_markdown(answer_of("40 soldats ont été tués.", "Au moins 90 soldats ont été tués."))
    assert "Au moins 40, 2 chiffres différents." in told
    told = as_markdown(answer_of("40 soldats ont été tués.", "Jusqu'à 90 soldats ont été tués."))
    assert "Jusqu’à 90, 2 chiffres différents." in told


def test_bibtex_has_an_entry_an_article() -> None:
    """Keys are letters and digits, each once; braces and per cents are escaped."""
    written = as_bibtex(answer_of(HOSTILE, "12 soldats ont été tués."))
    assert re.findall(r"^@misc\{(.+),$", written, re.MULTILINE) == ["d0", "d1"]
    assert r"100 \%" in written
    assert r"\{ont\}" in written


def test_text_quotes_and_names_the_source() -> None:
    """As one would write it in a letter."""
    assert f"« {HOSTILE} »\n— Titre & 0" in as_text(answer_of(HOSTILE))


def test_an_article_without_a_title_is_cited_by_its_file_and_said_to_have_none() -> None:
    """No form calls a file's name a title."""
    answer = answer_of("Au moins 30 soldats ont été tués.")
    [quote] = answer.quotes
    bare = replace(answer, quotes=(replace(quote, document=replace(quote.document, title="")),))
    assert "— article sans titre (d0.txt) · l’article affirme" in as_text(bare)
    assert "— article sans titre (d0.txt) · " in re.sub(r"\\(.)", r"\1", as_markdown(bare))
    assert "title" not in as_bibtex(bare)
    assert "  howpublished = {d0.txt},\n" in as_bibtex(bare)


@pytest.mark.parametrize("form", ["markdown", "text"])
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Combien de soldats ?", "l’article affirme"),
        ("How many soldiers?", "the article asserts"),
    ],
)
def test_the_words_around_are_those_of_the_question(question: str, said: str, form: str) -> None:
    """Who asks in French takes French away; the quotes are to the letter either way."""
    answer = answer_of("12 soldats ont été tués.")
    asked = replace(answer, question=understand(question))
    assert said in written(asked, form)
    assert written(asked, form, 1).count("\n") < written(asked, form).count("\n")
    assert said in written(asked, form, 1)
    assert "12 soldats ont été tués." in written(asked, form, 1)


@pytest.mark.parametrize("form", ["markdown", "bibtex", "text"])
def test_only_an_address_on_the_web_leaves(form: str) -> None:
    """What could run as a script where it is pasted is left out; the quote is not."""
    answer = answer_of("12 soldats ont été tués.")
    (quote,) = answer.quotes
    for url, leaves in (
        ("https://a.example/x", True),
        ("javascript:alert(1)", False),
        ("data:text/html,a", False),
    ):
        quotes = (replace(quote, document=replace(quote.document, url=url)),)
        told = written(replace(answer, quotes=quotes), form)
        assert ("a.example" in told, "alert" in told, "data:" in told) == (leaves, False, False)
        assert "12 soldats" in told


def test_a_quote_that_is_not_there_cannot_be_taken() -> None:
    """They are counted from one."""
    for number in (0, 2):
        with pytest.raises(InputError):
            written(answer_of("12 soldats ont été tués."), "text", number)


def test_a_refusal_speaks_of_the_search(snapshot: Snapshot) -> None:
    """No source, no denial."""
    refused = ask(snapshot, TrigramEncoder(), "How do I cook rice?", threshold=1.0)
    assert "No passage found" in as_markdown(refused)
    assert as_bibtex(refused) == ""


def test_a_plot_is_safe_and_readable_without_colour() -> None:
    """Well-formed, without script, each row with its words and its stance's own shape."""
    drawn = plot(answer_of(HOSTILE, "Au moins 12 soldats ont été tués.", "Jusqu'à 80 soldats ont été tués."))
    picture = ElementTree.fromstring(drawn)
    tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert tags <= {"svg", "title", "rect", "text", "line", "circle", "path", "g"}
    assert not re.search(r"<script|\son\w+=|href", drawn)
    assert "log" in [element.text for element in picture.iter()]
    assert drawn.count("stroke-dasharray") == 2


def test_a_plot_speaks_the_questions_language() -> None:
    """Its legend and what it says of each row."""
    drawn = plot(answer_of("Selon le maire, 90 soldats ont été tués."))
    assert ">l’article rapporte</text>" in drawn
    assert "(l’article rapporte)</title>" in drawn


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Le navire a coûté 1,2 million d'euros.", "1,2 million d'euros"),
        ("La vallée a perdu des milliers de ruches.", "milliers de ruches"),
        ("Quelque 40 soldats ont été tués.", "40 soldats"),
        ("Ils étaient 40, dit-il, tous soldats.", "40"),
    ],
)
def test_a_figure_and_what_it_counts_are_to_the_letter(text: str, said: str) -> None:
    """« 1,2 million euros » stands in no article."""
    passage = answer_of(text).quotes[0].passage
    assert as_counted(passage.figures[0], passage).endswith(said)


def test_a_long_name_leaves_room_for_its_figure() -> None:
    """In a label the name is cut, the figure never."""
    text = "Selon des informations émanant des services de renseignement de Vireval, 40 soldats ont été tués."
    drawn = plot(answer_of(text, "Selon le maire, 90 soldats ont été tués."))
    assert "… · 40</text>" in drawn
    assert "le maire · 90</text>" in drawn


def test_a_plot_follows_the_days_where_all_are_known() -> None:
    """The earliest first."""
    texts = ("12 soldats ont été tués.", "40 soldats ont été tués.")
    drawn = plot(answer_of(*texts, days=("2024-05-02", "2024-05-01")))
    assert drawn.index("2024-05-01") < drawn.index("2024-05-02")


@pytest.mark.parametrize("texts", [(), ("Aucun chiffre ici.",), ("0 soldats ont été tués.",)])
def test_a_plot_of_little_is_still_a_picture(texts: tuple[str, ...]) -> None:
    """No row, no figure, zero: well-formed."""
    assert ElementTree.fromstring(plot(answer_of(*texts))).tag == "{http://www.w3.org/2000/svg}svg"


def test_no_picture_is_drawn_without_a_figure_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where all figures count something else, `--plot` says that none answers."""
    answer = answer_of("La crue a emporté 40 maisons.")
    assert [row.apart for row in answer.figures] == [True]
    draw_figures(answer, tmp_path / "plot.svg")
    assert "no figure answers" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_pronoun_is_shown_by_the_name_it_stands_for(capsys: pytest.CaptureFixture[str]) -> None:
    """A reader sees who speaks; the quote keeps the words of the article."""
    text = "Selon lui, 40 soldats ont été tués."
    answer = answer_of(text)
    [quote] = answer.quotes
    [voice] = quote.passage.voices
    told = replace(voice, resolved=Span(90, 101, "Paul Durand"))
    passage = replace(quote.passage, voices=(told,))
    show(replace(answer, quotes=(replace(quote, passage=passage),)))
    shown = capsys.readouterr().out
    assert "· Paul Durand (affirmation)" in shown
    assert text in shown


def test_figures_that_differ_end_in_their_lowest_and_highest(capsys: pytest.CaptureFixture[str]) -> None:
    """As in the chat and in what is taken away."""
    show(answer_of("40 soldats ont été tués.", "90 soldats ont été tués."))
    assert "De 40 à 90, 2 chiffres différents." in capsys.readouterr().out
    show(answer_of("40 soldats ont été tués.", "Le soir, 40 soldats ont été tués."))
    assert "chiffres différents" not in capsys.readouterr().out


def test_a_figure_of_something_else_is_called_so_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """In words, since a pipe shows no shades."""
    show(answer_of("40 soldats ont été tués.", "10 000 soldats ont été envoyés là-bas."), explained=False)
    out = capsys.readouterr().out
    assert "10 000 soldats (autre chose)" in out
    assert "40 soldats (autre chose)" not in out
