// Fields that find records by typing: an ARIA combobox with a list of suggestions. The text input works alone;
// these scripts only suggest, and remember the key of what was chosen.

import { announce, make, say } from "./words.js";

const WAIT = 150;
const open = { field: null, options: [], active: -1, timer: 0, request: null };

function parts(field) {
  const input = field.querySelector(".lookup-box input");
  return {
    input,
    name: field.dataset.several || input.name,
    key: field.querySelector("[data-key]"),
    was: field.querySelector("[data-was]"),
    chips: field.querySelector("[data-chips]"),
    list: document.getElementById(`${input.id}-list`),
  };
}

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** Turn the lookups in a part of the page into comboboxes. */
export function upgrade(root) {
  for (const field of root.querySelectorAll("[data-lookup]")) {
    const { input } = parts(field);
    if (input.getAttribute("role") === "combobox") continue;
    const id = `${input.id}-list`;
    const label = document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    const list = make("ul", { id, role: "listbox", class: "lookup-list", hidden: true, "aria-label": label?.textContent.trim() || field.dataset.noun });
    field.querySelector(".lookup-box").append(list);
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries(states)) input.setAttribute(name, value);
  }
}

// What is chosen -------------------------------------------------------------------------------------------

function told(field) {
  parts(field).input.dispatchEvent(new Event("change", { bubbles: true }));
}

function forget(field) {
  const { key, was } = parts(field);
  if (key) key.value = was.value = "";
  if (!field.dataset.several) field.querySelectorAll(".lookup-offer").forEach((offer) => offer.remove());
}

/** A box that says "add this text as a new record". */
export function setNew(field, text) {
  forget(field);
  const { input, name } = parts(field);
  input.value = text;
  const box = make("input", { type: "checkbox", name: `${name}_new`, value: text, "data-new": true });
  box.checked = true;
  field.append(make("label", { class: "lookup-offer" }, box, " ", say("addNew", { text, noun: field.dataset.noun })));
}

/** The record that a field stands for. */
export function setRecord(field, pk, label) {
  forget(field);
  const { input, key, was } = parts(field);
  input.value = was.value = label;
  key.value = pk;
}

export function clearLookup(field) {
  forget(field);
  hint(field, "");
  parts(field).input.value = "";
}

/** One more chosen record in a field for several. */
export function addChip(field, value, label, isNew = false) {
  const { chips, name } = parts(field);
  const wanted = isNew ? `${name}_new` : name;
  const boxes = [...chips.querySelectorAll("input")];
  const known = boxes.find((box) => box.name === wanted && box.value === value);
  if (known) {
    known.checked = true;
    return;
  }
  const box = make("input", { type: "checkbox", name: wanted, value, "data-chip": true });
  box.checked = true;
  chips.append(make("label", { class: isNew ? "chip chip--new" : "chip" }, box, make("span", {}, label)));
}

/** The chosen ones of a field for several, to keep them in a draft. */
export function chipsOf(field) {
  return [...parts(field).chips.querySelectorAll("input:checked")].map((box) => [
    box.value,
    box.nextElementSibling.textContent,
    box.name.endsWith("_new"),
  ]);
}

export function setChips(field, chips) {
  parts(field).chips.replaceChildren();
  for (const [value, label, isNew] of chips) addChip(field, value, label, isNew);
}

function choose(field, option) {
  const { input } = parts(field);
  if (!option.label) option = { ...option, text: input.value.trim() || option.text }; // typed on since it was offered
  close();
  hint(field, "");
  if (option.kind === "popup") {
    openPopup(field, option.text);
    return;
  }
  if (option.kind === "create" && !field.dataset.several) setNew(field, option.text);
  else if (field.dataset.several) {
    addChip(field, option.pk ?? option.text, option.label ?? `${option.text}`, option.kind === "create");
    input.value = "";
  } else {
    if (option.pk) setRecord(field, option.pk, option.label);
    else {
      forget(field);
      input.value = option.label;
    }
  }
  announce(say("taken", { label: option.label || option.text }));
  told(field);
}

// What is suggested ----------------------------------------------------------------------------------------

