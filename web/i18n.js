// Every word of the interface, French beside English; "one|many". That nothing was found is never worded as a denial.

const WORDS = {
  motto: ["selon les articles, mot pour mot", "according to the articles, word for word"],
  skip: ["Aller à la question", "Skip to the question"],
  label: ["Votre question", "Your question"],
  placeholder: ["Votre question…", "Your question…"],
  send: ["Demander", "Ask"],
  keys: [
    "Entrée : demander · Maj + Entrée : à la ligne · ↑ : la dernière · Échap : effacer",
    "Enter: ask · Shift + Enter: new line · ↑: the last one · Esc: clear",
  ],
  language: ["English", "Français"],
  clear: ["Effacer", "Clear"],
  clear_sure: ["Effacer toute la conversation ?", "Clear the whole conversation?"],

  welcome: [
    "Selon répond par les phrases mêmes des articles, avec leur source et celui qui parle ; il n’écrit rien de lui-même, " +
      "ne tranche pas entre les sources, et dit quand il ne trouve rien.",
    "Selon answers with the articles’ own sentences, with their source and who is speaking; it writes nothing itself, " +
      "does not decide between sources, and says when it finds nothing.",
  ],
  examples: ["Par exemple", "For example"],
  example_number: ["{topic} : combien ?", "{topic}: how many?"],
  example_denial: ["{topic} : qui confirme, qui dément ?", "{topic}: who confirms, who denies?"],
  example_who: ["{topic} : qui dit quoi ?", "{topic}: who says what?"],
  articles: ["{n} article|{n} articles", "{n} article|{n} articles"],
  passages: ["{n} passage|{n} passages", "{n} passage|{n} passages"],
  untitled: ["Article sans titre", "Untitled article"],
  add_articles: ["Pour en ajouter : selon build DOSSIER", "To add some: selon build FOLDER"],

  searching: ["Recherche dans les articles…", "Searching the articles…"],
  quoted: ["{n} passage cité|{n} passages cités", "{n} passage quoted|{n} passages quoted"],
  quoted_of: ["{n} passage cité sur {total}|{n} passages cités sur {total}", "{n} of {total} passages quoted"],
  announced: ["Réponse : {quoted}, {articles}.", "Answer: {quoted}, {articles}."],
  more: ["Voir plus de passages", "Show more passages"],
  permalink: ["Lien vers cette question", "Link to this question"],
  rewritten: ["Compris comme : {question}", "Understood as: {question}"],
  coverage: ["Recherche dans {passages} de {articles}{undated}.", "Searched {passages} of {articles}{undated}."],
  undated: [", dont {n} sans date", ", {n} without a date"],

  reason_empty_index: ["Aucun article n’est encore indexé.", "No article is indexed yet."],
  reason_filtered_out: ["Aucun passage ne reste avec ces filtres.", "No passage is left under these filters."],
  reason_nothing_near: ["Rien, dans ces articles, ne répond à cette question.", "Nothing in these articles answers this question."],
  reason_no_figure: ["Aucun passage ne répond par un chiffre.", "No passage answers with a figure."],
  reason_other_actor: ["Les articles ne disent pas cela de celui que nomme la question.", "The articles do not say this of the one named in the question."],
  absence: ["Ce silence ne confirme ni ne dément rien.", "This silence neither confirms nor denies anything."],

  stance: ["L’article…", "The article…"],
  stance_asserts: ["affirme", "asserts"],
  stance_reports: ["rapporte", "reports"],
  stance_doubts: ["doute", "doubts"],
  stance_denies: ["dément", "denies"],
  stance_neutral: ["neutre", "neutral"],
  article_asserts: ["L’article affirme", "The article asserts"],
  article_reports: ["L’article rapporte", "The article reports"],
  article_doubts: ["L’article doute", "The article doubts"],
  article_denies: ["L’article dément", "The article denies"],
  article_neutral: ["L’article reste neutre", "The article stays neutral"],
  means_asserts: ["Il le donne pour un fait, en son propre nom.", "It states this as a fact, in its own voice."],
  means_reports: ["Il relaie sans prendre parti.", "It relays this and takes no side."],
  means_doubts: ["Il met en doute, ou souligne que les preuves manquent.", "It questions this, or stresses that proof is missing."],
  means_denies: ["Il dit, en son propre nom, que c’est faux.", "It says, in its own voice, that this is false."],
  means_neutral: ["Il ne se prononce sur aucun fait ici.", "It commits itself to no fact here."],
  voice_asserts: ["affirmation", "asserts"],
  voice_doubts: ["doute", "doubts"],
  voice_denies: ["démenti", "denies"],
  voice_silent: ["ne se prononce pas", "does not comment"],
  voices: ["Voix", "Voices"],
  that_is: ["c’est-à-dire {who}", "that is, {who}"],
  note_holder: ["Celui qui parle : {stance}.", "Who is speaking: {stance}."],
  note_resolved: ["Ce mot désigne {who}, d’après l’article.", "This word means {who}, from the article."],
  note_voice: ["Signe de la position de {who} : {stance}.", "Sign of the position of {who}: {stance}."],

  read: ["Lire dans l’article", "Read in the article"],
  original: ["Page d’origine", "Original page"],
  context: ["Contexte", "Context"],
  also_in: ["Aussi dans : ", "Also in: "],
  quote: ["Citation {n}", "Quote {n}"],
  score: ["pertinence {percent}", "relevance {percent}"],

  figures: ["Chiffres, côte à côte", "Figures, side by side"],
  figure: ["Chiffre", "Figure"],
  according: ["Selon", "According to"],
  the_article: ["l’article", "the article"],

  article: ["Article", "Article"],
  close: ["Fermer l’article", "Close the article"],
  loading: ["Ouverture de l’article…", "Opening the article…"],
  strip: ["Dans la marge, ce que fait chaque phrase :", "In the margin, what each sentence does:"],
  furniture: ["grisé : texte de la page, hors article", "dimmed: text of the page, not of the article"],

  retry: ["Réessayer", "Try again"],
  retrying: ["Nouvel essai dans {n} s…", "Trying again in {n} s…"],
  error_unreachable: ["Le service ne répond pas. Votre question est gardée.", "The service does not answer. Your question is kept."],
  error_unreadable: ["Le service a répondu quelque chose d’illisible.", "The service answered something unreadable."],
  error_400: ["Le service ne peut pas traiter cette question.", "The service cannot take this question."],
  error_404: ["Cet article n’est pas, ou plus, dans le corpus.", "This article is not, or no longer, in the corpus."],
  error_500: ["Une erreur s’est produite dans le service.", "Something went wrong in the service."],
  error_503: ["Le service n’est pas prêt.", "The service is not ready."],
};

