// Builds elements. Text only ever becomes text nodes, so what an article holds can never become markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: h("p", { class: "a", lang: "fr" }, "text", node, [more]). Null and false are left out. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for drawings. */
export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    // Handlers and styles in attributes are what the security policy forbids; so does this builder.
    if (name === "style" || name.startsWith("on")) throw new TypeError(`attribute ${name} is not allowed`);
    element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(parent, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child);
    else parent.append(child);
  }
}

/** Foreign words inside ours: isolated, so that their direction marks end where they end. */
export function isolated(text, attributes) {
  return h("bdi", attributes, text);
}

/** An address that is safe to follow, or null: only the web, never javascript: or data:. */
export function webAddress(url) {
  if (typeof url !== "string" || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
