"""What the second stage of the training learns from: questions, the lines that answer them, and batches.

Questions and near misses were written for this: on the pairs (`train_answers.tsv`) and on
dossiers of invented news (`train_dossiers.txt`); terse questions are made of a line's own
words.  A line is known by its number in train.tsv.gz, from 1; those of the dossiers follow.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical import fold
from index.models.train import slips
from index.stopwords import ENGLISH, FRENCH

STOP = {"fr": FRENCH, "en": ENGLISH}
WHEN = re.compile(
    r"\b(19|20)\d\d\b|[Ll]undi|[Mm]ardi|[Mm]ercredi|[Jj]eudi|[Vv]endredi|[Ss]amedi|day\b|janvier|mars|juin|May|June"
)
WHY = re.compile(r"\b(car|parce|cause|raison|because|since|due|afin|pour|to)\b")
LEADS = {
    "fr": {
        "what": ["", "", "que sait-on", "quel", "quelle", "qu'est-ce que", "comment"],
        "who": ["qui", "qui a dit", "selon qui", "qui"],
        "where": ["où", "ou", "dans quel pays"],
        "how_many": ["combien", "combien de", "combien de", "nombre de", "quel nombre de"],
        "when": ["quand", "depuis quand", "date"],
        "why": ["pourquoi", "pour quelle raison"],
    },
    "en": {
        "what": ["", "", "what", "what about", "which", "how"],
        "who": ["who", "who said", "according to whom", "who"],
        "where": ["where", "in which country"],
        "how_many": ["how many", "how many", "how much", "number of"],
        "when": ["when", "since when", "date"],
        "why": ["why", "reason for"],
    },
}
# In a batch: questions, other lines of the article for each and how far they stand at most,
# questions that lie together, and near misses.
QUESTIONS, HARD, NEAR, TOGETHER, MISSES = 32, 2, 12, 3, 16
ENGLISH_PASSAGES = 0.2


@dataclass(frozen=True)
class Asked:
    """A question and the lines that answer it, best first; that of a near miss only seems to."""

    question: str
    lines: tuple[int, ...]
    answered: bool = True


@dataclass(frozen=True)
class Lines:
    """The French and the English side of every line, and whether articles stand there in order.

    All by number less 1. A line of a dossier has one side; the other is "".
    """

    french: list[str]
    english: list[str]
    in_order: list[bool]

    def side(self, number: int, *, english: bool) -> str:
        """The text of a line in one language, or in the other where it stands in that alone."""
        sides = self.french[number - 1], self.english[number - 1]
        return sides[english] or sides[not english]


@dataclass(frozen=True)
class Dossier:
    """Invented articles: all sentences, the titles and how many sentences stand before each, the questions.

    The lines of a question are the numbers of its sentences, from 1.
    """

    english: bool
    sentences: list[str]
    titles: list[tuple[int, str]]
    asked: list[Asked]


@dataclass(frozen=True)
class Batch:
    """Questions, near misses behind them, and passages: first the answer of each question, then wrong ones.

    `also` (questions, passages) tells which passages beside its own answer a question.
    """

    questions: list[str]
    near_misses: list[str]
    passages: list[str]
    also: NDArray[np.bool_]


def read_lines(folder: Path) -> Lines:
    """All lines of train.tsv.gz in `folder`."""
    fr, en, in_order = [], [], []
    with gzip.open(folder / "train.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            origin, french, english = line.rstrip("\n").split("\t")[:3]
            fr.append(french)
            en.append(english)
            in_order.append(origin.startswith(("news", "tico")))
    return Lines(fr, en, in_order)


def read_asked(file: Path, left_out: set[int]) -> list[Asked]:
    """The questions none of whose lines is left out; near misses have a minus before their numbers."""
    found = []
    for row in file.read_text("utf-8").splitlines():
        numbers, _, question = row.partition("\t")
        lines = tuple(int(number) for number in numbers.removeprefix("-").split(","))
        if question.strip() and not left_out & set(lines):
            found.append(Asked(question.strip(), lines, not numbers.startswith("-")))
    return found


def read_dossiers(file: Path) -> list[Dossier]:
    """The dossiers of a file.

    A dossier begins with `## NUMBER fr` or `## NUMBER en`. Then come its articles, each with a
    line `== OUTLET | DAY | TITLE`, a sentence a line as `NUMBER<tab>TEXT`; after a line `?` its
    questions as in train_answers.tsv, with the dossier's own numbers.
    """
    found: list[Dossier] = []
    numbers: dict[str, int] = {}
    asks = False
    for row in file.read_text("utf-8").splitlines():
        number, _, text = row.partition("\t")
        if row.startswith("## "):
            found.append(Dossier(row.endswith(" en"), [], [], []))
            numbers, asks = {}, False
        elif row.startswith("== "):
            found[-1].titles.append((len(numbers), row.split(" | ")[-1]))
        elif row == "?":
            asks = True
        elif asks and text:
            own = tuple(numbers[one] for one in number.removeprefix("-").split(","))
            found[-1].asked.append(Asked(text, own, not number.startswith("-")))
        elif text:
            found[-1].sentences.append(text)
            numbers[number] = len(found[-1].sentences)
    return found


def add_dossiers(lines: Lines, file: Path) -> tuple[Lines, list[Asked]]:
    """The lines with the sentences of the dossiers behind them, and the questions on these."""
    sides: tuple[list[str], list[str]] = ([*lines.french], [*lines.english])
    asked: list[Asked] = []
    for dossier in read_dossiers(file):
        before = len(sides[0])
        asked += [replace(one, lines=tuple(before + n for n in one.lines)) for one in dossier.asked]
        sides[dossier.english].extend(dossier.sentences)
        sides[not dossier.english].extend("" for _ in dossier.sentences)
    added = len(sides[0]) - len(lines.french)
    return Lines(*sides, [*lines.in_order, *[True] * added]), asked


def read_ranges(file: Path) -> set[int]:
    """The numbers in FIRST-LAST, one range a line, or one number a line."""
    found: set[int] = set()
    for row in file.read_text("utf-8").split():
        first, _, last = row.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def in_groups(asked: list[Asked], rng: random.Random) -> list[Asked]:
    """All in a new order, in which `TOGETHER` neighbours of one part of the lines stay neighbours."""
    jittered = sorted(asked, key=lambda one: one.lines[0] + rng.uniform(-8, 8))
    groups = [jittered[at : at + TOGETHER] for at in range(0, len(jittered), TOGETHER)]
    return [one for group in rng.sample(groups, len(groups)) for one in group]


def terse(text: str, language: str, rng: random.Random) -> str | None:
    """A question as typed in haste, made of some words of a sentence; None for a sentence of few words.

    Its first word fits the sentence: how many where a number stands, when where a day does.
    """
    words = [w for w in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text) if fold(w) not in STOP[language]]
    if len(words) < 6:
        return None
    at = rng.randrange(len(words) - 3)
    near = words[at : at + rng.randrange(4, 9)]
    kept = sorted(rng.sample(range(len(near)), min(len(near), rng.randrange(2, 5))))
    matter = [near[i] for i in kept if not near[i].isdigit()]
    if not matter:
        return None
    kinds = ["what", "who", "where"] + ["how_many"] * 3 * bool(re.search(r"\d", text))
    kinds += ["when"] * bool(WHEN.search(text)) + ["why"] * 2 * bool(WHY.search(fold(text)))
    lead = rng.choice(LEADS[language][rng.choice(kinds)])
    said = " ".join([*matter, lead] if rng.random() < 0.15 else [lead, *matter])
    said = said.lower() if rng.random() < 0.4 else said
    return said.strip() + rng.choice(["", " ?", "?"])


class Batches:
    """Draws batches without end; each written question once before any comes again.

    `made` is the share of the questions that are made. Nothing is drawn of the lines `left_out`.
    """

    def __init__(
        self, asked: list[Asked], lines: Lines, left_out: set[int], made: float, rng: random.Random
    ) -> None:
        self._asked = [one for one in asked if one.answered]
        self._misses: dict[int, list[Asked]] = defaultdict(list)
        for one in asked:
            if not one.answered:
                self._misses[one.lines[0]].append(one)
        self._lines, self._rng = lines, rng
        self._written = round(QUESTIONS * (1 - made))
        self._queue: list[Asked] = []
        self._told = [
            number
            for number, sides in enumerate(zip(lines.french, lines.english, strict=True), 1)
            if lines.in_order[number - 1] and number not in left_out and all(60 < len(s) < 300 for s in sides)
        ]

    def draw(self) -> Batch:
        asked = self._draw_questions()
        numbers = [one.lines[0] for one in asked]
        passages = [self._lines.side(n, english=self._rng.random() < ENGLISH_PASSAGES) for n in numbers]
        # Near misses on the lines asked about; few are written on the very line.
        misses = dict.fromkeys(
            miss for n in numbers for m in range(n - 2, n + 3) for miss in self._misses.get(m, ())
        )
        answers = {n for one in asked for n in one.lines}
        for one in asked:
            numbers += self._draw_beside(one.lines[0], answers)
        passages += [self._lines.side(n, english=False) for n in numbers[len(asked) :]]
        close = self._rng.sample([*misses], min(MISSES, len(misses)))
        also = [[n in one.lines and j != i for j, n in enumerate(numbers)] for i, one in enumerate(asked)]
        return Batch(
            [slips(one.question, self._rng) for one in asked],
            [slips(miss.question, self._rng) for miss in close],
            passages,
            np.array(also),
        )

    def _draw_questions(self) -> list[Asked]:
        if len(self._queue) < QUESTIONS:
            self._queue = in_groups(self._asked, self._rng)
        drawn, self._queue = self._queue[: self._written], self._queue[self._written :]
        while len(drawn) < QUESTIONS:
            number, language = self._rng.choice(self._told), self._rng.choice(("fr", "en"))
            if question := terse(self._lines.side(number, english=language == "en"), language, self._rng):
                drawn.append(Asked(question, (number,)))
        return drawn

    def _draw_beside(self, number: int, answers: set[int]) -> list[int]:
        """Some lines near `number` that answer none of the batch."""
        first, last = max(1, number - NEAR), min(len(self._lines.french), number + NEAR)
        beside = [
            n
            for n in range(first, last + 1)
            if n not in answers
            and self._lines.in_order[n - 1]
            and len(self._lines.side(n, english=False)) > 30
        ]
        return self._rng.sample(beside, min(HARD, len(beside)))
