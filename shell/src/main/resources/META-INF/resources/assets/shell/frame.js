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
  const frame = /** @type {HTMLIFrameElement} */ (
    frameOfServer(container) ?? newFrame(target)
  );
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
  place(frame, container);
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

/**
 * The frame that was in the HTML, so that it need not load twice.
 * @param {HTMLElement} container
 */
function frameOfServer(container) {
  return container.parentElement?.querySelector(
    ":scope > iframe[data-pergola-fallback]",
  );
}

/** @param {import("./target.js").Target} target */
function newFrame({ entry, title }) {
  return make("iframe", {
    sandbox: "allow-scripts allow-forms allow-popups",
    src: entry.url,
    title,
    class: "pergola-frame",
    referrerpolicy: "no-referrer",
  });
}

/**
 * @param {Element} frame
 * @param {any} container
 */
function place(frame, container) {
  if (frame.isConnected && "moveBefore" in container) {
    // Keeps the frame's document, which any other move reloads.
    container.moveBefore(frame, null);
  } else {
    container.append(frame);
  }
}
