"""How many, side by side: the figures of the quotes, who gives them, the same ones together.

No figure is computed: a row is a figure as written. Figures of another thing than asked
stand apart, measures of another sort (kilometres, euros) and numbers of speakers are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from index.types import Figure, Voice
from qa.types import FigureRow, Question, Quote, Spread, Wants
from qa.understanding.asked import Asked, asked_of
from qa.understanding.counted import counts, stands_aside
from qa.understanding.filters import goes_by
from qa.understanding.other_counts import adjoins, gives_but_a_number
from qa.understanding.parts import part_of
from qa.understanding.quantities import counts_tellers, is_measure, things_of
from qa.understanding.slots import speaker_named
from qa.understanding.speakers import key_of, name_of, speaker_of
from qa.understanding.spoken import means_nothing

# How well a figure suits that nothing shows to be of something else.
_LIKELY = 0.5

Key = tuple[float | None, float | None, str, bool]


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure of a quote, how well it suits (0 to 1), the part that it counts, and who gives it."""

    figure: Figure
    number: int
    quote: Quote
    suits: float
    part: str
    voice: Voice | None


def figure_table(question: Question, quotes: Sequence[Quote]) -> tuple[FigureRow, ...]:
    """A row for each figure that a how-many question may mean, those asked for first, grouped.

    Empty for any other question.
    """
    if question.wants is not Wants.NUMBER:
        return ()
    asked = asked_of(question)
    found: list[_Found] = []
    for number, quote in enumerate(quotes):
        found += [_told_on(question, found, one) for one in _found(asked, number, quote)]
    elsewhere = _given_by_others(question, found)
    # Where the dead alone are counted, « 30 tués ou blessés » is a figure of something else.
    exact = {one.figure.kind for one in found if one.suits and one.part == asked.parts.get(one.figure.kind)}
    rows: list[tuple[Key, FigureRow]] = []
    sources: dict[Key, set[str]] = {}
    for one in found:
        apart = _counts_another(asked, one, exact)
        if apart and (is_measure(one.figure) or counts_tellers(one.figure, one.quote.passage)):
            continue
        row = _row(one, apart or one in elsewhere)
        key = (row.figure.low, row.figure.high, f"{_counted(row.figure)} {row.part}", row.apart)
        sources.setdefault(key, set()).add(_origin(one))
        rows.append((key, row))
    # Those asked for come first, in the order of the quotes.
    keys = dict.fromkeys(sorted((key for key, _ in rows), key=lambda key: key[3]))
    order = {key: place for place, key in enumerate(keys)}
    grouped = [replace(row, group=order[key], origins=len(sources[key])) for key, row in rows]
    return tuple(sorted(grouped, key=lambda row: (row.group, row.quote)))


def _found(asked: Asked, number: int, quote: Quote) -> Iterator[_Found]:
    passage, language = quote.passage, quote.document.language
    for figure in passage.figures:
        suits = counts(asked, figure, passage, language)
        yield _Found(figure, number, quote, suits, part_of(figure, passage), speaker_of(passage, figure.span))


def _told_on(question: Question, before: Sequence[_Found], one: _Found) -> _Found:
    """`one`, which may be meant where it is but another number of what the sentence before it counts.

    « La police a recensé 300 marcheurs. Les syndicats avancent le chiffre de 900. »
    """
    if one.suits or one.figure.unit is not None:
        return one
    passage, document = one.quote.passage, one.quote.document
    meant = any(
        other.suits
        and adjoins(other.quote.passage, passage, document.text)
        and gives_but_a_number(
            (other.figure, other.quote.passage), (one.figure, passage), document.language, question.text
        )
        for other in before
    )
    return replace(one, suits=_LIKELY) if meant else one


def _given_by_others(question: Question, found: Sequence[_Found]) -> list[_Found]:
    """The figures of others than the one whose figure is asked for; none where that one gives no figure."""
    told_by = speaker_named(question.rewritten or question.text)
    own = [one for one in found if told_by and one.voice and goes_by(told_by, one.voice)]
    given = any(one.suits for one in own)
    return [one for one in found if one not in own] if given else []


def _counts_another(asked: Asked, one: _Found, exact: set[str]) -> bool:
    """Whether a figure counts something else than is asked; of the kinds `exact` one part alone is."""
    figure, passage, language = one.figure, one.quote.passage, one.quote.document.language
    if one.suits == 0 or stands_aside(asked, figure, passage, language):
        return True
    return figure.kind in exact and one.part not in ("", asked.parts[figure.kind])


def _row(one: _Found, apart: bool) -> FigureRow:
    holder = name_of(one.voice) if one.voice else None
    stance, day = one.quote.passage.stance, one.quote.document.published
    return FigureRow(one.figure, one.number, holder, stance, day, apart=apart, part=one.part)


def _origin(one: _Found) -> str:
    """Equal for figures of one origin: of one speaker in any article, else of one article."""
    if one.voice and not means_nothing(name_of(one.voice)) and (named := key_of(one.voice)):
        return named
    return f"\0{one.quote.document.doc_id}"


def spread_of(rows: Sequence[FigureRow]) -> Spread | None:
    """The lowest and the highest of the figures asked for; None where they do not differ.

    Of several things (planes beside tanks, the wounded beside the dead) only those counted
    most often are meant. An end that one of the figures leaves open is open: « au moins 30 ».
    """
    asked = [row for row in rows if not row.apart]
    scales = [_scales(row.figure) for row in asked]
    scale, part = _commonest(chain(*scales)), _commonest(row.part for row in asked)
    meant = [
        row
        for row, own in zip(asked, scales, strict=True)
        if (not own or scale in own) and row.part in ("", part)
    ]
    different = len({(row.figure.low, row.figure.high) for row in meant})
    if different < 2:
        return None
    kinds = Counter(row.figure.kind for row in meant)
    lows, highs = [row.figure.low for row in meant], [row.figure.high for row in meant]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    kind, parts = kinds.most_common(1)[0][0], {row.part for row in meant}
    return Spread(low, high, kind, different, parts.pop() if len(parts) == 1 else "")


def _commonest(names: Iterable[str]) -> str:
    """The name that stands most often, the first of several; "" where none does."""
    return next(iter(Counter(filter(None, names)).most_common(1)), ("", 0))[0]


def _scales(figure: Figure) -> tuple[str, ...]:
    """What may stand on one scale: people, things of one noun; « km » and « m » are two, « % » and "$"."""
    return things_of(figure) or ((figure.kind,) if is_measure(figure) else ())


def _counted(figure: Figure) -> str:
    """What a figure counts, so that « soldats » and « hommes » of one kind meet."""
    kind = "other" if figure.kind == "deployed" else figure.kind
    return f"{kind} {next(iter(things_of(figure)), '')}"
