/**
 * What an agent has said so far.
 * @typedef {object} Answer
 * @property {"waiting" | "working" | "stopping" | "done" | "stopped" | "failed"} status
 * @property {string} text markdown
 * @property {string | null} message id of the message that grows
 * @property {string | null} tool name of the tool in use
 * @property {number} queued place in the queue, 0 for none
 * @property {{ message: string, code?: string, traceId?: string } | null} error
 */

/** @type {Answer} */
export const BEGUN = { status: "waiting", text: "", message: null, tool: null, queued: 0, error: null };

/** Whether the agent is still at it. */
export function isBusy(answer) {
  return answer?.status === "waiting" || answer?.status === "working" || answer?.status === "stopping";
}

/**
 * @param {Answer} answer
 * @param {{ type: string, [member: string]: any }} event of AG-UI
 * @returns {Answer}
 */
export function after(answer, event) {
  switch (event.type) {
    case "CUSTOM":
      return event.name === "pergola.queue" ? { ...answer, queued: event.value?.position ?? 0 } : answer;
    case "TOOL_CALL_START":
      return { ...answer, status: "working", queued: 0, tool: event.toolCallName };
    case "TEXT_MESSAGE_START":
    case "TEXT_MESSAGE_CONTENT":
    case "TEXT_MESSAGE_CHUNK":
      return grown(answer, event.messageId ?? answer.message, event.delta ?? "");
    case "MESSAGES_SNAPSHOT":
      return restated(answer, event.messages);
    case "RUN_FINISHED":
      return { ...answer, tool: null, status: event.outcome?.type === "cancelled" ? "stopped" : "done" };
    case "RUN_ERROR":
      return { ...answer, tool: null, status: "failed", error: { message: event.message, code: event.code } };
    default:
      return answer;
  }
}

function grown(answer, message, delta) {
  const gap = message !== answer.message && answer.text !== "" ? "\n\n" : "";
  return { ...answer, status: "working", queued: 0, tool: null, message, text: answer.text + gap + delta };
}

// What came before was lost on the way and is told anew.
function restated(answer, messages) {
  const said = messages.filter(({ role }) => role === "assistant");
  return { ...answer, message: said.at(-1)?.id ?? null, text: said.map(({ content }) => content ?? "").join("\n\n") };
}
