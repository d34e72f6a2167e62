"""How a sentence commits its article: asserts, reports, doubts, denies or neutral.

The rules stand in the order of the guide's tie-breaks: doubts beats reports,
reports beats asserts when the core claim is attributed. Each returns the cue it
rests on, so that a reader can check it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.annotation.clauses import impersonal
from index.annotation.spoken import Speech
from index.annotation.verb_groups import FINITE, Verb
from index.annotation.words import Words
from index.cues import Hit, Lexicon
from index.types import Role, Stance, VoiceStance

Place = tuple[int, int]
_HEADED = 5  # words of a line without a stop that may only head what follows


@dataclass(frozen=True, slots=True)
class Verdict:
    """A stance, the rule that gave it and the characters of the sentence it rests on."""

    stance: Stance
    rule: str
    cue: Place | None = None


def decide(
    words: Words,
    verbs: Sequence[Verb],
    hits: Sequence[Hit],
    speeches: Sequence[Speech],
    lexicon: Lexicon,
    role: Role,
    previous: Stance | None,
) -> Verdict:
    """The verdict on one sentence; `previous` is the stance of the one before in its paragraph."""
    plain = [h for h in hits if not words.quoted[words.at(h.start)]]
    main = [s for s in speeches if s.scope == "main"]
    finite = [v for v in verbs if v.use in FINITE and not words.quoted[v.head]]
    if verdict := _furniture(words, plain, finite, lexicon):
        return verdict
    asks = _question(words, finite, lexicon)
    if not asks and (verdict := _denies(plain, main)):
        return verdict
    if verdict := _doubts(words, plain, main, speeches):
        return verdict
    if asks and not main:
        return Verdict(Stance.NEUTRAL, "question", (len(words.text.rstrip()) - 1, len(words.text.rstrip())))
    if verdict := _attributed(main, speeches):
        return verdict
    if (
        words.words
        and _mostly_quoted(words)
        and (role is not Role.HEADING or any(v.use in FINITE for v in verbs))
    ):
        return Verdict(Stance.REPORTS, "quotation", (0, words.ends[0]))
    if at := _quotes(words, verbs, lexicon) or _predicated(words, verbs, finite, lexicon):
        return Verdict(Stance.REPORTS, "quotation", at)
    if at := _command(words, finite, lexicon):
        return Verdict(Stance.NEUTRAL, "command", at)
    if verdict := _conditional(words, verbs, plain, lexicon, previous):
        return verdict
    if first := _first(plain, "stance.reports"):
        return Verdict(Stance.REPORTS, "relayed", (first.start, first.end))
    if not any(v.use in FINITE for v in verbs):
        return _verbless(words, verbs, lexicon, role, previous)
    if _half(words, finite, lexicon):
        return Verdict(Stance.NEUTRAL, "line without a main clause", (0, words.ends[0]))
    facts = [h for h in plain if h.table == "stance.fact"]
    ahead = [h for h in plain if not any(f.start <= h.start < f.end for f in facts)]
    first = _first(ahead, "stance.neutral")
    settled = first and (
        _settled_before(words, finite, first, lexicon)
        or _settled_after(words, finite, plain, lexicon)
        or _only_beside(words, finite, plain, lexicon)
    )
    if first and not settled:
        return Verdict(Stance.NEUTRAL, "forecast or opinion", (first.start, first.end))
    if first := _first(plain, "stance.evidence"):
        return Verdict(Stance.ASSERTS, "evidence", (first.start, first.end))
    return Verdict(Stance.ASSERTS, "plain statement")


def _settled_before(words: Words, finite: Sequence[Verb], hit: Hit, lexicon: Lexicon) -> bool:
    """Whether a main clause states its fact before a cue: the cue then colours only what follows."""
    within = [v for v in finite if hit.start < words.ends[v.head] and words.starts[v.start] < hit.end]
    if any(v.opener in lexicon.words["if"] for v in within) and any(v.opener is None for v in finite):
        return True  # « Ils se demandaient s'il faut partir, et sont partis »
    gaps = (words.low[words.ends[v.head] : hit.start] for v in finite if v.opener is None)
    return any(len(gap) > 25 or "," in gap for gap in gaps)


def _settled_after(words: Words, finite: Sequence[Verb], hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """« It may be chance, but has cost them dear »: behind the contrast a plain clause states its fact."""
    parts = (k for k, w in enumerate(words.words) if w in lexicon.words["contrast"] and not words.quoted[k])
    at = next((k for k in parts if k and words.words[k - 1] == ","), None)
    if at is None or "omits_that" not in lexicon.words["traits"]:
        return False
    clear = all(hit.table != "stance.neutral" or hit.start < words.starts[at] for hit in hits)
    return clear and any(v.opener is None and at < v.start for v in finite)


def _only_beside(words: Words, finite: Sequence[Verb], hits: Sequence[Hit], lexicon: Lexicon) -> bool:
    """« The text, which could help, came late »: a relative clause looks ahead, the main one does not."""
    places = {words.at(hit.start) for hit in hits if hit.table == "stance.neutral"}
    beside = {k for v in finite if v.opener in lexicon.words["relatives"] for k in range(v.start, v.head + 1)}
    main = any(v.opener is None and places.isdisjoint(range(v.start, v.head + 1)) for v in finite)
    return "omits_that" in lexicon.words["traits"] and main and places <= beside


def _first(hits: Iterable[Hit], table: str) -> Hit | None:
    return next((hit for hit in hits if hit.table == table), None)


def _furniture(words: Words, hits: list[Hit], finite: list[Verb], lexicon: Lexicon) -> Verdict | None:
    hit = _first(hits, "stance.furniture")
    short = hit is not None and len(words.words) <= 14
    if hit and (
        (short and (hit.start == 0 or not finite)) or not lexicon.words["you"].isdisjoint(words.words)
    ):
        return Verdict(Stance.NEUTRAL, "furniture", (hit.start, hit.end))
    return None


def _question(words: Words, finite: Sequence[Verb], lexicon: Lexicon) -> bool:
    if _asking_title(words, finite, lexicon):
        return True
    end = words.low.rstrip(" \n\t»”\")'")
    asks = bool(words.words) and words.words[0] in lexicon.words["questions"]
    return end.endswith("?") or (asks and end.endswith(("…", "...")))


def _asking_title(words: Words, finite: Sequence[Verb], lexicon: Lexicon) -> bool:
    """« Analysis: what the vote means for Europe »: a line without a stop that only says what it asks."""
    if not words.words or not words.words[-1].isalnum() or "," in words.words:
        return False
    colon = words.words.index(":") + 1 if ":" in words.words[:-1] else 0
    return words.words[colon] in lexicon.words["questions"] and not _states(words, colon, finite, lexicon)


def _states(words: Words, first: int, finite: Sequence[Verb], lexicon: Lexicon) -> bool:
    """« When the bridge fell ten people died »: the first word opens a clause, the main one follows."""
    if len(finite) < 2 or finite[0].opener != words.words[first] or finite[1].opener is not None:
        return False
    # « Where the mayor says the money went », « When it opens and what it costs »
    says = any(lemma in lexicon.classes for lemma in finite[0].lemmas)
    return not says and lexicon.words["questions"].isdisjoint(words.words[finite[0].head :])


def _half(words: Words, finite: Sequence[Verb], lexicon: Lexicon) -> bool:
    """« Quand la mairie perd ses clés »: a line without a stop whose only clause hangs on another."""
    named = lexicon.words
    closed = "," in words.words or words.low.rstrip(' "»”').endswith((".", "!", "…"))
    fronted = bool(words.words) and words.words[0] in named["fronting"]
    return fronted and not closed and bool(finite) and all(v.opener is not None for v in finite)


def _command(words: Words, finite: Sequence[Verb], lexicon: Lexicon) -> Place | None:
    """« Fermez les volets », « Si tu pars, n'oublie rien »: who is told to do something; it claims nothing.

    « Notons que le pont est fermé » claims what follows.
    """
    named = lexicon.words
    if not named["command_marks"]:
        return None
    skipped = named["before_command"] | frozenset('"«“,')
    main = min((v.head for v in finite if v.opener is None), default=len(words.words))
    commas = [k for k, word in enumerate(words.words) if word in (",", ":")]
    # Behind what opens a sentence, « Si tu pars, … », no verb of a main clause may stand before.
    for start in [0, *(k + 1 for k in commas[:3] if k <= main)]:
        k = start
        while k < len(words.words) and words.words[k] in skipped:
            k += 1
        fronted = start == 0 or words.words[0] in named["fronting"]
        if k < len(words.words) and (end := _order(words, k, lexicon, fronted)) is not None:
            return words.starts[k], words.ends[end]
    return None


def _order(words: Words, k: int, lexicon: Lexicon, fronted: bool) -> int | None:
    """The verb of the command that begins at word `k`, or None."""
    named, negated, first = lexicon.words, words.words[k] in lexicon.words["negators"], k
    k += negated
    while k < len(words.words) and k - first < 4 and words.words[k] in named["clitics"]:
        k += 1
    near = words.words[k + 1 : k + 5]
    if k >= len(words.words) or words.quoted[k] or not named["that"].isdisjoint(near[:3]):
        return None
    word, free = words.words[k], k == first or negated
    if word in named["no_commands"] | named["no_orders"] or (k and words.capital(k)) or not free:
        return None
    if word.endswith(tuple(named["command_marks"])) and len(word) > 4:
        return k
    known = word in named["lets"] or f"{word[:-3]}er" in lexicon.forms
    if known and word.endswith(tuple(named["lets_marks"])):
        return k
    told = fronted and negated and not named["negations"].isdisjoint(near) and named["that"].isdisjoint(near)
    return k if told and named["command_marks"] and word not in named["closed"] else None


def _doubts(words: Words, hits: list[Hit], main: list[Speech], speeches: Sequence[Speech]) -> Verdict | None:
    for speech in main:
        if speech.rule == "distances":
            return Verdict(Stance.DOUBTS, "distance", speech.cue)
    if hit := _first(hits, "stance.doubts_always"):
        return Verdict(Stance.DOUBTS, "doubt", (hit.start, hit.end))
    for hit in hits:
        if hit.table == "stance.doubts" and not _claimed(words, hit, speeches):
            return Verdict(Stance.DOUBTS, "doubt", (hit.start, hit.end))
    return None


def _claimed(words: Words, hit: Hit, speeches: Iterable[Speech]) -> bool:
    """Whether a cue is part of what somebody says rather than the article's own word."""
    for speech in speeches:
        if speech.scope == "main":
            if speech.rule == "according" or speech.cue[0] <= hit.start or speech.content > hit.end:
                return True
        elif speech.scope in ("inside", "aside") and speech.content <= hit.start:
            comma = words.low.find(",", speech.content)
            if comma < 0 or comma > hit.start:
                return True
    return False


