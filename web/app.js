// The page: wires the reader's keys and clicks to the service, the conversation and the panel.

import { allDocuments, ask, documentById, documents, file, ready, shown } from "./api.js";
import { panelBar, renderArticle, renderDrawer, searchShelf, shelf } from "./articles.js";
import { button, h, isolated, t } from "./dom.js";
import { pickLanguage, speak } from "./i18n.js";
import { announcement, errorWords, renderError, renderTurn, renderWelcome, skeleton } from "./render.js";
import { fileRoute, filterWords, flat, parseAsked, parseRoute, SHELF, toggled } from "./route.js";
import { byId, createStore } from "./store.js";
import { hideNote } from "./tooltip.js";
import { createWriting } from "./writing.js";

const LIMIT = 5;
const MORE = 10;
const REMEMBERED = 10; // earlier questions sent along, for "and according to Kyiv?"
const RETRIES_S = [2, 4, 8, 16, 30];
const ENDINGS = { Markdown: "md", BibTeX: "bib", JSON: "json" };
const THEMES = ["light dark", "light", "dark"]; // both: as the system is

const element = (id) => document.getElementById(id);
const [conversation, box, panel] = ["conversation", "question", "article"].map(element);
const inside = (name) => panel.querySelector(name);
const store = createStore(() => localStorage);
const session = createStore(() => sessionStorage);

speak(pickLanguage(store.choice("language"), navigator.languages));
let theme = THEMES.find((known) => known === store.choice("theme")) ?? THEMES[0];
let turns = store.turns();
let filters = {}; // what the next question is restricted to
let library = {}; // the articles, once they are known
let opened = null; // what the panel shows: { id, span, found, error }
let sought = ""; // among the articles, until the panel is closed
let service = {}; // what it says of itself, once that is known: { access, coverage, notice }
let returnTo = null; // what had the focus before

// --- the conversation ---

/** A turn is { id, question, history, filters, version }, later with its answer or error. */
function submit(text, chosen = {}) {
	const question = text.trim();
	if (!question) return;
	// What was no question is no context.
	const history = turns.filter(({ error }) => error?.status !== 400).slice(-REMEMBERED).map((earlier) => earlier.question);
	const turn = { id: `t${Date.now() + Math.random()}`, question, history, ...chosen };
	turns.push(turn);
	if (turns.length > 1) conversation.append(drawn(turn));
	else drawConversation();
	element(turn.id).scrollIntoView();
	seek(turn);
}

// As Enter does: restricted to the filters that stand beside the box.
const enter = (text) => submit(text, flat(filters).length ? { filters } : {});

// Asks for an answer of at most so many quotes; until it is there, the turn stays as it was.
async function fill(turn, limit) {
	const before = turn.answer;
	const answer = await ask(turn, limit);
	if (!turns.includes(turn) || turn.answer !== before) return; // cleared meanwhile, or asked anew
	turn.answer = answer;
	store.keep(turn);
	redraw(turn);
	announce(announcement(answer));
}

async function seek(turn) {
	if (box.value.trim() === turn.question) box.value = ""; // a draft of something else stays
	drawKeys();
	try {
		await fill(turn, LIMIT);
	} catch (cause) {
		if (!turns.includes(turn)) return;
		const error = (turn.error = shown(cause));
		announce(errorWords(error));
		if (error.code === "unreachable") retryLater(turn, error);
		else box.value ||= turn.question; // so that it can be mended
		redraw(turn);
	}
}

function again(turn, changes) {
	Object.assign(turn, { answer: null, error: null, ...changes });
	redraw(turn);
	seek(turn);
}

// A service that is away may come back by itself: tries again, more and more rarely, and says when.
function retryLater(turn, error) {
	turn.tries = (turn.tries ?? -1) + 1;
	error.retrying = RETRIES_S[turn.tries];
	if (error.retrying) setTimeout(() => turns.includes(turn) && turn.error === error && again(turn), error.retrying * 1000);
}

