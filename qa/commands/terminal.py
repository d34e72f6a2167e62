"""What the command line shows people: answers on stdout, progress and reports on stderr.

Colours where it is a terminal, plain text elsewhere (rich sees to that, and to NO_COLOR).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from index.types import Stance
from qa.commands import counted
from qa.composing.export import as_counted, covered, labels, spanned
from qa.ranking.why import why
from qa.stdout import Stdout
from qa.types import Answer, Quote
from qa.understanding.speakers import name_of

if TYPE_CHECKING:
    from index.build import BuildReport

STYLES = {
    Stance.ASSERTS: "bold green",
    Stance.REPORTS: "bold blue",
    Stance.DOUBTS: "bold yellow",
    Stance.DENIES: "bold red",
    Stance.NEUTRAL: "dim",
}


class SpeedColumn(ProgressColumn):
    """Passages a second, from the first batch on."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.0f} a second" if speed else "", style="dim")


class BarReporter:
    """Draws a build's progress: passages encoded, of how many, how many a second, time left."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("encoding", total=None, visible=False)

    def read(self, documents: int) -> None:
        pass

    def publish(self) -> None:
        pass

    def start(self, total: int) -> None:
        self._bar.update(self._task, total=total, visible=total > 0)

    def advance(self, done: int) -> None:
        self._bar.advance(self._task, done)


@contextmanager
def progress() -> Iterator[BarReporter]:
    """A progress bar on stderr while the block runs."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("passages"),
        SpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield BarReporter(bar)


def say_built(report: BuildReport) -> None:
    """What a build did, and which files it left out and why."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for note in report.notes:
        console.print(Text(note, style="dim"))
    for skip in report.skipped:
        console.print(Text(f"skipped: {skip.error.message} {skip.error.hint}", style="yellow"))
    if report.note:
        console.print(Text(report.note, style="yellow"))
    held = report.manifest
    state = "published" if report.published else "unchanged"
    console.print(
        f"Version {held.version} {state}: {counted(held.documents, 'document')}, "
        f"{counted(held.passages, 'passage')}, "
        f"{report.encoded} encoded, {report.reused} reused, {counted(len(report.skipped), 'file')} skipped."
    )
    if report.skipped:
        left = f"NOT IN THE INDEX: {len(report.skipped)}, named above. Mend and build again."
        console.print(Text(left, style="bold red"))


def show(answer: Answer, explained: bool = False) -> None:
    """An answer for a person, in the language of its question; `explained` tells what scores are made of."""
    console = Stdout()
    language = answer.question.language
    words = labels(language)
    if answer.question.rewritten:
        console.print(Text(words["understood"].format(question=answer.question.rewritten), style="dim"))
    if answer.reason:
        console.print(Text(words["refused"][answer.reason]))
    if len(answer.figures) > 1:
        console.print(_figures(answer, words))
    if answer.spread is not None:
        console.print(Text(spanned(answer.spread, words)))
    for number, quote in enumerate(answer.quotes, 1):
        console.print(_quote(number, quote, words))
        if explained:
            console.print(_why(quote, language))
    for pair in answer.contradictions:
        one, other = (number + 1 for number in pair.quotes)
        said = words["conflict"].format(one=one, other=other, kind=words["kind"][pair.kind])
        console.print(Text(said, style="bold red"))
    console.print(Text(covered(answer.coverage, language), style="dim"))


def _figures(answer: Answer, words: Mapping[str, Any]) -> Table:
    """Each figure as written, the same ones together; those of another thing last, called so and dim."""
    figure, _, who, stance, date, quote = words["columns"]
    grid = Table(figure, who, stance, date, words["origins"], quote, box=None, pad_edge=False)
    for row in answer.figures:
        counted = as_counted(row.figure, answer.quotes[row.quote].passage)
        if row.apart:
            # A pipe and a screen without shades do not show what is dim.
            counted = f"{counted} ({words['apart']})"
        cells = (counted, row.holder or "", words["stance"][row.stance])
        numbers = (row.published or "", str(row.origins), str(row.quote + 1))
        grid.add_row(*(Text(cell) for cell in cells + numbers), style="dim" if row.apart else None)
    return grid


def _why(quote: Quote, language: str) -> Table:
    grid = Table("share", "value", "weight", "", box=None, pad_edge=False, style="dim")
    for part in why(quote, language):
        grid.add_row(f"{part.share:+.2f}", f"{part.value:.2f}", f"{part.weight:+.2f}", part.meaning)
    return grid


def _quote(number: int, quote: Quote, words: Mapping[str, Any]) -> Text:
    passage = quote.passage
    text = Text(f"{number}. ", style="bold")
    text.append(words["stance"][passage.stance], style=STYLES[passage.stance])
    for voice in passage.heard:
        text.append(f" · {name_of(voice)} ({words['position'][voice.stance]})", style="italic")
    for figure in passage.figures:
        text.append(f" · {as_counted(figure, passage)}", style="cyan")
    if passage.asked:
        text.append(f"\n   « {passage.asked.text} »", style="dim not bold")
    text.append(f"\n   « {passage.span.text} »", style="not bold")
    title = quote.document.title or f"{words['untitled']} ({quote.document.doc_id})"
    source = [title, quote.document.publisher, quote.document.published, quote.document.url]
    text.append(
        "\n   — " + ", ".join(part for part in source if part) + f"  ({quote.score:.2f})\n", style="dim"
    )
    return text
