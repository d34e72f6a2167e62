"""A follow-up is made whole from the conversation's own words; a whole question is left alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build import build
from index.lexical import question_terms, words
from index.storage.snapshot import Snapshot, open_snapshot
from qa.answer import ask
from qa.conversation import whole
from qa.understanding.followup import has_matter
from qa.understanding.slots import happened_to

GOLD = Path(__file__).parent.parent / "gold" / "followups.jsonl"
DIALOGUES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("history", "text", "meant"),
    [
        (["Combien de soldats à Koursk ?"], "et selon Kiev ?", "Combien de soldats à Koursk selon Kiev ?"),
        (["Combien de soldats selon Kiev ?"], "et selon Séoul ?", "Combien de soldats selon Séoul ?"),
        (["Combien de morts à Vireval selon la police ?"], "et à Morlan ?", "Combien de morts à Morlan ?"),
        (["Combien de chomeurs en Espagne ?"], "et au portugal ?", "Combien de chomeurs au portugal ?"),
        (["Qui a tué le maire ?"], "Pourquoi ?", "Qui a tué le maire, et pourquoi ?"),
        (["Que pense Macron du budget ?"], "Est-il content ?", "Macron est-il content ?"),
        (["Que pense Macron du budget ?"], "Selon qui ?", "Que pense Macron du budget, selon qui ?"),
        (["Who said that the deal is off?"], "When?", "Who said that the deal is off, and when?"),
        (["Combien de soldats ?"], "et a fui ?", "Combien de soldats, et a fui ?"),
        (["Quel est le prix du pétrole ?"], "et du gaz ?", "Quel est le prix du gaz ?"),
        (["Combien de voix Durand a-t-il eues ?"], "et Martin ?", "Combien de voix Martin a-t-il eues ?"),
        (["La Grèce va-t-elle payer ?"], "et le Portugal ?", "Le Portugal va-t-il payer ?"),
        (["Que dit Martin de l'euro ?"], "et les Grecs ?", "Que dit Martin de l'euro, et les Grecs ?"),
        (["Did NATO confirm the deployment?"], "and South Korea?", "Did South Korea confirm the deployment?"),
        (["When was Zelaya overthrown?"], "where did he go?", "Where did Zelaya go?"),
        (["Durand a-t-il été jugé ?"], "fait-il appel ?", "Durand fait-il appel ?"),
        (["Durand a-t-il été jugé ?"], "pourquoi l'a-t-il tué ?", "Pourquoi Durand l'a-t-il tué ?"),
        (["Durand a-t-il été jugé ?"], "que dit-il ?", "Que dit Durand ?"),
        # As it is asked aloud; « il y a » is nobody.
        (["Où vit Anne Morel ?"], "elle est mariée ?", "Anne Morel est mariée ?"),
        (["Durand a-t-il été jugé ?"], "il y a combien de témoins ?",
         "Durand a-t-il été jugé, et il y a combien de témoins ?"),
        # Who it is leaves nothing that « démentir » could be about, the gas does.
        (["Qui est Durand ?"], "il a démenti ?", "Durand a démenti ?"),
        (["Qui est Kim Jong-un ?"], "a-t-il démenti ?", "Kim Jong-un a-t-il démenti ?"),
        (["Who is Ann Price?"], "did she deny it?", "Did Ann Price deny it?"),
        (["Que dit Durand du gaz ?"], "il dément ?", "Que dit Durand du gaz, et il dément ?"),
        (["Que dit Durand du gaz ?"], "a-t-il démenti ?", "Que dit Durand du gaz, et a-t-il démenti ?"),
        (["Que dit Martin ?"], "selon qui ?", "Que dit Martin, selon qui ?"),
        (["Is the drug safe?"], "says who?", "Is the drug safe, says who?"),
        (["Pourquoi Durand a-t-il fui ?"], "quand ?", "Quand Durand a-t-il fui ?"),
        (["Le juge a-t-il cédé ?"], "sous quelle menace ?", "Sous quelle menace le juge a-t-il cédé ?"),
        (["Est-ce que le juge a cédé ?"], "pourquoi ?", "Pourquoi est-ce que le juge a cédé ?"),
        (["Where was Zelaya arrested?"], "by whom?", "By whom was Zelaya arrested?"),
        (["Did Oakham burn?"], "and when?", "When did Oakham burn?"),
        (["Did Oakham burn?", "how many died?"], "why?", "Why did Oakham burn?"),
        (["Où vivent les soldats ?", "sont-ils bien formés ?"], "par qui ?",
         "Où vivent les soldats, et par qui sont-ils bien formés ?"),
        (["How many soldiers deserted?"], "why?", "How many soldiers deserted, and why?"),
        (["Combien de soldats ont fui ?"], "pourquoi ?", "Combien de soldats ont fui, et pourquoi ?"),
        (["Où a eu lieu l'attentat ?"], "quand ?", "Quand a eu lieu l'attentat ?"),
        (["Où est le procès de Durand ?"], "pourquoi ?", "Où est le procès de Durand, et pourquoi ?"),
        (["Où le maire a été jugé ?"], "pourquoi ?", "Pourquoi le maire a été jugé ?"),
        (["Durand a été libéré ?"], "quand ?", "Quand Durand a été libéré ?"),
        (["Combien ont été libérés ?"], "quand ?", "Combien ont été libérés, et quand ?"),
        (["Why does Anna Price arrive late?"], "did she apologise?", "Did Anna Price apologise?"),
        (["Quand Durand arrive-t-il ?"], "que dit-il ?", "Que dit Durand ?"),
        (["What does Anna Price's lawyer say?"], "and Durand?", "What does Durand's lawyer say?"),
        (["Did Anna Price take the money?"], "does she deny it?",
         "Did Anna Price take the money, and does she deny it?"),
        (["Did Anna Price take the money?", "does she deny it?"], "and according to the judge?",
         "Did Anna Price take the money according to the judge?"),
        (["Durand a-t-il triché ?"], "le nie-t-il ?", "Durand a-t-il triché, et le nie-t-il ?"),
        (["Does Anna Price's lawyer appeal?"], "what does she say?", "What does Anna Price's lawyer say?"),
        (["Combien de morts à Vireval ?"], "combien selon la préfète ?",
         "Combien de morts à Vireval selon la préfète ?"),
        (["How many were hurt in Oakham?"], "how many according to the mayor?",
         "How many were hurt in Oakham according to the mayor?"),
        (["Combien de morts à Vireval ?"], "et combien à Morlan ?", "Combien de morts à Morlan ?"),
        (["How many fled Oakham?", "who says so?"], "and according to the army?",
         "How many fled Oakham according to the army?"),
        (["Combien de morts à Vireval ?", "qui le dit ?"], "et la préfecture ?",
         "Combien de morts à Vireval selon la préfecture ?"),
        (["Did Oakham burn?", "who denies it?"], "and Kiev?", "Did Oakham burn according to Kiev?"),
        (["Who rebuilt Oakham?", "Who shut Vireval?"], "back to Oakham: when?",
         "Who rebuilt Oakham, and when?"),
        (["Who rebuilt Oakham?", "Who shut Vireval?"], "about Oakham again: how many paid?",
         "Who rebuilt Oakham, and how many paid?"),
        (["Qui dirige la banque ?", "Qui dirige Vireval ?"], "et la banque, combien de membres ?",
         "Qui dirige la banque, et combien de membres ?"),
        (["Qui joue au Mondial 2018 ?"], "et 2022 ?", "Qui joue au Mondial 2022 ?"),
        (["Qui a gagné en 2018 ?"], "et en 2022 ?", "Qui a gagné en 2022 ?"),
        (["How many trains run on Monday?"], "and Tuesday?", "How many trains run on Tuesday?"),
        (["Combien de trains à Vireval ?"], "et demain ?", "Combien de trains à Vireval demain ?"),
        (["Who spoke in Oakham?"], "and Desmond Tutu?", "Who spoke in Oakham, and Desmond Tutu?"),
        (["Qui a opéré Durand à Vireval ?"], "quand est-il parti ?",
         "Qui a opéré Durand à Vireval, et quand est-il parti ?"),
        (["Que fait la Société royale ?"], "et Martin ?", "Que fait Martin ?"),
        (["When did the North Koreans leave?"], "why did they stay?", "Why did the North Koreans stay?"),
        (["Combien de soldats ont été tués ?"], "et combien ont fui ?", "Combien de soldats ont fui ?"),
        (["Quand les Grecs ont-ils fui ?"], "combien sont revenus ?", "Combien de Grecs sont revenus ?"),
        (["How many soldiers fled?"], "how many have returned?",
         "How many soldiers fled, and how many have returned?"),
        (["Combien de soldats ont été tués ?"], "Kiev l'a-t-il confirmé ?",
         "Combien de soldats ont été tués, et Kiev l'a-t-il confirmé ?"),
        (["Qui a gagné à Vireval ?"], "Kiev en parle-t-il ?",
         "Qui a gagné à Vireval, et Kiev en parle-t-il ?"),
        (["Did Oakham burn?"], "did Kiev deny it?", "Did Oakham burn, and did Kiev deny it?"),
        (["Who rebuilt Oakham?", "with which tool?"], "when?", "Who rebuilt Oakham, and when?"),
        (["Qui a bâti le pont ?", "en combien de temps ?"], "pourquoi ?",
         "Qui a bâti le pont, et pourquoi ?"),
        (["Why did Oakham burn?", "according to whom?"], "who saw it?",
         "Why did Oakham burn, and who saw it?"),
        (["Martin a-t-il perdu ?", "Who shut Oakham?"], "revenons à Martin : que dit-il ?",
         "Que dit Martin ?"),
        (["Combien de morts à Vireval ?"], "et les blessés ?", "Combien de blessés à Vireval ?"),
        (["How many people were killed in Oakham?"], "and the injured?",
         "How many people were injured in Oakham?"),
        (["Combien de manifestants à Vireval ?"], "et les grévistes ?", "Combien de grévistes à Vireval ?"),
        (["Combien de morts à Vireval selon Durand ?"], "combien de blessés ?",
         "Combien de blessés à Vireval selon Durand ?"),
        (["Combien d'hommes ont fui ?"], "et les femmes ?", "Combien de femmes ont fui ?"),
        (["How many North Korean soldiers were killed?"], "and the civilians?",
         "How many civilians were killed?"),
        (["Combien de morts selon la police ?"], "et les soldats ?", "Combien de morts selon les soldats ?"),
        (["Combien de morts à Vireval ?"], "et d'hospitalisés ?", "Combien d'hospitalisés à Vireval ?"),
        (["Combien de morts à Vireval ?"], "et l'an dernier ?", "Combien de morts à Vireval l'an dernier ?"),
        (["How many fires were there this year?"], "and last year?",
         "How many fires were there last year?"),
        (["Combien de morts à Vireval ?"], "et les policiers ?",
         "Combien de morts à Vireval, et les policiers ?"),
        (["Which rivers rise in Vireval?"], "how many homes were flooded?",
         "Vireval: how many homes were flooded?"),
        (["Que dit la maire de la crue ?"], "Et la ministre ?", "Que dit la ministre de la crue ?"),
        (["Que réclame la maire de Lyon ?"], "et le préfet ?", "Que réclame le préfet de Lyon ?"),
        (["La maire a-t-elle cédé ?"], "et le préfet du Nord ?", "Le préfet du Nord a-t-il cédé ?"),
        (["Que dit Durand du pont ?"], "et la ministre ?", "Que dit la ministre du pont ?"),
        (["Que dit le ministre de la Défense ?"], "et Durand ?", "Que dit Durand ?"),
        (["What does the mayor say of the bridge?"], "and the prime minister?",
         "What does the prime minister say of the bridge?"),
        (["Que dit Oakham ?"], "et le maire de Lyon ?", "Que dit le maire de Lyon ?"),
        (["Que dit le préfet du Nord ?"], "et le maire de Lyon ?", "Que dit le maire de Lyon ?"),
        (["Que pense Oakham du pont ?"], "et les riverains ?", "Que pensent les riverains du pont ?"),
        (["Que disent les riverains ?"], "et l'hôpital ?", "Que dit l'hôpital ?"),
        (["What does Oakham say?"], "and the workers?", "What do the workers say?"),
        (["Que dit Oakham ?"], "et la hausse ?", "Que dit Oakham, et la hausse ?"),
        (["Qui a réparé le pont ?"], "et la maire ?", "Qui a réparé le pont, et la maire ?"),
        (["Who is Durand?"], "et Martin, que dit-il ?", "Who is Durand, and Martin, que dit-il ?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_made_whole(history: list[str], text: str, meant: str) -> None:
    """A speaker, a place, a time, somebody, a question word: each takes its place, or stands behind."""
    assert whole(text, history) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Que prévoit l'article 4 de l'accord entre Moscou et Pyongyang ?",
        "Qui dirige le Conseil constitutionnel ivoirien ?",
        "How many tunnellers might Kim Jong-un send?",
        "Combien de soldats nord-coréens sont en Russie ?",
        "weather tomorrow?",
        "Moldova election winner?",
        "grève SNCF combien de trains ?",
        "Qui a gagné l'élection en Moldavie ?",
        "Qui est le président de la Moldavie ?",
        "Qui est Zelaya ?",
        "What happened in Clichy?",
        "Quand la Grèce a-t-elle reçu l'aide européenne ?",
        "Pourquoi Renault ferme-t-il son usine de Flins ?",
        "Did Obama say he would close Guantanamo?",
        "l'ours blanc est-il menacé ?",
    ],
)
def test_a_whole_question_is_left_alone(text: str) -> None:
    """A changed subject takes nothing from the conversation."""
    assert whole(text, ["Who shut the Vireval mine?", "Pourquoi ?"]) is None


def test_without_history_nothing_is_rewritten() -> None:
    """The first question stands for itself, however short; empty turns are no turns."""
    assert whole("pourquoi ?", []) is None
    assert whole("pourquoi ?", ["", " ? "]) is None


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue["dialogue_id"])
def test_only_words_of_the_conversation_are_used(dialogue: dict[str, list[dict[str, str]]]) -> None:
    """What the reader is shown as understood is what the reader said, but for « et » and the like."""
    said: list[str] = []
    for turn in dialogue["turns"]:
        meant = whole(turn["text"], said)
        said.append(turn["text"])
        if meant is not None:
            assert {word for asked in said for word in words(asked)} >= set(question_terms(meant))


def test_most_follow_ups_mean_what_their_full_form_says() -> None:
    """Of the terms of the full form, which people wrote, nearly all are carried over."""
    shares = []
    for dialogue in DIALOGUES:
        said: list[str] = []
        for turn in dialogue["turns"]:
            if "full" in turn:
                meant = set(words(whole(turn["text"], said) or turn["text"]))
                wanted = {word for word in words(turn["full"]) if len(word) > 4}
                shares.append(len(wanted & meant) / max(1, len(wanted)))
            said.append(turn["text"])
    assert len(shares) >= 40
    assert sum(shares) / len(shares) >= 0.85


@given(st.lists(st.text(max_size=60), max_size=4), st.text(min_size=1, max_size=60))
@settings(max_examples=150)
def test_any_text_can_follow_any_text(history: list[str], text: str) -> None:
    """Odd characters, empty turns, marks alone: an answer or None, never an error."""
    meant = whole(text, history)
    assert meant is None or meant.strip()


def test_many_capitals_are_read_at_once() -> None:
    """A long question in capitals is no riddle: in a process of its own, as it would stop all others."""
    read = "from qa.conversation import whole; print(whole('why did he say that?', ['{} in it?']))"
    for capitals in ("AB " * 60, "Ab " * 60, "Ab d'" * 60, "A-" * 120):
        asked = [sys.executable, "-c", read.format(capitals.replace("'", "’"))]
        assert subprocess.run(asked, capture_output=True, timeout=60, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("earlier", "text", "meant"),
    [
        ("QUE VEUT DIRE LE MINISTRE ?", "et Martin ?", "Que veut dire le ministre, et Martin ?"),
        (
            "QUE PENSE LE PRÉSIDENT ?",
            "est-il content ?",
            "Que pense le président, et est-il content ?",
        ),
        ("Combien de morts à Lyon ?", "ET À PARIS ?", "Combien de morts à paris ?"),
        ("Combien de morts à Lyon ?", "POURQUOI ?", "Combien de morts à Lyon, et pourquoi ?"),
        ("Que dit Macron ?", "OTAN ?", "Que dit OTAN ?"),
    ],
)
def test_capitals_throughout_show_no_names(earlier: str, text: str, meant: str) -> None:
    """What is written in capitals is read as in small letters; one word alone may be a name."""
    assert whole(text, [earlier]) == meant


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Que s'est-il passé à Vireval ?", "Vireval"),
        ("que s est il passé à Vireval", "Vireval"),
        ("Qu'est-ce qui s'est passé à Vireval ?", "Vireval"),
        ("Qu'est-il arrivé à Paul Durand ?", "Paul Durand"),
        ("What happened to Anna Price?", "Anna Price"),
        ("Tell me about Oakham", "Oakham"),
        ("What happened to the bridge?", None),
        ("What happened?", None),
        ("Who is Anna Price?", None),
    ],
)
def test_who_asks_what_happened_names_whom_or_where(text: str, about: str | None) -> None:
    """It is searched for by the name alone too; after another question it stands by itself."""
    assert happened_to(text) == about
    if about:
        assert whole(text, ["Did Oakham burn?"]) is None


def test_what_happened_somewhere_is_answered_by_what_is_told_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Une digue a cédé lundi à Vireval.\n", encoding="utf-8")
    build(tmp_path / "store", [folder], TrigramEncoder())
    snapshot = open_snapshot(tmp_path / "store")
    least = ask(snapshot, TrigramEncoder(), "Vireval", threshold=0.0).quotes[0].score
    found = ask(snapshot, TrigramEncoder(), "Que s'est-il passé à Vireval ?", threshold=least)
    assert found.answered
    assert found.question.rewritten is None


def test_question_words_alone_have_no_matter() -> None:
    """« et pourquoi ? » cannot be searched for as it stands, « et Kiev ? » can."""
    assert not has_matter("et pourquoi ?")
    assert has_matter("et Kiev ?")


@pytest.mark.parametrize(
    "text", ["who denies it?", "who denied it?", "and who doubts it?", "qui le nie ?", "et qui dément ?"]
)
def test_who_denies_it_is_asked_of_its_matter_alone(text: str) -> None:
    """By itself it would find the denials of other matters."""
    assert not has_matter(text)
    assert has_matter("who denies the strike?")


def test_an_answer_says_how_it_was_understood(snapshot: Snapshot) -> None:
    """The question stays as typed, `rewritten` is the whole one, and decides what is asked for."""
    history = ["Combien de soldats nord-coréens sont en Russie ?"]
    answer = ask(snapshot, TrigramEncoder(), "et selon Lloyd Austin ?", history=history, threshold=0.0)
    assert answer.question.text == "et selon Lloyd Austin ?"
    assert answer.question.rewritten == "Combien de soldats nord-coréens sont en Russie selon Lloyd Austin ?"
    assert answer.figures
    again = ask(snapshot, TrigramEncoder(), history[0], history=history, threshold=0.0)
    assert again.question.rewritten is None


def test_who_speaks_in_the_answer_before_is_asked_what_they_say(tmp_path: Path) -> None:
    """After a count « et la police ? » asks for the police's count; who is silent or counted is counted."""
    told = "Le cortège de Vireval a réuni 12 000 manifestants et 40 cheminots, selon la police."
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(f"{told}\n\nLes cheminots affirment être partis tôt.\n", encoding="utf-8")
    build(tmp_path / "store", [news], TrigramEncoder())
    snapshot, history = open_snapshot(tmp_path / "store"), ["Combien de manifestants à Vireval ?"]

    def meant(text: str, *before: str) -> str | None:
        answer = ask(snapshot, TrigramEncoder(), text, history=[*history, *before], threshold=0.0)
        return answer.question.rewritten

    assert meant("et la police ?") == "Combien de manifestants à Vireval selon la police ?"
    assert meant("et les cheminots ?") == "Combien de manifestants à Vireval, et les cheminots ?"
    assert meant("et les grévistes ?") == "Combien de grévistes à Vireval ?"
    assert meant("et les blessés ?") == "Combien de blessés à Vireval ?"
    assert meant("et à Morlan ?", "et la police ?") == "Combien de manifestants à Morlan ?"
    # What else they say is no count.
    told_by = ask(snapshot, TrigramEncoder(), "et selon les cheminots ?", history=history)
    assert told_by.quotes
    assert all(one.passage.figures for one in told_by.quotes)


