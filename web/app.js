// The page: wires the reader's keys and clicks to the service, the conversation and the article panel.

import { ask, documentById, documents, shown } from "./api.js";
import { renderArticle, renderArticleNotice } from "./article.js";
import { examples } from "./examples.js";
import { pickLanguage, words } from "./i18n.js";
import { announcement, errorWords, renderTurn, renderWelcome } from "./render.js";
import { parseRoute } from "./route.js";
import { createStore } from "./store.js";
import { watchTooltips } from "./tooltip.js";

const LIMIT = 5;
const MORE = 10;
const REMEMBERED = 10; // earlier questions sent along, for "and according to Kyiv?"
const RETRIES_S = [2, 4, 8, 16, 30];

const element = (id) => document.getElementById(id);
const [page, conversation, form, box, panel] = ["page", "conversation", "ask", "question", "article"].map(element);
const wide = matchMedia("(min-width: 1000px)");
const store = createStore(() => localStorage);
const tooltip = watchTooltips(element("tooltip"));

let t = words(pickLanguage(store.choice("language"), navigator.languages));
let turns = store.turns();
let shelf = {}; // the articles, once they are known
let opened = null; // the article in the panel: { id, start, end, found, error }
let returnTo = null; // what had the focus before

// --- the conversation ---

function submit(text) {
  const question = text.trim();
  if (!question) return;
  const turn = { id: `t${Date.now()}${Math.random()}`.replace(".", "-"), question };
  if (!turns.length) conversation.replaceChildren();
  turns.push(turn);
  conversation.append(renderTurn(turn, t));
  element("clear").hidden = false;
  element(turn.id).scrollIntoView();
  setBox("");
  seek(turn);
}

async function seek(turn, limit = LIMIT) {
  const { id, question } = turn;
  const earlier = turns.slice(0, turns.indexOf(turn)).map((other) => other.question);
  try {
    const answer = await ask({ question, limit, history: earlier.slice(-REMEMBERED), language: null });
    if (!turns.includes(turn)) return; // cleared meanwhile
    Object.assign(turn, { answer, error: null });
    store.keep({ id, question, answer });
    redraw(turn);
    announce(announcement(answer, t));
  } catch (cause) {
    const error = shown(cause);
    Object.assign(turn, { answer: null, error });
    redraw(turn);
    announce(errorWords(error, t));
    if (error.code === "unreachable") retryLater(turn);
    else if (!box.value) setBox(question); // so that it can be mended
  }
}

function again(turn) {
  Object.assign(turn, { answer: null, error: null });
  redraw(turn);
  seek(turn);
}

// A service that is away may come back by itself: tries again, more and more rarely, and says when.
function retryLater(turn) {
  turn.tries = (turn.tries ?? 0) + 1;
  let left = RETRIES_S[turn.tries - 1];
  const tick = () => {
    if (!turns.includes(turn) || !turn.error) return;
    if (left === 0) return again(turn);
    element(turn.id)?.querySelector(".waiting").replaceChildren(t("retrying", { n: left-- }));
    setTimeout(tick, 1000);
  };
  if (left) tick();
}

const redraw = (turn) => element(turn.id)?.replaceWith(drawn(turn));

// An answer that this page cannot show must not take the others with it.
function drawn(turn) {
  try {
    return renderTurn(turn, t);
  } catch {
    return renderTurn({ ...turn, answer: null, error: { code: "unreadable" } }, t);
  }
}

function drawConversation() {
  const titles = (shelf.documents ?? []).map(({ title }) => title).filter(Boolean);
  const welcome = renderWelcome(shelf, examples(titles, t), t);
  conversation.replaceChildren(...(turns.length ? turns.map(drawn) : [welcome]));
  element("clear").hidden = !turns.length;
}

// --- the article panel ---

async function followRoute() {
  const route = parseRoute(location.hash);
  if (!route) return hidePanel();
  if (!opened) returnTo = document.activeElement;
  const mine = (opened = { ...route, found: opened?.id === route.id && opened.found });
  drawPanel();
  if (mine.found) return;
  try {
    mine.found = await documentById(route.id);
  } catch (cause) {
    mine.error = shown(cause);
  }
  if (opened === mine) drawPanel();
}

