import { defineElements } from "./define.js";
import { startPortal } from "./runtime.js";

// The one file that does something when it is loaded.
startPortal();
defineElements();