def _denies(hits: list[Hit], main: list[Speech]) -> Verdict | None:
    hit = _first(hits, "stance.denies")
    if hit and not main:
        return Verdict(Stance.DENIES, "denial", (hit.start, hit.end))
    return None


def _attributed(main: list[Speech], speeches: Sequence[Speech]) -> Verdict | None:
    settled = [s for s in main if s.rule in ("confirms", "establishes", "evidence")]
    settled += [s for s in speeches if s.rule == "evidence" and s.scope == "aside"]
    others = [s for s in main if s.rule not in ("confirms", "establishes", "evidence")]
    if settled and not any(s.rule == "according" for s in others) and (not others or settled[0] not in main):
        # « La rumeur est fausse, a confirmé le ministère »: what is settled is that it is not so.
        denied = settled[0].stance is VoiceStance.DENIES
        return Verdict(Stance.DENIES if denied else Stance.ASSERTS, "confirmation", settled[0].cue)
    if others:
        return Verdict(Stance.REPORTS, "attribution", others[0].cue)
    return None


def _mostly_quoted(words: Words) -> bool:
    letters = [q for word, q in zip(words.words, words.quoted, strict=True) if word[0].isalnum()]
    return bool(letters) and letters[0] and sum(letters) >= 0.8 * len(letters)


