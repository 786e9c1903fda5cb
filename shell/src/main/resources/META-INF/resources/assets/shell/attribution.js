const MODULE_FILE = /\/modules\/([a-z0-9-]+)\/([^/\s]+)\/[^\s:)]*/;

const MODULE_LINE = /\/modules\/([a-z0-9-]+)\/[^\s)]*:\d+:\d+/;

/**
 * The module whose file is named first in a stack or address.
 * @param {string | undefined} text
 * @returns {{ module: string, version: string, file: string } | null} null when no module's file is named
 */
export function moduleIn(text) {
  const match = text ? MODULE_FILE.exec(text) : null;
  return match && { module: match[1], version: match[2], file: match[0] };
}

/**
 * The module an uncaught error comes from: the first of its files on the stack.
 * @param {ErrorEvent | PromiseRejectionEvent} event
 */
export function moduleOfError(event) {
  const error = "reason" in event ? event.reason : event.error;
  const stack = error instanceof Error ? error.stack : undefined;
  return (
    moduleIn(stack) ?? ("filename" in event ? moduleIn(event.filename) : null)
  );
}

/** The module whose code is running now. */
export function callingModule() {
  return moduleIn(stackHere());
}

/**
 * The line of a module's code that is running now.
 * @returns {{ module: string, at: string } | null}
 */
export function callSite() {
  const match = MODULE_LINE.exec(stackHere());
  return match && { module: match[1], at: match[0] };
}

function stackHere() {
  const stacks = /** @type {{ stackTraceLimit?: number }} */ (Error);
  const limit = stacks.stackTraceLimit;
  stacks.stackTraceLimit = 40;
  const { stack = "" } = new Error();
  if (limit !== undefined) {
    stacks.stackTraceLimit = limit;
  }
  return stack;
}
