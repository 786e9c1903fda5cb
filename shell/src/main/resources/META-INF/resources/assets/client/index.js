/**
 * What the portal gives to a module in the browser. Importing this defines
 * names only.
 * @module @pergola/client
 */
export { createClient } from "./client.js";
export { createFetch } from "./http.js";
export { ProblemError } from "./problem.js";
export { SseParser, messagesOf } from "./sse.js";
export { EventBus } from "./events.js";
export { AgentRun, cancelRun, joinRun, runAgent } from "./run.js";
export { resumingFetch } from "./stock.js";

/** @typedef {import("./client.js").Client} Client */
/** @typedef {import("./client.js").Session} Session */
/** @typedef {import("./events.js").Declared} Declared */
/** @typedef {import("./events.js").ModuleEvent} ModuleEvent */
/** @typedef {import("./run.js").AgentEvent} AgentEvent */
/** @typedef {import("./http.js").PortalFetch} PortalFetch */
