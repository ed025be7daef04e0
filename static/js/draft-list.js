// Drafts that this person left in forms of the admin, on its front page: where each is, and since when.

import { draftsOf } from "./draft-store.js";

const section = document.querySelector("[data-drafts]");
const drafts = draftsOf(section.dataset.drafts);
const list = section.querySelector("ul");
const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

function element(tag, classes, text) {
  const made = document.createElement(tag);
  made.className = classes;
  made.textContent = text;
  return made;
}

for (const draft of drafts) {
  const link = element("a", "desk-row__title", draft.label || list.dataset.untitled);
  link.href = draft.address;
  const name = document.createElement("div");
  name.append(link);
  const row = element("li", "desk-row", "");
  row.append(name, element("p", "desk-row__end small quiet", moment.format(draft.at)));
  list.append(row);
}
section.hidden = !drafts.length;
