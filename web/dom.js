// Builds elements. Text only ever becomes text nodes, so nothing an article holds can become markup.

const absent = (value) => value === null || value === undefined || value === false;

const builder = (namespace) => (name, ...rest) => {
	const [tag, ...classes] = name.split(".");
	const element = document.createElementNS(namespace, tag);
	if (classes.length) element.setAttribute("class", classes.join(" "));
	const given = rest[0]?.constructor === Object ? rest.shift() : {};
	for (const [key, value] of Object.entries(given)) {
		// The security policy forbids handlers and styles in attributes; so does this builder.
		if (key === "style" || key.startsWith("on")) throw new TypeError(`attribute ${key} is not allowed`);
		if (!absent(value)) element.setAttribute(key, value === true ? "" : value);
	}
	element.append(...rest.flat(Infinity).filter((child) => !absent(child)));
	return element;
};

/** h("p.muted", { lang: "fr" }, "text", element, [more]): the attributes may be left out, and what is absent is. */
export const h = builder("http://www.w3.org/1999/xhtml");
export const svg = builder("http://www.w3.org/2000/svg");

/** Buttons and links to quotes carry data-action; app.js acts on them. */
export const button = (action, text, attributes = {}) =>
	h("button.quiet", { type: "button", "data-action": action, ...attributes }, text);

/** The formats in which something is copied or downloaded, each a button. */
export const formats = (action, names, t) =>
	h("span", { role: "group", "aria-label": t(action) }, t(action), " ", joined(names.map((name) => button(action, t.of("format", name), { "data-format": name }))));

/** A small number that leads to a quote of the turn `id`. */
export const toQuote = (id, index, t) =>
	h("a.to-quote", { href: `#${id}-${index}`, "data-action": "quote", "aria-label": t("quote", { n: index + 1 }) }, index + 1);

/** A word of the answer that restricts the next question to itself. */
export const filterBy = (kind, value, words, t) =>
	button("filter", words, { "data-kind": kind, "data-value": value, title: t("filter_by") });

/** Foreign words among ours: isolated, so that their direction marks end where they end. */
export const isolated = (text, attributes = {}) => h("bdi", attributes, text);

/** An address that is safe to follow, or null: only the web, never javascript: or data:. */
export function webAddress(url) {
	if (!URL.canParse(url)) return null;
	const { protocol, href } = new URL(url);
	return /^https?:$/.test(protocol) ? href : null;
}

/** A link out of Selon, which learns neither from where nor by whom it was followed. */
export function outward(url, text) {
	const href = webAddress(url);
	return href && h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}

/** Puts a separator between the parts that are there. */
export const joined = (parts, separator = " · ") =>
	parts.filter(Boolean).flatMap((part, index) => (index ? [separator, part] : [part]));

/** For comparing: without accents and capitals. */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
