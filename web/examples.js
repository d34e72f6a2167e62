// Makes three questions from the titles of the articles, so that the first page speaks of what is really there.

// Words too common, in either language, to be what titles are about.
const COMMON = new Set(
  ("a à au aux avec ce ces cette dans de des du d elle en est et eux il ils je l la le les leur lui mais ne nous on ou où " +
    "par pas pour qu que qui sa se ses si son sont sur un une vous y ainsi selon face après avant sans sous " +
    "an and are as at be by for from has have in is it its of on or that the their this to was were will with not")
    .split(" "),
);
const LONGEST = 3;

/** Up to two topics: the phrases (of up to three words) that most titles share, else the first titles' beginnings. */
export function topics(titles) {
  const seen = new Map(); // phrase in small letters -> { phrase, count }
  for (const title of titles) {
    for (const phrase of new Set(phrases(title))) {
      const key = phrase.toLowerCase();
      const known = seen.get(key) ?? { phrase, count: 0 };
      // Titles Set In Capitals add some; the writing with the fewest is the phrase's own.
      const own = capitals(phrase) < capitals(known.phrase) ? phrase : known.phrase;
      seen.set(key, { phrase: own, count: known.count + 1 });
    }
  }
  const shared = [...seen.entries()]
    .filter(([, { count }]) => count > 1)
    .map(([key, { phrase, count }]) => ({ key, phrase, weight: count * key.split(" ").length }))
    .sort((a, b) => b.weight - a.weight || a.key.localeCompare(b.key));
  const chosen = [];
  for (const { key, phrase } of shared) {
    // A second topic that shares a word with the first would be the same question again.
    if (chosen.some((other) => key.split(" ").some((word) => other.toLowerCase().split(" ").includes(word)))) continue;
    chosen.push(phrase);
  }
  const beginnings = titles.map((title) => title.split(/\s*[:?!.]\s|\s[–—-]\s|\s*[?!.]$/)[0].trim()).filter(Boolean);
  return [...chosen, ...beginnings].slice(0, 2);
}

/** The three questions, in the words of the interface. */
export function examples(titles, t) {
  const [first, second] = topics(titles);
  if (!first) return [];
  const start = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  return [
    t("example_number", { topic: start(first) }),
    t("example_denial", { topic: start(first) }),
    t("example_who", { topic: start(second ?? first) }),
  ];
}

// Runs of words without a common word in or between them.
function* phrases(title) {
  const words = title.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
  for (let from = 0; from < words.length; from++) {
    for (let to = from; to < Math.min(words.length, from + LONGEST); to++) {
      if (COMMON.has(words[to].toLowerCase()) || words[to].length < 3) break;
      yield words.slice(from, to + 1).join(" ");
    }
  }
}

function capitals(text) {
  return text.match(/\p{Lu}/gu)?.length ?? 0;
}
