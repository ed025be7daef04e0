// Rows that name other rows of the form, such as the discussion a follow-up comes from. The choice is kept in step with
// those rows while they are typed, moved and removed, and such a row can be added inside the one it names: it stands
// there until it is saved, and remains a row of its own set. engagement/core/admin/row_links.py says what they are called.

import { addRow, changed, focusIn, isFilled, isKept, own, renumber, rowsOf, setOf, setOfRow, title } from "./formset.js";
import { announce, say } from "./words.js";

let form;

function nameOf(row) {
  const key = own(row, "id")?.value;
  return key ? `${setOfRow(row).dataset.rows}:${key}` : row.id;
}

function aboutOf(row) {
  return setOfRow(row).dataset.about.split(" ").map((name) => own(row, name)?.value.trim()).find(Boolean) ?? "";
}

/** The choices of one field: the rows as they stand now; what was chosen stays chosen. */
function settle(select) {
  const was = select.value;
  const none = select.options[0];
  const options = rowsOf(setOf(select.dataset.rowsOf)).filter((row) => isKept(row) || nameOf(row) === was).map((row) => {
    const number = isKept(row) ? row.querySelector("[data-number]").textContent : say("isRemoved");
    const option = new Option(`${number} ${aboutOf(row)}`.trim(), nameOf(row));
    option.defaultSelected = [...select.options].some((old) => old.defaultSelected && old.value === option.value);
    return option;
  });
  select.replaceChildren(none, ...options);
  select.value = was;
  if (select.selectedIndex < 0) select.value = "";
}

function selects() {
  return [...form.querySelectorAll("select[data-rows-of]")];
}

/** The rows of other sets that name this one, by set. */
export function linkedTo(row) {
  return [...row.querySelectorAll(":scope > .row-fold > .row-body > .row-linked > * > [data-linked]")].map((holder) => {
    const set = setOf(holder.dataset.linked);
    const rows = rowsOf(set).filter((each) => isKept(each) && isFilled(each) && own(each, holder.dataset.field).value === nameOf(row));
    return { set, rows };
  }).filter(({ rows }) => rows.length);
}

/** Where a row stands that names another one: inside it. */
function holderOf(row) {
  const { rows: prefix } = setOfRow(row).dataset;
  for (const holder of form.querySelectorAll(`[data-linked="${CSS.escape(prefix)}"]`)) {
    const named = holder.closest("[data-row]");
    if (isKept(named) && own(row, holder.dataset.field).value === nameOf(named)) return holder;
  }
  return null;
}

/** Put a row that is not saved into the one it names; what names none, or one that is removed, into its own section. */
function place(row) {
  const set = setOfRow(row);
  const there = holderOf(row) ?? set.querySelector(":scope > [data-list]");
  if (row.parentElement === there) return false;
  const focused = row.contains(document.activeElement) ? document.activeElement : null;
  there.append(row);
  focused?.focus();
  renumber(set);
  return true;
}

function placeAll() {
  for (const select of selects()) {
    const row = select.closest("[data-row]");
    if (select.value && !row.hasAttribute("data-saved")) place(row);
  }
}

function onAdd(event) {
  const button = event.target.closest("[data-add-linked]");
  if (!button) return;
  const named = button.closest("[data-row]");
  const set = setOf(button.dataset.addLinked);
  const row = addRow(set);
  if (!row) return;
  own(row, button.closest(".row-linked").querySelector("[data-linked]").dataset.field).value = nameOf(named);
  place(row);
  focusIn(row);
  announce(say("addedTo", { row: title(row), to: title(named) }));
  changed(set);
}

/** Another one was chosen in a row that stands inside the first: it goes there once the field is left. */
function onLeave(event) {
  const row = event.target.matches("select[data-rows-of]") && event.target.closest("[data-linked] > [data-row]");
  if (row) setTimeout(() => {
    if (!place(row)) return;
    announce(say("movedTo", { row: title(row), to: event.target.selectedOptions[0].text }));
    changed(setOfRow(row));
  });
}

function onRows(event) {
  for (const select of selects()) settle(select);
  if (event.target === form) placeAll(); // a draft came back
  for (const row of form.querySelectorAll("[data-linked] > [data-row]")) place(row); // one of theirs may be removed
}

/** The text by which a row is known has changed. */
function onText(event) {
  const row = event.target.closest("[data-row]");
  const names = row && setOfRow(row).dataset.about.split(" ");
  if (!names?.some((name) => event.target === own(row, name))) return;
  for (const select of selects()) if (select.dataset.rowsOf === setOfRow(row).dataset.rows) settle(select);
}

/** Take over the rows of a form that name others. */
export function startRowLinks(theForm) {
  form = theForm;
  if (!form.querySelector("[data-linked]")) return;
  form.addEventListener("click", onAdd);
  form.addEventListener("focusout", onLeave);
  for (const event of ["rows:added", "rows:change"]) form.addEventListener(event, onRows);
  for (const event of ["input", "change"]) form.addEventListener(event, onText);
  for (const select of selects()) settle(select);
  placeAll();
}
