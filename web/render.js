// From the JSON of the service to what the reader sees. Pure: nothing here asks, stores or listens.
// Buttons carry data-action; app.js acts on them.

import { badge, profile, STANCES, tallies } from "./badge.js";
import { h, isolated, joined, outward, webAddress } from "./dom.js";
import { codePoints, cut } from "./offsets.js";
import { documentRoute } from "./route.js";

const LONG = 2500; // characters from which a quote scrolls in its own box
const MOST = 50; // the contract's largest limit

const button = (action, text, attributes = {}) => h("button.quiet", { type: "button", "data-action": action, ...attributes }, text);

/** The first page: what Selon does, three questions to try, and the articles there are. */
export function renderWelcome({ documents, next }, questions, t) {
  return h(
    "section.welcome",
    h("p.welcome-lead", t("welcome")),
    documents?.length === 0 && noArticles(t),
    questions.length > 0 && [
      h("h2", t("examples")),
      h("ul.examples", questions.map((question) => h("li", button("try", isolated(question))))),
    ],
    documents?.length > 0 && [h("h2", t("articles", { n: documents.length })), h("ul.shelf", documents.map((item) => shelved(item, t)))],
    next && h("p", "…"),
  );
}

const noArticles = (t) => [h("p", t("reason_empty_index")), h("p.muted", t("add_articles"))];

function shelved(item, t) {
  const count = Number.isInteger(item.passages) && t("passages", { n: item.passages });
  return h(
    "li",
    h("a.shelf-title", { href: documentRoute(item.id) }, title(item, t)),
    h("p.muted", joined([...origins(item, t), count])),
    profile(item.stance, t),
  );
}

/** One question with what came of it: its answer, its error, or neither yet. */
export function renderTurn({ id, question, answer, error }, t) {
  return h(
    "article.turn",
    { id, "aria-labelledby": `${id}-q`, "aria-busy": !answer && !error && "true" },
    h(
      "header.turn-head",
      h("h2.question", { id: `${id}-q`, dir: "auto", tabindex: question.length > 500 ? 0 : null }, question),
      h("a.permalink", { href: `?q=${encodeURIComponent(question)}`, title: t("permalink"), "aria-label": t("permalink") }, "#"),
    ),
    answer ? renderAnswer(answer, id, t) : error ? renderError(error, t) : skeleton(t),
  );
}

const skeleton = (t) => h("div.skeleton", h("p.unseen", t("searching")), [1, 2, 3].map(() => h("div.skeleton-line")));

function renderError(error, t) {
  const theirs = [error.message, error.hint].filter(Boolean);
  return h(
    "div.notice.error",
    h("p.lead", errorWords(error, t)),
    theirs.map((text) => h("p.muted", { lang: "en" }, isolated(text))),
    h("p.actions", button("retry", t("retry")), h("span.waiting.muted")),
  );
}

/** Our sentence for an error, by its code, its status, or the kind of its status. */
export function errorWords({ code, status }, t) {
  return t([`error_${code}`, `error_${status}`, status >= 500 ? "error_500" : "error_400"].find(t.has));
}

const reasonWords = (reason, t) => t([`reason_${reason}`, "reason_nothing_near"].find(t.has));

const isRefused = ({ answered, quotes }) => !answered || !quotes.length;

/** What the live region says once an answer is there. */
export function announcement(answer, t) {
  if (isRefused(answer)) return reasonWords(answer.reason, t);
  const articles = new Set(answer.quotes.map(({ document }) => document.id)).size;
  return t("announced", { quoted: t("quoted", { n: answer.quotes.length }), articles: t("articles", { n: articles }) });
}

function renderAnswer(answer, id, t) {
  const { rewritten, reason } = answer;
  return [
    typeof rewritten === "string" && h("p.muted", t.parts("rewritten", { question: isolated(rewritten) })),
    isRefused(answer)
      ? h(
          "div.notice.refusal",
          reason === "empty_index" ? noArticles(t) : [h("p.lead", reasonWords(reason, t)), h("p", t("absence"))],
        )
      : renderQuotes(answer, id, t),
    coverage(answer.coverage, t),
  ];
}

function coverage(covered, t) {
  if (!covered) return null;
  const { documents = 0, passages = 0, undated } = covered;
  return h(
    "p.coverage",
    t("coverage", {
      passages: t("passages", { n: passages }),
      articles: t("articles", { n: documents }),
      undated: undated > 0 ? t("undated", { n: undated }) : "",
    }),
  );
}

function renderQuotes({ quotes, figures, stances }, id, t) {
  const n = quotes.length;
  const total = STANCES.reduce((sum, stance) => sum + (stances?.[stance] ?? 0), 0);
  const more = total > n && n < MOST;
  return [
    h("div.summary", h("span", more ? t("quoted_of", { n, total }) : t("quoted", { n })), h("ul.tallies", tallies(stances, t))),
    figures?.length > 0 && renderFigures(figures, id, t),
    h("ol.quotes", quotes.map((quote, index) => renderQuote(quote, `${id}-${index}`, index + 1, t))),
    more && h("p.actions", button("more", t("more"))),
  ];
}

