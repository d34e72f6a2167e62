// Explains the underlined words on hover, focus and tap, in a bubble that stays while the pointer is on it.

let note;
let marked; // what the note explains
let leaving;

/** Sends the bubble away; tells whether there was one. */
export function hideNote() {
	const shown = note?.matches(":popover-open");
	if (shown) note.hidePopover();
	return shown;
}

function onto(event) {
	const { target, type, key } = event;
	if (key && !["Enter", " "].includes(key)) return;
	clearTimeout(leaving);
	const mark = target.closest?.(".mark");
	if (mark && key) event.preventDefault(); // the space bar would scroll
	if (mark) {
		hideNote();
		marked = mark;
		note = document.getElementById(mark.getAttribute("aria-describedby"));
		note.showPopover({ source: mark });
	} else if (note?.contains(target)) return;
	else if (type !== "pointerover") hideNote();
	else if (document.activeElement !== marked) leaving = setTimeout(hideNote, 200);
}
for (const type of ["pointerover", "focusin", "click", "keydown"]) document.addEventListener(type, onto);
