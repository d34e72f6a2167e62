"""Stance, voices and figures of every passage: the one place that knows the order of the stages."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index import figures, stance, voices
from index.annotation import clauses, mentions, speech, spoken, words
from index.annotation.continued import read_continued
from index.annotation.interviews import read_interviews
from index.annotation.labels import past_label
from index.annotation.mentions import Mention
from index.capitals import CAPITALS
from index.cues import Hit, load
from index.types import Document, Passage, Profile, Role, Span, Stance, Voice, VoiceStance

LANGUAGES = ("fr", "en")
_NAME_FIRST = re.compile(rf"([{CAPITALS}][\w'’-]+)\s?: ?(?=\S)")
# « Non, je n'ai rien signé » is a no, whatever its words are not.
_NEVER_COVERED = frozenset({"pseudo", "stance.denied_reply"})
_BACK = 3  # passages in which the one a pronoun means is looked for
_AHEAD = 12  # passages after a title in which its speaker is looked for


@dataclass(frozen=True, slots=True)
class Reading:
    """What one sentence was found to hold, in places of the sentence."""

    verdict: stance.Verdict
    speeches: tuple[spoken.Speech, ...]
    kept: tuple[Hit, ...]
    dropped: tuple[Hit, ...]
    subjects: tuple[Mention, ...]


def annotate(document: Document, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The same passages in the same order, with stance, cue, voices and figures filled.

    A language without cues gets `neutral` and no voices, never a guess.
    """
    quotes = words.quotations(document.text)
    done: list[Passage] = []
    named: deque[list[Mention]] = deque(maxlen=_BACK)
    for passage in passages:
        # A line of a megabyte is no sentence: it is read in stretches.
        spans = words.pieces(document.text, passage.span.start, passage.span.end)
        parts: list[Passage] = []
        for start, end in spans:
            part = passage if len(spans) == 1 else replace(passage, span=Span.cut(document.text, start, end))
            parts.append(_one(document, part, quotes, done, named))
        done.append(parts[0] if len(parts) == 1 else _joined(passage, parts))
    continued = read_continued(document, _titled(document.text, _signed(done)), quotes)
    return tuple(read_interviews(document, continued))


def _one(
    document: Document,
    passage: Passage,
    quotes: list[tuple[int, int]],
    done: Sequence[Passage],
    named: deque[list[Mention]],
) -> Passage:
    text, language = document.text, document.language
    body = Span.cut(text, past_label(text, passage.span.start, passage.span.end), passage.span.end)
    if language not in LANGUAGES:
        return replace(passage, figures=figures.find(text, body, language))
    last = done[-1] if done and done[-1].paragraph == passage.paragraph else None
    bare = replace(passage, span=body)
    reading = _read(text, bare, language, quotes, last)
    before = [mention for mentioned in named for mention in mentioned]
    filled = _fill(text, bare, reading, before, language)
    named.append(mentions.of_voices(filled.voices) or list(reading.subjects))
    return replace(filled, span=passage.span)


def _joined(passage: Passage, parts: Sequence[Passage]) -> Passage:
    return replace(
        passage,
        stance=parts[0].stance,
        cue=parts[0].cue,
        voices=tuple(voice for part in parts for voice in part.voices),
        figures=tuple(figure for part in parts for figure in part.figures),
    )


def _signed(passages: list[Passage]) -> list[Passage]:
    """A line that is a name and an office signs the quotation in the lines right before it."""
    signed = list(passages)
    for i in range(1, len(signed)):
        line, quoted = signed[i], signed[i - 1]
        claims = quoted.stance is Stance.ASSERTS and not quoted.voices and quoted.role is Role.SENTENCE
        if claims and line.paragraph != quoted.paragraph and voices.signature(line.span.text):
            signed[i - 1] = replace(quoted, stance=Stance.REPORTS)
            signed[i] = replace(line, stance=Stance.NEUTRAL, cue=None, voices=())
    return signed


