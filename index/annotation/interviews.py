"""Interviews: which question of the article a passage answers, and whose words it is.

« Avez-vous été prévenus ? » in one paragraph, « Oui, à quatre heures. » in the next: the answer means
nothing without its question, and whoever gives it is named elsewhere, in a label or in the lead.
An article may ask without being an interview, also within a paragraph (« Qui a gagné ? Les deux camps
l'assurent. »); then nobody is given its words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.annotation.actors import load as load_actors
from index.annotation.words import quotations, read
from index.capitals import CAPITALS
from index.cues import load
from index.types import Document, Passage, Role, Span, Stance, Voice, VoiceStance

# A question of the article, in characters and sentences; and how many make an interview.
_LONGEST, _SENTENCES, _LEAST = 300, 3, 2
# So many sentences behind a question in one paragraph with them answer it.
_ANSWERS = 2
# Paragraphs that a speaker must be named within, before the first question.
_LEAD = 8
_WORD = re.compile(r"[^\W\d_]+(?:['’](?![^\W\d_])|['’](?:m|ve|d|ll|re)\b)?")
_CLOSING = " \u00a0\u202f»”\"’')]*_"
_NAME = rf"[{CAPITALS}][\w.'’-]*(?: (?:[a-z]{{1,3}} )?[{CAPITALS}][\w.'’-]*){{0,3}}"
LANGUAGES = ("fr", "en")
_LABEL = re.compile(rf"(?:[-–—•*]+\s*)?(?P<name>{_NAME}|[^\W\d_]+)(?:\s?:|\s?\.\s?[–—-]|\s[–—])\**\s")
# Two words with a capital side by side: « Anne Morel », « Jan van der Berg ».
_PERSON = re.compile(
    rf"(?<![\w’'-])[{CAPITALS}][\w’'-]+ (?:(?:van|von|ben|bin|el|al|de|di|da|der|den) )*[{CAPITALS}][\w’'-]+"
)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Passages `first` to `last`, end exclusive; whether the article asks in it, and the label before it.

    In an interview it asks as well where it `may_ask`: tells something and asks of it.
    """

    first: int
    last: int
    span: Span
    asks: bool
    may_ask: bool
    label: Span | None


def read_interviews(document: Document, passages: Sequence[Passage]) -> list[Passage]:
    """The passages, those that answer a question of the article with it and with whoever speaks."""
    paragraphs = _paragraphs(document, passages)
    spoken = _spoken(document, passages, paragraphs)
    filled = list(passages)
    asked: Span | None = None
    for paragraph in paragraphs:
        speaker = spoken.get(paragraph.first)
        if paragraph.asks or (spoken and paragraph.may_ask and speaker is None):
            asked = paragraph.span
            continue
        inside = _asked_inside(passages[paragraph.first : paragraph.last])
        for i, own in zip(range(paragraph.first, paragraph.last), inside, strict=True):
            if filled[i].role is Role.SENTENCE:
                filled[i] = replace(filled[i], asked=own or asked)
                if speaker is not None:
                    filled[i] = said_by(document, filled[i], speaker)
        if speaker is None:
            # Elsewhere than in an interview what comes later is no answer any more.
            asked = None
    return filled


def _asked_inside(passages: Sequence[Passage]) -> Iterator[Span | None]:
    """« Combien étaient malades ? Trois, d'après la préfecture. »: what is asked before each sentence."""
    asked, left = None, 0
    for passage in passages:
        text = passage.span.text
        says = left > 0 and _WORD.search(text) is not None
        yield asked if says else None
        left -= says
        if text.rstrip(_CLOSING).endswith("?") and text[-1] not in "»”" and not passage.voices:
            asked, left = passage.span, _ANSWERS


def _paragraphs(document: Document, passages: Sequence[Passage]) -> list[_Paragraph]:
    starts = [i for i, one in enumerate(passages) if not i or one.paragraph != passages[i - 1].paragraph]
    found = []
    for first, last in pairwise([*starts, len(passages)]):
        start, end = passages[first].span.start, passages[last - 1].span.end
        label = _LABEL.match(document.text, start, end)
        named = label and Span.cut(document.text, label.start("name"), label.end("name"))
        span = Span.cut(document.text, start, end)
        may_ask = _may_ask(passages[first:last], span)
        asks = may_ask and _only_asks(passages[first:last], span, document.language)
        found.append(_Paragraph(first, last, span, asks, may_ask, named))
    return found


