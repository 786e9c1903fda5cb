import React, { useState } from "react";
import { Briefing } from "./briefing.jsx";
import { useAnswer, useMayMove, useMove, usePortal } from "./portal.js";
import { Failed, NotMoved, StageBadge, StageSelect, Waiting } from "./states.jsx";

/** Page `detail`: one deal. */
export function DealDetail() {
  const { pergola, words, money, day } = usePortal();
  const { value: deal, error, retry, change } = useAnswer(`/api/deals/deals/${encodeURIComponent(pergola.params.id)}`);
  const [problem, setProblem] = useState(null);
  const mayMove = useMayMove();
  const move = useMove();

  const onMove = async (from, stage) => {
    setProblem(null);
    try {
      const moved = await move(from, stage);
      change(() => moved);
    } catch (cause) {
      setProblem(cause);
      if (cause.status === 412) {
        retry();
      }
    }
  };

  if (error?.status === 404) {
    return (
      <div className="pergola-empty" role="status">
        <h2>{words.missing}</h2>
        <p>{words.missingHint}</p>
        <div className="pergola-actions">
          <a className="pergola-button" href="/deals">
            {words.all}
          </a>
        </div>
      </div>
    );
  }
  if (error) {
    return <Failed error={error} retry={retry} />;
  }
  if (deal === null) {
    return <Waiting rows={6} />;
  }
  return (
    <>
      <NotMoved problem={problem} />
      <div className="pergola-page-header">
        <div>
          <h2>{deal.title}</h2>
          <p className="pergola-cluster">
            <StageBadge stage={deal.stage} />
            <strong>{money(deal.amount, deal.currency)}</strong>
            {deal.atRisk && <span className="pergola-badge warning">{words.atRisk}</span>}
          </p>
        </div>
        {mayMove && (
          <div className="pergola-field">
            <label htmlFor="deals-stage">{words.stage}</label>
            <StageSelect id="deals-stage" deal={deal} onMove={onMove} />
          </div>
        )}
      </div>
      <dl className="pergola-facts">
        <Fact title={words.customer}>{deal.customer}</Fact>
        <Fact title={words.partnership}>
          <a href={`/partnerships/${deal.partnershipId}`}>{deal.partnerName}</a>
        </Fact>
        <Fact title={words.organization}>
          <a href={`/organizations/${deal.organizationId}`}>{deal.partnerName}</a>
        </Fact>
        <Fact title={words.owner}>
          <Owner id={deal.ownerId} />
        </Fact>
        <Fact title={words.closes}>
          <time dateTime={deal.closesOn}>{day(deal.closesOn)}</time>
        </Fact>
        <Fact title={words.probability}>{deal.probability} %</Fact>
        <Fact title={words.industry}>{deal.industry}</Fact>
        <Fact title={words.region}>{deal.region}</Fact>
        <Fact title={words.updated}>
          <time dateTime={deal.updatedOn}>{day(deal.updatedOn)}</time>
        </Fact>
      </dl>
      <Briefing key={deal.id} deal={deal} />
    </>
  );
}

// Without the module people the id has to do.
function Owner({ id }) {
  const { value } = useAnswer(`/api/people/people/${encodeURIComponent(id)}`);
  return <a href={`/people/${id}`}>{value?.name ?? id}</a>;
}

function Fact({ title, children }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
