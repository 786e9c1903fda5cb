/**
 * The page of the module; its title is drawn by the portal, from the manifest. The portal sets `pergola` before
 * the element is connected: who is signed in, the parameters of the page, `fetch` to the module's own service,
 * events, and a `signal` that ends with the page.
 */
class Page extends HTMLElement {
  /** @type {any} */
  pergola;

  connectedCallback() {
    const greeting = document.createElement('p');
    greeting.textContent = `Hello ${this.pergola?.session?.name ?? 'there'}. This page is yours: change main.js and publish again.`;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'pergola-button';
    button.textContent = 'Count';
    let count = 0;
    button.addEventListener('click', () => {
      count += 1;
      button.textContent = `Counted ${count}`;
    }, { signal: this.pergola?.signal });
    this.replaceChildren(greeting, button);
  }

  disconnectedCallback() {
    this.replaceChildren();
  }
}

/** A card on the portal's home page. */
class Card extends HTMLElement {
  connectedCallback() {
    const link = document.createElement('a');
    link.href = '/@module@';
    link.textContent = 'Open @title@';
    this.replaceChildren(link);
  }
}

customElements.define('@module@-page', Page);
customElements.define('@module@-card', Card);
