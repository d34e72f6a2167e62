"""Who says what in a sentence: every verb, noun or preposition that gives words to somebody.

`find` names the facts alone; what they mean for the article (stance) and which of
them are voices is decided by those who read them.
"""

from __future__ import annotations

from dataclasses import replace

from index.annotation import noun_phrases
from index.annotation.attributions import by_label, by_noun, by_preposition, by_view
from index.annotation.clauses import impersonal
from index.annotation.holders import before
from index.annotation.noun_phrases import Range, somebody
from index.annotation.positions import SAYING, class_of, position
from index.annotation.said import says_clause
from index.annotation.speakers import (
    after_quote,
    nameable,
    past_complements,
    person,
    subject_of,
)
from index.annotation.spoken import Speech, characters
from index.annotation.tallies import others
from index.annotation.tellers import can_speak, holders_of, it_said
from index.annotation.verb_groups import FINITE, Verb
from index.annotation.words import Words
from index.cues import Hit, Lexicon
from index.types import VoiceStance

# A class whose verbs give words to people alone.
_OF_PEOPLE = "_of_people"
_TAKES_SIDES = frozenset({"says", "judges", "denies", "doubts", "admits"})
_QUOTED_TITLE = 4  # words below which what stands behind a colon may only be a title


def find(words: Words, verbs: list[Verb], hits: list[Hit], lexicon: Lexicon) -> list[Speech]:
    """Every speech of a sentence, in the order of its cues. Quoted words count for nothing."""
    found = [
        *by_preposition(words, verbs, hits, lexicon),
        *by_noun(words, verbs, lexicon),
        *by_view(words, lexicon),
    ]
    for verb in verbs:
        quoted = _inside_quote(words, verb, lexicon.words) and not _opens_quote(words, verb, lexicon)
        if quoted and not _parenthetic(words, verb, lexicon):
            continue
        if speech := _of_verb(words, verb, verbs, hits, lexicon):
            found.append(speech)
            if speech.rule in SAYING and speech.stance is VoiceStance.ASSERTS:
                also = tuple(characters(words, place) for place in others(words, verb, verbs, lexicon))
                found += [replace(speech, holders=(one,), scope="aside") for one in also]
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
    # "The expert was more guarded: "…"" says what somebody is, no passive.
    passive = bool(told) and told[-1].use == "passive"
    passive = passive and words.words[told[-1].head - 1] not in lexicon.words["comparing"]
    if not told or title or passive or any(words.quoted[v.head] for v in told):
        return None
    # "The mayor was more guarded: "…"": of « guarded » the subject stands before « was ».
    found = next(filter(None, (before(words, verb, verbs, lexicon) for verb in reversed(told))), [])
    places = [p for p in found if _speaks_up(words, p, lexicon.words)]
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


def _speaks_up(words: Words, place: Range, named: dict[str, frozenset[str]]) -> bool:
    """Whether a subject is somebody: a pronoun for one, a name or a noun for people."""
    pronoun = named["nominative"] - named["first_person"] - {"on", "it"}
    if place[1] - place[0] == 1 and words.words[place[0]] in named["pronouns"] | named["nominative"]:
        return words.words[place[0]] in pronoun
    return person(words, place[0], named) and somebody(words, place, named)


