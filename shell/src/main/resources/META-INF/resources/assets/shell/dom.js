/**
 * An element with attributes and children; text is text, never HTML.
 * @template {string} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  for (const child of children) {
    // Some elements of the design system have an append of their own.
    element.insertBefore(
      typeof child === "string" ? document.createTextNode(child) : child,
      null,
    );
  }
  return element;
}

/**
 * @param {string} text
 * @param {() => void} act
 * @param {string} [variant] of the design system, such as `primary`
 */
export function button(text, act, variant = "") {
  const look = `pergola-button ${variant}`.trim();
  const element = make("button", { type: "button", class: look }, text);
  element.addEventListener("click", act);
  return element;
}

/**
 * An icon of the design system; it says nothing to a screen reader.
 * @param {string} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  const sprite = new URL("../design/icons.svg", import.meta.url);
  use.setAttribute("href", `${sprite.pathname}#${name}`);
  svg.setAttribute("class", "pergola-icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}
