// What htmx leaves to a list: where the focus goes, and that searching for a choice is not yet choosing one.

const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

// Typing in a search of choices fetches choices; leaving it must not fetch the whole list again.
document.addEventListener("change", (event) => { if (closest(event, "[data-find]")) event.stopPropagation(); }, true);

// The filter stays as open as it was.
let opened = [];
document.addEventListener("htmx:beforeSwap", () => {
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
