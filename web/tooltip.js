// Explains the underlined words on hover, focus and tap, in one bubble that stays while the pointer is on it.

const GAP = 6;

export function watchTooltips(bubble) {
	let mark = null;
	let leaving = 0;

	/** Sends the bubble away; tells whether there was one. */
	const hide = () => {
		const was = mark !== null;
		bubble.hidden = true;
		mark = null;
		return was;
	};

	const show = (next) => {
		mark = next;
		const note = document.getElementById(mark.getAttribute("aria-describedby"));
		bubble.replaceChildren(...note.cloneNode(true).childNodes);
		bubble.hidden = false;
		place();
	};

	// Above the first line of the words, below them when there is no room, always inside the window.
	const place = () => {
		if (!mark?.isConnected) return hide();
		const [first] = mark.getClientRects();
		const { width, height } = bubble.getBoundingClientRect();
		const above = first.top - height - GAP;
		const room = document.documentElement.clientWidth - width - GAP;
		bubble.style.left = `${Math.max(GAP, Math.min(first.left, room))}px`;
		bubble.style.top = `${above > GAP ? above : mark.getBoundingClientRect().bottom + GAP}px`;
	};

	const onto = ({ target, type }) => {
		clearTimeout(leaving);
		const next = target.closest?.(".mark");
		if (next) show(next);
		else if (bubble.contains(target)) return;
		else if (type !== "pointerover") hide();
		else if (mark !== document.activeElement) leaving = setTimeout(hide, 200);
	};
	for (const type of ["pointerover", "focusin", "click"]) document.addEventListener(type, onto);
	document.addEventListener("scroll", place, { capture: true, passive: true });
	return { hide };
}