// An answer that this page cannot show must not take the others with it.
function drawn(turn) {
	try {
		return renderTurn(turn, titles());
	} catch {
		return renderTurn({ ...turn, answer: null, error: { code: "unreadable" } }, titles());
	}
}

function titles() {
	const quoted = turns.flatMap(({ answer }) => answer?.quotes ?? []).map((quote) => quote?.document);
	return new Map([...(library.documents ?? []), ...quoted].filter(Boolean).map(({ id, title }) => [id, title]));
}

const focusOn = (node) => node?.focus({ preventScroll: true });

// Whoever was in a turn that is drawn anew stays in it, and not in the box: a touch keyboard would open. What they
// have folded or unfolded stays so.
function keepingPlace(draw) {
	const place = document.activeElement;
	const turn = place.closest(".turn");
	const folds = [...conversation.querySelectorAll("details")].map(({ id, open }) => [id, open]);
	const contexts = [...conversation.querySelectorAll("[aria-expanded=true]")].map((shown) => shown.closest(".quote").id);
	draw();
	for (const [id, open] of folds) Object.assign(element(id) ?? {}, { open });
	for (const id of contexts) Object.assign(element(id)?.querySelector("[aria-expanded]") ?? {}, { ariaExpanded: "true" });
	if (!place.isConnected) focusOn(element(turn?.id) ?? conversation);
}

const redraw = (turn) => keepingPlace(() => element(turn.id)?.replaceWith(drawn(turn)));

function drawConversation() {
	keepingPlace(() => conversation.replaceChildren(...(turns.length ? turns.map(drawn) : [renderWelcome(library, service.coverage)])));
	element("clear").hidden = !turns.length;
}

// --- the panel: an article, or the list of all ---

async function followRoute() {
	const route = parseRoute(location.hash);
	if (!route) return hidePanel();
	returnTo = opened ? returnTo : document.activeElement;
	const mine = (opened = { ...route, found: opened?.id === route.id && opened.found });
	drawPanel();
	if (mine.found) return;
	try {
		mine.found = await (route.id === SHELF ? allDocuments() : documentById(route.id));
	} catch (cause) {
		mine.error = shown(cause);
	}
	if (opened !== mine) return; // another was opened meanwhile, or none
	drawPanel();
	if (mine.error) announce(errorWords(mine.error));
}

function drawPanel() {
	const { id, span, found, error } = opened;
	hideNote();
	const missing = [error ? renderError(error) : skeleton()];
	const content = !found ? missing : id === SHELF ? renderDrawer(found, service.access?.writing, writing.render()) : renderArticle(found, span);
	panel.replaceChildren(panelBar(), ...content.filter(Boolean));
	panel.ariaLabel = t("documents");
	panel.hidden = false;
	document.body.className = "reading";
	const [hit, search] = [".hit", ".search"].map(inside);
	if (search && sought) {
		search.value = sought;
		searchShelf(panel);
	}
	focusOn(hit ?? search ?? panel);
	hit?.scrollIntoView({ block: "center" });
}

const writing = createWriting({
	changed(news) {
		inside(".writing-state")?.replaceWith(writing.render());
		keepFocus();
		if (news) announce(news);
	},
	// A new list changes the drawer and the first page, and not where the reader is.
	async published() {
		try {
			library = await allDocuments();
		} catch {
			return; // the next opening of the drawer says why
		}
		if (!turns.length) drawConversation();
		if (opened?.id !== SHELF) return;
		if (!opened.found) return followRoute(); // the list that is to come may be an older one
		opened.found = library;
		inside(".shelf").replaceWith(shelf(library.documents, mayWrite()));
		searchShelf(panel);
		keepFocus();
	},
});

// The button that had the focus may be gone with what it was for: the undoing of that is nearest.
function keepFocus() {
	if (document.activeElement === document.body) focusOn(inside(".fates button") ?? panel);
}

function hidePanel() {
	if (!opened) return;
	opened = null;
	sought = "";
	panel.hidden = true;
	panel.replaceChildren();
	document.body.className = "";
	focusOn(returnTo);
}

function closePanel() {
	history.replaceState(null, "", location.pathname);
	hidePanel();
}

