// The form of an admin page: rows, lookups, drafts and sections. Without scripts the same form works as plain HTML.

import { startDraft } from "./draft.js";
import { startFolds } from "./folds.js";
import { startRows } from "./formset.js";
import { startLookups } from "./lookup.js";
import { startPasting } from "./paste-rows.js";
import { startProposals } from "./proposals.js";
import { startRowLinks } from "./row-links.js";
import { startSections } from "./sections.js";
import { startShortcuts } from "./shortcuts.js";

document.documentElement.classList.add("js");
const form = document.querySelector("form.form-main");
if (form) {
  startRows(form);
  startLookups(form);
  startRowLinks(form);
  startPasting(form);
  startProposals(form);
  if (form.dataset.draft) startDraft(form);
  startFolds(form);
  startSections(form);
  startShortcuts(form);
  if (location.hash) document.getElementById(location.hash.slice(1))?.closest("[data-row]")?.scrollIntoView();
}
