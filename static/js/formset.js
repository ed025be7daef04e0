// Rows of a form: add, remove, put back, move. Rows never change their index, so what was posted, drafts and
// errors always mean the same row; a removed row stays in the form with its "remove" box ticked.

import { announce, make, say } from "./words.js";

const FIELDS = "input:not([type=hidden]), select, textarea";

export function setOf(prefix) {
  return document.querySelector(`[data-rows="${CSS.escape(prefix)}"]`);
}

function list(set) {
  return set.querySelector(":scope > [data-list]");
}

/** The rows of a set: those in its list, then those that stand in the row they name (row-links.js). */
export function rowsOf(set) {
  const elsewhere = document.querySelectorAll(`[data-linked="${CSS.escape(set.dataset.rows)}"]`);
  const here = list(set);
  const isSaved = here.querySelector(":scope > [data-saved]"); // rows that are saved keep their places; else as they stand on the page
  return (isSaved ? [here, ...elsewhere] : [...elsewhere, here]).flatMap((each) => [...each.children]).filter((row) => row.matches("[data-row]"));
}

export function isKept(row) {
  return !row.classList.contains("is-removed");
}

function keptRows(set) {
  return rowsOf(set).filter(isKept);
}

export function setOfRow(row) {
  const { linked } = row.parentElement.dataset;
  return linked ? setOf(linked) : row.closest("[data-rows]");
}

export function own(row, field) {
  return document.getElementById(`id_${row.id}-${field}`);
}

export function total(set) {
  return document.getElementById(`id_${set.dataset.rows}-TOTAL_FORMS`);
}

function orderInput(row) {
  return row.querySelector(":scope > .row-head .row-order");
}

/** A part of the row's own head, or of the line it folds to. */
function head(row, selector) {
  return row.querySelector(`:scope > .row-head ${selector}, :scope > .row-fold > summary ${selector}`);
}

export function title(row) {
  return head(row, ".row-title").textContent.replace(/\s+/g, " ").trim();
}

export function changed(set) {
  set.dispatchEvent(new CustomEvent("rows:change", { bubbles: true }));
}

/** Add a blank row at the end; gives the row, or null where none may be added. */
export function addRow(set) {
  const blank = set.querySelector(":scope > template[data-blank]");
  if (!blank) return null;
  const prefix = set.dataset.rows;
  const count = total(set);
  const index = Number(count.value);
  const made = document.createElement("template");
  made.innerHTML = blank.innerHTML.replaceAll(`${prefix}-__prefix__`, `${prefix}-${index}`);
  const row = made.content.firstElementChild;
  list(set).append(row);
  count.value = index + 1;
  renumber(set);
  row.dispatchEvent(new CustomEvent("rows:added", { bubbles: true }));
  return row;
}

/** Number the rows as they stand; the order inputs follow. */
export function renumber(set) {
  const rows = keptRows(set);
  rows.forEach((row, index) => {
    head(row, "[data-number]").textContent = index + 1;
    const name = title(row);
    if (orderInput(row)) orderInput(row).value = index + 1;
    for (const button of ["more", "up", "down", "remove"]) head(row, `[data-${button}]`)?.setAttribute("aria-label", say(button, { row: name }));
    settleTools(row);
  });
  const none = set.querySelector(":scope > [data-none]");
  if (none) none.hidden = rows.length > 0;
}

/** Put the rows where their order inputs say; after a draft has come back. */
export function sortRows(set) {
  const place = (row) => Number(orderInput(row)?.value) || Infinity;
  const rows = rowsOf(set);
  if (rows.length < 2 || !orderInput(rows[0])) return;
  rows.sort((a, b) => place(a) - place(b)).forEach((row) => list(set).append(row));
}

/** Whether anything was entered in a row or below it. */
export function isFilled(row) {
  if (row.hasAttribute("data-saved") || row.hasAttribute("data-filled")) return true;
  return [...row.querySelectorAll(FIELDS)].some((field) => {
    if (field.matches(".row-order, [name$=-DELETE], [data-rows-of]")) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked || "chip" in field.dataset;
    if (field.tagName === "SELECT") return [...field.options].some((o) => o.selected !== o.defaultSelected && (o.selected ? o.value : o.defaultSelected));
    return field.value !== field.defaultValue;
  });
}

export function countRows(set) {
  return keptRows(set).filter(isFilled).length;
}

function tools(row) {
  return [...row.querySelectorAll(":scope > .row-head [data-tools] button")];
}

/** The buttons of a row are one stop of the Tab key. */
function settleTools(row) {
  const stop = head(row, "[data-more]") || head(row, "[data-remove]") || tools(row)[0];
  for (const button of tools(row)) button.tabIndex = button === stop ? 0 : -1;
}

