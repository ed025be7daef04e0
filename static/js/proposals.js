// Fields that follow from another one: the record chosen in a field with data-proposes proposes values for others, and
// those that nobody has touched are filled in. A later choice takes back what an earlier one had filled in.

import { addRow, isKept, own, rowsOf, setOf } from "./formset.js";
import { clearLookup, setRecord } from "./lookup.js";
import { announce, say } from "./words.js";

const filled = new Map(); // by id of the input, what was filled in here
const helps = new Map(); // by id of the input, what stood beside it before
const chosen = new Map(); // by id of the input, the key it was asked for last
let form;
let asked = 0;

function valueAtFirst(input) {
  if (input.tagName !== "SELECT") return input.defaultValue;
  return [...input.options].find((option) => option.defaultSelected)?.value ?? input.options[0]?.value ?? "";
}

/** Whether nobody has typed or chosen anything here. */
function isFree(input) {
  return !input.value || input.value === filled.get(input.id) || input.value === valueAtFirst(input);
}

function labelOf(input) {
  return form.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.textContent.trim().toLowerCase() ?? "";
}

/** Fill in one input, if it is free; gives whether it holds something else now. */
function fill(input, value) {
  if (!input || !isFree(input)) return false;
  const before = input.value;
  if (typeof value === "object") setRecord(input.closest("[data-lookup]"), value.pk, value.label);
  else input.value = value;
  filled.set(input.id, input.value);
  if (input.value === before) return false;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return input.value !== "";
}

/** Of what an earlier choice filled in, that which this one says nothing of. */
function takeBack(start, fields) {
  for (const [id, value] of filled) {
    const input = document.getElementById(id);
    const isMeant = input && id.startsWith(start) && !id.slice(start.length).includes("-");
    if (!isMeant || id.slice(start.length) in fields || input.value !== value) continue;
    if (input.closest("[data-lookup]")) clearLookup(input.closest("[data-lookup]"));
    else input.value = valueAtFirst(input);
    filled.delete(id);
  }
}

/** Rows of one kind that somebody has begun are theirs; the rest takes blank rows and those filled in before. */
function fillRows(prefix, { record, kind, rows }) {
  const set = setOf(prefix);
  if (!set) return false;
  const kept = rowsOf(set).filter(isKept);
  const begun = kept.filter((row) => !isFree(own(row, record)));
  const kinds = new Set(begun.map((row) => own(row, kind).value));
  const free = kept.filter((row) => !begun.includes(row));
  const wanted = rows.filter((values) => !kinds.has(values[kind]));
  for (const values of wanted) {
    const row = free.shift() ?? addRow(set);
    if (!row) break;
    for (const [name, value] of Object.entries(values)) fill(own(row, name), value);
    row.querySelector(":scope > .row-fold")?.removeAttribute("open");
  }
  for (const row of free) {
    clear(own(row, record));
    row.querySelector(":scope > .row-fold")?.setAttribute("open", "");
  }
  set.dispatchEvent(new CustomEvent("rows:change", { bubbles: true }));
  return wanted.length > 0;
}

function clear(input) {
  if (!input.value) return;
  clearLookup(input.closest("[data-lookup]"));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The sentence beside the field. */
function note(input, text) {
  const id = `${input.id}_helptext`;
  let help = document.getElementById(id);
  if (!help) {
    help = document.createElement("div");
    Object.assign(help, { id, className: "help" });
    input.closest(".field").append(help);
    input.setAttribute("aria-describedby", id);
  }
  if (!helps.has(input.id)) helps.set(input.id, help.textContent);
  help.textContent = text || helps.get(input.id);
}

function take(input, { note: sentence, fields, rows }) {
  const start = input.id.replace(/[^-]*$/, "") || "id_"; // of the same row, or of the record
  const names = [];
  takeBack(start, fields);
  for (const [name, value] of Object.entries(fields)) {
    const other = document.getElementById(start + name);
    if (fill(other, value)) names.push(labelOf(other));
  }
  for (const [prefix, proposed] of Object.entries(rows)) {
    if (fillRows(prefix, proposed)) names.push(setOf(prefix).querySelector(".section-title").textContent.trim().toLowerCase());
  }
  const told = [sentence, names.length ? say("filledIn", { fields: names.join(", ") }) : ""].filter(Boolean).join(" ");
  if (sentence) note(input, told);
  announce(told);
}

async function ask(input, fills) {
  const key = input.closest("[data-lookup]").querySelector("[data-key]").value;
  if (key === (chosen.get(input.id) ?? "") && fills) return; // told twice of one choice
  const turn = ++asked;
  chosen.set(input.id, key);
  if (!key) {
    if (helps.has(input.id)) note(input, "");
    return;
  }
  try {
    const answer = await fetch(`${input.dataset.proposes}?key=${encodeURIComponent(key)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected || turn !== asked) return;
    const proposal = await answer.json();
    if (fills) take(input, proposal);
    else if (proposal.note) note(input, proposal.note);
  } catch {
    // Without a connection nothing is proposed; everything can be typed.
  }
}

/** What came back with a draft, or was sent with a mistake in it, has its sentence again; nothing is filled in. */
function noteAgain() {
  for (const input of form.querySelectorAll("[data-proposes]")) {
    const isTold = document.getElementById(`${input.id}_helptext`)?.textContent.trim();
    if (input.value && !isTold) ask(input, false);
  }
}

/** Take over the fields of a form from which others follow. */
export function startProposals(theForm) {
  form = theForm;
  form.addEventListener("change", (event) => event.target.matches("[data-proposes]") && ask(event.target, true));
  form.addEventListener("rows:change", (event) => event.target === form && noteAgain());
  noteAgain();
}
