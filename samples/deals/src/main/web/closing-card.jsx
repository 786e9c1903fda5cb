import React from "react";
import { useAnswer, usePortal } from "./portal.js";
import { StageBadge, Waiting } from "./states.jsx";

const MOST = 4;

/** Card of the home page: open deals that close this month. */
export function ClosingCard() {
  const { words } = usePortal();
  const { value, error, retry } = useAnswer("/api/deals/deals?open=true");
  return (
    <section className="pergola-card">
      <header>
        <h2>{words.closing}</h2>
      </header>
      {error ? (
        <div className="pergola-message warning" role="status">
          <strong>{words.failed}</strong>
          <div className="pergola-actions">
            <button className="pergola-button small" type="button" onClick={retry}>
              {words.retry}
            </button>
          </div>
        </div>
      ) : value === null ? (
        <Waiting rows={5} />
      ) : (
        <Closing items={value.items} />
      )}
      <footer>
        <a href="/deals">{words.all}</a>
      </footer>
    </section>
  );
}

function Closing({ items }) {
  const { words, day, money, shortMoney } = usePortal();
  const now = new Date();
  const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
  const closing = items.filter((deal) => deal.closesOn.startsWith(month));
  const shown = (closing.length > 0 ? closing : items).slice(0, MOST);
  if (shown.length === 0) {
    return <p className="pergola-quiet">{words.nothingOpen}</p>;
  }
  return (
    <>
      {closing.length > 0 ? (
        <p className="pergola-figure">
          <strong>{shortMoney(closing.reduce((sum, deal) => sum + deal.amount, 0))}</strong>{" "}
          {words.count(closing.length)}
        </p>
      ) : (
        <p className="pergola-quiet">{words.nothingCloses}</p>
      )}
      <ul className="pergola-list">
        {shown.map((deal) => (
          <li key={deal.id}>
            <div className="deals-line">
              <a href={`/deals/${deal.id}`}>{deal.title}</a>
              <small className="pergola-quiet">
                {money(deal.amount, deal.currency)} · <time dateTime={deal.closesOn}>{day(deal.closesOn)}</time>
              </small>
            </div>
            <StageBadge stage={deal.stage} />
          </li>
        ))}
      </ul>
    </>
  );
}
