// What this device keeps, and how it forgets. On a person's pages, and on the page of what is kept.
//
// A page says whether a copy of the plan is kept here, and for whom, in <meta name="keeps">: the server knows
// by a cookie. The copy lies in one database, encrypted under a key that no script can read out of the browser.
// Forms marked data-leaving take everything off the device before they are sent, with or without a network.
"use strict";

const DATABASE = "kept", STORE = "kept", COPY = "/you/plan/copy", WORKER = "/worker.js";
const elsewhere = "BroadcastChannel" in window ? new BroadcastChannel("leaving") : null;
let gone = false;

// The database ------------------------------------------------------------------------------------------
function open(mayMake) {
  return new Promise(function (resolve, reject) {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = function () {
      if (mayMake) asked.result.createObjectStore(STORE);
      else asked.transaction.abort();  // looking makes nothing
    };
    asked.onsuccess = function () {
      asked.result.onversionchange = function () { asked.result.close(); };
      resolve(asked.result);
    };
    asked.onerror = function (event) { event.preventDefault(); mayMake ? reject(asked.error) : resolve(null); };
  });
}

function done(request) {
  return new Promise(function (resolve, reject) {
    request.onsuccess = function () { resolve(request.result); };
    request.onerror = function () { reject(request.error); };
  });
}

async function found() {
  const base = await open(false);
  if (!base) return null;
  try {
    return (await done(base.transaction(STORE).objectStore(STORE).get("copy"))) || null;
  } finally {
    base.close();
  }
}

function drop(name) {
  return new Promise(function (resolve) {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
}

// The copy ----------------------------------------------------------------------------------------------
async function fetched() {
  const answer = await fetch(COPY, { credentials: "same-origin", headers: { Accept: "application/json" } });
  return answer.ok && !answer.redirected ? answer.json() : null;
}

async function keep(copy, before) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = (before && before.who === copy.who && before.key) ||
    await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const plain = new TextEncoder().encode(JSON.stringify(copy));
  const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: mark(copy.who) }, key, plain);
  const base = await open(true);
  try {
    if (gone) return;
    const record = { who: copy.who, revision: copy.revision, iv, key, bytes };
    await done(base.transaction(STORE, "readwrite").objectStore(STORE).put(record, "copy"));
  } finally {
    base.close();
  }
}

async function read(record) {
  const way = { name: "AES-GCM", iv: record.iv, additionalData: mark(record.who) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(way, record.key, record.bytes)));
}

function mark(who) {
  return new TextEncoder().encode(who);
}

// On a person's page: keep what is theirs to keep, and nothing of anybody else --------------------------------
async function settle(who) {
  const before = await found().catch(function () { return null; });
  if (before && before.who !== who) await wipe();
  if (!who || !navigator.onLine) return;
  navigator.serviceWorker?.register(WORKER, { scope: "/", updateViaCache: "none" }).catch(function () {});
  const place = document.getElementById("kept-here");
  const hasChanged = document.querySelector(".nhsuk-notification-banner--success");
  if (before && before.who === who && !place && !hasChanged) return;
  const copy = await fetched();
  if (!copy || copy.who !== who || gone) return;
  await keep(copy, before);
  if (!place) return;
  place.textContent = (copy.was_kept && !before ? "This browser had thrown the copy away. " : "") +
    "Saved on this phone on " + copy.saved + ".";
}

// On the page of what is kept --------------------------------------------------------------------------
async function show(place) {
  document.getElementById("offline").hidden = navigator.onLine;
  let record = null, copy = null;
  try {
    record = await found();
    copy = record && await read(record);
  } catch (error) {
    copy = null;
  }
  document.getElementById("nothing-kept").hidden = Boolean(copy);
  document.getElementById("forget").hidden = !record;
  if (!copy) return;
  write(place, copy);
  if (!navigator.onLine) return;
  const fresh = await fetched().catch(function () { return null; });
  if (fresh && fresh.who !== record.who) { await wipe(); location.replace("/"); return; }
  if (!fresh || fresh.revision === record.revision) return;
  await keep(fresh, record);
  write(place, fresh);
}

