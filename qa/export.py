"""An answer to take away: Markdown, BibTeX or plain text, each quote to the letter with its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from index.types import Document
from qa.speakers import name_of
from qa.types import Answer, Coverage, FigureRow, Quote, Spread

# What Markdown and HTML would take for marks of their own.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
# At the beginning of a line these would make a list or a heading.
_STARTS = re.compile(r"^(\s*\d*)([-+=.)])")
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {char: "\\" + char for char in "&%$#_{}"}


def as_markdown(answer: Answer) -> str:
    """The question, the table of figures, the quotes with their sources, and what was searched."""
    lines = [f"# {_marked(answer.question.rewritten or answer.question.text)}", ""]
    if not answer.answered:
        lines += [f"No passage found ({answer.reason}).", ""]
    if answer.figures:
        lines += [*_figures(answer.figures, answer.spread), ""]
    for number, quote in enumerate(answer.quotes, 1):
        # A line of its own for each line of the passage, or the quotation would end early.
        lines += [f"{number}. > {line}" if first else f"   > {line}" for first, line in _lines(quote)]
        lines += ["   >", f"   > — {_marked(_source(quote.document))} ({_said(quote)})", ""]
    return "\n".join([*lines, f"*{covered(answer.coverage)}* Index version {answer.index.version}.", ""])


def as_text(answer: Answer) -> str:
    """The quotes with their sources, for an e-mail."""
    lines = [answer.question.rewritten or answer.question.text, ""]
    if not answer.answered:
        lines += [f"No passage found ({answer.reason}).", ""]
    for quote in answer.quotes:
        lines += [f"« {quote.passage.span.text} »", f"— {_source(quote.document)} ({_said(quote)})", ""]
    return "\n".join([*lines, covered(answer.coverage), ""])


def as_bibtex(answer: Answer) -> str:
    """An entry for each article quoted, with its quotes in the note."""
    quoted: dict[str, list[Quote]] = {}
    for quote in answer.quotes:
        quoted.setdefault(quote.document.doc_id, []).append(quote)
    used: set[str] = set()
    return "\n".join(_entry(quotes[0].document, quotes, used) for quotes in quoted.values())


FORMATS: Mapping[str, tuple[Callable[[Answer], str], str]] = {
    "markdown": (as_markdown, "text/markdown"),
    "bibtex": (as_bibtex, "application/x-bibtex"),
    "text": (as_text, "text/plain"),
}


def covered(coverage: Coverage) -> str:
    """What was searched, in one line. It speaks of the search, never of the news."""
    line = f"Searched {coverage.passages} passages of {coverage.documents} documents"
    return line + (f", {coverage.undated} without a date." if coverage.undated else ".")


def _figures(rows: Sequence[FigureRow], spread: Spread | None) -> list[str]:
    lines = ["| figure | counts | who | stance | date | quote |", "|---|---|---|---|---|---|"]
    for row in rows:
        unit = row.figure.unit.text if row.figure.unit else ""
        counted = f"{unit} (another thing)" if row.apart else unit
        cells = (row.figure.span.text, counted, row.holder or "", row.stance.value, row.published or "")
        lines.append(f"| {' | '.join(_marked(' '.join(cell.split())) for cell in cells)} | {row.quote + 1} |")
    if spread is not None:
        lines += ["", f"{_ends(spread)}{spread.groups} different figures."]
    return lines


def _lines(quote: Quote) -> list[tuple[bool, str]]:
    lines = quote.passage.span.text.splitlines() or [""]
    return [(number == 0, _marked(line)) for number, line in enumerate(lines)]


def _source(document: Document) -> str:
    return ", ".join(
        part for part in (document.title, document.publisher, document.published, document.url) if part
    )


def _said(quote: Quote) -> str:
    voices = [f"{name_of(voice)} {voice.stance}" for voice in quote.passage.voices]
    return "; ".join([f"the article {quote.passage.stance}", *voices])


def _entry(document: Document, quotes: Sequence[Quote], used: set[str]) -> str:
    fields = {
        "title": f"{{{_tex(document.title)}}}",
        "publisher": _tex(document.publisher or ""),
        "date": document.published or "",
        "url": re.sub(r"[{}\\\s]", "", document.url or ""),
        "language": document.language or "",
        "note": " ".join(f"« {_tex(' '.join(quote.passage.span.text.split()))} »" for quote in quotes),
    }
    listed = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{_key(document, used)},\n{listed}}}\n"


def _key(document: Document, used: set[str]) -> str:
    """A key of letters and digits, unlike the others of the file."""
    words = re.findall(r"[A-Za-z0-9]+", document.doc_id.rpartition("/")[2].partition(".")[0])
    key = base = "-".join(words) or "article"
    number = 2
    while key in used:
        key, number = f"{base}-{number}", number + 1
    used.add(key)
    return key


def _marked(text: str) -> str:
    """`text` so that Markdown shows it to the letter."""
    return _STARTS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in text)


def _ends(spread: Spread) -> str:
    """The ends that are known, in words."""
    if spread.low is None or spread.high is None:
        known = f"At least {_number(spread.low)}, " if spread.low is not None else ""
        return known or (f"Up to {_number(spread.high)}, " if spread.high is not None else "")
    return f"From {_number(spread.low)} to {_number(spread.high)}, "


def _number(value: float) -> str:
    return f"{value:,.10g}".replace(",", " ")
