// Sets the chosen theme before the first paint, so that a reader who chose dark never sees a white flash.
// A classic script on purpose: modules run after the page is parsed. No choice means the system's.
try {
  const theme = localStorage.getItem("selon.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden here: the system's theme it is.
}
