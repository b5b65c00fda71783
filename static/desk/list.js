// The list of claims: choose all of a page, and see how many are chosen. Without it: one by one.
"use strict";
{
  const form = document.getElementById("chosen-claims");
  const boxes = form ? [...form.querySelectorAll("input[name=chosen]")] : [];
  const head = form?.querySelector("thead .tick");
  if (head && boxes.length) {
    const all = document.createElement("input");
    const label = document.createElement("label");
    all.type = "checkbox";
    label.append(all, ...head.childNodes);
    head.append(label);
    label.querySelector("span").textContent = form.dataset.all;
    const number = form.querySelector(".bulk .number");
    const tell = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && !all.checked;
      number.textContent = chosen ? form.dataset.chosen.replace("%s", chosen) : "";
    };
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      tell();
    });
    form.addEventListener("change", tell);
    window.addEventListener("pageshow", tell);
    tell();
  }
}
