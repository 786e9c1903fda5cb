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

/**
 * The client, for a component that can do without it.
 * @returns `failures` counts how often it did not come; `retry` asks for it again
 */
export function useClient() {
  const [isHere, setHere] = React.useState(useAgent !== undefined);
  const [failures, setFailures] = React.useState(0);
  const load = async () => {
    try {
      await loadClient();
      setHere(true);
    } catch (error) {
      console.warn("briefing: the client did not come", error);
      setFailures((count) => count + 1);
    }
  };
  React.useEffect(() => {
    if (!isHere) {
      load();
    }
  }, []);
  return { isHere, failures, retry: load };
}
