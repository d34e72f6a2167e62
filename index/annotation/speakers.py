"""Who speaks with a verb of saying: before it, after it, behind « par »."""

from __future__ import annotations

from index.annotation import holders, noun_phrases
from index.annotation.noun_phrases import Range, closes, is_time, past_time, somebody, with_name
from index.annotation.verb_groups import FINITE, Verb
from index.annotation.words import Words
from index.cues import Lexicon

# How many complements may stand between a verb and the speaker after it.
_COMPLEMENTS = 3
_ASIDE = 4  # words that « , furieux, » may have
_BARE_TITLE = 9  # words of a title that opens a sentence, marks included
_TITLE = 6  # words that « "Le Grand Voyage" » may have, marks included
# Classes of verbs whose speaker may stand behind them, and those that do nothing but give words.
_SPEAKING = ("quoted", "says", "says_that", "confirms", "admits", "denies", "judges", "doubts")
_WORDS_ALONE = ("says", "says_that", "quoted")


def subject_of(
    words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon, rule: str, end: int = 0
) -> tuple[list[Range], bool]:
    """The holders of a finite verb, and whether they stand after it; its cue ends at character `end`.

    Without an `end` the words given are another verb's: « a fait la paix avec X, estimant … ».
    """
    named = lexicon.words
    if (clitic := _clitic(words, verb, named)) is not None:
        k = clitic
        mute = k > verb.head and words.words[k] in named["impersonal"] and words.words[k] != "il"
        some = words.words[k] in named["someone"] and _placed(words, verb.head + 2, verbs, lexicon)
        return (some or [] if mute else [(k, k + 1)]), True
    if shared := _shared(words, verb, verbs, lexicon, rule):
        return shared, False
    if verb.start == verb.head == 0 and rule in _WORDS_ALONE and _opens_with(words, verb, named):
        return with_name(words, noun_phrases.after(words, verb.head + 1, verbs, lexicon), named), True
    if fronted := _fronted(words, verb, lexicon):
        return fronted, False
    following = _past_cue(words, verb.head + 1, end, named)
    # « le parti, dit « du bac », a menacé de fermer le port »: what the verb governs follows, no speaker.
    governs = _infinitive_follows(words, following, named)
    quoted = rule in _SPEAKING and after_quote(words, verb, lexicon.words)
    if quoted and _is_subject(words, verb, following, lexicon):
        return [], False
    turned = (quoted or (rule in _SPEAKING and _inserted(words, verb, following, named))) and not governs
    if turned or (verb.opener in named["inverting"] and _bare_clause(words, verb, named)):
        k = past_complements(words, following, lexicon)
        if k < len(words.words) and (nameable(words, k, named) or _people(words, k, lexicon)):
            places = noun_phrases.after(words, k, verbs, lexicon)
            if not (places and _hears(words, places[-1][1], lexicon)):
                return with_name(words, places, named), True
        elif verb.opener is None and rule in _WORDS_ALONE and not _names_within(words, verb, k):
            return [], True
    left = holders.before(words, verb, verbs, lexicon)
    hears = not named["takes_hearer"].isdisjoint(verb.lemmas)
    right = None
    if rule in _SPEAKING and verb.start and not hears:
        right = _in_tail(words, verb, verbs, lexicon, rule, following, left, end)
    return (left, False) if right is None else (right, True)


def _names_within(words: Words, verb: Verb, following: int) -> bool:
    """« The union, which calls it a "crime," said it … »: a few quoted words, and the clause before them."""
    k = verb.start - 1
    if words.words[following : following + 1] in [("someone",), ("somebody",)]:
        return False
    while k > 0 and not words.quoted[k]:
        k -= 1
    start = words.quotation(k)[0]
    return start > 1 and words.words[start - 1].isalpha() and k - start < 2 * _TITLE


