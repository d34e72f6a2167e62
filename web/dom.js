// Builds elements. Text only ever becomes text nodes, so nothing an article holds can become markup.

const absent = (value) => value === null || value === undefined || value === false;

/** h("p.muted", { lang: "fr" }, "text", element, [more]): the attributes may be left out, and what is absent is. */
export function h(name, ...rest) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  const [first] = rest;
  const given = first?.constructor === Object;
  for (const [key, value] of Object.entries(given ? first : {})) {
    // The security policy forbids handlers and styles in attributes; so does this builder.
    if (key === "style" || key.startsWith("on")) throw new TypeError(`attribute ${key} is not allowed`);
    if (!absent(value)) element.setAttribute(key, value === true ? "" : value);
  }
  const children = (given ? rest.slice(1) : rest).flat(Infinity);
  element.append(...children.filter((child) => !absent(child)));
  return element;
}

/** Foreign words among ours: isolated, so that their direction marks end where they end. */
export const isolated = (text, attributes = {}) => h("bdi", attributes, text);

/** An address that is safe to follow, or null: only the web, never javascript: or data:. */
export function webAddress(url) {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return /^https?:$/.test(protocol) ? href : null;
}

/** A link out of Selon, which learns neither from where nor by whom it was followed. */
export function outward(url, text) {
  const href = webAddress(url);
  return href && h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}

/** Puts a separator between the parts that are there. */
export const joined = (parts, separator = " · ") =>
  parts.filter(Boolean).flatMap((part, index) => (index ? [separator, part] : [part]));
