// The service counts code points, JavaScript counts UTF-16 units: an emoji is one there, two here. [...text] counts as
// the service does, half of a pair as one.

/**
 * Cuts `text`, which begins at code point `base` of its article, at the borders of `spans`: [{ text, start, end, spans }],
 * whose texts joined are the text again. A span that is not wholly inside, or whose own words are not those found there,
 * is left out: better no mark than a mark on the wrong words.
 */
export function cut(text, base, spans) {
	const points = [...text];
	const slice = (start, end) => points.slice(start - base, end - base).join("");
	const last = base + points.length;
	const marks = spans
		.filter(({ start, end }) => base <= start && start < end && end <= last)
		.filter(({ text: words, start, end }) => words === undefined || words === slice(start, end));
	const borders = sorted([base, last, ...marks.flatMap(({ start, end }) => [start, end])]);
	return borders.slice(0, -1).map((start, index) => {
		const end = borders[index + 1];
		return { text: slice(start, end), start, end, spans: marks.filter((mark) => mark.start <= start && mark.end >= end) };
	});
}

/** Numbers in order, each once. */
export const sorted = (numbers) => [...new Set(numbers)].sort((a, b) => a - b);
