// Every word of the interface, between tabs: key, French, English where it is not the key, with "one|many". A line of one
// word begins a set, whose keys are "set_key". That nothing was found is never worded as a denial. Of what befell a file the
// service says more, in English: ours come before it in French alone.

const TABLE = `
motto	selon les articles, mot pour mot	according to the articles, word for word
skip	Aller à la question	Skip to the question
question	Votre question	Your question
send	Demander	Ask
keys	Maj + Entrée : à la ligne · ↑ : la dernière · Échap : effacer	Shift + Enter: new line · ↑: the last one · Esc: clear
language	English	Français
documents	Articles	Articles
theme	Apparence : {name}	Appearance: {name}
clear	Effacer	Clear
clear_sure	Effacer la conversation ?	Clear the conversation?
welcome	Selon répond par les phrases mêmes des articles, avec leur source et qui parle ; il n’ajoute rien, ne tranche pas, et dit quand il ne trouve rien.	Selon answers with the articles’ own sentences, with their source and who speaks; it adds nothing, takes no side, and says when it finds nothing.
examples	Par exemple	For example
all_articles	Tous les articles	All articles
notice	Le dernier index est endommagé : un plus ancien répond.	The newest index is damaged: an older one answers.
articles	{n} article|{n} articles	{n} article|{n} articles
passages	{n} passage|{n} passages	{n} passage|{n} passages
search	Chercher un article…	Search the articles…
add_articles	Pour en ajouter : le bouton Articles, ou selon build DOSSIER	To add some: the Articles button, or selon build FOLDER
add_files	Ajouter des articles (ou les déposer ici)	Add articles (or drop them here)
key	Ce service demande sa clé, gardée pour cette session.	This service asks for its key, kept for this session.
key_use	Utiliser	Use
undo	Annuler	Undo
cancel	Annuler	Cancel
taken	Ajouté :	Added:
refused	Refusé :	Refused:
remove	Retirer	Remove
removed	Retiré :	Removed:
job	L’index est mis à jour : {state}	Updating the index: {state}
searching	Recherche…	Searching…
quoted	{n} passage cité|{n} passages cités	{n} passage quoted|{n} passages quoted
quoted_of	{quoted} sur {total}	{quoted} out of {total}
more	Voir plus de passages	Show more passages
permalink	Lien permanent	Permanent link
as_of	Réponse de l’index du {date}.	Answer from the index of {date}.
rewritten	Compris comme : {question}	Understood as: {question}
alone	Poser sans ce qui précède	Ask without what came before
suggestions	Et ensuite	Next
free	Poser sans restriction	Ask without restriction
restricted	Restreint à :	Restricted to:
unrestricted	Sans restriction	Unrestricted
filter_by	Restreindre la question	Restrict the question
filter_after	depuis le {date}	since {date}
filter_before	jusqu’au {date}	until {date}
unfilter	Ne plus restreindre à {said}	No longer restrict to {said}
only	Cet article seul	Only this article
copy	Copier :	Copy:
done	C’est fait	Done
failed	Échec	Failed
download	Télécharger :	Download:
coverage	Recherche dans {passages} de {articles}{undated}.	Searched {passages} of {articles}{undated}.
undated	, dont {n} sans date	, {n} without a date
absence	Ce silence ne confirme ni ne dément rien.	This silence neither confirms nor denies anything.
article_does	L’article {does}	The article {does}
voices	Voix	Voices
that_is	c’est-à-dire {who}	that is, {who}
read	Lire dans l’article	Read in the article
original	Page d’origine	Original page
context	Contexte	Context
also_in	Aussi dans :	Also in:
quote	Citation {n}	Quote {n}
score	pertinence {percent}	relevance {percent}
figures	Chiffres, côte à côte	Figures, side by side
apart	À part : autre chose que demandé	Apart: something else than asked
figure	Chiffre	Figure
according	Selon	According to
the_article	l’article
origins	{n} origines indépendantes	{n} independent origins
different	{n} chiffres différents	{n} different figures
plot	Chiffres à l’échelle	Figures to scale
plot_log	Chiffres, échelle logarithmique	Figures, logarithmic scale
positions	Qui dit quoi	Who says what
changes	Plusieurs positions	Several positions
contradictions	Se contredisent	Contradict each other
close	Fermer	Close
strip	En marge, ce que fait chaque phrase :	In the margin, what each sentence does:
furniture	grisé : hors article	dimmed: not of the article
ask_current	Demander à l’index actuel	Ask the current index
retry	Réessayer	Try again
retrying	Nouvel essai dans {n} s…	Trying again in {n} s…
format
Text	Texte
theme
light dark	celle du système	the system’s
light	claire
dark	sombre
example
number	{topic} : combien ?	{topic}: how many?
denial	{topic} : qui confirme, qui dément ?	{topic}: who confirms, who denies?
who	{topic} : qui dit quoi ?	{topic}: who says what?
reason
empty_index	Aucun article n’est encore indexé.	No article is indexed yet.
filtered_out	Aucun passage ne reste avec ces filtres.	No passage is left under these filters.
nothing_near	Rien, dans ces articles, ne répond à cette question.	Nothing in these articles answers this question.
no_figure	Aucun passage trouvé ne donne un tel chiffre.	No passage found gives such a figure.
other_actor	Les passages trouvés parlent de quelqu’un d’autre.	The passages found speak of somebody else.
stance
asserts	affirme
reports	rapporte
doubts	doute
denies	dément
neutral	reste neutre	stays neutral
means
asserts	Il le donne pour un fait.	It states this as a fact.
reports	Il relaie sans prendre parti.	It relays this and takes no side.
doubts	Il met en doute, ou souligne que les preuves manquent.	It questions this, or stresses that proof is missing.
denies	Il dit lui-même que c’est faux.	It says itself that this is false.
neutral	Il ne se prononce sur aucun fait ici.	It commits itself to no fact here.
voice
asserts	affirmation
doubts	doute
denies	démenti
silent	ne se prononce pas	does not comment
note
holder	Celui qui parle : {stance}.	Who is speaking: {stance}.
resolved	Ce mot désigne {who}, d’après l’article.	This word means {who}, from the article.
voice	Signe de position ({who}) : {stance}.	Sign of position ({who}): {stance}.
spread
low_high	De {low} à {high}	From {low} to {high}
low	Au moins {low}	At least {low}
high	Jusqu’à {high}	Up to {high}
job
waiting	en attente…	waiting…
reading	{n} article lu…|{n} articles lus…	{n} article read…|{n} articles read…
encoding	{done} sur {total} passages	{done} of {total} passages
left	, encore {left} s	, {left} s left
publishing	presque prêt…	nearly ready…
done	L’index est à jour.	The index is up to date.
error
unreachable	Le service ne répond pas.	The service does not answer.
unreadable	Le service a répondu quelque chose d’illisible.	The service answered something unreadable.
400	Le service ne peut pas traiter cette demande.	The service cannot take this request.
413	C’est trop volumineux.	This is too large.
empty_question	Il n’y a pas de mot dans cette question.	There is no word in this question.
question_too_long	Une question a 1 000 caractères au plus.	A question has at most 1,000 characters.
unknown_filter	Rien dans l’index ne correspond à ce filtre.	Nothing in the index fits this filter.
unknown_version	Cette version de l’index n’est plus gardée.	This version of the index is no longer kept.
bad_key	Il manque la bonne clé du service.	The service’s right key is missing.
writing_off	Lecture seule : le service a été démarré sans clé (SELON_API_KEY).	Read-only: the service was started without a key (SELON_API_KEY).
429	Trop de demandes ; réessayez dans {n} s.	Too many requests; try again in {n} s.
unknown_document	Cet article n’est pas, ou plus, dans le corpus.	This article is not, or no longer, in the corpus.
500	Une erreur s’est produite dans le service.	Something went wrong in the service.
503	Le service n’est pas prêt.	The service is not ready.
file
empty	fichier sans texte.	
not_text	fichier d’un genre qui n’est pas lu, ou texte abîmé.	
too_large	fichier trop volumineux.	
unreadable	fichier illisible.	
same_name	nom ou adresse déjà pris.	
bad_name	nom impossible.	
kind
deployed	déployés
planned	prévus
killed_or_wounded	tués ou blessés
killed	tués
wounded	blessés
captured	capturés
missing	disparus
deserted	déserteurs
trained	formés
arrested	arrêtés
displaced	déplacés
sentence	peines
votes	voix
cost	coûts
duration	durées
distance	distances
share	parts
other	autres
`;

