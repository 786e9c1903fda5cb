import { definedName } from "./custom-elements.js";
import { ModuleFailure } from "./failure.js";
import { loadEntry } from "./entries.js";

/**
 * A module in its place.
 * @typedef {object} Mounted
 * @property {() => unknown} unmount
 * @property {() => unknown} [canUpdate] `allow`, `block` or `ask`
 */

/**
 * Puts a loaded module into a container that is part of the page.
 * @callback Mount
 * @param {HTMLElement} container
 * @param {import("@pergola/client").Client} client
 * @returns {Promise<Mounted> | Mounted}
 */

/**
 * Loads a module and says how it is put into its place.
 * @param {import("./target.js").Target} target
 * @param {number} tries how often this place has failed before
 * @returns {Promise<Mount>}
 */
export async function loadModule(target, tries) {
  switch (target.entry.format) {
    case "esm":
      return esm(await loadEntry(target, tries), target);
    case "single-spa":
      return singleSpa(await loadEntry(target, tries), target);
    case "module-federation":
      return esm(await container(target, tries), target);
    case "iframe":
      return frame(target);
    default:
      throw new ModuleFailure(
        "unknown",
        new Error(`format: ${target.entry.format}`),
      );
  }
}

/**
 * @param {Record<string, any>} entry
 * @param {import("./target.js").Target} target
 * @returns {Mount}
 */
function esm(entry, target) {
  const exported = entry.default ?? {};
  const mount = entry.mount ?? exported.mount;
  const unmount = entry.unmount ?? exported.unmount;
  const canUpdate = entry.canUpdate ?? exported.canUpdate;
  const name = target.element && definedName(target, target.element);
  const constructor = name ? customElements.get(name) : undefined;
  if (constructor !== undefined) {
    return (container, client) =>
      mountElement(constructor, container, client, canUpdate);
  }
  if (typeof mount !== "function") {
    throw new ModuleFailure(
      "threw",
      new Error(
        `entry: defines no <${target.element}> and exports no mount (expected: one of them)`,
      ),
    );
  }
  return async (container, client) => {
    // What mount returns may be a function that undoes it.
    const undo = await mount(container, client);
    return {
      unmount: () =>
        unmount?.(container, client) ??
        (typeof undo === "function" ? undo() : undefined),
      canUpdate: () => canUpdate?.(client),
    };
  };
}

/**
 * @param {CustomElementConstructor} constructor
 * @param {HTMLElement} container
 * @param {import("@pergola/client").Client} client
 * @param {((client: unknown) => unknown) | undefined} canUpdate
 * @returns {Promise<Mounted>}
 */
async function mountElement(constructor, container, client, canUpdate) {
  const element = /** @type {any} */ (new constructor());
  element.pergola = client;
  container.append(element);
  // Lit renders a moment later and rejects this when it fails.
  await element.updateComplete;
  return {
    unmount: () => element.remove(),
    canUpdate: () => element.canUpdate?.() ?? canUpdate?.(client),
  };
}

/**
 * @param {Record<string, any>} entry
 * @param {import("./target.js").Target} target
 * @returns {Mount}
 */
function singleSpa(entry, target) {
  const lifecycles = entry.default?.mount ? entry.default : entry;
  return async (container, client) => {
    const props = {
      name: target.module,
      domElement: container,
      pergola: client,
      singleSpa: { navigateToUrl: client.navigate },
      ...client.slotContext,
    };
    await inTurn(lifecycles.bootstrap, props);
    await inTurn(lifecycles.mount, props);
    return { unmount: () => inTurn(lifecycles.unmount, props) };
  };
}

/**
 * @param {undefined | Function | Function[]} steps
 * @param {unknown} props
 */
async function inTurn(steps, props) {
  for (const step of [steps ?? []].flat()) {
    await step(props);
  }
}

// Formats that few modules have are loaded with the first of them.

/**
 * @param {import("./target.js").Target} target
 * @param {number} tries
 */
async function container(target, tries) {
  const { loadContainer } = await import("./federation.js");
  return loadContainer(target, tries);
}

/**
 * @param {import("./target.js").Target} target
 * @returns {Promise<Mount>}
 */
async function frame(target) {
  const { mountFrame } = await import("./frame.js");
  return (container, client) => mountFrame(container, client, target);
}
