// From the JSON of the service to what the reader sees. Pure: the same answer and words give the same elements,
// and nothing here asks, stores or listens. Buttons carry data-action; app.js acts on them.

import { badge, profile, shape, STANCES } from "./badge.js";
import { h, isolated, webAddress } from "./dom.js";
import { codePoints, cut } from "./offsets.js";
import { documentRoute } from "./route.js";

// Beyond this many characters a quote scrolls in its own box instead of pushing all others away.
const LONG = 2500;

/** The first page: what Selon does, three questions to try, and the articles there are. */
export function renderWelcome({ documents, more, questions }, t) {
  const lead = h("p", { class: "welcome-lead" }, t("welcome"));
  if (documents === null) return h("section", { class: "welcome" }, lead); // not known yet, or out of reach
  if (!documents.length) {
    return h("section", { class: "welcome" }, lead, h("p", {}, t("no_articles")), h("p", { class: "muted" }, t("no_articles_hint")));
  }
  const tries = questions.map((question) =>
    h("li", {}, h("button", { type: "button", class: "example", "data-action": "try" }, isolated(question))),
  );
  return h(
    "section",
    { class: "welcome" },
    lead,
    tries.length > 0 && [h("h2", { class: "small-title" }, t("examples")), h("ul", { class: "examples" }, tries)],
    h("h2", { class: "small-title" }, t("articles", { n: documents.length })),
    h("ul", { class: "shelf" }, documents.map((document) => shelved(document, t))),
    more && h("p", { class: "muted" }, t("more_articles")),
  );
}

function shelved(document, t) {
  return h(
    "li",
    {},
    h("a", { class: "shelf-title", href: documentRoute(document.id) }, title(document, t)),
    h("p", { class: "muted" }, joined([...origins(document, t), Number.isInteger(document.passages) && t("passages", { n: document.passages })])),
    profile(document.stance, t),
  );
}

/** One question with what came of it: { id, question, answer } or { id, question, error } or still under way. */
export function renderTurn(turn, t) {
  const { id, question, answer, error } = turn;
  const head = h(
    "header",
    { class: "turn-head" },
    h("h2", { class: "question", id: `${id}-q`, dir: "auto" }, question),
    h("a", { class: "permalink", href: `?q=${encodeURIComponent(question)}`, title: t("permalink"), "aria-label": t("permalink") }, "#"),
  );
  const body = answer ? renderAnswer(answer, id, t) : error ? renderError(error, t) : skeleton(t);
  return h(
    "article",
    { class: "turn", id, "aria-labelledby": `${id}-q`, "aria-busy": !answer && !error ? "true" : null },
    head,
    body,
  );
}

function skeleton(t) {
  const lines = [1, 2, 3].map(() => h("div", { class: "skeleton-line" }));
  return h("div", { class: "skeleton" }, h("p", { class: "unseen" }, t("searching")), lines);
}

/** An error in words: ours for what happened, then the service's own message and advice. */
export function renderError(error, t) {
  return h(
    "div",
    { class: "notice error" },
    h("p", { class: "notice-lead" }, errorWords(error, t)),
    (error.message || error.hint) && [
      h("p", { class: "muted" }, t("error_detail")),
      error.message && h("p", { lang: "en" }, isolated(error.message)),
      error.hint && h("p", { lang: "en" }, isolated(error.hint)),
    ],
    h("p", { class: "actions" }, h("button", { type: "button", class: "quiet", "data-action": "retry" }, t("retry")), h("span", { class: "waiting muted" })),
  );
}

/** Our sentence for an error: by its code, else by its status, else by the hundred of its status. */
export function errorWords({ code, status }, t) {
  const keys = [`error_${code}`, `error_${status}`, status >= 500 ? "error_500" : "error_400"];
  return t(keys.find((key) => t.has(key)));
}

function renderAnswer(answer, id, t) {
  const refused = !answer.answered || !answer.quotes.length;
  return [
    typeof answer.rewritten === "string" && h("p", { class: "muted" }, t.parts("rewritten", { question: isolated(answer.rewritten) })),
    refused ? renderRefusal(answer, t) : renderQuotes(answer, id, t),
    coverage(answer.coverage, t),
  ];
}

function renderRefusal({ reason }, t) {
  return h(
    "div",
    { class: "notice refusal" },
    h("p", { class: "notice-lead" }, reasonWords(reason, t)),
    reason !== "empty_index" && reason !== "filtered_out" && h("p", {}, t("absence")),
    reason === "empty_index" && h("p", { class: "muted" }, t("no_articles_hint")),
  );
}

/** Why there is no answer, in words. */
export function reasonWords(reason, t) {
  return t(t.has(`reason_${reason}`) ? `reason_${reason}` : "reason_unknown");
}

