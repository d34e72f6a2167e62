"""Interviews: which question an answer answers, and whose words it is; nothing else is taken for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.prepare import encoder_input, prepare
from index.read import read_file
from index.storage.records import passage_from_json, to_json
from index.types import Document, Passage, Stance

ARTICLES = Path(__file__).parents[1] / "gold" / "interviews" / "articles"


def passages(name: str) -> dict[str, Passage]:
    """The passages of an article of the test data, by their text."""
    (document,) = read_file(ARTICLES / f"{name}.txt", ARTICLES).documents
    return {one.span.text: one for one in prepare(document, "news").passages}


def written(text: str, language: str = "fr") -> list[Passage]:
    document = Document("a", text, text.split("\n")[0], "", language=language)
    return [*prepare(document, "news").passages]


def said(passage: Passage) -> list[tuple[str, str]]:
    return [(voice.holder.text, voice.stance.value) for voice in passage.heard]


@pytest.mark.parametrize(
    ("article", "answer", "asked", "holder", "stance"),
    [
        ("maire", "Oui, mais à quatre heures du matin.", "Avez-vous reçu une alerte de la préfecture ?",
         "Hélène Carpentier", "asserts"),
        ("maire", "Non, c'est faux.",
         "On vous reproche d'avoir laissé construire en zone inondable. Est-ce vrai ?",
         "Hélène Carpentier", "denies"),
        ("chercheuse", "Jamais.", "Le ministère vous a-t-il demandé d'adoucir le rapport ?",
         "Inès Vauquelin", "denies"),
        ("coach", "A: Never.", "Q: There are rumours that you threatened to resign. Did you?",
         "Martin Ellery", "denies"),
        ("coach", "A: Not before October.", "Q: When will Tom Hale play again?", "Martin Ellery", "asserts"),
        ("pilote", "It was oil on hot metal, not a fire.",
         "Some survivors say they smelled smoke for an hour. Are they wrong?", "Dana Whitlock", "asserts"),
        ("baker", "Thirty-one years.", "How long have you been a baker?", "Colm Dardis", "asserts"),
        ("juge", "Claire Obadia – Non, jamais.", "Le Matin – Avez-vous songé à démissionner ?",
         "Claire Obadia", "denies"),
        ("table", "Sylvie Maraud : Non, elle restera ouverte jour et nuit.",
         "Le Courrier : La fusion fera-t-elle fermer la maternité ?", "Sylvie Maraud", "denies"),
        ("table", "Le directeur me l'a dit.", "Le Courrier : La fusion fera-t-elle fermer la maternité ?",
         "Karim Bensaïd", "asserts"),
    ],
)  # fmt: skip
def test_an_answer_has_its_question_and_whoever_gives_it(
    article: str, answer: str, asked: str, holder: str, stance: str
) -> None:
    passage = passages(article)[answer]
    assert passage.asked is not None
    assert passage.asked.text == asked
    # « Le directeur me l'a dit. » has two.
    assert said(passage)[-1] == (holder, stance)
    assert passage.stance is Stance.REPORTS


def test_a_speaker_in_the_passage_is_a_voice_and_one_elsewhere_is_kept_apart() -> None:
    """The holder of a voice lies inside its passage; where the speaker is named lies in the document."""
    found = passages("dialogue")
    first = found["Nadia Belkacem : C'est une honte."]
    later = found["Le groupe a versé 40 millions à ses actionnaires l'an dernier."]
    (voice,) = first.voices
    assert first.speaker is None
    assert voice.cue is not None
    start = first.span.start
    assert first.span.text[voice.holder.start - start : voice.holder.end - start] == "Nadia Belkacem"
    assert first.span.text[voice.cue.start - start : voice.cue.end - start] == ":"
    assert not later.voices
    assert later.speaker is not None
    assert later.speaker.holder == voice.holder


def test_what_shows_a_denial_shows_the_speakers() -> None:
    denial = passages("maire")["Non, c'est faux."]
    assert denial.cue is None
    assert denial.speaker is not None
    assert denial.speaker.cue is not None
    assert denial.speaker.cue.text == "c'est faux"


def test_who_is_quoted_within_an_answer_keeps_their_voice() -> None:
    answer = next(one for text, one in passages("chercheuse").items() if text.startswith("Selon elle"))
    assert said(answer) == [("elle", "asserts"), ("Inès Vauquelin", "asserts")]


@pytest.mark.parametrize("article", ["faq", "eau", "rhetorique", "liste", "cv"])
def test_an_article_with_questions_or_colons_is_no_interview(article: str) -> None:
    """A page of questions, headings that ask, a list with colons: nobody is given the article's words."""
    assert all(one.speaker is None for one in passages(article).values())


def test_a_page_of_questions_has_its_answers_too() -> None:
    asked = passages("faq")["Elle coûte 45 euros par an."].asked
    assert asked is not None
    assert asked.text == "Combien coûte-t-elle ?"


def test_only_the_paragraph_behind_a_question_answers_it() -> None:
    first, later = written("Un vote\n\nQui votera pour ?\n\nLe centre hésite.\n\nLe Sénat votera lundi.\n")[
        -2:
    ]
    assert first.asked is not None
    assert later.asked is None


def test_a_question_within_a_paragraph_is_answered_by_the_two_sentences_behind_it() -> None:
    """In any article; a question that is quoted, or put by somebody, is not the article's own."""
    text = "Un vote\n\nIl pleut. Qui a gagné ? Eux, dit la CGT. Le maire nie. Il est tard.\n\nIl dort.\n"
    asked = {one.span.text: one.asked and one.asked.text for one in written(text)}
    assert asked == {
        "Un vote": None,
        "Il pleut.": None,
        "Qui a gagné ?": None,
        "Eux, dit la CGT.": "Qui a gagné ?",
        "Le maire nie.": "Qui a gagné ?",
        "Il est tard.": None,
        "Il dort.": None,
    }
    quoted = written(
        "Un vote\n\n« Qui a gagné ? », demande le maire. Il rit. « Pourquoi partir ? » Il rit.\n"
    )
    assert [one.asked for one in quoted] == [None] * len(quoted)


@pytest.mark.parametrize(
    "lead",
    [
        "Le maire répond à nos questions.",
        "Anne Morel et Paul Durand répondent. Anne Morel et Paul Durand ont été rencontrés mardi.",
    ],
)
def test_nobody_is_given_words_that_may_be_anothers(lead: str) -> None:
    """Who is not named, or one of two, is not guessed."""
    text = f"La crue\n\n{lead}\n\nAvez-vous peur ?\n\nJe dors mal.\n\nQue ferez-vous ?\n\nNous partirons.\n"
    assert all(one.speaker is None for one in written(text))


def test_the_interviewers_words_are_nobodys() -> None:
    found = passages("maire")
    asks = found["On vous reproche d'avoir laissé construire en zone inondable."]
    assert asks.speaker is None
    assert asks.asked is None


def test_an_answer_is_encoded_with_its_question_and_kept_to_the_letter() -> None:
    answer = passages("maire")["Oui, mais à quatre heures du matin."]
    assert encoder_input(answer) == (
        "Avez-vous reçu une alerte de la préfecture ? Hélène Carpentier: Oui, mais à quatre heures du matin."
    )
    raw = to_json(answer)
    assert passage_from_json(json.loads(raw)) == answer


def test_a_passage_of_an_older_version_is_read() -> None:
    """Versions built before interviews were read tell neither question nor speaker."""
    raw = json.loads(to_json(passages("faq")["Elle coûte 45 euros par an."]))
    del raw["asked"], raw["speaker"]
    assert passage_from_json(raw).speaker is None
