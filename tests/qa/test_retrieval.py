"""What is asked finds its passage under other names and spellings; scores are chances in a fixed order."""

from __future__ import annotations

from math import exp
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from newsroom import write

from index.build import build
from index.lexical import stems, terms, words
from index.storage.snapshot import Snapshot, open_snapshot
from index.types import Role, VoiceStance
from qa.answer import ask
from qa.question import understand
from qa.rank import order_of, rank, threshold, weights_of
from qa.ranking.features import features
from qa.ranking.found import Found
from qa.retrieve import WIDE, retrieve
from qa.understanding.concepts import concepts
from qa.understanding.speech_acts import acts, taken_by

ENCODER = TrigramEncoder()
VOCABULARY = tuple(
    sorted({stem for word in words("soldats abandonnes copenhague otan seoul") for stem in stems(word)})
)


def known(text: str) -> list[tuple[tuple[str, ...], ...]]:
    """The alternatives of each concept, over a small vocabulary."""
    found = concepts(understand(text), lambda stem: stem in VOCABULARY, lambda: VOCABULARY)
    return [concept.alternatives for concept in found]


def search(snapshot: Snapshot, text: str) -> tuple[Found, list[dict[str, float]]]:
    question = understand(text)
    vectors, tokens = ENCODER.encode_questions([question.text])
    found = retrieve(snapshot, question, vectors[0], tokens[0] if tokens else None)
    columns = features(question, found)
    return found, [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.mark.parametrize(
    ("asked", "stem"),
    [
        ("soldas", "soldat"),
        ("abandonés", "abandon"),
        ("Copenhagen", "copenhagu"),
        ("NATO", "otan"),
        ("Seoul", "seoul"),
    ],
)
def test_another_spelling_or_name_finds_the_word(asked: str, stem: str) -> None:
    """A slip, a missing accent, the other language's form or the actor's other name."""
    assert any((stem,) in alternatives for alternatives in known(f"Et {asked} ?")), known(f"Et {asked} ?")


def test_a_known_word_is_never_corrected() -> None:
    """Where the index holds the word, no other spelling stands in for it."""
    assert known("soldats") == [(("soldat",),)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Que dit Marchenko du vote en Russie ?", [True, True, False]),
        ("À Lyon, Durand a-t-il démissionné ?", [True, True, False]),
        ("Who spoke at Durand's trial: Martin?", [False, True, False, True]),
        ("Une démission à l'Auditorium ?", [False, True]),
    ],
)
def test_names_are_told_from_words(text: str, named: list[bool]) -> None:
    """A capital inside the question, behind a comma too, and every known actor is a proper name."""
    found = concepts(understand(text), lambda _: True, lambda: ())
    assert [concept.name for concept in found] == named
    # For « Martin » stands no bird, and nothing else.
    assert not any(concept.akin for concept in found if concept.name)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Qui a démenti ?", {"denies"}),
        ("who denied it?", {"denies"}),
        ("Qui met en doute ces chiffres ?", {"doubts"}),
        ("did the Kremlin comment?", {"says", "silent"}),
        ("comment soigner un rhume ?", set()),
        ("Selon qui ?", {"says"}),
        ("Qui n'a pas souhaité répondre ?", {"silent"}),
        ("who would not answer?", {"silent"}),
        ("Qui doit répondre de ses actes ?", set()),
    ],
)
def test_the_speech_acts_asked_about_are_told(text: str, asked: set[str]) -> None:
    """By the words of the question's own language: « comment » asks how."""
    assert acts(text, understand(text).language) == asked


@pytest.mark.parametrize("text", ["Qui a démenti ?", "who denied it?", "qui nie ?"])
def test_a_position_is_found_whatever_its_words(snapshot: Snapshot, text: str) -> None:
    """« démenti » and "denied" lead to all who deny, as the index knows, and are no words of the matter."""
    found, rows = search(snapshot, text)
    denying = {
        number
        for number in range(len(snapshot.vectors))
        for voice in snapshot.corpus.passage(number).voices
        if voice.stance is VoiceStance.DENIES
    }
    taken = {number for number, row in zip(found.numbers, rows, strict=True) if row["position_asked"]}
    assert len(denying) >= 2
    assert taken == denying
    assert not any(row["words"] for row in rows)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Qui refuse de commenter ?", {"refuse", "commenter"}),
        ("Qui n'a pas voulu répondre ?", {"voulu", "repondre"}),
        ("who declined to comment?", {"declined"}),
        ("Qui refuse de commenter la vente ?", set()),
        ("Qui va commenter le match ?", set()),
    ],
)
def test_several_words_may_ask_for_silence_alone(text: str, taken: set[str]) -> None:
    """Where they are all that is named; beside other matter they lead to it as words."""
    question = understand(text)
    assert set(taken_by(text, question.terms, question.language)) == taken


