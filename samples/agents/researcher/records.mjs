// The data of the sample modules, as the researcher sees it.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const DAY = 24 * 60 * 60 * 1000;

// Beside the programs when they were packed, else in the folders of the samples.
const PLACES = {
  partnerships: "../../partnerships/src/main/resources/samples/partnerships/partnerships.json",
  deals: "../../deals/src/main/resources/samples/deals/deals.json",
  people: "../../people/people.json",
};
const DAYS = ["lastContactOn", "closesOn", "updatedOn"];

/** A file is not where it should be. */
export class RecordsMissing extends Error {}

/** Deals, partnerships and people; days are moved so that they are never old, and are numbers since 1970. */
export class Records {
  /** @param {{ deals: any[], partnerships: any[], people: any[] }} items @param {number} today */
  constructor({ deals, partnerships, people }, today) {
    this.today = today;
    this.deals = deals;
    this.partnerships = new Map(partnerships.map((one) => [one.id, one]));
    this.people = new Map(people.map((one) => [one.id, one]));
  }

  /**
   * @param {string} [folder] holds `deals.json` and the others
   * @param {number} [today] day since 1970
   */
  static load(folder, today = dayOf(new Date())) {
    const read = (name) => shifted(JSON.parse(readFileSync(placeOf(name, folder), "utf8")), today);
    return new Records({ deals: read("deals"), partnerships: read("partnerships"), people: read("people") }, today);
  }

  personOf(id) {
    return this.people.get(id) ?? { id, name: id };
  }
}

/** The day of a moment where this program runs. */
export function dayOf(date) {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY);
}

/** A day as people write it, such as `2026-12-04`. */
export function written(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

function placeOf(name, folder) {
  const places = folder
    ? [join(folder, `${name}.json`)]
    : [join(HERE, "../data", `${name}.json`), join(HERE, PLACES[name])];
  const place = places.find((each) => existsSync(each));
  if (place === undefined) {
    throw new RecordsMissing(`there is no file ${name}.json.`);
  }
  return place;
}

// As the services do it: what is written for the first of a month is of this month.
function shifted({ asOf, items }, today) {
  const first = new Date(today * DAY).setUTCDate(1) / DAY;
  const shift = first - Date.parse(asOf) / DAY;
  return items.map((item) => {
    const days = DAYS.filter((name) => name in item).map((name) => [name, Date.parse(item[name]) / DAY + shift]);
    return { ...item, ...Object.fromEntries(days) };
  });
}
