"""How many, side by side: the figures of the quotes, who gives them, the same ones together.

No figure is computed: a row is a figure as written. Figures of another thing than asked
stand apart, measures of another sort (kilometres, euros) and numbers of speakers are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from index.types import Figure
from qa.types import FigureRow, Question, Quote, Spread, Wants
from qa.understanding.asked import asked_of
from qa.understanding.counted import counts, stands_aside
from qa.understanding.filters import goes_by
from qa.understanding.parts import part_of
from qa.understanding.quantities import counts_tellers, is_measure, things_of
from qa.understanding.slots import speaker_named
from qa.understanding.speakers import key_of, name_of, speaker_of
from qa.understanding.spoken import means_nothing

Key = tuple[float | None, float | None, str, bool]


def figure_table(question: Question, quotes: Sequence[Quote]) -> tuple[FigureRow, ...]:
    """A row for each figure that a how-many question may mean, those asked for first, grouped.

    Empty for any other question.
    """
    if question.wants is not Wants.NUMBER:
        return ()
    asked, told_by = asked_of(question), speaker_named(question.rewritten or question.text)
    found = [
        (number, quote, figure, counts(asked, figure, quote.passage, quote.document.language), part)
        for number, quote in enumerate(quotes)
        for figure in quote.passage.figures
        for part in (part_of(figure, quote.passage),)
    ]
    # Where the dead alone are counted, « 30 tués ou blessés » is a figure of something else.
    exact = {
        figure.kind for _, _, figure, suits, part in found if suits and part == asked.parts.get(figure.kind)
    }
    # Who asks for somebody's figure is shown those of others apart, where that one gives any.
    speakers = [speaker_of(quote.passage, figure.span) for _, quote, figure, _, _ in found]
    own = [bool(told_by and voice and goes_by(told_by, voice)) for voice in speakers]
    given = any(is_own and suits for is_own, (_, _, _, suits, _) in zip(own, found, strict=True))
    rows: list[tuple[Key, FigureRow]] = []
    sources: dict[Key, set[str]] = {}
    for (number, quote, figure, suits, part), voice, is_own in zip(found, speakers, own, strict=True):
        apart = suits == 0 or stands_aside(asked, figure, quote.passage, quote.document.language)
        apart = apart or (figure.kind in exact and part not in ("", asked.parts[figure.kind]))
        if apart and (is_measure(figure) or counts_tellers(figure, quote.passage)):
            continue
        apart = apart or (given and not is_own)
        key = (figure.low, figure.high, f"{_counted(figure)} {part}", apart)
        holder = name_of(voice) if voice else None
        # Articles that repeat one speaker are one origin; what nobody is named for is the article's.
        named = key_of(voice) if voice and not means_nothing(name_of(voice)) else None
        sources.setdefault(key, set()).add(named or f"\0{quote.document.doc_id}")
        stance, day = quote.passage.stance, quote.document.published
        rows.append((key, FigureRow(figure, number, holder, stance, day, apart=apart, part=part)))
    order = {
        key: place
        for place, key in enumerate(dict.fromkeys(sorted((key for key, _ in rows), key=lambda k: k[3])))
    }
    grouped = [replace(row, group=order[key], origins=len(sources[key])) for key, row in rows]
    return tuple(sorted(grouped, key=lambda row: (row.group, row.quote)))


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
