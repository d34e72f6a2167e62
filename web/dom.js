// Builds elements, and the small ones that many places share. Text only ever becomes text nodes, so nothing an article
// holds can become markup.

import { t } from "./i18n.js";

/** The words of the reader's language, for whoever builds elements. */
export { t };

const isThere = (value) => (value ?? false) !== false;

/** h("p.muted", { lang: "fr", data: { id } }, "text", element, [more]): attributes may be left out; what is absent is. */
export function h(name, ...rest) {
	const [tag, ...classes] = name.split(".");
	const element = document.createElement(tag);
	if (classes.length) element.className = classes.join(" ");
	const { data, ...given } = rest[0]?.constructor === Object ? rest.shift() : {};
	Object.assign(element.dataset, data);
	for (const [key, value] of Object.entries(given)) {
		// The security policy forbids handlers and styles in attributes; so does this builder.
		if (/^(style$|on)/.test(key)) throw new TypeError(key);
		if (isThere(value)) element.setAttribute(key, value === true ? "" : value);
	}
	element.append(...rest.flat(Infinity).filter(isThere));
	return element;
}

/** A list, or nothing where it would be empty. */
export const list = (name, items) => items[0] && h(name, items.map((item) => h("li", item)));

/** Buttons and links to quotes carry data-action; app.js acts on them. */
export const button = (action, text, { data, ...attributes } = {}) =>
	h("button.quiet", { type: "button", ...attributes, data: { action, ...data } }, text);

/** The formats in which something is copied or downloaded, each a button. */
export const formats = (action, names) =>
	h("span", { role: "group", "aria-label": t(action) }, t(action), " ", joined(names.map((name) => button(action, t.of("format", name), { data: { format: name } }))));

/** A link to a quote of the turn `id`. */
export const toQuote = (id, index, attributes, ...content) =>
	h("a", { href: `#${id}-${index}`, data: { action: "quote" }, ...attributes }, content);

/** Small numbers that lead to quotes. */
export const numbered = (id, quotes) =>
	quotes.map((index) => [toQuote(id, index, { class: "to-quote", "aria-label": t("quote", { n: index + 1 }) }, index + 1), " "]);

/** A word of the answer that restricts the next question to itself. */
export const filterBy = (kind, value, words) =>
	button("filter", words, { data: { kind, value }, title: t("filter_by") });

/** Foreign words among ours: isolated, so that their direction marks end where they end. */
export const isolated = (text, lang) => h("bdi", { lang }, text);

/** An address that is safe to follow, or null: only the web, never javascript: or data:. */
export const webAddress = (url) => (/^https?:/.test(URL.parse(url)?.protocol) ? url : null);

/** A link out of Selon, which learns neither from where nor by whom it was followed. */
export const outward = (url, text) =>
	webAddress(url) && h("a", { href: url, target: "_blank", rel: "noreferrer" }, text);

/** Puts a separator between the parts that are there. */
export const joined = (parts, separator = " · ") =>
	parts.filter(Boolean).flatMap((part, index) => (index ? [separator, part] : [part]));

// --- the stance of a sentence ---
// It is told by a word, a shape and a colour, so that none has to be told apart alone; the style sheet draws the two from
// data-stance.

export const STANCES = ["asserts", "reports", "doubts", "denies", "neutral"];

export const shaped = (stance, words, title) => h("span.badge", { data: { stance }, title }, words);

/** What an article does, as a sentence. */
export const badge = (stance) => shaped(stance, t.does(stance), t.of("means", stance));

/** What a voice does, in a word: the place says whose. */
export const position = (stance) => shaped(stance, t.of("voice", stance));

const found = (counts) => STANCES.filter((stance) => counts?.[stance] > 0);

/** How many sentences do what: "reports 9", "doubts 2". Those that are none are left out; where asked, each filters. */
export const tallies = (counts, filtering) =>
	list(
		"ul.tallies",
		found(counts).map((stance) => {
			const words = `${t.of("stance", stance)} ${counts[stance]}`;
			return shaped(stance, filtering ? filterBy("stance", stance, words) : words);
		}),
	);

/** A document's profile: a bar with its counts in words. */
export function profile(stance) {
	const parts = found(stance?.counts).map((name) => {
		const part = h("span", { data: { stance: name } });
		part.style.flexGrow = stance.counts[name];
		return part;
	});
	return parts[0] && h("div.profile", h("span.bar", parts), tallies(stance.counts));
}
