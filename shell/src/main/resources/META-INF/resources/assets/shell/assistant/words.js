import { thePortal } from "../portal.js";
import { wordsOf } from "../words.js";

const ENGLISH = {
  assistant: "Assistant",
  agent: "Agent",
  conversation: "Conversation",
  newConversation: "New conversation",
  close: "Close the assistant",
  prompt: "Message to {agent}",
  send: "Send",
  stop: "Stop",
  retry: "Retry",
  you: "You",
  answering: "{agent} is answering",
  ready: "Answer ready",
  stopped: "Stopped",
  latest: "Jump to latest",
  empty: "Ask {agent} something.",
  lost: "The connection was lost, and the rest of the answer with it.",
  failed: "The agent could not answer: {detail}",
  notStopped: "It could not be stopped: {detail}",
  seconds: "{seconds} s",
};

/** Words of the assistant in the person's language, as far as the server has them. */
export function assistantWords() {
  return wordsOf(ENGLISH, thePortal().state.words);
}