function renderQuotes(answer, id, t) {
  const { quotes, stances } = answer;
  const total = STANCES.reduce((sum, stance) => sum + (stances?.[stance] ?? 0), 0);
  const more = total > quotes.length && quotes.length < 50;
  return [
    h(
      "p",
      { class: "summary" },
      h("span", {}, more ? t("quoted_of", { n: quotes.length, total }) : t("quoted", { n: quotes.length })),
      STANCES.filter((stance) => stances?.[stance] > 0).map((stance) =>
        h("span", { class: "tally", "data-stance": stance }, shape(stance), `${t.of("stance", stance)} ${t.number(stances[stance])}`),
      ),
    ),
    renderFigures(answer.figures, id, t),
    h("ol", { class: "quotes" }, quotes.map((quote, index) => renderQuote(quote, `${id}-${index}`, index + 1, t))),
    more && h("p", { class: "actions" }, h("button", { type: "button", class: "quiet", "data-action": "more" }, t("more"))),
  ];
}

/** The figures of an answer, a group for each thing counted, so that what the sources differ on stands together. */
export function renderFigures(figures, id, t) {
  if (!figures?.length) return null;
  const groups = new Map();
  for (const entry of figures) {
    const kind = entry.figure.kind ?? "other";
    groups.set(kind, [...(groups.get(kind) ?? []), entry]);
  }
  const bodies = [...groups].map(([kind, entries]) =>
    h(
      "tbody",
      {},
      h("tr", {}, h("th", { class: "kind", scope: "rowgroup", colspan: 3 }, t.of("kind", kind))),
      entries.map((entry) => figureRow(entry, id, t)),
    ),
  );
  const heads = ["figure", "according", "stance"].map((key) => h("th", { scope: "col" }, t(key)));
  return h("table", { class: "figures" }, h("caption", {}, t("figures")), h("thead", {}, h("tr", {}, heads)), bodies);
}

function figureRow({ figure, quote, holder, stance, published }, id, t) {
  return h(
    "tr",
    {},
    h(
      "td",
      {},
      isolated(figure.text, { class: "amount" }),
      figure.unit && [" ", isolated(figure.unit.text, { class: "unit" })],
      " ",
      h("button", { type: "button", class: "to-quote", "data-action": "quote", "data-target": `${id}-${quote}`, "aria-label": t("see_quote", { n: quote + 1 }) }, String(quote + 1)),
    ),
    h("td", {}, holder ? isolated(holder) : t("the_article"), published && h("span", { class: "muted when" }, t.date(published))),
    h("td", {}, badge(stance, t, { brief: true })),
  );
}

/** A quote as a newspaper sets it: the stance, the words, who speaks, and the source under them. */
export function renderQuote(quote, id, number, t) {
  const { document, stance } = quote;
  const language = document.language ?? null;
  const notes = [];
  const long = quote.text.length > LONG;
  const words = h(
    "p",
    { class: long ? "words long" : "words", dir: "auto", tabindex: long ? 0 : null },
    marked(quote, id, notes, t),
  );
  const around = [quote.before, quote.after].map((text) =>
    text ? h("p", { class: "around", dir: "auto", hidden: true }, isolated(text)) : null,
  );
  return h(
    "li",
    { class: "quote", id, "data-stance": STANCES.includes(stance) ? stance : null, tabindex: -1, "aria-label": t("quote_number", { n: number }) },
    h(
      "div",
      { class: "quote-head" },
      badge(stance, t),
      quote.heading && isolated(quote.heading, { class: "heading", lang: language }),
    ),
    h("blockquote", { lang: language, cite: webAddress(document.url) }, around[0], words, around[1]),
    voices(quote, t),
    notes,
    source(quote, Boolean(quote.before || quote.after), t),
  );
}

// The words of a quote with its holders and cues underlined and its figures set strong. Each underlined piece can be
// focused and has its explanation in a hidden note beside the quote, so the quote's own text stays to the letter.
function marked(quote, id, notes, t) {
  const spans = explained(quote, t);
  const figures = (quote.figures ?? []).map(({ start, end, text }) => ({ start, end, text }));
  let at = quote.start;
  return cut(quote.text, quote.start, spans).map((piece) => {
    const base = at;
    at += codePoints(piece.text);
    const inner = emphasised(piece.text, base, figures);
    if (!piece.spans.length) return inner;
    const note = `${id}-note-${notes.length}`;
    notes.push(h("span", { id: note, class: "note", hidden: true }, piece.spans.map((span) => h("span", {}, span.note))));
    const kinds = piece.spans.map((span) => span.kind).join(" ");
    return h("span", { class: `mark ${kinds}`, role: "button", tabindex: 0, "aria-describedby": note }, inner);
  });
}

