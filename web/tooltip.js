// Explains the underlined words on hover, focus and tap, in a bubble that stays while the pointer is on it.

let note = null;
let leaving = 0;

/** Sends the bubble away; tells whether there was one. */
export function hideNote() {
	const shown = note?.matches(":popover-open");
	if (shown) note.hidePopover();
	return shown;
}

function onto({ target, type }) {
	clearTimeout(leaving);
	const mark = target.closest?.(".mark");
	if (mark) {
		hideNote();
		note = document.getElementById(mark.getAttribute("aria-describedby"));
		note.showPopover({ source: mark });
	} else if (note?.contains(target)) return;
	else if (type !== "pointerover") hideNote();
	else if (!document.activeElement.matches(".mark")) leaving = setTimeout(hideNote, 200);
}
for (const type of ["pointerover", "focusin", "click"]) document.addEventListener(type, onto);