export const WORDS = {};
let set = "";
for (const line of TABLE.trim().split("\n")) {
	const [key, french, english = opened(key)] = line.split("\t");
	if (french) WORDS[set + key] = { fr: french, en: english };
	else set = `${key}_`;
}

const LOCALES = { fr: "fr-FR", en: "en-GB" };

/** The reader's choice, else the first of the browser's languages that we speak, else French. */
export function pickLanguage(chosen, preferred = []) {
	const wanted = [chosen, ...preferred].map((tag) => tag?.slice(0, 2).toLowerCase());
	return wanted.find((language) => Object.hasOwn(LOCALES, language)) ?? "fr";
}

/** The words of the language spoken last: t(key, values) is text, t.parts(key, values) may have elements among it. */
export let t;

/** Speaks a language from now on; gives its words. */
export function speak(language) {
	const locale = LOCALES[language];
	const plurals = new Intl.PluralRules(locale);
	const number = (value, how) => value.toLocaleString(locale, how);

	// The table is typed with plain spaces; French sets a no-break one before high punctuation, and before a unit.
	const spaced = (text) => (language === "fr" ? text.replace(/ (?=[:;?!»]|000|s…|s\.?$)/g, "\u00a0") : text);

	const parts = (key, values = {}) => {
		const [one, many = one] = WORDS[key][language].split("|");
		return (plurals.select(values.n ?? 1) === "one" ? one : many).split(/\{(\w+)\}/).map((part, index) => {
			if (index % 2 === 0) return spaced(part);
			return typeof values[part] === "number" ? number(values[part]) : values[part];
		});
	};

	t = (key, values) => parts(key, values).join("");
	const has = (key) => Object.hasOwn(WORDS, key);
	/** A word of an open set: ours, else the service's own. */
	const of = (set, name) => (has(`${set}_${name}`) ? t(`${set}_${name}`) : opened(String(name)));
	/** What an article does, as a sentence. */
	const does = (stance) => t("article_does", { does: of("stance", stance) });
	/** A number with little room: in full below a million. */
	const rounded = (value) => number(value, value < 1e6 ? {} : { notation: "compact", maximumSignificantDigits: 4 });
	const percent = (value) => number(value, { style: "percent" });
	/** An ISO day in words ("long") or figures ("short"); what is none stays as it came. */
	const dated = (dateStyle) => {
		const format = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: "UTC" });
		const said = (day) => format.format(new Date(day)).replace(/^1 (?=\p{L})/u, language === "fr" ? "1er " : "1 ");
		return (day) => (/^\d{4}-\d\d-\d\d$/.test(day) && Date.parse(day) ? said(day) : day);
	};
	return Object.assign(t, { language, parts, has, rounded, percent, of, does, date: dated("long"), day: dated("short") });
}

function opened(name) {
	return name.replaceAll("_", " ");
}