@pytest.mark.parametrize(
    ("history", "rewritten"),
    [
        (["?"], None),
        (["?", "pourquoi ?"], "Pourquoi, et quand ?"),
        (["pourquoi ?", "?"], "Pourquoi, et quand ?"),
        (["Combien de soldats ?", " … "], "Combien de soldats, et quand ?"),
        (["?" * 1_100 + "soldats"], None),
        ([" " * 1_100 + "Combien de soldats ?"], "Combien de soldats, et quand ?"),
    ],
)
def test_what_asked_nothing_is_followed_by_no_question(
    snapshot: Snapshot, history: list[str], rewritten: str | None
) -> None:
    """A mark alone or a text that was too long stands before: the follow-up is not refused for it."""
    answer = ask(snapshot, TrigramEncoder(), "et quand ?", history=history, threshold=0.0)
    assert answer.question.rewritten == rewritten


@pytest.mark.parametrize("thanks", ["merci !", "Merci beaucoup", "thank you very much", "ok"])
def test_thanks_ask_nothing(thanks: str) -> None:
    """They repeat no question, and the next one follows the question before them."""
    assert whole(thanks, ["Combien de soldats ?"]) is None
    followed = ["Combien de soldats ont été tués ?", "et selon Kiev ?"]
    assert whole(followed[1], [followed[0], thanks]) == whole(followed[1], followed[:1])
