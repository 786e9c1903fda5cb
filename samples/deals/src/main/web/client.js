import * as React from "react";

/** The hook of the portal's client, made of this React; there once `loadClient()` is through. */
export let useAgent;

/** Why a conversation can't go on, as the client names it. */
export let reasons;

/** Loads the client when a deal is opened: the board does not wait for it. */
export async function loadClient() {
  const [{ GONE, LOST }, { createUseAgent }] = await Promise.all([
    import("@pergola/client/agents.js"),
    import("@pergola/client/hook.js"),
  ]);
  useAgent ??= createUseAgent(React);
  reasons = { GONE, LOST };
}
