// Rows that fold to a line: the line says what is in the row while one types, and all of a set fold at once.
// The server wrote the same line (engagement/core/admin/row_lines.py); without scripts it stays as it was sent.

import { isFilled, isKept, rowsOf, setOfRow } from "./formset.js";
import { linkedTo } from "./row-links.js";
import { make, say } from "./words.js";

const SHORT = /\(([^()]+)\)$/;

function shown(row, name) {
  const field = document.getElementById(`id_${row.id}-${name}`);
  if (!field || !field.value) return "";
  if (field.selectedOptions) return field.selectedOptions[0]?.text ?? "";
  if (field.type !== "date") return field.value.trim();
  return new Date(`${field.value}T12:00`).toLocaleDateString(document.documentElement.lang || [], { day: "numeric", month: "short", year: "numeric" });
}

function told(row, names) {
  return names.split(" ").filter(Boolean).map((name) => shown(row, name)).filter(Boolean).map((text) => text.match(SHORT)?.[1] ?? text);
}

function byHolder(rows) {
  const held = new Map();
  for (const [who, ...what] of rows.filter((texts) => texts.length)) held.set(who, new Set([...(held.get(who) || []), ...what]));
  return [...held].map(([who, what]) => [who, [...what].join(", ")].filter(Boolean).join(": ")).join("; ");
}

function counted(rows, set) {
  return `${rows.length} ${rows.length === 1 ? set.dataset.one : set.dataset.many}`;
}

function tell(row) {
  const line = row.querySelector(":scope > .row-fold > summary > .row-line");
  const { about, told: names } = setOfRow(row).dataset;
  line.querySelector("[data-about]").textContent = about.split(" ").map((name) => shown(row, name)).find(Boolean) ?? "";
  let text = told(row, names).join(", ");
  const counts = [];
  for (const set of row.querySelectorAll(":scope > .row-fold > .row-body > [data-rows]")) {
    const kept = rowsOf(set).filter((inner) => isFilled(inner) && isKept(inner));
    if (set.dataset.told) text = byHolder(kept.map((inner) => told(inner, set.dataset.told)));
    else if (kept.length) counts.push(counted(kept, set));
  }
  for (const { set, rows } of linkedTo(row)) counts.push(counted(rows, set));
  line.querySelector("[data-told]").textContent = text;
  line.querySelector("[data-counts]").replaceChildren(...counts.map((count) => make("span", { class: "row-count" }, count)));
}

function folds(set) {
  return rowsOf(set).map((row) => row.querySelector(":scope > .row-fold")).filter(Boolean);
}

/** The one button of a set folds all of its rows, or unfolds them. */
function settle(set) {
  const button = set?.querySelector(":scope > .rows-head [data-fold-all]");
  if (!button) return;
  const all = folds(set);
  button.hidden = all.length < 2;
  button.textContent = say(all.some((fold) => fold.open) ? "foldAll" : "unfoldAll");
}

function foldAll(event) {
  const set = event.target.closest("[data-fold-all]")?.closest("[data-rows]");
  if (!set) return;
  const all = folds(set);
  const open = !all.some((fold) => fold.open);
  for (const fold of all) fold.open = open;
}

function tellAround(event) {
  for (let row = event.target.closest("[data-row]"); row; row = row.parentElement.closest("[data-row]")) {
    if (row.querySelector(":scope > .row-fold")) tell(row);
  }
  if (!event.target.matches("form")) return settle(event.target.closest("[data-rows]"));
  for (const row of event.target.querySelectorAll("[data-row]:has(> .row-fold)")) tell(row); // a draft came back
  for (const set of event.target.querySelectorAll("[data-rows]")) settle(set);
}

/** Take over the folding rows of a form. */
export function startFolds(form) {
  for (const event of ["input", "change", "rows:change"]) form.addEventListener(event, tellAround);
  form.addEventListener("toggle", (event) => event.target.matches("[data-fold]") && settle(event.target.closest("[data-rows]")), true);
  form.addEventListener("click", foldAll);
  for (const set of form.querySelectorAll("[data-rows]")) settle(set);
}
