// The service counts code points, JavaScript counts UTF-16 units: an emoji is one there, two here.

const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/g;

/** How many code points a text has. */
export const codePoints = (text) => text.length - (text.match(ASTRAL)?.length ?? 0);

/** The UTF-16 offsets of the given code point offsets (in any order), kept within the text. */
export function unitOffsets(text, points) {
  if (text.search(ASTRAL) < 0) return points.map((point) => Math.min(Math.max(point, 0), text.length));
  // One walk over the text for all of them: articles may be long.
  const units = [];
  let unit = 0;
  let seen = 0;
  for (const index of [...points.keys()].sort((a, b) => points[a] - points[b])) {
    for (; seen < points[index] && unit < text.length; seen += 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    units[index] = unit;
  }
  return units;
}

/**
 * Cuts `text`, which begins at code point `base` of its article, at the borders of `spans`: [{ text, spans }], whose
 * texts joined are the text again. A span that is not wholly inside, or whose own words are not those found there, is
 * left out: better no mark than a mark on the wrong words.
 */
export function cut(text, base, spans) {
  const units = unitOffsets(text, spans.flatMap(({ start, end }) => [start - base, end - base]));
  const last = base + codePoints(text);
  const marks = spans
    .map((span, index) => ({ span, from: units[2 * index], to: units[2 * index + 1] }))
    .filter(({ span, from, to }) => span.start >= base && span.end <= last && from < to)
    .filter(({ span, from, to }) => (span.text ?? text.slice(from, to)) === text.slice(from, to));
  const borders = new Set([0, text.length, ...marks.flatMap(({ from, to }) => [from, to])]);
  const sorted = [...borders].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1];
    return { text: text.slice(from, to), spans: marks.filter((mark) => mark.from <= from && mark.to >= to).map(({ span }) => span) };
  });
}
