// Makes three questions from the articles' titles, so that the first page speaks of what is really there.

// Words of four letters and more that titles are never about; shorter words are all left out.
const COMMON = /^(ainsi|après|avant|avec|cette|dans|leurs?|mais|pour|selon|sont|after|from|have|over|that|this|were|will|with)$/i;

/** Up to two topics: what most titles share (two words, then one), else how the first titles begin. */
export function topics(titles) {
	const counts = new Map();
	for (const title of titles) {
		const words = (title.match(/[\p{L}\p{N}-]+/gu) ?? []).map((word) => (word.length > 3 && !COMMON.test(word) ? word : null));
		const pairs = words.map((word, index) => word && words[index + 1] && `${word} ${words[index + 1]}`);
		for (const phrase of new Set([...pairs, ...words].filter(Boolean))) {
			const { count = 0, written = phrase } = counts.get(phrase.toLowerCase()) ?? {};
			// Titles Set In Capitals come before in the alphabet; the other writing is the phrase's own.
			counts.set(phrase.toLowerCase(), { count: count + 1, written: phrase > written ? phrase : written });
		}
	}
	const shared = [...counts.values()].filter(({ count }) => count > 1).sort((a, b) => b.count - a.count).map(({ written }) => written);
	const pair = shared.find((phrase) => phrase.includes(" ")) ?? "";
	const word = shared.find((phrase) => !phrase.includes(" ") && !pair.includes(phrase));
	const beginnings = titles.map((title) => title.split(/\s*[:?!.](?:\s|$)/)[0]);
	return [pair, word, ...beginnings].filter(Boolean).slice(0, 2);
}

/** The three questions, in the words of the interface. */
export function examples(titles, t) {
	const [first, second = first] = topics(titles).map((topic) => topic[0].toUpperCase() + topic.slice(1));
	const asked = { example_number: first, example_denial: first, example_who: second };
	return first ? Object.entries(asked).map(([key, topic]) => t(key, { topic })) : [];
}
