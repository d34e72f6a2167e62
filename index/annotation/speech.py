"""Who says what in a sentence: every verb, noun or preposition that gives words to somebody.

`find` names the facts alone; what they mean for the article (stance) and which of
them are voices is decided by those who read them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, takewhile

from index.annotation import noun_phrases
from index.annotation.attributions import by_label, by_noun, by_preposition, by_view
from index.annotation.clauses import FINITE, Verb, impersonal
from index.annotation.holders import antecedent, before, full_stop
from index.annotation.noun_phrases import after, is_time, past_time, subject
from index.annotation.speakers import (
    after_quote,
    agents,
    nameable,
    past_infinitive,
    person,
    subject_of,
    to_infinitive,
)
from index.annotation.spoken import Speech, characters
from index.annotation.words import Words
from index.cues import Hit, Lexicon
from index.types import VoiceStance

_POSITIONS = {
    "says": VoiceStance.ASSERTS,
    "says_of_people": VoiceStance.ASSERTS,
    "says_that": VoiceStance.ASSERTS,
    "quoted": VoiceStance.ASSERTS,
    "confirms": VoiceStance.ASSERTS,
    "establishes": VoiceStance.ASSERTS,
    "admits": VoiceStance.ASSERTS,
    "judges": VoiceStance.ASSERTS,
    "distances": VoiceStance.ASSERTS,
    "evidence": VoiceStance.ASSERTS,
    "doubts": VoiceStance.DOUBTS,
    "denies": VoiceStance.DENIES,
    "silent": VoiceStance.SILENT,
}
# Where a verb stands in several classes, the more telling one counts.
_RANK = (
    "distances",
    "denies",
    "doubts",
    "confirms",
    "silent",
    "evidence",
    "establishes",
    "judges",
    "says",
    "says_of_people",
    "admits",
    "says_that",
    "quoted",
)
_SAYING = frozenset({"says", "says_that", "quoted", "confirms", "judges", "admits"})
_QUOTED_TITLE = 4  # words below which what stands behind a colon may only be a title
_NAMED = 8  # words within which a verb like « call » has the name it gives


def find(words: Words, verbs: list[Verb], hits: list[Hit], lexicon: Lexicon) -> list[Speech]:
    """Every speech of a sentence, in the order of its cues. Quoted words count for nothing."""
    found = [
        *by_preposition(words, verbs, hits, lexicon),
        *by_noun(words, verbs, lexicon),
        *by_view(words, lexicon),
    ]
    for verb in verbs:
        if _inside_quote(words, verb, lexicon.words) and not _parenthetic(words, verb, lexicon):
            continue
        if speech := _of_verb(words, verb, verbs, hits, lexicon):
            found.append(speech)
    if title := by_label(words, verbs, lexicon):
        found.append(title)
    elif not any(speech.scope == "main" for speech in found) and (
        led := _before_colon(words, verbs, lexicon)
    ):
        found.append(led)
    return sorted(found, key=lambda speech: speech.cue)


def _before_colon(words: Words, verbs: list[Verb], lexicon: Lexicon) -> Speech | None:
    """« Le maire hausse les épaules : « On verra. » »: whatever the verb, its subject has the quotation."""
    colon = next((k for k in range(len(words.words) - 2, 0, -1) if words.words[k] == ":"), 0)
    if not colon or words.quoted[colon] or not _all_quoted(words, colon + 1):
        return None
    told = [v for v in verbs if v.use in FINITE and v.head < colon]
    told = told if told and told[-1].opener is None else []
    title = sum(word[0].isalnum() for word in words.words[colon:]) < _QUOTED_TITLE
    if not told or title or told[-1].use == "passive" or any(words.quoted[v.head] for v in told):
        return None
    places = [p for p in before(words, told[-1], verbs, lexicon) if _speaks_up(words, p, lexicon.words)]
    nobody = lexicon.words["impersonal"] - lexicon.words["nominative"]  # "There is a rule: …"
    places = [p for p in places if words.words[p[0]] not in nobody]
    bare = not lexicon.words["never_interposed"].isdisjoint(told[-1].lemmas)
    if bare and any(impersonal(words, v, lexicon) for v in told):
        return None  # « Il y a une règle : « … » »
    cue = (words.starts[colon], words.ends[colon])
    holders = tuple(characters(words, p) for p in places)
    return Speech("label", VoiceStance.ASSERTS, cue, holders, "main", cue[1]) if places else None


def _all_quoted(words: Words, start: int) -> bool:
    letters = [words.quoted[k] for k in range(start, len(words.words)) if words.words[k][0].isalnum()]
    return bool(letters) and all(letters)


def _speaks_up(words: Words, place: tuple[int, int], named: dict[str, frozenset[str]]) -> bool:
    """Whether a subject is somebody: a pronoun for one, a name or a noun for people."""
    pronoun = named["nominative"] - named["first_person"] - {"on", "it"}
    if place[1] - place[0] == 1 and words.words[place[0]] in named["pronouns"] | named["nominative"]:
        return words.words[place[0]] in pronoun
    return person(words, place[0], named) and _somebody(words, place, named)


def _of_verb(words: Words, verb: Verb, verbs: list[Verb], hits: list[Hit], lexicon: Lexicon) -> Speech | None:
    named = lexicon.words
    rule, end, spent = _class(words, verb, verbs, lexicon)
    if rule is None or _switched_off(words, verb, hits) or verb.opener in named["undecided"]:
        return None
    if _asked(words, verb, named):
        return None
    if "y" in words.words[verb.start : verb.head] and words.words[verb.head] in named["have"]:
        return None  # « Il n'y a pas l'ombre d'un doute », but « Il y souligne que … »
    if not verb.negated and not named["possible"].isdisjoint(words.words[verb.start : verb.head]):
        return None  # « The mayor could explain it »: nothing is said yet
    if rule == "evidence" and verb.negated:
        return None
    if spent:
        verb = replace(verb, negated=False)
    if rule == "establishes" and words.words[verb.head].endswith(lexicon.future_endings):
        return None
    start = verb.start
    if verb.use == "infinitive":
        light = next((h for h in hits if h.table == "light" and 0 <= words.starts[start] - h.end <= 1), None)
        if light is None:
            return _narrated(words, verb, rule, end, verbs, lexicon)
        start = words.at(light.start)
        host = next((v for v in verbs if v.start <= start <= v.head and v.use in FINITE), None)
        if host is None:
            return None
        # « n'hésite pas à dire » says so.
        negated = verb.negated and not light.phrase.startswith("n'")
        verb = replace(verb, start=host.start, opener=host.opener, use="finite", negated=negated)
    if rule == "confirms" and after_quote(words, verb):
        rule = "says"  # « « Il reste », confirme le maire »: his words, and nothing settled
    of_people, rule = rule.endswith("_of_people"), rule.removesuffix("_of_people")
    found = _holders(words, verb, rule, verbs, lexicon, end)
    if found is None:
        return None
    places, scope = found
    # Behind its verb, « …, promet l'usine », a holder speaks whatever it is.
    if of_people and all(p[0] < verb.start and not _somebody(words, p, named) for p in places):
        return None
    following = words.words[verb.head + 1 : verb.head + 6]
    kept = tuple(
        p
        for p in places
        if _it_said(words, p, verb, lexicon) or _can_speak(words, p, rule, following, lexicon)
    )
    if places and not kept and verb.opener in named["that"] and words.words[verb.start - 1] in named["joins"]:
        # « Elle estime que le nombre est faux et parle de 25 morts »: the main subject speaks on.
        places, scope = subject_of(words, replace(verb, opener=None), verbs, lexicon, rule)[0], "main"
        kept = tuple(p for p in places if _can_speak(words, p, rule, following, lexicon))
    # « On indique au ministère que … » gives words to nobody in particular.
    unnamed = all(words.words[a] in named["someone"] for a, _ in places) and rule == "says"
    unnamed = unnamed and not verb.negated and _says_clause(words, verb, rule, verbs, lexicon)
    if places and not kept and not unnamed:
        return None
    if kept and all(words.words[a] in named["you"] for a, _ in kept):
        return None  # « Quand avez-vous appris la nouvelle ? »: who is addressed takes no position
    # « je » outside a quotation is the article, or somebody whose marks were lost: no voice of its own.
    kept = tuple(p for p in kept if words.words[p[0]] not in named["first_person"])
    few = any(words.words[a] in named["few"] for a, _ in kept)
    if few and any(lexicon.negated.get(lemma) in ("doubts", "asserts") for lemma in verb.lemmas):
        verb = replace(verb, negated=not verb.negated)  # « Few experts believe that … »
    stance = _position(words, verb, rule, end, hits, lexicon)
    if verb.negated and rule in _SAYING:
        known = any(lemma in lexicon.negated for lemma in verb.lemmas) or rule == "confirms"
        if stance is VoiceStance.SILENT and not (known or any(_somebody(words, p, named) for p in places)):
            return None  # « Les dégâts ne justifient pas la colère »: what cannot speak is not silent
        rule = stance.value if stance is not VoiceStance.ASSERTS else rule
    cue = (words.starts[start], end)
    return Speech(rule, stance, cue, tuple(characters(words, p) for p in kept), scope, end)


def _asked(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« Le maire a-t-il dit la vérité ? »: turned round to ask; behind a mark it tells who asks."""
    turned = any(
        words.words[k] in named["subject_clitics"] and words.text[words.starts[k] - 1] in "-‑"
        for k in range(verb.start + 1, min(verb.head + 2, len(words.words)))
    )
    asks = words.low.rstrip(' »”"').endswith("?")
    return turned and asks and (verb.start == 0 or words.words[verb.start - 1][0].isalnum())


