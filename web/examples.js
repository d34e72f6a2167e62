// Makes three questions from the articles' titles, so that the first page speaks of what is really there.

// Words too common, in either language, to be what titles are about.
const COMMON = new Set(
  ("aux avec ce ces cette dans des elle est eux ils leur lui mais ne nous par pas pour que qui ses son sont sur sous " +
    "une vous ainsi selon après avant and are for from has have its that the their this was were will with not").split(" "),
);

/** Up to two topics: the phrases (of up to three words) that most titles share, else how the titles begin. */
export function topics(titles) {
  const seen = new Map();
  for (const title of titles) {
    for (const phrase of new Set(phrases(title))) {
      const key = phrase.toLowerCase();
      const known = seen.get(key) ?? { phrase, count: 0 };
      // Titles Set In Capitals add some; the writing with the fewest is the phrase's own.
      seen.set(key, { phrase: capitals(phrase) < capitals(known.phrase) ? phrase : known.phrase, count: known.count + 1 });
    }
  }
  const shared = [...seen]
    .filter(([, { count }]) => count > 1)
    .map(([key, { phrase, count }]) => ({ phrase, parts: key.split(" "), weight: count * key.split(" ").length }))
    .sort((a, b) => b.weight - a.weight || a.phrase.localeCompare(b.phrase));
  // A second topic that shares a word with the first would be the same question again.
  const [first] = shared;
  const second = shared.find(({ parts }) => !parts.some((part) => first.parts.includes(part)));
  const beginnings = titles.map((title) => title.split(/\s*[:?!.](?:\s|$)/)[0]).filter(Boolean);
  return [...[first, second].filter(Boolean).map(({ phrase }) => phrase), ...beginnings].slice(0, 2);
}

/** The three questions, in the words of the interface. */
export function examples(titles, t) {
  const [first, second = first] = topics(titles).map((topic) => topic.charAt(0).toUpperCase() + topic.slice(1));
  if (!first) return [];
  return [["number", first], ["denial", first], ["who", second]].map(([kind, topic]) => t(`example_${kind}`, { topic }));
}

// Runs of words with no common or short word among them.
function* phrases(title) {
  const words = title.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
  for (let from = 0; from < words.length; from++) {
    for (let to = from; to < Math.min(words.length, from + 3); to++) {
      if (words[to].length < 3 || COMMON.has(words[to].toLowerCase())) break;
      yield words.slice(from, to + 1).join(" ");
    }
  }
}

const capitals = (text) => text.match(/\p{Lu}/gu)?.length ?? 0;
