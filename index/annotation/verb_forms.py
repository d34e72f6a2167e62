"""Whether a word is a verb where it stands: a known form that may be a noun, or a word in no list."""

from __future__ import annotations

from index.annotation.words import Words
from index.cues import Lexicon

Readings = tuple[tuple[str, str], ...]

_ALONE = 3  # words of a quotation of one word, marks included
_PLAIN = 3  # words that may stand between a preposition and its noun
_ASIDE = 6  # words within which « , au contraire, » closes


def readings_of(words: Words, i: int, lexicon: Lexicon) -> Readings:
    """The lemmas and forms of a verb that word `i` may be; the lemma of one that no list has is empty."""
    word = words.words[i]
    if contracted(words, i, lexicon.words):
        return (("", "finite"),)
    if word in lexicon.forms:
        return lexicon.forms[word]
    if word in lexicon.words["reflexives"]:
        return ()
    if _after_have(words, i, lexicon):
        return (("", "participle"),)
    if word in lexicon.words["sure_verbs"] or any(
        tells(words, i, lexicon)
        for tells in (_looks_finite, _turned, _after_subject, _agrees, _closes_quotation)
    ):
        return (("", "finite"),)
    plain = word.isalpha() and word not in lexicon.words["never_verbs"]
    if plain and word.endswith(lexicon.participle_endings):
        return (("", "finite"), ("", "participle"))
    return ()