def test_a_position_alone_is_all_that_is_asked(snapshot: Snapshot) -> None:
    """Only where the question has no other matter: « Qui a démenti la fermeture ? » asks for more."""
    rows = search(snapshot, "Qui a démenti ?")[1]
    assert [row["position_alone"] for row in rows] == [row["position_asked"] for row in rows]
    assert not any(row["position_alone"] for row in search(snapshot, "Qui a démenti l'envoi de soldats ?")[1])


@pytest.mark.parametrize(
    ("text", "unmet"),
    [
        ("Combien de morts à Quimper ?", 1.0),
        ("Combien de soldats à Koursk ?", 0.0),
        ("How many soldiers from North Korea?", 0.0),
        ("Combien de soldats ?", 0.0),
    ],
)
def test_names_that_nothing_near_knows_are_unmet(snapshot: Snapshot, text: str, unmet: float) -> None:
    """In either language; a question that names nobody misses nobody."""
    assert min(row["names_unmet"] for row in search(snapshot, text)[1]) == unmet


@pytest.mark.parametrize("asked", ["Qui est Poutine ?", "who is putin?"])
def test_who_somebody_is_is_told_in_either_spelling(tmp_path: Path, asked: str) -> None:
    """An article writes "Putin" where the question has « Poutine », and the other way round."""
    texts = {
        "a.txt": "President Vladimir Putin spoke to the crowd in the square on Monday evening.\n",
        "b.txt": "Le président Vladimir Poutine a parlé lundi soir à la foule sur la place.\n",
        "c.txt": "Le dégel a retardé les travaux du pont, et Vladimir Poutine était loin de là.\n",
    }
    build(tmp_path / "store", [write(tmp_path / "news", texts)], ENCODER)
    found, rows = search(open_snapshot(tmp_path / "store"), asked)
    lacking = {one.doc_id: row["lacks_role"] for one, row in zip(found.passages, rows, strict=True)}
    assert lacking == {"a.txt": 0.0, "b.txt": 0.0, "c.txt": 1.0}


def test_a_line_that_names_somebody_takes_nothing_from_a_sentence(tmp_path: Path) -> None:
    """Under a saying stands who said it; whom that names is told by sentences as if it were not there."""
    text = "La maire Anne Morel a fermé le pont de Vireval mardi, après la crue de la rivière.\n"
    told = []
    for number, line in enumerate(["", "Anne Morel, maire de Vireval\n\n"]):
        folder = write(tmp_path / f"news{number}", {"a.txt": f"{text}\n{line}Il a plu depuis.\n"})
        build(tmp_path / f"store{number}", [folder], ENCODER)
        found, _ = search(open_snapshot(tmp_path / f"store{number}"), "Qui est Anne Morel ?")
        hits = rank(understand("Qui est Anne Morel ?"), found, ENCODER.stamp)
        told.append([hit for hit in hits if hit.passage.span.text == text.strip()])
        assert [hit.passage.role for hit in hits].count(Role.HEADING) == bool(line)
    (alone,), (beside,) = told
    assert alone.behind == beside.behind == 0.0
    assert alone.parts["outdone"] == beside.parts["outdone"] == 0.0


def test_a_name_is_not_lent_to_a_sentence_about_another_actor(tmp_path: Path) -> None:
    """What the United Nations will send answers nobody who asks about NATO, though NATO stands beside it."""
    sent, also = "L'ONU enverra six observateurs au pont.", "Six observateurs seront envoyés au pont."
    other, beside = "L'ONU et l'OTAN enverront six observateurs.", "L'OTAN a tenu conseil lundi."
    text = f"{beside} {sent} {also} {other} {beside}\n"
    build(tmp_path / "store", [write(tmp_path / "news", {"a.txt": text})], ENCODER)
    found, rows = search(open_snapshot(tmp_path / "store"), "Combien d'observateurs l'OTAN enverra-t-elle ?")
    unmet = {
        one.span.text: (row["names_unmet"], row["names_missing_around"])
        for one, row in zip(found.passages, rows, strict=True)
    }
    assert unmet[sent] == (1.0, 1.0)
    assert unmet[also] == unmet[other] == unmet[beside] == (0.0, 0.0)


