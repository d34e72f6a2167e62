// Explains the underlined words on hover, focus and tap. One bubble for the page; it stays while the pointer is on
// it, and Escape sends it away, so that it never hides what the reader wants to see.

const GAP = 6;

export function watchTooltips(bubble) {
  let shown = null;
  let leaving = 0;

  const hide = () => {
    clearTimeout(leaving);
    bubble.hidden = true;
    shown = null;
  };

  const hideSoon = () => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, 200);
  };

  const show = (mark) => {
    clearTimeout(leaving);
    if (mark === shown) return;
    const note = document.getElementById(mark.getAttribute("aria-describedby"));
    if (!note) return;
    bubble.replaceChildren(...[...note.childNodes].map((node) => node.cloneNode(true)));
    bubble.hidden = false;
    shown = mark;
    place(mark.getClientRects()[0] ?? mark.getBoundingClientRect());
  };

  // Above the first line of the words, below when there is no room, always inside the window.
  const place = (words) => {
    const { width, height } = bubble.getBoundingClientRect();
    const room = document.documentElement.clientWidth - width - GAP;
    const above = words.top - height - GAP;
    bubble.style.left = `${Math.max(GAP, Math.min(words.left, room))}px`;
    bubble.style.top = `${above >= GAP ? above : words.bottom + GAP}px`;
  };

  const markAt = (target) => (target instanceof Element ? target.closest(".mark") : null);

  document.addEventListener("pointerover", (event) => {
    const mark = markAt(event.target);
    if (mark) show(mark);
    else if (bubble.contains(event.target)) clearTimeout(leaving);
    else if (shown && shown !== document.activeElement) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markAt(event.target);
    if (mark) show(mark);
    else hide();
  });
  document.addEventListener("click", (event) => {
    const mark = markAt(event.target);
    if (mark) show(mark);
    else if (!bubble.contains(event.target)) hide();
  });
  document.addEventListener("scroll", hide, { capture: true, passive: true });

  return { hide, isShown: () => shown !== null };
}
