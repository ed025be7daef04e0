// Drafts kept in this browser: one for each form that was opened, by the token the server gave it. Loaded on every
// page of the admin, so that a draft is forgotten as soon as the server has said that it was saved, and when its owner
// signs out.

const START = "draft:";
const RECEIPTS = "saved_drafts";
const KEEP_DAYS = 30;
const PATIENCE = 1500; // milliseconds in which a page that is being left lets go of its draft

export function draftKey(user, id) {
  return `${START}${user}:${id}`;
}

/** Which form of which record a draft belongs to, whatever it was opened with. */
export function formAddress() {
  return window.location.pathname;
}

export function readDraft(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Whether this browser could keep it. */
export function writeDraft(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function keys(start = START) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}

/** The drafts of one person, the latest first. */
export function draftsOf(user) {
  return keys(draftKey(user, "")).map(readDraft).filter(Boolean).sort((a, b) => b.at - a.at);
}

/** Those for one form. */
export function draftsFor(user, address) {
  return draftsOf(user).filter((draft) => draft.address === address);
}

// A form that was sent and not saved, because the session had ended or the server failed, goes on where its tab comes
// back to it: nobody closed it.

const SENT = "draft-sent";

export function noteSent(id) {
  try {
    sessionStorage.setItem(SENT, JSON.stringify({ id, address: formAddress() }));
  } catch {
    // Then it is offered like those of closed forms.
  }
}

/** The draft that was sent from this form in this tab, once. */
export function takeSent() {
  try {
    const sent = JSON.parse(sessionStorage.getItem(SENT));
    if (sent?.address !== formAddress()) return null;
    sessionStorage.removeItem(SENT);
    return sent.id;
  } catch {
    return null;
  }
}

// Which forms are open: each holds a lock of its name as long as its page lives, and no longer, however that ends.

function lockName(id) {
  return `${START}${id}`;
}

/** Hold a draft for this page; false where another page holds it, such as the tab this one is a duplicate of. */
export function holdDraft(id) {
  if (!navigator.locks) return Promise.resolve(true); // only on pages without HTTPS
  return new Promise((told) => {
    const signal = AbortSignal.timeout(PATIENCE);
    const hold = () => {
      told(true);
      return new Promise(() => {});
    };
    navigator.locks.request(lockName(id), { signal }, hold).catch(() => told(false));
  });
}

/** The ids of all forms that are open in this browser. */
export async function openForms() {
  if (!navigator.locks) return new Set();
  const { held } = await navigator.locks.query();
  return new Set(held.filter((lock) => lock.name.startsWith(START)).map((lock) => lock.name.slice(START.length)));
}

/** Whoever signs out leaves nothing behind for the next person at this screen. */
function onSignOut(event) {
  const { user, signOut } = document.querySelector("script[data-sign-out]")?.dataset ?? {};
  if (!user || !event.target.getAttribute("action")?.endsWith("/logout/")) return;
  const drafts = keys(draftKey(user, ""));
  if (!drafts.length) return;
  if (window.confirm(signOut)) {
    drafts.forEach(dropDraft);
    document.dispatchEvent(new CustomEvent("draft:drop"));
  } else event.preventDefault();
}

/** Forget what the server has confirmed as saved, and what is too old to be of use. */
export function forgetSaved() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith(`${RECEIPTS}=`));
  const saved = new Set((cookie || "").slice(RECEIPTS.length + 1).split("."));
  const oldest = Date.now() - KEEP_DAYS * 24 * 3600 * 1000;
  for (const key of keys()) {
    const draft = readDraft(key);
    if (!draft?.id || saved.has(draft.id) || draft.at < oldest) dropDraft(key);
  }
  if (cookie) document.cookie = `${RECEIPTS}=; path=/; max-age=0; SameSite=Lax`;
}

forgetSaved();
if (!window.draftsWatched) {
  window.draftsWatched = true; // this file is loaded under two names: by every page, and by the form's own scripts
  document.addEventListener("submit", onSignOut);
}
