/** @type {Map<string, { sheet: CSSStyleSheet, users: number }>} */
const adopted = new Map();

/**
 * Puts a module's style sheets on the page so that they reach its own places
 * only. Each sheet is parsed alone first, so that no brace in it can end the
 * scope early.
 * @param {import("./target.js").Target} target
 * @param {AbortSignal} signal takes them away again
 * @returns {Promise<void>}
 */
export async function adoptStyles(target, signal) {
  const { module, version, entry, integrity } = target;
  await Promise.all(
    (entry.styles ?? []).map(async (url) => {
      const css = await fetchStyles(url, integrity[url]);
      if (!signal.aborted) {
        const key = `${module}@${version} ${url}`;
        use(key, () => scoped(css, url, target));
        signal.addEventListener("abort", () => release(key));
      }
    }),
  );
}

/**
 * @param {string} url
 * @param {string} [integrity]
 */
async function fetchStyles(url, integrity) {
  const response = await fetch(url, {
    credentials: "same-origin",
    ...(integrity !== undefined && { integrity }),
  });
  if (!response.ok) {
    throw new TypeError(`style sheet: ${url} (${response.status})`);
  }
  return response.text();
}

/**
 * @param {string} css
 * @param {string} url
 * @param {{ module: string, version: string }} target
 */
function scoped(css, url, { module, version }) {
  const baseURL = new URL(url, location.origin).href;
  const own = new CSSStyleSheet({ baseURL });
  own.replaceSync(css);
  /** @type {string[]} */
  const named = [];
  /** @type {string[]} */
  const rules = [];
  for (const rule of own.cssRules) {
    // Names of animations and fonts are the document's; they cannot stand in a scope.
    const isName =
      rule instanceof CSSKeyframesRule || rule instanceof CSSFontFaceRule;
    (isName ? named : rules).push(rule.cssText);
  }
  const place = `[data-pergola-mount="${CSS.escape(`${module}@${version}`)}"]`;
  const sheet = new CSSStyleSheet({ baseURL });
  sheet.replaceSync(
    `${named.join("\n")}\n@scope (${place}) {\n${rules.join("\n")}\n}`,
  );
  return sheet;
}

/**
 * @param {string} key
 * @param {() => CSSStyleSheet} create
 */
function use(key, create) {
  const entry = adopted.get(key) ?? { sheet: create(), users: 0 };
  if (entry.users === 0) {
    adopted.set(key, entry);
    document.adoptedStyleSheets.push(entry.sheet);
  }
  entry.users += 1;
}

/** @param {string} key */
function release(key) {
  const entry = adopted.get(key);
  if (entry !== undefined && (entry.users -= 1) === 0) {
    adopted.delete(key);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
      (sheet) => sheet !== entry.sheet,
    );
  }
}