// --- the box, the filters and the words ---

const announce = (text) => (element("announce").textContent = text);

function drawFilters() {
	const chips = flat(filters).map((one) => {
		const said = filterWords(one, titles());
		return button("unfilter", [isolated(said), " ×"], { data: one, "aria-label": t("unfilter", { said }) });
	});
	element("filters").replaceChildren(...(chips.length ? [t("restricted"), " ", ...chips] : []));
}

function filter({ dataset: { kind, value } }) {
	filters = toggled(filters, kind, value);
	drawFilters();
	announce(element("filters").textContent || t("unrestricted"));
	box.focus();
}

function drawWords() {
	document.documentElement.lang = t.language;
	for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
	box.placeholder = box.ariaLabel = t("question");
	drawTheme();
	element("language").lang = otherLanguage();
	drawFilters();
	drawConversation();
	if (opened) drawPanel();
}

// Who pastes more than a question may have must see that the rest is cut off.
function drawKeys() {
	const keys = element("keys");
	const isFull = box.value.length > box.maxLength - 10; // an emoji that does not fit is cut off whole
	keys.dataset.word = isFull ? "error_question_too_long" : "keys";
	keys.textContent = t(keys.dataset.word);
	if (isFull) announce(keys.textContent);
}

function drawTheme() {
	document.documentElement.style.colorScheme = theme;
	const button = element("theme");
	return (button.title = button.ariaLabel = t("theme", { name: t(`theme_${theme}`) }));
}

const mayWrite = () => service.access?.writing === "key";
const otherLanguage = () => (t.language === "fr" ? "en" : "fr");
const turnOf = (node) => turns.find(({ id }) => id === node.closest(".turn")?.id);

// Says on the button itself what came of it; a button that is gone by then has nothing to say.
async function tell(button, act) {
	const { dataset } = button;
	dataset.name ??= button.textContent;
	const words = await act(turnOf(button), dataset.format).then(() => t("done"), (cause) => (cause.status >= 0 ? errorWords(cause) : t("failed")));
	if (!button.isConnected) return;
	button.textContent = words;
	announce(words);
	setTimeout(() => (button.textContent = dataset.name), 2000);
}

// Over plain http from another machine browsers have no clipboard but this one.
function copyPlainly(text) {
	document.oncopy = (event) => {
		event.clipboardData.setData("text/plain", text);
		event.preventDefault();
	};
	const copied = document.execCommand("copy");
	document.oncopy = null;
	if (!copied) throw new Error();
}

const ACTIONS = {
	try: ({ textContent }) => enter(textContent),
	suggestion: (button) => {
		const { answer, version } = turnOf(button);
		const { question, filters } = answer.suggestions[button.dataset.number];
		submit(question, { filters, version, history: [] });
	},
	retry: (button) => {
		const turn = turnOf(button);
		if (!turn) return followRoute();
		again(turn, turn.error.code === "unknown_version" && { version: undefined });
	},
	alone: (button) => again(turnOf(button), { history: [] }),
	free: (button) => again(turnOf(button), { filters: undefined }),
	more: (button) =>
		tell(button, async (turn) => {
			const first = turn.answer.quotes.length;
			button.textContent = t("searching");
			await fill(turn, Math.min(first + MORE, 50));
			element(`${turn.id}-${first}`)?.focus();
		}),
	context: (button) => (button.ariaExpanded = String(button.ariaExpanded === "false")),
	quote: (link) => element(link.hash.slice(1))?.focus(),
	// The answer's question comes back to be asked again, restricted.
	filter: (button) => {
		const { question = "", answer } = turnOf(button) ?? {};
		box.value ||= answer?.rewritten ?? question;
		if (opened && matchMedia("(max-width: 999px)").matches) closePanel();
		filter(button);
	},
	unfilter: filter,
	copy: (button) =>
		tell(button, async (turn, format) => {
			const number = Number(button.closest(".quote").id.split("-")[1]) + 1;
			const text = file(fileRoute(turn, format, number));
			// Begun at the click and filled in later: some browsers would not allow it afterwards.
			if (navigator.clipboard) await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
			else copyPlainly(await text);
		}),
	// Not a plain link, which could not carry the key.
	download: (button) =>
		tell(button, async (turn, format) => {
			const text = await file(fileRoute(turn, format));
			h("a", { href: `data:,${encodeURIComponent(text)}`, download: `selon.${ENDINGS[format]}` }).click();
		}),
	remove: ({ dataset: { id, name } }) => writing.remove(id, name),
	restore: ({ dataset: { id, name } }) => writing.restore(id, name),
	close: closePanel,
	documents: () => (location.hash = SHELF),
	clear: () => {
		if (!confirm(t("clear_sure"))) return;
		turns = [];
		store.clear();
		drawConversation();
		box.focus();
	},
	theme: () => {
		theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
		store.choose("theme", theme);
		announce(drawTheme());
	},
	language: () => {
		const language = otherLanguage();
		store.choose("language", language);
		speak(language);
		drawWords();
		element("language").focus();
	},
};

