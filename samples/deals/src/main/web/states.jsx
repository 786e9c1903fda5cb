import React from "react";
import { usePortal } from "./portal.js";
import { TONES } from "./words.js";

/** Grey shapes; shown after a moment only. */
export function Waiting({ rows }) {
  const { words } = usePortal();
  return (
    <div className="deals-waiting" role="status">
      <span className="pergola-visually-hidden">{words.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        <span className="pergola-skeleton row" key={row} />
      ))}
    </div>
  );
}

export function Failed({ error, retry }) {
  const { words } = usePortal();
  return (
    <div className="pergola-error-card" role="alert">
      <h2>{words.failed}</h2>
      <p>{error.message}</p>
      {error.traceId && (
        <p>
          <small>
            {words.reference}: <code>{error.traceId}</code>
          </small>
        </p>
      )}
      <div className="pergola-actions">
        <button className="pergola-button" type="button" onClick={retry}>
          {words.retry}
        </button>
      </div>
    </div>
  );
}

/** A move that did not work: what, and why. */
export function NotMoved({ problem }) {
  const { words } = usePortal();
  return (
    problem && (
      <div className="pergola-message danger" role="alert">
        <strong>{words.notMoved}</strong>
        <p>{problem.message}</p>
      </div>
    )
  );
}

export function StageBadge({ stage }) {
  const { words } = usePortal();
  return <span className={`pergola-badge ${TONES[stage] ?? ""}`.trim()}>{words.stages[stage] ?? stage}</span>;
}

export function StageSelect({ deal, onMove, label, id }) {
  const { words } = usePortal();
  return (
    <select id={id} aria-label={label} value={deal.stage} onChange={(event) => onMove(deal, event.target.value)}>
      {Object.entries(words.stages).map(([stage, title]) => (
        <option key={stage} value={stage}>
          {title}
        </option>
      ))}
    </select>
  );
}
