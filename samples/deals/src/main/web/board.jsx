import React, { useRef, useState, useEffect } from "react";
import { useAnswer, useMayMove, useMove, usePortal } from "./portal.js";
import { Failed, NotMoved, StageBadge, StageSelect, Waiting } from "./states.jsx";
import { STAGES } from "./words.js";

/** Page `board`: all deals by stage, or as a table. */
export function Board() {
  const { pergola, words } = usePortal();
  const query = new URLSearchParams(location.search);
  const [q, setQ] = useState(query.get("q") ?? "");
  const [shown, setShown] = useState(query.get("show") === "table" ? "table" : "board");
  const [problem, setProblem] = useState(null);
  const { value, error, retry, change } = useAnswer("/api/deals/deals?limit=200");
  const move = useMove();
  const focused = useRef(null);

  // Back from a deal finds the same search.
  useEffect(() => {
    const search = new URLSearchParams({ ...(q && { q }), ...(shown === "table" && { show: shown })}).toString();
    if (!pergola.signal.aborted && location.search.slice(1) !== search) {
      history.replaceState(history.state, "", location.pathname + (search && `?${search}`));
    }
  }, [pergola, q, shown]);

  const onMove = async (deal, stage) => {
    setProblem(null);
    const put = (next) =>
      change((all) => ({ ...all, items: all.items.map((one) => (one.id === next.id ? next : one)) }));
    focused.current = deal.id;
    put({ ...deal, stage });
    try {
      put(await move(deal, stage));
    } catch (cause) {
      setProblem(cause);
      put(deal);
      if (cause.status === 412) {
        retry();
      }
    }
  };

  const wanted = q.toLocaleLowerCase(pergola.locale).split(/\s+/).filter(Boolean);
  const items = (value?.items ?? []).filter((deal) => {
    const text = [deal.title, deal.customer, deal.partnerName, deal.industry, deal.region]
      .join(" ")
      .toLocaleLowerCase(pergola.locale);
    return wanted.every((word) => text.includes(word));
  });

  return (
    <>
      <search className="pergola-toolbar">
        <div className="pergola-field deals-search">
          <label htmlFor="deals-q">{words.search}</label>
          <input
            id="deals-q"
            type="search"
            autoComplete="off"
            placeholder={words.searchHint}
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
        </div>
        <div className="pergola-button-group" role="group" aria-label={words.show}>
          {["board", "table"].map((name) => (
            <button
              key={name}
              type="button"
              className="pergola-button"
              aria-pressed={shown === name}
              onClick={() => setShown(name)}
            >
              {words[name]}
            </button>
          ))}
        </div>
      </search>
      <NotMoved problem={problem} />
      {error ? (
        <Failed error={error} retry={retry} />
      ) : value === null ? (
        <Waiting rows={8} />
      ) : items.length === 0 ? (
        <div className="pergola-empty" role="status">
          <h2>{words.none}</h2>
          <p>{words.noneHint}</p>
          <div className="pergola-actions">
            <button className="pergola-button" type="button" onClick={() => setQ("")}>
              {words.clear}
            </button>
          </div>
        </div>
      ) : (
        <>
          <p className="pergola-quiet pergola-small" role="status">
            {words.count(items.length)}
          </p>
          {shown === "board" ? (
            <Columns items={items} onMove={onMove} focused={focused} />
          ) : (
            <Table items={items} onMove={onMove} />
          )}
        </>
      )}
    </>
  );
}

