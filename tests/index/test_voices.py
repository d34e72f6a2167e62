from __future__ import annotations

import pytest

from index.types import Stance, VoiceStance
from tests.index.marked import Example
from tests.index.reading import article, read
from tests.index.test_stance import LABELLED


@pytest.mark.parametrize(("language", "example"), LABELLED)
def test_a_labelled_sentence_has_its_voices_and_no_others(language: str, example: Example) -> None:
    voices = list(read(example.text, language, example.role).voices)
    for start, end, stance in example.voices:
        match = next(
            (v for v in voices if v.stance is stance and v.holder.start < end and start < v.holder.end), None
        )
        assert match is not None, f"{example.text[start:end]} {stance} is missing"
        voices.remove(match)
    assert not voices


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        ("Selon des élus et un rapport officiel, l'eau baisse.", ["des élus", "un rapport officiel"]),
        ("Paris, Berlin et Madrid ont condamné l'attaque.", ["Paris", "Berlin", "Madrid"]),
        ("Des témoins, ainsi que les pompiers, affirment qu'il couvait.", ["Des témoins", "les pompiers"]),
        ("Des sources russes et américaines évoquent un accord.", ["Des sources russes et américaines"]),
    ],
)  # fmt: skip
def test_several_voices_in_a_sentence(sentence: str, holders: list[str]) -> None:
    assert [v.holder.text for v in read(sentence).voices] == holders


@pytest.mark.parametrize(
    ("language", "sentence", "holders"),
    [
        # What opens a sentence and only describes the speaker, or repeats who speaks, is no name.
        ("fr", "Absent, Paul Durand a fait savoir qu'il ne viendrait pas.", ["Paul Durand"]),
        ("fr", "Présent sur place, le ministre a promis des renforts.", ["le ministre"]),
        ("fr", "Durand, le maire, affirme que le pont tiendra.", ["Durand, le maire"]),
        ("fr", "La CGT, elle, affirme que le pont tiendra.", ["La CGT"]),
        ("en", "Furious, the mayor said that the bridge would hold.", ["the mayor"]),
        # A headline's first word has its capital for its place.
        ("fr", "Vol au musée : « Un coup de professionnels »", []),
        ("fr", "À Paris : « Tout a tremblé »", []),
        ("fr", "Paul Durand : « Nous partirons »", ["Paul Durand"]),
        ("fr", "Łukasz Żal : « Nous partirons »", ["Łukasz Żal"]),
        ("fr", "CGT : « Nous partirons »", ["CGT"]),
        ("fr", "Moscou : « Nous partirons »", ["Moscou"]),
        # « et » ends a holder where what follows is given to somebody else.
        ("fr", "Nice compte 5 000 morts selon la police et 12 000 selon la CGT.", ["la police", "la CGT"]),
        ("fr", "Nice a douze morts selon Kiev et au moins quarante selon Moscou.", ["Kiev", "Moscou"]),
        ("fr", "La rue est coupée selon la police et selon la mairie.", ["la police", "la mairie"]),
        # How many speak belongs to them.
        ("fr", "62 % des élèves estiment que le repas est froid.", ["62 % des élèves"]),
        ("fr", "Et 66% des élus croient que la loi passera.", ["66% des élus"]),
        ("en", "Of the nine scholars contacted, five doubt the attribution.", ["five"]),
        ("fr", "Près de 300 habitants affirment qu'il tremble.", ["Près de 300 habitants"]),
        ("fr", "À peine 28% des clients disent qu'ils reviendront.", ["À peine 28% des clients"]),
        ("fr", "Selon le maire et deux témoins, la rue est coupée.", ["le maire et deux témoins"]),
        ("fr", "Deux élus, qui ont ri, racontent une autre fin : selon eux, il dort.", ["Deux élus"]),
        ("en", "It drew 20 according to police and 200 according to unions.", ["police", "unions"]),
        # Neither the place and day before the speaker, nor the day of the words, nor who hears them.
        ("en", "LIMA, Oct 3 (AP) - The president said that she would go.", ["The president"]),
        ("en", "LIMA — The ministry on Friday said that she would go.", ["The ministry"]),
        ("en", '"It is not true," its director, Joan Pryce, told the BBC.', ["its director, Joan Pryce"]),
        # A pronoun right before the verb is all of its subject; adverbs before the verb are none of it.
        ("en", 'Alba is "as old as Bruma and Cardo," she said.', ["she"]),
        ("en", "It may rain on the day of the vote, he said.", ["he"]),
        ("en", "The people behind it said that she would go.", ["The people behind it"]),
        ("en", "The minister later also unequivocally denied the sale.", ["The minister"]),
        ("en", "The family said that she would go.", ["The family"]),
        # A quotation may begin in another sentence; an office needs no article; who speaks may come last.
        ("en", 'It rains in Alba," said Gates.', ["Gates"]),
        ("en", 'It was "a farce," said Gates, who left.', ["Gates"]),
        ("en", "The dam will hold, said environment expert Li Xu.", ["environment expert Li Xu"]),
        ("en", "The dam will hold, said net profit.", []),
        ("en", "Elbe sandstone, yellow and warm, he says.", ["he"]),
        ("fr", 'La digue tiendra," dit le juriste Léo Diaz.', ["le juriste Léo Diaz"]),
        ("en", "The boat sank on Friday, explained her lawyer.", ["her lawyer"]),
        # Whoever closes a quotation says it, whatever the verb; a proof not given is nobody's claim.
        ("en", '"The boat sank on Friday," her lawyer snapped.', ["her lawyer"]),
        ("fr", "« Le pont rouvrira lundi », a plaisanté la porte-parole.", ["la porte-parole"]),
        ("fr", "Le parquet n'a pas apporté la preuve que le maire a fui.", []),
        ("en", "According to her it sank.", ["her"]),
        # One who speaks alone is one, whatever he presides over.
        ("en", "The head of the Bank and the Fund has said it fell.", ["The head of the Bank and the Fund"]),
        ("fr", "Le chef de la Caisse et de l'Eau a dit qu'il part.", ["Le chef de la Caisse et de l'Eau"]),
        ("fr", "Le maire et le préfet ont dit qu'ils partent.", ["Le maire", "le préfet"]),
        ("fr", "Concrètement, ils affirment que l'eau baisse.", ["ils"]),
        ("fr", "Si l'on considère l'eau, elle baisse.", []),
        ("fr", "« Non », a dit le maire de Lyon, Léo Doucet, lundi.", ["le maire de Lyon, Léo Doucet"]),
        ("fr", "« Non », a dit le maire, Lyon étant loin.", ["le maire"]),
        ("fr", "L'eau baisse, a dit le préfet Laurent Diaz.", ["le préfet Laurent Diaz"]),
        ("fr", "Un mois après l'avoir démenti, Valmira a confirmé la vente.", ["Valmira"]),
        # A fronted participle or adjective is none of the holder, nor is the pronoun that takes him up.
        ("fr", "Condamnée en première instance, Ana Roux nie les faits.", ["Ana Roux"]),
        ("fr", "Furieux, le maire a dit qu'il partait.", ["le maire"]),
        ("fr", "La CGT, elle, parle d'un échec.", ["La CGT"]),
        ("fr", "La porte-parole du port, Kate Ohm a dit qu'il part.", ["La porte-parole du port, Kate Ohm"]),
        # Within the marks of what is said.
        ("fr", "« On tient, assure le maire. Mais à quel prix ? »", ["le maire"]),
        ("fr", "« Les stocks fondent, note-t-elle. Tout manque. »", ["elle"]),
        ("fr", "Le maire – un ancien mineur – a dit qu'il partait.", ["Le maire – un ancien mineur"]),
    ],
)  # fmt: skip
def test_a_holder_is_the_speaker_and_no_more(language: str, sentence: str, holders: list[str]) -> None:
    assert [v.holder.text for v in read(sentence, language).voices] == holders


