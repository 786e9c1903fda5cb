import { html, nothing } from "lit";

/**
 * A labelled field with its error below it.
 * @param {{ name: string, label: string, error?: string, required?: boolean }} field
 * @param {(attributes: { id: string, describedBy: unknown, invalid: unknown }) => unknown} control
 */
export function field({ name, label, error }, control) {
  const id = `partnerships-${name}`;
  return html`<div class="pergola-field">
    <label for=${id}>${label}</label>
    ${control({
      id,
      describedBy: error ? `${id}-error` : nothing,
      invalid: error ? "true" : nothing,
    })}
    ${error ? html`<p class="pergola-error" id="${id}-error">${error}</p>` : nothing}
  </div>`;
}

/**
 * @param {{ name: string, label: string, error?: string, value: string | number, type?: string, max?: number, required?: boolean }} input
 */
export function input({ value, type = "text", max, required = false, ...rest }) {
  return field(
    rest,
    ({ id, describedBy, invalid }) =>
      html`<input
        id=${id}
        name=${rest.name}
        type=${type}
        maxlength=${type === "text" ? (max ?? nothing) : nothing}
        max=${type === "number" ? (max ?? nothing) : nothing}
        min=${type === "number" ? 0 : nothing}
        step=${type === "number" ? 1 : nothing}
        ?required=${required}
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        .value=${String(value)}
      />`,
  );
}

/**
 * @param {{ name: string, label: string, error?: string, value: string, options: Record<string, string> }} choice
 */
export function select({ value, options, ...rest }) {
  return field(
    rest,
    ({ id, describedBy, invalid }) =>
      html`<select id=${id} name=${rest.name} aria-describedby=${describedBy} aria-invalid=${invalid}>
        ${Object.entries(options).map(
          ([name, title]) => html`<option value=${name} ?selected=${name === value}>${title}</option>`,
        )}
      </select>`,
  );
}

/**
 * @param {{ name: string, label: string, error?: string, value: string, max: number }} text
 */
export function textarea({ value, max, ...rest }) {
  return field(
    rest,
    ({ id, describedBy, invalid }) =>
      html`<textarea
        id=${id}
        name=${rest.name}
        maxlength=${max}
        aria-describedby=${describedBy}
        aria-invalid=${invalid}
        .value=${value}
      ></textarea>`,
  );
}