function localOptions(field, text) {
  const words = [...field.querySelectorAll("[data-word]")].map((word) => ({ label: word.value }));
  const pattern = field.dataset.sources;
  const named = new RegExp(`^${(pattern || "").replace("*", "\\d+")}$`);
  const sources = pattern ? [...document.querySelectorAll("[data-lookup] input[type=text]")].filter((i) => named.test(i.name)) : [];
  const chosen = sources
    .filter((input) => input.value.trim() && !input.closest(".is-removed"))
    .map((input) => ({ label: input.value.trim(), pk: parts(input.closest("[data-lookup]")).key.value }));
  return [...words, ...chosen].filter((option) => plain(option.label).includes(plain(text)));
}

async function remoteOptions(field, text) {
  if (!field.dataset.url) return [];
  open.request?.abort();
  open.request = new AbortController();
  const address = `${field.dataset.url}?q=${encodeURIComponent(text)}`;
  const answer = await fetch(address, { signal: open.request.signal, headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  return (await answer.json()).results;
}

function newOption(field, text, found) {
  const known = found.some((option) => plain(option.label) === plain(text));
  if (!text || known) return [];
  if ("creates" in field.dataset) return [{ kind: "create", text }];
  return field.dataset.add ? [{ kind: "popup", text }] : [];
}

async function suggest(field) {
  const text = parts(field).input.value.trim();
  const local = localOptions(field, text);
  if (!text && local.some((option) => option.pk)) { // before anything is typed, those that stand in the form
    show(field, local, "", say("others"));
    return;
  }
  let remote = [];
  let failed = false;
  try {
    remote = await remoteOptions(field, text);
  } catch (error) {
    if (error.name === "AbortError") return;
    failed = true;
  }
  if (document.activeElement !== parts(field).input) return;
  const near = new Set(local.map((option) => option.pk).filter(Boolean));
  const found = [...local, ...remote.filter((option) => !near.has(option.pk))];
  show(field, [...found, ...newOption(field, text, found)], failed ? say("unavailable") : found.length ? "" : say("nothing", { text }));
}

function show(field, options, note, last = "") {
  const { input, list } = parts(field);
  Object.assign(open, { field, options, active: -1, text: input.value });
  list.replaceChildren(...options.map((option, index) => drawn(field, option, `${list.id}-${index}`)));
  const below = options.length ? last : note;
  if (below) list.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "lookup-note" }, below));
  list.hidden = !list.childElementCount;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
  const count = options.filter((option) => option.label).length;
  announce(note || (count === 1 ? say("foundOne") : say("found", { count })));
}

function drawn(field, option, id) {
  const attributes = { role: "option", id, "aria-selected": "false" };
  if (!option.label) return make("li", { ...attributes, class: "lookup-new" }, say("addNew", { text: option.text, noun: field.dataset.noun }));
  const detail = option.detail ? [make("span", { class: "lookup-detail" }, option.detail)] : [];
  return make("li", attributes, make("span", { class: "lookup-label" }, option.label), ...detail);
}

function activate(index) {
  const { input, list } = parts(open.field);
  const count = open.options.length;
  open.active = (index + count) % count;
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === open.active)));
  const item = list.children[open.active];
  input.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function close() {
  clearTimeout(open.timer);
  open.request?.abort();
  if (!open.field) return;
  const { input, list } = parts(open.field);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
  open.field = null;
}

function hint(field, text) {
  field.querySelector(".lookup-hint")?.remove();
  if (text) field.append(make("p", { class: "lookup-hint" }, text));
}

// What people do -------------------------------------------------------------------------------------------

function fieldOf(event) {
  return event.target.matches?.(".lookup-box input") ? event.target.closest("[data-lookup]") : null;
}

function later(field) {
  clearTimeout(open.timer);
  open.timer = setTimeout(() => suggest(field), WAIT);
}

function onInput(event) {
  const field = fieldOf(event);
  if (!field) return;
  forget(field);
  hint(field, "");
  if (event.target.value.trim()) later(field);
  else close();
}