def contracted(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    """« they're », « it's », « he'd »: what is left of an English verb behind a pronoun."""
    pronoun = words.words[i - 1] if i else ""
    if not pronoun.endswith("'"):
        return False
    word = words.words[i]
    return word in named["contracted"] or (word == "s" and pronoun[:-1] in named["contracting"])


def _turned(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« glapit-il »: what a subject is tied to is its verb."""
    named, following = lexicon.words, words.words[i + 1 : i + 2]
    tied = (
        bool(following) and following[0] in named["subject_clitics"] - named["we_you"] - named["first_person"]
    )
    return tied and words.hyphened(i + 1)


def _looks_finite(words: Words, i: int, lexicon: Lexicon) -> bool:
    """Past and future forms are known by their ending, whatever the verb."""
    word = words.words[i]
    if len(word) < 5 or word in lexicon.words["conditional.look_nouns"]:
        return False
    return word.endswith(lexicon.finite_endings)


def _agrees(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« les témoins contredisent »: an unknown word in -ent after a plural is its verb."""
    word = words.words[i]
    if not i or word[-3:] not in lexicon.words["plural_verb_end"] or word.endswith("ment"):
        return False
    return words.words[i - 1].endswith(("s", "x")) and words.words[i - 1] not in lexicon.words["closed"]


def _after_subject(words: Words, i: int, lexicon: Lexicon) -> bool:
    """An unknown word after « se », « ne » or « il » can only be a verb."""
    named, word = lexicon.words, words.words[i]
    if _of_speakers(words, i, named):
        return True
    if not i or not word.isalpha() or len(word) < 3:
        return False
    # "The group, which tracks outages, said", and not "asked which tracks were blocked"
    apart = i > 1 and words.words[i - 2] == "," and word.endswith("s") and not word.endswith("ss")
    leads = words.words[i - 1] in named["before_verbs"]
    if not leads and not (apart and words.words[i - 1] in named["before_verbs_apart"]):
        return False
    # "He often said"
    others = named["closed"] | named["people"] | named["joins"] | named["adverbs"]
    if words.quoted[i] != words.quoted[i - 1] or word in others:
        return False
    return not word.endswith(lexicon.not_finite)


def _after_have(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« a bafouillé », « a-t-elle bafouillé »: an unknown word in -é right behind « avoir »."""
    named = lexicon.words
    k = i - 1
    if k > 0 and words.words[k] in named["subject_clitics"] and words.hyphened(k):
        k -= 1
    behind = k >= 0 and words.words[k] in named["have"]
    return behind and words.words[i].endswith(tuple(named["participle_marks"]))


def _closes_quotation(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« "Enfin", bougonne le pêcheur »: behind a quotation and before a speaker an unknown word is a verb."""
    named = lexicon.words
    if i < 2 or i + 1 == len(words.words) or words.words[i - 1] != "," or words.words[i - 2] not in '»”"':
        return False
    if not words.words[i].endswith(tuple(named["present_marks"])) or words.words[i] in named["closed"]:
        return False
    if words.words[i].endswith(tuple(named["manner_ends"])):
        return False  # « son livre « Les Quais », particulièrement la fin »
    speaker = words.capital(i + 1) or words.words[i + 1] in named["determiners"] - named["of"]
    return speaker and not words.quoted[i]


def _of_speakers(words: Words, i: int, named: dict[str, frozenset[str]]) -> bool:
    """« nous demandons », « vous ne le faisiez pas »: the pronoun and the ending agree."""
    if words.words[i][-2:] not in named["we_you_last"]:
        return False
    k = i - 1
    while (
        k > 0 and i - k < 4 and words.words[k] in named["clitics"] and words.words[k] not in named["we_you"]
    ):
        k -= 1
    if k < 0 or words.words[k] not in named["we_you"]:
        return False
    return f"{words.words[k]}:{words.words[i][-2:]}" in named["we_you_endings"]


def is_verb(words: Words, i: int, previous: str, following: str, lexicon: Lexicon) -> bool:
    """Whether a form that could be a noun or a preposition is a verb where it stands."""
    named, word = lexicon.words, words.words[i]
    if (
        word in named["prepositions"]
        and previous not in named["pronouns"]
        and previous not in named["reflexives"]
    ):
        return False
    if following in named["subject_clitics"] and words.hyphened(i + 1):
        return True
    previous, following = _past_marks(words, i, previous, following)
    if word in named["bare"] and previous in named["to"]:
        return False
    if word in named["sure_verbs"]:
        article = previous in ("l'", "un", "le", "du", "de") and "omits_that" not in named["traits"]
        return (not (i == 0 and word == "a") and not article) or (
            previous == "l'" and i > 1 and words.words[i - 2] not in named["prepositions"]
        )
    if _of_speakers(words, i, named):
        return True
    ambiguous = word in named["also_nouns"]
    if previous.endswith("'") and previous in named["reflexives"]:
        return True  # « le bilan s'élève à 12 »
    # « Eight die in hospital blast »
    closes = word in named["never_last"] and following in ("", ".")
    if closes or _is_modifier(words, i, following, lexicon):
        return False
    if i == 0:
        opens = word in named["opening_verbs"] and following in named["determiners"]
        return (not ambiguous or opens) and "opens_with_verb" in named["traits"]
    if _counts_it(words, i, previous, following, named):
        return True
    if previous in named["object_clitics"] and not ambiguous:
        return word.endswith(tuple(named["sure_endings"])) or any(
            lemma in lexicon.classes for lemma, _ in lexicon.forms.get(word, ())
        )
    # « Le maire, lui, doute. »
    repeated = i > 3 and previous == words.words[i - 3] == "," and words.words[i - 2] in named["alone"]
    if repeated or _doubts_it(words, i, following, named):
        return True
    governed = previous in named["determiners"] | named["prepositions"]
    # « Certains pensent que … »: only a verb has this ending behind them.
    several = word.endswith(tuple(named["plural_verb_ends"])) and not word.endswith(
        tuple(named["never_plural"])
    )
    governed = governed and not (several and previous in named["pronouns"])
    if governed and not (_leans(words, i, following, lexicon) or _of_relative(words, i, following, lexicon)):
        return False
    if words.capital(i) and not words.capital(0):
        return False
    if word in named["adjectives"] and previous in named["before_adjectives"]:
        return False
    if word in named["closing_adjectives"] and following in (".", "") and previous.isalpha():
        return False  # « il attend une réponse précise. »
    if (
        i > 1
        and words.quoted[i - 2]
        and (previous in (",", "-", "–", "—") or (words.quoted[i - 1] and not words.quoted[i]))
    ):
        return True
    if ambiguous and previous == ",":
        # « Anne Leroy, maire de Lyon, estime même que … »
        light = named["interposed"] - named["determiners"]
        ends = tuple(named["manner_ends"]) or ("-",)
        start = _past_aside(words, i + 1)
        past = next((w for w in words.words[start:] if w not in light and not w.endswith(ends)), "")
        # « …, reports Ann Lee », « Le pont tiendra, estime Anne Leroy. »
        spoken = any(lemma in lexicon.classes for lemma, _ in lexicon.forms.get(word, ()))
        capital = i + 1 < len(words.words) and words.capital(i + 1)
        named_next = capital and (spoken or not named["manner_ends"])
        counted = past[:1].isdigit() or past in named["numbers"]
        return (
            following in named["determiners"]
            or (spoken and (counted or past in named["determiners"] - named["of"]))
            or named_next
            or past in named["that"]
            # « Le conducteur, testé positif, conteste avoir fumé »
            or following in named["infinitive_auxiliaries"]
            or _expresses(words, i, lexicon)
        )
    if ambiguous and i > 1 and previous in named["that"] and words.words[i - 2] in named["mute_pronouns"]:
        return True  # « ce qu'annonce le maire »
    bare = i > 1 and words.words[i - 2] in named["of"] - named["determiners"]
    if ambiguous and following == "," and bare and named["manner_ends"]:
        return False  # « des voisins de longue date, … »
    return not (ambiguous and (previous in named["conjunctions"] or not previous[-1].isalnum()))


def _counts_it(words: Words, i: int, previous: str, following: str, named: dict[str, frozenset[str]]) -> bool:
    """« le maire les chiffre à 30 », where no noun is in the plural; « un collectif l'estime à 48 % »."""
    if previous in named["plural_clitics"] and not words.words[i].endswith(("s", "x", "z")):
        return True
    number = words.words[i + 2] if i + 2 < len(words.words) else ""
    counted = number[:1].isdigit() or number in named["numbers"]
    return previous in named["object_clitics"] and following in named["to"] and counted


def _doubts_it(words: Words, i: int, following: str, named: dict[str, frozenset[str]]) -> bool:
    """« Le syndicat en doute. », but « une promesse mise en doute »: nothing but « en » is governed."""
    of_it = i > 1 and words.words[i - 1] in named["of_them"] and words.words[i] in named["takes_of_them"]
    return of_it and following in ("", ".", ",", ";") and words.words[i - 2] not in named["puts_in_doubt"]


def _expresses(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« Le maire, élu en 2020, alerte sur … »: what follows makes an expression of saying."""
    lemmas = (lemma for lemma, _ in lexicon.forms.get(words.words[i], ()))
    found = (expression for lemma in lemmas for expression in lexicon.expressions.get(lemma, ()))
    return any(e.pattern.match(words.low, words.ends[i]) for e in found if not e.reflexive)


def _past_marks(words: Words, i: int, previous: str, following: str) -> tuple[str, str]:
    """What stands around « rejette », quoted alone, and before « (PS) estime que »."""
    if previous == ")" and (opens := words.bracket(i - 1)):
        return words.words[opens - 1], following
    if not i or not words.quoted[i] or words.words[i - 1] not in '«“"':
        return previous, following
    start, end = words.quotation(i)
    if end - start != _ALONE or not 0 < start < end < len(words.words):
        return previous, following
    return words.words[start - 1], words.words[end]


def _past_aside(words: Words, k: int) -> int:
    """Past « , au contraire, » where it begins at word `k`."""
    opens = words.words[k : k + 1] == (",",)
    closes = (j + 1 for j in range(k + 1, min(len(words.words), k + _ASIDE)) if words.words[j] == ",")
    return next(closes, k) if opens else k


def _leans(words: Words, i: int, following: str, lexicon: Lexicon) -> bool:
    """Whether what looks like an article or a preposition before a form is a pronoun of its verb."""
    named, word, previous = lexicon.words, words.words[i], words.words[i - 1]
    ambiguous = word in named["also_nouns"]
    spoken = any(lemma in lexicon.classes for lemma, _ in lexicon.forms.get(word, ()))
    before = words.words[i - 2] if i > 1 else None
    if before is not None and previous in named["clitics"]:
        # « les syndicats en revendiquent 45 000 », « la police en compte 900 »
        sure = not ambiguous or following[:1].isdigit()
        known = before not in named["reflexives"] and spoken and sure
        if before in named["object_clitics"] | named["negators"] or known:
            return True
    if before in named["reflexives"] and previous in named["adverbial_clitics"]:
        return True  # « le maire s'en félicite »
    # « comme le rapporte le maire », but « comme le juge Roy »
    named_next = following in named["determiners"] or words.capital(min(i + 1, len(words.words) - 1))
    as_said = before in named["as"] and previous in ("le", "l'") and word not in named["people"]
    if as_said and spoken and named_next:
        return True
    # « Some say it fell », « many claim that it fell », and "some reports", "her report that"
    alone = previous in named["pronouns"] - named["alone"] and "omits_that" in named["traits"]
    # « Ann and Tom all say », « both sides both deny »
    floats = previous in named["floating"] and before is not None and before[0].isalpha()
    alone = alone or (floats and before not in named["closed"] - named["pronouns"])
    return alone and spoken and (not ambiguous or following in named["that"])


def _of_relative(words: Words, i: int, following: str, lexicon: Lexicon) -> bool:
    """« a train that crossed the border », but « hear that crossed cheques … »."""
    named, noun = lexicon.words, words.words[i - 2] if i > 1 else ""
    if words.words[i - 1] not in named["that"] & named["determiners"] or not noun.isalpha():
        return False
    if noun in named["closed"] | named["adverbs"] or noun.endswith("ly") or following in ("", ","):
        return False
    tags = {tag for _, tag in lexicon.forms.get(noun, ())}
    behind = following in named["closed"] | named["numbers"] or following[0].isdigit()
    # « the firm that makes boats », but « told the court that costs were high »
    one = (
        words.words[i].endswith("s") and not noun.endswith("s") and words.words[i] not in named["also_nouns"]
    )
    behind = behind or (one and following.isalpha() and following not in named["sure_verbs"])
    return behind and (not tags or noun in named["also_nouns"])


def _is_modifier(words: Words, i: int, following: str, lexicon: Lexicon) -> bool:
    """Whether a form is a noun or an adjective where it stands: "a leaked report says"."""
    named, word = lexicon.words, words.words[i]
    previous = words.words[i - 1] if i else ""
    before = words.words[i - 2] if i > 1 else ""
    # « the U.S.-based group », but « le pont -écrivent les juges- »
    tied = i > 0 and words.hyphened(i) and not words.low[words.starts[i] - 2].isspace()
    if tied or f"{word}:{following}" in named["noun_pairs"]:
        return True
    if word in named["held_of"] and following in named["of"]:
        return True
    if previous.endswith(lexicon.participle_endings) and _is_modifier(words, i - 1, word, lexicon):
        return True  # « a widely cited study »
    # "Police figures show that …", "Visitor logs seen by the court show that …"
    shows = any(
        lemma in named["it_shows"] for lemma, tag in lexicon.forms.get(following, ()) if tag == "finite"
    )
    shows = shows or words.words[i + 2 : i + 3] in [(by,) for by in named["by"]]
    if word in named["papers"] and shows and "omits_that" in named["traits"]:
        return True
    # « which critics claim is costly »
    if (
        before in named["relatives"] | named["that"]
        and previous in named["people"]
        and following in named["sure_verbs"]
    ):
        return False
    if word in named["adjectives_before_to"]:
        return following in named["to"]
    if word in named["time_adjectives"]:
        return following in named["time_nouns"] | named["weekdays"] | named["months"]
    if word.endswith(lexicon.participle_endings):
        # « a highly respected economist », « two unnamed officials »
        others = named["no_adverbs"] | named["before_nouns"]  # « the daily reported »
        adverb = previous.endswith(tuple(named["adverb_ends"])) and previous not in others
        article = not before or before in named["determiners"] - named["pronouns"] - named["demonstratives"]
        counted = previous in named["numbers"] or previous.isdigit()
        # « the above mentioned cases », « the now closed plant »
        told = previous in named["adverbs"] and before in named["determiners"]
        return (
            (adverb and article)
            or told
            or (counted and following in named["people"])
            or _opens_subject(words, i, following, lexicon)
        )
    plain = any(tag == "infinitive" for _, tag in lexicon.forms.get(word, ()))
    if plain and previous in named["before_nouns"] and before in named["determiners"]:
        return True  # « the first stage »
    if plain and _behind_one(words, i, following, named):
        return True
    owned = (previous == "s" and before.endswith("'")) or (previous == "'" and not words.quoted[i - 1])
    if owned and plain:
        return True  # « the president's appeal »
    if word not in named["also_nouns"]:
        return False
    # "five reports", but "five doubt the attribution"
    several = plain and not word.endswith("s") and following in named["determiners"]
    if owned or ((previous in named["numbers"] or previous.isdigit()) and not several):
        return True
    if _closes_object(words, i, lexicon) or _closes_governed(words, i, lexicon):
        return True
    if previous in named["before_nouns"] or _is_object(words, i, lexicon) or _is_subject(words, i, lexicon):
        return True
    readings = lexicon.forms.get(following, ())
    finite = any(tag == "finite" for _, tag in readings) and following not in named["also_nouns"]
    return following in named["sure_verbs"] or (
        finite and not any(tag == "infinitive" for _, tag in readings)
    )


def _opens_subject(words: Words, i: int, following: str, lexicon: Lexicon) -> bool:
    """« …, leaked report says »: a headline has no article before who says so."""
    named, behind = lexicon.words, words.words[i + 2 : i + 3]
    opens = i == 0 or words.words[i - 1] == ","
    says = any(
        tag == "finite" and lemma in lexicon.classes
        for word in behind
        for lemma, tag in lexicon.forms.get(word, ())
    )
    return opens and says and following in named["people"] | named["papers"]


def _behind_one(words: Words, i: int, following: str, named: dict[str, frozenset[str]]) -> bool:
    """« the annual report shows », « the mutual mistrust is »: the plain form goes with several.

    A name may be of any number, and people, « the police », too.
    """
    word, previous = words.words[i], words.words[i - 1] if i else ""
    before = words.words[i - 2] if i > 1 else ""
    governs = following in named["determiners"] | named["that"]
    if word not in named["also_nouns"]:
        # Few other verbs are nouns: only where nothing follows that they could govern.
        behind = named["of"] | named["conjunctions"] | named["sure_verbs"]
        governs = following not in behind or before not in named["determiners"]
    elif previous.isalpha() and words.capital(i - 1) and before in named["determiners"]:
        return not governs  # "in the Foodwatch report"
    # « a news report », « the press report »
    several = previous.endswith("s") and not previous.endswith("ss") and previous not in named["singular_s"]
    one = previous.isalpha() and not several and not words.capital(i - 1)
    # « people say », but « a newspaper report »
    leans = previous in named["closed"] | named["adverbs"] | named["pronouns"] | named["conjunctions"]
    leans = leans or (previous in named["people"] and before not in named["names_as"])
    leans = leans or previous.endswith("ly") or previous in named["modals"]
    return one and not leans and not governs


def _closes_object(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« Officials denied the theft claims, but »: a verb, an article, a noun stand before, nothing after."""
    named, following = lexicon.words, words.words[i + 1 : i + 2]
    if i < 3 or words.words[i - 2] not in named["determiners"] or not words.words[i - 1].isalpha():
        return False
    ends = not following or not following[0][0].isalnum() or following[0] in named["conjunctions"]
    governs = words.words[i - 3]
    tags = {tag for _, tag in lexicon.forms.get(governs, ())}
    known = "finite" in tags or (not tags and governs.endswith(lexicon.participle_endings))
    return ends and known and "says_last" in named["traits"]


def _closes_governed(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« a cover against possible claims, which … »: a preposition and a few plain words stand before it."""
    named = lexicon.words
    following = words.words[i + 1 : i + 2]
    ends = following and (following[0] in ",.;" or following[0] in named["conjunctions"])
    if i < 2 or not ends or words.capital(i - 1) or "says_last" not in named["traits"]:
        return False
    others = named["closed"] | named["adverbs"] | named["pronouns"] | named["people"] | named["time_nouns"]
    k = i - 1
    while (
        k
        and i - k <= _PLAIN
        and words.words[k].isalpha()
        and words.words[k] not in others - named["before_nouns"]
    ):
        k -= 1
    if words.words[i - 2] in named["to"] and words.words[i - 1].isalpha():
        # « according to hospital figures, »
        return not words.words[i - 1].endswith("s") and not _infinitive(words, i - 1, lexicon)
    return k < i - 1 and words.words[k] in (named["prepositions"] | named["of"] | named["as"]) - named["to"]


def _infinitive(words: Words, k: int, lexicon: Lexicon) -> bool:
    return any(tag == "infinitive" for _, tag in lexicon.forms.get(words.words[k], ()))


def _is_object(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« which makes pumps »: right behind another verb stands what it governs, but « what he said shows »."""
    named, previous = lexicon.words, words.words[i - 1] if i else ""
    if previous in named["also_nouns"] or "what" in words.words[:i]:
        return False
    tags = {tag for _, tag in lexicon.forms.get(previous, ())}
    if words.words[i].endswith("s") and not tags and _to_describe(words, i - 1, lexicon):
        return True
    return "finite" in tags and "participle" not in tags and previous not in named["sure_verbs"]


def _to_describe(words: Words, k: int, lexicon: Lexicon) -> bool:
    """« to include political | figures »: an infinitive, then a word that opens no noun phrase of one."""
    named = lexicon.words
    plain = words.words[k].isalpha() and words.words[k] not in named["closed"] | named["people"]
    infinitive = k > 1 and words.words[k - 2] in named["to"]
    return plain and infinitive and _infinitive(words, k - 1, lexicon) and not words.capital(k)


def _is_subject(words: Words, i: int, lexicon: Lexicon) -> bool:
    """« the forecasts for growth have been cut »: a preposition follows, and then another verb."""
    named, behind = lexicon.words, words.words[i + 2] if i + 2 < len(words.words) else ""
    infinitive = any(tag == "infinitive" for _, tag in lexicon.forms.get(behind, ()))
    if words.words[i + 1 : i + 2] == ("to",) and (infinitive or behind in named["bare"]):
        return False  # « claims to have won »
    governs = named["prepositions"] | named["of"]
    if words.words[i + 1 : i + 2] == () or words.words[i + 1] not in governs:
        return False
    for k in range(i + 2, min(len(words.words), i + 9)):
        word = words.words[k]
        if word in named["sure_verbs"]:
            return True
        new = word in named["determiners"] and words.words[k - 1] not in governs
        if (
            new
            or not word[0].isalnum()
            or word in named["subordinators"] | named["nominative"] | named["conjunctions"]
        ):
            return False
    return False
