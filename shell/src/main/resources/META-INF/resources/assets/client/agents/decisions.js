/** @typedef {import("./conversation.js").Interrupt} Interrupt */
/** @typedef {import("./conversation.js").Answer} Answer */
/** @typedef {"refuse" | "once" | "always"} Decision */
/** @typedef {{ value: unknown, names: string[] }} Choice */

/** How answers begin where the portal does not choose their names. */
const REFUSALS = new Set(
  "refuse reject deny decline disallow no never dont".split(" "),
);
const LEAVES = new Set(
  "allow approve accept proceed confirm yes once always".split(" "),
);
const LASTING = new Set(["always", "forever"]);

/**
 * What a person can decide about a step that waits.
 * @param {Interrupt} interrupt
 * @returns {Partial<Record<Decision, Answer>> | null} null when it asks for words
 */
export function decisionsOf({ toolCallId, reason, responseSchema: schema }) {
  if (schema === undefined) {
    return toolCallId !== undefined || /tool|approv|confirm/.test(reason)
      ? decisions((decision) => ({ decision }), ["refuse", "once"])
      : null;
  }
  const field = fieldOf(schema);
  const wrap = (/** @type {unknown} */ value) =>
    field.name === null ? value : { [field.name]: value };
  if (field.schema?.type === "boolean") {
    return {
      refuse: { status: "resolved", payload: wrap(false) },
      once: { status: "resolved", payload: wrap(true) },
    };
  }
  const choices = choicesOf(field.schema);
  return choices.length === 0 ? null : byMeaning(choices, wrap);
}

/**
 * What a person's words are as an answer.
 * @param {Interrupt} interrupt
 * @param {string} text
 * @returns {Answer}
 */
export function wordsAsAnswer({ responseSchema: schema = {} }, text) {
  const { name } = fieldOf(schema);
  return {
    status: "resolved",
    payload: name === null ? text : { [name]: text },
  };
}

/**
 * @param {readonly Choice[]} choices
 * @param {(value: unknown) => unknown} wrap
 * @returns {Partial<Record<Decision, Answer>> | null} null where none is a leave
 */
function byMeaning(choices, wrap) {
  /** @type {Partial<Record<Decision, Answer>>} */
  const found = {};
  const isLasting = (/** @type {Choice} */ { names }) =>
    Number(names.some((name) => wordsOf(name).some((one) => LASTING.has(one))));
  // "Reject always" is a refusal, but not the one a person means who refuses.
  const mildFirst = [...choices].sort((a, b) => isLasting(a) - isLasting(b));
  for (const { value, names } of mildFirst) {
    const decision = meaningOf(names);
    if (decision !== undefined && found[decision] === undefined) {
      found[decision] = { status: "resolved", payload: wrap(value) };
    }
  }
  if (found.once === undefined && found.always === undefined) {
    return null;
  }
  found.refuse ??= { status: "cancelled" };
  return found;
}

/**
 * What a choice stands for. A name counts by the word it begins with: "Yes, cancel the
 * order" is no refusal. Names that say different things say nothing.
 * @param {readonly string[]} names
 * @returns {Decision | undefined}
 */
function meaningOf(names) {
  const meanings = new Set(names.map(meaning).filter((one) => one !== null));
  return meanings.size === 1 ? [...meanings][0] : undefined;
}

/**
 * @param {string} name
 * @returns {Decision | null}
 */
function meaning(name) {
  const words = wordsOf(name);
  const [first = ""] = words;
  const isRefusal =
    REFUSALS.has(first) ||
    (first === "do" && words[1] === "not") ||
    (first === "cancel" && words.length === 1) ||
    (LASTING.has(first) && REFUSALS.has(words[1] ?? ""));
  if (isRefusal) {
    return "refuse";
  }
  if (!LEAVES.has(first)) {
    return null;
  }
  return words.some((one) => LASTING.has(one)) ? "always" : "once";
}

/** @param {string} name such as `allow_once`, `allowOnce` or "Don't allow" */
function wordsOf(name) {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replaceAll(/['’]/g, "")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
}

/**
 * @param {(decision: Decision) => unknown} payload
 * @param {readonly Decision[]} names
 * @returns {Partial<Record<Decision, Answer>>}
 */
function decisions(payload, names) {
  return Object.fromEntries(
    names.map((name) => [name, { status: "resolved", payload: payload(name) }]),
  );
}

/**
 * The field that is asked for: the first that must be there, or the value itself.
 * @param {Record<string, any>} schema
 * @returns {{ name: string | null, schema: Record<string, any> | undefined }}
 */
function fieldOf(schema) {
  const fields = schema.properties;
  if (fields === undefined || fields === null) {
    return { name: null, schema };
  }
  const names = [...(schema.required ?? []), ...Object.keys(fields)];
  const name = names.find(
    (one) => fields[one]?.type === "boolean" || choicesOf(fields[one]).length,
  );
  const chosen = name ?? names[0] ?? null;
  return { name: chosen, schema: chosen === null ? undefined : fields[chosen] };
}

/**
 * @param {Record<string, any>} [schema]
 * @returns {Choice[]}
 */
function choicesOf(schema = {}) {
  const named = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(named)) {
    return named
      .filter((one) => one?.const !== undefined)
      .map((one) => ({
        value: one.const,
        names: [String(one.const), String(one.title ?? "")],
      }));
  }
  return Array.isArray(schema.enum)
    ? schema.enum.map((value) => ({ value, names: [String(value)] }))
    : [];
}
