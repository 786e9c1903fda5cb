// The whole interface in one file: plain custom elements, no library, no build.

const WORDS = {
  en: {
    search: "Search people",
    hint: "Name, title, company or place",
    group: "Show",
    everybody: "Everybody",
    colleagues: "Colleagues",
    contacts: "Contacts at partners",
    count: (n) => (n === 1 ? "1 person" : `${n} people`),
    none: "Nobody matches",
    noneHint: "Try fewer words.",
    clear: "Clear the search",
    loading: "Loading…",
    failed: "This could not be loaded",
    unavailable: "People is not available right now",
    unavailableHint: "The service that knows the people does not answer. The rest of the portal is not affected.",
    reference: "Reference",
    retry: "Try again",
    missing: "There is no such person",
    missingHint: "The person may have left, or the address is not complete.",
    all: "All people",
    company: "Company",
    team: "Team",
    place: "Place",
    languages: "Languages",
    expertise: "Knows about",
    email: "Email",
    phone: "Phone",
    looksAfter: "Looks after",
    looksAfterNone: "No partnerships.",
    looksAfterGone: "The partnerships cannot be shown at the moment.",
    note: "Note for colleagues",
    save: "Save the note",
    saved: "Note saved",
    stale: "Somebody else changed the note in the meantime. Theirs is below yours; save again to keep yours.",
  },
  de: {
    search: "Personen suchen",
    hint: "Name, Funktion, Firma oder Ort",
    group: "Anzeigen",
    everybody: "Alle",
    colleagues: "Kolleginnen und Kollegen",
    contacts: "Kontakte bei Partnern",
    count: (n) => (n === 1 ? "1 Person" : `${n} Personen`),
    none: "Niemand passt",
    noneHint: "Weniger Wörter versuchen.",
    clear: "Suche leeren",
    loading: "Wird geladen…",
    failed: "Das konnte nicht geladen werden",
    unavailable: "Personen ist gerade nicht verfügbar",
    unavailableHint: "Der Dienst, der die Personen kennt, antwortet nicht. Der Rest des Portals ist nicht betroffen.",
    reference: "Kennung",
    retry: "Noch einmal versuchen",
    missing: "Diese Person gibt es nicht",
    missingHint: "Die Person ist vielleicht gegangen, oder die Adresse ist unvollständig.",
    all: "Alle Personen",
    company: "Firma",
    team: "Team",
    place: "Ort",
    languages: "Sprachen",
    expertise: "Kennt sich aus mit",
    email: "E-Mail",
    phone: "Telefon",
    looksAfter: "Verantwortlich für",
    looksAfterNone: "Keine Partnerschaften.",
    looksAfterGone: "Die Partnerschaften können gerade nicht gezeigt werden.",
    note: "Notiz für Kollegen",
    save: "Notiz speichern",
    saved: "Notiz gespeichert",
    stale: "Inzwischen hat jemand anderes die Notiz geändert. Sie steht unter Ihrer; noch einmal speichern behält Ihre.",
  },
};

const TYPING_MILLIS = 200;

/**
 * Makes an element. Text becomes text nodes, so nothing in the data is ever read as HTML.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` is a listener, `false` and `null` leave it out
 * @param {...(Node | string | null)} children
 */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== false && value != null) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** What both pages share: words, waiting, errors. */
class PeoplePage extends HTMLElement {
  /** @type {any} client object of the portal, set before the element is connected */
  pergola;

  connectedCallback() {
    this.classList.add("people");
    this.words = WORDS[this.pergola.locale.startsWith("de") ? "de" : "en"];
    this.draw();
  }

  /** @param {number} rows */
  waiting(rows) {
    return h(
      "div",
      { class: "people-waiting", role: "status" },
      h("span", { class: "pergola-visually-hidden" }, this.words.loading),
      ...Array.from({ length: rows }, () => h("span", { class: "pergola-skeleton row" })),
    );
  }

  /** @param {any} error @param {() => void} retry */
  failed(error, retry) {
    const { words } = this;
    const isAway = error.status >= 502 && error.status <= 504;
    return h(
      "div",
      { class: "pergola-error-card", role: "alert" },
      h("h2", {}, isAway ? words.unavailable : words.failed),
      h("p", {}, isAway ? words.unavailableHint : error.message),
      error.traceId ? h("p", {}, h("small", {}, `${words.reference}: `, h("code", {}, error.traceId))) : null,
      h(
        "div",
        { class: "pergola-actions" },
        h("button", { class: "pergola-button", type: "button", onclick: retry }, words.retry),
      ),
    );
  }

