// The sentences the scripts say, written into the form by the server in the reader's language.

const form = document.querySelector("form[data-words]");
const sentences = form ? JSON.parse(form.dataset.words) : {};

/** A sentence with its blanks filled: say("moved", {row: "Discussion 2", number: 1}). */
export function say(name, values = {}) {
  return (sentences[name] || "").replace(/\{(\w+)\}/g, (blank, key) => values[key] ?? blank);
}

/** Tell those who listen rather than look. */
export function announce(text) {
  const news = document.querySelector("[data-news]");
  if (news) news.textContent = text;
}

/** A small element: make("button", {type: "button"}, "Text or", otherElement). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