def _is_subject(words: Words, verb: Verb, following: int, lexicon: Lexicon) -> bool:
    """Whether the quotation before a verb is its subject: « « La Peste » résume une époque », a title."""
    named, closes = lexicon.words, verb.start - 1
    title = 1 < closes < _BARE_TITLE and words.words[closes] in '»”"' and all(words.quoted[: closes + 1])
    k = past_complements(words, following, lexicon)
    if not title or words.words[closes - 1] in ",.!?…" or k >= len(words.words):
        return False
    # « « Nul n'ira » pense l'une des employées »
    told = any(word in named["people"] for word in words.words[k : k + _TITLE])
    return not (told or person(words, k, named) or _people(words, k, lexicon))


def _inserted(words: Words, verb: Verb, following: int, named: dict[str, frozenset[str]]) -> bool:
    """« Un pont qui, assure le maire, tiendra »: who says so stands between commas."""
    opens = words.words[max(0, verb.start - 2) : verb.start]
    behind = len(opens) == 2 and opens[1] == "," and opens[0] in named["relatives"] | named["subordinators"]
    return behind and person(words, following, named)


def _shared(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon, rule: str) -> list[Range]:
    """« « On verra », dit le maire et ajoute que … »: who speaks behind one verb has the next one too."""
    before = [v for v in verbs if v.use in FINITE and v.head < verb.start]
    joined = verb.start > 0 and words.words[verb.start - 1] in lexicon.words["conjunctions"]
    if not joined or not before or not after_quote(words, before[-1], lexicon.words):
        return []
    places, turned = subject_of(words, before[-1], verbs, lexicon, rule)
    return places if turned and places and places[-1][1] == verb.start - 1 else []


def _fronted(words: Words, verb: Verb, lexicon: Lexicon) -> list[Range]:
    """« À la mairie, on dément », « Du côté des fans, on doute »: whoever « on » is, is named before."""
    named, comma = lexicon.words, verb.start - 2
    if comma < 2 or words.words[comma] != "," or words.words[comma + 1] not in named["someone"]:
        return []
    start = next((k for k in range(comma) if words.words[k] not in named["found_at"]), comma)
    place = (start, comma)
    if not 0 < start < comma or "," in words.words[start:comma] or is_time(words, start, lexicon, comma):
        return []
    return [place] if somebody(words, place, named) else []