  /** @param {string} name */
  avatar(name, size = "") {
    const words = name.split(" ");
    const initials = words[0][0] + (words.length > 1 ? words.at(-1)[0] : "");
    return h("span", { class: `pergola-avatar ${size}`.trim(), "aria-hidden": "true" }, initials);
  }
}

/** Page `list`: everybody, searched by words. */
class PeopleList extends PeoplePage {
  #asking = new AbortController();
  #typing = 0;
  #place = h("div");

  disconnectedCallback() {
    clearTimeout(this.#typing);
    this.#asking.abort();
  }

  draw() {
    const { words } = this;
    const query = new URLSearchParams(location.search);
    const input = h("input", {
      id: "people-q",
      type: "search",
      autocomplete: "off",
      placeholder: words.hint,
      value: query.get("q") ?? "",
      oninput: () => {
        clearTimeout(this.#typing);
        this.#typing = setTimeout(() => this.#load(), TYPING_MILLIS);
      },
    });
    const select = h(
      "select",
      { id: "people-group", onchange: () => this.#load() },
      ...["everybody", "colleagues", "contacts"].map((name) =>
        h("option", { value: name, selected: query.get("group") === name }, words[name]),
      ),
    );
    this.replaceChildren(
      h(
        "search",
        { class: "pergola-toolbar" },
        h(
          "div",
          { class: "pergola-field people-search" },
          h("label", { for: "people-q" }, words.search),
          input,
        ),
        h("div", { class: "pergola-field" }, h("label", { for: "people-group" }, words.group), select),
      ),
      this.#place,
    );
    this.#place.replaceChildren(this.waiting(8));
    this.#load();
  }

  async #load() {
    this.#asking.abort();
    const { signal } = (this.#asking = new AbortController());
    const q = this.querySelector("input").value.trim();
    const group = this.querySelector("select").value;
    const query = new URLSearchParams({ ...(q && { q }) });
    try {
      const answer = await this.pergola.fetch(`/api/people/people?${query}`, { signal });
      const { items } = await answer.json();
      this.#show(items.filter((one) => group === "everybody" || (one.organizationId === null) === (group === "colleagues")));
    } catch (error) {
      if (!signal.aborted) {
        this.#place.replaceChildren(this.failed(error, () => this.draw()));
      }
      return;
    }
    // Back from a person finds the same search.
    if (group !== "everybody") {
      query.set("group", group);
    }
    const search = query.size > 0 ? `?${query}` : "";
    if (this.isConnected && location.search !== search) {
      history.replaceState(history.state, "", `${location.pathname}${search}`);
    }
  }

  /** @param {any[]} items */
  #show(items) {
    const { words } = this;
    if (items.length === 0) {
      const clear = () => {
        this.querySelector("input").value = "";
        this.querySelector("select").value = "everybody";
        this.#load();
        this.querySelector("input").focus();
      };
      this.#place.replaceChildren(
        h(
          "div",
          { class: "pergola-empty", role: "status" },
          h("h2", {}, words.none),
          h("p", {}, words.noneHint),
          h(
            "div",
            { class: "pergola-actions" },
            h("button", { class: "pergola-button", type: "button", onclick: clear }, words.clear),
          ),
        ),
      );
      return;
    }
    this.#place.replaceChildren(
      h("p", { class: "pergola-quiet pergola-small", role: "status" }, words.count(items.length)),
      h("ul", { class: "pergola-grid" }, ...items.map((one) => this.#card(one))),
    );
  }

  /** @param {any} person */
  #card(person) {
    return h(
      "li",
      { class: "pergola-card link" },
      h(
        "header",
        {},
        this.avatar(person.name),
        h("h2", {}, h("a", { href: `/people/${encodeURIComponent(person.id)}` }, person.name)),
      ),
      h("p", {}, person.title),
      h("p", { class: "pergola-quiet pergola-small" }, `${person.organizationName} · ${person.location}`),
    );
  }
}

/** Page `detail`: one person, what they look after, and a note. */
class PeopleDetail extends PeoplePage {
  #isDirty = false;

  draw() {
    this.replaceChildren(this.waiting(6));
    this.#load();
  }

  /** Whether another version may take this one's place now. */
  canUpdate() {
    return this.#isDirty ? "ask" : "allow";
  }

  async #load() {
    const { words } = this;
    const id = encodeURIComponent(this.pergola.params.id);
    try {
      const answer = await this.pergola.fetch(`/api/people/people/${id}`);
      this.#show(await answer.json());
    } catch (error) {
      if (this.pergola.signal.aborted) {
        return;
      }
      this.replaceChildren(
        error.status === 404
          ? h(
              "div",
              { class: "pergola-empty", role: "status" },
              h("h2", {}, words.missing),
              h("p", {}, words.missingHint),
              h("div", { class: "pergola-actions" }, h("a", { class: "pergola-button", href: "/people" }, words.all)),
            )
          : this.failed(error, () => this.draw()),
      );
    }
  }

