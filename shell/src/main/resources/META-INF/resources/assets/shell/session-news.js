/** Where tabs tell each other who is signed in. */
export const SESSION_CHANNEL = "pergola-session";

/**
 * A tab that shows a page for somebody has a session: others, whose session had
 * ended, may go on.
 * @param {import("@pergola/client").Session} session
 */
export function tellSession({ subject }) {
  if (subject !== undefined) {
    const channel = new BroadcastChannel(SESSION_CHANNEL);
    channel.postMessage({ subject });
    channel.close();
  }
}
