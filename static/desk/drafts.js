// What somebody typed and has not saved stays in their browser, and is offered when they come back:
// after a lost connection, a closed window, a session that ended. One draft for each person and
// address, sealed with a key that only pages made for that person carry. It is forgotten once it
// is saved, when they sign out, and after a week. Without this file everything works, less kindly.
"use strict";
{
  const PREFIX = "desk-draft:";
  const SENT = "desk-draft-sent";
  const WEEK = 7 * 24 * 3600 * 1000;
  const PAUSE = 300; // milliseconds between two looks at what is typed
  const KEPT = "input:not([type=hidden], [type=password], [type=file], [type=submit], [type=button]), select, textarea";

  const words = document.getElementById("draft-words");
  const me = words?.dataset.user;
  // A review is one page at three addresses: one for each decision.
  const address = location.pathname.replace(/\/move\/(approve|request_changes|comment)\/$/, "/move/review/");
  const key = `${PREFIX}${me}:${address}`;
  // Without a secure connection nothing can be sealed: then a draft lives as long as its window.
  const shelf = crypto.subtle ? localStorage : sessionStorage;
  const $ = window.django?.jQuery;

  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const base64 = (buffer) => btoa([...new Uint8Array(buffer)].map((byte) => String.fromCharCode(byte)).join(""));
  const sealing = me && crypto.subtle
    ? crypto.subtle.importKey("raw", bytes(words.dataset.key), "AES-GCM", false, ["encrypt", "decrypt"])
    : null;
  const seal = async (text) => {
    if (!sealing) return text;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealing, new TextEncoder().encode(text));
    return `${base64(iv)}.${base64(sealed)}`;
  };
  const unseal = async (text) => {
    if (!sealing) return text;
    const [iv, sealed] = text.split(".").map(bytes);
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await sealing, sealed));
  };

  const forget = (which) => {
    for (const name of Object.keys(shelf)) if (name.startsWith(PREFIX) && which(name)) shelf.removeItem(name);
  };
  const isOld = (name) => {
    try { return !(JSON.parse(shelf.getItem(name)).at > Date.now() - WEEK); } catch { return true; }
  };

  // --- What a form holds -----------------------------------------------------------------------

  const isTick = (control) => ["checkbox", "radio"].includes(control.type);
  const controls = (form) => [...form.elements].filter((control) =>
    control.name && !control.disabled && control.matches(KEPT) && control.autocomplete !== "one-time-code"
    && !control.name.includes("__prefix__"));
  const state = (control) => {
    if (isTick(control)) return control.checked;
    if (control.matches("select")) return [...control.selectedOptions].map((option) => [option.value, option.text]);
    return control.value;
  };
  // The name of a control in a row of a formset, taken apart: which formset, which row, which field.
  const parts = (form) => [...form.querySelectorAll("input[name$='-TOTAL_FORMS']")].map((total) => total.name.slice(0, -12));
  const place = (control, prefixes) => {
    const [, prefix, row, field] = control.name.match(/^(.+)-(\d+)-(.+)$/) ?? [];
    return prefixes.includes(prefix) ? { prefix, row: Number(row), field } : { field: control.name };
  };
  const idOf = (form, prefix, row) => form.elements[`${prefix}-${row}-id`]?.value ?? "";
  const label = (control) => (control.labels?.[0]?.textContent ?? control.name).trim().replace(/:$/, "");

  const take = (form) => {
    const prefixes = parts(form);
    const draft = { own: [], rows: {} };
    for (const control of controls(form)) {
      const { prefix, row, field } = place(control, prefixes);
      const entry = { field, label: label(control), state: state(control), ...(isTick(control) && { tick: control.value }) };
      if (prefix === undefined) draft.own.push(entry);
      else ((draft.rows[prefix] ??= {})[row] ??= { id: idOf(form, prefix, row), entries: [] }).entries.push(entry);
    }
    return draft;
  };

  // --- Putting it back -------------------------------------------------------------------------

  const choose = (select, options) => {
    for (const [value, text] of options) {
      if ([...select.options].some((option) => option.value === value)) continue;
      if (!select.matches(".admin-autocomplete")) return false; // it can no longer be chosen
      select.add(new Option(text, value));
    }
    for (const option of select.options) option.selected = options.some(([value]) => value === option.value);
    return true;
  };
  const put = (form, name, entry) => {
    const control = controls(form).find((one) => one.name === name && (entry.tick === undefined || one.value === entry.tick));
    if (!control) return false;
    if (JSON.stringify(state(control)) === JSON.stringify(entry.state)) return true;
    if (isTick(control)) control.checked = entry.state;
    else if (!control.matches("select")) control.value = entry.state;
    else if (!choose(control, entry.state)) return false;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    if ($) $(control).trigger("change");
    else control.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };
  // The row on this page for a row of the draft: the same one on file, an empty one, or a new one.
  const rowFor = (form, prefix, id, taken) => {
    const total = () => Number(form.elements[`${prefix}-TOTAL_FORMS`]?.value ?? 0);
    for (let row = 0; row < total(); row += 1) {
      if (!taken.has(row) && idOf(form, prefix, row) === id) return row;
    }
    const before = total();
    document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`)?.click();
    return total() > before ? before : -1;
  };
  const restore = (form, draft) => {
    const homeless = [];
    const into = (entries, name) => {
      for (const entry of entries) if (!put(form, name(entry.field), entry)) homeless.push(entry);
    };
    into(draft.own, (field) => field);
    for (const [prefix, rows] of Object.entries(draft.rows)) {
      const taken = new Set();
      for (const { id, entries } of Object.values(rows)) {
        const row = rowFor(form, prefix, id, taken);
        taken.add(row);
        into(entries, (field) => `${prefix}-${row}-${field}`);
      }
    }
    // The form is as old as what was typed: what others changed since then will be told.
    if (form.elements._seen && draft.seen) form.elements._seen.value = draft.seen;
    return homeless.filter((entry) => typeof entry.state === "string" && entry.state.trim());
  };

  // --- The page --------------------------------------------------------------------------------

  const banner = (which, form) => {
    const section = words.content.querySelector(which).cloneNode(true);
    form.prepend(section);
    return section;
  };
  const listRest = (form, rest) => {
    const list = banner(".draft-rest", form).querySelector("dl");
    for (const entry of rest) {
      const [term, text] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = entry.label;
      text.textContent = entry.state;
      text.dir = "auto";
      list.append(term, text);
    }
  };
  const when = (at) => {
    const today = new Date(at).toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", ...(!today && { dateStyle: "medium" }) }).format(at);
  };
  const offer = (form, entry, draft, keep) => {
    const section = banner(".draft-offer", form);
    const time = section.querySelector("time");
    time.dateTime = new Date(entry.at).toISOString();
    time.textContent = when(entry.at);
    section.querySelector("[data-draft=restore]").addEventListener("click", () => {
      section.remove();
      const rest = restore(form, draft);
      if (rest.length) listRest(form, rest);
      else keep();
    });
    section.querySelector("[data-draft=discard]").addEventListener("click", () => {
      section.remove();
      shelf.removeItem(key);
    });
  };

  const watch = async (form) => {
    const cameBack = form.querySelector(".errornote") !== null; // all that stands here is unsaved
    let unchanged = cameBack ? "" : JSON.stringify(take(form));
    let changed = cameBack;
    let timer;
    const keep = async () => {
      clearTimeout(timer);
      timer = undefined;
      if (!changed) return;
      const now = take(form);
      if (JSON.stringify(now) === unchanged) return shelf.removeItem(key);
      const text = await seal(JSON.stringify({ ...now, seen: form.elements._seen?.value }));
      try { shelf.setItem(key, JSON.stringify({ at: Date.now(), text })); } catch { /* the shelf is full */ }
    };
    const later = () => {
      changed = true;
      timer ??= setTimeout(keep, PAUSE);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    if ($) $(form).on("change", later);
    document.addEventListener("formset:removed", later);
    document.addEventListener("visibilitychange", keep);
    form.addEventListener("submit", () => {
      sessionStorage.setItem(SENT, key);
      keep();
    });

    const entry = JSON.parse(shelf.getItem(key));
    if (cameBack) return keep();
    if (!entry) return;
    try {
      const draft = JSON.parse(await unseal(entry.text));
      const { seen, ...held } = draft;
      if (JSON.stringify(held) === unchanged) shelf.removeItem(key);
      else offer(form, entry, draft, keep);
    } catch {
      shelf.removeItem(key); // sealed with a key that is no longer in use
    }
  };

  const begin = () => {
    // Was what this window sent last saved? Pages of signing in may come before the answer.
    const sent = sessionStorage.getItem(SENT);
    const saved = document.querySelector(".messagelist .saved") !== null;
    if (sent && saved) shelf.removeItem(sent);
    if (saved || (me && !document.body.matches(".account"))) sessionStorage.removeItem(SENT);
    forget(isOld);
    if (!me) return;
    for (const form of document.querySelectorAll("#logout-form, form[data-signs-out]")) {
      form.addEventListener("submit", () => forget((name) => name.startsWith(`${PREFIX}${me}:`)));
    }
    const form = document.querySelector(".change-form #content-main > form[method=post], form.move-form");
    if (form) watch(form);
  };
  // Django's own scripts prepare the form when its jQuery says so: we come after them.
  if ($) $(begin);
  else begin();
}