function onKey(event) {
  const field = fieldOf(event);
  if (!field) return;
  const isOpen = open.field === field && open.options.length > 0;
  const at = open.active;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) suggest(field);
    else activate(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
  } else if (event.key === "Enter" && (isOpen || open.field === field)) {
    event.preventDefault();
    const only = open.options.filter((option) => option.label);
    if (at >= 0) choose(field, open.options[at]);
    else if (open.text !== event.target.value) suggest(field); // these were for what stood there before
    else if (only.length === 1) choose(field, only[0]);
    else if (!only.length && open.options.length) choose(field, open.options[0]);
  } else if (event.key === "Escape" && open.field === field) {
    event.preventDefault();
    close();
  } else if (event.key === "Tab" && isOpen && at >= 0 && open.options[at].kind !== "popup") choose(field, open.options[at]);
}

/** A name that is longer than its field can be read in full below the pointer. */
function tellWhole(event) {
  const input = fieldOf(event) && event.target.closest("input[role=combobox]");
  if (input) input.title = input.scrollWidth > input.clientWidth ? input.value : "";
}

function onLeave(event) {
  const field = fieldOf(event);
  if (!field) return;
  const { input, key } = parts(field);
  const text = input.value.trim();
  const exact = open.field === field && text ? open.options.find((option) => option.label && plain(option.label) === plain(text)) : null;
  close();
  if (exact && !(key && key.value)) choose(field, exact);
  else if (text && !(key && key.value) && !field.querySelector("[data-new]:checked") && !isWord(field, text)) hint(field, say("unchosen"));
}

function isWord(field, text) {
  return [...field.querySelectorAll("[data-word]")].some((word) => plain(word.value) === plain(text));
}

function onPress(event) {
  const item = event.target.closest(".lookup-list [role=option]");
  if (!item || !open.field) return;
  event.preventDefault();
  const option = open.options[[...item.parentElement.children].indexOf(item)];
  if (option) choose(open.field, option);
}

function onClick(event) {
  const link = event.target.closest("[data-popup-add]");
  if (link) {
    event.preventDefault();
    const field = link.closest("[data-lookup]");
    const { input, key } = parts(field);
    openPopup(field, key?.value ? "" : input.value.trim());
  }
  const field = fieldOf(event);
  if (field && open.field !== field) later(field);
}

// New records in the admin's own popup ---------------------------------------------------------------------

function openPopup(field, text) {
  const { input } = parts(field);
  const depth = document.querySelector("[name=_popup]") ? Number(window.name.split("__").pop()) || 0 : 0;
  const address = new URL(field.dataset.add, window.location);
  address.searchParams.set("_popup", "1");
  if (text && field.dataset.addParam) address.searchParams.set(field.dataset.addParam, text);
  window.open(address, `${input.id}__${depth + 1}`, "height=720,width=900,resizable=yes,scrollbars=yes")?.focus();
}

function takeBackFromPopup() {
  const stock = window.dismissAddRelatedObjectPopup;
  window.dismissAddRelatedObjectPopup = (popup, pk, label) => {
    const field = document.getElementById(popup.name.replace(/__\d+$/, ""))?.closest("[data-lookup]");
    if (!field) {
      stock?.(popup, pk, label);
      return;
    }
    popup.close();
    choose(field, { pk, label });
    parts(field).input.focus();
  };
}

/** In a popup: rather than adding a lookalike, hand the existing record back to the form that asked. */
function useExisting(event) {
  const link = event.target.closest("[data-use-existing]");
  if (!link || !document.querySelector("[name=_popup]") || !window.opener?.dismissAddRelatedObjectPopup) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent("draft:drop"));
  window.opener.dismissAddRelatedObjectPopup(window, link.dataset.useExisting, link.textContent.trim());
}

/** Take over the lookups of a form. */
export function startLookups(form) {
  upgrade(form);
  form.addEventListener("rows:added", (event) => upgrade(event.target));
  form.addEventListener("input", onInput);
  form.addEventListener("keydown", onKey);
  form.addEventListener("focusout", onLeave);
  form.addEventListener("mousedown", onPress);
  form.addEventListener("pointerover", tellWhole);
  form.addEventListener("click", onClick);
  form.addEventListener("click", useExisting);
  takeBackFromPopup();
  const early = fieldOf({ target: document.activeElement });
  if (early && form.contains(early) && !parts(early).key?.value && parts(early).input.value.trim()) later(early);
}
