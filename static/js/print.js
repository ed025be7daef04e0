// "Print" on a page: shown only where it works, since without a script the browser's own menu prints.

for (const place of document.querySelectorAll("[data-print]")) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => window.print());
}
