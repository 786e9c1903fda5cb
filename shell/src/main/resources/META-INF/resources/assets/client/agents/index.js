/**
 * Conversations with agents, for pages that show them. Importing this defines names
 * only.
 * @module @pergola/client/agents.js
 */
export { AgentConversation } from "./agent-conversation.js";
export { applyEvent } from "./agent-events.js";
export { historyOf, newConversation } from "./conversation.js";
export { decisionsOf } from "./decisions.js";
export { stepOf } from "./items.js";
export { keepConversation } from "./keeping.js";
export { NextFrame } from "./next-frame.js";
export { GONE, LOST } from "./refusals.js";
export { restate } from "./restated.js";

/** @typedef {import("./agent-conversation.js").Status} Status */
/** @typedef {import("./conversation.js").Answer} Answer */
/** @typedef {import("./conversation.js").Conversation} Conversation */
/** @typedef {import("./conversation.js").Interrupt} Interrupt */
/** @typedef {import("./conversation.js").Item} Item */
/** @typedef {import("./conversation.js").Run} Run */
