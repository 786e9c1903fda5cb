import { LitElement, html, nothing } from "lit";
import { input, select, textarea } from "./fields.js";
import { wordsIn } from "./words.js";

/**
 * Form of one partnership.
 * @event partnerships-dirty `detail` says whether leaving would lose work
 * @event partnerships-close `detail` is the saved partnership, null when given up
 */
export class PartnershipForm extends LitElement {
  static properties = {
    pergola: { attribute: false },
    partnership: { attribute: false },
    saving: { state: true },
    errors: { state: true },
    problem: { state: true },
    stale: { state: true },
    people: { state: true },
  };

  #revision = 0;

  constructor() {
    super();
    /** @type {any} */
    this.pergola = undefined;
    /** @type {any} */
    this.partnership = undefined;
    this.saving = false;
    /** @type {Record<string, string>} */
    this.errors = {};
    /** @type {any} */
    this.problem = null;
    /** @type {any} */
    this.stale = null;
    /** @type {any[]} */
    this.people = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#revision = this.partnership.revision;
    this.words = wordsIn(this.pergola.locale);
    this.#loadPeople();
  }

  // Without the module people the owner stays as it is.
  async #loadPeople() {
    try {
      const answer = await this.pergola.fetch("/api/people/people?team=Alliances");
      this.people = (await answer.json()).items;
    } catch {
      this.people = [];
    }
  }

  /** @param {string} name @param {unknown} [detail] */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const { annualTarget, ...values } = Object.fromEntries(new FormData(form));
    this.saving = true;
    try {
      const answer = await this.pergola.fetch(`/api/partnerships/partnerships/${this.partnership.id}`, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "If-Match": `"${this.#revision}"` },
        body: JSON.stringify({ ...values, annualTarget: Number(annualTarget) }),
      });
      this.#tell("partnerships-close", await answer.json());
    } catch (error) {
      await this.#failed(error);
    } finally {
      this.saving = false;
    }
  }

  /** @param {any} error */
  async #failed(error) {
    this.errors = Object.fromEntries(
      (error.findings ?? []).map((/** @type {any} */ one) => [one.pointer.slice(1), one.message]),
    );
    this.problem = error;
    this.stale = null;
    if (error.status === 412) {
      const answer = await this.pergola.fetch(`/api/partnerships/partnerships/${this.partnership.id}`);
      this.stale = await answer.json();
      this.#revision = this.stale.revision;
    }
    await this.updateComplete;
    const wrong = this.querySelector('[aria-invalid="true"]') ?? this.querySelector("[data-problem]");
    /** @type {HTMLElement | null} */ (wrong)?.focus();
  }

  #takeTheirs = () => {
    this.#tell("partnerships-close", this.stale);
  };

  render() {
    const { words, errors, partnership: one } = this;
    return html`
      ${this.#message()}
      <form
        class="pergola-form"
        aria-label=${one.name}
        novalidate
        @submit=${this.#save}
        @input=${() => this.#tell("partnerships-dirty", true)}
      >
        ${input({ name: "name", label: words.name, value: one.name, error: errors.name, max: 120, required: true })}
        <div class="pergola-fields">
          ${select({ name: "status", label: words.status, value: one.status, options: words.statuses, error: errors.status })}
          ${select({ name: "type", label: words.type, value: one.type, options: words.types, error: errors.type })}
          ${select({ name: "tier", label: words.tier, value: one.tier, options: words.tiers, error: errors.tier })}
          ${select({ name: "ownerId", label: words.owner, value: one.ownerId, options: this.#owners(), error: errors.ownerId })}
          ${input({
            name: "annualTarget",
            label: `${words.target} (${one.currency})`,
            type: "number",
            max: 1_000_000_000,
            value: one.annualTarget,
            error: errors.annualTarget,
          })}
          ${input({
            name: "lastContactOn",
            label: words.lastContact,
            type: "date",
            value: one.lastContactOn,
            error: errors.lastContactOn,
          })}
        </div>
        ${input({ name: "nextStep", label: words.nextStep, value: one.nextStep, error: errors.nextStep, max: 200 })}
        ${textarea({ name: "notes", label: words.notes, value: one.notes, error: errors.notes, max: 4000 })}
        <div class="pergola-actions">
          <button class="pergola-button primary" ?disabled=${this.saving} aria-busy=${this.saving ? "true" : nothing}>
            ${this.saving ? words.saving : words.save}
          </button>
          <button class="pergola-button" type="button" @click=${() => this.#tell("partnerships-close", null)}>
            ${words.cancel}
          </button>
        </div>
      </form>
    `;
  }

  /** @returns {Record<string, string>} */
  #owners() {
    const { ownerId } = this.partnership;
    const known = Object.fromEntries(this.people.map((person) => [person.id, person.name]));
    return { [ownerId]: ownerId, ...known };
  }

  #message() {
    const { words, problem, stale } = this;
    if (problem === null) {
      return nothing;
    }
    if (stale !== null) {
      return html`<div class="pergola-message warning" role="alert" tabindex="-1" data-problem>
        <strong>${words.stale}</strong>
        <p>${words.staleHint}</p>
        <div class="pergola-actions">
          <button class="pergola-button small" type="button" @click=${this.#takeTheirs}>${words.takeTheirs}</button>
        </div>
      </div>`;
    }
    const isInvalid = Object.keys(this.errors).length > 0;
    return html`<div class="pergola-message danger" role="alert" tabindex="-1" data-problem>
      <strong>${isInvalid ? words.fix : problem.title}</strong>
      ${isInvalid ? nothing : html`<p>${problem.message}</p>`}
    </div>`;
  }
}