def test_a_pronoun_is_the_holder_and_means_the_last_who_fits() -> None:
    first, second = article("La maire a dénoncé le projet.", "Selon elle, le pont est trop cher.")
    assert [v.holder.text for v in second.voices] == ["elle"]
    assert second.voices[0].resolved == first.voices[0].holder


@pytest.mark.parametrize(
    ("lines", "means"),
    [
        # A nearer subject counts before an older voice, in the sentence and before it.
        ("La maire a dit non.|La CFDT n'en croit rien : elle estime l'accord mort.", "La CFDT"),
        ("La maire a dit non.|Quand Ana Diaz est partie, elle a dit que l'eau montait.", "Ana Diaz"),
        ("Le maire a dit non.|Tom Duval a démissionné.|« Tant mieux », a-t-il dit.", "Tom Duval"),
        ("Le maire a dit non.|La digue a cédé.|Selon lui, il faut partir.", "Le maire"),
        # Where the nearer one may be a thing, or is not read, it means nobody.
        ("Le maire a dit non.|Le forgeron a été relaxé.|« Tant mieux », a-t-il dit.", None),
        ("Le maire a dit non.|La police a arrêté Tom Duval.|« Tant mieux », a-t-il dit.", None),
        # What is said tells nothing of who says it.
        ("Le maire a dit non.|Le préfet est parti, a-t-il dit.", "Le maire"),
        # « selon elle » may mean who publishes where it stands in another clause than hers.
        ("La maire a dit non.|La CGT publie une liste dont deux noms, selon elle, manquent.", "La CGT"),
        ("La maire a dit non.|La CGT, selon elle, publie une liste.", "La maire"),
        # What « quant à » names first.
        ("Le maire a dit non.|Quant à l'ONU, elle dit que l'eau montait.", "l'ONU"),
        # « son » before a vowel tells no gender.
        ("« Oui », a dit son avocate.|Selon elle, il faut partir.", "son avocate"),
    ],
)
def test_a_pronoun_means_the_nearest_who_fits(lines: str, means: str | None) -> None:
    resolved = article(*lines.split("|"))[-1].voices[-1].resolved
    assert (resolved.text if resolved else None) == means


@pytest.mark.parametrize(
    ("lines", "means"),
    [
        ('The minister said no.|Tom Ford resigned.|"I am tired," he told reporters.', "Tom Ford"),
        ("It ended, the Times said.|Maria Lopez was sentenced.|She denied the charges.", "Maria Lopez"),
        ("Maria Lopez was sentenced, the Times said.|She denied the charges.", None),
        ("Officials said that it rained.|They said that it would stop.", "Officials"),
        # Who says that she lied is not she.
        ("Ellen Marsh was sentenced.|St Alban's says she lied, which she denies.", "Ellen Marsh"),
    ],
)
def test_an_english_pronoun_means_a_person_or_several(lines: str, means: str | None) -> None:
    resolved = article(*lines.split("|"), language="en")[-1].voices[-1].resolved
    assert (resolved.text if resolved else None) == means


def test_a_pronoun_that_fits_nobody_is_left_open() -> None:
    _, second = article("La maire a dénoncé le projet.", "Selon eux, le pont est trop cher.")
    assert second.voices[0].resolved is None


@pytest.mark.parametrize(
    ("sentence", "holder"),
    [
        ("Le groupe n'a ni confirmé ni démenti la vente.", "Le groupe"),
        ("Le maire n'a pas souhaité répondre à nos questions.", "Le maire"),
        ("La banque n'a pas souhaité commenter la décision.", "La banque"),
        ("La banque n'a pas voulu commenter l'affaire.", "La banque"),
        ("Le club n'a pas souhaité s'étendre sur le sujet.", "Le club"),
        ("Son avocat a refusé d'en dire davantage.", "Son avocat"),
        ("Le maire se garde d'avancer une date.", "Le maire"),
    ],
)
def test_neither_confirming_nor_denying_is_silence(sentence: str, holder: str) -> None:
    voice = read(sentence).voices[0]
    assert (voice.holder.text, voice.stance) == (holder, VoiceStance.SILENT)


