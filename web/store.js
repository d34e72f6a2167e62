// Keeps the conversation and the reader's choices in this browser, and nowhere else.
// Every write reads first, so that two tabs do not undo one another. A browser that forbids storage loses nothing
// but the memory: all functions still work.

const TURNS = "selon.conversation";
const KEPT = 60;

export function createStore(storage) {
  const read = (key) => {
    try {
      return storage.getItem(key);
    } catch {
      return null;
    }
  };

  const write = (key, value) => {
    try {
      if (value === null) storage.removeItem(key);
      else storage.setItem(key, value);
      return true;
    } catch {
      return false; // forbidden, or full
    }
  };

  const turns = () => {
    try {
      const found = JSON.parse(read(TURNS) ?? "[]");
      return Array.isArray(found) ? found.filter(isTurn) : [];
    } catch {
      return [];
    }
  };

  /** Adds a turn, or replaces the one with its id; the oldest go first when there is no room. */
  const keep = (turn) => {
    const known = turns();
    const place = known.findIndex(({ id }) => id === turn.id);
    if (place >= 0) known[place] = turn;
    else known.push(turn);
    let kept = known.slice(-KEPT);
    while (kept.length && !write(TURNS, JSON.stringify(kept))) kept = kept.slice(1);
  };

  return {
    turns,
    keep,
    clear: () => write(TURNS, null),
    choice: (name) => read(`selon.${name}`),
    choose: (name, value) => write(`selon.${name}`, value),
    /** Whether a storage event of another tab concerns the conversation. */
    concerns: (event) => event.key === TURNS || event.key === null,
  };
}

function isTurn(turn) {
  return typeof turn?.id === "string" && typeof turn.question === "string" && Array.isArray(turn.answer?.quotes);
}