def _of_verb(words: Words, verb: Verb, verbs: list[Verb], hits: list[Hit], lexicon: Lexicon) -> Speech | None:
    rule, end, spent = class_of(words, verb, verbs, lexicon)
    if rule is None or _switched_off(words, verb, hits) or _says_nothing(words, verb, rule, lexicon):
        return None
    if spent:
        verb = replace(verb, negated=False)
    start = verb.start
    if _told_before(words, verb, lexicon.words):
        # « est parti après avoir dit que … », as « est parti en disant »
        verb, rule = replace(verb, use="gerund"), rule.removesuffix(_OF_PEOPLE) + _OF_PEOPLE
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
    if rule == "confirms" and after_quote(words, verb, lexicon.words):
        rule = "says"  # « « Il reste », confirme le maire »: his words, and nothing settled
    found = _speaking(words, verb, rule, end, verbs, lexicon)
    if found is None:
        return None
    places, kept, scope = found
    if any(verb.head < a and words.starts[a] < end for a, _ in kept):
        end = words.ends[verb.head]  # « prévient le patron des routiers » is no « prévenir … des »
    rule = rule.removesuffix(_OF_PEOPLE)
    few = any(words.words[a] in lexicon.words["few"] for a, _ in kept)
    if few and any(lexicon.negated.get(lemma) in ("doubts", "asserts") for lemma in verb.lemmas):
        verb = replace(verb, negated=not verb.negated)  # « Few experts believe that … »
    stance = position(words, verb, rule, end, hits, lexicon)
    if verb.negated and rule in SAYING:
        known = any(lemma in lexicon.negated for lemma in verb.lemmas) or rule == "confirms"
        known = known or any(somebody(words, place, lexicon.words) for place in places)
        if stance is VoiceStance.SILENT and not known:
            return None  # « Les dégâts ne justifient pas la colère »: what cannot speak is not silent
        rule = stance.value if stance is not VoiceStance.ASSERTS else rule
    cue = (words.starts[start], end)
    # « Le chiffre avancé par la CGT paraît exagéré »: behind « par » nothing more is claimed.
    following = words.words[places[-1][1]] if places and places[-1][1] < len(words.words) else ""
    goes_on = verb.use != "participle" or following in lexicon.words["of"] | lexicon.words["that"]
    content = end if goes_on or scope == "main" else len(words.text)
    return Speech(rule, stance, cue, tuple(characters(words, place) for place in kept), scope, content)


