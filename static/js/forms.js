// Half a date, or a time that is none: browsers send nothing of it, and it would be saved as empty. So whoever typed it
// is told before it is sent, in the browser's words. Loaded by every page.

document.addEventListener("submit", (event) => {
  const isMeant = (field) => !field.closest("[hidden], .is-removed");
  const unread = [...event.target.elements].find((field) => field.validity?.badInput && isMeant(field));
  if (!unread) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  for (let fold = unread.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  unread.reportValidity();
}, true);
