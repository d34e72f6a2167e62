// The key of a service that wants one: asked for in a dialog, kept for this tab's session alone.

import { createStore } from "./store.js";

const session = createStore(() => sessionStorage);
let held = ""; // where session storage is forbidden, until the page is left
let asking = null; // one dialog for all requests that wait for it

export const key = () => held || session.choice("key");

/** Asks for the key; resolves to whether one was given. `wrong`: the one that was held has been refused. */
export function askKey(wrong) {
	asking ??= new Promise((resolve) => {
		const dialog = document.getElementById("key");
		const field = dialog.querySelector("input");
		dialog.returnValue = field.value = "";
		dialog.onclose = () => {
			const given = dialog.returnValue && field.value.trim();
			if (given) session.choose("key", (held = given)); // the one for reading outlives a declined one for writing
			asking = null;
			resolve(given !== "");
		};
		dialog.showModal();
		dialog.querySelector(".wrong").hidden = !wrong; // once it is shown, so that it is heard
	});
	return asking;
}
