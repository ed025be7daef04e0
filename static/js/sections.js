// The list of sections beside a form: how many rows each has, which one is being read; and the way from an error
// in the summary to its field.

import { countRows } from "./formset.js";

function recount(form) {
  for (const link of document.querySelectorAll("[data-nav]")) {
    const set = form.querySelector(`[data-rows][id="${CSS.escape(link.dataset.nav)}"]`);
    const count = link.querySelector("[data-count]");
    if (set && count) count.textContent = countRows(set) || "";
    const note = link.querySelector("[data-note]");
    const field = note && document.getElementById(note.dataset.note);
    if (field?.selectedOptions) note.textContent = field.selectedOptions[0]?.text ?? "";
  }
}

function markCurrent(id) {
  for (const link of document.querySelectorAll("[data-nav]")) {
    if (link.dataset.nav === id) {
      link.setAttribute("aria-current", "true");
      const strip = link.closest("ul");
      strip.scrollTo({ left: link.offsetLeft - strip.offsetLeft - 24 });
    } else link.removeAttribute("aria-current");
  }
}

function watchReading() {
  const sections = [...document.querySelectorAll("[data-section]")];
  if (!sections.length) return;
  const find = () => {
    const line = window.innerHeight * 0.35;
    const current = sections.filter((section) => section.getBoundingClientRect().top < line).pop() || sections[0];
    const isEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 4;
    markCurrent((isEnd && window.scrollY > 0 ? sections[sections.length - 1] : current).id);
  };
  let waiting = false;
  document.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      find();
    });
  }, { passive: true });
}

function goTo(event) {
  const link = event.target.closest(".error-summary a, [data-nav]");
  const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target) return;
  event.preventDefault();
  for (let place = target; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
  target.scrollIntoView({ block: link.matches("[data-nav]") ? "start" : "center" });
  target.focus({ preventScroll: true });
  if (link.dataset.nav) markCurrent(link.dataset.nav);
}

/** Take over the sections of a form. */
export function startSections(form) {
  const again = () => recount(form);
  for (const event of ["input", "change", "rows:change"]) form.addEventListener(event, again);
  document.addEventListener("click", goTo);
  watchReading();
  again();
  // The page was there before its script: whoever has gone on meanwhile is not called back.
  if (document.activeElement === document.body) {
    (document.getElementById("meanwhile") || document.getElementById("to-fix"))?.focus();
  }
}