// What figures count: in English the service's own words will do.
const KINDS = {
  deployed: "déployés", planned: "prévus", killed_or_wounded: "tués ou blessés", captured: "capturés", missing: "disparus",
  deserted: "déserteurs", trained: "formés", arrested: "arrêtés", displaced: "déplacés", sentence: "peines", votes: "voix",
  cost: "coûts", duration: "durées", distance: "distances", share: "parts", other: "autres",
};
for (const [kind, word] of Object.entries(KINDS)) WORDS[`kind_${kind}`] = [word, kind.replaceAll("_", " ")];

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
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent" });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });

  // The table is typed with plain spaces; French sets a no-break one before high punctuation.
  const spaced = (text) => (language === "fr" ? text.replace(/ (?=[:;?!»])/g, "\u00a0") : text);

  const parts = (key, values = {}) => {
    const [one, many = one] = WORDS[key][column].split("|");
    return (plurals.select(values.n ?? 1) === "one" ? one : many).split(/\{(\w+)\}/).map((part, index) => {
      if (index % 2 === 0) return spaced(part);
      return typeof values[part] === "number" ? numbers.format(values[part]) : values[part];
    });
  };

  const t = (key, values) => parts(key, values).join("");
  const has = (key) => Object.hasOwn(WORDS, key);
  return Object.assign(t, {
    language,
    parts,
    has,
    percent: (share) => percents.format(share),
    /** An ISO day in words; what is no day stays as it came. */
    date: (day) => (/^\d{4}-\d\d-\d\d$/.test(day) && Date.parse(day) ? dates.format(Date.parse(day)) : day),
    /** A word of an open set: ours, else the service's own with its underscores opened. */
    of: (set, name) => (has(`${set}_${name}`) ? t(`${set}_${name}`) : String(name).replaceAll("_", " ")),
  });
}

export { WORDS }; // for the tests
