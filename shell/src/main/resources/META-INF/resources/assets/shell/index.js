/**
 * The browser runtime of the shell. Importing this defines names only;
 * `start.js` starts it.
 * @module @pergola/shell
 */
export { ModuleErrorEvent } from "./failure.js";
export { ModuleHost } from "./module-host.js";
export { thePortal } from "./portal.js";
export { PageSlot } from "./slot.js";