def _placed(words: Words, k: int, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """« assure-t-on à Bercy », « indique-t-on mardi au parquet »: where « on » is behind word `k`."""
    named = lexicon.words
    k = past_time(words, k, lexicon)
    start = next((j for j in range(k, len(words.words)) if words.words[j] not in named["found_at"]), k)
    if start == k or words.words[k] in named["of"] - named["at_town"]:
        return []
    places = noun_phrases.after(words, start, verbs, lexicon, single=True)
    return [place for place in places[:1] if somebody(words, place, named)]


def _opens_with(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« Said Tom Lee, a nurse: "We lost." »: an English verb of saying may open the sentence."""
    k = verb.head + 1
    told = "omits_that" in named["traits"] and not named["says_alone"].isdisjoint(verb.lemmas)
    return told and k < len(words.words) and nameable(words, k, named)


def _hears(words: Words, k: int, lexicon: Lexicon) -> bool:
    """« …, which called it "unfair," advises tenants not to sign »: an infinitive is for who hears it."""
    k -= words.words[k - 1] in lexicon.words["negators"]
    return to_infinitive(words, k + (words.words[k : k + 1] == ("not",)), lexicon)


def _clitic(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> int | None:
    """The pronoun tied to a verb: « dit-il », or inside its group: « a-t-il dit »."""
    within = [verb.head + 1, *range(verb.start, verb.head)]
    return next(
        (
            k
            for k in within
            if k < len(words.words) and words.words[k] in named["subject_clitics"] and words.hyphened(k)
        ),
        None,
    )


def past_complements(words: Words, following: int, lexicon: Lexicon) -> int:
    """Where a speaker may begin behind a verb turned round and what stands between them."""
    named, k = lexicon.words, following
    while k < len(words.words) and (_passed(words, k, named) or words.words[k] in ",("):
        if words.words[k] in named["people"]:
            break
        if words.words[k] == "(":  # « a dit mercredi (heure locale) le maire »
            k = next((j for j in range(k, len(words.words)) if words.words[j] == ")"), k)
        k += 1
    closes = next((j for j in range(k, min(len(words.words), k + _ASIDE)) if words.words[j] == ","), k)
    if words.words[following : following + 1] == (",",) and not any(
        nameable(words, j, named) for j in range(k, closes)
    ):
        k = closes + (closes > k)  # « « Nous partirons », a dit, furieux, le maire »
    k = past_infinitive(words, k, named)
    k = past_hearer(words, past_time(words, k, lexicon), named)
    return _past_comma(words, following, k, named)


def _in_tail(
    words: Words,
    verb: Verb,
    verbs: list[Verb],
    lexicon: Lexicon,
    rule: str,
    following: int,
    left: list[Range],
    end: int,
) -> list[Range] | None:
    """« …, a dit le maire », « … – a dit le maire »: who speaks behind the words given; else None."""
    named = lexicon.words
    parted = words.words[verb.start - 1] == "," or noun_phrases.dash(words, verb.start - 1)
    # English turns no verb with its auxiliary: « …, said the mayor » and never « has said ».
    whole = "omits_that" in named["traits"] and verb.start < verb.head
    if not parted or verb.opener is not None or whole:
        return None
    main = _follows_words(words, verb, verbs, lexicon, following)
    # « Les actes, obtenus hier, détaillent la vente, »: what opens the sentence is the subject.
    opens = bool(left) and left[0][0] == 0 and words.words[0] in named["determiners"] | named["numbers"]
    if rule == "admits" and not main:
        return None  # « Le parti, battu, reconnaît le nouveau maire »
    main = main or (not opens and _interrupts(words, verb, verbs, following, named["relatives"]))
    while following < len(words.words) - 1 and _passed(words, following, named):
        following += 1
    following = past_time(words, following, lexicon)
    if to_infinitive(words, following, lexicon):
        return None  # « …, promised to attend »: what is promised, and nobody who hears it
    following = _past_comma(words, verb.head + 1, past_hearer(words, following, named), named)
    # « …, a dit le maire »: these verbs take no person as their object, so it is he who speaks;
    # but « Roy, ancien maire, a dit pour Le Soir que … ».
    told = named["prepositions"].isdisjoint(words.words[verb.head + 1 : following])
    told = told and not named["tells"].isdisjoint(verb.lemmas)
    main = main or (told and person(words, following, named))
    if not main or following >= len(words.words):
        return None
    if not (nameable(words, following, named) or _people(words, following, lexicon)):
        return None
    places = noun_phrases.after(words, following, verbs, lexicon)
    closed = bool(places) and closes(words, places[-1][1])
    if places and not left and not closed and end:
        # « …, a dit le groupe dans un communiqué »: where it said so closes the speaker too.
        behind = words.words[places[-1][1]]
        hangs = told and any(tag == "participle" for _, tag in lexicon.forms.get(behind, ()))
        closed = hangs or behind in named["stop_after"]
    if places and not closed and words.words[places[-1][1]] in named["weekdays"]:
        closed = closes(words, past_time(words, places[-1][1], lexicon))
    # « Tout a gelé, déplore la chambre d'agriculture. »: what it would judge had an « et » before it.
    whole = rule == "judges" and bool(places) and words.words[places[-1][1] :] in ((), (".",))
    if person(words, following, named) or (closed and (whole or rule in _WORDS_ALONE)):
        return with_name(words, places, named)
    return None


def _follows_words(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon, following: int) -> bool:
    """Whether what stands before « …, a dit » are words that somebody can have said."""
    named = lexicon.words
    if any(v.use in FINITE and v.head < verb.start and v.opener is None for v in verbs):
        return True
    # « Parce qu'il devait vendre, explique le directeur. »
    alone = words.words[0] in named["subordinators"] - named["relatives"] and verbs[0].head < verb.start
    if alone and person(words, following, named):
        return True
    # « Faux, répondent les ingénieurs »: a single word before the comma is what they say.
    # « Je me souviens de lui, a dit le maire »: whoever says « je » is quoted.
    before = words.words[: verb.start]
    few = verb.start == 2 or (verb.start == 3 and words.words[0] in named["negations"])  # « Pas vrai, … »
    quoted = any(words.quoted[k] and not _is_title(words, k, named) for k in range(verb.start))
    given = quoted or few or not named["first_person"].isdisjoint(before)
    # « Moins de 1 000 personnes, assure la police. »
    first = words.words[0]
    counted = first[0].isdigit() or first in named["before_number"] | named["numbers"]
    given = given or (counted and _ends_with_speaker(words, verb, verbs, lexicon))
    # « Trois fois plus, rétorque Greenpeace. »
    given = given or (not named["replies"].isdisjoint(verb.lemmas) and not words.capital(verb.start))
    return given or _signs(words, verb, verbs, lexicon)


def _interrupts(
    words: Words, verb: Verb, verbs: list[Verb], following: int, relatives: frozenset[str]
) -> bool:
    """« Dans ces conditions, calcule la banque, le déficit montera »: the words go on."""
    comma = next((k for k in range(following, len(words.words)) if words.words[k] == ","), None)
    if comma is None or any(v.use in FINITE and verb.head < v.head < comma for v in verbs):
        return False
    # « Arla, the firms that make it, announced a plan, which failed »: only a relative clause follows.
    return any(v.use in FINITE and v.start > comma and v.opener not in relatives for v in verbs)


def _signs(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> bool:
    """« No new taxes, says the minister »: who says so ends the line."""
    named = lexicon.words
    if words.words[verb.head] not in named["sure_verbs"] and named["says_alone"].isdisjoint(verb.lemmas):
        return False
    return _ends_with_speaker(words, verb, verbs, lexicon)


def _ends_with_speaker(words: Words, verb: Verb, verbs: list[Verb], lexicon: Lexicon) -> bool:
    """Whether right behind a verb somebody is named, and nothing else."""
    places = noun_phrases.after(words, verb.head + 1, verbs, lexicon)
    last = bool(places) and words.words[places[-1][1] :] in ((), (".",))
    speaks = person(words, verb.head + 1, lexicon.words) or _people(words, verb.head + 1, lexicon)
    return last and speaks


def to_infinitive(words: Words, k: int, lexicon: Lexicon) -> bool:
    """Whether an English infinitive begins at word `k`: « to attend »."""
    behind = words.words[k + 1 : k + 2]
    infinitive = any(tag == "infinitive" for word in behind for _, tag in lexicon.forms.get(word, ()))
    return words.words[k : k + 1] == ("to",) and infinitive


def _past_cue(words: Words, k: int, end: int, named: dict[str, frozenset[str]]) -> int:
    """Past the words that make an expression of a verb: « a fait savoir | le parquet ».

    What only leads to an object is left: « a parlé de » has its speaker before it.
    """
    last = words.at(max(0, end - 1))
    leads = named["determiners"] | named["prepositions"] | named["that"]
    return last + 1 if last >= k and words.words[last] not in leads else k


def past_infinitive(words: Words, k: int, named: dict[str, frozenset[str]]) -> int:
    """Past the infinitive of « a laissé filtrer l'entraîneur »; `k` itself where none begins there."""
    if k < len(words.words) and words.words[k].endswith(tuple(named["infinitive_marks"])):
        return k if words.capital(k) or nameable(words, k, named) else k + 1
    return k


def _passed(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether word `k` may stand between a verb and its speaker: « dénonce aussi », « dénonce gentiment »."""
    word = words.words[k]
    if words.words[k - 1] in named["of"] and not named["sides"].isdisjoint(words.words[k + 1 : k + 2]):
        return True  # « estime de son côté la ministre »
    adverb = word.endswith(tuple(named["manner_ends"])) and not words.capital(k)
    return (adverb or word in named["interposed"]) and word not in named["determiners"] | named["said_where"]


def _infinitive_follows(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether « de fermer » begins at word `k`."""
    near = words.words[k : k + 2]
    governs = len(near) == 2 and near[0] in named["of"] - named["determiners"]
    return governs and near[1].endswith(tuple(named["infinitive_marks"])) and not words.capital(k + 1)


def _past_comma(words: Words, start: int, k: int, named: dict[str, frozenset[str]]) -> int:
    """Past the comma that closes « a déclaré à Lyon, | le ministre »; `start` is right behind the verb."""
    closes = start < k < len(words.words) and words.words[k] == "," and person(words, k + 1, named)
    return k + 1 if closes else k


def past_hearer(words: Words, k: int, named: dict[str, frozenset[str]]) -> int:
    """Past « à l'AFP » in « a indiqué à l'AFP la porte-parole », and past « dans un communiqué »."""
    for _ in range(_COMPLEMENTS):
        if k < len(words.words) and words.words[k - 1] in named["while"] and words.words[k].endswith("ant"):
            k += 1  # « dit en souriant la ministre »
        if k >= len(words.words):
            return k
        if _on_occasion(words, k, named):
            k -= 1
        elif words.words[k] not in named["said_where"]:
            return k
        k += 1
        while k < len(words.words) and words.words[k] in named["skipped_before_hearer"]:
            k += 1
        k += 1
        k += _one_more(words, k, named)
        while (
            k + 1 < len(words.words)
            and words.words[k] in named["of"]
            and words.words[k - 1] not in named["people"]
        ):
            k += 1
            while k < len(words.words) and words.words[k] in named["determiners"]:
                k += 1
            k += 1
        noun = k
        while k < len(words.words) and words.capital(k) and words.capital(k - 1):
            k += 1
        if k + 1 < len(words.words) and words.capital(k) and words.words[k + 1] in named["determiners"]:
            k += 1  # « sur son compte Twitter le ministre »
        while k < len(words.words) and words.words[k] in named["weekdays"]:
            k += 1
        # « à l'AFP Anne Morel »: the name after the agency is the speaker's.
        if k >= len(words.words) or not (nameable(words, k, named) or words.words[k] in named["said_where"]):
            return noun
    return k


def _on_occasion(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« a dit en marge de la foire | Anne Roux »: the noun behind « en », with what it governs."""
    behind = words.words[k + 1 : k + 2]
    governs = bool(behind) and behind[0] in named["of"] | named["to"]
    return governs and words.words[k - 1] in named["while"] and not nameable(words, k, named)


def _one_more(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« dans une récente interview | Anne Roux »: whether the word at `k` still tells where it was said."""
    if k + 1 >= len(words.words) or not words.words[k].isalpha() or nameable(words, k, named):
        return False
    own = named["said_where"] | named["of"] | named["stop_after"] | named["conjunctions"]
    # « dans un message audio | le porte-parole »
    goes_on = words.capital(k + 1) or words.words[k + 1] in named["said_where"] or person(words, k + 1, named)
    return words.words[k] not in own and goes_on


def _bare_clause(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """Whether nothing stands between the subordinating word and the verb."""
    k = verb.start - 1
    return k >= 0 and words.words[k] in named["inverting"] and words.words[k] != "qui"


def after_quote(words: Words, verb: Verb, named: dict[str, frozenset[str]]) -> bool:
    """« … », affirme X: a quotation, then its verb; without a comma it opens the sentence or is long."""
    k = verb.start - 1
    while k >= 0 and (words.words[k] in (",", "-", "–", "—") or _manner(words, k)):
        k -= 1
    # « …," said the mayor »: the comma within closes a quotation that another sentence may have opened.
    comma = k > 0 and words.text[words.starts[k] - 1] == ","
    apart = k < verb.start - 1 or words.quoted[0] or words.words[k] in "!?" or comma or _long(words, k)
    closes = words.words[k] in '»”"!?' or (words.words[k] == "'" and words.quoted[k])
    return k >= 0 and apart and closes and not _is_title(words, k, named)


def _is_title(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether the quotation around word `k` is a name behind « par »: « interrogé par « Le Monde » »."""
    start = words.quotation(k)[0]
    return start > 0 and words.words[start - 1] in named["by"] and not _long(words, k)


def _manner(words: Words, k: int) -> bool:
    """« … », quietly adds X»."""
    return words.words[k].endswith("ly") and not words.quoted[k] and not words.capital(k)


def _long(words: Words, k: int) -> bool:
    """Whether the quotation that ends at word `k` has more words than a title; behind a sign, than a name."""
    start = words.quotation(k)[0]
    title = _TITLE if not words.words[start - 1].isalpha() else 2 * _TITLE
    return words.quoted[k] and start > 0 and k - start > title


def nameable(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether a speaker can begin at word `k`: a name, an article, a person or a pronoun."""
    word = words.words[k]
    if word in named["numbers"] and k + 1 < len(words.words):
        return words.words[k + 1] in named["people"]
    return (
        words.capital(k)
        or word == "@"
        or (word in named["of"] and words.words[k + 1 : k + 2] != () and words.words[k + 1] in named["many"])
        or word in named["determiners"]
        or word in named["people"]
        or word in named["pronouns"]
        or _titled(words, k, named)
    )


def _people(words: Words, k: int, lexicon: Lexicon) -> bool:
    """« …, say mobile operators »: in English people need no article."""
    count = len(words.words)
    stop = next((j for j in range(k, count) if not words.words[j][0].isalpha()), count)
    return noun_phrases.bare_speakers(words, k, stop, lexicon.words)


def _titled(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether an office begins at word `k` that a name ends: "economics minister Jo Lee" said so."""
    if "bare_offices" not in named["traits"]:
        return False
    name = next((j for j in range(k, min(len(words.words), k + 6)) if words.capital(j)), k)
    between = words.words[k:name]
    # « said head of research Jo Lee », « said the study's co-author Jo Lee »
    others = named["prepositions"] | named["contrast"] | named["subordinators"] | named["interposed"]
    others -= named["of"]
    return name > k and others.isdisjoint(between) and all(word.rstrip("'").isalpha() for word in between)


def person(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether a name or a noun for people begins at word `k`; nobody does behind the last word."""
    if k < len(words.words) and words.capital(k):
        return True
    near = words.words[k : k + 3]
    many = len(near) > 1 and near[0] in named["of"] and near[1] in named["many"]
    return (
        bool(near)
        and (many or near[0] in named["determiners"])
        and (
            any(w in named["people"] or w in named["papers"] for w in near)
            or any(words.capital(j) for j in range(k + 1, min(len(words.words), k + 3)))
        )
    )


def agents(words: Words, head: int, verbs: list[Verb], lexicon: Lexicon) -> list[Range]:
    """What stands after « par » close to a participle."""
    for k in range(head + 1, min(len(words.words) - 1, head + 12)):
        word = words.words[k]
        if words.quoted[k]:
            continue
        if word in lexicon.words["by"]:
            return (
                noun_phrases.after(words, k + 1, verbs, lexicon)
                if nameable(words, k + 1, lexicon.words)
                else []
            )
        # « is believed to have been formed by a comet », « vue à un dîner offert par »: another verb has
        # the agent; in « ni confirmé ni démenti par » both have. « à plusieurs reprises » is no verb.
        nouns = lexicon.words["joins"] | lexicon.words["determiners"] | lexicon.words["numbers"]
        other = any(v.head == k for v in verbs) and words.words[k - 1] not in nouns
        if other or not word[0].isalnum():
            return []
    return []
