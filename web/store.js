// Keeps the conversation in this browser, and nowhere else. Every write reads first, so that two tabs do not undo one
// another. Where storage is forbidden nothing is remembered, and nothing fails.

const TURNS = "selon.conversation";
const KEPT = 60;

/** The turns, of one id the last where the first stood. */
export const byId = (turns) => [...new Map(turns.map((turn) => [turn.id, turn])).values()];

/** `storage` gives the storage when called: even asking for it may be forbidden. */
export function createStore(storage) {
	const attempt = (act) => {
		try {
			return act(storage()) ?? null;
		} catch {
			return null;
		}
	};

	const turns = () => attempt((kept) => JSON.parse(kept.getItem(TURNS)).filter(isTurn)) ?? [];

	/** Adds a turn, or replaces the one with its id; the oldest go first when there is no room. */
	const keep = (turn) => {
		for (let kept = byId([...turns(), turn]).slice(-KEPT); kept.length; kept = kept.slice(1)) {
			if (attempt((there) => [there.setItem(TURNS, JSON.stringify(kept))])) return;
		}
	};

	return {
		turns,
		keep,
		clear: () => attempt((kept) => kept.removeItem(TURNS)),
		choice: (name) => attempt((kept) => kept.getItem(`selon.${name}`)),
		choose: (name, value) => attempt((kept) => kept.setItem(`selon.${name}`, value)),
		/** Whether another tab's storage event concerns the conversation; clearing all has no key. */
		concerns: ({ key }) => key === TURNS || key === null,
	};
}

const isTurn = (turn) => turn?.question && Array.isArray(turn.answer?.quotes);
