"""Noun phrases that can name somebody: where they begin and end, and where « et » parts them.

All places are word numbers, ends exclusive.
"""

from __future__ import annotations

from itertools import takewhile

from index.annotation.verb_groups import FINITE, Verb
from index.annotation.words import Words
from index.cues import Lexicon

Range = tuple[int, int]
LONGEST = 24  # words a holder may have
_NAME = 5  # words of a name between marks: « Le Journal de Lyon »
_TITLE = 3  # words of an office before a name: « former prime minister Ann Lee »


def after(
    words: Words,
    i: int,
    verbs: list[Verb],
    lexicon: Lexicon,
    *,
    single: bool = False,
    stop: int | None = None,
) -> list[Range]:
    """The noun phrases that begin at word `i`, before word `stop`: one, or several joined by « et »."""
    named, count = lexicon.words, len(words.words) if stop is None else stop
    if i < count and words.words[i] in named["alone"] and not _owns(words, i, named):
        return [(i, i + 1)]
    if i < count and (marked := _quoted_name(words, i, named)) is not None:
        return [marked]
    heads = {verb.start for verb in verbs if verb.use in FINITE and verb.start > i}
    k = i
    while k < count and k - i < LONGEST and k not in heads:
        word = words.words[k]
        if word == "(" and k > i and _close(words, k) is not None:
            k = _close(words, k) or k
            continue
        if word in '«“"' and k > i and not single and words.quoted[k] and _close_quote(words, k) - k <= 6:
            k = _close_quote(words, k)
            continue
        apart = word not in ("'", "&", "-", ".") or dash(words, k)
        if not word[0].isalnum() and apart and not (word == "@" and k == i):
            break
        if word == "." and not (k > i and k + 1 < count and _abbreviates(words, k, named)):
            break
        if k > i and k + 2 < count and _dated(words, k, named):
            break
        if word in named["nominative"] and k > i and words.words[k - 1] not in named["joins"]:
            break  # "according to the tables it is": another clause begins
        if word in named["of"] and k > i and k + 1 < count and _begins_aside(words, k + 1, lexicon):
            break  # "accused by colleagues of taking credit"
        if word in named["of"] and k > i and _infinitive(words, k + 1, lexicon):
            break  # « accusé par des élus d'avoir menti »
        titled = word in named["weekdays"] and words.words[k - 1] in named["determiners"]
        goes_on = titled or _skilled(words, k, named) or _charged(words, k, named)
        if word in named["stop_after"] and k > i and not goes_on:
            k -= _dangles(words, i, k, lexicon)
            break
        k += 1
    told = {verb.start for verb in verbs if verb.use in FINITE | {"gerund"} and verb.start > i}
    k = k if stop is not None else _past_list(words, k, told, named)
    while k > i and (words.words[k - 1] in named["determiners"] or words.words[k - 1] in named["glue"]):
        k -= 1
    return split(words, i, k, lexicon) if k > i else []


def _quoted_name(words: Words, i: int, named: dict[str, frozenset[str]]) -> Range | None:
    """« selon « Le Monde », »: a name between marks at word `i`, without the marks."""
    if words.words[i] not in '«“"' or not words.quoted[i]:
        return None
    end = _close_quote(words, i) - 1
    short = 1 < end - i <= _NAME
    return (i + 1, end) if short and somebody(words, (i + 1, end), named) else None


def with_name(words: Words, places: list[Range], named: dict[str, frozenset[str]]) -> list[Range]:
    """« le maire de Lyon, Grégory Doucet », « sa porte-parole à Genève, Anne Roy »: an office, then a name.

    Between commas the name has two words or more, a title counted: « le colonel Roy ». One is enough
    behind whose the person is: "his wife, Ilse".
    """
    if len(places) != 1:
        return places
    start, comma = places[0]
    # « the mayor of Lyon », « Lyon's mayor »
    owned = (
        any(words.words[k].endswith("'") for k in range(start, comma))
        or words.words[start] in named["owning"]
    )
    if not (words.words[start] in named["determiners"] or owned):
        return places
    comma = _past_place(words, comma, named)
    if words.words[comma : comma + 1] != (",",):
        return places
    name = comma + 1
    name += words.words[name : name + 1] != () and words.words[name] in named["determiners"]
    while name < len(words.words) and words.words[name] in named["titles"] | named["people"] | {"."}:
        name += 1
    end = name
    while end < len(words.words) and (
        (words.words[end][0].isalpha() and words.capital(end)) or _abbreviates(words, end, named)
    ):
        end += 1
    least = 2 if owned else 3
    return [(start, end)] if end > name and end - comma >= least and closes(words, end) else places


