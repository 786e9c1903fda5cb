import { ModuleFailure } from "./failure.js";

/** @type {Map<string, Promise<void>>} */
const checks = new Map();

/**
 * Loads the entry of a module. What the page's import map carries a hash for
 * the browser checks itself; any other version has all its files checked first.
 * @param {import("./target.js").Target} target
 * @param {number} tries how often this place has failed before: a browser may
 *   remember a failed import, so another try needs another address
 * @returns {Promise<Record<string, any>>} rejects with `ModuleFailure`
 */
export async function loadEntry(target, tries) {
  const { url } = target.entry;
  if (tries > 0 || !(url in mapIntegrity())) {
    await checkFiles(target);
  }
  try {
    return await import(tries > 0 ? `${url}?try=${tries}` : url);
  } catch (error) {
    // A fetch that failed is a TypeError without a place in the module's code.
    const missing =
      error instanceof TypeError && /import|module script/i.test(error.message);
    throw new ModuleFailure(missing ? "missing" : "threw", error);
  }
}

/**
 * Fetches every file of a version with its hash, so that they are known to be
 * the published ones and are in the cache.
 * @param {import("./target.js").Target} target
 * @returns {Promise<void>} rejects with `ModuleFailure`
 */
export function checkFiles(target) {
  const key = `${target.module}@${target.version}`;
  const running = checks.get(key);
  if (running !== undefined) {
    return running;
  }
  const files = Object.entries(target.integrity);
  const check =
    files.length === 0 || !(target.entry.url in target.integrity)
      ? Promise.reject(new ModuleFailure("changed"))
      : Promise.all(files.map(([url, hash]) => checkFile(url, hash))).then(
          () => undefined,
        );
  checks.set(key, check);
  // A failed check may succeed on the next try.
  check.catch(() => checks.delete(key));
  return check;
}

/**
 * @param {string} url
 * @param {string} integrity
 */
async function checkFile(url, integrity) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { integrity, credentials: "same-origin" });
  } catch (error) {
    // The browser rejects alike for "no answer" and "wrong hash": ask without the hash.
    const answers = await fetch(url, { method: "HEAD" }).then(
      (head) => head.ok,
      () => false,
    );
    throw new ModuleFailure(answers ? "changed" : "missing", error);
  }
  await response.arrayBuffer();
  if (!response.ok) {
    throw new ModuleFailure("missing", new Error(`${url}: ${response.status}`));
  }
}

/** @type {Record<string, string> | undefined} */
let integrityOfMap;

function mapIntegrity() {
  if (integrityOfMap === undefined) {
    const map = document.querySelector('script[type="importmap"]');
    integrityOfMap = JSON.parse(map?.textContent || "{}").integrity ?? {};
  }
  return /** @type {Record<string, string>} */ (integrityOfMap);
}