def _may_ask(passages: Sequence[Passage], span: Span) -> bool:
    """Whether a short paragraph ends with a question that is no quotation."""
    short = len(passages) <= _SENTENCES and len(span.text) <= _LONGEST
    ends = span.text.rstrip(_CLOSING).endswith("?") and span.text[-1] not in "»”"
    return short and ends and passages[0].role is not Role.TITLE


def _only_asks(passages: Sequence[Passage], span: Span, language: str | None) -> bool:
    """Whether a paragraph that may ask has questions alone, or speaks to somebody."""
    asks = all(one.span.text.rstrip(_CLOSING).endswith("?") for one in passages)
    return asks or _speaks(span.text, "asked_as", language)


def _spoken(
    document: Document, passages: Sequence[Passage], paragraphs: Sequence[_Paragraph]
) -> dict[int, Span]:
    """The paragraphs in which somebody answers, by their first passage, with the name of who does.

    None where the article is no interview, or does not tell whose.
    """
    if document.language not in LANGUAGES:
        return {}
    if labels := _speakers(document, paragraphs):
        return dict(_labelled(document, passages, paragraphs, labels))
    own = quotations(document.text)
    turns = _turns(passages, paragraphs)
    personal = [
        _speaks(asking.span.text, "asked_as", document.language)
        or any(_of_oneself(document, one, own) for one in answers)
        for asking, answers in turns
    ]
    if len(turns) < _LEAST or sum(personal) * 2 < len(turns):
        return {}
    speaker = _presented(document, passages[: turns[0][0].first])
    if speaker is None:
        return {}
    return {
        one.first: speaker
        for number, (_, answers) in enumerate(turns)
        for place, one in enumerate(answers)
        # Nothing tells where the last answer ends but that somebody speaks of themselves.
        if number + 1 < len(turns) or not place or _of_oneself(document, one, own)
        if not (place and one.may_ask) or _of_oneself(document, one, own)
    }


def _turns(
    passages: Sequence[Passage], paragraphs: Sequence[_Paragraph]
) -> list[tuple[_Paragraph, list[_Paragraph]]]:
    """Every question of the article with the paragraphs up to the next one, where there are any."""
    turns: list[tuple[_Paragraph, list[_Paragraph]]] = []
    for paragraph in paragraphs:
        if paragraph.asks:
            turns.append((paragraph, []))
        elif turns and passages[paragraph.first].role is Role.SENTENCE:
            turns[-1][1].append(paragraph)
    return [(asking, answers) for asking, answers in turns if answers]


def _speakers(document: Document, paragraphs: Sequence[_Paragraph]) -> dict[str, bool]:
    """The labels that name speakers, and whether theirs is to ask; none where labels are a list's.

    « Bilan : », « Date : » name nobody: a label is a name of two words, the last word of one that stands
    in the article, or says that it asks or answers. One of them comes back.
    """
    interview = load(document.language or "").words
    roles = dict.fromkeys(interview["interview.asker_labels"], True)
    roles |= dict.fromkeys(interview["interview.answerer_labels"], False)
    counts = Counter(one.label.text for one in paragraphs if one.label)
    found: dict[str, bool] = {}
    for label in counts:
        own = [one for one in paragraphs if one.label and one.label.text == label]
        if label.lower() in roles:
            found[label] = roles[label.lower()]
        elif _PERSON.fullmatch(label) or re.search(
            rf"[{CAPITALS}][\w’'-]+ {re.escape(label)}\b", document.text
        ):
            found[label] = sum(one.asks for one in own) * 2 > len(own)
    several = len(found) > 1 and max(counts[label] for label in found) > 1
    return found if several else {}


def _labelled(
    document: Document,
    passages: Sequence[Passage],
    paragraphs: Sequence[_Paragraph],
    labels: dict[str, bool],
) -> Iterator[tuple[int, Span]]:
    own, speaker = quotations(document.text), None
    first = next(one for one in paragraphs if one.label and one.label.text in labels)
    presented = _presented(document, passages[: first.first])
    for paragraph in paragraphs:
        label = paragraph.label
        if label and label.text in labels:
            speaker = None if labels[label.text] else label if len(label.text) > 2 else presented
            if label.text.lower() in load(document.language or "").words["interview.answerer_labels"]:
                speaker = presented
        elif paragraph.asks or not _of_oneself(document, paragraph, own):
            continue
        if speaker is not None and passages[paragraph.first].role is Role.SENTENCE:
            yield paragraph.first, speaker


