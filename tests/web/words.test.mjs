// The words of the interface, the addresses of articles, the examples, the storage.

import assert from "node:assert/strict";
import { test } from "node:test";
import { examples, topics } from "../../web/examples.js";
import { pickLanguage, speak, WORDS } from "../../web/i18n.js";
import { cut } from "../../web/offsets.js";
import { documentRoute, parseRoute } from "../../web/route.js";
import { createStore } from "../../web/store.js";

const en = speak("en");
const fr = speak("fr");

test("every entry has both languages, with the same values to fill in", () => {
  for (const [key, entry] of Object.entries(WORDS)) {
    const texts = [entry.fr, entry.en];
    for (const text of texts) assert.equal(typeof text, "string", key);
    const holes = texts.map((text) => [...new Set(text.match(/\{\w+\}/g))].sort().join());
    assert.equal(holes[0], holes[1], key);
  }
});

test("the reader's choice comes first, then the browser's order, then French", () => {
  assert.equal(pickLanguage("en", ["fr"]), "en");
  assert.equal(pickLanguage(null, ["de-DE", "en-US", "fr"]), "en");
  assert.equal(pickLanguage(null, ["fr-CA", "en"]), "fr");
  assert.equal(pickLanguage("xx", ["toString"]), "fr");
});

test("plurals, numbers, percents and dates are each language's own", () => {
  assert.equal(fr("passages", { n: 0 }), "0 passage");
  assert.equal(en("passages", { n: 0 }), "0 passages");
  assert.equal(fr("passages", { n: 12000 }), "12\u202f000 passages");
  assert.equal(en("passages", { n: 12000 }), "12,000 passages");
  assert.match(fr.percent(0.934), /^93[\u00a0\u202f]%$/);
  assert.equal(en.percent(0.934), "93%");
  assert.equal(fr.date("2024-12-16"), "16 décembre 2024");
  assert.equal(en.date("2024-12-16"), "16 December 2024");
  assert.equal(fr.date("2024-12-01"), "1er décembre 2024");
  assert.equal(fr.day("2024-12-01"), "01/12/2024");
  assert.equal(en.date("2024-12-01"), "1 December 2024");
  assert.equal(en.date("2024-13-99"), "2024-13-99");
});

test("French has a no-break space before its high punctuation", () => {
  assert.equal(fr("clear_sure"), "Effacer la conversation\u00a0?");
  assert.equal(fr("retrying", { n: 2 }), "Nouvel essai dans 2\u00a0s…");
});

test("words may be put around elements", () => {
  const node = { element: true };
  assert.deepEqual(en.parts("that_is", { who: node }), ["that is, ", node, ""]);
});

test("what the service invents later is shown as it came", () => {
  assert.equal(fr.of("kind", "houses_destroyed"), "houses destroyed");
  assert.equal(fr.of("stance", "denies"), "dément");
});

test("absence is never worded as a denial", () => {
  const reasons = Object.entries(WORDS).filter(([key]) => key.startsWith("reason_"));
  assert.equal(reasons.length, 5);
  for (const [, texts] of reasons) for (const text of Object.values(texts)) assert.doesNotMatch(text, /faux|dément|false|denie|untrue/i);
});

test("an article's address comes back as it went", () => {
  const id = "https://a.example/x?y=1&z=é#🧨%20/..";
  const span = { start: 3, end: 9, text: "« à 5 % & +\r\n»" };
  assert.deepEqual(parseRoute(documentRoute(id, span)), { id, span });
  assert.equal(parseRoute(documentRoute(id)).id, id);
});

test("a nonsense address opens nothing, or the article without a quote", () => {
  for (const hash of ["", "#", "#question", "#/document/", "#/document/%E0%A4%A"]) assert.equal(parseRoute(hash), null);
  const spans = ["", "start=1&end=2", "start=2&end=1&text=b", "start=-1&end=2&text=b", "start=a&end=b&text=b", "start=1&end=2&text=c", "text=b", "%"];
  for (const query of spans) {
    const { id, span } = parseRoute(`#/document/a?${query}`);
    assert.equal(id, "a");
    assert.deepEqual(cut("abc", 0, [span]).map(({ text, spans }) => [text, spans]), [["abc", []]]);
  }
  const { span } = parseRoute("#/document/a?start=1&end=2&text=b");
  assert.deepEqual(cut("abc", 0, [span]).map(({ text }) => text), ["a", "b", "c"]);
});

test("the examples speak of what most titles share", () => {
  const titles = [
    "Soldats nord-coréens en Russie : Un mystère non élucidé",
    "Soldats Nord-Coréens Tués Et Blessés En Russie",
    "Présence De Soldats Nord-Coréens En Russie : Une Escalade Du Conflit ?",
  ];
  assert.deepEqual(topics(titles), ["Soldats nord-coréens", "Russie"]);
  assert.deepEqual(examples(titles), [
    "Soldats nord-coréens\u00a0: combien\u00a0?",
    "Soldats nord-coréens\u00a0: qui confirme, qui dément\u00a0?",
    "Russie\u00a0: qui dit quoi\u00a0?",
  ]);
});

test("one article, or none, still makes an honest first page", () => {
  assert.deepEqual(examples([]), []);
  assert.equal(examples(["La grève: jour 3"])[0], "La grève\u00a0: combien\u00a0?");
  assert.deepEqual(examples(["?"]), []);
});

function memory(room = Infinity) {
  const kept = new Map();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => kept.delete(key),
    setItem: (key, value) => {
      if (value.length > room) throw new Error("QuotaExceededError");
      kept.set(key, value);
    },
  };
}

const turn = (id) => ({ id, question: `q${id}`, answer: { answered: false, quotes: [] } });

test("two tabs that write in turn lose nothing", () => {
  const storage = memory();
  const [one, two] = [createStore(() => storage), createStore(() => storage)];
  one.keep(turn("a"));
  two.keep(turn("b"));
  one.keep({ ...turn("a"), question: "changed" });
  assert.deepEqual(two.turns().map(({ question }) => question), ["changed", "qb"]);
  one.clear();
  assert.deepEqual(two.turns(), []);
});

test("when there is no room the oldest turns go first", () => {
  const store = createStore(() => memory.shared ??= memory(150));
  for (const id of ["a", "b", "c"]) store.keep(turn(id));
  assert.deepEqual(store.turns().map(({ id }) => id), ["b", "c"]);
});

test("what is no conversation, or no storage, is an empty one", () => {
  for (const text of ["", "{", "null", "{}", '[1, {"id": 2}]']) {
    const storage = memory();
    storage.setItem("selon.conversation", text);
    assert.deepEqual(createStore(() => storage).turns(), []);
  }
  const forbidden = createStore(() => {
    throw new Error("SecurityError");
  });
  forbidden.keep(turn("a"));
  assert.deepEqual([forbidden.turns(), forbidden.choice("language")], [[], null]);
});
