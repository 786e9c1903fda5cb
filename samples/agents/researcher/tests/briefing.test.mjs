import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { briefing, comparable, dealsMeant, helping } from "../briefing.mjs";
import { dayOf, Records, RecordsMissing, written } from "../records.mjs";

const TODAY = dayOf(new Date(2031, 2, 4));
const records = Records.load(undefined, TODAY);
const deals = new Map(records.deals.map((deal) => [deal.id, deal]));
const say = (deal, own = records) => [...briefing(own, deal, comparable(own, deal))].join("\n\n");
const meant = (...said) => dealsMeant(records, { context: [], said }).map(({ id }) => id);

/** The records with another deal in the place of one. */
function changed(deal) {
  const others = records.deals.filter(({ id }) => id !== deal.id);
  const { partnerships, people } = records;
  return new Records(
    { deals: [...others, deal], partnerships: [...partnerships.values()], people: [...people.values()] },
    TODAY,
  );
}

describe("records", () => {
  it("are never old", () => {
    assert.equal(written(TODAY), "2031-03-04");
    assert.ok(records.deals.some((deal) => deal.closesOn > TODAY));
    assert.ok([...records.partnerships.values()].every((one) => one.lastContactOn <= TODAY));
  });

  it("relate to each other", () => {
    for (const deal of records.deals) {
      assert.ok(records.partnerships.has(deal.partnershipId), deal.id);
      assert.ok(records.people.has(deal.ownerId), deal.id);
    }
  });

  it("say what is missing", () => {
    const folder = mkdtempSync(join(tmpdir(), "records-"));
    assert.throws(
      () => Records.load(folder),
      (error) => error instanceof RecordsMissing && /deals\.json/.test(error.message),
    );
  });
});

describe("the deal that is meant", () => {
  it("is known by id, title, customer and partner", () => {
    assert.deepEqual(meant("d-2003?"), ["d-2003"]);
    assert.deepEqual(meant("what about SUPPLIER PORTAL for Kestrel Foods"), ["d-2003"]);
    assert.ok(meant("and Kestrel Foods").includes("d-2003"));
    assert.ok(meant("how is it with Thistle & Loom Retail").includes("d-2003"));
  });

  it("is no part of another word", () => {
    assert.deepEqual(meant("d-20031", "xd-2003", "Kestrel Foodstuffs"), []);
  });

  it("is the one named last, and only then the page's", () => {
    const context = ["d-2001"];
    assert.deepEqual(meant("d-2001", "d-2003", "and what next?"), ["d-2003"]);
    const ofPage = dealsMeant(records, { context, said: ["Brief me"] });
    assert.deepEqual(
      ofPage.map(({ id }) => id),
      context,
    );
    assert.deepEqual(dealsMeant(records, { context, said: ["no, d-2003"] })[0].id, "d-2003");
  });
});

describe("a briefing", () => {
  const open = deals.get("d-2003");

  it("is written for every deal, and links only to pages of the portal", () => {
    for (const deal of records.deals) {
      const text = say(deal);
      assert.ok(text.startsWith(`## ${deal.title}`));
      assert.doesNotMatch(text, /undefined|NaN|null|Infinity/);
      for (const [, target] of text.matchAll(/\]\(([^)]*)\)/g)) {
        assert.match(target, /^\/(partnerships|people|deals)\/[a-z0-9-]+$/);
      }
    }
  });

  it("names what could go wrong and a step for each", () => {
    const late = { ...open, closesOn: TODAY - 3, updatedOn: TODAY - 20 };
    const text = say(late, changed(late));
    assert.match(text, /late by 3 days/);
    assert.match(text, /Nobody touched it for 20 days/);
    assert.match(text, /1\. Agree on a new day/);
    assert.match(text, /2\. /);
  });

  it("sees none where there is none", () => {
    const partnershipId = [...records.partnerships.values()].find((one) => one.status === "active").id;
    const calm = { ...open, partnershipId, closesOn: TODAY + 90, updatedOn: TODAY, amount: 1 };
    const own = changed(calm);
    own.partnerships.set(partnershipId, { ...own.partnerships.get(partnershipId), lastContactOn: TODAY });
    assert.match(say(calm, own), /Nothing that my rules know of[^]*Go on as planned/);
  });

  it("asks no more of a deal that is decided", () => {
    const text = say(deals.get("d-2001"));
    assert.doesNotMatch(text, /could go wrong/);
    assert.match(text, /for a reference/);
  });

  it("has nothing to compare the only deal of an industry with", () => {
    const only = { ...open, industry: "Beekeeping" };
    assert.match(say(only, changed(only)), /no other deal in Beekeeping/);
  });
});

describe("help", () => {
  it("lists deals of one name with their ids", () => {
    const found = records.deals.slice(0, 3);
    const text = [...helping(records, found)].join("\n");
    found.forEach(({ id }) => assert.ok(text.includes(`\`${id}\``)));
  });

  it("gives examples that are understood", () => {
    const text = [...helping(records, [])].join("\n");
    const examples = [...text.matchAll(/^- (.*)$/gm)].map(([, example]) => example);
    assert.equal(examples.length, 3);
    examples.forEach((example) => assert.notEqual(meant(example).length, 0, example));
  });
});
