// Every word of the interface, in French and in English, with the plurals, numbers and dates of each language.
// In a text, {name} is filled in; a text with plural forms is chosen by its value n. Reasons and stances speak of
// what the articles do: that nothing was found is never said as if it were denied.

const FR = {
  locale: "fr-FR",
  motto: "selon les articles, mot pour mot",
  skip: "Aller à la question",
  label: "Votre question",
  placeholder: "Posez une question aux articles…",
  send: "Demander",
  keys: "Entrée : demander · Maj + Entrée : à la ligne · ↑ : dernière question · Échap : effacer",
  language: "English",
  language_hint: "Show this page in English",
  theme: "Thème",
  theme_auto: "Thème : celui du système",
  theme_light: "Thème : clair",
  theme_dark: "Thème : sombre",
  clear: "Effacer",
  clear_hint: "Effacer la conversation",
  clear_sure: "Effacer toute la conversation ? Elle n’est gardée que dans ce navigateur.",
  cleared: "Conversation effacée.",

  welcome:
    "Selon répond par les phrases mêmes des articles, chacune avec sa source et celui qui parle ; " +
    "il n’écrit rien de lui-même, ne tranche pas entre les sources, et dit quand il ne trouve rien.",
  examples: "Par exemple",
  example_number: "{topic} : combien ?",
  example_denial: "{topic} : qui confirme, qui dément ?",
  example_who: "{topic} : qui dit quoi ?",
  articles: { one: "L’article", other: "Les {n} articles" },
  no_articles: "Aucun article n’est encore indexé.",
  no_articles_hint: "Pour en ajouter : selon build DOSSIER",
  more_articles: "Et d’autres encore.",
  untitled: "Article sans titre",
  passages: { one: "{n} passage", other: "{n} passages" },

  searching: "Recherche dans les articles…",
  quoted: { one: "{n} passage cité", other: "{n} passages cités" },
  quoted_of: "{n} passages cités sur {total}",
  announced: { one: "Réponse : {n} passage cité, {articles}.", other: "Réponse : {n} passages cités, {articles}." },
  in_articles: { one: "dans {n} article", other: "dans {n} articles" },
  more: "Voir plus de passages",
  permalink: "Lien vers cette question",
  rewritten: "Compris comme : {question}",
  coverage: "Recherche dans {passages} de {articles}{undated}.",
  coverage_articles: { one: "{n} article", other: "{n} articles" },
  coverage_undated: { one: ", dont {n} sans date", other: ", dont {n} sans date" },

  reason_empty_index: "Aucun article n’est encore indexé : il n’y a rien à citer.",
  reason_filtered_out: "Aucun passage ne reste avec ces filtres.",
  reason_nothing_near: "Rien, dans ces articles, ne répond à cette question.",
  reason_no_figure: "Aucun passage de ces articles ne donne de chiffre en réponse à cette question.",
  reason_other_actor: "Les articles ne disent rien à ce sujet de celui que nomme la question.",
  reason_unknown: "Selon n’a pas trouvé de passage à citer.",
  absence: "Ce silence n’est ni une confirmation ni un démenti.",

  stance_asserts: "affirme",
  stance_reports: "rapporte",
  stance_doubts: "doute",
  stance_denies: "dément",
  stance_neutral: "neutre",
  article_asserts: "L’article affirme",
  article_reports: "L’article rapporte",
  article_doubts: "L’article doute",
  article_denies: "L’article dément",
  article_neutral: "L’article reste neutre",
  means_asserts: "L’article présente ce propos comme un fait, en son propre nom.",
  means_reports: "L’article relaie le propos de quelqu’un, ou parle au conditionnel, sans prendre parti.",
  means_doubts: "L’article met ce propos en doute ou souligne que les preuves manquent.",
  means_denies: "L’article dit, en son propre nom, que c’est faux.",
  means_neutral: "L’article ne se prononce sur aucun fait dans cette phrase.",
  cue_article: "Le signe auquel on voit ce que fait l’article. {stance}.",
  voice_asserts: "affirmation",
  voice_doubts: "doute",
  voice_denies: "démenti",
  voice_silent: "ne se prononce pas",
  holder: "Celui qui parle : {stance}.",
  holder_resolved: "Celui qui parle : {stance}. Ce mot désigne {who}, d’après le reste de l’article.",
  cue_voice: "Le mot qui marque la position de {who} : {stance}.",
  voices: "Voix",
  that_is: "c’est-à-dire {who}",
  score: "pertinence {percent}",
  score_hint: "Probabilité estimée que ce passage réponde à la question",

  read: "Lire dans l’article",
  original: "Page d’origine",
  context: "Voir le contexte",
  context_hide: "Masquer le contexte",
  also_in: "Aussi dans : ",
  quote_number: "Citation {n}",

  figures: "Chiffres, côte à côte",
  figure: "Chiffre",
  according: "Selon",
  the_article: "l’article",
  stance: "L’article…",
  see_quote: "Voir la citation {n}",
  kind_deployed: "Déployés",
  kind_planned: "Prévus",
  kind_killed_or_wounded: "Tués ou blessés",
  kind_captured: "Capturés",
  kind_deserted: "Déserteurs",
  kind_trained: "Formés",
  kind_other: "Autres",

  article: "Article",
  close: "Fermer l’article",
  loading: "Ouverture de l’article…",
  found: "Le passage cité est surligné.",
  strip: "Ce que fait l’article, phrase par phrase",
  furniture: "en grisé, le texte de la page qui n’est pas de l’article",

  retry: "Réessayer",
  retrying: { one: "Nouvel essai dans {n} seconde…", other: "Nouvel essai dans {n} secondes…" },
  error_unreachable: "Le service ne répond pas. Votre question est gardée.",
  error_slow: "Le service met trop de temps à répondre. Votre question est gardée.",
  error_unreadable: "Le service a répondu quelque chose d’illisible.",
  error_400: "Le service n’a pas compris cette question.",
  error_404: "Cet article n’est pas, ou n’est plus, dans le corpus.",
  error_413: "Cette question est trop longue.",
  error_429: "Trop de questions à la fois : attendez un instant.",
  error_500: "Une erreur s’est produite dans le service.",
  error_503: "Le service n’est pas prêt.",
  error_detail: "Le service précise :",
};

