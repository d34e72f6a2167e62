// Takes a quote out of Selon with its source; every format keeps it to the letter. Whole answers the service writes itself.

import { webAddress } from "./dom.js";

const escaped = (text) => text.replace(/[\\`*_[\]<>#|~]/g, "\\$&");
const braced = (text) => text.replace(/[\\{}%&#$_]/g, (sign) => (sign === "\\" ? "\\textbackslash{}" : `\\${sign}`));

const FORMATS = {
	Text({ text, document }, t) {
		return `${t("quotation", { text })}\n— ${credits(document, t).join(", ")}`;
	},
	Markdown({ text, document }, t) {
		const [title, ...rest] = credits({ ...document, url: null }, t).map(escaped);
		const url = webAddress(document.url);
		return `> ${escaped(text).replaceAll("\n", "\n> ")}\n>\n> — ${[url ? `[${title}](<${url}>)` : title, ...rest].join(", ")}`;
	},
	BibTeX({ text, document, passage_id: id }) {
		const { title, publisher, published, url } = document;
		const year = published?.slice(0, 4);
		const fields = { title: title ?? document.id, publisher, year, date: published, url: webAddress(url), note: text };
		const lines = Object.entries(fields).filter(([, value]) => value).map(([key, value]) => `  ${key} = {${key === "url" ? value : braced(value)}},\n`);
		return `@misc{selon-${id.replace(/\W/g, "")},\n${lines.join("")}}`;
	},
};

export const formats = Object.keys(FORMATS);
export const quoteAs = (format, quote, t) => FORMATS[format](quote, t);

const credits = ({ id, title, publisher, published, url }, t) =>
	[title ?? id, publisher, published && t.date(published), webAddress(url)].filter(Boolean);
