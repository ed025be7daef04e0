// What htmx leaves to a list: where the focus goes, and that searching for a choice is not yet choosing one.

const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

// Typing in a search of choices fetches choices; leaving it must not fetch the whole list again.
document.addEventListener("change", (event) => { if (closest(event, "[data-find]")) event.stopPropagation(); }, true);

// What is chosen while an answer is on its way stands in the form, and htmx asks again with both when that answer is
// there. So the answer is left: it would take the form, and with it the second question, away.
const asking = new WeakSet();
const asksAgain = new WeakSet();
document.addEventListener("change", (event) => {
  const form = closest(event, "#filter-form");
  if (asking.has(form) && !closest(event, "[data-find]")) asksAgain.add(form);
}, true);
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt.id === "filter-form") asking.add(detail.elt);
  asksAgain.delete(detail.elt);
});

// The filter stays as open as it was.
let opened = [];
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (asksAgain.has(detail.requestConfig.elt)) detail.shouldSwap = false;
  opened = [...document.querySelectorAll("#list details[id][open]")].map((one) => one.id);
});

// What had the focus may be gone: a removed chip, the last page's link. The heading says what is there now.
document.addEventListener("htmx:afterSettle", (event) => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  opened = [];
  const list = document.getElementById("list");
  if (!list || closest(event, ".facet__choices, #counting, .choice__count")) return; // only numbers or choices came
  if (!document.activeElement || document.activeElement === document.body) {
    document.getElementById("list-heading")?.focus({ preventScroll: false });
  }
});