const EN = {
  locale: "en-GB",
  motto: "according to the articles, word for word",
  skip: "Skip to the question",
  label: "Your question",
  placeholder: "Ask the articles a question…",
  send: "Ask",
  keys: "Enter: ask · Shift + Enter: new line · ↑: last question · Esc: clear",
  language: "Français",
  language_hint: "Afficher cette page en français",
  theme: "Theme",
  theme_auto: "Theme: the system’s",
  theme_light: "Theme: light",
  theme_dark: "Theme: dark",
  clear: "Clear",
  clear_hint: "Clear the conversation",
  clear_sure: "Clear the whole conversation? It is kept in this browser only.",
  cleared: "Conversation cleared.",

  welcome:
    "Selon answers with the articles’ own sentences, each with its source and who is speaking; " +
    "it writes nothing itself, does not decide between sources, and says when it finds nothing.",
  examples: "For example",
  example_number: "{topic}: how many?",
  example_denial: "{topic}: who confirms, who denies?",
  example_who: "{topic}: who says what?",
  articles: { one: "The article", other: "The {n} articles" },
  no_articles: "No article is indexed yet.",
  no_articles_hint: "To add some: selon build FOLDER",
  more_articles: "And others.",
  untitled: "Untitled article",
  passages: { one: "{n} passage", other: "{n} passages" },

  searching: "Searching the articles…",
  quoted: { one: "{n} passage quoted", other: "{n} passages quoted" },
  quoted_of: "{n} of {total} passages quoted",
  announced: { one: "Answer: {n} passage quoted, {articles}.", other: "Answer: {n} passages quoted, {articles}." },
  in_articles: { one: "in {n} article", other: "in {n} articles" },
  more: "Show more passages",
  permalink: "Link to this question",
  rewritten: "Understood as: {question}",
  coverage: "Searched {passages} of {articles}{undated}.",
  coverage_articles: { one: "{n} article", other: "{n} articles" },
  coverage_undated: { one: ", {n} without a date", other: ", {n} without a date" },

  reason_empty_index: "No article is indexed yet: there is nothing to quote.",
  reason_filtered_out: "No passage is left under these filters.",
  reason_nothing_near: "Nothing in these articles answers this question.",
  reason_no_figure: "No passage of these articles gives a figure in answer to this question.",
  reason_other_actor: "On this, the articles say nothing of the one whom the question names.",
  reason_unknown: "Selon found no passage to quote.",
  absence: "This silence neither confirms nor denies anything.",

  stance_asserts: "asserts",
  stance_reports: "reports",
  stance_doubts: "doubts",
  stance_denies: "denies",
  stance_neutral: "neutral",
  article_asserts: "The article asserts",
  article_reports: "The article reports",
  article_doubts: "The article doubts",
  article_denies: "The article denies",
  article_neutral: "The article stays neutral",
  means_asserts: "The article states this as a fact, in its own voice.",
  means_reports: "The article relays this for somebody, or in the conditional, and takes no side.",
  means_doubts: "The article calls this into question, or stresses that proof is missing.",
  means_denies: "The article says, in its own voice, that this is false.",
  means_neutral: "The article commits itself to no fact in this sentence.",
  cue_article: "The sign that shows what the article does. {stance}.",
  voice_asserts: "asserts",
  voice_doubts: "doubts",
  voice_denies: "denies",
  voice_silent: "does not comment",
  holder: "Who is speaking: {stance}.",
  holder_resolved: "Who is speaking: {stance}. This word means {who}, from the rest of the article.",
  cue_voice: "The word that marks the position of {who}: {stance}.",
  voices: "Voices",
  that_is: "that is, {who}",
  score: "relevance {percent}",
  score_hint: "Estimated chance that this passage answers the question",

  read: "Read in the article",
  original: "Original page",
  context: "Show the context",
  context_hide: "Hide the context",
  also_in: "Also in: ",
  quote_number: "Quote {n}",

  figures: "Figures, side by side",
  figure: "Figure",
  according: "According to",
  the_article: "the article",
  stance: "The article…",
  see_quote: "See quote {n}",
  kind_deployed: "Deployed",
  kind_planned: "Planned",
  kind_killed_or_wounded: "Killed or wounded",
  kind_captured: "Captured",
  kind_deserted: "Deserted",
  kind_trained: "Trained",
  kind_other: "Other",

  article: "Article",
  close: "Close the article",
  loading: "Opening the article…",
  found: "The quoted passage is highlighted.",
  strip: "What the article does, sentence by sentence",
  furniture: "dimmed: text of the page that is not the article’s",

  retry: "Try again",
  retrying: { one: "Trying again in {n} second…", other: "Trying again in {n} seconds…" },
  error_unreachable: "The service does not answer. Your question is kept.",
  error_slow: "The service takes too long to answer. Your question is kept.",
  error_unreadable: "The service answered something unreadable.",
  error_400: "The service could not take this question.",
  error_404: "This article is not, or no longer, in the corpus.",
  error_413: "This question is too long.",
  error_429: "Too many questions at once: wait a moment.",
  error_500: "Something went wrong in the service.",
  error_503: "The service is not ready.",
  error_detail: "The service adds:",
};