function write(place, copy) {
  const lines = [one("p", "Saved on this phone on " + copy.saved + ". You may have changed your plan since.")];
  if (copy.meeting) lines.push(one("p", "Next meeting: " + copy.meeting));
  copy.sections.forEach(function (section) {
    const made = one("section", "", "hr-plan__section");
    made.append(one("h2", section.title, "nhsuk-heading-s"));
    const list = one("ul", "", "nhsuk-list hr-plan__lines");
    section.lines.forEach(function (line) {
      const row = one("li", "");
      row.append(one("strong", line.text));
      line.more.forEach(function (box) {
        const more = one("span", box.label + ": ", "hr-plan__more");
        if (box.dial) { const link = one("a", box.text); link.href = "tel:" + box.dial; more.append(link); }
        else more.append(box.text);
        row.append(more);
      });
      list.append(row);
    });
    if (section.lines.length) made.append(list);
    if (section.words) made.append(one("p", section.words, "hr-own-words"));
    if (section.is_unsure) made.append(one("p", "I am not sure yet."));
    lines.push(made);
  });
  place.replaceChildren(...lines);
}

function one(name, text, looks) {
  const made = document.createElement(name);
  made.textContent = text;
  if (looks) made.className = looks;
  return made;
}

// Forgetting ---------------------------------------------------------------------------------------------
async function wipe() {
  const workers = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
  const caches_ = "caches" in window ? await caches.keys() : [];
  const bases = indexedDB.databases ? await indexedDB.databases() : [{ name: DATABASE }];
  await Promise.allSettled([
    ...workers.map(function (worker) { return worker.unregister(); }),
    ...caches_.map(function (name) { return caches.delete(name); }),
    ...bases.map(function (base) { return drop(base.name); }),
  ]);
}

function tellServer(word) {
  document.cookie = "away=" + word + "; path=/; max-age=31536000; samesite=lax" +
    (location.protocol === "https:" ? "; secure" : "");
}

// Nothing of a person stays on the screen: the numbers for a crisis do.
function blank() {
  document.title = "Signed out";
  history.replaceState(null, "", "/signed-out");
  document.querySelectorAll("nav, .nhsuk-header__account, .hr-exit").forEach(function (part) { part.remove(); });
  const main = document.querySelector("main");
  main.replaceChildren(one("h1", "Signed out", "nhsuk-heading-l"), one("p", "Nothing is kept on this phone now."));
  main.tabIndex = -1;
  main.focus();
}

async function go(form) {
  gone = true;
  tellServer(form.dataset.leaving);
  elsewhere?.postMessage("gone");
  if (form.dataset.leaving === "exit") return vanish(form);
  await wipe();
  if (!navigator.onLine) blank();
  else if (form.dataset.leaving === "forget") location.replace("/signed-out");
  else form.submit();
}

// Gone from the screen at once; the rest follows, and Back does not lead here.
async function vanish(form) {
  document.documentElement.hidden = true;
  document.title = "Loading";
  const sent = { method: "POST", body: new FormData(form), keepalive: true };
  fetch(form.action, sent).catch(function () {});
  await Promise.race([wipe(), new Promise(function (resolve) { setTimeout(resolve, 300); })]);
  location.replace(form.dataset.to);
}

// Shift three times, one after the other: another way for whoever has a keyboard.
const exit = document.querySelector('form[data-leaving="exit"]');
let shifts = [];
if (exit) document.addEventListener("keydown", function (event) {
  if (event.repeat) return;
  shifts = event.key === "Shift" ? [...shifts, event.timeStamp].slice(-3) : [];
  if (shifts.length === 3 && shifts[2] - shifts[0] < 5000) go(exit);
});

if (elsewhere) elsewhere.onmessage = function () { gone = true; blank(); };

document.addEventListener("submit", function (event) {
  const form = event.target;
  if (form.dataset.leaving) {
    event.preventDefault();
    go(form);
  } else if (form.method === "post" && !navigator.onLine) {
    event.preventDefault();  // a page that cannot be reached would take the words with it
    const said = document.getElementById("not-sent") || one("p", "", "nhsuk-error-message");
    said.id = "not-sent";
    said.setAttribute("role", "alert");
    form.append(said);
    said.textContent = "You are offline. Your words are still here. Try again when you are online.";
  }
});

// A page that a browser took out of its memory is looked at afresh: somebody may have signed out since.
window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });

const keeps = document.querySelector('meta[name="keeps"]');
const place = document.getElementById("kept");
if (place) show(place);
else if (keeps) settle(keeps.content).catch(function () {});
document.querySelectorAll("[data-when-kept]").forEach(function (part) {
  found().then(function (record) { part.hidden = !record; }).catch(function () {});
});
