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
  element.append(...children);
  return element;
}

/**
 * @param {string} text
 * @param {() => void} act
 * @param {string} [variant] of the design system, such as `primary`
 */
export function button(text, act, variant) {
  const attributes = {
    type: "button",
    class: "pergola-button",
    ...(variant && { "data-variant": variant }),
  };
  const element = make("button", attributes, text);
  element.addEventListener("click", act);
  return element;
}
