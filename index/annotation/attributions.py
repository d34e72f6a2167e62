"""Words given to somebody without a verb: « selon X », « les soupçons de X », « X : « … » »."""

from __future__ import annotations

from index.annotation import noun_phrases
from index.annotation.actors import load
from index.annotation.holders import antecedent
from index.annotation.noun_phrases import Range
from index.annotation.positions import denied_alone
from index.annotation.speakers import person
from index.annotation.spoken import Speech, characters
from index.annotation.verb_groups import FINITE, Verb
from index.annotation.words import Words
from index.cues import Hit, Lexicon
from index.types import VoiceStance

_OWNER = 6  # words from a noun of saying to whom it belongs
_CLAIM = 8  # words that « et au moins 12 000 personnes » may have
_LABEL = 4  # words a headline has for who says so
_LONG = 9  # words of who is named behind « pour »
_VIEW = 12  # words that "in the deputy mayor of Leeds's own view" may have
_ADJECTIVES = 2  # words between an owner and what is owned
_SIDES = {"attribution.silent": VoiceStance.SILENT, "attribution.denies": VoiceStance.DENIES}
_OWNING = frozenset({"his", "her", "their"})


def by_preposition(words: Words, verbs: list[Verb], hits: list[Hit], lexicon: Lexicon) -> list[Speech]:
    found = []
    named = lexicon.words
    for hit in hits:
        if not hit.table.startswith("attribution."):
            continue
        i = words.at(hit.end - 1) + 1
        if i >= len(words.words) or words.quoted[words.at(hit.start)]:
            continue
        if words.words[i] in named["relatives"] and hit.table == "attribution.before":
            # « un témoin selon lequel le pont cède »: who is named before it says so.
            places = antecedent(words, words.at(hit.start), verbs, lexicon)
            places = [p for p in places if _people(words, p, named)]
        elif words.words[i] in named["relatives"]:
            continue
        elif hit.table == "attribution.leading":
            places = _leading(words, hit, i, verbs, lexicon)
        elif "source" in hit.phrase:
            # « de source policière »: the source is within the cue.
            source = words.at(hit.start) + 1
            many = hit.phrase.endswith("sources")
            places = noun_phrases.after(words, source, verbs, lexicon) if many else [(source, i)]
        else:
            claim = _next_claim(words, i, hits, lexicon)
            places = noun_phrases.after(words, i, verbs, lexicon, stop=claim)
            places = noun_phrases.with_name(words, places, named)
        if hit.table == "attribution.cited":
            places = [p for p in places if _cited(words, p, named)]
        if not places or not named["no_source"].isdisjoint(words.words[places[0][0] : places[0][0] + 2]):
            continue
        places = [
            p
            for p in places
            if named["ours"].isdisjoint(words.words[p[0] : p[0] + 1])
            or not named["fellows"].isdisjoint(words.words[p[0] + 1 : p[1]])
        ]
        side = _SIDES.get(hit.table, VoiceStance.ASSERTS)
        if denied_alone(words, words.at(hit.start), hits) or _denied_all(words, hit, places, hits, named):
            side = VoiceStance.DENIES
        found.append(
            Speech(
                "according" if side is VoiceStance.ASSERTS else side.value,
                side,
                (hit.start, hit.end),
                tuple(characters(words, p) for p in places),
                "main",
                0,
            )
        )
    return found


