import { thePortal } from "../portal.js";
import { wordsOf } from "../words.js";

const ENGLISH = {
  assistant: "Assistant",
  agent: "Agent",
  conversation: "Conversation",
  newConversation: "New conversation",
  history: "Conversations",
  rename: "Rename {title}",
  title: "Name of the conversation",
  save: "Save",
  delete: "Delete {title}",
  deleted: "Deleted: {title}",
  undo: "Undo",
  notListed: "Earlier conversations could not be fetched.",
  noHistory: "There is no other conversation yet.",
  running: "is answering",
  needsAnswer: "needs your answer",
  close: "Close the assistant",
  prompt: "Message to {agent}",
  decideFirst: "Decide above first, then it goes on",
  answerWith: "Your answer",
  send: "Send",
  sendAgain: "Send again",
  cancel: "Cancel",
  edit: "Edit",
  editMessage: "Edit your message",
  later: "Will be sent when the answer is complete",
  stop: "Stop",
  retry: "Retry",
  you: "You",
  answering: "{agent} is answering",
  asking: "{agent} needs your answer",
  ready: "Answer ready",
  stopped: "Stopped",
  latest: "Jump to latest",
  empty: "Ask {agent} something.",
  note: "Answers can be wrong. Check what matters.",
  queued: "Number {position} in line",
  reconnecting: "The connection was lost. Reading on as soon as it is back.",
  refusedForNow: "Not possible for now: {detail}",
  left: "The answer could not be read on. The agent may have gone on. {detail}",
  readOn: "Read on",
  away: "You are offline. The agent goes on; you read on when you are back.",
  lost: "The connection was lost, and the rest of the answer with it.",
  gone: "The portal no longer has the rest of this answer.",
  notRecalled:
    "What was said before could not be fetched. Nothing is sent without it.",
  failed: "The agent could not answer: {detail}",
  errorId: "Error id: {id}",
  notStopped: "It could not be stopped: {detail}",
  seconds: "{seconds} s",
  copy: "Copy",
  copyMarkdown: "Copy as Markdown",
  copyCode: "Copy code",
  copied: "Copied",
  notCopied: "Could not be copied",
  good: "Good answer",
  bad: "Bad answer",
  tokens: "{count} tokens",
  tokensRead: "{input} read, {output} written",
  refuse: "Refuse",
  once: "Allow once",
  always: "Always allow",
  result: "Result",
  with: "With",
  changes: "What changes: {what}",
  until: "Open until {time}",
  stepRunning: "Running",
  stepWaiting: "Needs your answer",
  stepDone: "Done",
  stepFailed: "Failed",
  stepRefused: "Refused",
};

/** @typedef {ReturnType<typeof assistantWords>} Words */

const PREFIX = "assistant.";

/** Words of the assistant in the person's language, as far as the server has them. */
export function assistantWords() {
  const theirs = Object.entries(thePortal().state.words)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, text]) => [name.slice(PREFIX.length), text]);
  return wordsOf(ENGLISH, Object.fromEntries(theirs));
}