@pytest.mark.parametrize(
    ("language", "sentence", "holder"),
    [
        ("fr", "Les syndicats en revendiquent 45 000.", "Les syndicats"),
        ("fr", "Le syndicat avance le chiffre de 20 000 malades.", "Le syndicat"),
        ("fr", "Valmira « réfute catégoriquement » cette crainte.", "Valmira"),
        ("fr", "Parce que Lens devait vendre, explique le directeur sportif.", "le directeur sportif"),
        ("fr", "La métropole les évalue à 120 millions.", "La métropole"),
        ("fr", "La CGT avance de son côté un bilan de onze morts.", "La CGT"),
        ("fr", "Elle estime que le nombre de victimes est sous-évalué et parle de 25 morts.", "Elle"),
        ("fr", "Deux ministres soutiennent au contraire avoir vu des enveloppes.", "Deux ministres"),
        ("fr", "Selon des témoins interrogés par l'agence, il a crié.", "des témoins"),
        ("fr", "L'usine fermera, a-t-on appris auprès de la direction.", "la direction"),
        ("fr", "Le maire s'en félicite.", "Le maire"),
        ("fr", "Une version que contestent les familles.", "les familles"),
        ("fr", "C'est ce qu'a annoncé jeudi le ministre.", "le ministre"),
        ("fr", "Une accusation réfutée par la direction.", "la direction"),
        ("en", "The hospital put the toll at 45.", "The hospital"),
        ("en", "Parents' association Safe Start says that it is unsafe.", "Parents' association Safe Start"),
        ("en", "The fire department said that it was out.", "The fire department"),
    ],
)
def test_a_claim_has_its_voice(language: str, sentence: str, holder: str) -> None:
    passage = read(sentence, language)
    assert passage.stance is Stance.REPORTS
    assert [v.holder.text for v in passage.voices] == [holder]


@pytest.mark.parametrize(
    ("sentence", "holder"),
    [
        # Where and when it was said closes the speaker, or stands before him.
        ("L'usine fermera, a précisé le groupe dans un communiqué.", "le groupe"),
        ("L'usine fermera, a annoncé aujourd'hui l'agence.", "l'agence"),
        ("L'usine fermera, a rapporté jeudi 31 octobre la chaîne Arabelle.", "la chaîne Arabelle"),
        ("L'usine fermera, a indiqué le 3 mai la direction.", "la direction"),
        # A part that is counted has no verb to come.
        ("Le feu a fait deux morts, dont un enfant, a indiqué la préfecture.", "la préfecture"),
        ("Dix maisons ont brûlé, dont une trentaine à Lyon, a dit le maire.", "le maire"),
        # An expression of several words, an adverb, a doubt.
        ("Le texte sera revu, a laissé entendre le ministère.", "le ministère"),
        ("L'usine fermera, met en garde la CFDT.", "la CFDT"),
        ("Ils sont gourmands, dénonce gentiment Bernard Vauzin.", "Bernard Vauzin"),
        ("« Où va-t-on ? », s'interroge Gérald Kermec.", "Gérald Kermec"),
        ("Anne Leroy, maire de Lyon, estime même qu'il pleut.", "Anne Leroy, maire de Lyon"),
    ],
)
def test_who_said_so_may_close_a_french_sentence(sentence: str, holder: str) -> None:
    passage = read(sentence)
    assert passage.stance is Stance.REPORTS
    assert [v.holder.text for v in passage.voices] == [holder]


@pytest.mark.parametrize(
    "sentence",
    [
        "« Faux », rétorque le maire.",
        "« C'est un mensonge », a réagi le maire.",
        "Des propos « mensongers », réplique le maire.",
        "« Il n'y a jamais eu d'accord », souffle le maire.",
    ],
)
def test_a_quotation_may_deny(sentence: str) -> None:
    assert [v.stance for v in read(sentence).voices] == [VoiceStance.DENIES]


@pytest.mark.parametrize(
    "sentence",
    [
        "La police l'exclut formellement.",
        "Le procureur écarte à ce stade la piste criminelle.",
        "La Ville juge ce chiffre exagéré.",
        "C'est un montant que la Ville juge « très exagéré ».",
        "La CGT a reconnu s'être trompée.",
        "La mairie parle de mensonges.",
    ],
)
def test_who_rules_out_or_takes_back_denies(sentence: str) -> None:
    assert [v.stance for v in read(sentence).voices] == [VoiceStance.DENIES]


def test_who_does_not_rule_out_holds_it_to_be_possible() -> None:
    for sentence in (
        "Le procureur n'exclut pas la piste criminelle.",
        "Le parquet n'exclut aucune hypothèse.",
    ):
        assert [v.stance for v in read(sentence).voices] == [VoiceStance.ASSERTS]


def test_a_state_may_be_critical_without_a_critic() -> None:
    assert read("Le feu a fait dix blessés, dont quatre dans un état critique.").voices == ()
    assert [v.holder.text for v in read("Le maire critique le projet.").voices] == ["Le maire"]