function drawPanel() {
  const { found, error, start } = opened;
  tooltip.hide();
  panel.replaceChildren(...(found ? renderArticle(found, start === null ? null : opened, t) : renderArticleNotice(error, t)));
  panel.hidden = false;
  panel.setAttribute("aria-label", t("article"));
  layPanel();
  const hit = panel.querySelector(".hit");
  (hit ?? panel).focus({ preventScroll: true });
  hit?.scrollIntoView({ block: "center", behavior: "instant" });
  if (error) announce(errorWords(error, t));
}

// On a phone the panel covers the conversation, which then must not be reached behind it.
function layPanel() {
  document.body.classList.toggle("reading", opened !== null);
  page.inert = opened !== null && !wide.matches;
}

function hidePanel() {
  if (!opened) return;
  opened = null;
  panel.hidden = true;
  panel.replaceChildren();
  layPanel();
  returnTo?.focus({ preventScroll: true });
}

function closePanel() {
  history.replaceState(null, "", location.pathname);
  hidePanel();
}

// --- the box and the words ---

function setBox(text) {
  box.value = text;
  box.style.height = "";
  if (text) box.style.height = `${box.scrollHeight + 2}px`; // 2: its borders
}

const announce = (text) => element("announce").replaceChildren(text);

function drawWords() {
  document.documentElement.lang = t.language;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  box.placeholder = t("placeholder");
  element("language").lang = otherLanguage();
  drawConversation();
  if (opened) drawPanel();
}

const otherLanguage = () => (t.language === "fr" ? "en" : "fr");
const turnOf = (node) => turns.find(({ id }) => id === node.closest(".turn").id);

const ACTIONS = {
  try: (button) => submit(button.textContent),
  retry: (button) => {
    setBox("");
    again(turnOf(button));
  },
  more: async (button) => {
    const turn = turnOf(button);
    const first = turn.answer.quotes.length;
    button.disabled = true;
    await seek(turn, Math.min(first + MORE, 50));
    element(`${turn.id}-${first}`)?.focus({ preventScroll: true });
  },
  context: (button) => {
    const open = button.ariaExpanded === "false";
    button.ariaExpanded = String(open);
    for (const around of button.closest(".quote").querySelectorAll(".around")) around.hidden = !open;
  },
  quote: (button) => element(button.dataset.target)?.focus(),
  close: closePanel,
  clear: () => {
    if (!confirm(t("clear_sure"))) return;
    turns = [];
    store.clear();
    drawConversation();
    box.focus();
  },
  language: () => {
    const language = otherLanguage();
    store.choose("language", language);
    t = words(language);
    drawWords();
    element("language").focus();
  },
};

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-action]");
  if (button) ACTIONS[button.dataset.action](button);
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || tooltip.hide()) return;
  if (document.activeElement === box && box.value) setBox("");
  else if (opened) closePanel();
});

box.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter then chooses a character
  const asks = event.key === "Enter" && !event.shiftKey;
  const recalls = event.key === "ArrowUp" && !box.value && turns.length;
  if (asks || recalls) event.preventDefault();
  if (asks) submit(box.value);
  if (recalls) setBox(turns.at(-1).question);
});
box.addEventListener("input", () => setBox(box.value));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(box.value);
});
addEventListener("hashchange", followRoute);
addEventListener("storage", (event) => {
  if (!store.concerns(event)) return;
  turns = [...store.turns(), ...turns.filter(({ answer }) => !answer)];
  drawConversation();
});
wide.addEventListener("change", layPanel);

drawWords();
setBox(box.value); // what the browser kept over a reload
box.focus({ preventScroll: true });
documents().then((found) => {
  shelf = found;
  if (!turns.length) drawConversation();
}, () => {}); // the first page does without
followRoute();

const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  // The address is cleaned, so that a reload does not ask again.
  history.replaceState(null, "", location.pathname + location.hash);
  submit(asked);
} else if (turns.length) element(turns.at(-1).id).scrollIntoView({ behavior: "instant" });
