import { createFetch } from "@pergola/client";
import { thePortal } from "./portal.js";

// A report never asks the person to sign in.
const send = createFetch();

/**
 * Tells the owner of a module that it failed, where the portal offers an address.
 * @param {import("./target.js").Target | null} target
 * @param {import("./failure.js").ModuleFailure} failure
 * @param {{ id: string, byPerson: boolean }} report
 * @returns {Promise<boolean>} whether it was taken
 */
export async function reportError(target, failure, { id, byPerson }) {
  const { state } = thePortal();
  if (state.reportUrl === null) {
    return false;
  }
  const cause = failure.cause instanceof Error ? failure.cause : failure;
  const body = JSON.stringify({
    id,
    byPerson,
    module: target?.module,
    version: target?.version,
    page: target?.page,
    reason: failure.reason,
    message: cause.message.slice(0, 500),
    stack: cause.stack?.slice(0, 4000),
    path: location.pathname,
  });
  try {
    await send(state.reportUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      keepalive: true,
    });
    return true;
  } catch {
    return false;
  }
}

/** @returns {string} eight characters to name an error by */
export function errorId() {
  return crypto.randomUUID().slice(0, 8);
}
