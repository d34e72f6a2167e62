// The whole article, as it was read: every character of its text, the quoted span highlighted, the stance of each
// sentence in a strip beside its paragraph, and what is not the article's own text dimmed.

import { profile, STANCES } from "./badge.js";
import { h, webAddress } from "./dom.js";
import { unitOffsets } from "./offsets.js";
import { errorWords, origins, title } from "./render.js";

/** The panel's content for { document, text, passages } and the span to highlight (or null). */
export function renderArticle({ document, text, passages }, span, t) {
  const original = webAddress(document.url);
  const used = new Set(passages.map(({ stance }) => stance));
  return [
    bar(t),
    h(
      "header",
      { class: "article-head" },
      h("h2", { class: "article-title", dir: "auto" }, title(document, t)),
      h("p", { class: "muted" }, origins(document, t).flatMap((part, index) => (index ? [" · ", part] : [part]))),
      original && h("p", {}, h("a", { href: original, target: "_blank", rel: "noopener noreferrer nofollow" }, t("original"))),
      profile(document.stance, t),
      h(
        "p",
        { class: "legend muted" },
        h("span", { class: "legend-item" }, t("strip")),
        STANCES.filter((stance) => used.has(stance)).map((stance) =>
          h("span", { class: "legend-item", "data-stance": stance }, h("span", { class: "sample", "data-stance": stance }), t.of("stance", stance)),
        ),
        h("span", { class: "legend-item" }, t("furniture")),
      ),
    ),
    h(
      "div",
      { class: "article-text", lang: document.language ?? null },
      paragraphs(text, passages, span).map((paragraph) => renderParagraph(paragraph, t)),
    ),
  ];
}

/** The panel while its article is on the way, or when it did not come. */
export function renderArticleNotice(error, t) {
  return [bar(t), h("div", { class: "notice" }, h("p", { class: "notice-lead" }, error ? errorWords(error, t) : t("loading")))];
}

function bar(t) {
  return h(
    "div",
    { class: "article-bar" },
    h("span", { class: "muted" }, t("article")),
    h("button", { type: "button", class: "close", "data-action": "close", "aria-label": t("close"), title: t("close") }, "×"),
  );
}

/**
 * Cuts a text into paragraphs of pieces: [{ pieces: [{ text, passage, marked }], passages }]. A piece belongs to one
 * passage or to none; all pieces joined are the text again. Offsets are the service's, in code points.
 */
export function paragraphs(text, passages, span) {
  const ordered = [...passages].sort((a, b) => a.start - b.start);
  const points = ordered.flatMap(({ start, end }) => [start, end]);
  const units = unitOffsets(text, [...points, span?.start ?? 0, span?.end ?? 0]);
  const [from, to] = units.slice(-2);
  const borders = new Set([0, text.length, from, to, ...units]);
  for (const { index, 0: run } of text.matchAll(/(?:\r\n|\r|\n)\s*/g)) borders.add(index).add(index + run.length);
  const sorted = [...borders].sort((a, b) => a - b);

  const result = [];
  let open = null;
  let next = 0; // the first passage that does not end before this piece
  for (let i = 0; i + 1 < sorted.length; i++) {
    const [start, end] = [sorted[i], sorted[i + 1]];
    while (next < ordered.length && units[2 * next + 1] <= start) next += 1;
    const inside = next < ordered.length && units[2 * next] <= start ? next : null;
    const piece = { text: text.slice(start, end), passage: inside, marked: start >= from && end <= to };
    if (!open) result.push((open = { pieces: [], passages: new Map() }));
    open.pieces.push(piece);
    if (inside !== null && piece.text.trim()) {
      open.passages.set(inside, (open.passages.get(inside) ?? 0) + piece.text.length);
    }
    // A run of line ends closes the paragraph that it follows, unless a sentence goes on after it.
    if (/^[\r\n]/.test(piece.text) && inside === null) open = null;
  }
  return result.map(({ pieces, passages: lengths }) => ({
    pieces,
    passages: [...lengths].map(([index, length]) => ({ passage: ordered[index], length })),
  }));
}

function renderParagraph({ pieces, passages }, t) {
  const strip = h("ul", { class: "strip" });
  for (const { passage, length } of passages) {
    const { stance } = passage;
    const words = [...passage.text].slice(0, 60).join("");
    const name = `${t.of("article", stance)} : ${words}…`;
    const item = h("li", { "data-stance": STANCES.includes(stance) ? stance : null, title: t.of("article", stance) }, h("span", { class: "unseen" }, name));
    item.style.flexGrow = length; // each sentence takes its share of the paragraph's height
    strip.append(item);
  }
  return h(
    "div",
    { class: "paragraph" },
    passages.length ? strip : null,
    h("p", { dir: "auto" }, pieces.map(renderPiece)),
  );
}

function renderPiece({ text, passage, marked }) {
  if (/^[\r\n]/.test(text)) return h("span", { class: "break" }, text);
  // Every piece is isolated: a direction override in one sentence cannot turn the next around.
  if (marked) return h("mark", { class: "hit", tabindex: -1 }, text);
  return h("bdi", { class: passage === null && text.trim() ? "furniture" : null }, text);
}