def _titled(text: str, passages: list[Passage]) -> list[Passage]:
    """« Martin : la digue doit être refaite »: a title whose first word is a person who speaks further on.

    Only a name that stands behind a first name or an office there counts, so that a
    place or a topic before the colon is none.
    """
    titled = list(passages)
    for i, line in enumerate(titled):
        found = _NAME_FIRST.match(line.span.text) if line.role is not Role.SENTENCE else None
        if found is None or line.voices or line.stance is not Stance.ASSERTS:
            continue
        name = re.compile(rf"(?:[{CAPITALS}][\w'’-]*\.?|\b(?:M|Mme|Me)\b\.?) {re.escape(found[1])}(?!\w)")
        if any(name.search(v.holder.text) for p in titled[i + 1 : i + 1 + _AHEAD] for v in p.voices):
            start = line.span.start
            colon = text.index(":", start)
            cue = Span.cut(text, colon, colon + 1)
            voice = Voice(Span.cut(text, start, start + found.end(1)), VoiceStance.ASSERTS, cue)
            titled[i] = replace(line, stance=Stance.REPORTS, cue=cue, voices=(voice,))
    return titled


def _read(
    text: str, passage: Passage, language: str, quotes: list[tuple[int, int]], before: Passage | None
) -> Reading:
    lexicon = load(language)
    sentence = words.read(text, passage.span.start, passage.span.end, quotes)
    verbs = clauses.verbs(sentence, lexicon)
    hits = lexicon.phrases.find(sentence.low, sentence.starts, sentence.words)
    kept, dropped = _without_pseudo([hit for hit in hits if not _names(sentence, hit)])
    speeches = speech.find(sentence, verbs, kept, lexicon)
    previous = before.stance if before is not None else None
    verdict = stance.decide(sentence, verbs, kept, speeches, lexicon, passage.role, previous)
    subjects = mentions.of_subjects(text, sentence, verbs, lexicon)
    return Reading(verdict, tuple(speeches), tuple(kept), tuple(dropped), tuple(subjects))


def _fill(text: str, passage: Passage, reading: Reading, before: Sequence[Mention], language: str) -> Passage:
    start, cue = passage.span.start, reading.verdict.cue
    named = load(language).words
    found: list[Voice] = []
    for voice in voices.find(text, start, reading.speeches):
        here = mentions.within(voice, text[start : voice.holder.start], reading.subjects, found, named)
        resolved = voices.resolve(voice, [*before, *here], named)
        # A pronoun for somebody who already speaks in the sentence adds no voice.
        if not any(v.holder == resolved and v.stance is voice.stance for v in found):
            found.append(replace(voice, resolved=resolved))
    return replace(
        passage,
        stance=reading.verdict.stance,
        cue=None if cue is None else Span.cut(text, start + cue[0], start + cue[1]),
        voices=tuple(found),
        figures=figures.find(text, passage.span, language),
    )


def _names(sentence: words.Words, hit: Hit) -> bool:
    """« jusqu'au 4 Mai », "the Mystery Plays": inside a sentence a single word with a capital is a name."""
    k = sentence.at(hit.start)
    if k == 0 or sentence.at(hit.end - 1) != k or not hit.table.startswith("stance."):
        return False
    before = sentence.words[k - 1]
    return sentence.capital(k) and before[-1].isalnum() and (before.isdigit() or sentence.cased())


def _without_pseudo(hits: list[Hit]) -> tuple[list[Hit], list[Hit]]:
    """The cues that count, and those that a pseudo-cue covers."""
    pseudo = [hit for hit in hits if hit.table == "pseudo"]
    kept: list[Hit] = []
    dropped: list[Hit] = []
    for hit in hits:
        free = hit.table in _NEVER_COVERED
        covered = not free and any(p.start < hit.end and hit.start < p.end for p in pseudo)
        (dropped if covered else kept).append(hit)
    return kept, dropped


