// The search box: suggestions as one types, an ARIA combobox over a list of links; and the key "/" that leads there.
// Without this script the box is a plain form that leads to the same page.

const WAIT = 140;
const SHORTEST = 2;
const KEY_OFF = "search-key-off";

class Box {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.news = form.querySelector("[role=status]");
    this.known = new Map();
    this.active = -1;
    this.list = document.createElement("div");
    this.list.id = `${this.input.id}-list`;
    this.list.className = "find__list";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.dataset.listLabel);
    form.querySelector(".find__box").append(this.list);
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(states)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("focus", () => this.input.value === this.shown && this.list.childElementCount && this.open());
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) this.close(); });
    form.addEventListener("submit", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    const typedEarly = document.activeElement === this.input && this.input.value !== this.input.defaultValue;
    if (typedEarly) this.later();
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get text() {
    return this.input.value.trim().replace(/\s+/g, " ");
  }

  later() {
    clearTimeout(this.timer);
    this.select(-1);
    if (this.text.length < SHORTEST) this.empty();
    else this.timer = setTimeout(() => this.suggest(), WAIT);
  }

  async suggest() {
    const text = this.text;
    let found = this.known.get(text);
    if (found === undefined) {
      this.request?.abort();
      this.request = new AbortController();
      try {
        const address = `${this.form.dataset.suggestions}?q=${encodeURIComponent(text)}`;
        const answer = await fetch(address, { signal: this.request.signal, credentials: "same-origin" });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        found = await answer.text();
        if (this.known.size > 50) this.known.clear();
        this.known.set(text, found);
      } catch (error) {
        if (error.name !== "AbortError") this.empty(); // typing and Enter still search
        return;
      }
    }
    if (text === this.text && document.activeElement === this.input) this.show(found);
  }

  show(found) {
    this.list.innerHTML = found; // made and escaped by the server, of this site
    this.options.forEach((option, at) => { option.id = `${this.list.id}-${at}`; });
    this.shown = this.input.value;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.news.textContent = this.list.querySelector("[data-told]")?.dataset.told ?? "";
    if (this.options.length) this.open();
    else this.close();
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.select(-1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  empty() {
    this.close();
    this.list.replaceChildren();
    this.news.textContent = "";
  }

  select(at) {
    this.active = at;
    this.options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = this.options[at];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    const isOpen = !this.list.hidden;
    const last = this.options.length - 1;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen && last >= 0 && this.shown === this.input.value) this.open();
      else if (!isOpen && this.text.length >= SHORTEST) { this.suggest(); return; }
      if (last < 0) return;
      // One step before the first and after the last is the field itself.
      const to = event.key === "ArrowDown" ? this.active + 1 : this.active < 0 ? last : this.active - 1;
      this.select(to > last ? -1 : to);
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.options[this.active].click();
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // the second time, the browser empties the field
      this.close();
    }
  }
}

const boxes = [...document.querySelectorAll("form[data-suggestions]")].map((form) => new Box(form));

// The key "/" -----------------------------------------------------------------------------------------------

function isOff() {
  try {
    return localStorage.getItem(KEY_OFF) === "1";
  } catch {
    return false;
  }
}

const isTyping = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable], [role=textbox]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || isOff() || !boxes.length) return;
  event.preventDefault();
  const menu = boxes[0].input.closest("[popover]");
  if (menu && !boxes[0].input.offsetParent) menu.showPopover?.(); // of a narrow window
  boxes[0].input.focus();
  boxes[0].input.select();
});

// A key of one sign must be possible to turn off: it may be said to a computer, or pressed by mistake.
for (const tick of document.querySelectorAll("[data-search-key]")) {
  tick.checked = !isOff();
  tick.closest("[hidden]")?.removeAttribute("hidden");
  tick.addEventListener("change", () => {
    try {
      if (tick.checked) localStorage.removeItem(KEY_OFF);
      else localStorage.setItem(KEY_OFF, "1");
    } catch { /* this browser keeps nothing: the key stays on */ }
  });
}
