import { Assistant } from "./assistant.js";

// How an answer looks is the design system's; without it answers are plain text.
await import("@pergola/design").catch((error) => console.warn(error));
if (customElements.get("pergola-assistant") === undefined) {
  customElements.define("pergola-assistant", Assistant);
}