/** Arrow keys go from one button of a row to the next. */
function onKey(event) {
  const button = event.target.closest("[data-tools] button");
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!button || !step) return;
  event.preventDefault();
  const seen = tools(button.closest("[data-row]")).filter((one) => getComputedStyle(one).visibility !== "hidden");
  const next = seen[(seen.indexOf(button) + step + seen.length) % seen.length];
  for (const one of seen) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}

function toggleMore(button) {
  const more = document.getElementById(button.getAttribute("aria-controls"));
  more.open = !more.open;
  if (more.open) more.querySelector(FIELDS)?.focus();
}

/** The button of a row says whether more of it is shown, whoever opened that. */
function onToggle(event) {
  document.querySelector(`[data-more][aria-controls="${CSS.escape(event.target.id)}"]`)?.setAttribute("aria-expanded", event.target.open);
}

export function focusIn(row) {
  row.querySelector(":scope > .row-fold")?.setAttribute("open", "");
  const fields = [...row.querySelectorAll(`.row-body :is(${FIELDS})`)];
  (fields.find((field) => field.offsetParent !== null) || row).focus();
}

/** Mark a row as removed; it can be put back until the form is saved. */
export function markRemoved(row) {
  const set = setOfRow(row);
  const name = title(row);
  own(row, "DELETE").checked = true;
  row.classList.add("is-removed");
  if (!isFilled(row)) row.hidden = true;
  else if (!row.querySelector(":scope > .row-removed")) {
    const undo = make("button", { type: "button", class: "link-button", "data-undo": true }, say("undo"));
    row.append(make("p", { class: "row-removed" }, say("willRemove", { row: name }), " ", undo));
  }
  renumber(set);
}

/** What adds another row where this one stands. */
function addButton(row) {
  const linked = row.parentElement.dataset.linked && row.closest(".row-linked");
  return linked ? linked.querySelector("[data-add-linked]") : setOfRow(row).querySelector(":scope > [data-add-row]");
}

function remove(row) {
  const set = setOfRow(row);
  const name = title(row);
  const rows = keptRows(set);
  const next = rows[rows.indexOf(row) + 1];
  markRemoved(row);
  announce(say("removed", { row: name }));
  const undo = row.hidden ? null : row.querySelector(":scope > .row-removed [data-undo]");
  if (undo) undo.focus();
  else if (next?.querySelector(":scope > .row-fold:not([open])")) next.querySelector("summary").focus();
  else if (next) focusIn(next);
  else addButton(row)?.focus();
  changed(set);
}

function putBack(row) {
  own(row, "DELETE").checked = false;
  row.classList.remove("is-removed");
  row.querySelector(":scope > .row-removed").remove();
  renumber(setOfRow(row));
  focusIn(row);
  changed(setOfRow(row));
}

function move(row, button, step) {
  const set = setOfRow(row);
  const rows = keptRows(set).filter((each) => each.parentElement === row.parentElement);
  const other = rows[rows.indexOf(row) + step];
  if (!other) return;
  const name = title(row);
  if (step < 0) other.before(row);
  else other.after(row);
  renumber(set);
  const isOut = getComputedStyle(button).visibility === "hidden";
  (isOut ? button.parentElement.querySelector(step < 0 ? "[data-down]" : "[data-up]") : button).focus();
  announce(say("moved", { row: name, number: rows.indexOf(other) + 1, count: rows.length }));
  changed(set);
}

/** Another row where the given one stands. */
export function addLike(row) {
  addButton(row)?.click();
}

function onClick(event) {
  const button = event.target.closest("[data-add-row], [data-remove], [data-up], [data-down], [data-undo], [data-more]");
  if (!button) return;
  const row = button.closest("[data-row]");
  if ("addRow" in button.dataset) {
    event.preventDefault();
    const set = setOf(button.dataset.addRow);
    const added = addRow(set);
    if (!added) return;
    focusIn(added);
    announce(say("added", { row: title(added) }));
    changed(set);
  } else if ("remove" in button.dataset) remove(row);
  else if ("undo" in button.dataset) putBack(row);
  else if ("more" in button.dataset) toggleMore(button);
  else move(row, button, "up" in button.dataset ? -1 : 1);
}

/** Take over the rows of a form. */
export function startRows(form) {
  form.addEventListener("click", onClick);
  form.addEventListener("keydown", onKey);
  form.addEventListener("toggle", onToggle, true);
  for (const row of form.querySelectorAll("[data-row]")) settleTools(row);
  for (const box of form.querySelectorAll(".row-delete input:checked")) markRemoved(box.closest("[data-row]"));
}
