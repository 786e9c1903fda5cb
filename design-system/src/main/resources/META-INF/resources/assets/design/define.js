export * from "./index.js";
import * as design from "./index.js";

const ELEMENTS = {
  "pergola-announcer": design.PergolaAnnouncer,
  "pergola-chat": design.PergolaChat,
  "pergola-chat-message": design.PergolaChatMessage,
  "pergola-data-table": design.PergolaDataTable,
  "pergola-empty-state": design.PergolaEmptyState,
  "pergola-error-card": design.PergolaErrorCard,
  "pergola-icon": design.PergolaIcon,
  "pergola-palette": design.PergolaPalette,
  "pergola-status": design.PergolaStatus,
  "pergola-tabs": design.PergolaTabs,
  "pergola-theme-switch": design.PergolaThemeSwitch,
  "pergola-toast-region": design.PergolaToastRegion,
  "pergola-tool-card": design.PergolaToolCard,
};

for (const [tag, element] of Object.entries(ELEMENTS)) {
  // Another copy of the design system may have been here first.
  if (customElements.get(tag) === undefined) {
    customElements.define(tag, element);
  }
}
