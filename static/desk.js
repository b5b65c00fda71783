// Three things that Django's admin leaves out. Without this file everything works, less kindly.
"use strict";
{
  // A box that suggests is told what it is called, so that it can be said aloud.
  const name = (box, number) => {
    const select = box.closest(".select2")?.previousElementSibling;
    const field = select?.name?.split("-").pop();
    const label = select?.labels?.[0]
      ?? select?.closest("table")?.querySelector(`th.column-${CSS.escape(field)}`);
    const shown = box.querySelector(".select2-selection__rendered");
    if (!label || !shown) return;
    label.id ||= `name-of-${select.id || number}`;
    shown.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  };
  const nameAll = () => document.querySelectorAll(".select2-selection[role=combobox]").forEach(name);

  // A move drops what is not saved: before somebody leaves such a form, the browser asks.
  const guard = (form) => {
    const typed = () => new URLSearchParams(new FormData(form)).toString();
    const before = form.querySelector(".errornote") ? null : typed(); // what came back is unsaved
    let sending = false;
    form.addEventListener("submit", () => { sending = true; });
    window.addEventListener("pageshow", () => { sending = false; });
    window.addEventListener("beforeunload", (event) => {
      if (!sending && typed() !== before) event.preventDefault();
    });
  };

  // Ctrl+S or Cmd+S saves, from any field and in any window.
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    const save = document.querySelector("#content-main > form [name=_save]");
    if (!save) return;
    event.preventDefault();
    save.form.requestSubmit(save);
  });

  const begin = () => {
    nameAll();
    document.addEventListener("formset:added", () => setTimeout(nameAll));
    const form = document.querySelector("#content-main > form[method=post], form.move-form");
    if (form) guard(form);
  };
  // Django's own scripts prepare the form when its jQuery says so: we come after them.
  if (window.django?.jQuery) window.django.jQuery(begin);
  else begin();
}
