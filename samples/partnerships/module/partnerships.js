// Entry of the module. Names every file, so that the browser asks for all of them at once.
import "./words.js";
import "./format.js";
import "./states.js";
import "./fields.js";
import { PartnershipsList } from "./list.js";
import { PartnershipsDetail } from "./detail.js";
import { PartnershipForm } from "./form.js";
import { PartnershipsPipelineCard } from "./card.js";

customElements.define("partnerships-form", PartnershipForm);
customElements.define("partnerships-list", PartnershipsList);
customElements.define("partnerships-detail", PartnershipsDetail);
customElements.define("partnerships-pipeline-card", PartnershipsPipelineCard);
