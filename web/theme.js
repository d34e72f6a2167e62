// Sets the chosen theme before the first paint, so that who chose dark sees no white flash.
// A classic script on purpose: modules run only once the page is parsed.
try {
  document.documentElement.dataset.theme = localStorage.getItem("selon.theme");
} catch {
  // Storage is forbidden: the system's theme it is.
}
