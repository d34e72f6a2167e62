"""Furniture: found on any site, and never at the price of the article's own sentence."""

import json
from pathlib import Path

import pytest

from index.clean import furniture

ROOT = Path(__file__).parents[2]
GOLD = [json.loads(line) for line in (ROOT / "tests/gold/passages.jsonl").read_text("utf-8").splitlines()]
LEAD = "Le maire a annoncé hier soir que la trêve tiendrait jusqu’à la fin de la semaine."
END = "Les deux camps ont promis de laisser passer les convois de vivres et de médicaments."


def found(text: str) -> list[str]:
    return [span.text for span in furniture(text)]


def test_the_five_articles() -> None:
    """All nine labelled furniture lines are found, and no other labelled sentence."""
    wrong = []
    for path in sorted((ROOT / "seeds/articles").glob("*.txt")):
        spans = furniture(path.read_bytes().decode())
        for row in GOLD:
            if row["doc"] == path.name:
                inside = any(span.start <= row["start"] and row["end"] <= span.end for span in spans)
                touched = any(span.start < row["end"] and row["start"] < span.end for span in spans)
                if inside != row["boilerplate"] or touched != row["boilerplate"]:
                    wrong.append(row["text"])
    assert wrong == []


@pytest.mark.parametrize(
    "line",
    [
        "AccueilMonde",
        "Accueil > Monde > Moyen-Orient",
        "ÉconomieTech",
        "Thème clair Thème sombre",
        "Dark mode | Light mode",
        "Se connecter S'abonner",
        "PartagerImprimer",
        "Partager sur Facebook",
        "Share this article",
        "Mentions légales",
        "Abonnez-vous gratuitement à notre infolettre !",
        "Sign up for our free newsletter",
        "Tout accepter",
        "Inscrivez-vous à notre newsletter pour ne rien manquer.",
        "Suivez-nous sur Telegram",
        "Follow us on X",
        "En poursuivant votre navigation, vous acceptez l’utilisation de cookies.",
        "Nous utilisons des cookies et des traceurs.",
        "By clicking “Subscribe”, you agree to our terms.",
        "We use cookies to improve your experience.",
        "Lire aussi : Le port rouvre. Les pêcheurs attendent",
        "À lire aussi",
        "Read more: The port reopens",
        "Related articles",
        "© 2024 Le Relais",
        "© Le Relais / AFP",
        "Copyright 2024. All rights reserved.",
        "Tous droits réservés",
        "Crédit photo : Paul Roy",
        "(Photo by Ann Lee)",
        "12 commentaires",
        "3 comments",
        "Temps de lecture : 4 min",
        "5 min read",
        "Publié le 3 mai 2024 à 10h30",
        "Updated on May 3, 2024",
        "Par Jeanne Le Goff",
        "By Ann Lee",
        "[image]: https://a.b/c.png",
        "Votre adresse e-mail ne sera pas publiée.",
        "Leave a comment",
        "Cet article est réservé aux abonnés.",
        "* * *",
        "![carte](carte.png)",
        '<div class="x">',
        "https://exemple.org/a",
        "Publicité",
        "Advertisement",
        "Déjà abonné ? Connectez-vous",
        "Téléchargez notre application",
        "Support our journalism",
        "Article sponsorisé",
        "Il vous reste 72,5 % de cet article à lire.",
        "Accueil > Économie > Transports maritimes",
        "Home / News / Harbour",
        "Par Jeanne Le Goff, envoyée spéciale à Kaltes",
        "Par Le Relais du Val avec AFP",
        "By Ann Lee, Staff Writer",
        "By Ann Lee (Associated Press)",
        "(AFP)",
        "Propos recueillis par Luc Amar",
        "(Reporting by Ann Lee; Editing by Tom Ives)",
        "(Adds quotes, background)",
        "abc/de/fgh",
        "#Kaltes #grève",
        "3 min",
        "La suite après la publicité",
        "Voir les 14 commentaires",
        "Étiquettes : eau, sécheresse",
        "Se désabonner | Voir dans le navigateur",
        "Nous et nos 120 partenaires stockons des informations sur un terminal, telles que les cookies.",
        "With your consent, we and our 87 partners use cookies.",
        "Profitez de notre offre : 1 € le premier mois",
        "To continue reading, sign in or create an account",
        "Follow Ann Lee on X: @annlee",
        "L’article Le port rouvre. Les pêcheurs attendent est apparu en premier sur Le Relais.",
        "The post Harbour reopens appeared first on The Ledger.",
    ],
)
def test_lines_of_other_sites(line: str) -> None:
    """Lines that other pages put in the middle of an article are furniture."""
    assert "".join(found(f"{LEAD}\n\n{line}\n\n{END}\n")).replace(" ", "") == line.replace(" ", "")