def test_on_says_without_a_voice() -> None:
    passage = read("On indique au ministère que l'enquête suit son cours.")
    assert (passage.stance, passage.voices) == (Stance.REPORTS, ())
    assert read("On n'appelait pas le médecin.").stance is Stance.ASSERTS


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        # The verbs of what is said need not be known.
        ("Officials say gunmen blixed 30 pupils.", ["Officials"]),
        ("Two men blixed in the lake, rescuers said on Monday.", ["rescuers"]),
        ("Nine died when a bus plunged into a ravine, local officials said.", ["local officials"]),
        ("The firm, which employs 200 people, said it had no plans to close.", ["The firm"]),
        ("The roof fell, a source close to the firm told the Times.", ["a source close to the firm"]),
        # Any verb gives away a quotation that opens the sentence.
        ('"It is over," snapped the manager.', ["the manager"]),
        ('"It is over," a resident blixed from the gallery.', ["a resident"]),
        ("‘It was like a bomb,’ said Ann Lee.", ["Ann Lee"]),
        ("As one officer put it, every hour counts.", ["one officer"]),
        ("Still, as one farmer points out, it rained.", ["one farmer"]),
        ("The bridge is shut, as the mayor explained.", ["the mayor"]),
        ("The bridge is shut, as reported by the Herald.", ["the Herald"]),
        # "as" that only compares or gives an example has nothing to do with who speaks.
        ("It suits a town such as Leeds, he added.", ["he"]),
        ("She works as a nurse in Leeds, the mayor said.", ["the mayor"]),
        # Whose a view is stands before it.
        ("In the mayor's view, the law is bad.", ["the mayor"]),
        ("The law is bad, in the workers' opinion.", ["the workers"]),
        ("By her own account, the minister slept.", ["her"]),
        ("He saw fear in the man's eyes.", []),
        # What is going on is said too.
        ("Experts are warning that the dam may burst.", ["Experts"]),
        ("The union has been calling for a strike.", ["The union"]),
        # A body speaks as "it", a thing only shows.
        ("It warned that prices would rise.", ["It"]),
        ("When it announced the sale, the shares fell.", ["it"]),
        ("It follows that prices will rise.", []),
        ("It proved to be wrong.", []),
        # What stands between a speaker and the verb.
        ("Turku, however, also brushed off the plan.", ["Turku"]),
        ("Analysts no longer expect a rise.", ["Analysts"]),
        ("The writer, long praised for his plays, confessed that he was tired.", ["The writer"]),
        (
            'The head of the project, Jo Lee, said, "We have found a home."',
            ["The head of the project, Jo Lee"],
        ),
        (
            "Jo Lee, 27, and her brother, Max Lee, 31, said they would stay.",
            ["Jo Lee", "her brother, Max Lee"],
        ),
        (
            "Jo Lee, current head of the firm, who left, spoke of a risk.",
            ["Jo Lee, current head of the firm"],
        ),
        ("Until now, the investor had claimed to own nothing.", ["the investor"]),
        ("The fund failed, reported a local newspaper - the bank itself is safe.", ["a local newspaper"]),
        ("Although the firm agreed, saying it had to, others did not.", ["the firm"]),
        # People whom no list names, with what hangs on them.
        (
            "The sea is calm, while volcanologists in the city have warned of a wave.",
            ["volcanologists in the city"],
        ),
        ("The meeting was the occasion of announcing the cut.", []),
        ("It is unclear whether the mayor believed him.", []),
        # Who says so may stand inside what is said, or be quoted by somebody else.
        ("The bridge, officials said on Monday, is unsafe.", ["officials"]),
        ("The mayor was quoted as saying that it was unsafe.", ["The mayor"]),
        ("The Herald quoted the mayor as saying that it was unsafe.", ["the mayor"]),
        ("Critics such as Jo Lee say that it is unsafe.", ["Critics such as Jo Lee"]),
        ("The crater is believed to have been formed by a comet.", []),
        ("The firm claims to own it.", ["The firm"]),
        ("Let us hope it works.", []),
        ("The mayor could explain why it fell.", []),
        ("No one said that it was safe.", []),
        # A noun that looks like a verb, and a verb that stands far from its subject.
        ("The latest reports from Turku have alarmed them.", []),
        ("The text, which could help the firm, highlighted the many obstacles.", []),
        ("The firm, which makes pumps, announced a loss.", ["The firm"]),
        ("The firm (based in Turku) announced a loss.", ["The firm (based in Turku)"]),
        ("They want that kind of life, he said.", ["he"]),
        ('Following the fall of the "Turku cell," local media expressed doubt.', ["local media"]),
        ('"It is warm," advises Prof. Ann Lee.', ["Prof. Ann Lee"]),
        ("It is a risk, the party says, and is calling for calm.", ["the party"]),
        ("The party sees it as a threat to calm and is calling for a ban.", ["The party"]),
        (
            'It had become "a hotbed of harm to the town and all in it", the judge, Jo Lee, declared.',
            ["the judge, Jo Lee"],
        ),
        ("Many observers believe the party serves as a window.", ["Many observers"]),
        ("A study carried out by doctors showed that it works.", ["A study carried out by doctors"]),
        ("The mayor maintains good relations with Leeds.", []),
        ("The mayor maintains that it works.", ["The mayor"]),
        # What is left of a verb behind a pronoun.
        ("We're in the big league, said Jo Lee.", ["Jo Lee"]),
        ("They're saying that it works.", ["They"]),
        ("It's said that he left.", []),
        ("He's said that he left.", ["He"]),
        ("One cannot yet speak of a start.", []),
        ("Economists feel that the bank is weak.", ["Economists"]),
        ("He felt the ground shake.", []),
        (
            "Those most exposed to climate change said they would stay.",
            ["Those most exposed to climate change"],
        ),
        ("The move signalled that the bank is weak.", []),
        ('"It is over," said town and country planner Jo Lee.', ["town and country planner Jo Lee"]),
        ("It is over, said Turku's mayor, Jo Lee.", ["Turku's mayor, Jo Lee"]),
        # A headline tells it by a colon or a dash.
        ("Town is safe - mayor", ["mayor"]),
        ("Police: two men held after a raid", ["Police"]),
        ("Election: mayor wins", []),
        ('Amnesty called the verdict "a farce".', ["Amnesty"]),
        ('The film, called "The Wall", opens on Friday.', []),
        ("Sales rose by a third, it said.", ["it"]),
        # A participle or a noun that looks like a verb of saying gives no words to anybody.
        ("The man questioned on Friday was released.", []),
        ("The discovery, reported on Monday in Nature, was made in Chile.", []),
        ("A leaked report suggests that the bridge was unsafe.", ["A leaked report"]),
        ("The firm's claim is hard to follow.", []),
        ("A doctor who asked not to be named told Reuters that it was full.", ["A doctor"]),
        ("Ann Lee, a lawyer in Paris who lost, said that it was fair.", ["Ann Lee, a lawyer in Paris"]),
        ("It created 150 jobs, a figure campaigners dispute.", ["campaigners"]),
    ],
)
def test_english_speakers(sentence: str, holders: list[str]) -> None:
    assert [v.holder.text for v in read(sentence, "en").voices] == holders


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("The firm did not immediately respond to a request for comment.", VoiceStance.SILENT),
        ("The firm didn't comment.", VoiceStance.SILENT),
        ("The firm has yet to comment.", VoiceStance.SILENT),
        ("The firm had no comment.", VoiceStance.SILENT),
        ("The firm could not immediately be reached for comment.", VoiceStance.SILENT),
        ("The firm was not available for comment.", VoiceStance.SILENT),
        ("The firm would not be drawn on the price.", VoiceStance.SILENT),
        ("There was no immediate comment from the firm.", VoiceStance.SILENT),
        ("The firm is not convinced.", VoiceStance.DOUBTS),
        ("The firm isn't convinced.", VoiceStance.DOUBTS),
        ("The firm was unconvinced by it.", VoiceStance.DOUBTS),
        ("The firm was uncertain that it would hold.", VoiceStance.DOUBTS),
        ("The firm is unsure whether it will hold.", VoiceStance.DOUBTS),
        ("The firm remains unsure how it fell.", VoiceStance.DOUBTS),
        ("The firm is no longer sure of the count.", VoiceStance.DOUBTS),
        ("The firm is far from convinced.", VoiceStance.DOUBTS),
        ("The firm has misgivings about the count.", VoiceStance.DOUBTS),
        ("The firm wondered whether it would hold.", VoiceStance.DOUBTS),
        ("The firm is certain that it will hold.", VoiceStance.ASSERTS),
        ("The firm did not rule out a sale.", VoiceStance.ASSERTS),
        ("The firm cannot rule out a sale.", VoiceStance.ASSERTS),
        ("The firm rebutted it.", VoiceStance.DENIES),
        ('"It is a lie," the firm said.', VoiceStance.DENIES),
        ("The firm was sceptical.", VoiceStance.DOUBTS),
        ("The firm, though, does not buy that theory.", VoiceStance.DOUBTS),
        ("The firm has ruled out a sale.", VoiceStance.DENIES),
        ("The firm has always denied it.", VoiceStance.DENIES),
        ("The firm insists no rules were broken.", VoiceStance.DENIES),
        ("The firm issued a denial.", VoiceStance.DENIES),
        ("The firm could not say when it would end.", VoiceStance.SILENT),
        ("The firm did not wish to comment.", VoiceStance.SILENT),
        ("The firm was unwilling to discuss the letter.", VoiceStance.SILENT),
        ("The firm did not specify how many left.", VoiceStance.SILENT),
        ("The firm declined to disclose the price.", VoiceStance.SILENT),
        ("The firm gave no details.", VoiceStance.SILENT),
        ("The firm explained why it closed.", VoiceStance.ASSERTS),
        ("The firm is not commenting on the case.", VoiceStance.SILENT),
        ("The firm cannot imagine that it will pass.", VoiceStance.DOUBTS),
        ("The firm no longer believes that it will pass.", VoiceStance.DOUBTS),
        ("The firm wonders whether it will pass.", VoiceStance.DOUBTS),
        ("The firm regards the plan as a disaster.", VoiceStance.ASSERTS),
        ("The firm voiced concern about the plan.", VoiceStance.ASSERTS),
        ("The firm clarified that it would stay.", VoiceStance.ASSERTS),
        ("The firm informed the council that it was unsafe.", VoiceStance.ASSERTS),
        ("The firm described the plan as a disaster.", VoiceStance.ASSERTS),
        ("The firm is of the opinion that it is bad.", VoiceStance.ASSERTS),
        ("The firm expects sales of £3m.", VoiceStance.ASSERTS),
    ],
)
def test_english_positions(sentence: str, stance: VoiceStance) -> None:
    (voice,) = read(sentence, "en").voices
    assert (voice.holder.text.lower(), voice.stance) == ("the firm", stance)


