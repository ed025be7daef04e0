// What is typed into a form is kept in this browser until the server has saved it: it survives a reload, the back
// button, an expired session and a failing server. Passwords and files are never kept.

import { draftKey, dropDraft, forgetSaved, readDraft, writeDraft } from "./draft-store.js";
import { addRow, markRemoved, renumber, rowsOf, setOf, sortRows, total } from "./formset.js";
import { chipsOf, setChips, setNew } from "./lookup.js";
import { make, say } from "./words.js";

const WAIT = 400;
const SKIPPED = new Set(["csrfmiddlewaretoken", "_draft", ""]);

let form, key, token, baseline, keptAt, timer, ticking;

function isKept(field) {
  return !SKIPPED.has(field.name) && !["password", "file", "submit", "button", "fieldset", "output"].includes(field.type);
}

function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}

/** Everything typed, as pairs of name and value, and the chips with their labels. */
function content() {
  const fields = [];
  for (const field of form.elements) {
    if (!isKept(field) || (isTicked(field) && !field.checked) || field.closest("[data-chips]")) continue;
    if (field.type === "select-multiple") for (const option of field.selectedOptions) fields.push([field.name, option.value]);
    else fields.push([field.name, field.value]);
  }
  const chips = {};
  for (const field of form.querySelectorAll("[data-several]")) chips[field.dataset.several] = chipsOf(field);
  return { fields, chips };
}

function asText(draft) {
  return JSON.stringify([draft.fields, draft.chips]);
}

// Keeping --------------------------------------------------------------------------------------------------

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(keep, WAIT);
}

function keep() {
  clearTimeout(timer);
  timer = 0;
  const now = content();
  if (asText(now) === baseline) {
    dropDraft(key);
    keptAt = 0;
    tell("");
  } else if (writeDraft(key, { ...now, token, at: Date.now() })) {
    keptAt = Date.now();
    tellAge();
  } else tell(say("notKept"));
}

/** What was typed here is not wanted any more. */
function forget() {
  clearTimeout(timer);
  timer = 0;
  dropDraft(key);
}

function tell(text) {
  const state = document.querySelector("[data-draft-state]");
  if (state && state.textContent !== text) state.textContent = text;
}

function tellAge() {
  clearTimeout(ticking);
  if (!keptAt) return;
  const seconds = Math.round((Date.now() - keptAt) / 1000);
  const minutes = Math.round(seconds / 60);
  const ago = seconds < 2 ? say("now") : seconds < 55 ? say("seconds", { n: seconds }) : minutes < 2 ? say("minute") : say("minutes", { n: minutes });
  tell(say("kept", { ago }));
  ticking = setTimeout(tellAge, seconds < 10 ? 2000 : seconds < 60 ? 10000 : 30000);
}

// Bringing back --------------------------------------------------------------------------------------------

function restoreRows(values) {
  const counts = [...values.keys()].filter((name) => name.endsWith("-TOTAL_FORMS"));
  const depth = (name) => name.split("-").length;
  for (const name of counts.sort((a, b) => depth(a) - depth(b))) {
    const set = setOf(name.replace(/-TOTAL_FORMS$/, ""));
    const wanted = Number(values.get(name)[0]);
    while (set && Number(total(set).value) < wanted) if (!addRow(set)) break;
  }
}

function restoreFields(values) {
  for (const field of form.elements) {
    if (!isKept(field) || field.closest("[data-chips]") || /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(field.name)) continue;
    const kept = values.get(field.name) || [];
    if (isTicked(field)) field.checked = kept.includes(field.value);
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = kept.includes(option.value);
    else if (kept.length) field.value = kept.length > 1 ? kept.shift() : kept[0];
  }
}

function restoreLookups(values, chips) {
  for (const field of form.querySelectorAll("[data-lookup]")) {
    if (field.dataset.several) setChips(field, chips[field.dataset.several] || []);
    else {
      const name = field.querySelector(".lookup-box input").name;
      const agreed = values.get(`${name}_new`);
      if (agreed && !field.querySelector("[data-new]")) setNew(field, agreed[0]);
    }
  }
}

function restore(draft) {
  const values = new Map();
  for (const [name, value] of draft.fields) values.set(name, [...(values.get(name) || []), value]);
  restoreRows(values);
  restoreFields(values);
  restoreLookups(values, draft.chips);
  for (const set of form.querySelectorAll("[data-rows]")) {
    sortRows(set);
    for (const row of rowsOf(set)) if (row.querySelector(":scope > .row-head .row-delete input")?.checked) markRemoved(row);
    renumber(set);
  }
  form.dispatchEvent(new CustomEvent("rows:change", { bubbles: true }));
}

function notice(draft, isOlder) {
  const at = new Date(draft.at);
  const time = at.toLocaleTimeString(document.documentElement.lang || [], { hour: "2-digit", minute: "2-digit" });
  const isToday = at.toDateString() === new Date().toDateString();
  const day = at.toLocaleDateString(document.documentElement.lang || [], { day: "numeric", month: "long" });
  const discard = make("button", { type: "button", class: "link-button" }, say("discard"));
  discard.addEventListener("click", () => {
    forget();
    window.location.reload();
  });
  const texts = [isToday ? say("restored", { time }) : say("restoredOn", { day, time })];
  if (isOlder) texts.push(say("older"));
  if (form.querySelector("input[type=file]")) texts.push(say("files"));
  document.querySelector("[data-draft-notice]").replaceChildren(texts.join(" "), " ", discard);
}

function bringBack(draft) {
  const shown = form.elements._version?.value;
  restore(draft);
  notice(draft, shown !== undefined && shown !== form.elements._version.value);
  keptAt = draft.at;
  tellAge();
}

// Coming and going -----------------------------------------------------------------------------------------

function onShow(event) {
  delete form.dataset.sent;
  if (!event.persisted) return;
  forgetSaved();
  if (keptAt && !readDraft(key)) window.location.reload();
}

function onSubmit(event) {
  keep();
  const last = Number(form.dataset.sent || 0);
  if (Date.now() - last < 4000) event.preventDefault();
  form.dataset.sent = Date.now();
}

/** Keep and bring back what is typed into a form. */
export function startDraft(theForm) {
  form = theForm;
  key = draftKey(form.dataset.user);
  baseline = asText(content());
  const draft = readDraft(key);
  token = draft?.token || crypto.randomUUID().replaceAll("-", "");
  form.elements._draft.value = token;
  if (form.dataset.draft === "posted") {
    baseline = "";
    keep();
    window.history.replaceState(null, "", window.location.href); // reload and back ask for the form, not for a second post
  } else if (draft && asText(draft) !== baseline) bringBack(draft);
  form.addEventListener("input", keepSoon);
  form.addEventListener("change", keepSoon);
  form.addEventListener("rows:change", keepSoon);
  form.addEventListener("submit", onSubmit);
  document.addEventListener("draft:drop", forget);
  document.addEventListener("visibilitychange", () => document.hidden && timer && keep());
  window.addEventListener("pagehide", () => timer && keep());
  window.addEventListener("pageshow", onShow);
}
