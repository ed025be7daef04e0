// Acting on follow-ups: suggestions in the form that asks, and boxes that tick many rows at once.
// Listeners are on the document, because a list is replaced when it is narrowed.

import { startLookups } from "./lookup.js";

document.documentElement.classList.add("js");
function startQuestion(asking) {
  startLookups(asking);
  for (const days of asking.querySelectorAll("[data-quick-dates]")) days.hidden = false;
  tellWhatBecomes(asking);
}

// What each follow-up becomes, in words, as soon as it is typed.
const dayWords = (value) => {
  const day = new Date(`${value}T12:00`);
  if (!value || Number.isNaN(day.getTime()) || day.getFullYear() < 1000) return "";
  const language = document.documentElement.lang;
  return day.toLocaleDateString(language === "en" ? "en-GB" : language, { day: "numeric", month: "short", year: "numeric" });
};

function tellWhatBecomes(asking) {
  const to = asking.elements.to, chosen = asking.elements.to_id?.value ? to.value : "";
  const text = to?.type === "date" ? dayWords(to.value) : chosen;
  for (const told of asking.parentElement.querySelectorAll("[data-becomes]")) {
    told.dataset.becomes ||= told.textContent;
    told.textContent = text || told.dataset.becomes;
  }
  const button = asking.querySelector("[data-with-day]");
  if (button) {
    button.dataset.without ||= button.textContent;
    button.textContent = text ? button.dataset.withDay.replace("{day}", text) : button.dataset.without;
  }
  for (const one of asking.querySelectorAll("[data-quick-dates] button")) {
    one.setAttribute("aria-pressed", String(one.value === to.value));
  }
}
for (const event of ["input", "change", "focusout"]) {
  document.addEventListener(event, ({ target }) => {
    const asking = target instanceof Element && target.closest("[data-acting]");
    if (asking) tellWhatBecomes(asking);
  });
}
document.addEventListener("click", ({ target }) => {
  const days = target instanceof HTMLButtonElement && target.closest("[data-quick-dates]");
  if (!days) return;
  const field = document.getElementById(days.dataset.quickDates);
  field.value = target.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// A verb asks in a dialog over the list. What is no question, such as the page to sign in, is opened as a page.
const dialog = () => document.getElementById("act-dialog");
const isForDialog = (event) => event.detail.target?.id === "act-dialog";
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isForDialog(event)) return;
  const { xhr } = event.detail;
  if (!xhr.responseText.includes("act-dialog-title") || /<html/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    if (xhr.status < 400) location.assign(xhr.responseURL);
    else fail(event);
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (!isForDialog(event)) return;
  const asking = dialog().querySelector("[data-acting]");
  if (asking) startQuestion(asking);
  if (!dialog().open) dialog().showModal();
  dialog().querySelector("[role=alert]:not([hidden])")?.focus();
});
function fail(event) {
  if (dialog()?.open) {
    const fault = dialog().querySelector("[data-dialog-fault]");
    fault.hidden = false;
    fault.scrollIntoView({ block: "nearest" });
  } else {
    event.detail.elt.form?.requestSubmit(event.detail.elt); // the page for it says what is wrong
  }
}
document.addEventListener("htmx:sendError", (event) => { if (dialog()?.open) fail(event); });
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("#act-dialog [data-dialog-close]")) return;
  event.preventDefault();
  dialog().close();
});

const boxes = () => [...document.querySelectorAll("[data-pick]")];

function tell() {
  const bar = document.querySelector("[data-bulk]");
  if (!bar) return;
  const ticked = boxes().filter((box) => box.checked).length;
  const all = document.querySelector("#pick-all-here");
  document.querySelector("[data-all-here]").hidden = false;
  all.checked = ticked > 0 && ticked === boxes().length;
  all.indeterminate = ticked > 0 && !all.checked;
  const told = bar.querySelector("[data-ticked]");
  const every = bar.querySelector("#pick-all:checked");
  const text = ticked || every ? told.dataset.some.replace("{n}", every ? every.dataset.count : ticked) : "";
  if (told.textContent !== text) told.textContent = text;
}

document.addEventListener("change", (event) => {
  if (event.target.id === "pick-all-here") for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches("[data-pick], #pick-all-here, #pick-all")) tell();
});
document.addEventListener("reset", () => setTimeout(tell)); // once the boxes are empty
document.addEventListener("htmx:afterSettle", tell);
window.addEventListener("pageshow", tell);
tell();
const form = document.querySelector("[data-acting]");
if (form) startQuestion(form);