@pytest.mark.parametrize(
    "sentence",
    [
        "La mairie n'est pas certaine que le pont tienne.",
        "La mairie n'est plus sûre de ce bilan.",
        "La mairie n'est guère convaincue par ce bilan.",
        "La mairie n'a pas la certitude que le pont tienne.",
        "La mairie ne se dit pas convaincue.",
        "La mairie se dit peu convaincue.",
        "La mairie se dit sceptique.",
        "La mairie reste dubitative.",
        "La mairie a des doutes sur ce bilan.",
    ],
)
def test_who_is_not_sure_doubts(sentence: str) -> None:
    (voice,) = read(sentence).voices
    assert (voice.holder.text, voice.stance) == ("La mairie", VoiceStance.DOUBTS)


@pytest.mark.parametrize(
    ("language", "sentence", "stance"),
    [
        ("fr", "Il n'est pas certain que le pont tienne.", Stance.DOUBTS),
        ("fr", "Le pont n'est sûrement pas tombé.", Stance.ASSERTS),
        ("fr", "L'avenir du pont est incertain.", Stance.ASSERTS),
        ("en", "It is uncertain whether the bridge will hold.", Stance.DOUBTS),
        ("en", "The outcome of the vote is uncertain.", Stance.ASSERTS),
    ],
)
def test_what_is_not_sure_by_itself_has_no_voice(language: str, sentence: str, stance: Stance) -> None:
    passage = read(sentence, language)
    assert (passage.voices, passage.stance) == ((), stance)


@pytest.mark.parametrize(
    ("language", "sentence", "holders"),
    [
        # An aside between commas has no speaker of its own, whatever it holds.
        ("en", "The board, still having no answer, said it would wait.", ["The board"]),
        ("en", "Jo Lee, hailed as a hero, said she was glad.", ["Jo Lee"]),
        ("en", "The mayor, because he was ill, declined to comment.", ["The mayor"]),
        ("en", 'The mayor, asked if he would go, replied: "Never."', ["The mayor"]),
        (
            "en",
            "Ann Lee, the man who planned the raid that has killed ten, says he is sorry.",
            ["Ann Lee, the man"],
        ),
        ("en", "The mine, which, he pointed out, is flooded, will close.", ["he"]),
        ("en", 'The treaty, hailed as "historic" by the envoy, was signed.', ["the envoy"]),
        # Another clause begins with its pronoun.
        ("en", "According to the tables it is full.", ["the tables"]),
        ("fr", "Selon le bureau il est confirmé que la digue tiendra.", ["le bureau"]),
        # A quotation in the middle belongs to who stands behind it, and a short line to who ends it.
        ("en", 'It rained all day: "We lost it all," the farmer said on Friday at the fair.', ["the farmer"]),
        ("en", "No new taxes this year, says Ann Lee", ["Ann Lee"]),
        ("en", 'Mrs. Tull: "They took it all."', ["Mrs. Tull"]),
        # The last noun says what a body is.
        ("en", "The budget office said the fire was out.", ["The budget office"]),
        ("en", "Nobody was hurt, the fire service said, but the roof fell.", ["the fire service"]),
        # What only hangs on a noun, or explains it, is nobody's word.
        ("en", "He was one of two men thought to have fled.", []),
        ("en", "The bill is explained by the price of oil.", []),
        ("en", "Ten agreed, the last – a poet – promised to attend a class first.", ["the last – a poet"]),
        ("en", "The firm read the accusations in the Foodwatch report.", []),
        ("en", "They explain each of the steps that have to be taken.", []),
        ("en", "Pupils are paid according to their age.", []),
    ],
)
def test_who_speaks_around_an_aside(language: str, sentence: str, holders: list[str]) -> None:
    assert [v.holder.text for v in read(sentence, language).voices] == holders


