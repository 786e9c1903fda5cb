import { thePortal } from "../portal.js";
import { wordsOf } from "../words.js";

const ENGLISH = {
  assistant: "Assistant",
  agent: "Agent",
  conversation: "Conversation",
  newConversation: "New conversation",
  close: "Close the assistant",
  prompt: "Message to {agent}",
  hint: "Enter sends, Shift+Enter starts a new line.",
  send: "Send",
  stop: "Stop",
  stopping: "Stopping",
  copy: "Copy",
  copied: "Copied",
  edit: "Edit and send again",
  retry: "Retry",
  you: "You",
  answering: "{agent} is answering",
  ready: "Answer ready",
  stopped: "Stopped",
  waiting: "Sent when this answer is done",
  queued: "Waiting for a free place: {position}",
  incomplete: "Incomplete",
  latest: "Jump to latest",
  empty: "Ask {agent} something.",
  noAgents: "There is no agent you may ask.",
  refused: "The agent could not be asked: {detail}",
  lost: "The connection was lost, and the rest of the answer with it.",
  failed: "The agent stopped with an error: {detail}",
  notStopped: "It could not be stopped: {detail}",
  toolRunning: "running",
  toolDone: "done",
  toolStopped: "not finished",
  arguments: "Arguments",
  result: "Result",
  seconds: "{seconds} s",
};

/** Words of the assistant in the person's language, as far as the server has them. */
export function assistantWords() {
  return wordsOf(ENGLISH, thePortal().state.words);
}