def _told_before(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« après avoir dit »: whoever does what the sentence tells has said so."""
    group = words.words[verb.start : verb.head]
    perfect = not named["have"].isdisjoint(group) and named["been"].isdisjoint(group)
    return (
        verb.use == "infinitive"
        and perfect
        and verb.start > 0
        and words.words[verb.start - 1] in named["before_having"]
    )


def _says_nothing(words: Words, verb: Verb, rule: str, lexicon: Lexicon) -> bool:
    """Whether a verb of saying is used so that nothing is said, or not yet."""
    named, before = lexicon.words, words.words[verb.start : verb.head]
    if verb.opener in named["that"] and _is_purpose(words, verb, named):
        return True
    if verb.opener in named["undecided"] or _asked(words, verb, named):
        return True
    alone = verb.start == verb.head and verb.use == "finite"
    closed = alone and words.words[verb.head + 1 :] in ((), (".",))
    if closed and rule == "says" and not any(words.quoted) and "," not in words.words:
        return True  # « The couple often argued. »
    if "y" in before and words.words[verb.head] in named["have"]:
        return True  # « Il n'y a pas l'ombre d'un doute », but « Il y souligne que … »
    if not verb.negated and not named["possible"].isdisjoint(before):
        return True  # « The mayor could explain it »
    if rule == "evidence" and verb.negated:
        return True
    return rule == "establishes" and words.words[verb.head].endswith(lexicon.future_endings)


def _is_purpose(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« pour que le maire dise la vérité »: what is wanted is not yet said."""
    opens = next((k for k in range(verb.start - 1, 0, -1) if words.words[k] == verb.opener), 0)
    return opens > 0 and words.words[opens - 1] in named["purpose"]


def _speaking(
    words: Words, verb: Verb, rule: str, end: int, verbs: list[Verb], lexicon: Lexicon
) -> tuple[list[Range], list[Range], str] | None:
    """The holders of a verb, those of them that speak, and its scope; None where it gives no words."""
    named = lexicon.words
    of_people, rule = rule.endswith(_OF_PEOPLE), rule.removesuffix(_OF_PEOPLE)
    found = holders_of(words, verb, rule, verbs, lexicon, end)
    if found is None:
        return None
    places, scope = found
    # Behind its verb, « …, promet l'usine », a holder speaks whatever it is.
    if of_people and all(p[0] < verb.start and not somebody(words, p, named) for p in places):
        return None
    following = words.words[verb.head + 1 : verb.head + 6]
    # « Le chômage baisse, montrent les chiffres »: what they say came before.
    given = tuple(named["that"]) if verb.use == "finite" else following
    kept = [
        p
        for p in places
        if it_said(words, p, verb, lexicon)
        or can_speak(words, p, rule, given if p[0] > verb.head else following, lexicon)
    ]
    if places and not kept and verb.opener in named["that"] and words.words[verb.start - 1] in named["joins"]:
        # « Elle estime que le nombre est faux et parle de 25 morts »: the main subject speaks on.
        places, scope = subject_of(words, replace(verb, opener=None), verbs, lexicon, rule)[0], "main"
        kept = [p for p in places if can_speak(words, p, rule, following, lexicon)]
    # « On indique au ministère que … » gives words to nobody in particular.
    unnamed = all(words.words[a] in named["someone"] for a, _ in places) and rule == "says"
    unnamed = unnamed and not verb.negated and says_clause(words, verb, rule, verbs, lexicon)
    if places and not kept and not unnamed:
        return None
    if kept and all(words.words[a] in named["you"] for a, _ in kept):
        return None  # « Quand avez-vous appris la nouvelle ? »: who is addressed takes no position
    # « je » outside a quotation is the article, or somebody whose marks were lost: no voice of its own.
    return places, [p for p in kept if words.words[p[0]] not in named["first_person"]], scope


def _asked(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« Le maire a-t-il dit la vérité ? »: turned round to ask; behind a mark it tells who asks."""
    turned = any(
        words.words[k] in named["subject_clitics"] and words.hyphened(k)
        for k in range(verb.start + 1, min(verb.head + 2, len(words.words)))
    )
    asks = words.low.rstrip(' »”"').endswith("?")
    # « Did the mayor say that it closed? »
    led = verb.opener is None and words.words[0] in named["clitics"] | named["modals"] | named["be"]
    if asks and led and "omits_that" in named["traits"] and not words.quoted[0] and verb.start > 0:
        return True
    return turned and asks and (verb.start == 0 or words.words[verb.start - 1][0].isalnum())


def _narrated(
    words: Words, verb: Verb, rule: str, end: int, verbs: list[Verb], lexicon: Lexicon
) -> Speech | None:
    """« Et la ministre de conclure que … », « Et lui d'ajouter : … »: an infinitive tells what was said."""
    named, of = lexicon.words, verb.start - 1
    leads = words.words[of] in named["of"] - named["determiners"]
    told = leads and of > 1 and words.words[0] in named["joins"]
    if not told or rule not in SAYING or any(v.use in FINITE and v.head < of for v in verbs):
        return None
    places = noun_phrases.after(words, 1, verbs, lexicon, stop=of)
    if not places or not nameable(words, 1, named):
        return None
    cue = (words.starts[verb.start], end)
    return Speech(rule, VoiceStance.ASSERTS, cue, tuple(characters(words, p) for p in places), "main", end)


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


def _opens_quote(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """« La mairie « regrette que le pont ferme » »: what is quoted begins with the verb of who says so."""
    k = verb.start - 1
    classes = {label for lemma in verb.lemmas for label in lexicon.classes.get(lemma, ())}
    if k < 1 or verb.opener is not None or verb.use not in FINITE or _TAKES_SIDES.isdisjoint(classes):
        return False
    if "omits_that" in lexicon.words["traits"]:
        return False
    opens = words.quoted[k] and not words.quoted[k - 1] and words.words[k - 1][-1].isalnum()
    glued = words.words[k] in "«“" or (words.words[k] == '"' and words.ends[k] == words.starts[verb.start])
    return opens and glued and not words.capital(verb.start)


def _parenthetic(words: Words, verb: Verb, lexicon: Lexicon) -> bool:
    """« La ville tient, assure le maire. Mais à quel prix ? »: who speaks stands within the marks."""
    named, following = lexicon.words, verb.head + 1
    if not verb.start or verb.use not in FINITE:
        return False
    if words.words[verb.start - 1] != "," and not noun_phrases.dash(words, verb.start - 1):
        return False
    for k in range(verb.start, min(following + 1, len(words.words))):
        if words.words[k] in named["subject_clitics"] and words.hyphened(k):
            return words.words[k] in named["nominative"]
    if SAYING.isdisjoint(label for lemma in verb.lemmas for label in lexicon.classes.get(lemma, ())):
        return False
    k = past_complements(words, following, lexicon)
    return named["that"].isdisjoint(words.words[following:k]) and person(words, k, named)


def _switched_off(words: Words, verb: Verb, hits: list[Hit]) -> bool:
    start, end = words.starts[verb.head], words.ends[verb.head]
    return any(h.table == "pseudo" and h.start < end and start < h.end for h in hits)