def test_millions_are_no_short_verb() -> None:
    assert [v.holder.text for v in read("The offer is $38m, said the buyer.", "en").voices] == ["the buyer"]


def test_a_noun_of_saying_belongs_to_somebody_near() -> None:
    assert not read("Il fit cette déclaration dans une tribune parue lundi dans la revue du syndicat.").voices


def test_neither_side_that_speaks_is_silent() -> None:
    (voice,) = read("Neither side would comment.", "en").voices
    assert (voice.holder.text, voice.stance) == ("Neither side", VoiceStance.SILENT)


def test_few_who_believe_are_many_who_doubt() -> None:
    for sentence, stance in (
        ("Few experts believe that it will pass.", VoiceStance.DOUBTS),
        ("Few experts doubt that it will pass.", VoiceStance.ASSERTS),
    ):
        assert [v.stance for v in read(sentence, "en").voices] == [stance]


def test_what_cannot_speak_is_no_voice() -> None:
    assert read("It moved from Mexico to the United States.", "en").voices == ()
    assert read("Cette victoire confirme la tendance.").voices == ()
    assert read("Il y a des preuves de la fraude.").voices == ()


@pytest.mark.parametrize(
    ("language", "sentence", "holder"),
    [
        ("fr", "Si Paris hésite, Lyon confirme", "Lyon"),
        ("fr", "Comme la France l'espérait, Berlin dément", "Berlin"),
        ("en", "If London falls, Paris said", "Paris"),
    ],
)
def test_a_headline_may_end_with_its_verb_of_saying(language: str, sentence: str, holder: str) -> None:
    """Nobody stands behind the last word: who stands before it speaks."""
    assert read(sentence, language).voices[-1].holder.text == holder


@pytest.mark.parametrize(
    "lines",
    [
        # Straight marks that open in one line and close in another; a mark that only closes.
        ('"Nous avons tout perdu.', "Il ne reste rien.", 'La grange a brûlé", a raconté Marc Petit.'),
        ("Nous avons tout perdu. »", "Il ne reste rien, a raconté Marc Petit."),
    ],
)
def test_a_quotation_goes_on_over_lines(lines: tuple[str, ...]) -> None:
    passages = article(*lines, "La grange datait de 1900.")
    assert [p.stance for p in passages] == [Stance.REPORTS] * len(lines) + [Stance.ASSERTS]
    assert [v.holder.text for p in passages for v in p.voices] == ["Marc Petit"]


def test_a_mark_that_nothing_closes_quotes_its_own_line_alone() -> None:
    passages = article('"Nous avons tout perdu.', "La grange datait de 1900.", 'Un écran de 12" est noir.')
    assert [p.stance for p in passages] == [Stance.REPORTS, Stance.ASSERTS, Stance.ASSERTS]


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        # Turned round as it is often misspelled.
        ("Les digues tiendront, a précisé-t-il.", ["il"]),
        ("Les digues tiendront, at-elle dit.", ["elle"]),
        # A verb that may be a noun, before a name or before what only interrupts it.
        ("La digue tiendra, estime Anne Leroy.", ["Anne Leroy"]),
        ("Paul Rey, le patron, estime, au contraire, qu'elle cédera.", ["Paul Rey, le patron"]),
        ("Sur le quai ils étaient 400, la police n'en compte que 180.", ["la police"]),
        # Whose the verb is, behind « C'est pourquoi », a comparison, a bracket, another clause.
        ("C'est pourquoi la maire estime que la digue tiendra.", ["la maire"]),
        ("On veillera aussi longtemps que nécessaire, annonçait le préfet.", ["le préfet"]),
        ("(La mairie a déclaré que la digue tiendra.)", ["La mairie"]),
        ("Le quai est clos car l'agent qui veille au port considère qu'il cédera.", ["l'agent"]),
        ("Souvent critique du maire, Leroy affirme que la digue tiendra.", ["Leroy"]),
        ("Le port attend; chaque camp accusant l'autre.", ["chaque camp"]),
        # Who speaks behind the verb, past what stands between them.
        ("La digue a cédé, a indiqué le bureau des ports situé à Brest.", ["le bureau des ports"]),
        ("La digue a cédé, reconnaît le maire.", ["le maire"]),
        ("La digue a cédé, a dit en marge de la fête Anne Leroy.", ["Anne Leroy"]),
        ("« La digue a cédé », a dit, furieux, le maire.", ["le maire"]),
        ("« La digue – assure le maire – tiendra. »", ["le maire"]),
        ("La pêche recule, montrent les chiffres du port.", ["les chiffres du port"]),
        # A long quotation needs no comma; a title is none.
        ("S'il y tient, « nous irons tous à pied jusqu'au port » a dit la maire.", ["la maire"]),
        ("L'affiche « Quand viendrez-vous enfin me voir ? » raconte le port.", []),
        ("Il a lu « Les Quais », particulièrement la fin.", []),
        ("Le maire « regrette que la digue cède ».", ["Le maire"]),
        # Somebody « selon lequel » it is so, and a list of those who say so.
        ("Elle cite un témoin selon lequel la digue a cédé.", ["un témoin"]),
        ("Il suit la règle selon laquelle la digue ferme.", []),
        ("C'est exigé par le maire, le préfet et un élu.", ["le maire", "le préfet", "un élu"]),
        ("Selon le maire, le préfet et la ministre ont signé.", ["le maire"]),
        # What verbs do by what follows them.
        ("Il a appelé à la grève.", ["Il"]),
        ("Le maire insiste pour que la digue ferme.", ["Le maire"]),
        ("Le maire a expliqué pourquoi la digue a cédé.", ["Le maire"]),
        ("La banque prévoit une légère hausse.", ["La banque"]),
        ("Le maire ne sait pas nager.", []),
        ("Les pêcheurs se refusent à payer.", []),
        ("D'autres ne se donnent pas autant de mal.", []),
        ("Les débats se rapportant à la digue ont repris.", []),
    ],
)  # fmt: skip
def test_who_speaks_in_french_news_is_found(sentence: str, holders: list[str]) -> None:
    """Turned round, interrupted, listed or behind what it leads, a French speaker is found, and no other."""
    assert [v.holder.text for v in read(sentence).voices] == holders


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Le maire n'a pu confirmer la panne.", VoiceStance.SILENT),
        ("Le maire n'est pas favorable à la digue.", VoiceStance.DOUBTS),
        ("Le maire n'est absolument pas d'accord avec le préfet.", VoiceStance.DOUBTS),
    ],
)
def test_a_french_negation_gives_its_position(sentence: str, stance: VoiceStance) -> None:
    """« n'a pu » is silence as « n'a pas pu » is, and not to agree is to doubt."""
    assert [v.stance for v in read(sentence).voices] == [stance]


