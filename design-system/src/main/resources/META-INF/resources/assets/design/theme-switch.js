import { css, html, LitElement } from "lit";
import { baseStyles } from "./shared-styles.js";
import { chooseDensity, chooseTheme, density, theme } from "./theme.js";

const THEMES = [
  { value: "system", icon: "device-desktop", word: "System" },
  { value: "light", icon: "sun", word: "Light" },
  { value: "dark", icon: "moon", word: "Dark" },
  { value: "contrast", icon: "contrast", word: "Contrast" },
];

const DENSITIES = [
  { value: "comfortable", icon: "layout-grid", word: "Comfortable" },
  { value: "compact", icon: "list", word: "Compact" },
];

/**
 * Chooses theme and, on request, density of the page. Native radio buttons, so arrow keys work.
 *
 * @csspart group one row of choices
 * @fires pergola-theme-change after the page has changed
 */
export class PergolaThemeSwitch extends LitElement {
  static properties = {
    /** Whether density can be chosen as well. */
    density: { type: Boolean },
    /** Whether the words stand beside the icons. */
    words: { type: Boolean },
    /** Name of the group of themes, and of densities. */
    label: {},
    densityLabel: { attribute: "density-label" },
    /** Words for the values, to translate them. */
    translations: { attribute: false },
  };

  static styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
        flex-wrap: wrap;
        gap: var(--pergola-space-small);
      }

      fieldset {
        display: inline-flex;
        flex-wrap: wrap;
        min-inline-size: 0;
        margin: 0;
        padding: 2px;
        border: var(--pergola-border-width-default) solid
          var(--pergola-color-border-strong);
        border-radius: var(--pergola-radius-control);
        background: var(--pergola-color-surface-raised);
      }

      legend {
        position: absolute;
      }

      label {
        position: relative;
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: var(--pergola-space-tight);
        min-inline-size: var(--pergola-size-control-small);
        min-block-size: calc(var(--pergola-size-control-small) - 4px);
        padding-inline: var(--pergola-space-small);
        border-radius: calc(var(--pergola-radius-control) - 2px);
        color: var(--pergola-color-text-quiet);
        font-size: var(--pergola-font-size-small);
        cursor: pointer;
      }

      label:hover {
        background: var(--pergola-color-surface-hover);
      }

      label:has(:checked) {
        color: var(--pergola-color-text-selected);
        background: var(--pergola-color-surface-selected);
        font-weight: var(--pergola-font-weight-medium);
      }

      label:has(:focus-visible) {
        outline: var(--pergola-focus-width) solid
          var(--pergola-color-focus-ring);
      }

      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }

      @media (forced-colors: active) {
        label:has(:checked) {
          outline: 2px solid Highlight;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.density = false;
    this.words = false;
    this.label = "Theme";
    this.densityLabel = "Density";
    /** @type {Record<string, string>} */
    this.translations = {};
  }

  render() {
    return html`${this.#group(this.label, THEMES, theme(), chooseTheme)}
    ${this.density
      ? this.#group(this.densityLabel, DENSITIES, density(), chooseDensity)
      : ""}`;
  }

  /**
   * @param {string} label
   * @param {{ value: string, icon: string, word: string }[]} choices
   * @param {string} chosen
   * @param {(value: any) => void} choose
   */
  #group(label, choices, chosen, choose) {
    return html`<fieldset part="group">
      <legend class="hidden">${label}</legend>
      ${choices.map((choice) => {
        const word = this.translations[choice.value] ?? choice.word;
        return html`<label title=${this.words ? "" : word}>
          <input
            type="radio"
            name=${label}
            .checked=${choice.value === chosen}
            @change=${() => this.#chosen(choose, choice.value)}
          />
          <pergola-icon name=${choice.icon} size="small"></pergola-icon>
          <span class=${this.words ? "" : "hidden"}>${word}</span>
        </label>`;
      })}
    </fieldset>`;
  }

  /**
   * @param {(value: string) => void} choose
   * @param {string} value
   */
  #chosen(choose, value) {
    choose(value);
    this.dispatchEvent(
      new Event("pergola-theme-change", { bubbles: true, composed: true }),
    );
  }
}
