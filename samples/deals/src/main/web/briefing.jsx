import React, { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useBriefing } from "./briefings.js";
import { reasons, useClient } from "./client.js";
import { useAnswer, usePortal } from "./portal.js";

/** What an agent has to say of one deal, as it writes it. */
export function Briefing({ deal }) {
  const { isHere, failures, retry } = useClient();
  if (isHere) {
    return <Card deal={deal} isRetried={failures > 0} />;
  }
  return failures > 0 && <NotLoaded failures={failures} retry={retry} />;
}

function NotLoaded({ failures, retry }) {
  const { words } = usePortal();
  return (
    <section className="pergola-card deals-briefing" aria-labelledby="deals-briefing">
      <header>
        <h3 id="deals-briefing">{words.briefing}</h3>
        <button type="button" className="pergola-button" onClick={retry}>
          {words.retry}
        </button>
      </header>
      {/* Another element each time, to be heard each time. */}
      <div key={failures} className="pergola-message danger" role="alert">
        <p>{words.failed}</p>
      </div>
    </section>
  );
}

function Card({ deal, isRetried }) {
  const { pergola, words } = usePortal();
  const { value } = useAnswer("/agents");
  const offered = (value ?? []).filter(({ module }) => module === pergola.module).map(({ id }) => id);
  const { run, ask } = useBriefing(deal, offered);
  if (ask === null && run === null) {
    return null;
  }
  return (
    <section className="pergola-card deals-briefing" aria-labelledby="deals-briefing">
      <header>
        <h3 id="deals-briefing">{words.briefing}</h3>
        <Control run={run} ask={ask} autoFocus={isRetried} />
      </header>
      <p className="pergola-visually-hidden" role="status">
        {run !== null && told(run, words)}
      </p>
      {run === null ? <p className="pergola-quiet">{words.briefingHint}</p> : <Answer run={run} />}
    </section>
  );
}

// One button whatever goes on: the focus stays where it is.
function Control({ run, ask, autoFocus }) {
  const { pergola, words } = usePortal();
  const isBusy = run !== null && run.status !== "idle";
  const isStopping = run?.status === "stopping";
  const isLeft = run?.away === "left" && !isStopping;
  const stop = () => run.stop().catch((error) => pergola.notify(`${words.notStopped}: ${error.message}`));
  const press = (event) => {
    // The second half of a double click is no wish to stop.
    if (event.detail <= 1 && !isStopping) {
      (isLeft ? run.open : isBusy ? stop : ask)?.();
    }
  };
  return (
    <button
      type="button"
      className={run === null ? "pergola-button primary" : "pergola-button"}
      aria-disabled={isStopping}
      autoFocus={autoFocus}
      onClick={press}
      onKeyDown={(event) => event.key === "Escape" && isBusy && !isStopping && stop()}
    >
      {run === null ? words.brief : nextStep(run, words)}
    </button>
  );
}

function nextStep({ status, items, away }, words) {
  if (away === "left" && status === "away") {
    return words.readOn;
  }
  if (status === "idle") {
    return items.at(-1).kind === "error" ? words.retry : words.briefAgain;
  }
  return status === "stopping" ? words.stopping : words.stop;
}

function Answer({ run }) {
  const text = textOf(run);
  const isOver = run.status === "idle";
  return (
    <div aria-busy={!isOver}>
      {text !== "" && <Markdown text={text} isOver={isOver} />}
      <Progress run={run} />
      <Trouble item={run.items.at(-1)} />
    </div>
  );
}

function textOf({ items }) {
  return items
    .filter(({ kind, text }) => kind === "assistant" && text !== "")
    .map(({ text }) => text)
    .join("\n\n");
}

/** Markdown that grows; the design system's element appends and never writes anew. */
function Markdown({ text, isOver }) {
  const { words } = usePortal();
  const element = useRef(/** @type {any} */ (null));
  const [isDefined, setDefined] = useState(customElements.get("pergola-chat-message") !== undefined);
  useEffect(() => {
    import("@pergola/design").then(() => setDefined(true));
  }, []);
  useLayoutEffect(() => {
    const message = element.current;
    if (!isDefined) {
      return;
    }
    message.words = words.message;
    message.streaming = !isOver;
    if (!text.startsWith(message.text)) {
      message.clear();
    }
    message.append(text.slice(message.text.length));
    if (isOver) {
      message.finish();
    }
  }, [text, isOver, isDefined, words]);
  return <pergola-chat-message ref={element} from="assistant" />;
}

function Progress({ run }) {
  const { words } = usePortal();
  if (run.status === "idle") {
    return isStopped(run) && <p className="pergola-quiet pergola-small">{words.briefingStopped}</p>;
  }
  return (
    <p className="pergola-quiet pergola-small deals-progress">
      <span aria-hidden="true" />
      {doing(run, words)}
    </p>
  );
}

function doing(run, words) {
  const { kind, status, text } = run.items.at(-1);
  if (run.queued > 0) {
    return words.queued(run.queued);
  }
  if (run.status === "away") {
    const { left, refused } = words;
    return { left, refused: refused(run.refusal) }[run.away] ?? words.away;
  }
  const tool = kind === "tool" && status === "streaming" ? words.tools[text] : undefined;
  return tool ?? (textOf(run) === "" ? words.briefingBegun : words.writing);
}

function Trouble({ item: { kind, text, traceId } }) {
  const { words } = usePortal();
  return (
    kind === "error" && (
      <div className="pergola-message danger" role="alert">
        <strong>{words.notBriefed}</strong>
        <p>{{ [reasons.LOST]: words.lost, [reasons.GONE]: words.gone }[text] ?? text}</p>
        {traceId && (
          <p>
            <small>
              {words.reference}: <code>{traceId}</code>
            </small>
          </p>
        )}
      </div>
    )
  );
}

// What a screen reader says: that it begins and that it is over, and never each word.
function told(run, words) {
  if (run.status !== "idle") {
    return words.briefingBegun;
  }
  if (run.items.at(-1).kind === "error") {
    return "";
  }
  return isStopped(run) ? words.briefingStopped : words.briefingReady;
}

function isStopped({ items }) {
  return items.some(({ status }) => status === "stopped");
}