def _narrated(
    words: Words, verb: Verb, rule: str, end: int, verbs: list[Verb], lexicon: Lexicon
) -> Speech | None:
    """« Et la ministre de conclure que … », « Et lui d'ajouter : … »: an infinitive tells what was said."""
    named, of = lexicon.words, verb.start - 1
    leads = words.words[of] in named["of"] - named["determiners"]
    told = leads and of > 1 and words.words[0] in named["joins"]
    if not told or rule not in _SAYING or any(v.use in FINITE and v.head < of for v in verbs):
        return None
    places = noun_phrases.after(words, 1, verbs, lexicon, stop=of)
    if not places or not nameable(words, 1, named):
        return None
    cue = (words.starts[verb.start], end)
    return Speech(rule, VoiceStance.ASSERTS, cue, tuple(characters(words, p) for p in places), "main", end)


def _holders(
    words: Words, verb: Verb, rule: str, verbs: list[Verb], lexicon: Lexicon, end: int
) -> tuple[list[tuple[int, int]], str] | None:
    """The holders of a verb of saying and its scope; None where it gives words to nobody."""
    named = lexicon.words
    clause = rule in ("says_that", "quoted", "establishes")
    if verb.use in ("participle", "passive") and not (verb.use == "passive" and rule == "silent"):
        if not named["not_by"].isdisjoint(verb.lemmas) or rule == "silent":
            return None
        agent = agents(words, verb.head, verbs, lexicon)
        whole = words.words[-1] == "." and not any(v.use in FINITE for v in verbs)
        # « Une accusation réfutée par le maire. » is a sentence, without its stop a heading.
        scope = "main" if whole or (verb.use == "passive" and verb.opener is None) else "aside"
        told = not clause or rule == "says_that"
        return (agent, scope) if agent and told else None
    if verb.use == "gerund":
        # « un courrier indiquant que … »: it says more of the noun right before it.
        previous = words.words[verb.start - 1] if verb.start else ""
        if (
            "omits_that" in named["traits"]
            and previous in named["as"]
            and (quoted := _quoted(words, verb, verbs, lexicon))
        ):
            return quoted, "main"
        if "omits_that" in named["traits"] and previous in named["of"]:
            return None  # « the occasion of announcing a cut »: whose it is stands nowhere
        if (
            previous in named["papers"] | named["documents"]
            or previous in named["be"]
            or _is_gerund_noun(words, verb, lexicon)
        ):
            return None
        told = not named["that"].isdisjoint(words.words[verb.head + 1 : verb.head + 2])
        if not (told or named["not_by"].isdisjoint(verb.lemmas)) or not named["given"].isdisjoint(
            verb.lemmas
        ):
            return None  # « sachant que la nuit tombe »
        if clause and not _says_clause(words, verb, rule, verbs, lexicon):
            return None
        if own := _own_subject(words, verb, lexicon) or _before_gerund(words, verb, verbs, lexicon):
            return own, "aside"
        before = [v for v in verbs if v.use in FINITE and v.head < verb.start]
        host = next((v for v in reversed(before) if v.opener is None), None)
        if host is None and before and before[-1].opener not in named["relatives"] | named["that"]:
            host = before[-1]  # « Although the firm agreed, saying it had to, others did not »
        host = host or next((v for v in verbs if v.use in FINITE and v.opener is None), None)
        if host is None or host.use == "passive":
            return None
        return subject_of(words, host, verbs, lexicon, rule)[0], "aside"
    plain = verb.reflexive and rule in ("says", "says_that", "confirms") and not after_quote(words, verb)
    if plain and _plain_class(words, verb, lexicon):
        return None
    if verb.use == "conditional" and verb.opener is not None and verb.start == verb.head:
        return None
    places, inverted = subject_of(words, verb, verbs, lexicon, rule, end)
    mute = verb.negated and any(lexicon.negated.get(lemma) == "silent" for lemma in verb.lemmas)
    as_said = rule != "quoted" and _as_said(words, verb, named)
    if clause and not (inverted or mute or as_said) and not _says_clause(words, verb, rule, verbs, lexicon):
        return None
    # « …, the mayor, Joan Pryce, said »: behind a comma the subject is not all before the verb.
    if not inverted and words.words[max(0, verb.start - 1)] != ",":
        comma = _tag(words, verb, verbs, lexicon)
        places = places if comma is None else subject(words, comma + 1, verb.start, lexicon)
    if inverted:
        parted = verb.start > 0 and words.words[verb.start - 1] == ","
        attributive = parted or verb.opener in (None, *named["as"]) or after_quote(words, verb)
        attributive = attributive or (
            verb.opener in named["that"] and _names_the_said(words, verb, verbs, named)
        )
        return places, "main" if attributive else "inside"
    if not places and not impersonal(words, verb, lexicon):
        return None
    main = verb.opener is None or not _main(verbs) or as_said
    main = main or _points_out(words, verb, verbs, named)
    return places, "main" if main else "inside"


