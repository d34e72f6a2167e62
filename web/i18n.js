// Every word of the interface: key = French = English, with "one|many"; the English of a kind of figure is its name.
// That nothing was found is never worded as a denial.

const TABLE = `
motto = selon les articles, mot pour mot = according to the articles, word for word
skip = Aller à la question = Skip to the question
question = Votre question = Your question
send = Demander = Ask
keys = Entrée : demander · Maj + Entrée : à la ligne · ↑ : la dernière · Échap : effacer = Enter: ask · Shift + Enter: new line · ↑: the last one · Esc: clear
language = English = Français
documents = Articles
theme = Apparence : {name} = Appearance: {name}
theme_system = celle du système = the system’s
theme_light = claire = light
theme_dark = sombre = dark
clear = Effacer = Clear
clear_sure = Effacer toute la conversation ? = Clear the whole conversation?
welcome = Selon répond par les phrases mêmes des articles, avec leur source et celui qui parle ; il n’écrit rien de lui-même, ne tranche pas entre les sources, et dit quand il ne trouve rien. = Selon answers with the articles’ own sentences, with their source and who is speaking; it writes nothing itself, does not decide between sources, and says when it finds nothing.
examples = Par exemple = For example
example_number = {topic} : combien ? = {topic}: how many?
example_denial = {topic} : qui confirme, qui dément ? = {topic}: who confirms, who denies?
example_who = {topic} : qui dit quoi ? = {topic}: who says what?
articles = {n} article|{n} articles
passages = {n} passage|{n} passages
untitled = Article sans titre = Untitled article
search = Chercher un article… = Search the articles…
add_articles = Pour en ajouter : le bouton Articles, ou selon build DOSSIER = To add some: the Articles button, or selon build FOLDER
add_files = Ajouter des articles : choisir des fichiers, ou les déposer ici = Add articles: choose files, or drop them here
writing_off = Lecture seule. Pour ajouter des articles, démarrer le service avec SELON_API_KEY. = Read-only. To add articles, start the service with SELON_API_KEY.
key = Ce service demande sa clé, gardée pour cette session seule. = This service asks for its key, kept for this session alone.
key_use = Utiliser = Use
cancel = Annuler = Cancel
taken = Ajouté : = Added:
refused = Refusé : = Refused:
remove = Retirer = Remove
removed = Retiré : = Removed:
undo = Annuler = Undo
job_waiting = L’index attend d’être mis à jour… = The index waits to be rebuilt…
job_reading = L’index est mis à jour : {read} lus… = The index is being rebuilt: {read} read…
job_encoding = L’index est mis à jour : {n} passages sur {total} = The index is being rebuilt: {n} of {total} passages
job_left = , encore {left} s = , {left} s left
job_publishing = L’index est mis à jour : presque prêt… = The index is being rebuilt: nearly ready…
job_done = L’index est à jour. = The index is up to date.
searching = Recherche… = Searching…
quoted = {n} passage cité|{n} passages cités = {n} passage quoted|{n} passages quoted
quoted_of = {n} passage cité sur {total}|{n} passages cités sur {total} = {n} of {total} passages quoted
announced = Réponse : {quoted}, {articles}. = Answer: {quoted}, {articles}.
more = Voir plus de passages = Show more passages
permalink = Lien permanent = Permanent link
as_of = Réponse de l’index du {date}. = Answer from the index of {date}.
rewritten = Compris comme : {question} = Understood as: {question}
alone = Poser la question telle quelle = Ask just what I wrote
suggestions = Et ensuite = Next
restricted = Restreint à : = Restricted to:
unrestricted = Sans restriction = Unrestricted
filter_by = Restreindre la question = Restrict the question
filter_after = depuis le {date} = since {date}
filter_before = jusqu’au {date} = until {date}
unfilter = Ne plus restreindre à {said} = No longer restrict to {said}
only = Cet article seul = Only this article
copy = Copier : = Copy:
done = C’est fait = Done
failed = Échec = Failed
download = Télécharger : = Download:
format_Text = Texte = Text
quotation = « {text} » = “{text}”
coverage = Recherche dans {passages} de {articles}{undated}. = Searched {passages} of {articles}{undated}.
undated = , dont {n} sans date = , {n} without a date
reason_empty_index = Aucun article n’est encore indexé. = No article is indexed yet.
reason_filtered_out = Aucun passage ne reste avec ces filtres. = No passage is left under these filters.
reason_nothing_near = Rien, dans ces articles, ne répond à cette question. = Nothing in these articles answers this question.
reason_no_figure = Aucun passage ne répond par un chiffre. = No passage answers with a figure.
reason_other_actor = Les articles ne disent pas cela de celui que nomme la question. = The articles do not say this of the one named in the question.
absence = Ce silence ne confirme ni ne dément rien. = This silence neither confirms nor denies anything.
article_does = L’article {does} = The article {does}
stance_asserts = affirme = asserts
stance_reports = rapporte = reports
stance_doubts = doute = doubts
stance_denies = dément = denies
stance_neutral = reste neutre = stays neutral
means_asserts = Il le donne pour un fait, en son propre nom. = It states this as a fact, in its own voice.
means_reports = Il relaie sans prendre parti. = It relays this and takes no side.
means_doubts = Il met en doute, ou souligne que les preuves manquent. = It questions this, or stresses that proof is missing.
means_denies = Il dit, en son propre nom, que c’est faux. = It says, in its own voice, that this is false.
means_neutral = Il ne se prononce sur aucun fait ici. = It commits itself to no fact here.
voice_asserts = affirmation = asserts
voice_doubts = doute = doubts
voice_denies = démenti = denies
voice_silent = ne se prononce pas = does not comment
voices = Voix = Voices
that_is = c’est-à-dire {who} = that is, {who}
note_holder = Celui qui parle : {stance}. = Who is speaking: {stance}.
note_resolved = Ce mot désigne {who}, d’après l’article. = This word means {who}, from the article.
note_voice = Signe de position ({who}) : {stance}. = Sign of position ({who}): {stance}.
read = Lire dans l’article = Read in the article
original = Page d’origine = Original page
context = Contexte = Context
also_in = Aussi dans : = Also in:
quote = Citation {n} = Quote {n}
score = pertinence {percent} = relevance {percent}
figures = Chiffres, côte à côte = Figures, side by side
apart = À part : autre chose que demandé = Apart: something else than asked
figure = Chiffre = Figure
according = Selon = According to
the_article = l’article = the article
origins = {n} origines indépendantes = {n} independent origins
spread_low_high = De {low} à {high} = From {low} to {high}
spread_low = Au moins {low} = At least {low}
spread_high = Jusqu’à {high} = Up to {high}
different = {n} chiffres différents = {n} different figures
plot = Chiffres sur une échelle = Figures on a scale
plot_log = Chiffres sur une échelle logarithmique = Figures on a logarithmic scale
positions = Qui dit quoi = Who says what
changes = Plusieurs positions = Several positions
contradictions = Se contredisent = Contradict each other
against = contre = against
close = Fermer = Close
strip = En marge, ce que fait chaque phrase : = In the margin, what each sentence does:
furniture = grisé : hors article = dimmed: not of the article
ask_current = Demander à l’index actuel = Ask the current index
retry = Réessayer = Try again
retrying = Nouvel essai dans {n} s… = Trying again in {n} s…
error_unreachable = Le service ne répond pas. = The service does not answer.
error_unreadable = Le service a répondu quelque chose d’illisible. = The service answered something unreadable.
error_400 = Le service ne peut pas traiter cette question. = The service cannot take this question.
error_question_too_long = Votre question est trop longue. = Your question is too long.
error_unknown_filter = Rien dans l’index ne correspond à ce filtre. = Nothing in the index fits this filter.
error_unknown_version = Cette version de l’index n’est plus gardée. = This version of the index is no longer kept.
error_bad_key = Cette clé n’est pas celle du service. = This is not the service’s key.
error_writing_off = Le service n’accepte pas d’articles : il a été démarré sans clé. = The service takes no articles: it was started without a key.
error_429 = Trop de demandes ; réessayez bientôt. = Too many requests; try again soon.
error_wait = Trop de demandes ; réessayez dans {n} s. = Too many requests; try again in {n} s.
error_404 = Cet article n’est pas, ou plus, dans le corpus. = This article is not, or no longer, in the corpus.
error_500 = Une erreur s’est produite dans le service. = Something went wrong in the service.
error_503 = Le service n’est pas prêt. = The service is not ready.
kind_deployed = déployés
kind_planned = prévus
kind_killed_or_wounded = tués ou blessés
kind_captured = capturés
kind_missing = disparus
kind_deserted = déserteurs
kind_trained = formés
kind_arrested = arrêtés
kind_displaced = déplacés
kind_sentence = peines
kind_votes = voix
kind_cost = coûts
kind_duration = durées
kind_distance = distances
kind_share = parts
kind_magnitude = magnitude
kind_other = autres
`;