def _quotes(words: Words, verbs: Sequence[Verb], lexicon: Lexicon) -> Place | None:
    """« Sur la crue : « Nous avons tout perdu. » », "Of the coach: 'He was odd.'": behind a colon somebody
    unnamed speaks in whole sentences."""
    for k in range(1, len(words.words) - 1):
        if words.words[k] == ":" and words.quoted[k + 1] and not words.quoted[k]:
            closes = words.quotation(k + 1)[1]
            last = not any(word[0].isalnum() for word in words.words[closes:])
            # « Il y a une règle : « On ne court pas. » »: nobody speaks there.
            before = [v for v in verbs if v.use in FINITE and v.head < k]
            opened = [v for v in before[-1:] if v.opener is not None or impersonal(words, v, lexicon)]
            if last and not opened and any(v.use in FINITE and k < v.start < closes for v in verbs):
                return words.starts[k], words.ends[k]
    return None


def _predicated(
    words: Words, verbs: Sequence[Verb], finite: Sequence[Verb], lexicon: Lexicon
) -> Place | None:
    """« Le maire « n'a rien vu venir » »: what is said of somebody is quoted, and more than a word of it."""
    first = next((v for v in verbs if v.use in FINITE), None)
    if first is None or finite:
        return None
    opens, closes = words.quotation(first.head)
    named = opens and words.words[opens - 1] in lexicon.words["determiners"]  # the "City that never sleeps"
    if named or words.words[closes - 1] not in "»”\"’'":
        return None
    several = sum(word[0].isalnum() for word in words.words[opens:closes]) > 2
    return (words.starts[opens], words.ends[closes - 1]) if several and opens else None


