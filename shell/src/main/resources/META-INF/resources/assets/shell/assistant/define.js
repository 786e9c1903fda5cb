import "@pergola/design";
import { Assistant } from "./assistant.js";

if (customElements.get("pergola-assistant") === undefined) {
  customElements.define("pergola-assistant", Assistant);
}