const WORDS = { fr: FR, en: EN };
export const LANGUAGES = Object.keys(WORDS);

/** The language of the page: the reader's choice, else the first of the browser's that we speak, else French. */
export function pickLanguage(chosen, preferred) {
  const wanted = [chosen, ...(preferred ?? [])].map((tag) => String(tag ?? "").toLowerCase().split("-")[0]);
  return wanted.find((language) => LANGUAGES.includes(language)) ?? "fr";
}

/** The words of a language: t(key, values) for text, t.parts(key, nodes) for text around nodes. */
export function words(language) {
  const table = WORDS[language];
  const plural = new Intl.PluralRules(table.locale);
  const numbers = new Intl.NumberFormat(table.locale);
  const percents = new Intl.NumberFormat(table.locale, { style: "percent", maximumFractionDigits: 0 });
  const dates = new Intl.DateTimeFormat(table.locale, { dateStyle: "long", timeZone: "UTC" });

  const template = (key, n) => {
    const entry = table[key];
    if (entry === undefined) throw new RangeError(`no such words: ${key}`);
    return typeof entry === "string" ? entry : (entry[plural.select(n)] ?? entry.other);
  };

  const parts = (key, values = {}) =>
    template(key, values.n)
      .split(/\{(\w+)\}/)
      .map((part, index) => {
        if (index % 2 === 0) return spaced(part);
        return typeof values[part] === "number" ? numbers.format(values[part]) : values[part];
      });

  // French sets a no-break space before high punctuation; the tables above are typed with plain ones.
  const spaced = (text) => (language === "fr" ? text.replace(/ (?=[:;?!»])/g, "\u00a0") : text);

  const t = (key, values) => parts(key, values).join("");
  t.language = language;
  t.parts = parts;
  t.has = (key) => Object.hasOwn(table, key);
  t.number = (n) => numbers.format(n);
  t.percent = (share) => percents.format(share);
  /** An ISO day in words; what is no day is shown as it came. */
  t.date = (day) => (/^\d{4}-\d{2}-\d{2}$/.test(day) && !isNaN(Date.parse(day)) ? dates.format(Date.parse(day)) : day);
  /** A word of an open set: the table's, else the service's own with its underscores opened. */
  t.of = (set, name) => (t.has(`${set}_${name}`) ? t(`${set}_${name}`) : String(name).replaceAll("_", " "));
  return t;
}

/** The texts of a language, for the test that both say the same things. */
export const table = (language) => WORDS[language];