// A group for each thing counted, so that what the sources differ on stands together.
function renderFigures(figures, id, t) {
  const groups = Map.groupBy(figures, ({ figure }) => figure.kind ?? "other");
  const bodies = [...groups].map(([kind, entries]) =>
    h(
      "tbody",
      h("tr", h("th.kind", { scope: "rowgroup", colspan: 3 }, t.of("kind", kind))),
      entries.map((entry) => figureRow(entry, id, t)),
    ),
  );
  const heads = ["figure", "according", "stance"].map((key) => h("th", { scope: "col" }, t(key)));
  return h("table.figures", h("caption", t("figures")), h("thead", h("tr", heads)), bodies);
}

function figureRow({ figure, quote, holder, stance, published }, id, t) {
  const attributes = { type: "button", "data-action": "quote", "data-target": `${id}-${quote}`, "aria-label": t("quote", { n: quote + 1 }) };
  return h(
    "tr",
    h("td", h("bdi.amount", figure.text), figure.unit && [" ", isolated(figure.unit.text)], " ", h("button.to-quote", attributes, quote + 1)),
    h("td", holder ? isolated(holder) : t("the_article"), published && h("span.when", t.date(published))),
    h("td", badge(stance, t, "stance")),
  );
}

function renderQuote(quote, id, number, t) {
  const { document, text, before, after } = quote;
  const lang = document.language;
  const long = text.length > LONG;
  const notes = [];
  const around = (words) => words && h("p.around", { dir: "auto", hidden: true }, isolated(words));
  return h(
    "li.quote",
    { id, "data-stance": quote.stance, tabindex: -1, "aria-label": t("quote", { n: number }) },
    h("div.quote-head", badge(quote.stance, t), quote.heading && h("bdi.heading", { lang }, quote.heading)),
    h(
      "blockquote",
      { lang, cite: webAddress(document.url) },
      around(before),
      h("p", { class: long ? "words long" : "words", dir: "auto", tabindex: long ? 0 : null }, marked(quote, id, notes, t)),
      around(after),
    ),
    voices(quote, t),
    notes,
    source(quote, t),
  );
}

// Holders and cues are underlined, figures strong. Explanations are hidden notes beside the quote, whose own text
// so stays to the letter.
function marked(quote, id, notes, t) {
  let at = quote.start;
  return cut(quote.text, at, explained(quote, t)).map(({ text, spans }) => {
    const words = emphasised(text, at, quote.figures ?? []);
    at += codePoints(text);
    if (!spans.length) return words;
    const note = `${id}-note-${notes.length}`;
    notes.push(h("span", { id: note, hidden: true }, spans.map((span) => h("span", span.note))));
    const kinds = spans.map(({ kind }) => kind).join(" ");
    return h("span", { class: `mark ${kinds}`, role: "button", tabindex: 0, "aria-describedby": note }, words);
  });
}

// A figure that straddles an underlined piece is cut at its border; each part is strong.
function emphasised(text, start, figures) {
  const end = start + codePoints(text);
  const inside = figures.map((figure) => ({ start: Math.max(figure.start, start), end: Math.min(figure.end, end) }));
  return cut(text, start, inside).map((piece) => (piece.spans.length ? h("strong.number", piece.text) : piece.text));
}

function explained({ cue, stance, voices }, t) {
  const spans = [];
  if (cue) spans.push({ ...cue, kind: "cue", note: `${t.of("article", stance)}. ${t.of("means", stance)}` });
  for (const { holder, resolved, cue: own, stance: position } of voices ?? []) {
    const said = t.of("voice", position);
    const who = () => isolated((resolved ?? holder)?.text ?? "");
    const meant = resolved ? [" ", t.parts("note_resolved", { who: who() })] : [];
    if (holder) spans.push({ ...holder, kind: "holder", note: [t("note_holder", { stance: said }), meant] });
    if (own) spans.push({ ...own, kind: "cue", note: t.parts("note_voice", { who: who(), stance: said }) });
  }
  return spans;
}

function voices({ voices: all = [], document: { language: lang } }, t) {
  const items = all
    .filter(({ holder }) => holder)
    .map(({ holder, stance, resolved }) =>
      h(
        "li",
        h("bdi.voice", { lang }, holder.text),
        resolved && [" (", t.parts("that_is", { who: isolated(resolved.text, { lang }) }), ")"],
        h("span.muted", ` · ${t.of("voice", stance)}`),
      ),
    );
  return items.length > 0 && h("div.voices", h("span.muted", t("voices")), h("ul", items));
}

function source({ document, start, end, before, after, score, also_in: others = [] }, t) {
  return h(
    "footer.source",
    h("p", joined([h("cite", title(document, t)), ...origins(document, t)])),
    others.length > 0 && h("p.muted", t("also_in"), joined(others.map((other) => elsewhere(other.document ?? other, other, t)))),
    h(
      "p.actions",
      h("a.read", { href: documentRoute(document.id, start, end) }, t("read")),
      outward(document.url, t("original")),
      (before || after) && button("context", t("context"), { "aria-expanded": "false" }),
      typeof score === "number" && h("span.score", t("score", { percent: t.percent(score) })),
    ),
    webAddress(document.url) && h("p.printed", document.url),
  );
}

const elsewhere = (document, { start, end }, t) => h("a", { href: documentRoute(document.id, start, end) }, title(document, t));

/** Publisher and date, those that are known. */
export const origins = ({ publisher, published }, t) => [publisher && isolated(publisher), published && t.date(published)];

/** An article's title in its own language; without one, its id, so that it can be told apart. */
export function title({ id, title: words, language: lang }, t) {
  return words ? isolated(words, { lang }) : h("span", t("untitled"), " (", isolated(id), ")");
}