def _presented(document: Document, lead: Sequence[Passage]) -> Span | None:
    """Who is interviewed: the one person named in the lead's sentence that says so, else in all of it."""
    named = load(document.language or "").words
    says_so, others = set(), set()
    found: dict[str, Span] = {}
    for passage in lead[-_LEAD:]:
        words = _words(passage.span.text)
        for match in _PERSON.finditer(document.text, passage.span.start, passage.span.end):
            if load_actors().resolve(match.group()) is not None:
                continue
            found.setdefault(match.group(), Span.cut(document.text, match.start(), match.end()))
            before = _words(document.text[passage.span.start : match.start()])[-1:]
            if not named["interview.presented_by"].isdisjoint(words):
                says_so.add(match.group())
            # « in Quay Street », and what a title names, are seldom who speaks.
            elif passage.role is Role.SENTENCE and named["prepositions"].isdisjoint(before):
                others.add(match.group())
    for chosen in (says_so, others, {*found}):
        if len(chosen) == 1:
            return found[chosen.pop()]
    return None


def said_by(document: Document, passage: Passage, speaker: Span) -> Passage:
    """The passage as the words of `speaker`: the article only passes them on."""
    labelled = speaker.overlap(passage.span) > 0
    stance = {Stance.DENIES: VoiceStance.DENIES, Stance.DOUBTS: VoiceStance.DOUBTS}.get(passage.stance)
    # What shows the denial shows the speaker's.
    shown, cue = (passage.cue, None) if stance else (None, passage.cue)
    if stance is None:
        answer = document.text[speaker.end : passage.span.end] if labelled else passage.span.text
        language = document.language or ""
        refuses = (passage.asked is not None and _refuses(answer, language)) or _denies(answer, language)
        stance = VoiceStance.DENIES if refuses else VoiceStance.ASSERTS
    told = passage
    if passage.stance is not Stance.NEUTRAL:
        told = replace(passage, stance=Stance.REPORTS, cue=cue)
    if not labelled:
        return replace(told, speaker=Voice(speaker, stance, shown))
    if passage.voices:
        return told
    mark = next(at for at in range(speaker.end, passage.span.end) if not document.text[at].isspace())
    shown = shown or Span.cut(document.text, mark, mark + 1)
    return replace(told, voices=(Voice(speaker, stance, shown),))


def _denies(answer: str, language: str) -> bool:
    """« "It is a lie." »: within a quotation a denial is the speaker's, and no stance of the article."""
    if language not in LANGUAGES:
        return False
    words = read(answer, 0, len(answer), [])
    hits = load(language).phrases.find(words.low, words.starts, words.words)
    return any(hit.table in ("stance.denies", "stance.denied") for hit in hits)


def _refuses(answer: str, language: str) -> bool:
    """« Non, … », "A: Never.": whether an answer begins with a no that a mark ends."""
    interview = load(language).words
    parts = (part.strip() for part in re.split(r"[.,;:!–—-]", answer.lower()))
    labels = interview["interview.answerer_labels"]
    return next((part for part in parts if part and part not in labels), "") in interview["interview.refuses"]


def _of_oneself(document: Document, paragraph: _Paragraph, quotes: Sequence[tuple[int, int]]) -> bool:
    """Whether somebody speaks of themselves, in quotation marks only where all of it stands in them."""
    start, end = paragraph.span.start, paragraph.span.end
    within = [(a, b) for a, b in quotes if a < end and start < b]
    if any(a <= start + 1 and end - 1 <= b for a, b in within):
        within = []
    kept, at = [], start
    for a, b in within:
        kept.append(document.text[at:a])
        at = b
    return _speaks(" ".join([*kept, document.text[at:end]]), "answers_as", document.language)


def _speaks(text: str, person: str, language: str | None) -> bool:
    if language not in ("fr", "en"):
        return False
    return not load(language).words[f"interview.{person}"].isdisjoint(_words(text))


def _words(text: str) -> list[str]:
    return [word.replace("’", "'").lower() for word in _WORD.findall(text)]
