// The key of a service that wants one: asked for in a dialog, kept for this tab's session alone.

const NAME = "selon.key";
let held = null; // where session storage is forbidden, until the page is left
let asking = null; // one dialog for all requests that wait for it

const stored = (act) => {
	try {
		return act(sessionStorage);
	} catch {
		return null;
	}
};

export const key = () => held ?? stored((kept) => kept.getItem(NAME));

/** Asks for the key; resolves to whether one was given. `wrong`: the one that was held has been refused. */
export function askKey(wrong) {
	asking ??= new Promise((resolve) => {
		const dialog = document.getElementById("key");
		const [field, warning] = ["input", ".wrong"].map((name) => dialog.querySelector(name));
		warning.hidden = !wrong;
		field.value = "";
		dialog.onclose = () => {
			held = (dialog.returnValue && field.value.trim()) || null;
			stored((kept) => (held ? kept.setItem(NAME, held) : kept.removeItem(NAME)));
			asking = null;
			resolve(held !== null);
		};
		dialog.returnValue = "";
		dialog.showModal();
	});
	return asking;
}
