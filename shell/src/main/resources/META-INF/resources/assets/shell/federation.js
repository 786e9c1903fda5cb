import { ModuleFailure } from "./failure.js";
import { loadEntry } from "./entries.js";
import { moduleScriptUrl } from "./fragments.js";

/** @type {Set<object>} */
const initialised = new Set();

/**
 * What a Module Federation container exposes for a place: `./<page id>`, or
 * `./<element>` in a slot. The container is what the entry exports, or the
 * variable named like the module that the entry sets as a script.
 * @param {import("./target.js").Target} target
 * @param {number} tries
 * @returns {Promise<Record<string, any>>}
 */
export async function loadContainer(target, tries) {
  const entry = await loadEntry(target, tries);
  const container = isContainer(entry)
    ? entry
    : (variableOf(target) ?? (await containerOfScript(target)));
  if (!initialised.has(container)) {
    initialised.add(container);
    await container.init?.({});
  }
  const factory = await container.get(`./${target.page ?? target.element}`);
  return factory();
}

/** @param {import("./target.js").Target} target */
async function containerOfScript(target) {
  const { url } = target.entry;
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = moduleScriptUrl(url);
    script.integrity = target.integrity[url] ?? "";
    script.addEventListener("load", resolve);
    script.addEventListener("error", () =>
      reject(new ModuleFailure("missing")),
    );
    document.head.append(script);
    script.remove();
  });
  const container = variableOf(target);
  if (container === undefined) {
    throw new ModuleFailure(
      "threw",
      new Error("entry: is no container (expected: init and get)"),
    );
  }
  return container;
}

/** @param {import("./target.js").Target} target */
function variableOf({ module }) {
  const variables = /** @type {Record<string, any>} */ (
    /** @type {unknown} */ (globalThis)
  );
  return [variables[module], variables[module.replaceAll("-", "_")]].find(
    isContainer,
  );
}

/** @param {any} value */
function isContainer(value) {
  return typeof value?.get === "function" && typeof value.init === "function";
}