def _own_subject(words: Words, verb: Verb, lexicon: Lexicon) -> list[tuple[int, int]]:
    """« …, des clients s'étant plaints »: between a comma and the verb stands its own subject."""
    comma = next((k for k in range(verb.start - 1, -1, -1) if words.words[k] == ","), None)
    if comma is None or verb.start == verb.head or verb.start - comma < 2:
        return []
    opens = words.words[comma + 1] in lexicon.words["determiners"]
    return subject(words, comma + 1, verb.start, lexicon) if opens else []


def _before_gerund(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> list[tuple[int, int]]:
    """« une plainte déposée par dix communes contestant la loi »: the people right before it say so."""
    if not verb.start or not words.words[verb.start - 1].isalpha() or not lexicon.words["while"]:
        return []
    places = antecedent(words, verb.start, verbs, lexicon)
    return [p for p in places if p[1] == verb.start and _somebody(words, p, lexicon.words)]


def _quoted(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> list[tuple[int, int]]:
    """« The mayor was quoted as saying … », « They quoted the mayor as saying … »: the mayor says so."""
    host = next((v for v in reversed(verbs) if v.use in FINITE and v.head < verb.start), None)
    if host is None or lexicon.words["quotes"].isdisjoint(host.lemmas):
        return []
    if host.use == "passive":
        return subject_of(words, host, verbs, lexicon, "says")[0]
    return after(words, host.head + 1, verbs, lexicon)


def _as_said(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« As one officer put it, every hour counts », « It fell, as he noted. »: the rest is what he said."""
    if verb.opener not in named["as"]:
        return False
    opens = next((k for k in range(verb.start - 1, -1, -1) if words.words[k] in named["as"]), 0)
    parted = opens == 0 or words.words[opens - 1] == ","
    return parted and ("," in words.words[verb.head + 1 : verb.head + 4] or _ends(words, verb.head + 1))


def _is_gerund_noun(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """« its second profit warning in a year »: behind a noun, and with nothing of its own behind it."""
    if "gerund_is_noun" not in lexicon.words["traits"]:
        return False
    if not verb.start or not words.words[verb.start - 1].isalpha():
        return False
    following = words.words[verb.head + 1 : verb.head + 2]
    return not following or following[0] in lexicon.words["prepositions"] or not following[0][0].isalnum()


def _it_said(words: Words, place: tuple[int, int], verb: Verb, lexicon: Lexicon) -> bool:
    """« It warned that … », « Sales rose, it said. »: where a clause begins « it » is a body that speaks."""
    named = lexicon.words
    if words.words[place[0] : place[1]] != ("it",) or place[1] != verb.start or verb.use == "passive":
        return False
    if not named["it_shows"].isdisjoint(verb.lemmas):
        return False
    previous = words.words[place[0] - 1] if place[0] else ","
    opens = named["subordinators"] - named["that"] - named["relatives"]
    return (
        previous in ",.;:"
        or previous in opens | named["conjunctions"] | named["contrast"] | named["adverbial"]
    )


def _ends(words: Words, k: int) -> bool:
    return words.words[k:] in ((), (".",))


def _inside_quote(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """Whether a verb is quoted with other words than an adverb; « s'est "réjoui" » is the article's own."""
    if not words.quoted[verb.head]:
        return False
    own = named["interposed"] | frozenset('"«“»”')
    for step in (-1, 1):
        k = verb.head + step
        while 0 <= k < len(words.words) and words.quoted[k]:
            if words.words[k] not in own and not words.words[k].endswith(("ment", "ly")):
                return True
            k += step
        if not 0 <= k < len(words.words):
            return True
    return False


def _parenthetic(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """« La ville tient, assure le maire. Mais à quel prix ? »: who speaks stands within the marks."""
    named, following = lexicon.words, verb.head + 1
    if words.words[verb.start - 1 : verb.start] != (",",) or verb.use not in FINITE:
        return False
    if _SAYING.isdisjoint(label for lemma in verb.lemmas for label in lexicon.classes.get(lemma, ())):
        return False
    for k in range(verb.start, min(following + 1, len(words.words))):
        if words.words[k] in named["subject_clitics"] and words.text[words.starts[k] - 1] in "-‑":
            return words.words[k] in named["nominative"]
    return person(words, following, named)


def _names_the_said(words: Words, verb: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]) -> bool:
    """« Une version que conteste la mairie », « C'est ce que dit la police »: nothing else is said."""
    main = [v for v in verbs if v.use in FINITE and v.opener is None]
    cleft = len(main) == 1 and main[0].head == 1 and words.words[verb.start - 2] in named["mute_pronouns"]
    return not main or (cleft and words.words[0] in named["mute_pronouns"])


def _points_out(words: Words, verb: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]) -> bool:
    """« C'est un voisin qui raconte la scène »: what « qui » opens is all that is said."""
    before = [v for v in verbs if v.use in FINITE and v.head < verb.start]
    pointed = len(before) == 1 and before[0].start == 1 and words.words[1] in named["be"]
    return pointed and words.words[0] in named["mute_pronouns"] and verb.opener in named["relatives"]


def _main(verbs: list[Verb]) -> bool:
    """Whether the sentence has a main clause of its own."""
    return any(v.use in FINITE and v.opener is None for v in verbs)


def _switched_off(words: Words, verb: Verb, hits: list[Hit]) -> bool:
    start, end = words.starts[verb.head], words.ends[verb.head]
    return any(h.table == "pseudo" and h.start < end and start < h.end for h in hits)


def _plain_class(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """Whether a verb counts by itself and not through an expression, nor by being reflexive."""
    tail = words.ends[verb.head]
    expressions = (e for lemma in verb.lemmas for e in lexicon.expressions.get(lemma, ()))
    if any(e.reflexive and e.pattern.match(words.low, tail) for e in expressions):
        return False
    return lexicon.words["reflexive_speech"].isdisjoint(verb.lemmas)


def _class(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> tuple[str | None, int, bool]:
    """The class of a verb in use, where its cue ends, and whether that class holds its negation already."""
    tail, silenced = words.ends[verb.head], False
    for lemma in verb.lemmas:
        for expression in lexicon.expressions.get(lemma, ()):
            if expression.reflexive and not verb.reflexive:
                continue
            if expression.place and "y" not in words.words[verb.start : verb.head]:
                continue
            if found := expression.pattern.match(words.low, tail):
                label, only_negated, _ = expression.label.partition("_if_not")
                if not only_negated:
                    return label, found.end(), False
                if verb.negated:
                    return label, found.end(), True
                silenced = silenced or label == "silent"
    if silenced:
        return None, tail, False
    classes = {label for lemma in verb.lemmas for label in lexicon.classes.get(lemma, ())}
    rule = next((label for label in _RANK if label in classes), None)
    if "calls" in classes and (rule is None or rule == "says_that") and _calls(words, verb, lexicon.words):
        rule = "says"
    if rule is None and _closes_quote(words, verb, verbs, lexicon):
        rule = "quoted"
    if rule is None and _interposed(words, verb, verbs, lexicon):
        rule = "quoted"
    if rule == "denies" and verb.reflexive:
        return None, tail, False  # « La juge s'est récusée » denies nothing
    return rule, tail, False


def _interposed(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> bool:
    """Whether a verb turned round gives what stands before it to its speaker, whatever the verb.

    « "Enfin !", a bougonné le pêcheur », « La route est coupée, s'est-elle agacée. »
    """
    named = lexicon.words
    if verb.use not in FINITE or not named["never_interposed"].isdisjoint(verb.lemmas) or not verb.start:
        return False
    if words.quoted[verb.head] or not named["never_interposed"]:
        return False
    before = words.words[verb.start - 1]
    marked = after_quote(words, verb) and (before == "," or words.words[verb.start - 2] in "!?…,.")
    if not named["subject_clitics"].isdisjoint(words.words[verb.start + 1 : verb.head + 2]):
        told = any(v.use in FINITE and v.head < verb.start for v in verbs)
        return marked or (before == "," and told and not words.low.rstrip().endswith("?"))
    k = past_infinitive(words, verb.head + 1, named)
    return marked and k < len(words.words) and nameable(words, k, named)


def _calls(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« called the verdict “a farce” », « called it a farce »: the name it gives follows its object."""
    near = words.words[verb.head + 1 : verb.head + _NAMED]
    opens = bool(near) and near[0] in named["determiners"] | named["pronouns"]
    for first, name, then, last in zip(near, near[1:], near[2:], [*near[3:], ""], strict=False):
        if not opens or not first.isalpha() or first in named["prepositions"] | named["joins"]:
            break
        if name in named["names_as"]:
            return then not in named["time_nouns"] and last not in named["interposed"]
    for k in range(verb.head + 1, min(len(words.words), verb.head + _NAMED)):
        if words.quoted[k] or not words.words[k][0].isalnum():
            # « a film called “The Wall” » has no object.
            return words.quoted[k] and k > verb.head + 1
    return False


def _closes_quote(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> bool:
    """Whether a verb gives the quotation that opens the sentence to somebody, whatever the verb.

    « “It is over,” the manager snapped »: no other verb stands between the two.
    """
    if verb.use != "finite" or verb.opener is not None or not words.quoted[0] or words.quoted[verb.head]:
        return False
    if words.words[verb.head] in lexicon.words["sure_verbs"] | lexicon.words["be"]:
        return False  # « s'est-il contenté d'ajouter », « "Enough" was the headline »
    end = words.quoted.index(False)
    comma = words.words[end] == ","
    if not comma and words.words[end - 2] not in (",", "?", "!"):
        return False
    following = verb.head + 1
    if verb.start == end + comma and not (
        following < len(words.words) and nameable(words, following, lexicon.words)
    ):
        return False
    return end <= verb.start and not any(v.use in FINITE and end <= v.head < verb.head for v in verbs)


def _position(
    words: Words, verb: Verb, rule: str, end: int, hits: list[Hit], lexicon: Lexicon
) -> VoiceStance:
    stance = _POSITIONS[rule]
    if verb.negated:
        # « n'exclut pas la piste » holds it to be possible; « ne dément pas » says nothing.
        denies = any("denies" in lexicon.classes.get(lemma, ()) for lemma in verb.lemmas)
        told = rule == "denies" and not denies and any(lemma in lexicon.negated for lemma in verb.lemmas)
        if rule in ("denies", "silent") and not told:
            return VoiceStance.SILENT
        label = next((lexicon.negated[lemma] for lemma in verb.lemmas if lemma in lexicon.negated), "silent")
        return VoiceStance.ASSERTS if label == "plain" else VoiceStance(label)
    quoted = verb.use in ("participle", "passive")
    denied = any(hit.table == "stance.denied" and hit.start >= end for hit in hits)
    denied = denied or _denied_before(words, verb, hits)
    open_to_it = rule == "admits" or not lexicon.words["wishes"].isdisjoint(verb.lemmas)
    if stance is not VoiceStance.ASSERTS or quoted or open_to_it:
        return stance  # « Il admet n'avoir pas vérifié », « Il craint de ne pas être élu » deny nothing
    if denied:
        return VoiceStance.DENIES
    return VoiceStance.DOUBTS if _before(words, verb, hits, {"stance.doubted"}) else stance


def _denied_before(words: Words, verb: Verb, hits: list[Hit]) -> bool:
    """« C'est un mensonge », a réagi le maire; « Faux », dit-il: the words given before the verb deny."""
    if verb.start == 2 and any(h.table == "stance.denied_alone" and h.start == 0 for h in hits):
        return True
    return _before(words, verb, hits, {"stance.denied", "stance.denies", "stance.denied_alone"})


def _before(words: Words, verb: Verb, hits: list[Hit], tables: set[str]) -> bool:
    """Whether a phrase of some lists stands in the quotation given before a verb."""
    # "It is a lie," the spokesman said
    opened = words.quoted[0] and not words.quoted[verb.start] and verb.opener is None
    if not after_quote(words, verb) and not opened:
        return False
    before = (h for h in hits if h.table in tables and h.end <= words.starts[verb.start])
    return any(words.quoted[words.at(h.start)] for h in before)


def _says_clause(words: Words, verb: Verb, rule: str, verbs: list[Verb], lexicon: Lexicon) -> bool:
    """Whether a clause, an infinitive or a quotation follows a verb that needs one."""
    named = lexicon.words
    heads = {
        v.head
        for v in verbs
        if v.use in FINITE
        and not (v.head > verb.head and (_apart(words, v, named) or _tag(words, v, verbs, lexicon)))
    }
    last = min(len(words.words), verb.head + 26)
    if words.quoted[0] and not words.quoted[verb.start]:
        return True
    if _behind_quote(words, verb, verbs, named):
        return True
    if rule != "quoted" and _tag(words, verb, verbs, lexicon) is not None:
        return True
    if verb.head + 1 < len(words.words) and words.words[verb.head + 1] in named["asking"]:
        return True  # « explained how it works »
    if not named["that_only"].isdisjoint(verb.lemmas):
        return not named["that"].isdisjoint(words.words[verb.head + 1 : verb.head + 3])
    if not named["claims_to"].isdisjoint(verb.lemmas) and _to_do(words, verb.head + 1, lexicon):
        return True
    if not named["says_alone"].isdisjoint(verb.lemmas) and _speaks_on(words, verb.head + 1, named):
        return True
    past = 0
    for k in range(verb.head + 1, last):
        word = words.words[k]
        if word == ":" or (words.quoted[k] and k <= verb.head + (2 if rule == "quoted" else 4)):
            return True
        if rule == "quoted":
            if word == ",":
                return k + 1 < last and words.quoted[k + 1]
            continue
        # « affirme même que le pont tient », but « affirme, même si … »
        close = k - 2 == verb.head and words.words[k - 1] in named["also"]
        if word in named["that"] and (close or words.words[k - 1] not in named["compound_that"]):
            if k > verb.head + 1 and _governs(words, k + 1, named):
                return False  # « explain each of the steps that have to be taken »
            if any(v.head == k - 1 > verb.head and v.use == "gerund" for v in verbs):
                return False  # « It proved hard, the mayor saying that … »: another verb has the clause
            return not _has_object(words, verb, k, named)
        if word == "," and k + 1 < last and words.quoted[k + 1]:
            return True
        ends = k == verb.head + 1 and (word == "," or (word == "." and verb.opener not in named["that"]))
        if word == "," and ends:
            closes = next((j for j in range(k + 1, last - 1) if words.words[j] == ","), None)
            if closes is not None and words.words[closes + 1] in named["that"]:
                return True  # « said, without going into detail, that »
        if "omits_that" in named["traits"] and (k in heads or ends):
            # « the bridge fell, officials said, and … » and « officials said the bridge fell »
            return k > verb.head + 1 or any(head < verb.head for head in heads)
        if k < past:
            continue
        if word in named["relatives"] and words.words[k - 1] == "," and "omits_that" in named["traits"]:
            # « suggests that man, who is wanted, is in Leeds »: an aside parts a subject from its verb.
            past = next((j for j in range(k, last) if words.words[j] == ","), k)
        if k < past:
            continue
        if word in ";." or word in named["relatives"] or k in heads:
            return False
        infinitive = any(tag == "infinitive" for _, tag in lexicon.forms.get(word, ()))
        if word in named["bare"] and words.words[k - 1] in named["to"] and k == verb.head + 2:
            return True  # « claims to have won », « expects to be closed »
        light = (named["interposed"] | named["clitics"] | named["turns"]) - named["of"]
        if infinitive and all(w in light for w in words.words[verb.head + 1 : k]):
            return True
    return False


def _behind_quote(words: Words, verb: Verb, verbs: list[Verb], named: dict[str, frozenset[str]]) -> bool:
    """« It was late: "We lost," she said on Friday »: right before the speaker a quotation ends."""
    k = verb.start - 1
    while k > 1 and not words.quoted[k] and words.words[k][0].isalnum():
        k -= 1
    k -= words.words[k] == ","
    ends = 0 < k < verb.start - 1 and words.quoted[k] and words.words[k] in '"”»'
    if not ends or words.words[k - 1] not in ",!?":
        return False
    # « Though the text spoke of "friendship," the mayor said little »
    whole = any(v.use in FINITE and words.quotation(k)[0] <= v.head < k for v in verbs)
    return whole or words.words[0] not in named["subordinators"]


def _governs(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether an English verb follows « that » at once, which then is a relative pronoun."""
    return "omits_that" in named["traits"] and not named["sure_verbs"].isdisjoint(words.words[k : k + 1])


def _to_do(words: Words, k: int, lexicon: Lexicon) -> bool:
    """« claims to own it », « claimed not to know »: an infinitive is what is claimed."""
    return to_infinitive(words, k + (words.words[k : k + 1] in (("not",), ("only",))), lexicon)


def _apart(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """Whether a verb begins no clause that is said: a conjunction adds it, or "since" opens it."""
    if "omits_that" not in named["traits"]:
        return False
    added = words.words[max(0, verb.start - 1)] in named["conjunctions"] | named["contrast"]
    return added or verb.opener not in (None, *named["that"])


def _speaks_on(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« Police say gunmen stormed the school »: after « say » three words or more are what is said."""
    times = named["weekdays"] | named["time_nouns"] | named["time_adjectives"]
    while k < len(words.words) and words.words[k] in times:
        k += 1
    said = [word for word in words.words[k:] if word[0].isalnum()]
    return len(said) > 2 and said[0] not in named["prepositions"] | named["says_nothing"]


def _has_object(words: Words, verb: Verb, that: int, named: dict[str, frozenset[str]]) -> bool:
    """« found a planet that orbits its star »: « that » stands for what was found."""
    if named["finds"].isdisjoint(verb.lemmas):
        return False
    k = verb.head + 1
    while k < that and (words.words[k] in named["interposed"] or words.words[k].endswith("ly")):
        k += 1
    # « found no sign that the firm knew » says so.
    others = named["prepositions"] | named["negators"]
    return k < that and words.words[k] not in others and words.words[k][0].isalnum()


def _tag(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> int | None:
    """The comma of « Twelve people died, officials said on Monday »: a clause, who said so, and no object.

    At the end of it no verb need be read before: « Twelve dead in fire, police say ».
    """
    named = lexicon.words
    if "says_last" not in named["traits"] or verb.opener is not None or verb.use not in FINITE:
        return None
    # « …, the mayor, Joan Pryce, said »: the comma before the verb only closes her name.
    comma = next((k for k in range(verb.start - 2, -1, -1) if words.words[k] == ","), None)
    if comma is None or words.quoted[comma]:
        return None
    # « a source close to him said », « officials briefed on it said »: what hangs on them is no clause.
    closed = words.words[verb.start - 1] == ","
    if any(
        comma < v.head < verb.start
        and (closed or v.use in FINITE or (v.start == comma + 1 and v.use != "infinitive"))
        for v in verbs
    ):
        return None
    if all(_adverb(words.words[k], named) for k in range(comma + 1, verb.start - closed)):
        return None  # « The mayor, however, also brushed off the plan »
    parts = named["conjunctions"] | named["contrast"]
    if words.words[comma + 1] in parts | named["prepositions"] or words.words[verb.start - 1] in parts:
        return None
    if any(full_stop(words, k) for k in range(comma + 1, verb.start)):
        return None
    k = verb.head + 1
    if _ends(words, k) or (not closed and _goes_on(words, k, lexicon)):
        return comma
    earlier = any(v.use in FINITE and v.opener is None and v.head < comma for v in verbs)
    if not earlier and not _unread_clause(words, verb, comma, verbs, named):
        return None
    told = not named["takes_hearer"].isdisjoint(verb.lemmas)
    told = told or words.words[k] in named["prepositions"] | named["interposed"]
    return comma if told or is_time(words, k, lexicon) else None


def _goes_on(words: Words, k: int, lexicon: Lexicon) -> bool:
    """« The bridge, officials said on Monday, is unsafe »: behind a comma the clause goes on."""
    if words.words[k] in lexicon.words["at_day"]:
        k += 1
    k = past_time(words, k, lexicon)
    return words.words[k : k + 1] == (",",) and not words.quoted[k + 1 if k + 1 < len(words.words) else k]


def _adverb(word: str, named: dict[str, frozenset[str]]) -> bool:
    ends = word.endswith(tuple(named["adverb_ends"])) and word not in named["no_adverbs"]
    return ends or word in named["adverbs"] | named["adverbial"] or word == ","


def _unread_clause(
    words: Words, verb: Verb, comma: int, verbs: list[Verb], named: dict[str, frozenset[str]]
) -> bool:
    """Whether what stands before the comma may be a clause whose verb is not known."""
    opening = words.words[0]
    fronted = named["prepositions"] | named["subordinators"] | named["adverbial"] | named["gerund_starts"]
    if comma < 3 or opening in fronted or opening.endswith(("ing", "ed", "ly")):
        return False
    if words.words[verb.start - 1] == "," or not named["that"].isdisjoint(words.words[verb.head :]):
        return False
    return not any(v.use in FINITE and v.head > verb.head for v in verbs)


def _somebody(words: Words, place: tuple[int, int], named: dict[str, frozenset[str]]) -> bool:
    """Whether a holder is surely no thing: a pronoun, a name or a noun for people."""
    first, inside = words.words[place[0]], words.words[slice(*place)]
    # « la vaccination des plus jeunes » is none of the young.
    head = [first, *takewhile(lambda word: word not in named["of"], inside[1:])]
    if first in named["pronouns"] or not named["people"].isdisjoint(head):
        return True
    # The capital of the sentence's first word tells nothing where that word is an article.
    names = range(place[0] + (first in named["determiners"]), place[1])
    return any(words.capital(k) for k in names)


def _can_speak(
    words: Words, place: tuple[int, int], rule: str, following: tuple[str, ...], lexicon: Lexicon
) -> bool:
    named = lexicon.words
    first, clause = words.words[place[0]], named["that"] | named["if"]
    if first == "no" and not words.words[place[0] + 1][0].isdigit():
        return False  # « no one », « no official »
    if first in named["nobody"] or (place[1] - place[0] == 1 and first in named["mute_pronouns"]):
        return False
    if first in named["impersonal"] and any(
        a in named["of_nobody"] and b in clause for a, b in pairwise(following)
    ):
        return False  # « il n'est pas certain que le pont tienne »
    if words.words[place[0] : place[1]] == ("one",) and words.words[place[1]] in named["modals"]:
        return False  # « one cannot say »
    head = words.words[place[0] : min(place[1], place[0] + 4)]
    if any(f"{one}:{next_}" in named["things"] for one, next_ in pairwise(head)):
        return False
    if any(word in named["people"] for word in head):
        return True
    if "omits_that" in named["traits"]:
        # « the budget office said »: in English the last noun tells what it is.
        noun = tuple(takewhile(lambda word: word not in named["prepositions"] | named["of"], head))
        head = noun[-1:] or head
    own = {words.words[k] for k in range(*place) if k and words.capital(k)}  # « Mr Price said »
    for word in head:
        if word in named["things"] and word not in own:
            return False
        if word in named["papers"]:
            # « la note dit que … », « une vidéo prétend montrer … »
            shows = following[1:2] if following[:1] == ("to",) else following[:1]
            shown = any(tag == "infinitive" for w in shows for _, tag in lexicon.forms.get(w, ()))
            # In English what follows a verb that needs a clause may be one without « that ».
            said = rule == "says_that" and "omits_that" in named["traits"]
            return shown or said or any(w in named["that"] for w in following)
    return not (first in named["demonstratives"] and rule in ("confirms", "says_that", "evidence", "says"))
