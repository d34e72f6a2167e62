// Makes three questions from the articles' titles, so that the first page speaks of what is really there.

import { t } from "./i18n.js";

// Words of four letters and more that titles are never about; shorter words are all left out.
const COMMON = /^(ainsi|après|avant|avec|cette|dans|leurs?|mais|pour|selon|sont|after|from|have|over|that|this|were|will|with)$/i;

/** Up to two topics: what most titles share, two words before one, else how the first titles begin. */
export function topics(titles) {
	const phrases = titles.flatMap((title) => {
		const words = (title.match(/[\p{L}\p{N}-]+/gu) ?? []).map((word) => word.length > 3 && !COMMON.test(word) && word);
		const pairs = words.map((word, index) => word && words[index + 1] && `${word} ${words[index + 1]}`);
		return [...new Set([...pairs, ...words])].filter(Boolean);
	});
	const weight = (same) => same.length * same[0].split(" ").length;
	const groups = new Map();
	for (const phrase of phrases) groups.set(phrase.toLowerCase(), [...(groups.get(phrase.toLowerCase()) ?? []), phrase]);
	const shared = [...groups.values()].filter((same) => same.length > 1);
	// The last in the alphabet is the phrase's own writing: Titles Set In Capitals come before.
	const [first, ...others] = shared.sort((a, b) => weight(b) - weight(a)).map((same) => same.sort().at(-1));
	const beginnings = titles.map((title) => title.split(/\s*[:?!.](?:\s|$)/)[0]);
	return [first, others.find((phrase) => !first.includes(phrase)), ...beginnings].filter(Boolean).slice(0, 2);
}

/** The three questions, in the words of the interface. */
export function examples(titles) {
	const [first, second = first] = topics(titles).map((topic) => topic[0].toUpperCase() + topic.slice(1));
	return first ? [t("example_number", { topic: first }), t("example_denial", { topic: first }), t("example_who", { topic: second })] : [];
}
