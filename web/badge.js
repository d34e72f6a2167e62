// The stance of a sentence as a small badge: a shape, a word and a colour, so that none has to be told apart alone.

import { h, svg } from "./dom.js";

export const STANCES = ["asserts", "reports", "doubts", "denies", "neutral"];

// Sixteen units square each: a full disc, a speech bubble, a question, a cross, a ring.
const SHAPES = {
  asserts: () => [svg("circle", { cx: 8, cy: 8, r: 6, fill: "currentColor" })],
  reports: () => [
    svg("path", { d: "M2 3h12v8H8l-4 3.5V11H2z", fill: "none", stroke: "currentColor", "stroke-width": 2, "stroke-linejoin": "round" }),
  ],
  doubts: () => [
    svg("path", { d: "M4.5 5.6a3.5 3.3 0 1 1 5.2 2.9C8.5 9.2 8 9.7 8 11", fill: "none", stroke: "currentColor", "stroke-width": 2 }),
    svg("circle", { cx: 8, cy: 13.7, r: 1.3, fill: "currentColor" }),
  ],
  denies: () => [svg("path", { d: "m3 3 10 10M13 3 3 13", stroke: "currentColor", "stroke-width": 2.6 })],
  neutral: () => [svg("circle", { cx: 8, cy: 8, r: 5, fill: "none", stroke: "currentColor", "stroke-width": 2 })],
};

/** The shape alone, hidden from screen readers: a word always stands by. */
export function shape(stance) {
  return svg("svg", { class: "shape", viewBox: "0 0 16 16", "aria-hidden": "true" }, SHAPES[stance]?.());
}

/** "The article reports", or the verb alone where the column already says who. */
export function badge(stance, t, { brief = false } = {}) {
  const known = STANCES.includes(stance) ? stance : null;
  const word = t.of(brief ? "stance" : "article", stance);
  return h("span", { class: "badge", "data-stance": known, title: known && t(`means_${known}`) }, shape(stance), word);
}

/** A document's profile: how many of its sentences do what, as a bar with the counts in words. */
export function profile(stance, t) {
  const counts = STANCES.map((label) => [label, stance?.counts?.[label] ?? 0]).filter(([, n]) => n > 0);
  if (!counts.length) return null;
  const bar = h("span", { class: "bar", "aria-hidden": "true" });
  for (const [label, n] of counts) {
    const part = h("span", { class: "bar-part", "data-stance": label });
    part.style.flexGrow = n;
    bar.append(part);
  }
  const items = counts.map(([label, n]) =>
    h("li", { "data-stance": label }, shape(label), `${t.of("stance", label)} ${n}`),
  );
  return h("div", { class: "profile" }, bar, h("ul", { class: "profile-counts" }, items));
}
