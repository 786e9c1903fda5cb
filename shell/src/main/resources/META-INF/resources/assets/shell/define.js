import { wrapDefine } from "./custom-elements.js";
import { watchForgotten } from "./forgotten.js";
import { adoptLook } from "./look.js";
import { ModuleHost } from "./module-host.js";
import { PageSlot } from "./slot.js";

/** Registers the shell's own elements and lets modules define theirs safely. */
export function defineElements() {
  adoptLook();
  watchForgotten(window);
  wrapDefine(customElements);
  customElements.define("pergola-module-host", ModuleHost);
  customElements.define("pergola-slot", PageSlot);
}