function Columns({ items, onMove, focused }) {
  const { words, shortMoney } = usePortal();
  const mayMove = useMayMove();
  const drop = (event, stage) => {
    event.preventDefault();
    const deal = items.find((one) => one.id === event.dataTransfer.getData("text/plain"));
    if (deal && deal.stage !== stage) {
      onMove(deal, stage);
    }
  };
  return (
    <>
      {mayMove && <p className="pergola-quiet pergola-small">{words.keys}</p>}
      <div className="deals-board" tabIndex={0} role="group" aria-label={words.board}>
        {STAGES.map((stage) => {
          const deals = items.filter((deal) => deal.stage === stage);
          const sum = deals.reduce((total, deal) => total + deal.amount, 0);
          return (
            <section
              key={stage}
              className="deals-column"
              aria-labelledby={`deals-stage-${stage}`}
              onDragOver={(event) => mayMove && event.preventDefault()}
              onDrop={(event) => mayMove && drop(event, stage)}
            >
              <header>
                <h2 id={`deals-stage-${stage}`}>{words.stages[stage]}</h2>
                <span className="pergola-quiet pergola-small">
                  {deals.length} · {shortMoney(sum)}
                </span>
              </header>
              {deals.length === 0 && <p className="pergola-quiet pergola-small">{words.emptyStage}</p>}
              <ul>
                {deals.map((deal) => (
                  <Card key={deal.id} deal={deal} onMove={mayMove ? onMove : null} focused={focused} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </>
  );
}

function Card({ deal, onMove, focused }) {
  const { words, money, day, shortDay } = usePortal();
  const link = useRef(null);
  const at = STAGES.indexOf(deal.stage);
  // A card that moved to another column is another element: the focus moves along.
  useEffect(() => {
    if (focused.current === deal.id) {
      focused.current = null;
      link.current?.focus();
    }
  }, [deal, focused]);
  const press = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = STAGES[at + (getComputedStyle(event.currentTarget).direction === "rtl" ? -by : by)];
    if (by !== undefined && next !== undefined && event.target === link.current) {
      event.preventDefault();
      onMove(deal, next);
    }
  };
  return (
    <li
      className="pergola-card deals-card"
      draggable={onMove !== null}
      onDragStart={(event) => event.dataTransfer.setData("text/plain", deal.id)}
      onKeyDown={onMove ? press : undefined}
    >
      <h3>
        <a ref={link} href={`/deals/${deal.id}`} draggable={false}>
          {deal.title}
        </a>
      </h3>
      <p className="pergola-quiet pergola-small">{deal.partnerName}</p>
      <p className="pergola-cluster between">
        <strong className="pergola-number">{money(deal.amount, deal.currency)}</strong>
        <time dateTime={deal.closesOn} title={day(deal.closesOn)} className="pergola-small">
          {shortDay(deal.closesOn)}
        </time>
      </p>
      {onMove && (
        <div className="pergola-actions">
          {STAGES[at - 1] && (
            <MoveButton sign="←" label={words.back(words.stages[STAGES[at - 1]])} deal={deal} to={STAGES[at - 1]} onMove={onMove} />
          )}
          {STAGES[at + 1] && (
            <MoveButton sign="→" label={words.forward(words.stages[STAGES[at + 1]])} deal={deal} to={STAGES[at + 1]} onMove={onMove} className="deals-forward" />
          )}
        </div>
      )}
    </li>
  );
}

function MoveButton({ sign, label, deal, to, onMove, className = "" }) {
  return (
    <button
      type="button"
      className={`pergola-button quiet small icon ${className}`.trim()}
      aria-label={`${label}: ${deal.title}`}
      title={label}
      onClick={() => onMove(deal, to)}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

function Table({ items, onMove }) {
  const { words, money, day } = usePortal();
  const mayMove = useMayMove();
  return (
    <div className="pergola-table-frame">
      <table className="pergola-table">
        <thead>
          <tr>
            <th scope="col">{words.deal}</th>
            <th scope="col">{words.partner}</th>
            <th scope="col">{words.stage}</th>
            <th scope="col" className="pergola-number">
              {words.amount}
            </th>
            <th scope="col">{words.closes}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((deal) => (
            <tr key={deal.id}>
              <th scope="row">
                <a href={`/deals/${deal.id}`}>{deal.title}</a>
              </th>
              <td data-label={words.partner}>{deal.partnerName}</td>
              <td data-label={words.stage}>
                {mayMove ? (
                  <StageSelect deal={deal} onMove={onMove} label={words.stageOf(deal.title)} />
                ) : (
                  <StageBadge stage={deal.stage} />
                )}
              </td>
              <td data-label={words.amount} className="pergola-number">
                {money(deal.amount, deal.currency)}
              </td>
              <td data-label={words.closes}>
                <time dateTime={deal.closesOn}>{day(deal.closesOn)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