def _conditional(
    words: Words, verbs: Sequence[Verb], hits: list[Hit], lexicon: Lexicon, previous: Stance | None
) -> Verdict | None:
    forecast, hypothetical = lexicon.words["conditional.forecast"], _hypothesis(words, verbs, lexicon)
    for verb in verbs:
        if verb.use == "infinitive" or words.quoted[verb.head]:
            continue
        at = next(
            (k for k in range(verb.start, verb.head + 1) if is_conditional(words.words[k], lexicon)), None
        )
        if at is None or words.words[at + 1 : at + 2] == ("ce",):
            continue  # « sans l'offrir, ne serait-ce qu'un jour »
        cue = (words.starts[verb.start], words.ends[verb.head])
        if not hypothetical and verb.opener is not None and _has_plain_main(words, verbs, lexicon):
            continue
        if any(h.table == "stance.opinion" and h.start < cue[1] and cue[0] < h.end for h in hits):
            return Verdict(Stance.NEUTRAL, "forecast or opinion", cue)
        before = words.words[verb.start - 1] if verb.start else ""
        if (
            before in lexicon.words["impersonal"] - {"il"}
            and at == verb.head
            and previous is not Stance.REPORTS
        ):
            return Verdict(Stance.NEUTRAL, "forecast or opinion", cue)
        if words.words[at] in forecast or hypothetical:
            if (
                previous is Stance.REPORTS
                and not hypothetical
                and words.words[at] not in lexicon.words["conditional.ahead"]
            ):
                return Verdict(Stance.REPORTS, "conditional", cue)
            return Verdict(Stance.NEUTRAL, "forecast or opinion", cue)
        return Verdict(Stance.REPORTS, "conditional", cue)
    return None


def _has_plain_main(words: Words, verbs: Sequence[Verb], lexicon: Lexicon) -> bool:
    return any(
        v.use in FINITE
        and v.opener is None
        and not any(is_conditional(words.words[k], lexicon) for k in range(v.start, v.head + 1))
        for v in verbs
    )


def _hypothesis(words: Words, verbs: Sequence[Verb], lexicon: Lexicon) -> bool:
    """« si … venait à », « en renonçant »: a condition, so what follows looks ahead.

    With a verb in the present « si » concedes: « Si le bilan reste à établir, il s'élèverait à … ».
    """
    if words.words[:1] == ("en",) and words.words[1:2] and words.words[1].endswith("ant"):
        return True
    if _without(words, lexicon):
        return True
    conditions = [v for v in verbs if v.opener in lexicon.words["if"]]
    return any(words.words[v.head].endswith(lexicon.past_endings) or v.start < v.head for v in conditions)


def _without(words: Words, lexicon: Lexicon) -> bool:
    """« Sans l'aide des pompiers, la maison aurait brûlé »; « sans le savoir, il aurait … » relays."""
    named, first = lexicon.words, words.words[:3]
    if len(first) < 3 or first[0] not in named["without"] or first[1] not in named["determiners"]:
        return False
    return all(tag != "infinitive" for _, tag in lexicon.forms.get(first[2], ()))


def is_conditional(word: str, lexicon: Lexicon) -> bool:
    """Whether a form is a conditional, told by the letters before -ait, -aient."""
    if word in lexicon.words["conditional.look_alikes"] or word in lexicon.words["conditional.look_nouns"]:
        return False
    if word in lexicon.words["conditional.forms"]:
        return True
    for ending in ("ait", "aient"):
        if word.endswith(ending):
            return word[: -len(ending)].endswith(lexicon.stems)
    return False


def _tells(words: Words, verbs: Sequence[Verb], lexicon: Lexicon) -> bool:
    """« Une salle du port évacuée mardi »: what a line is about, and the participle that tells of it."""
    named = lexicon.words
    inner = (named["prepositions"] | named["by"]) - named["of"]
    noun = named["determiners"] | named["prepositions"] | named["numbers"]
    heads = [v.head for v in verbs if v.use == "participle" and v.head]
    told = [k for k in heads if words.words[k - 1].isalpha() and words.words[k - 1] not in noun]
    return len(words.words) > _HEADED and any(inner.isdisjoint(words.words[:k]) for k in told)


def _verbless(
    words: Words,
    verbs: Sequence[Verb],
    lexicon: Lexicon,
    role: Role,
    previous: Stance | None,
) -> Verdict:
    if role is Role.HEADING:
        return Verdict(Stance.NEUTRAL, "heading without a verb")
    if role is Role.TITLE or not words.low.rstrip(' "»”').endswith((".", "…")):
        participle = any(v.use in ("participle", "passive") for v in verbs)
        if participle and (role is Role.TITLE or _tells(words, verbs, lexicon)):
            return Verdict(Stance.ASSERTS, "title with a participle")
        return Verdict(Stance.NEUTRAL, "line without a verb")
    if previous is Stance.REPORTS:
        return Verdict(Stance.REPORTS, "continues a report")
    return Verdict(Stance.ASSERTS, "statement without a verb")
