// Offsets: the service counts code points, and so does what is cut here.

import assert from "node:assert/strict";
import { test } from "node:test";
import { paragraphs } from "../../web/articles.js";
import { cut } from "../../web/offsets.js";

test("a character outside the first plane counts as one", () => {
  const span = { start: 11, end: 13, text: "🇫🇷" };
  const pieces = cut("🧨a🇫🇷c", 9, [span]);
  assert.deepEqual(pieces.map(({ text, start, end }) => [text, start, end]), [["🧨a", 9, 11], ["🇫🇷", 11, 13], ["c", 13, 14]]);
  assert.deepEqual(pieces[1].spans, [span]);
});

test("half of a pair counts as one, as in the service", () => {
  assert.deepEqual(cut("\ud83da🧨b", 0, [{ start: 2, end: 3 }]).map(({ text }) => text), ["\ud83da", "🧨", "b"]);
});

test("the pieces of a cut joined are the text again", () => {
  const text = "Selon 🧨 eux, au moins 30 soldats";
  const spans = [
    { start: 100, end: 105 },
    { start: 108, end: 111, text: "eux" },
    { start: 113, end: 123, text: "au moins 3" },
    { start: 109, end: 115 },
  ];
  const pieces = cut(text, 100, spans);
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
  assert.deepEqual(
    pieces.filter((piece) => piece.spans.includes(spans[1])).map((piece) => piece.text),
    ["e", "ux"],
  );
  assert.deepEqual(pieces[0].spans, [spans[0]]);
});

test("a span on other words, empty or reaching out is left out", () => {
  const wrong = [
    { start: 0, end: 3, text: "xyz" },
    { start: 1, end: 1 },
    { start: 2, end: 9 },
    { start: -1, end: 2 },
  ];
  assert.deepEqual(cut("abcdef", 0, wrong), [{ text: "abcdef", start: 0, end: 6, spans: [] }]);
});

test("an empty text has no pieces", () => {
  assert.deepEqual(cut("", 5, []), []);
});

test("an article falls into paragraphs whose pieces joined are the text again", () => {
  const text = "Titre 🧨\n\n  Un. Deux\nsuite.\r\nFin\n";
  const at = (words) => ({ start: [...text.slice(0, text.indexOf(words))].length, end: [...text.slice(0, text.indexOf(words) + words.length)].length });
  const passages = [{ stance: "reports", ...at("Deux\nsuite.") }, { stance: "asserts", ...at("Un.") }];
  const hit = at("Un.");
  const found = paragraphs(text, passages, hit);
  assert.equal(found.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join(""), text);
  assert.deepEqual(found.map(({ lengths }) => [...lengths.keys()].map(({ stance }) => stance)), [[], ["asserts", "reports"], []]);
  assert.deepEqual(found[1].pieces.filter(({ spans }) => spans.includes(hit)).map((piece) => piece.text), ["Un."]);
});