@pytest.mark.parametrize(
    ("language", "sentence", "holders"),
    [
        ("fr", "La police a recensé 300 personnes.", ["La police"]),
        ("fr", "La police a compté 300 gens, les syndicats au moins 900.", ["La police", "les syndicats"]),
        ("fr", "Le syndicat des pêcheurs en compte 900.", ["Le syndicat des pêcheurs"]),
        ("fr", "Les assureurs évaluent les dégâts à 9 millions d'euros.", ["Les assureurs"]),
        ("fr", "La préfète a ramené le bilan de neuf à huit morts.", ["La préfète"]),
        ("fr", "La ville compte 12 000 habitants.", []),
        ("fr", "La région compte 300 communes, la Bretagne 200.", []),
        ("fr", "Le club compte sur 300 bénévoles.", []),
        ("en", "Police counted 300 people, the organisers at least 900.", ["Police", "the organisers"]),
        ("en", "Local doctors put the deaths at more than 300.", ["Local doctors"]),
        ("en", "The organisers claimed 900 marchers.", ["The organisers"]),
        ("en", "The ministry raised its estimate to 63 percent.", ["The ministry"]),
        # Each of several has its own number, where the verb is told once.
        ("fr", "La mairie parle de 40 blessés, l'hôpital de 55.", ["La mairie", "l'hôpital"]),
        ("fr", "La mairie l'évalue à 3 millions ; les assureurs, à 5.", ["La mairie", "les assureurs"]),
        ("en", "Organisers said 900 people came, police 300.", ["Organisers", "police"]),
        ("en", "The mayor spoke of 40 injured, 12 of them children.", ["The mayor"]),
        ("fr", "Le nombre de morts s'élève à 12, a déclaré le préfet.", ["le préfet"]),
        ("en", "The storm claimed 12 lives.", []),
        ("en", "She put the kettle on at 9.", []),
    ],
)  # fmt: skip
def test_who_counted_gives_the_number(language: str, sentence: str, holders: list[str]) -> None:
    """A verb of counting gives its number to somebody; what a town or a storm counts is nobody's word."""
    assert [v.holder.text for v in read(sentence, language).voices] == holders


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        # « it » for a body: behind a quotation, a time, and with an adverb.
        ('"The pumps are ready," it adds.', ["it"]),
        ("Last week it said that the plant would close.", ["it"]),
        ("In June it warned that prices would rise.", ["it"]),
        ("Rates fell in May, it further says.", ["it"]),
        # Who closes the sentence, whatever stands before the comma.
        ("Ferries are late because of the storm, the UN says.", ["the UN"]),
        ("Ferries are late because of the storm, adds Tom Lee.", ["Tom Lee"]),
        ("Doctors killed a rumour that crossed the border, officials said.", ["officials"]),
        ("No ferries until June, say harbour officials", ["harbour officials"]),
        ("The harbour is shut, say local traders.", ["local traders"]),
        ("Rents rose in May, surveys have shown.", ["surveys"]),
        ('"I know where they are," said Lee, adding that he would wait.', ["Lee"]),
        # A clause in brackets, and a verb behind « but » whose subject stands before.
        ("(The Food Board says that in 2005 prices doubled.)", ["The Food Board"]),
        ("Traders see prices as stable, but say that rents will rise.", ["Traders"]),
        # What an office is of, and what brackets hold, is no second holder.
        (
            '"We need it," said Minister of Trade and Industry Tom Lee.',
            ["Minister of Trade and Industry Tom Lee"],
        ),
        ("It is safe, said regional head of Arla Tom Lee.", ["regional head of Arla Tom Lee"]),
        ('"It is safe," said study co-author Tom Lee.', ["study co-author Tom Lee"]),
        ("He will sell, according to the Sunday edition of the Echo.", ["the Sunday edition of the Echo"]),
        ("According to a newspaper report, the firm will sell.", ["a newspaper report"]),
        ("It was safe, according to the first stage of the inquiry.", ["the first stage of the inquiry"]),
        ("The daily reported that the ferry was late.", ["The daily"]),
        # Whoever is cited says so too.
        ("The ferry will stop, the Echo reported, citing port officials.", ["the Echo", "port officials"]),
        ("Quoting a spokesman, the Echo said it was over.", ["a spokesman", "the Echo"]),
        ("Quoting old poems, the mayor said it was over.", ["the mayor"]),
        # A worry is a position; one that is asked about is none.
        ("She worries it could sink.", ["She"]),
        ("Is she worried that it could sink?", []),
        ("Did the mayor say that it was safe?", []),
        # Nouns, and words that only describe.
        ("A cover against possible claims, which is dear, has gone.", []),
        ("The union plans a two-hour warning strike.", []),
        ("Experts fear that the theory, which describes tides, may be wrong.", ["Experts"]),
        ("The note was posted by a charity on Monday.", []),
        ("They may vote according to their conscience.", []),
        ("Pay is set according to your merits.", []),
        ("The north grew less than other German federal states, however.", []),
        # Who speaks may follow a verb that opens the sentence, or stand around a name that looks like a verb.
        ('Said her co-worker, Tom Lee: "Our job is to swim."', ["her co-worker, Tom Lee"]),
        ("The union chief, Mark Lee, has called for calm.", ["The union chief, Mark Lee"]),
        (
            '"It is late," Tom Lee, director of the think tank Arla, said.',
            ["Tom Lee, director of the think tank Arla"],
        ),
        ("Geysers leap for hours, reports Tom Lee of Leeds in a magazine.", ["Tom Lee of Leeds"]),
        ("Sometimes people claim to hear it.", ["people"]),
        ("Arla sold ten boats in May, and in June it said that demand had doubled.", ["it"]),
        ("Arla has claimed never to have sold one.", ["Arla"]),
        ("Tom Lee drew attention to the storm.", ["Tom Lee"]),
        ("The storm drew attention to the harbour.", []),
        ("The board, which only recently warned the mayor that rents would rise, is shut.", ["The board"]),
        ('The board, which called it "unfair," advises members not to sign it.', ["The board"]),
        # In a relative clause somebody else may speak.
        ("The board, which opponents claim is costly, will meet on Monday.", ["opponents"]),
        ("A man who police say sold two boats was held.", ["police"]),
        ("The bridge is open again, state television reported.", ["state television"]),
        ("Neighbours described hearing a bang.", ["Neighbours"]),
        ("Arla, the firm that makes boats, announced a plan, which failed.", ["the firm"]),
        # What « between » joins speaks as one, and so does a name with two offices.
        (
            "The content of letters between Turku and Leeds confirms it.",
            ["The content of letters between Turku and Leeds"],
        ),
        (
            "Tom Lee, the mayor of Leeds and a former nurse, said that it was late.",
            ["Tom Lee, the mayor of Leeds and a former nurse"],
        ),
        ('The mayor expressed his "deep regret" at the storm.', ["The mayor"]),
    ],
)
def test_english_speakers_in_long_sentences(sentence: str, holders: list[str]) -> None:
    assert [v.holder.text for v in read(sentence, "en").voices] == holders


