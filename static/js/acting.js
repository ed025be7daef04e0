// Acting on follow-ups: suggestions in the form that asks, and boxes that tick many rows at once.
// Listeners are on the document, because a list is replaced when it is narrowed.

import { startLookups } from "./lookup.js";

document.documentElement.classList.add("js");
const form = document.querySelector("[data-acting]");
if (form) startLookups(form);

const boxes = () => [...document.querySelectorAll("[data-pick]")];

function tell() {
  const bar = document.querySelector("[data-bulk]");
  if (!bar) return;
  const ticked = boxes().filter((box) => box.checked).length;
  const all = bar.querySelector("#pick-all-here");
  bar.querySelector("[data-all-here]").hidden = false;
  all.checked = ticked > 0 && ticked === boxes().length;
  all.indeterminate = ticked > 0 && !all.checked;
  const told = bar.querySelector("[data-ticked]");
  const text = ticked ? told.dataset.some.replace("{n}", ticked) : told.dataset.none;
  if (told.textContent !== text) told.textContent = text;
}

document.addEventListener("change", (event) => {
  if (event.target.id === "pick-all-here") for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.matches("[data-pick], #pick-all-here")) tell();
});
document.addEventListener("htmx:afterSettle", tell);
window.addEventListener("pageshow", tell);
tell();
