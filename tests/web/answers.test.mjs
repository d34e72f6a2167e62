// Filters, addresses of answers, the scale of the plot.

import assert from "node:assert/strict";
import { test } from "node:test";
import { webAddress } from "../../web/dom.js";
import { speak } from "../../web/i18n.js";
import { answerRoute, fileRoute, filterWords, flat, parseAsked, toggled } from "../../web/route.js";
import { ticks } from "../../web/sides.js";

const fr = speak("fr");

test("a filter comes and goes; a voice is one, the others are several", () => {
  const one = toggled(toggled({}, "stance", "doubts"), "stance", "denies");
  assert.deepEqual(one, { stance: ["doubts", "denies"] });
  assert.deepEqual(toggled(toggled(one, "voice", "Kiev"), "voice", "Séoul"), { ...one, voice: "Séoul" });
  assert.deepEqual(flat(toggled(toggled(one, "stance", "doubts"), "stance", "denies")), []);
  assert.deepEqual(flat(toggled({ voice: "Kiev" }, "voice", "Kiev")), []);
});

test("filters of the service are read with all that they leave open", () => {
  const filters = { stance: ["doubts"], voice: null, document: ["a.txt"], publisher: [], after: "2024-12-16" };
  const titles = new Map([["a.txt", "Essai"]]);
  assert.deepEqual(flat(filters).map((one) => filterWords(one, titles)), ["doute", "Essai", "depuis le 16 décembre 2024"]);
  assert.equal(filterWords({ kind: "document", value: "b.txt" }, new Map([["b.txt", ""]])), "b.txt");
  for (const nothing of [null, undefined, {}, 5]) assert.deepEqual(flat(nothing), []);
});

test("the address of an answer asks the same again", () => {
  const answer = { rewritten: "Qui & quoi, lui ?", index: { version: "000001-ab" } };
  const turn = { question: "et lui ?", history: ["Qui & quoi ?", "Où ?"], answer, filters: { stance: ["doubts"] } };
  const { question, history, filters } = turn;
  assert.deepEqual(parseAsked(answerRoute(turn)), { question, history, version: "000001-ab", filters });
  const whole = parseAsked(answerRoute({ ...turn, answer: { rewritten: null } }));
  assert.deepEqual(whole, { question, history: [], version: undefined, filters });
  assert.equal(parseAsked("?version=1"), null);
  assert.deepEqual(parseAsked("?q=a&stance=doubts&stance=x&voice=Kiev").filters, { stance: ["doubts", "x"], voice: "Kiev" });
  assert.equal(answerRoute({ question: "a", answer: {} }), "?q=a");
});

test("the service writes the file of the answer that is shown", () => {
  const turn = { question: "a", filters: { voice: "Kiev", stance: null }, answer: { quotes: [1, 2], index: { version: "1" } } };
  assert.equal(fileRoute(turn, "BibTeX"), "ask?q=a&version=1&voice=Kiev&limit=2&format=bibtex");
  assert.equal(fileRoute(turn, "BibTeX", 2), "ask?q=a&version=1&voice=Kiev&limit=2&format=bibtex&quote=2");
});

test("the marks of a scale are round", () => {
  assert.deepEqual(ticks(30, 3000, true), [100, 1000]);
  assert.deepEqual(ticks(30, 40, false), [30, 35, 40]);
  assert.deepEqual(ticks(1100, 12000, false), [5000, 10000]);
  assert.deepEqual(ticks(1, 1e9, true), [1, 1000, 1e6, 1e9]);
  assert.deepEqual(ticks(0.2, 0.9, false), [0.5]);
  assert.deepEqual(["1\u202f500", "2,5\u00a0M"], [fr.rounded(1500), fr.rounded(2.5e6)]);
});

test("a dangerous address is none", () => {
  for (const url of ["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,a", "/a", "", null, undefined]) assert.equal(webAddress(url), null);
  assert.equal(webAddress("https://a.example/x_y"), "https://a.example/x_y");
});