def test_who_gives_no_reasons_is_silent() -> None:
    for sentence, holder in (
        ("The spokesman did not indicate the reasons for the sale.", "The spokesman"),
        ("The board has yet to say whether it will act.", "The board"),
    ):
        (voice,) = read(sentence, "en").voices
        assert (voice.holder.text, voice.stance) == (holder, VoiceStance.SILENT)


@pytest.mark.parametrize(
    ("language", "sentence", "holders"),
    [
        # Somebody, a verb that no list has, and a clause; but no thing, nobody, and no mere « that ».
        ("fr", "Les riverains grommellent que le bruit a doublé.", ["Les riverains"]),
        ("fr", "La ministre a tonné que le port rouvrirait.", ["La ministre"]),
        ("fr", "La digue a gargouillé que le port fermait.", []),
        ("fr", "Le maire n'a grommelé que des excuses.", []),
        ("en", "Residents grumbled that the noise had doubled.", ["Residents"]),
        ("en", "The agents patrolled that morning.", []),
        ("en", "I grumbled that the noise had doubled.", []),
        # A pronoun tied to a word makes it a verb, within the marks too, however it is tied.
        ("fr", "Le pont tient, glapit-il.", ["il"]),
        ("fr", "« Nous gagnerons, a-t-elle fanfaronné. »", ["elle"]),
        ("fr", "« Le pont tient », dit-t’il.", ["il"]),
        ("fr", "« Le pont tient », explique t elle.", ["elle"]),
        ("fr", "« La digue tient. Mais, dans ce cas, viendra-t-elle ? »", []),
        # Who does one thing after he said another has said it.
        ("fr", "Le maire est parti après avoir dit que le pont tenait.", ["Le maire"]),
        ("fr", "Après avoir nié les faits, Paul Durand est parti.", ["Paul Durand"]),
        ("fr", "Le maire est parti après avoir été accusé de fraude.", []),
        ("fr", "Le 3 mai, le maire a quitté la salle en disant que l'eau monte.", ["le maire"]),
        ("fr", "Le maire rejette l'idée selon laquelle l'eau monte au nom de thèses soutenant cela.",
         ["Le maire"]),
        ("fr", "Puis-je vous suggérer de partir plus tôt.", []),
        ("fr", "La ville a reçu Léo Diaz, un conseiller du port, qui dit que l'eau baisse.",
         ["Léo Diaz, un conseiller du port"]),
        # Who speaks behind one verb has the next one too, and the nearest clause what hangs on it.
        ("fr", "« Le pont tient » dit Léo Diaz et ajoute que l'eau baisse.", ["Léo Diaz"]),
        ("en", "She thanked the man who left saying that it would hold.", ["the man"]),
        ("en", "Unions have protested that staff are being sacked and warned of strikes.", ["Unions"]),
        # « that » may point to a thing before who says so.
        ("en", "They want that kind of life, officials said.", ["officials"]),
        ("en", "We loved that little house, said Joan Pryce.", ["Joan Pryce"]),
        ("en", '"It will hold," quietly adds Pryce.', ["Pryce"]),
        ("en", 'It was late: "We have lost the boat" she said in Leeds.', ["she"]),
        # A plain form is no verb behind one thing; nor is a noun that an infinitive or « to » governs.
        ("en", "The mutual mistrust is complicating talks.", []),
        ("en", "The board failed to include political figures.", []),
        ("en", "Ten are ill, according to hospital figures.", ["hospital figures"]),
        ("en", "The above mentioned mayor denied it.", ["The above mentioned mayor"]),
        ("en", "The firms became the ruling powers.", []),
        ("en", "It proved more difficult than anticipated.", []),
        # Each name has its office behind it; a time before them is none of them.
        ("en", "Ann Lee, the mayor, Tom Roe, her deputy, and Jo Pryce, a nurse, said it held.",
         ["Ann Lee, the mayor", "Tom Roe, her deputy", "Jo Pryce, a nurse"]),
        ("en", "Two days before the vote, one of the candidates, Tom Roe, promised that it would hold.",
         ["one of the candidates, Tom Roe"]),
    ],
)  # fmt: skip
def test_who_speaks_is_told_by_the_grammar(language: str, sentence: str, holders: list[str]) -> None:
    assert [v.holder.text for v in read(sentence, language).voices] == holders


@pytest.mark.parametrize(
    ("language", "sentence", "stance"),
    [
        ("fr", "Démenti de la mairie : le pont n'est pas fermé.", Stance.REPORTS),
        ("fr", "Il reste là, ne serait-ce que par prudence.", Stance.ASSERTS),
        ("en", "The firm called the report untrue.", Stance.REPORTS),
        ("en", "The sheriff has dispelled any remaining doubts.", Stance.ASSERTS),
    ],
)
def test_the_grammar_tells_a_report_from_a_statement(language: str, sentence: str, stance: Stance) -> None:
    assert read(sentence, language).stance is stance
