/** @type {Map<string, Map<string, () => unknown>>} */
const files = new Map();

/**
 * A test: a sentence about behaviour, and what proves it.
 * @param {string} file `import.meta.url` of the test file
 * @param {string} name
 * @param {() => unknown} run throws or rejects when it fails
 */
export function test(file, name, run) {
  const key = file.slice(file.lastIndexOf("/") + 1);
  files.set(key, (files.get(key) ?? new Map()).set(name, run));
}

/** @param {string} file */
export function namesOf(file) {
  return [...(files.get(file)?.keys() ?? [])];
}

/**
 * @param {string} file
 * @param {string} name
 * @returns {Promise<string>} why it failed; empty when it did not
 */
export async function run(file, name) {
  try {
    await files.get(file)?.get(name)?.();
    return "";
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : `${error}`;
  }
}

/**
 * @param {unknown} actual
 * @param {unknown} expected
 * @param {string} [about]
 */
export function equal(actual, expected, about = "") {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) {
    throw new Error(`${about} expected: ${should} but was: ${is}`);
  }
}

/**
 * @param {() => unknown} act
 * @returns {Promise<any>} what it throws or rejects with
 */
export async function failure(act) {
  try {
    await act();
  } catch (error) {
    return error;
  }
  throw new Error("expected: a failure");
}