def _leading(words: Words, hit: Hit, i: int, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """Who is named at word `i` behind « pour » and its like, where these give words, as at the head.

    « Cependant, pour le maire, … », and « 12 pour la police, 17 pour l'hôpital » behind the numbers.
    """
    named, first = lexicon.words, words.at(hit.start)
    pronoun = words.words[i] in named["pronouns"] and words.words[i + 1 : i + 2] == (",",)
    light = named["adverbial"] | named["conjunctions"] | named["contrast"] | {",", *'«“"'}
    # « Asked for proof, … »
    light = light - named["gerund_starts"]
    opening = all(w in light for w in words.words[:first]) and first < 4
    counted = first > 0 and words.words[first - 1].isdigit() and sum(map(str.isdigit, words.words)) > 1
    counted = counted and not named["counters"].isdisjoint(words.words[i : i + 3])
    # "For economist Ann Lee, …"
    known = pronoun or person(words, i, named) or _titled(words, i, named)
    # « Pour l'accusation, … »
    known = known or not named["camps"].isdisjoint(words.words[i + 1 : i + 2])
    if not counted and not (opening and known):
        return []
    places = noun_phrases.after(words, i, verbs, lexicon)
    stop = places[-1][1] if places else i
    if counted:
        return places if noun_phrases.closes(words, stop) else []
    if stop >= len(words.words) or words.words[stop] != "," or stop - i > _LONG:
        return []
    # « Chez Renault, on dément »: the verb tells the side.
    return places if named["someone"].isdisjoint(words.words[stop + 1 : stop + 2]) else []


def _titled(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether a bare office and a name begin at word `i`: "economist Ann Lee"."""
    office = "bare_offices" in named["traits"] and words.words[i] in named["people"]
    return office and i + 1 < len(words.words) and words.capital(i + 1)


def _denied_all(
    words: Words, hit: Hit, places: list[Range], hits: list[Hit], named: dict[str, frozenset[str]]
) -> bool:
    """« Selon le maire, la rumeur est infondée. »: the one clause that is given to somebody denies."""
    if hit.table not in ("attribution.before", "attribution.leading") or not places:
        return False
    first, last = words.at(hit.start), places[-1][1]
    opens = first == 0 and words.words[last : last + 1] == (",",)
    ends = words.words[last:] in ((), (".",))
    start, end = (last + 1, len(words.words)) if opens else (0, first if ends else 0)
    apart = named["contrast"] | named["conjunctions"] | named["subordinators"]
    if start >= end or not apart.isdisjoint(words.words[start:end]):
        return False
    given = range(words.starts[start], words.ends[end - 1])
    return any(h.table == "stance.denies" and h.start in given for h in hits)


def _people(words: Words, place: Range, named: dict[str, frozenset[str]]) -> bool:
    return not named["people"].isdisjoint(words.words[place[0] : min(place[1], place[0] + 3)])


def _cited(words: Words, place: Range, named: dict[str, frozenset[str]]) -> bool:
    """« citing security officials », « quoting Ann Lee », but « citing the council's failure »."""
    start, end = place
    end = next((k for k in range(start + 1, end) if words.words[k] in named["prepositions"]), end)
    if noun_phrases.speaks(words.words[end - 1], named) or words.words[end - 1] in named["attribution.nouns"]:
        return True
    return end - start > 1 and all(words.capital(k) for k in range(start, end))


def _next_claim(words: Words, i: int, hits: list[Hit], lexicon: Lexicon) -> int | None:
    """The « et » of « 5 000 selon la préfecture et 12 000 selon la CGT », for the holder at word `i`."""
    cues = (words.at(hit.start) for hit in hits if hit.table == "attribution.before")
    cue = min((k for k in cues if k > i), default=i)
    joins = (k for k in range(cue - 1, max(i, cue - _CLAIM), -1) if words.words[k] in lexicon.words["joins"])
    join = next(joins, None)
    if join is None:
        return None
    spelled = lexicon.figures["numbers"].keys() | lexicon.figures["groups"].keys()
    between = words.words[join + 1 : cue]
    claims = not between or any(word[0].isdigit() or word in spelled for word in between)
    return join if claims else None


def by_noun(words: Words, verbs: list[Verb], lexicon: Lexicon) -> list[Speech]:
    """« les soupçons des Occidentaux »: a noun of saying and whom it belongs to."""
    named = lexicon.words
    found = []
    for i, word in enumerate(words.words[:-2]):
        # « à propos du sénateur » gives no words to him.
        if word not in named["attribution.nouns"] or words.quoted[i] or words.words[i - 1] in named["to"]:
            continue
        if any(v.head == i for v in verbs if v.use in FINITE):
            continue  # « a démenti que son agence … »
        for k in range(i + 1, min(len(words.words) - 1, i + _OWNER)):
            verb = next((v for v in verbs if v.use in FINITE and i < v.start <= min(k, i + 2)), None)
            by = words.words[k] in named["by"]
            if verb is not None and not (verb.use == "passive" and (by or k <= verb.head + 1)):
                break  # « des révélations indiquent que le maire … » are not the mayor's
            if by or (words.words[k] in named["of"] and verb is None):
                places = noun_phrases.after(words, k + 1, verbs, lexicon)
                people = [p for p in places if _belongs(words, p, named)]
                # « l'annonce d'une conférence de presse » is not the press's.
                bare = named["determiners"].isdisjoint(words.words[k : k + 2]) and not words.capital(k + 1)
                people = [] if k > i + 1 and bare and not by else people
                if people:
                    denies = word in named["attribution.nouns_deny"]
                    # « La critique a été lancée par le maire » says nothing else.
                    main = verb is not None and verb.opener is None
                    # « Démenti du maire : le pont tient »
                    main = main or (i == 0 and words.words[people[-1][1] :][:1] == (":",))
                    found.append(
                        Speech(
                            "noun",
                            VoiceStance.DENIES if denies else VoiceStance.ASSERTS,
                            (words.starts[i], words.ends[i]),
                            tuple(characters(words, p) for p in people),
                            "main" if main else "noun",
                            words.ends[i],
                        )
                    )
                    break
                if by:
                    break  # « l'annonce par le Bureau d'État » is no annonce d'État
            if not words.words[k][0].isalnum() or words.words[k] in named["to"]:
                break
    return found


def by_view(words: Words, lexicon: Lexicon) -> list[Speech]:
    """« in the mayor's view », « by her own account »: English says whose a view is before it."""
    named = lexicon.words
    found = []
    for i, word in enumerate(words.words):
        if word not in named["views"] or words.quoted[i]:
            continue
        lead = next(
            (k for k in range(i - 1, max(-1, i - _VIEW), -1) if words.words[k] in named["view_of"]), i
        )
        # « seen in the mayor's eyes », « he took it to his account »: only where a clause begins or ends.
        if lead == i or not (
            lead == 0 or words.words[lead - 1] in ",;:–—" or words.words[lead - 1] in named["adverbial"]
        ):
            continue
        owner = _owner(words, lead + 1, i)
        if owner is not None:
            cue = (words.starts[lead], words.ends[i])
            found.append(Speech("according", VoiceStance.ASSERTS, cue, (owner,), "main", 0))
    return found


def _owner(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """The characters of whom the word at `end` belongs to, between two words: « the mayor », « his »."""
    # "his own view", "the mayor's considered opinion": little stands between.
    last = next((k for k in range(end - 1, start - 1, -1) if not words.words[k].isalpha()), start)
    if words.words[start] in _OWNING and last == start and end - start <= _ADJECTIVES + 1:
        return words.starts[start], words.ends[start]
    for k in range(max(start, last), max(start, end - _ADJECTIVES - 3), -1):
        if words.words[k].endswith("'") and words.words[k + 1 : k + 2] == ("s",):
            return words.starts[start], words.ends[k] - 1
        if words.words[k] == "'" and words.words[k - 1].endswith("s"):
            return words.starts[start], words.ends[k - 1]
    return None


def _belongs(words: Words, place: tuple[int, int], named: dict[str, frozenset[str]]) -> bool:
    head = words.words[place[0] : min(place[1], place[0] + 3)]
    # « la promesse de réunir les parties » is nobody's.
    opens = named["determiners"] | named["people"] | named["pronouns"]
    if head[0] not in opens and not words.capital(place[0]) and named["manner_ends"]:
        return False
    if "bare_offices" in named["traits"] and not words.capital(place[0]) and head[0] in named["people"]:
        # « allegations of voter fraud » are not the voters'.
        return place[1] - place[0] == 1 or any(
            words.words[k] in named["people"] for k in range(place[0] + 1, place[1])
        )
    return any(w in named["people"] for w in head) or words.capital(place[0])


def _labels(words: Words, colon: int, lexicon: Lexicon) -> bool:
    """Whether a speaker opens the sentence. The first word's capital shows none: « Vol au musée : « … » »."""
    named, opening = lexicon.words, words.words[0]
    if not words.capital(0) or opening in named["determiners"] | named["people"]:
        return person(words, 0, named)
    if opening in named["prepositions"]:
        return False
    # « Anne Morel, maire : », « M. Durand : », « CGT : », « Moscou : »: a name has more to show.
    shown = words.capital(1 + (words.words[1] == ".")) or words.text[: words.ends[0]].isupper()
    return shown or load().resolve(words.text[: words.starts[colon]].strip()) is not None


def by_label(words: Words, verbs: list[Verb], lexicon: Lexicon) -> Speech | None:
    """« Le maire : « Nous partirons » »: a speaker, a colon, a quotation."""
    told = FINITE | {"infinitive"}
    for k in range(1, min(len(words.words) - 1, 12)):
        if words.words[k] == ":" and words.words[k + 1] in '«“"' and words.quoted[k + 1]:
            if any(v.use in told and v.head < k for v in verbs) or not _labels(words, k, lexicon):
                return None
            places = noun_phrases.after(words, 0, verbs, lexicon)
            cue = (words.starts[k], words.ends[k])
            return Speech(
                "label",
                VoiceStance.ASSERTS,
                cue,
                tuple(characters(words, p) for p in places),
                "main",
                words.ends[k],
            )
    return _headline_label(words, verbs, lexicon) if "omits_that" in lexicon.words["traits"] else None


def _headline_label(words: Words, verbs: list[Verb], lexicon: Lexicon) -> Speech | None:
    """ "Town is safe - mayor", "Police: two men held in Leeds": a headline says who says so and no verb."""
    count = len(words.words)
    if not count or not words.words[-1].isalnum():
        return None
    for k in range(1, count - 1):
        if words.words[k] != ":" and not noun_phrases.dash(words, k):
            continue
        for start, end, rest in ((k + 1, count, range(k)), (0, k, range(k + 1, count))):
            name = words.words[start:end]
            plain = len(name) <= _LABEL and all(
                w.isalpha() and w not in lexicon.words["closed"] for w in name
            )
            told = any(v.use in FINITE and v.head in rest for v in verbs) and len(rest) > 2
            own = any(v.use in FINITE and start <= v.head < end for v in verbs)
            if plain and told and not own and noun_phrases.speaks(name[-1], lexicon.words):
                cue, holder = (words.starts[k], words.ends[k]), characters(words, (start, end))
                return Speech("label", VoiceStance.ASSERTS, cue, (holder,), "main", words.starts[rest[0]])
    return None
