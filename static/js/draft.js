// What is typed into a form is kept in this browser until the server has saved it: it survives a reload, the back
// button, an expired session and a failing server. Passwords and files are never kept. Each form that was opened has a
// draft of its own; what was left in one that is closed is offered, and never put into another.

import {
  draftKey,
  draftsFor,
  dropDraft,
  forgetSaved,
  formAddress,
  holdDraft,
  noteSent,
  openForms,
  readDraft,
  takeSent,
  writeDraft,
} from "./draft-store.js";
import { addRow, markRemoved, renumber, rowsOf, setOf, sortRows, total } from "./formset.js";
import { chipsOf, setChips, setNew } from "./lookup.js";
import { announce, make, say } from "./words.js";

const WAIT = 400;
const SKIPPED = new Set(["csrfmiddlewaretoken", "_once", ""]);

let form, id, key, baseline, keptAt, timer, ticking;

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

/** The first words typed, to know a draft by. */
function label() {
  const typed = [...form.querySelectorAll("input[type=text], input:not([type]), textarea")].filter(
    (field) => isKept(field) && field.value.trim() && field.value !== field.defaultValue,
  );
  const text = typed.slice(0, 2).map((field) => field.value.trim().replace(/\s+/g, " ")).join(", ");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
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
  } else if (writeDraft(key, { ...now, id, label: label(), address: formAddress(), at: Date.now() })) {
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

/** The moment as a sentence has it: the time, with the day unless it is today. */
function moment(at) {
  const when = new Date(at);
  const language = document.documentElement.lang || [];
  const time = when.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (when.toDateString() === new Date().toDateString()) return { time };
  return { time, day: when.toLocaleDateString(language, { day: "numeric", month: "long" }) };
}

function notice(draft, isOlder) {
  const at = moment(draft.at);
  const discard = make("button", { type: "button", class: "link-button" }, say("discard"));
  discard.addEventListener("click", () => {
    forget();
    window.location.reload();
  });
  const texts = [say(at.day ? "restoredOn" : "restored", at)];
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

// What was left in forms that are closed ---------------------------------------------------------------------

function offer(draft) {
  const at = moment(draft.at);
  const words = { ...at, label: draft.label || say("untitled") };
  const restore = make("button", { type: "button", class: "link-button", "aria-label": say("restoreIt", words) }, say("restore"));
  const remove = make("button", { type: "button", class: "link-button", "aria-label": say("deleteIt", words) }, say("deleteDraft"));
  restore.addEventListener("click", () => {
    if (timer) keep(); // what was typed here stays a draft of its own
    window.history.replaceState({ ...window.history.state, draft: draft.id }, "");
    window.location.reload();
  });
  remove.addEventListener("click", async () => {
    dropDraft(draftKey(form.dataset.user, draft.id));
    announce(say("draftDeleted", words));
    await offerClosed();
    (document.querySelector("[data-draft-offers] button") || form.querySelector("[data-section]"))?.focus();
  });
  return make("li", {}, say(at.day ? "offerOn" : "offer", words), " ", restore, " ", remove);
}

async function offerClosed() {
  const open = await openForms();
  const closed = draftsFor(form.dataset.user, formAddress()).filter((draft) => draft.id !== id && !open.has(draft.id));
  document.querySelector("[data-draft-offers]").replaceChildren(...closed.map(offer));
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
  noteSent(id);
  const last = Number(form.dataset.sent || 0);
  if (Date.now() - last < 4000) event.preventDefault();
  form.dataset.sent = Date.now();
}

/** Another tab took this draft away, because its owner signed out there; or it has changed what there is to offer. */
function onStorage(event) {
  if (event.key === key && event.newValue === null) {
    clearTimeout(timer);
    timer = keptAt = 0;
    tell("");
  }
  offerClosed();
}

/** Which draft is this form's: the one its tab had before it was loaded again or sent it from, unless another tab has
    that now. */
async function findDraft() {
  const fresh = form.elements._once.value;
  const sent = takeSent();
  const before = window.history.state?.draft ?? sent;
  const isKnown = form.dataset.draft !== "posted" && before && readDraft(draftKey(form.dataset.user, before));
  id = isKnown && (await holdDraft(before)) ? before : fresh;
  if (id === fresh) await holdDraft(fresh);
  key = draftKey(form.dataset.user, id);
  form.elements._once.value = id;
  window.history.replaceState({ ...window.history.state, draft: id }, "", window.location.href); // reload and back ask for the form, not for a second post
}

/** Keep and bring back what is typed into a form. */
export async function startDraft(theForm) {
  form = theForm;
  baseline = asText(content());
  await findDraft();
  const draft = readDraft(key);
  if (form.dataset.draft === "posted") {
    baseline = "";
    keep();
  } else if (draft && asText(draft) !== baseline) bringBack(draft);
  else if (asText(content()) !== baseline) keepSoon(); // typed before this began
  form.addEventListener("input", keepSoon);
  form.addEventListener("change", keepSoon);
  form.addEventListener("rows:change", keepSoon);
  form.addEventListener("submit", onSubmit);
  document.addEventListener("draft:drop", forget);
  document.addEventListener("visibilitychange", () => (document.hidden ? timer && keep() : offerClosed()));
  window.addEventListener("storage", onStorage);
  window.addEventListener("pagehide", () => timer && keep());
  window.addEventListener("pageshow", onShow);
  await offerClosed();
}
