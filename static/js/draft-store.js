// Drafts kept in this browser: one for each person and form address. Loaded on every page of the admin, so that
// a draft is forgotten as soon as the server has said that it was saved, and when its owner signs out.

const START = "draft:";
const RECEIPTS = "saved_drafts";
const KEEP_DAYS = 30;

export function draftKey(user) {
  const address = new URL(window.location);
  address.searchParams.delete("_changelist_filters");
  return `${START}${user}:${address.pathname}${address.search}`;
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

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(START));
  } catch {
    return [];
  }
}

/** Whoever signs out leaves nothing behind for the next person at this screen. */
function onSignOut(event) {
  const { user, signOut } = document.querySelector("script[data-sign-out]")?.dataset ?? {};
  if (!user || !event.target.getAttribute("action")?.endsWith("/logout/")) return;
  const drafts = keys().filter((key) => key.startsWith(`${START}${user}:`));
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
    if (!draft || saved.has(draft.token) || draft.at < oldest) dropDraft(key);
  }
  if (cookie) document.cookie = `${RECEIPTS}=; path=/; max-age=0; SameSite=Lax`;
}

forgetSaved();
if (!window.draftsWatched) {
  window.draftsWatched = true; // this file is loaded under two names: by every page, and by the form's own scripts
  document.addEventListener("submit", onSignOut);
}