def _abbreviates(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether the stop at word `k` shortens a title or a first name: "Dr. Reed", "J. Reed"."""
    letter = len(words.words[k - 1]) <= 2 and words.capital(k - 1)
    return words.words[k] == "." and (letter or words.words[k - 1] in named["titles"])


def _past_place(words: Words, k: int, named: dict[str, frozenset[str]]) -> int:
    """Past « à Genève » at word `k`, where a comma closes it; `k` itself where no place stands there."""
    end = k + 1
    while end < len(words.words) and words.words[end][0].isalpha() and words.capital(end):
        end += 1
    led = words.words[k : k + 1] != () and words.words[k] in named["at_town"]
    return end if led and end > k + 1 and words.words[end : end + 1] == (",",) else k


def closes(words: Words, k: int) -> bool:
    """Whether a clause ends before word `k`."""
    return k >= len(words.words) or words.words[k] in ",.;:"


def _infinitive(words: Words, k: int, lexicon: Lexicon) -> bool:
    """Whether word `k` is an infinitive and no name: « d'avoir menti », no « de Saint-Omer »."""
    readings = lexicon.forms.get(words.words[k], ()) if k < len(words.words) else ()
    return bool(readings) and not words.capital(k) and all(tag == "infinitive" for _, tag in readings)


def _past_list(words: Words, k: int, heads: set[int], named: dict[str, frozenset[str]]) -> int:
    """« par le maire, le préfet et la ministre »: past the list that goes on behind the comma at word `k`."""
    joined, end = False, k
    if words.words[k : k + 1] != (",",) or not named["manner_ends"]:
        return k
    for j in range(k + 1, min(len(words.words), k + LONGEST)):
        word, opens = words.words[j], words.words[j - 1] == "," or words.words[j - 1] in named["joins"]
        item = word in named["determiners"] - named["of"] or words.capital(j)
        if (opens and not item) or j in heads:
            return k  # « selon le maire, ancien ministre », « selon le maire, le préfet et lui nient »
        if word in named["joins"]:
            joined = True
        elif (not word[0].isalnum() and not (word == "," and not joined)) or word in named["stop_after"]:
            break
        end = j + 1
    else:
        end = k
    return end if joined and end > k + 1 else k


def _dated(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« … le 15 juin »: a day begins at word `k`."""
    day, month = words.words[k + 1], words.words[k + 2]
    return words.words[k] in named["determiners"] and day[0].isdigit() and month in named["months"]


def _skilled(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« des experts en hydrologie »: the preposition at word `k` says in what they are versed."""
    versed = words.words[k] in named["while"] and words.words[k - 1] in named["skilled"]
    return versed and words.words[k + 1 : k + 2] != () and words.words[k + 1] not in named["determiners"]


def _charged(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« l'adjointe aux écoles »: the preposition at word `k` says of what; not « à la presse »."""
    noun = k + 1
    noun += words.words[noun : noun + 1] != () and words.words[noun] in named["determiners"]
    if words.words[k - 1] not in named["charged"] or words.words[k] not in named["to"]:
        return False
    heard = noun >= len(words.words) or words.words[noun] in named["people"] | named["hearers"]
    return not heard and not words.text[words.starts[noun] : words.ends[noun]].isupper()


def dash(words: Words, k: int) -> bool:
    """Whether a dash stands at word `k`, or a hyphen apart as one."""
    return words.words[k] in "–—" or (words.words[k] == "-" and words.text[words.starts[k] - 1].isspace())


def _dangles(words: Words, i: int, k: int, lexicon: Lexicon) -> bool:
    """Whether a phrase from `i` to `k` ends in a participle of what follows: « des témoins cités | par »."""
    named, last = lexicon.words, words.words[k - 1]
    tags = {tag for _, tag in lexicon.forms.get(last, ())}
    # « documents seen | by », but « the accused »
    held = "past_is_participle" in named["traits"] and words.words[k - 2] not in named["determiners"]
    hangs = tags == {"participle"} or (held and tags == {"participle", "finite"})
    return k - i > 1 and hangs and last not in named["people"] and not words.capital(k - 1)


def _owns(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """Whether « her » at word `k` belongs to a noun, as in "her lawyer"."""
    following = words.words[k + 1] if k + 1 < len(words.words) else ""
    others = ("stop_after", "pronouns", "impersonal", "mute_pronouns", "determiners", "conjunctions")
    apart = any(following in named[name] for name in others)
    noun = following.replace("-", "").isalpha()
    return words.words[k] in named["determiners"] and noun and not apart


def split(words: Words, start: int, end: int, lexicon: Lexicon) -> list[Range]:
    """A range cut at « et » where what follows is a noun phrase of its own."""
    determiners, named = lexicon.words["determiners"], lexicon.words
    start += _neither(words, (start, end), named)
    cuts = [start]
    # « la CGT, FO et Sud »: behind its article an acronym is a name like the others.
    acronym = words.text[words.starts[start + 1] : words.ends[start + 1]] if start + 1 < end else ""
    alone = words.words[start + 2 : start + 3] in [(mark,) for mark in (",", *named["joins"])]
    first = start + (words.words[start] in determiners and len(acronym) > 1 and acronym.isupper() and alone)
    # What follows « tels que » are examples, no holders of their own.
    last = next((k for k in range(start, end) if words.words[k] in named["such"]), end)
    joins = [
        k
        for k in range(start + 1, min(last, end - 1))
        if words.words[k] in named["joins"] or _as_well(words, k, named)
    ]
    joins = [
        k
        for k in joins
        if _as_well(words, k, named) or _opens(words, k + 1, first, named) or _many(words, k + 1, named)
    ]
    joins = [
        k
        for k in joins
        if not _of_office(words, k, start, named)
        and not _inside(words, k, start, named)
        # « une enquête de Mediapart et du Monde » is one.
        and not (words.words[k + 1] in named["of_one"] and not named["of"].isdisjoint(words.words[start:k]))
    ]
    if not joins or _two_offices(words, start, end, joins, named):
        return [(start, end)]
    for k in range(start + 1, end - 1):
        comma = words.words[k] == "," and k < joins[-1] and _opens(words, k + 1, first, named)
        if comma or k in joins:
            cuts.append(k + 2 if _as_well(words, k, named) else k + 1)
    ranges = []
    for number, cut in enumerate(cuts):
        stop = cuts[number + 1] - 1 if number + 1 < len(cuts) else end
        while stop > cut and (words.words[stop - 1] in (",", *named["as_well"]) or _aged(words, cut, stop)):
            stop -= 1
        if stop > cut:
            ranges.append((cut, stop))
    return _with_offices(words, ranges, determiners)


def _with_offices(words: Words, ranges: list[Range], determiners: frozenset[str]) -> list[Range]:
    """« Ann Lee, the mayor, Tom Roe, her deputy, and the police »: each name has its office behind it."""
    named = [b - a > 1 and all(words.capital(k) for k in range(a, b)) for a, b in ranges]
    # « Ann Lee, the mayor, and the police » may be three; « the nurse, Ann Lee, the mayor, Tom Roe, … »
    if sum(named) < 2 or words.words[max(0, ranges[0][0] - 1)] == ",":
        return ranges
    kept: list[Range] = []
    for n, (a, b) in enumerate(ranges):
        office = n > 0 and named[n - 1] and words.words[a] in determiners and words.words[a - 1] == ","
        closed = words.words[b : b + 1] == (",",) or n + 1 == len(ranges)
        if office and closed:
            kept[-1] = (kept[-1][0], b)
        else:
            kept.append((a, b))
    return kept


def _of_office(words: Words, k: int, start: int, named: dict[str, frozenset[str]]) -> bool:
    """« Minister of Industry and Trade Ann Lee », « Department for Work and Pensions »: one office."""
    if "bare_offices" not in named["traits"]:
        return _also_of_office(words, k, start, named)
    if words.words[start] not in named["people"]:
        return False
    led = words.words[start + 1] in named["of"] | {"for"} and k == start + 3
    return led and words.words[k + 1] not in named["people"] | named["determiners"]


def _also_of_office(words: Words, k: int, start: int, named: dict[str, frozenset[str]]) -> bool:
    """« Jean Roy, ministre de l'environnement et des eaux »: what the office is of goes on behind « et »."""
    comma = next((j for j in range(k - 1, start, -1) if words.words[j] == ","), None)
    if (
        comma is None
        or words.words[comma + 1] not in named["people"]
        or words.words[comma + 2] not in named["of"]
    ):
        return False
    behind = words.words[k + 2 : k + 3]
    return words.words[k + 1] in named["of"] and named["people"].isdisjoint(behind)


def _inside(words: Words, k: int, start: int, named: dict[str, frozenset[str]]) -> bool:
    """« Ann Lee (they met in Leeds and York) », « talks between Leeds and York »: what joins no holders."""
    before = words.words[start:k]
    led = next((j for j in range(k - 1, start, -1) if words.words[j] in named["for_what"]), None)
    names = k + 1 < len(words.words) and words.capital(k + 1) and words.capital(k - 1)
    if names and led is not None and "," not in words.words[led:k] and words.capital(led - 1):
        return True  # « the Institute for Macroeconomics and Economic Research »
    return before.count("(") > before.count(")") or not named["pairing"].isdisjoint(before)


def _two_offices(
    words: Words, start: int, end: int, joins: list[int], named: dict[str, frozenset[str]]
) -> bool:
    """« Tom Lee, the mayor of Leeds and a former nurse, »: a name, then what he is, between two commas."""
    inside, closed = words.words[start:end], words.words[end : end + 1] == (",",)
    if inside.count(",") != 1 or len(joins) != 1 or not closed or "bare_offices" not in named["traits"]:
        return False
    comma = start + inside.index(",")
    name = comma - start > 1 and all(words.capital(k) for k in range(start, comma))
    offices = (words.words[comma + 1], words.words[joins[0] + 1])
    return name and comma < joins[0] and all(word in named["determiners"] for word in offices)


def _aged(words: Words, start: int, stop: int) -> bool:
    """« Jo Lee, 27, and her brother »: an age closes the phrase."""
    return stop - start > 2 and words.words[stop - 1].isdigit() and words.words[stop - 2] == ","


def subject(words: Words, start: int, end: int, lexicon: Lexicon) -> list[Range]:
    """The last noun phrase between two places that is neither an adverb nor an aside."""
    named = lexicon.words
    # « le directeur de l'agence A et du bureau B a dit »: one alone speaks.
    one = end < len(words.words) and words.words[end] in named["singular_verbs"]
    if words.words[start : start + 1] == ("(",) and ")" not in words.words[start:end]:
        start += 1  # « (Le maire a dit … ) »
    if words.words[start - 1 : start] == ("est",) and words.words[start] in named["asking"]:
        start += 1  # « C'est pourquoi le maire estime que »
    if end > start and words.words[end - 1] in '«“"' and words.quoted[end - 1]:
        end -= 1  # « La banque « rejette » ces accusations »
    end = _before_adverbs(words, start, end, named)
    before = words.words[end - 2] if end - 2 >= start else ""
    if (
        end > start
        and words.words[end - 1].rstrip("'") in named["nominative"]
        # « after he urged »: in English no preposition governs "he".
        and (words.words[end - 1] in named["ungoverned"] or before not in named["prepositions"])
    ):
        # « Concrètement, ils »: a pronoun right before its verb is the whole subject.
        return [(end - 1, end)]
    if end > start and words.words[end - 1] in named["nobody"] and before not in named["determiners"]:
        # « Dans les documents, rien n'indique »
        return [(end - 1, end)]
    pieces: list[Range] = []
    at, k = start, start
    while k < end:
        if words.words[k] == "(" and (close := _close(words, k)) is not None and close <= end:
            k = close
            continue
        if words.words[k] == ",":
            pieces.append((at, k))
            at = k + 1
        k += 1
    pieces.append((at, end))
    best: Range | None = None
    for a, b in reversed(pieces):
        if best is None and start < a == b - 1 and words.words[a] in named["alone"]:
            continue  # « La direction, elle, nie »
        if b - a == 1 and words.words[a].isdigit() and a > start:
            continue  # « Jo Lee, 27, and her brother, Max, 31, said »
        counts = best is not None and b - a > 1 and words.words[a] in named["numbers"]
        if counts and words.words[a + 1] in named["time_nouns"]:
            break  # « Two days before the vote, one of the candidates, Jo Lee, said »
        opens = a < b and words.words[a] == "(" and ")" not in words.words[a:b]  # « (The bank said … ) »
        while a < b and (words.words[a] in "\"”»'" or opens):
            opens = False
            a += 1  # « Since the fall of the "Zwickau cell," critics have said … »
        among = words.words[a + 1 : a + 2] in [(word,) for word in named["among"]]
        fronted = b < end and a < b and (among or _begins_aside(words, a, lexicon))
        head = None if fronted else phrase_start(words, a, b, lexicon)
        if head is None:
            if best is not None and a < b and not _apposed(words, a, named):
                break
            continue
        if best is None:
            best = (head, b)
        elif best[1] == end and not _named_twice(words, (a, b), best, lexicon):
            break  # « Furieux, le maire a dit », « Jugée à Lyon, Anne Roux nie »: no comma behind it
        elif head == a or (head - a <= 1 and words.words[a] not in named["prepositions"] | {"a"}):
            best = (head, best[1])
        else:
            break
    if best is None:
        bare = [(a, b) for a, b in pieces if b > a]
        return (
            [bare[-1]]
            if len(bare) == 1 and bare[0][1] - bare[0][0] <= 8 and _nameable(words, bare[0], lexicon)
            else []
        )
    best = _trimmed(words, *best, lexicon)
    return [best] if one and not _neither(words, best, named) else split(words, *best, lexicon)


def _neither(words: Words, place: Range, named: dict[str, frozenset[str]]) -> bool:
    """ "Neither Bonn nor Rome has commented": each keeps silent."""
    return words.words[place[0]] in named["neither_of"] and not named["nor"].isdisjoint(
        words.words[slice(*place)]
    )


def _trimmed(words: Words, start: int, end: int, lexicon: Lexicon) -> Range:
    """A subject without what only stands between it and its verb, or leads to it."""
    named = lexicon.words
    start, end = _past_apposed(words, start, end, named), _before_day(words, start, end, named)
    # "Police at first said": the adverb is gone, what led to it hangs.
    end -= end - start > 1 and words.words[end - 1] in named["at_town"]
    # « Documents released yesterday show … »
    cut = "past_is_participle" in named["traits"] and _dangles(words, start, end, lexicon)
    return _past_object(words, start, end, named), end - cut


def _past_object(words: Words, start: int, end: int, named: dict[str, frozenset[str]]) -> int:
    """« a demand the president has rejected »: English leaves « that » out between the two."""
    if "omits_that" not in named["traits"] or words.words[start] not in named["determiners"]:
        return start
    closed = named["closed"] | named["numbers"] | named["conjunctions"] | named["of"]
    for k in range(start + 2, end - 1):
        plain = words.words[k - 1].isalpha() and not words.capital(k - 1) and words.words[k - 1] not in closed
        if words.words[k] == "the" and plain:
            return k
    return start


def _before_adverbs(words: Words, start: int, end: int, named: dict[str, frozenset[str]]) -> int:
    """Where a phrase ends without the adverbs of the verb behind it: "the minister also" says so."""
    while end - start > 1 and not words.capital(end - 1):
        word = words.words[end - 1]
        ends = word.endswith(tuple(named["adverb_ends"])) and word not in named["no_adverbs"]
        if word not in named["adverbs"] | named["floating"] and not ends:
            break
        if word in named["before_nouns"] and words.words[end - 2] in named["determiners"]:
            break  # « the daily reported »
        end -= 1
    return end


def _past_apposed(words: Words, start: int, end: int, named: dict[str, frozenset[str]]) -> int:
    """« …, a figure campaigners dispute »: behind the noun in apposition stands who disputes it."""
    if words.words[start - 1 : start] != (",",) or words.words[start] not in named["determiners"]:
        return start
    apposed = end - start > 2 and words.words[start + 1] in named["apposed"]
    begins = apposed and (
        words.capital(start + 2) or words.words[start + 2] in named["determiners"] | named["people"]
    )
    return start + 2 if begins else start


def _before_day(words: Words, start: int, end: int, named: dict[str, frozenset[str]]) -> int:
    """Where a phrase ends without the day it closes with: « the ministry on Friday » said so that day."""
    k = end
    while k - start > 1 and words.words[k - 1] in named["time_nouns"] | named["time_adjectives"]:
        k -= 1
    if k - start < 2 or words.words[k - 1] not in named["weekdays"]:
        return end
    k -= 1
    if words.words[k - 1] in named["of"]:
        return end
    if words.words[k - 1] in named["prepositions"]:
        k -= 1
    return k if k > start else end


def phrase_start(words: Words, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Where a noun phrase that can be a subject begins between two places, or None."""
    named = lexicon.words
    k = start
    while k < end and (words.words[k] in named["adverbial"] or words.words[k] in named["conjunctions"]):
        k += 1
    blocked, first = False, k  # « Or des documents montrent »
    while k < end:
        word = words.words[k]
        if not blocked and k == first and _counted(words, k, end, named):
            return k
        if k == 0 and (word == "a" or word in named["interposed"]) and word not in named["determiners"]:
            blocked = word == "a"
            k += 1
            continue
        if k == start and _many(words, k, named):
            return k  # « de nombreux observateurs »
        opens = (
            word in named["determiners"]
            or word in named["pronouns"]
            or word in named["numbers"]
            or (words.capital(k))
        )
        leans = word in named["gerund_starts"] or word in named["reflexives"]
        if word in named["relatives"] or (leans and k == start):
            return None  # « S'exprimant à Lyon, … »
        if k + 1 < end and word in named["determiners"] and words.words[k + 1] in named["while"]:
            return None  # « Tout en se félicitant, … »
        number = word[0].isdigit() or word in named["numbers"]
        if number and k + 1 < end and words.words[k + 1] in named["spans"] and named["before_number"]:
            k += 2  # « Il y a trois ans le maire … »
            continue
        if (
            word in named["prepositions"]
            and not (word in ("des", "du") and k == first)
            and not (word in named["determiners"] and not blocked and k == start)
        ):
            blocked = True
            k += 1
            # What the preposition governs is no subject.
            governs = named["determiners"] | named["prepositions"] | frozenset('«“"')
            while k < end and words.words[k] in governs:
                k += 1
            k += 1
            days = named["weekdays"] | named["months"]  # « On Wednesday Ann Lee said »
            while k < end and words.capital(k) and words.capital(k - 1) and words.words[k - 1] not in days:
                k += 1
            continue
        if opens and not is_time(words, k, lexicon, end):
            if (
                blocked
                and word not in named["determiners"]
                and word not in named["pronouns"]
                and not words.capital(k)
            ):
                k += 1
                continue
            return k
        if is_time(words, k, lexicon, end):
            k = past_time(words, k, lexicon, end)
            continue
        if not blocked and k == start and word not in named["people"]:
            told = bare_speakers(words, k, end, named) or _bare_title(words, k, end, named)
            return k if told else None
        if word in named["people"] and not blocked:
            return k
        k += 1
    return None


def _bare_title(words: Words, k: int, end: int, named: dict[str, frozenset[str]]) -> bool:
    """« hydrologist Petra Hollis », « former minister Ann Lee »: plain words, and a name to the end."""
    name = next((j for j in range(k, end) if words.capital(j)), end)
    title = words.words[k:name]
    plain = all(word.replace("-", "").isalpha() and word not in named["closed"] for word in title)
    # « accused », « speaking », « later » are no offices.
    plain = plain and not any(word.endswith(tuple(named["no_office_ends"])) for word in title)
    # « sprinter Okafor »
    known = bool(title) and title[-1] in named["people"]
    whole = name + 1 - known < end and all(words.capital(j) for j in range(name, end))
    return "bare_offices" in named["traits"] and 0 < len(title) <= _TITLE and whole and plain


def _begins_aside(words: Words, k: int, lexicon: Lexicon) -> bool:
    """« The board, fearing a strike, said », « Jo Lee, still held as a spy, said »: an aside begins."""
    named = lexicon.words
    if "omits_that" not in named["traits"]:
        # « Le maire, élu en 2020, dit »
        return k > 0 and {tag for _, tag in lexicon.forms.get(words.words[k], ())} == {"participle"}
    k += words.words[k] in named["interposed"] and k + 1 < len(words.words)
    tags = {tag for _, tag in lexicon.forms.get(words.words[k], ())}
    return tags <= {"gerund", "participle", "finite"} and not tags.isdisjoint({"gerund", "participle"})


def _counted(words: Words, k: int, end: int, named: dict[str, frozenset[str]]) -> bool:
    """« 62 % des élèves », « près de 300 habitants »: how many speak, and no time or length."""
    first = k
    while k < end and k - first < 4 and words.words[k] in named["before_number"]:
        k += 1
    if k + 1 >= end or not named["before_number"] or not words.words[k][0].isdigit():
        return False
    following = words.words[k + 1]
    return following == "%" or (following.isalpha() and following not in named["months"] | named["spans"])


def bare_speakers(words: Words, start: int, end: int, named: dict[str, frozenset[str]]) -> bool:
    """« local officials », « state media in Oslo »: a few plain words, the last one for who speaks.

    Behind whose it is a body does too: "football's governing body".
    """
    stop = next((k for k in range(start, end) if words.words[k] in named["prepositions"]), end)
    owned = [k for k in range(start, stop - 1) if words.words[k].endswith("'") and words.words[k + 1] == "s"]
    phrase = [words.words[k] for k in range(start, stop) if k not in owned and k - 1 not in owned]
    plain = all(word.replace("-", "").isalpha() and word not in named["closed"] for word in phrase)
    if "bare_offices" not in named["traits"] or not plain or not 1 <= len(phrase) <= 4:
        return False
    told = phrase[-1] in named["papers"] or speaks(phrase[-1], named)
    return told or (bool(owned) and phrase[-1] in named["bodies"])


def speaks(noun: str, named: dict[str, frozenset[str]]) -> bool:
    """Whether a plain noun is of somebody: « seismologists » is in no list and tells by its ending."""
    return noun in named["people"] or noun.endswith(tuple(named["people_ends"]))


def somebody(words: Words, place: Range, named: dict[str, frozenset[str]]) -> bool:
    """Whether a holder is surely no thing: a pronoun, a name or a noun for people."""
    first, inside = words.words[place[0]], words.words[slice(*place)]
    # « la vaccination des plus jeunes » is none of the young.
    head = [first, *takewhile(lambda word: word not in named["of"], inside[1:])]
    if first in named["pronouns"] or not (named["people"] | named["bodies"] | named["sites"]).isdisjoint(
        head
    ):
        return True
    # The capital of the sentence's first word tells nothing where that word is an article.
    names = range(place[0] + (first in named["determiners"]), place[1])
    return any(words.capital(k) for k in names)


def _many(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« … et de nombreux pays »"""
    return words.words[k] in named["of"] and not named["many"].isdisjoint(words.words[k + 1 : k + 2])


def _opens(words: Words, k: int, start: int, named: dict[str, frozenset[str]]) -> bool:
    if k >= len(words.words):
        return False
    determiners, capital = named["determiners"], words.capital(k)
    if words.words[k] in determiners or (words.words[k - 1] in named["nor"] and capital):
        return True
    return capital and words.capital(start) and words.words[start] not in determiners


def is_time(words: Words, k: int, lexicon: Lexicon, end: int | None = None) -> bool:
    """Whether a day, a month or a span of time begins at word `k`."""
    named, end = lexicon.words, len(words.words) if end is None else end
    word, following = words.words[k], words.words[k + 1] if k + 1 < end else ""
    if word in named["time_nouns"] or word in named["months"] or word in named["weekdays"]:
        return True
    if word in named["time_adjectives"] and following in named["time_nouns"]:
        return True  # « Last week the mayor said »
    if word[0].isdigit() and following in named["months"]:
        return True
    return (
        word in named["determiners"]
        and bool(following)
        and (
            (following[0].isdigit() and k + 2 < end and words.words[k + 2] in named["months"])
            or following in named["time_nouns"]
            or following in named["weekdays"]
        )
    )


def past_time(words: Words, k: int, lexicon: Lexicon, end: int | None = None) -> int:
    """Past the day, the month or the span of time that begins at word `k`; `k` itself where none does."""
    named, end = lexicon.words, len(words.words) if end is None else end
    if k >= end or not is_time(words, k, lexicon, end):
        return k
    k += 1
    times = ("time_nouns", "months", "weekdays", "time_adjectives")
    while k < end and (words.words[k][0].isdigit() or any(words.words[k] in named[name] for name in times)):
        k += 1
    return k


def _nameable(words: Words, place: Range, lexicon: Lexicon) -> bool:
    first = words.words[place[0]]
    return (
        words.capital(place[0])
        and first not in lexicon.words["prepositions"]
        and first not in lexicon.words["adverbial"]
    )


def _close(words: Words, k: int) -> int | None:
    for j in range(k + 1, min(len(words.words), k + 12)):
        if words.words[j] == ")":
            return j + 1
    return None


def _close_quote(words: Words, k: int) -> int:
    for j in range(k + 1, len(words.words)):
        if not words.quoted[j]:
            return j
    return len(words.words)


def _apposed(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    """« Martin, ancien maire de Lyon, … »: a bare noun that says who the name before it is."""
    word = words.words[k]
    return word[0].isalpha() and word not in named["prepositions"] and word not in named["gerund_starts"]


def _named_twice(words: Words, first: Range, last: Range, lexicon: Lexicon) -> bool:
    """« le maire de Lyon, Léo Diaz », « Léo Diaz, le maire », or several, « Lyon, Nice et Brest »."""
    named = lexicon.words
    # "the report's lead author, Lena Frey"
    a, near = first[0], words.words[first[0] : min(first[1], first[0] + 6)]
    if not named["joins"].isdisjoint(words.words[slice(*last)]):
        return True
    if near[0] in named["determiners"]:
        name = words.capital(last[0] + (words.words[last[0]] in named["determiners"]))
        return name and not named["people"].isdisjoint(near)
    # « Léo Diaz battu, son parti nie »: what became of him, and then who speaks.
    told = any({tag for _, tag in lexicon.forms.get(word, ())} == {"participle"} for word in near)
    return first[1] - a > 1 and words.capital(a) and words.capital(a + 1) and not told


def _as_well(words: Words, k: int, named: dict[str, frozenset[str]]) -> bool:
    return (
        words.words[k] in named["as_well"]
        and k + 1 < len(words.words)
        and words.words[k + 1] in named["that"]
    )