def profile(passages: Iterable[Passage]) -> Profile:
    """How the article as a whole commits itself; counts are keyed in the order of `Stance`."""
    counts = dict.fromkeys(Stance, 0)
    for passage in passages:
        counts[passage.stance] += 1
    claims = {label: n for label, n in counts.items() if label is not Stance.NEUTRAL and n}
    if not claims:
        return Profile(Stance.NEUTRAL.value, counts)
    first = max(claims, key=lambda label: claims[label])
    label = first.value if claims[first] * 2 > sum(claims.values()) else "mixed"
    return Profile(label, counts)


@dataclass(frozen=True, slots=True)
class Reason:
    """One cue of a sentence: what it stands for, its characters, and whether it counted.

    `cue` names the list or rule; `note` says why it was dropped or what it found.
    """

    cue: str
    span: Span
    counted: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a sentence is read as it is: the annotated passage, the deciding rule, all cues considered."""

    passage: Passage
    rule: str
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        """Lines for a terminal: the stance and its rule, voices, figures, then every cue considered."""
        passage = self.passage
        lines = [f"{passage.stance.value} ({self.rule}){_quoted(passage.cue)}"]
        for voice in passage.voices:
            lines.append(f"  voice   {voice.holder.text}: {voice.stance.value}{_quoted(voice.cue)}")
        for figure in passage.figures:
            bounds = f"{_bound(figure.low)} to {_bound(figure.high)}"
            if figure.low == figure.high:
                bounds = _bound(figure.low)
            unit = f" {figure.unit.text}" if figure.unit is not None else ""
            near = ", about" if figure.approx else ""
            lines.append(f"  figure  {figure.span.text}{unit}: {bounds}{near}, {figure.kind}")
        for reason in self.reasons:
            note = f": {reason.note}" if reason.note else ""
            lines.append(f"  {'+' if reason.counted else '-'} {reason.cue}{_quoted(reason.span)}{note}")
        return "\n".join(lines)


def _quoted(span: Span | None) -> str:
    return "" if span is None else f" « {span.text} » at {span.start}-{span.end}"


def _bound(value: float | None) -> str:
    return "…" if value is None else f"{value:,g}"


def explain(sentence: str, language: str = "fr") -> Explanation:
    """Reads one sentence by itself and tells what decided; spans count from its first character.

    A label before it (« 18 h 40. ») is no part of it.
    """
    document = Document("explain", sentence, sentence, "", language=language)
    body = Span.cut(sentence, past_label(sentence, 0, len(sentence)), len(sentence))
    passage = Passage("explain", "explain", body)
    if language not in LANGUAGES:
        filled = annotate(document, (passage,))[0]
        return Explanation(filled, f"no cues for the language {language!r}: neutral, never a guess", ())
    reading = _read(sentence, passage, language, words.quotations(sentence), None)
    filled = _fill(sentence, passage, reading, (), language)
    return Explanation(filled, reading.verdict.rule, tuple(_reasons(sentence, reading)))


def _reasons(sentence: str, reading: Reading) -> Iterable[Reason]:
    for found in reading.speeches:
        holders = ", ".join(sentence[a:b] for a, b in found.holders) or "nobody named"
        note = f"{found.stance.value} by {holders} ({found.scope})"
        yield Reason(f"speech: {found.rule}", Span.cut(sentence, *found.cue), True, note)
    for hit in reading.kept:
        name, _, detail = hit.table.partition(".")
        if name == "stance":
            decided = reading.verdict.cue == (hit.start, hit.end)
            note = "" if decided else "considered: another rule came first, or it belongs to a speaker"
            yield Reason(
                f"stance: {detail} « {hit.phrase} »", Span.cut(sentence, hit.start, hit.end), decided, note
            )
    for hit in reading.dropped:
        note = "dropped: a pseudo-cue covers it"
        yield Reason(f"{hit.table} « {hit.phrase} »", Span.cut(sentence, hit.start, hit.end), False, note)
