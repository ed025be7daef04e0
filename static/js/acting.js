// Acting on follow-ups: suggestions in the form that asks, and boxes that tick many rows at once.
// Listeners are on the document, because a list is replaced when it is narrowed.

import { startLookups } from "./lookup.js";

document.documentElement.classList.add("js");
const form = document.querySelector("[data-acting]");
if (form) startLookups(form);

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
  if (asking) startLookups(asking);
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
