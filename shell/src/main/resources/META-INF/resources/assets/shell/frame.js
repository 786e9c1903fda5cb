import { make } from "./dom.js";

/**
 * Shows a module that cannot be trusted or changed in a frame of its own
 * origin. They speak by messages.
 * @param {HTMLElement} container
 * @param {import("@pergola/client").Client} client
 * @param {import("./target.js").Target} target
 * @returns {import("./formats.js").Mounted}
 */
export function mountFrame(container, client, target) {
  const frame = make("iframe", {
    sandbox: "allow-scripts allow-forms allow-popups",
    src: target.entry.url,
    title: target.title,
    class: "pergola-frame",
    referrerpolicy: "no-referrer",
  });
  const hear = (/** @type {MessageEvent} */ { source, data }) => {
    if (source !== frame.contentWindow) {
      return;
    }
    if (data?.type === "pergola.ready") {
      frame.contentWindow?.postMessage(contextOf(client), "*");
    } else if (data?.type === "pergola.height" && data.height > 0) {
      frame.style.blockSize = `${Math.min(Number(data.height), 20_000)}px`;
    } else if (data?.type === "pergola.navigate") {
      navigateInside(client, String(data.path));
    }
  };
  addEventListener("message", hear, { signal: client.signal });
  container.append(frame);
  return { unmount: () => frame.remove() };
}

/** @param {import("@pergola/client").Client} client */
function contextOf({ module, version, page, params, locale }) {
  const { theme = null } = document.documentElement.dataset;
  return {
    type: "pergola.context",
    ...{ module, version, page, params, locale, theme },
  };
}

/**
 * @param {import("@pergola/client").Client} client
 * @param {string} path
 */
function navigateInside(client, path) {
  if (new URL(path, location.origin).origin === location.origin) {
    client.navigate(path);
  }
}