def test_a_name_is_known_in_all_of_its_article(tmp_path: Path) -> None:
    """« Vireval » far above tells where the mayor of the last line is; a plain word tells only near it."""
    told, asked = (
        "La maire, Claudine Roche, a démissionné.",
        "Qui est la maire de Vireval et que dit le barrage ?",
    )
    between = " ".join(f"Il pleut depuis {number} jours." for number in range(2, 12))
    texts = {
        "a.txt": f"Il neige. Il gèle. Le barrage de Vireval a cédé. {between} {told}\n",
        "b.txt": f"{between}\n",
    }
    build(tmp_path / "store", [write(tmp_path / "news", texts)], ENCODER)
    found, rows = search(open_snapshot(tmp_path / "store"), asked)
    at = {passage.span.text: number for number, passage in enumerate(found.passages)}[told]
    assert rows[at]["names_missing"] == 1.0
    assert rows[at]["names_missing_around"] == rows[at]["names_unmet"] == 0.0
    dam = [row for row, concept in enumerate(found.concepts) if "barrag" in str(concept.alternatives)]
    assert [found.around[row, at] for row in dam] == [0.0]
    others = [row for row, passage in zip(rows, found.passages, strict=True) if passage.doc_id == "b.txt"]
    assert all(row["names_missing_around"] == 1.0 for row in others)


def test_no_spelling_is_a_position(snapshot: Snapshot) -> None:
    """The terms for positions are no words that a slip could mean."""
    known = set(snapshot.lexical.vocabulary())
    assert "soldat" in known
    assert all(term.isalnum() for term in known)


def test_features_are_bounded_and_weighed(snapshot: Snapshot) -> None:
    """Every feature lies in -1 to 1 and has a weight in each language; no weight lacks its feature."""
    _, rows = search(snapshot, "Combien de soldats l'Ukraine a-t-elle capturés ?")
    for row in rows:
        assert all(-1.001 <= value <= 1.001 for value in row.values()), row
    for language in ("fr", "en"):
        assert set(weights_of(language)) == {"bias", "nearby", "sequel", "read", *rows[0]}


def test_what_stands_around_lends_context(snapshot: Snapshot) -> None:
    """A passage reaches at least as much of the question with its neighbours as alone."""
    found, rows = search(snapshot, "le GUR et les villages de Plekhovo")
    assert any(row["words_around"] > 0 for row in rows)
    assert (found.around >= found.reached).all()


def test_what_an_article_is_about_is_told_by_its_other_passages(tmp_path: Path) -> None:
    """By their mean cosine, of at most `WIDE` on each side, the passage itself among them by half."""
    store, articles = tmp_path / "store", tmp_path / "articles"
    long = "\n\n".join(f"La station {n} compte {n} soldats." for n in range(30))
    write(articles, {"long.txt": long, "one.txt": "La station Alba compte ses soldats."})
    build(store, [articles], TrigramEncoder())
    opened = open_snapshot(store)
    found, _ = search(opened, "Combien de soldats à la station Alba ?")
    [asked] = TrigramEncoder().encode_questions(["Combien de soldats à la station Alba ?"])[0]
    every = opened.vectors.cosines(asked, range(len(opened.vectors)))
    assert {passage.doc_id for passage in found.passages} == {"long.txt", "one.txt"}
    for number, around in zip(found.numbers, found.cosines_around, strict=True):
        [first], [last] = opened.corpus.borders([number])
        near = every[max(first, number - WIDE) : min(last, number + WIDE) + 1]
        expected = (near.sum() - every[number] / 2) / len(near)
        assert around == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("asked", ["militaires", "fantassin", "infantryman"])