  /** @param {any} person */
  #show(person) {
    const { words } = this;
    const names = new Intl.DisplayNames(this.pergola.locale, { type: "language" });
    const company =
      person.organizationId === null
        ? person.organizationName
        : h("a", { href: `/organizations/${encodeURIComponent(person.organizationId)}` }, person.organizationName);
    const place = h("div", {}, this.waiting(2));
    this.replaceChildren(
      h(
        "div",
        { class: "pergola-page-header" },
        h(
          "div",
          { class: "pergola-person" },
          this.avatar(person.name, "large"),
          h("div", {}, h("h2", {}, person.name), h("p", {}, person.title)),
        ),
      ),
      h(
        "dl",
        { class: "pergola-facts pergola-section" },
        fact(words.company, company),
        person.team ? fact(words.team, person.team) : null,
        fact(words.place, person.location),
        fact(words.languages, person.languages.map((code) => names.of(code)).join(", ")),
        fact(words.expertise, person.expertise.join(", ")),
        fact(words.email, h("a", { href: `mailto:${person.email}` }, person.email)),
        fact(words.phone, person.phone),
      ),
      // `replaceChildren` writes null as a word.
      ...(person.organizationId === null
        ? [h("section", { class: "pergola-section" }, h("h3", {}, words.looksAfter), place)]
        : []),
      h("section", { class: "pergola-section" }, h("h3", {}, words.note), this.#note(person)),
    );
    if (person.organizationId === null) {
      this.#partnerships(person, place);
    }
  }

  /** @param {any} person @param {HTMLElement} place */
  async #partnerships(person, place) {
    const { words } = this;
    try {
      const answer = await this.pergola.fetch(`/api/partnerships/partnerships?owner=${encodeURIComponent(person.id)}`);
      const { items } = await answer.json();
      const line = (one) => h("li", {}, h("a", { href: `/partnerships/${encodeURIComponent(one.id)}` }, one.name));
      place.replaceChildren(
        items.length === 0
          ? h("p", { class: "pergola-quiet" }, words.looksAfterNone)
          : h("ul", { class: "pergola-list" }, ...items.map(line)),
      );
    } catch {
      place.replaceChildren(h("p", { class: "pergola-message warning" }, h("span", {}, words.looksAfterGone)));
    }
  }

  /** @param {any} person */
  #note(person) {
    const { words, pergola } = this;
    const mayWrite = (pergola.session.roles ?? []).some((role) => role === "business" || role === "admin");
    if (!mayWrite) {
      return h("p", { class: "people-note" }, person.note || "–");
    }
    let { revision } = person;
    const field = h("textarea", {
      id: "people-note",
      maxlength: 2000,
      oninput: () => this.#touch(true),
    });
    field.value = person.note;
    const message = h("div", { role: "alert" });
    const save = async (event) => {
      event.preventDefault();
      try {
        const answer = await pergola.fetch(`/api/people/people/${encodeURIComponent(person.id)}/note`, {
          method: "PUT",
          headers: { "Content-Type": "application/json", "If-Match": `"${revision}"` },
          body: JSON.stringify({ note: field.value }),
        });
        ({ revision } = await answer.json());
        message.replaceChildren();
        this.#touch(false);
        pergola.notify(words.saved);
      } catch (error) {
        let text = error.message;
        if (error.status === 412) {
          const current = await (await pergola.fetch(`/api/people/people/${encodeURIComponent(person.id)}`)).json();
          ({ revision } = current);
          text = `${words.stale} „${current.note}“`;
        }
        message.replaceChildren(h("p", { class: "pergola-error" }, text));
      }
    };
    return h(
      "form",
      { class: "pergola-form", onsubmit: save },
      h(
        "div",
        { class: "pergola-field" },
        h("label", { for: "people-note", class: "pergola-visually-hidden" }, words.note),
        field,
      ),
      message,
      h("div", { class: "pergola-actions" }, h("button", { class: "pergola-button primary" }, words.save)),
    );
  }

  /** @param {boolean} isDirty */
  #touch(isDirty) {
    this.#isDirty = isDirty;
    this.pergola.dirty(isDirty);
  }
}

/** @param {string} title @param {Node | string} value */
function fact(title, value) {
  return h("div", {}, h("dt", {}, title), h("dd", {}, value));
}

customElements.define("people-list", PeopleList);
customElements.define("people-detail", PeopleDetail);