@pytest.mark.parametrize(
    "line",
    [
        "La newsletter du ministère annonçait déjà la réforme.",
        "Google renonce aux cookies tiers.",
        "Les cookies seront interdits en 2026.",
        "« Abonnez-vous à notre newsletter », répète le parti à ses adhérents.",
        "The newsletter was read by 3,000 officers.",
        "Inscrivez-vous sur les listes électorales, demande le maire.",
        "Le site utilise des cookies pour suivre les opposants.",
        "International observers left the city.",
        "Partager le pouvoir est impossible, dit-il.",
        "Publié hier, le rapport accuse l’armée.",
        "Par peur, les habitants ont fui.",
        "By noon the bridge was gone",
        "By Monday night",
        "Monde arabe : la colère monte",
        "Le journaliste a été arrêté parce qu’il couvre la guerre.",
        "Lire ce texte, c’est comprendre la guerre.",
        "Sources diplomatiques : 12 morts",
        "Photographe tué : une enquête est ouverte",
        "Une source proche du dossier",
        "Recevez nos condoléances, a écrit le roi.",
        "Contactez-nous, supplient les otages dans une vidéo.",
        "Guerre en Ukraine : ce que l’on sait",
        "Read the letter in full, the judge said.",
        "Related charges were dropped.",
        "Video shows the attack.",
        "Images of the strike spread.",
        "Suivez l’argent, conseille le juge.",
        "Et maintenant ?",
        "12 morts",
        "Politique de la terre brûlée",
        "Accueil des réfugiés | ce que l’on sait",
        "Par Dieu, il a juré, le correspondant",
        "Abonnement à 49 € par mois : la région change ses tarifs",
        "Suivez mon regard, dit le maire.",
        "By train or by car, staff must come",
        "À partir de 450 € par mois, un étudiant se loge.",
        "Propos racistes : le maire condamné",
        "12 minutes de silence",
        "Follow the money, the judge said.",
        "Tags on the wall named the mayor.",
    ],
)
def test_news_stays(line: str) -> None:
    """The words of furniture as the subject of news, and short headings, are kept."""
    assert found(f"{LEAD}\n\n{line}\n\n{END}\n") == []


def test_a_plea_after_a_sentence_takes_that_sentence_alone() -> None:
    """A line that holds both keeps the article's part."""
    text = f"{LEAD} Abonnez-vous à notre newsletter.\n\n{END}"
    assert found(text) == ["Abonnez-vous à notre newsletter."]


def test_a_link_behind_a_teaser_takes_itself_alone() -> None:
    """« Lire la suite » at the end of a line is the page's; the sentence before it is not."""
    assert found(f"{LEAD} Lire la suite\n\n{END}") == ["Lire la suite"]
    assert found(f"{LEAD} En direct.\n\n{END}") == []


def test_one_word_is_furniture_beside_furniture() -> None:
    """« X » among the buttons is a button; alone, it is the article's."""
    assert found(f"{LEAD}\n\nPartager\nFacebook\nX\n\n{END}") == ["Partager", "Facebook", "X"]
    assert found(f"{LEAD}\n\nX\n\n{END}") == []


def test_titles_under_read_also_go_until_the_article_resumes() -> None:
    """A list of other articles is furniture; the next real sentence is not."""
    text = f"{LEAD}\n\nLire aussi\nLe port rouvre\nLes pêcheurs attendent\n\n{END}\n"
    assert found(text) == ["Lire aussi", "Le port rouvre", "Les pêcheurs attendent"]


def test_a_biography_is_furniture_at_the_end_alone() -> None:
    """The author speaks of herself after the article; within it, she is a witness."""
    about = "Journaliste passionnée, je couvre la région depuis dix ans."
    assert found(f"{LEAD}\n\n{END}\n\n{about}\n") == [about]
    assert found(f"{about}\n\n{LEAD}\n\n{END}\n") == []


def test_front_matter_and_code_are_furniture() -> None:
    """Neither is ever a passage; a fence that is never closed is text."""
    text = f"---\ntitle: x\n---\n\n{LEAD}\n\n```\nNous avons fui.\n```\n\n{END}\n\n```\n{LEAD}\n"
    assert found(text) == ["---\ntitle: x\n---", "```\nNous avons fui.\n```", "```"]
