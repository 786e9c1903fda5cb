import { LitElement, html, nothing } from "lit";
import { badgeClass, formatsIn } from "./format.js";
import { failed, unavailable, waiting } from "./states.js";
import { wordsIn } from "./words.js";

/** Page `detail`: one partnership, its owner and its deals, in one view. */
export class PartnershipsDetail extends LitElement {
  static properties = {
    pergola: { attribute: false },
    view: { state: true },
    error: { state: true },
    editing: { state: true },
  };

  #isDirty = false;

  constructor() {
    super();
    /** @type {any} */
    this.pergola = undefined;
    /** @type {any} */
    this.view = null;
    /** @type {any} */
    this.error = null;
    this.editing = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.classList.add("partnerships");
    this.words = wordsIn(this.pergola.locale);
    this.formats = formatsIn(this.pergola.locale);
    this.#load();
  }

  /** Whether another version may take this one's place now. */
  canUpdate() {
    return this.#isDirty ? "ask" : "allow";
  }

  #load = async () => {
    this.error = null;
    const { id } = this.pergola.params;
    try {
      const answer = await this.pergola.fetch(`/views/partnerships/partnerships/${encodeURIComponent(id)}/overview`);
      this.view = await answer.json();
    } catch (error) {
      if (!this.pergola.signal.aborted) {
        this.error = error;
      }
    }
  };

  /** @param {CustomEvent<boolean>} event */
  #touch(event) {
    this.#isDirty = event.detail;
    this.pergola.dirty(event.detail);
  }

  /** @param {CustomEvent<any>} event the saved partnership, null when given up */
  async #close(event) {
    this.#isDirty = false;
    this.pergola.dirty(false);
    const saved = event.detail;
    if (saved !== null) {
      const moved = saved.ownerId !== this.view.partnership.ownerId;
      this.view = { ...this.view, partnership: saved };
      this.pergola.notify(this.words.saved);
      const { id, status, revision } = saved;
      this.pergola.emit("partnership.updated.v1", { id, status, revision });
      if (moved) {
        this.#load();
      }
    }
    this.editing = false;
    await this.updateComplete;
    this.querySelector(/** @type {"button"} */ ("[data-edit]"))?.focus();
  }

  async #edit() {
    this.editing = true;
    await this.updateComplete;
    await /** @type {any} */ (this.querySelector("[data-form]"))?.updateComplete;
    this.querySelector("input")?.focus();
  }

  render() {
    const { words, view, error } = this;
    if (error?.status === 404) {
      return html`<div class="pergola-empty" role="status">
        <h2>${words.missing}</h2>
        <p>${words.missingHint}</p>
        <div class="pergola-actions"><a class="pergola-button" href="/partnerships">${words.back}</a></div>
      </div>`;
    }
    if (error !== null) {
      return failed(words, error, this.#load);
    }
    if (view === null) {
      return waiting(words, 6);
    }
    const { partnership } = view;
    return html`
      <div class="pergola-page-header">
        <div>
          <h2>${partnership.name}</h2>
          <p class="pergola-cluster">
            <span class=${badgeClass(partnership.status)}>${words.statuses[partnership.status] ?? partnership.status}</span>
            <span>${words.types[partnership.type] ?? partnership.type}</span>
            <span class="pergola-badge plain">${words.tiers[partnership.tier] ?? partnership.tier}</span>
          </p>
        </div>
        <div class="pergola-actions">
          ${this.#mayEdit() && !this.editing
            ? html`<button class="pergola-button" type="button" data-edit @click=${this.#edit}>${words.edit}</button>`
            : nothing}
        </div>
      </div>
      <div class="pergola-columns">
        <div>
          <section class="pergola-section">${this.editing ? this.#form() : this.#facts()}</section>
          ${this.#deals()}
          <pergola-slot
            name="partnerships.detail.tabs"
            context=${JSON.stringify({ partnershipId: partnership.id })}
          ></pergola-slot>
        </div>
        <aside aria-label=${words.owner}>${this.#owner()}</aside>
      </div>
    `;
  }

  #mayEdit() {
    return (this.pergola.session.roles ?? []).some((/** @type {string} */ role) => ["business", "admin"].includes(role));
  }

  #form() {
    return html`<partnerships-form
      data-form
      .pergola=${this.pergola}
      .partnership=${this.view.partnership}
      @partnerships-dirty=${this.#touch}
      @partnerships-close=${this.#close}
    ></partnerships-form>`;
  }

  #facts() {
    const { words, formats } = this;
    const { partnership: one } = this.view;
    return html`<dl class="pergola-facts">
      <div>
        <dt>${words.organization}</dt>
        <dd><a href="/organizations/${one.organizationId}">${one.organizationName}</a></dd>
      </div>
      <div><dt>${words.target}</dt><dd>${formats.money(one.annualTarget, one.currency)}</dd></div>
      <div><dt>${words.nextStep}</dt><dd>${one.nextStep || "–"}</dd></div>
      <div>
        <dt>${words.lastContact}</dt>
        <dd>
          <time datetime=${one.lastContactOn}>${formats.day(one.lastContactOn)}</time>
          <span class="pergola-quiet">(${formats.ago(one.lastContactOn)})</span>
        </dd>
      </div>
      <div><dt>${words.started}</dt><dd><time datetime=${one.startedOn}>${formats.day(one.startedOn)}</time></dd></div>
      <div><dt>${words.industries}</dt><dd>${formats.list.format(one.industries)}</dd></div>
      <div><dt>${words.regions}</dt><dd>${formats.list.format(one.regions)}</dd></div>
      <div><dt>${words.notes}</dt><dd class="partnerships-notes">${one.notes || "–"}</dd></div>
    </dl>`;
  }

  #owner() {
    const { words, view } = this;
    const { owner } = view;
    if (owner == null) {
      return unavailable(words, words.ownerGone, "people", view._parts?.owner, this.#load);
    }
    return html`<div class="pergola-card">
      <header><h3>${words.owner}</h3></header>
      <p class="pergola-person">
        <span class="pergola-avatar" aria-hidden="true">${initials(owner.name)}</span>
        <span><a href="/people/${owner.id}">${owner.name}</a><small>${owner.title}</small></span>
      </p>
      <p><a href="mailto:${owner.email}">${owner.email}</a></p>
    </div>`;
  }

  #deals() {
    const { words, formats, view } = this;
    const content =
      view.deals == null
        ? unavailable(words, words.dealsGone, "deals", view._parts?.deals, this.#load)
        : view.deals.items.length === 0
          ? html`<p class="pergola-quiet">${words.noDeals}</p>`
          : html`<div class="pergola-table-frame">
              <table class="pergola-table">
                <thead>
                  <tr>
                    <th scope="col">${words.deal}</th>
                    <th scope="col">${words.stage}</th>
                    <th scope="col" class="pergola-number">${words.amount}</th>
                    <th scope="col">${words.closes}</th>
                  </tr>
                </thead>
                <tbody>
                  ${view.deals.items.map(
                    (/** @type {any} */ deal) => html`<tr>
                      <th scope="row"><a href="/deals/${deal.id}">${deal.title}</a></th>
                      <td data-label=${words.stage}>
                        <span class=${badgeClass(deal.stage)}>${words.stages[deal.stage] ?? deal.stage}</span>
                      </td>
                      <td data-label=${words.amount} class="pergola-number">
                        ${formats.money(deal.amount, deal.currency)}
                      </td>
                      <td data-label=${words.closes}>
                        <time datetime=${deal.closesOn}>${formats.day(deal.closesOn)}</time>
                      </td>
                    </tr>`,
                  )}
                </tbody>
              </table>
            </div>`;
    return html`<section class="pergola-section">
      <h3>${words.deals}</h3>
      ${content}
    </section>`;
  }
}

/** @param {string} name */
function initials(name) {
  const words = name.split(" ");
  return (words[0]?.[0] ?? "") + (words.length > 1 ? (words.at(-1)?.[0] ?? "") : "");
}
