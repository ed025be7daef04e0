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

// Menus close when something else is meant. Groups of choices stay as this reader left them, in this browser.
document.documentElement.classList.add("js");
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open], .tools[open]")) if (!menu.contains(event.target)) menu.open = false;
  const group = closest(event, "[data-group] > summary")?.parentElement;
  if (group) setTimeout(() => remember(group.id, group.open));
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" ? closest(event, ".menu[open], .tools[open]") : null;
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

const shelf = `filters ${location.pathname}`;
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(shelf)) ?? {};
  } catch {
    return {}; // kept from us, or not ours
  }
}
function remember(id, isOpen) {
  try {
    localStorage.setItem(shelf, JSON.stringify({ ...remembered(), [id]: isOpen }));
  } catch {
    // a browser that keeps nothing: the group is as it is on this page alone
  }
}
function fold() {
  for (const [id, isOpen] of Object.entries(remembered())) {
    const group = document.getElementById(id);
    if (group?.matches("[data-group]")) group.open = isOpen || group.matches("[data-used]");
  }
}
fold();

// The filter stays as open as it was.
let opened = [];
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (asksAgain.has(detail.requestConfig.elt)) detail.shouldSwap = false;
  opened = [...document.querySelectorAll("#list details[id][open]:not(.menu, [data-group])")].map((one) => one.id);
});

// What had the focus may be gone: a removed chip, the last page's link. The heading says what is there now.
document.addEventListener("htmx:afterSettle", (event) => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  opened = [];
  fold();
  const list = document.getElementById("list");
  if (!list || closest(event, ".facet__choices, #counting, .choice__count")) return; // only numbers or choices came
  if (!document.activeElement || document.activeElement === document.body) {
    document.getElementById("list-heading")?.focus({ preventScroll: false });
  }
});
