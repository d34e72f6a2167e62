// The whole article, to the letter: the quoted span highlighted, each sentence's stance in a strip beside its
// paragraph, what is not the article's own text dimmed.

import { profile, STANCES } from "./badge.js";
import { h, joined, outward } from "./dom.js";
import { unitOffsets } from "./offsets.js";
import { errorWords, origins, title } from "./render.js";

/** The panel's content for { document, text, passages } and the span to highlight, or null. */
export function renderArticle({ document, text, passages }, span, t) {
  const used = STANCES.filter((stance) => passages.some((passage) => passage.stance === stance));
  return [
    bar(t),
    h(
      "header.article-head",
      h("h2", { dir: "auto" }, title(document, t)),
      h("p.muted", joined([...origins(document, t), outward(document.url, t("original"))])),
      profile(document.stance, t),
      h(
        "p.legend.muted",
        t("strip"),
        used.map((stance) => h("span", h("span.sample", { "data-stance": stance }), t.of("stance", stance))),
        h("span", t("furniture")),
      ),
    ),
    h("div.article-text", { lang: document.language }, paragraphs(text, passages, span).map((each) => renderParagraph(each, t))),
  ];
}

/** The panel while its article is on the way, or when it did not come. */
export function renderArticleNotice(error, t) {
  return [bar(t), h("div.notice", h("p.lead", error ? errorWords(error, t) : t("loading")))];
}

function bar(t) {
  const close = h("button.close", { type: "button", "data-action": "close", "aria-label": t("close"), title: t("close") }, "×");
  return h("div.article-bar", h("span.muted", t("article")), close);
}

// Paragraphs: [{ pieces: [{ text, passage, marked }], sentences: [{ passage, length }] }]. A piece belongs to one
// passage (its index) or to none; all pieces joined are the text again.
export function paragraphs(text, passages, span) {
  const ordered = [...passages].sort((a, b) => a.start - b.start);
  const points = [...ordered, span ?? { start: 0, end: 0 }].flatMap(({ start, end }) => [start, end]);
  const units = unitOffsets(text, points);
  const [from, to] = units.slice(-2);
  const borders = new Set([0, text.length, ...units]);
  for (const { index, 0: run } of text.matchAll(/[\r\n]\s*/g)) borders.add(index).add(index + run.length);
  const sorted = [...borders].sort((a, b) => a - b);

  const result = [];
  let open = null;
  let next = 0; // the first passage that does not end before this piece
  for (let i = 0; i + 1 < sorted.length; i++) {
    const [start, end] = [sorted[i], sorted[i + 1]];
    while (next < ordered.length && units[2 * next + 1] <= start) next += 1;
    const passage = next < ordered.length && units[2 * next] <= start ? next : null;
    const piece = { text: text.slice(start, end), passage, marked: start >= from && end <= to };
    if (!open) result.push((open = { pieces: [], lengths: new Map() }));
    open.pieces.push(piece);
    if (passage !== null) open.lengths.set(passage, (open.lengths.get(passage) ?? 0) + end - start);
    // Line ends close a paragraph, unless a sentence goes on after them.
    if (isBreak(piece) && passage === null) open = null;
  }
  return result.map(({ pieces, lengths }) => ({
    pieces,
    sentences: [...lengths].map(([index, length]) => ({ passage: ordered[index], length })),
  }));
}

const isBreak = ({ text }) => /^[\r\n]/.test(text);

function renderParagraph({ pieces, sentences }, t) {
  const items = sentences.map(({ passage: { stance, text }, length }) => {
    const does = t.of("article", stance);
    const item = h("li", { "data-stance": stance, title: does }, h("span.unseen", `${does} : ${text.match(/^.{0,60}/su)[0]}…`));
    item.style.flexGrow = length; // each sentence takes its share of the paragraph's height
    return item;
  });
  return h("div.paragraph", items.length > 0 && h("ul.strip", items), h("p", { dir: "auto" }, pieces.map(renderPiece)));
}

// Every piece is isolated: a direction override in one sentence cannot turn the next around.
function renderPiece(piece) {
  const { text, passage, marked } = piece;
  if (marked) return h("mark.hit", { tabindex: -1 }, text);
  if (isBreak(piece)) return h("span.break", text);
  return h(passage === null && text.trim() ? "bdi.furniture" : "bdi", text);
}
