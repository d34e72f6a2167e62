// The stance of a sentence, told by a word, a shape and a colour, so that none has to be told apart alone.
// Shape and colour are drawn by the style sheet from data-stance.

import { h } from "./dom.js";

export const STANCES = ["asserts", "reports", "doubts", "denies", "neutral"];

/** "The article reports", or the verb alone (set = "stance") where the place already says who. */
export function badge(stance, t, set = "article") {
  return h("span.badge", { "data-stance": stance, title: STANCES.includes(stance) ? t(`means_${stance}`) : null }, t.of(set, stance));
}

/** How many sentences do what: "reports 9", "doubts 2". Those that are none are left out. */
export function tallies(counts, t) {
  const found = STANCES.filter((stance) => counts?.[stance] > 0);
  return found.map((stance) => h("li.badge", { "data-stance": stance }, t.of("stance", stance), ` ${counts[stance]}`));
}

/** A document's profile: a bar with its counts in words. */
export function profile(stance, t) {
  const items = tallies(stance?.counts, t);
  const parts = items.map(({ dataset }) => {
    const part = h("span", { "data-stance": dataset.stance });
    part.style.flexGrow = stance.counts[dataset.stance];
    return part;
  });
  return items.length > 0 && h("div.profile", h("span.bar", { "aria-hidden": "true" }, parts), h("ul.tallies", items));
}