def test_other_words_are_found_too(snapshot: Snapshot, asked: str) -> None:
    """« militaires » and "infantryman" find « soldats », without counting for more than themselves."""
    found, rows = search(snapshot, asked)
    only_akin = 0
    for number, row in zip(found.numbers, rows, strict=True):
        reached = row["words"] + row["words_akin"]
        assert row["words"] <= reached <= 1
        if "soldat" in terms(snapshot.corpus.passage(number).span.text, "fr"):
            assert reached
            only_akin += not row["words"]
    assert only_akin
    assert (found.akin >= found.reached).all()
    assert (found.akin_around >= found.around).all()


def test_an_unknown_name_is_counted(snapshot: Snapshot) -> None:
    """What no passage holds is told, so that a refusal can rest on it."""
    _, rows = search(snapshot, "Combien de soldats à Xanadoupolis ?")
    assert rows[0]["q_unknown_names"] == 1.0
    _, rows = search(snapshot, "Combien de soldats à Koursk ?")
    assert rows[0]["q_unknown_names"] == 0.0


def test_hits_are_in_order(snapshot: Snapshot) -> None:
    """Best first; equal ones by passage id, so that the same question gives the same answer."""
    found, _ = search(snapshot, "soldats nord-coréens")
    ranked = rank(understand("soldats nord-coréens"), found, ENCODER.stamp)
    keys = [(-hit.standing, hit.passage.passage_id) for hit in ranked]
    assert keys == sorted(keys)
    assert all(0.0 <= hit.score <= 1.0 for hit in ranked)


def test_the_order_moves_places_and_no_scores(snapshot: Snapshot) -> None:
    """What fits best stands where its chance puts it; all others are behind, by the weights of the order."""
    found, rows = search(snapshot, "Combien de soldats l'Ukraine a-t-elle capturés ?")
    weights, order = weights_of("fr"), order_of("fr")
    read_once = [{**row, "read": 0.0} for row in rows]
    ahead = max(sum(weight * row[name] for name, weight in order.items()) for row in read_once)
    likely = dict(zip(found.numbers, read_once, strict=True))
    lent = {"bias", "nearby", "sequel"}
    assert set(order) == {name for name in weights if not name.startswith("q_")} - lent
    for hit in rank(understand("Combien de soldats l'Ukraine a-t-elle capturés ?"), found, ENCODER.stamp):
        odds = weights["bias"] + sum(weights[name] * value for name, value in hit.parts.items())
        behind = ahead - sum(weight * likely[hit.number][name] for name, weight in order.items())
        assert hit.score == pytest.approx(1 / (1 + exp(-odds)), abs=1e-4)
        assert hit.standing == pytest.approx(odds - behind, abs=1e-3)


def test_thresholds_rise_with_caution() -> None:
    """A careful reader is answered less often than an eager one."""
    assert 0 < threshold("eager") < threshold() < threshold("careful") < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Combien de soldats nord-coréens ont été tués ?", "combien de soldats nord coreens ont ete tues"),
        ("L’Ukraine a capturé qui ?", "L'Ukraine  a capturé qui ?"),
        ("Que dit le GUR ?", "Que dit le GUR"),
    ],
)
def test_spelling_of_the_question_changes_no_order(snapshot: Snapshot, one: str, other: str) -> None:
    """Accents, case, spaces and apostrophes: the same passages reach the same of the words."""
    first, second = (search(snapshot, text)[0] for text in (one, other))
    reached = [
        {
            number: round(float(share), 4)
            for number, share in zip(found.numbers, found.reached.sum(axis=0), strict=True)
        }
        for found in (first, second)
    ]
    shared = set(reached[0]) & set(reached[1])
    assert shared
    assert {n: reached[0][n] for n in shared} == {n: reached[1][n] for n in shared}


def test_the_order_of_documents_does_not_matter(tmp_path: Path, seeds: Path) -> None:
    """Files read one by one, in another order, answer as the folder read at once."""
    build(tmp_path / "whole", [seeds], ENCODER)
    for path in sorted(seeds.glob("*.txt"), reverse=True):
        build(tmp_path / "steps", [path], ENCODER)
    whole, steps = (open_snapshot(tmp_path / name) for name in ("whole", "steps"))
    for text in ("Combien de soldats ?", "Qui a démenti ?", "where did it happen?"):
        first, second = (ask(snapshot, ENCODER, text, limit=20, threshold=0.0) for snapshot in (whole, steps))
        assert [(q.passage.span.text, q.score) for q in first.quotes] == [
            (q.passage.span.text, q.score) for q in second.quotes
        ]
