// Offsets: code points of the service, UTF-16 units of the browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { codePoints, cut, unitOffsets } from "../../web/offsets.js";

test("plain text needs no conversion", () => {
  assert.deepEqual(unitOffsets("déjà vu", [0, 4, 7]), [0, 4, 7]);
});

test("each character outside the first plane shifts what follows by one unit", () => {
  assert.deepEqual(unitOffsets("a🧨b🇫🇷c", [6, 0, 1, 2, 3, 5]), [9, 0, 1, 3, 4, 8]);
  assert.equal(codePoints("a🧨b🇫🇷c"), 6);
});

test("offsets outside the text are kept within it", () => {
  assert.deepEqual(unitOffsets("abc", [-1, 9]), [0, 3]);
  assert.deepEqual(unitOffsets("🧨", [-1, 9]), [0, 2]);
});

test("half of a pair counts as one, as in the service", () => {
  assert.deepEqual(unitOffsets("\ud83da🧨b", [1, 2, 3, 4]), [1, 2, 4, 5]);
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
  assert.deepEqual(cut("abcdef", 0, wrong), [{ text: "abcdef", spans: [] }]);
});

test("an empty text has no pieces", () => {
  assert.deepEqual(cut("", 5, []), []);
});