export const WORDS = {};
for (const line of TABLE.trim().split("\n")) {
	const [key, french, english] = line.split(" = ");
	WORDS[key] = [french, english ?? (key.startsWith("kind_") ? opened(key.slice(5)) : french)];
}

const LOCALES = { fr: "fr-FR", en: "en-GB" };

/** The reader's choice, else the first of the browser's languages that we speak, else French. */
export function pickLanguage(chosen, preferred = []) {
	const wanted = [chosen, ...preferred].map((tag) => tag?.toLowerCase().split("-")[0]);
	return wanted.find((language) => Object.hasOwn(LOCALES, language)) ?? "fr";
}

/** The words of a language: t(key, values) is text, t.parts(key, values) may have elements among it. */
export function words(language) {
	const locale = LOCALES[language];
	const column = Object.keys(LOCALES).indexOf(language);
	const plurals = new Intl.PluralRules(locale);
	const number = new Intl.NumberFormat(locale).format;
	const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 4 }).format;
	const percent = new Intl.NumberFormat(locale, { style: "percent" }).format;

	// The table is typed with plain spaces; French sets a no-break one before high punctuation.
	const spaced = (text) => (language === "fr" ? text.replace(/ (?=[:;?!»])/g, "\u00a0") : text);

	const parts = (key, values = {}) => {
		const [one, many = one] = WORDS[key][column].split("|");
		return (plurals.select(values.n ?? 1) === "one" ? one : many).split(/\{(\w+)\}/).map((part, index) => {
			if (index % 2 === 0) return spaced(part);
			return typeof values[part] === "number" ? number(values[part]) : values[part];
		});
	};

	/** A number with little room: in full below a million. */
	const rounded = (value) => (value < 1e6 ? number(value) : compact(value));

	const t = (key, values) => parts(key, values).join("");
	const has = (key) => Object.hasOwn(WORDS, key);
	/** A word of an open set: ours, else the service's own. */
	const of = (set, name) => (has(`${set}_${name}`) ? t(`${set}_${name}`) : opened(String(name)));
	/** What an article does, as a sentence. */
	const does = (stance) => t("article_does", { does: of("stance", stance) });
	/** An ISO day in words ("long") or figures ("short"); what is no day stays as it came. */
	const dated = (dateStyle) => {
		const { format } = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: "UTC" });
		return (day) => (/^\d{4}-\d\d-\d\d$/.test(day) && Date.parse(day) ? format(Date.parse(day)) : day);
	};
	return Object.assign(t, { language, parts, has, rounded, percent, of, does, date: dated("long"), day: dated("short") });
}

function opened(name) {
	return name.replaceAll("_", " ");
}
