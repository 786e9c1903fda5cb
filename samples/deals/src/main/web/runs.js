import { useCallback, useEffect, useRef, useState } from "react";
import { after, BEGUN } from "./answer.js";
import { usePortal } from "./portal.js";

/** Why an agent did not even begin: another one may be able to. */
const UNABLE = new Set(["AGENT_UNKNOWN", "AGENT_START", "AGENT_UNAVAILABLE"]);

/**
 * An agent's answer. The run goes on when the person leaves: who comes back in this tab reads on, or finds what was written.
 * @param {string} name names the answer in this tab
 * @returns {{ answer: import("./answer.js").Answer | null, ask: (agents: string[], input: object) => void, stop: () => void }}
 *   `ask` takes agents of this module; the first that is able to answers
 */
export function useRun(name) {
  const { pergola } = usePortal();
  const key = `deals-${pergola.session.subject}-${name}`;
  const [answer, setAnswer] = useState(() => kept(key).answer ?? (kept(key).runId ? BEGUN : null));
  const reading = useRef(/** @type {any} */ ({ run: null, leaving: new AbortController() }));

  const follow = useCallback(
    async (runs) => {
      reading.current.leaving.abort();
      const leaving = new AbortController();
      const { show, settle } = painter(setAnswer, leaving.signal);
      let last = null;
      for (const start of runs) {
        const run = start(leaving.signal);
        reading.current = { run, leaving };
        keep(key, { runId: run.runId });
        last = await read(run, leaving.signal, (answer) => isUnable(answer) || show(answer));
        if (leaving.signal.aborted) {
          return;
        }
        if (!isUnable(last)) {
          break;
        }
      }
      keep(key, last?.status === "failed" ? {} : { answer: last });
      settle(last);
    },
    [key],
  );

  useEffect(() => {
    const { runId } = kept(key);
    if (runId !== undefined) {
      follow([(signal) => pergola.joinRun(runId, { signal })]);
    }
    return () => reading.current.leaving.abort();
  }, [pergola, key, follow]);

  const ask = useCallback(
    (agents, input) => {
      setAnswer(BEGUN);
      follow(agents.map((agent) => (signal) => pergola.runAgent({ agent, input, signal })));
    },
    [pergola, follow],
  );
  const stop = useCallback(() => {
    setAnswer((last) => ({ ...last, status: "stopping" }));
    reading.current.run?.cancel().catch((error) => setAnswer((last) => ({ ...last, status: "working", error })));
  }, []);
  return { answer, ask, stop };
}

/** Whether the agent did not even begin. */
function isUnable(answer) {
  return UNABLE.has(answer?.error?.code ?? "");
}

/** @returns {Promise<import("./answer.js").Answer | null>} `null` for a run that is known no longer */
async function read(run, signal, show) {
  let answer = BEGUN;
  try {
    for await (const event of run) {
      answer = after(answer, event);
      show(answer);
    }
  } catch (error) {
    if (error.status === 404 && answer === BEGUN) {
      return null;
    }
    return signal.aborted ? null : { ...answer, status: "failed", error };
  }
  return answer === BEGUN ? null : answer;
}

/** Shows an answer with the next frame, however many events came before it. */
function painter(setAnswer, signal) {
  let frame = 0;
  let newest = null;
  const paint = () => {
    frame = 0;
    const next = newest;
    if (!signal.aborted) {
      setAnswer((last) =>
        last?.status === "stopping" && next.status === "working" ? { ...next, status: "stopping" } : next,
      );
    }
  };
  return {
    show(answer) {
      newest = answer;
      frame ||= requestAnimationFrame(paint);
    },
    settle(answer) {
      cancelAnimationFrame(frame);
      setAnswer(answer);
    },
  };
}

function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "{}");
  } catch {
    return {};
  }
}

function keep(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch (error) {
    // Full, or not allowed: a reload then finds nothing.
    console.warn("answer: not kept", error);
  }
}
