// The service counts Unicode code points, JavaScript strings count UTF-16 units: an emoji is one there, two here.

const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/;

/** How many code points a text has. */
export function codePoints(text) {
  return text.length - (text.match(new RegExp(ASTRAL, "g"))?.length ?? 0);
}

/** UTF-16 offsets of the given code point offsets (in any order), each kept within the text. */
export function unitOffsets(text, points) {
  if (!ASTRAL.test(text)) return points.map((point) => Math.min(Math.max(point, 0), text.length));
  // One walk over the text for all of them: articles may be long.
  const order = points.map((point, index) => [point, index]).sort((a, b) => a[0] - b[0]);
  const units = new Array(points.length);
  let unit = 0;
  let seen = 0;
  for (const [point, index] of order) {
    while (seen < point && unit < text.length) {
      unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
      seen += 1;
    }
    units[index] = unit;
  }
  return units;
}

/**
 * Cuts `text`, which begins at code point `base` of its article, at the borders of `spans` ({start, end, text?}).
 * Returns pieces in order, [{ text, spans }], whose texts joined are the text again. A span outside the text, empty,
 * or whose own words are not those found there is left out: better no mark than a mark on the wrong words.
 */
export function cut(text, base, spans) {
  const units = unitOffsets(text, spans.flatMap(({ start, end }) => [start - base, end - base]));
  const last = base + codePoints(text);
  const marks = spans
    .map((span, index) => ({ span, from: units[2 * index], to: units[2 * index + 1] }))
    .filter(({ span, from, to }) => {
      const inside = span.start >= base && span.end <= last && from < to;
      return inside && (span.text === undefined || text.slice(from, to) === span.text);
    });
  const borders = new Set([0, text.length]);
  for (const { from, to } of marks) borders.add(from).add(to);
  const sorted = [...borders].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((from, index) => ({
    text: text.slice(from, sorted[index + 1]),
    spans: marks.filter((mark) => mark.from <= from && mark.to >= sorted[index + 1]).map((mark) => mark.span),
  }));
}
