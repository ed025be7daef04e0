// A list that is pasted into the first column of a set of rows: a row for each line, and what follows a tab or a comma
// goes into the column that data-paste names. A browser would put all of it into the one box.

import { addRow, changed, own, setOfRow } from "./formset.js";
import { announce, say } from "./words.js";

const MARK = /^\s*(?:[•·▪■●○◦‣*–—-]|\d{1,2}[.)])\s+/;
const DEGREE = /^(?:ph\.?\s?d|m\.?d|m\.?sc|pharm\.?d|mba|jr|esq)\.?$/i; // belongs to the name before it

/** "Ann Roe, PhD, Chair" is the name "Ann Roe, PhD" and "Chair". */
function parts(line) {
  const text = line.replace(MARK, "").trim();
  const [name, ...rest] = text.split(text.includes("\t") ? /\s*\t\s*/ : /\s*[,;]\s+/);
  const degrees = [];
  while (rest.length && DEGREE.test(rest[0])) degrees.push(rest.shift());
  return [[name, ...degrees].join(", "), rest.filter(Boolean).join(", ")];
}

function put(field, text) {
  if (!field || !text) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function onPaste(event) {
  const field = event.target.closest("[data-paste]");
  const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/[\r\n]+/).filter((line) => line.trim());
  if (!field || lines.length < 2) return;
  event.preventDefault();
  const row = field.closest("[data-row]");
  const set = setOfRow(row);
  const column = field.id.slice(`id_${row.id}-`.length);
  for (const [number, line] of lines.entries()) {
    const target = number || field.value.trim() ? addRow(set) : row;
    if (!target) break;
    const [name, rest] = parts(line);
    put(own(target, column), name);
    put(own(target, field.dataset.paste), rest);
  }
  changed(set);
  announce(say("pasted", { count: lines.length }));
}

export function startPasting(form) {
  form.addEventListener("paste", onPaste);
}
