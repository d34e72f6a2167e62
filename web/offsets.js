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
		.filter(({ text: words, start, end }) => words === undefined || words === slice(start, end))
		.sort((one, other) => one.start - other.start);
	const borders = [base, last, ...marks.flatMap(({ start, end }) => [start, end])].sort((one, other) => one - other);
	let [open, next] = [[], 0];
	return [...new Set(borders)].slice(1).map((end, index, ends) => {
		const start = index ? ends[index - 1] : base;
		open = open.filter((mark) => mark.end > start);
		while (marks[next]?.start === start) open.push(marks[next++]);
		return { text: slice(start, end), start, end, spans: open };
	});
}
