import { callingModule } from "./attribution.js";

/** Who defined a tag first. @type {Map<string, { module: string, file: string }>} */
const owners = new Map();
/** @type {Map<string, string>} `module@version tag` → name it was defined under */
const aliases = new Map();
let count = 0;

/**
 * The name under which a version of a module defined a tag.
 * @param {{ module: string, version: string }} target
 * @param {string} tag
 */
export function definedName({ module, version }, tag) {
  return aliases.get(`${module}@${version} ${tag}`) ?? tag;
}

/**
 * Lets modules define tags without ever failing: a tag that is taken is defined
 * under another name, which `definedName` knows, and the console says by whom
 * it was taken.
 * @param {CustomElementRegistry} registry
 */
export function wrapDefine(registry) {
  const define = registry.define.bind(registry);
  registry.define = (tag, constructor, options) => {
    const from = callingModule();
    const source = from ?? { module: "", file: "the page" };
    if (registry.get(tag) === undefined && isFree(registry, constructor)) {
      define(tag, constructor, options);
      owners.set(tag, source);
      return;
    }
    if (registry.get(tag) === constructor) {
      return;
    }
    const name = freeName(registry, tag);
    // A class may be registered once: a second name needs a class of its own.
    define(
      name,
      isFree(registry, constructor)
        ? constructor
        : class extends constructor {},
      options,
    );
    if (from !== null) {
      aliases.set(`${from.module}@${from.version} ${tag}`, name);
    }
    const owner = owners.get(tag);
    // Another version of the same module is how an update works.
    if (owner?.module !== source.module) {
      console.warn(
        `<${tag}> of ${source.file} is defined as <${name}>: the tag is taken by ` +
          `${owner?.file ?? "the page"}. Prefix tags with the module's name.`,
      );
    }
  };
}

/**
 * @param {CustomElementRegistry} registry
 * @param {CustomElementConstructor} constructor
 */
function isFree(registry, constructor) {
  return registry.getName(constructor) === null;
}

/**
 * @param {CustomElementRegistry} registry
 * @param {string} tag
 */
function freeName(registry, tag) {
  let name;
  do {
    count += 1;
    name = `${tag}-pergola-${count}`;
  } while (registry.get(name) !== undefined);
  return name;
}