document.onclick = (event) => {
	const actor = event.target.closest("[data-action]");
	if (!actor) return;
	event.preventDefault();
	ACTIONS[actor.dataset.action](actor);
};

// A dialog answers Escape itself; a field is emptied first.
document.onkeydown = ({ key, target }) => {
	if (key !== "Escape" || target.closest("dialog") || hideNote()) return;
	if (target.value) {
		target.value = "";
		target.dispatchEvent(new Event("input", { bubbles: true }));
	} else if (opened) closePanel();
};

box.onkeydown = (event) => {
	if (event.isComposing) return; // Enter then chooses a character
	const asks = event.key === "Enter" && !event.shiftKey;
	const recalls = event.key === "ArrowUp" && !box.value && turns.length;
	if (asks || recalls) event.preventDefault();
	if (asks) enter(box.value);
	if (recalls) box.value = turns.at(-1).question;
};
box.oninput = drawKeys;
element("ask").onsubmit = (event) => {
	event.preventDefault();
	enter(box.value);
};
panel.onchange = ({ target }) => {
	if (!target.files) return;
	writing.add(target.files);
	target.value = ""; // the same file may be sent again
};
panel.oninput = ({ target }) => {
	if (!target.matches(".search")) return;
	sought = target.value;
	announce(searchShelf(panel));
};
// A file that is dropped must not replace the page; wherever it falls, it is sent where articles can be added.
window.ondragover = window.ondrop = (event) => {
	const { types, files } = event.dataTransfer;
	if (!types.includes("Files")) return;
	event.preventDefault();
	if (event.type === "drop" && mayWrite()) {
		location.hash = SHELF;
		writing.add(files);
	}
};
window.onhashchange = followRoute;
window.onstorage = (event) => {
	if (!store.concerns(event)) return;
	if (!event.newValue) turns = turns.filter(({ answer }) => !answer); // cleared
	// Those of this page stay what they are: storage may lack them, or they may wait for an answer.
	turns = byId([...turns.filter(({ answer }) => answer), ...store.turns(), ...turns]);
	drawConversation();
};

// What is not yet asked, or not yet answered, is in the box again when the page is back.
window.onpagehide = () => {
	const last = turns.at(-1);
	session.choose("draft", box.value || (last && !last.answer ? last.question : ""));
};
box.value ||= session.choice("draft") ?? "";

drawWords();
focusOn(box);
ready().then((said) => {
	service = said;
	element("notice").hidden = !said.notice;
	element("notice").title = said.notice ?? "";
	if (opened?.id === SHELF) drawPanel();
	if (!turns.length && library.next) drawConversation();
}, () => {}); // the drawer then only shows
documents().then((found) => {
	library = found;
	if (!turns.length) drawConversation();
}, () => {}); // the first page does without
followRoute();

const asked = parseAsked(location.search);
if (asked) {
	// The address is cleaned, so that a reload does not ask again.
	history.replaceState(null, "", location.pathname + location.hash);
	submit(asked.question, asked);
} else if (turns.length) element(turns.at(-1).id).scrollIntoView();