// Figures that straddle an underlined piece are cut at its border; each part is strong.
function emphasised(text, base, figures) {
  const end = base + codePoints(text);
  const parts = figures
    .filter((figure) => figure.start < end && figure.end > base)
    .map((figure) => ({ start: Math.max(figure.start, base), end: Math.min(figure.end, end) }));
  return cut(text, base, parts).map((piece) => (piece.spans.length ? h("strong", { class: "number" }, piece.text) : piece.text));
}

function explained({ cue, stance, voices }, t) {
  const spans = [];
  if (cue) spans.push({ ...cue, kind: "cue", note: t("cue_article", { stance: t.of("article", stance) }) });
  for (const voice of voices ?? []) {
    const position = t.of("voice", voice.stance);
    const { holder, resolved } = voice;
    if (holder) {
      const note = resolved
        ? t.parts("holder_resolved", { stance: position, who: isolated(resolved.text) })
        : t("holder", { stance: position });
      spans.push({ ...holder, kind: "holder", note });
    }
    // The sign of the voice often is the sign of the article too (« selon »): then one explanation is enough.
    if (voice.cue && !(cue?.start === voice.cue.start && cue.end === voice.cue.end)) {
      const who = isolated(resolved?.text ?? holder?.text ?? "");
      spans.push({ ...voice.cue, kind: "cue", note: t.parts("cue_voice", { who, stance: position }) });
    }
  }
  return spans;
}

function voices(quote, t) {
  const found = (quote.voices ?? []).filter(({ holder }) => holder);
  if (!found.length) return null;
  const language = quote.document.language ?? null;
  const items = found.map(({ holder, stance, resolved }) =>
    h(
      "li",
      {},
      isolated(holder.text, { lang: language, class: "voice" }),
      resolved && [" (", t.parts("that_is", { who: isolated(resolved.text, { lang: language }) }), ")"],
      h("span", { class: "muted" }, ` · ${t.of("voice", stance)}`),
    ),
  );
  return h("div", { class: "voices" }, h("span", { class: "muted" }, t("voices")), h("ul", {}, items));
}

function source(quote, hasContext, t) {
  const { document, score } = quote;
  const original = webAddress(document.url);
  return h(
    "footer",
    { class: "source" },
    h(
      "p",
      { class: "source-line" },
      h("cite", {}, title(document, t)),
      joined(origins(document, t)).map((part) => part && h("span", { class: "muted" }, part)),
    ),
    quote.also_in?.length > 0 && h("p", { class: "muted" }, t("also_in"), separated(quote.also_in.map((other) => elsewhere(other, t)))),
    h(
      "p",
      { class: "actions" },
      h("a", { class: "read", href: documentRoute(document.id, quote.start, quote.end) }, t("read")),
      original && h("a", { href: original, target: "_blank", rel: "noopener noreferrer nofollow" }, t("original")),
      hasContext && h("button", { type: "button", class: "quiet", "data-action": "context", "aria-expanded": "false" }, t("context")),
      typeof score === "number" && h("span", { class: "score", title: t("score_hint") }, t("score", { percent: t.percent(score) })),
    ),
    original && h("p", { class: "printed" }, original),
  );
}

function elsewhere(other, t) {
  const document = typeof other === "string" ? { id: other, title: other } : (other.document ?? other);
  return h("a", { href: documentRoute(document.id, other.start, other.end) }, title(document, t));
}

/** Publisher and date, those that are known. */
export function origins(document, t) {
  return [document.publisher && isolated(document.publisher), document.published && t.date(document.published)].filter(Boolean);
}

/** An article's title in its own language, or that it has none, with its id so that it can be told apart. */
export function title(document, t) {
  if (document.title) return isolated(document.title, { lang: document.language ?? null });
  return h("span", {}, t("untitled"), " (", isolated(document.id), ")");
}

function coverage(covered, t) {
  if (!covered) return null;
  const { documents, passages, undated } = covered;
  return h(
    "p",
    { class: "coverage" },
    t("coverage", {
      passages: t("passages", { n: passages ?? 0 }),
      articles: t("coverage_articles", { n: documents ?? 0 }),
      undated: undated > 0 ? t("coverage_undated", { n: undated }) : "",
    }),
  );
}

/** What the live region says once an answer is there. */
export function announcement(answer, t) {
  if (!answer.answered || !answer.quotes.length) return reasonWords(answer.reason, t);
  const articles = new Set(answer.quotes.map(({ document }) => document.id)).size;
  return t("announced", { n: answer.quotes.length, articles: t("in_articles", { n: articles }) });
}

function joined(parts) {
  return separated(parts.filter(Boolean), " · ");
}

function separated(parts, separator = ", ") {
  return parts.flatMap((part, index) => (index ? [separator, part] : [part]));
}
