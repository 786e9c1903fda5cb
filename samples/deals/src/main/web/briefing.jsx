import React, { useEffect, useLayoutEffect, useRef, useState } from "react";
import { isBusy } from "./answer.js";
import { useAnswer, usePortal } from "./portal.js";
import { useRun } from "./runs.js";

/** Agents of this module that can brief, best first. */
const AGENTS = ["deal-briefing", "deal-researcher"];

/** What an agent has to say of one deal, as it writes it. */
export function Briefing({ deal }) {
  const { pergola, words } = usePortal();
  const { value: offered } = useAnswer("/agents");
  const { answer, ask, stop } = useRun(`briefing-${deal.id}`);
  const mine = (offered ?? []).filter(({ module }) => module === pergola.module).map(({ id }) => id);
  const agents = AGENTS.filter((agent) => mine.includes(agent));
  if (agents.length === 0 && answer === null) {
    return null;
  }
  const begin = () => ask(agents, questionOn(deal));
  return (
    <section className="pergola-card deals-briefing" aria-labelledby="deals-briefing">
      <header>
        <h3 id="deals-briefing">{words.briefing}</h3>
        <Control answer={answer} begin={begin} stop={stop} />
      </header>
      <p className="pergola-visually-hidden" role="status">
        {told(answer, words)}
      </p>
      {answer === null ? (
        <p className="pergola-quiet">{words.briefingHint}</p>
      ) : (
        <div aria-busy={isBusy(answer)}>
          {answer.text !== "" && <Markdown text={answer.text} isOver={!isBusy(answer)} />}
          <Progress answer={answer} />
          <Trouble error={answer.error} />
        </div>
      )}
    </section>
  );
}

// One button whatever goes on: the focus stays where it is.
function Control({ answer, begin, stop }) {
  const { words } = usePortal();
  const busy = isBusy(answer);
  const label = { waiting: words.stop, working: words.stop, stopping: words.stopping, failed: words.retry };
  const press = (event) => {
    // The second half of a double click is no wish to stop.
    if (event.detail > 1 || answer?.status === "stopping") {
      return;
    }
    (busy ? stop : begin)();
  };
  return (
    <button
      type="button"
      className={answer === null ? "pergola-button primary" : "pergola-button"}
      aria-disabled={answer?.status === "stopping"}
      onClick={press}
      onKeyDown={(event) => event.key === "Escape" && busy && stop()}
    >
      {answer === null ? words.brief : (label[answer.status] ?? words.briefAgain)}
    </button>
  );
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

function Progress({ answer }) {
  const { words } = usePortal();
  const { status, tool, queued, text } = answer;
  if (status === "stopped") {
    return <p className="pergola-quiet pergola-small">{words.briefingStopped}</p>;
  }
  if (!isBusy(answer)) {
    return null;
  }
  const doing = words.tools[tool] ?? (text === "" ? words.briefingBegun : words.writing);
  return (
    <p className="pergola-quiet pergola-small deals-progress">
      <span aria-hidden="true" />
      {queued > 0 ? words.queued(queued) : doing}
    </p>
  );
}

function Trouble({ error }) {
  const { words } = usePortal();
  return (
    error && (
      <div className="pergola-message danger" role="alert">
        <strong>{words.notBriefed}</strong>
        <p>{error.message}</p>
        {error.traceId && (
          <p>
            <small>
              {words.reference}: <code>{error.traceId}</code>
            </small>
          </p>
        )}
      </div>
    )
  );
}

// What a screen reader says: that it begins and that it is over, and never each word.
function told(answer, words) {
  if (isBusy(answer)) {
    return words.briefingBegun;
  }
  return { done: words.briefingReady, stopped: words.briefingStopped }[answer?.status] ?? "";
}

function questionOn({ id, title }) {
  const content = `Brief me on the deal ${title} (${id}).`;
  return {
    threadId: crypto.randomUUID(),
    messages: [{ id: crypto.randomUUID(), role: "user", content }],
    context: [{ description: "deal", value: id }],
  };
}
