// What the researcher says of one deal, in markdown, by rules.
import { written } from "./records.mjs";

export const UNTOUCHED_DAYS = 14;
export const QUIET_DAYS = 45;

/**
 * The deal a conversation is about: named in the context, else in the newest message that names one.
 * @param {import("./records.mjs").Records} records
 * @param {{ context: string[], said: string[] }} input what a page hands over; what the person said, oldest first
 * @returns {any[]} one deal; several where a customer or partner has more than one; none
 */
export function dealsMeant(records, { context, said }) {
  const byId = (text) => records.deals.filter((deal) => names(text, deal.id));
  const byName = (text) =>
    [(deal) => deal.title, (deal) => deal.customer, (deal) => deal.partnerName]
      .map((name) => records.deals.filter((deal) => names(text, name(deal))))
      .find((found) => found.length > 0) ?? [];
  for (const text of [...said].reverse()) {
    const found = byId(text).length > 0 ? byId(text) : byName(text);
    if (found.length > 0) {
      return found;
    }
  }
  return context.flatMap(byId);
}

/** Decided deals of the same industry, what became of them, and the amount in their middle. */
export function comparable(records, deal) {
  const alike = records.deals.filter((one) => one.industry === deal.industry && one.id !== deal.id);
  const won = alike.filter((one) => one.stage === "won").length;
  const decided = won + alike.filter((one) => one.stage === "lost").length;
  const amounts = alike.map((one) => one.amount).sort((one, other) => one - other);
  return { industry: deal.industry, deals: alike.length, decided, won, median: amounts[amounts.length >> 1] ?? 0 };
}

/** Paragraphs, in the order a person reads them. */
export function* briefing(records, deal, alike) {
  yield `## ${deal.title}`;
  yield facts(records, deal).join("\n");
  yield "### Compared with others";
  yield comparison(deal, alike);
  const risks = isOpen(deal) ? risksOf(records, deal, alike) : [];
  if (isOpen(deal)) {
    yield "### What could go wrong";
    yield risks.map(({ what }) => `- ${what}`).join("\n") || "Nothing that my rules know of.";
  }
  yield "### What I would do next";
  yield nextSteps(records, deal, risks).join("\n");
  yield `**How I got here:** this deal, its partnership and ${alike.deals} other deals in ${alike.industry}; late, untouched for ${UNTOUCHED_DAYS} days, partner quiet for ${QUIET_DAYS} days, an amount over twice the usual one. Rules only, no model.`;
}

/** What to say where no deal, or more than one, is meant. */
export function* helping(records, found) {
  if (found.length > 0) {
    yield `There are ${found.length} deals of that name. Which one?`;
    yield found
      .slice(0, 8)
      .map((deal) => `- ${link(deal)}, ${deal.stage}, ${money(deal.amount)}: \`${deal.id}\``)
      .join("\n");
    return;
  }
  const [first, second] = records.deals.filter(isOpen);
  yield "I write a briefing on one deal: where it stands, how it compares, what could go wrong, what to do next. Name it. For example:";
  yield `- Brief me on ${first.title}\n- What about ${second.customer}?\n- ${first.id}`;
}

function facts(records, deal) {
  const partnership = records.partnerships.get(deal.partnershipId);
  const weighted = isOpen(deal) ? `; weighted by stage ${money((deal.amount * deal.probability) / 100)}` : "";
  return [
    `- ${deal.customer}: **${deal.stage}**, **${money(deal.amount)}**${weighted}`,
    `- ${closing(records, deal)}`,
    partnership
      ? `- With [${deal.partnerName}](/partnerships/${partnership.id}): ${partnership.type}, ${partnership.status}, ${partnership.tier}; last contact ${ago(records.today - partnership.lastContactOn)}`
      : `- With ${deal.partnerName}`,
    `- ${person(records.personOf(deal.ownerId))} looks after it`,
  ];
}

function closing({ today }, deal) {
  const days = deal.closesOn - today;
  if (!isOpen(deal)) {
    return `Decided, closed for ${written(deal.closesOn)}`;
  }
  return days < 0
    ? `Should have closed on ${written(deal.closesOn)}, ${ago(-days)}`
    : `Closes on ${written(deal.closesOn)}, ${days === 0 ? "today" : `in ${count(days, "day")}`}`;
}

function comparison(deal, { industry, deals, decided, won, median }) {
  if (deals === 0) {
    return `There is no other deal in ${industry} to compare it with.`;
  }
  const record =
    decided === 0
      ? `none of the ${count(deals, "deal")} in ${industry} is decided`
      : `in ${industry} we won ${won} of ${count(decided, "decided deal")}`;
  return `${record[0].toUpperCase()}${record.slice(1)}. The usual amount there is ${money(median)}; this one is **${(deal.amount / median).toFixed(1)} times** that.`;
}

function risksOf({ today, partnerships }, deal, { median }) {
  const partnership = partnerships.get(deal.partnershipId);
  const silent = partnership ? today - partnership.lastContactOn : 0;
  const late = today - deal.closesOn;
  const untouched = today - deal.updatedOn;
  const left = deal.closesOn - today;
  return [
    [late > 0, "late", `It is late by ${count(late, "day")}.`],
    [
      left >= 0 && left <= 14 && deal.probability < 75,
      "early",
      `It closes in ${count(left, "day")} and is still in ${deal.stage}.`,
    ],
    [untouched > UNTOUCHED_DAYS, "untouched", `Nobody touched it for ${count(untouched, "day")}.`],
    [silent > QUIET_DAYS, "quiet", `${deal.partnerName} was last heard of ${ago(silent)}.`],
    [
      partnership !== undefined && partnership.status !== "active",
      "partner",
      `The partnership is not active: ${partnership?.status}.`,
    ],
    [median > 0 && deal.amount > 2 * median, "large", `It is more than twice the usual ${money(median)}.`],
  ].flatMap(([applies, name, what]) => (applies ? [{ name, what }] : []));
}

function nextSteps(records, deal, risks) {
  const owner = person(records.personOf(deal.ownerId));
  const partnership = records.partnerships.get(deal.partnershipId);
  const steps = {
    late: `Agree on a new day with ${deal.customer}, or close it as lost.`,
    early: `Ask ${deal.customer} this week what is missing for a decision.`,
    untouched: `${owner} writes down what happened since.`,
    quiet: `${owner} calls ${deal.partnerName}. Noted so far: *${partnership?.nextStep}*.`,
    partner: `Settle the partnership before the contract.`,
    large: `Have the offer read by a second pair of eyes.`,
  };
  if (!isOpen(deal)) {
    return [
      deal.stage === "won"
        ? `- Ask ${deal.customer} for a reference.`
        : `- Ask ${deal.customer} why, and write it down.`,
    ];
  }
  return risks.length > 0
    ? risks.map(({ name }, place) => `${place + 1}. ${steps[name]}`)
    : [`- Go on as planned. Noted with ${deal.partnerName}: *${partnership?.nextStep ?? "nothing"}*.`];
}

function isOpen(deal) {
  return deal.stage !== "won" && deal.stage !== "lost";
}

// As a word of its own: `d-200` is not in `d-2003`.
function names(text, name) {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${quoted}(?![\\p{L}\\p{N}])`, "iu").test(text);
}

function link(deal) {
  return `[${deal.title}](/deals/${deal.id})`;
}

function person({ id, name }) {
  return `[${name}](/people/${id})`;
}

function money(amount) {
  return `€${Math.round(amount).toLocaleString("en")}`;
}

function count(number, noun) {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

function ago(days) {
  return days <= 0 ? "today" : days === 1 ? "yesterday" : `${days} days ago`;
}
