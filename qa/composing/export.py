"""An answer to take away: Markdown, BibTeX or plain text, each quote to the letter with its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from index.errors import InputError
from index.types import Document, Figure, Passage
from qa.tables import read_table
from qa.types import Answer, Coverage, FigureRow, Quote, Spread
from qa.understanding.speakers import name_of

# What Markdown and HTML would take for marks of their own.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
# At the beginning of a line these would make a list or a heading.
_STARTS = re.compile(r"^(\s*\d*)([-+=.)])")
# What may stand between a figure and what it counts.
_JOINS = re.compile(r"\s?-?|\s(?:d['’]|(?:de|of)\s)")
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {char: "\\" + char for char in "&%$#_{}"}


class Format(NamedTuple):
    """How an answer is written, how one quote of it is (in the words of a language), and its media type."""

    whole: Callable[[Answer], str]
    one: Callable[[Quote, str], str]
    media: str


def as_markdown(answer: Answer) -> str:
    """The question, the table of figures, the quotes with their sources, and what was searched."""
    language = answer.question.language
    words = labels(language)
    lines = [f"# {_marked(answer.question.rewritten or answer.question.text)}", "", *_refused(answer)]
    if answer.figures:
        lines += [*_figures(answer.figures, answer.spread, words), ""]
    for number, quote in enumerate(answer.quotes, 1):
        first, *others = _markdown_quote(quote, language).splitlines()
        lines += [f"{number}. {first}", *(f"   {line}" for line in others), ""]
    version = words["index"].format(version=answer.index.version)
    return "\n".join([*lines, f"*{covered(answer.coverage, language)}* {version}", ""])


def as_text(answer: Answer) -> str:
    """The quotes with their sources, for an e-mail."""
    language = answer.question.language
    lines = [answer.question.rewritten or answer.question.text, "", *_refused(answer)]
    lines += [_text_quote(quote, language) for quote in answer.quotes]
    return "\n".join([*lines, covered(answer.coverage, language), ""])


def as_bibtex(answer: Answer) -> str:
    """An entry for each article quoted, with its quotes in the note."""
    quoted: dict[str, list[Quote]] = {}
    for quote in answer.quotes:
        quoted.setdefault(quote.document.doc_id, []).append(quote)
    used: set[str] = set()
    return "\n".join(_entry(quotes, used) for quotes in quoted.values())


def written(answer: Answer, form: str, quote: int | None = None) -> str:
    """`answer` in the format `form`, or its quote of this number alone, counted from 1.

    Raises InputError where there is no such quote.
    """
    if quote is None:
        return FORMATS[form].whole(answer)
    if not 1 <= quote <= len(answer.quotes):
        raise InputError(f"There is no quote {quote}.", f"The answer has {len(answer.quotes)}.")
    return FORMATS[form].one(answer.quotes[quote - 1], answer.question.language)


def covered(coverage: Coverage, language: str) -> str:
    """What was searched, in one line. It speaks of the search, never of the news."""
    words = labels(language)
    undated = words["undated"].format(undated=coverage.undated) if coverage.undated else ""
    searched = {"passages": coverage.passages, "documents": coverage.documents}
    said = {
        kind: words[kind][count not in words["singular"]].format(count=count)
        for kind, count in searched.items()
    }
    line: str = words["covered"].format(**said, undated=undated)
    return line


def spanned(spread: Spread, words: Mapping[str, Any]) -> str:
    """The ends that are known, and how many figures differ; `words` are the `labels` of a language."""
    ends = {"low": spread.low, "high": spread.high}
    known = "_".join(name for name, value in ends.items() if value is not None)
    said = {name: _number(value) for name, value in ends.items() if value is not None}
    text: str = words["spread"][known or "open"].format(**said, groups=spread.groups)
    return text


def labels(language: str) -> Mapping[str, Any]:
    """The words around an answer, by what they are for."""
    words: Mapping[str, Any] = _words()[language]
    return words


@cache
def _words() -> dict[str, Any]:
    return read_table(__file__, "export.toml")


def as_counted(figure: Figure, passage: Passage) -> str:
    """A figure with what it counts: to the letter where that stands behind it (« 2 millions d'euros »)."""
    if figure.unit is None:
        return figure.span.text
    base = passage.span.start
    between = passage.span.text[figure.span.end - base : figure.unit.start - base]
    return figure.span.text + (between if _JOINS.fullmatch(between) else " ") + figure.unit.text


def _refused(answer: Answer) -> list[str]:
    return [labels(answer.question.language)["refused"][answer.reason], ""] if answer.reason else []


def _figures(rows: Sequence[FigureRow], spread: Spread | None, words: Mapping[str, Any]) -> list[str]:
    lines = [f"| {' | '.join(words['columns'])} |", "|---" * len(words["columns"]) + "|"]
    for row in rows:
        unit = row.figure.unit.text if row.figure.unit else ""
        counted = f"{unit} ({words['apart']})" if row.apart else unit
        stance = words["stance"][row.stance]
        cells = (row.figure.span.text, counted, row.holder or "", stance, row.published or "")
        lines.append(f"| {' | '.join(_marked(' '.join(cell.split())) for cell in cells)} | {row.quote + 1} |")
    if spread is not None:
        lines += ["", spanned(spread, words)]
    return lines


def _markdown_quote(quote: Quote, language: str) -> str:
    # A line of its own for each line of the passage, or the quotation would end early.
    lines = [_marked(line) for line in quote.passage.span.text.splitlines() or [""]]
    if asked := quote.passage.asked:
        lines = [*(f"*{_marked(line)}*" for line in asked.text.splitlines()), "", *lines]
    lines += ["", f"— {_marked(_source(quote, language))}"]
    return "".join(f"> {line}".rstrip() + "\n" for line in lines)


def _text_quote(quote: Quote, language: str) -> str:
    asked = f"« {quote.passage.asked.text} »\n" if quote.passage.asked else ""
    return f"{asked}« {quote.passage.span.text} »\n— {_source(quote, language)}\n"


def _source(quote: Quote, language: str) -> str:
    """Where a quote stands, what the article does with it, and who says what in it."""
    words = labels(language)
    document = quote.document
    title = document.title or f"{words['untitled']} ({document.doc_id})"
    known = (title, document.publisher, document.published, _address(document))
    voices = [f"{name_of(voice)} ({words['position'][voice.stance]})" for voice in quote.passage.heard]
    return " · ".join([", ".join(filter(None, known)), words["stance"][quote.passage.stance], *voices])


def _address(document: Document) -> str:
    """The article's address on the web; another kind (javascript:) is none that should be followed."""
    url = document.url or ""
    return url if re.match(r"https?://", url, re.IGNORECASE) else ""


def _entry(quotes: Sequence[Quote], used: set[str]) -> str:
    document = quotes[0].document
    fields = {
        "title": f"{{{_tex(document.title)}}}" if document.title else "",
        "howpublished": "" if document.title else _tex(document.doc_id),
        "publisher": _tex(document.publisher or ""),
        "date": document.published or "",
        "url": re.sub(r"[{}\\\s]", "", _address(document)),
        "language": document.language or "",
        "note": " ".join(f"« {_tex(' '.join(quote.passage.span.text.split()))} »" for quote in quotes),
    }
    listed = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{_key(document, used)},\n{listed}}}\n"


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


def _number(value: float) -> str:
    return f"{value:,.10g}".replace(",", " ")


FORMATS: Mapping[str, Format] = {
    "markdown": Format(as_markdown, _markdown_quote, "text/markdown"),
    "bibtex": Format(as_bibtex, lambda quote, _: _entry([quote], set()), "application/x-bibtex"),
    "text": Format(as_text, _text_quote, "text/plain"),
}
