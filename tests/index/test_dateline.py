"""The line near the headline that says when an article was published: read as its day, never quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dateline import dateline
from index.prepare import prepare
from index.read import read_bytes
from index.types import Document, Role

TITLE = "Grève aux urgences : la direction et les syndicats se contredisent"
PROSE = "Le mouvement de grève entamé lundi aux urgences a été suivi par 82 % des soignants, d'après la CGT."


def read(text: str, name: str = "a.txt") -> Document:
    (document,) = read_bytes(text.encode(), name).documents
    return document


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("La Dépêche du Littoral, 3 février 2025", "2025-02-03"),
        ("Harbour Gazette — 14 March 2025", "2025-03-14"),
        ("Friday, March 14, 2025 6:40 p.m. GMT", "2025-03-14"),
        ("*By Joanna Pike, The Retail Post — 2 June 2025*", "2025-06-02"),
        ("Par Jean Dupont, AFP | 3 févr. 2025 à 10:42", "2025-02-03"),
        ("Publié le 3 février 2025 à 10h42 – Temps de lecture : 3 min", "2025-02-03"),
        ("Paris, le 1er août 2025", "2025-08-01"),
        ("Par Jean Dupont – publié le 3 février 2025 à 10h", "2025-02-03"),
        ("John Smith, posted on 3 March 2025", "2025-03-03"),
        ("Communiqué de presse, 9 mai 2025", "2025-05-09"),
        ("L'Observatoire des rumeurs, 9 avril 2026", "2026-04-09"),
        ("Le Quotidien maritime\n9 avril 2026", "2026-04-09"),
        ("La Gazette du midi, 9 avril 2026", "2026-04-09"),
        ("The Northern Herald\n14 November 2025", "2025-11-14"),
        ("14 novembre 2025\nLe Courrier du Sud", "2025-11-14"),
        ("2025-03-14", "2025-03-14"),
        ("21/11/2024 - Ouest Matin", "2024-11-21"),
        ("Le 3 fe\u0301vrier 2025", "2025-02-03"),
    ],
)
def test_the_day_is_told_by_a_line_under_the_headline(line: str, day: str) -> None:
    document = read(f"{TITLE}\n{line}\n\n{PROSE}\n")
    assert (document.title, document.published, document.published_from) == (TITLE, day, "dateline")
    title, sentence = prepare(document, "test").passages
    assert (title.role, title.span.text) == (Role.TITLE, TITLE)
    assert (sentence.span.text, sentence.heading) == (PROSE, None)


@pytest.mark.parametrize(
    "line",
    [
        "3/2/2025 | Ouest Matin",  # the third of February, or the second of March
        "Sport, 31 avril 2025",
        "Élections du 3 février 2025",
        "Guerre en Ukraine : le point du 3 mars 2025",
        "Bilan du conseil municipal — 3 février 2025",
        "3 February 2025: the day the music died",
        "Le 3 février 2025 a marqué la fin d'une série de rumeurs.",
        "La fin des soldes, 3 février 2025",
        "Ce que l'on sait de la nuit du 4 octobre 2024",
    ],
)
def test_a_line_that_says_something_else_proves_no_day(line: str) -> None:
    document = read(f"{TITLE}\n\n{line}\n\n{PROSE}\n")
    assert document.published is None
    assert line in {passage.span.text for passage in prepare(document, "test").passages}


def test_a_dateline_may_stand_above_the_headline_and_not_above_the_text() -> None:
    line = "Ouest Matin, 8 février 2025"
    document = read(f"{line}\n\n{TITLE}\n\n{PROSE}\n")
    assert (document.title, document.published) == (TITLE, "2025-02-08")
    assert read(f"{line}\n\n{PROSE}\n").published is None


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("PARIS, 3 fév 2025 (AFP) - ", "2025-02-03"),
        ("LONDON, March 3, 2025 (Reuters) — ", "2025-03-03"),
        ("9 January 2025 — ", "2025-01-09"),
        ("Le 3 février 2025 – un lundi – ", None),
        ("PARIS (AFP) – ", None),
    ],
)
def test_the_day_may_open_the_first_sentence_which_stays_whole(opening: str, day: str | None) -> None:
    document = read(f"{TITLE}\n\n{opening}{PROSE}\n")
    assert document.published == day
    assert prepare(document, "test").passages[-1].span.text == opening + PROSE


def test_a_chronicle_is_of_no_single_day() -> None:
    days = [f"{day} février 2022\n\n{PROSE}" for day in (24, 25, 26)]
    assert read("\n\n".join(["Les jours de la guerre, un par un", *days])).published is None
    days = [f"{day} février 2022 – {PROSE}" for day in (24, 25, 26)]
    assert read("\n\n".join(["Les jours de la guerre, un par un", *days])).published is None


def test_an_article_that_was_mended_keeps_its_first_day() -> None:
    text = f"{TITLE}\nPublié le 3 février 2025\nMis à jour le 4 février 2025\n\n{PROSE}\n"
    assert read(text).published == "2025-02-03"


def test_what_somebody_said_of_the_day_goes_before_what_is_read() -> None:
    text = f"---\npublished: 2025-02-04\n---\n{TITLE}\nOuest Matin, 8 février 2025\n\n{PROSE}\n"
    document = read(text)
    assert (document.published, document.published_from) == ("2025-02-04", "front matter")
    assert "Ouest Matin" not in {passage.span.text for passage in prepare(document, "test").passages}


def test_far_down_no_line_tells_the_day() -> None:
    lines = [f"{number}. Une ligne courte" for number in range(1, 9)]
    assert read("\n".join([TITLE, *lines, "Ouest Matin, 8 février 2025", PROSE])).published is None


@given(st.text(alphabet="Le3 févriers 2025,—-|/\n1arM.Péch", max_size=120), st.integers(0, 20))
def test_whatever_stands_there_the_line_is_cut_from_the_text(text: str, start: int) -> None:
    found = dateline(text, min(start, len(text)))
    for line in found.lines:
        assert text[line.start : line.end] == line.text
        assert "\n" not in line.text


@pytest.mark.parametrize(
    "line",
    [
        "By Hannah Cole in Porto Reale",
        "Par Anne Roy, à Lyon",
        "By John Smith and Ann Lee",
        "De notre correspondant à Berlin, Paul Roy",
        "By Hannah Cole in Porto Reale\n15 October 2025",
        "La Gazette, 15 octobre 2025\nPar Anne Roy",
    ],
)
def test_who_wrote_it_is_neither_quoted_nor_in_the_way_of_the_title(line: str) -> None:
    document = read(f"{TITLE}\n{line}\n\n{PROSE}\n")
    assert document.title == TITLE
    assert [passage.span.text for passage in prepare(document, "test").passages] == [TITLE, PROSE]


@pytest.mark.parametrize("line", ["Par Lyon", "By the numbers", "Par ailleurs, le pont tient."])
def test_a_line_that_names_nobody_is_kept(line: str) -> None:
    document = read(f"{TITLE}\n\n{line}\n\n{PROSE}\n")
    assert line in [passage.span.text for passage in prepare(document, "test").passages]
