// Keys for whoever types a whole meeting: another row, another row of what that row stands in, and save. Each does what a
// button of the form does.

import { addLike } from "./formset.js";

/** Escape folds what was unfolded and goes back to where that was done. */
function foldAround(event) {
  const more = event.target.closest("details.row-more[open]");
  if (!more || event.defaultPrevented) return;
  event.preventDefault();
  more.open = false;
  const opener = document.querySelector(`[data-more][aria-controls="${CSS.escape(more.id)}"]`);
  (opener?.offsetParent ? opener : more.querySelector("summary")).focus();
}

function onKey(event) {
  if (event.key === "Escape") foldAround(event);
  if (event.key !== "Enter" || event.isComposing) return;
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    event.preventDefault();
    addLike(event.shiftKey ? row.parentElement.closest("[data-row]") ?? row : row);
  } else if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    const save = event.currentTarget.querySelector(".save-button--main");
    if (!save) return;
    event.preventDefault();
    event.currentTarget.requestSubmit(save);
  }
}

/** A form in which nothing is written yet begins in its first field, where there is a keyboard. */
function beginInFirstField(form) {
  const isNew = !form.elements._version && form.dataset.draft !== "posted";
  const isFree = document.activeElement === document.body && !window.location.hash;
  if (!isNew || !isFree || !window.matchMedia("(pointer: fine)").matches) return;
  const first = [...form.querySelectorAll(".form-section :is(input:not([type=hidden]), select, textarea)")].find((field) => field.offsetParent);
  first?.setAttribute("autofocus", "");
  first?.focus({ preventScroll: true });
}

/** Take over the keys of a form. */
export function startShortcuts(form) {
  form.addEventListener("keydown", onKey);
  beginInFirstField(form);
}
