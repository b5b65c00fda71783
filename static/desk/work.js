// The claim's page for work. Without this file all of it works; with it there is less to do.
"use strict";
{
  const form = document.querySelector("#claim_form");

  // The first thing to write in a row, be it a box that suggests or a plain field.
  const first = (row) => {
    const field = row.querySelector("select, input:not([type=hidden]), textarea");
    if (!field) return null;
    return field.nextElementSibling?.querySelector?.(".select2-selection") ?? field;
  };
  const focus = (id) => {
    const field = document.getElementById(id);
    (field?.nextElementSibling?.querySelector?.(".select2-selection") ?? field)?.focus();
  };

  // Whoever adds a row wants to write in it.
  document.addEventListener("formset:added", (event) => setTimeout(() => first(event.target)?.focus()));

  // Words run the way their language does, also when that is changed.
  const RIGHT_TO_LEFT = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"];
  const SCRIPTS = /-(adlm|arab|aran|hebr|mand|nkoo|rohg|samr|syrc|thaa)\b/i;
  const LEFT = /-(latn|cyrl|tfng|deva)\b/i;
  const direction = (tag) => {
    if (!tag) return "auto";
    if (SCRIPTS.test(tag)) return "rtl";
    if (LEFT.test(tag)) return "ltr";
    return RIGHT_TO_LEFT.includes(tag.split("-")[0].toLowerCase()) ? "rtl" : "ltr";
  };
  document.addEventListener("input", (event) => {
    const name = event.target.name ?? "";
    if (!/(^|-)language$/.test(name)) return;
    const row = name.slice(0, -"language".length);
    for (const words of form.querySelectorAll("[data-language-from=language]")) {
      if (words.name.replace(/[^-]*$/, "") !== row) continue;
      words.dir = direction(event.target.value.trim());
      words.lang = event.target.value.trim();
    }
  });

  // A quotation is in the language of its source, until somebody says otherwise.
  document.addEventListener("desk:chosen", (event) => {
    const { name } = event.target;
    if (!name.endsWith("-source") || !event.detail.language) return;
    const language = document.getElementById(`id_${name.slice(0, -"source".length)}language`);
    if (!language || language.value) return;
    language.value = event.detail.language;
    language.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // The role that a claimant had on the day: offered, never filled in unasked.
  const role = document.getElementById("id_claimant_role");
  const aid = document.querySelector("[data-role-address]");
  let asked = 0;
  const offer = (one) => {
    const line = document.createElement("p");
    line.className = "role-on-file";
    line.append(one.words);
    const use = document.createElement("button");
    use.type = "button";
    use.textContent = one.use;
    use.addEventListener("click", () => {
      if (one.role) role.value = one.role;
      const box = document.getElementById("id_on_behalf_of");
      if (box && !box.value) {
        box.append(new Option(one.organisation.text, one.organisation.id, true, true));
        django.jQuery(box).trigger("change");
      }
      aid.replaceChildren();
      role.focus();
    });
    line.append(use);
    return line;
  };
  const lookUp = async () => {
    const claimant = document.getElementById("id_claimant")?.value;
    const mine = ++asked;
    if (!claimant || role.value) return aid.replaceChildren();
    const address = new URL(aid.dataset.roleAddress, location.href);
    address.searchParams.set("claimant", claimant);
    address.searchParams.set("made", document.getElementById("id_made").value);
    const answer = await fetch(address);
    const found = answer.ok ? await answer.json() : null; // read also when it came too late
    if (found && mine === asked) aid.replaceChildren(...found.roles.map(offer));
  };
  if (role && aid) {
    role.closest(".fieldBox, .form-row").append(aid);
    django.jQuery("#id_claimant").on("change", lookUp);
    document.getElementById("id_made").addEventListener("change", lookUp);
    lookUp();
  }

  // What has to be put right is read first, and each link leads to its field.
  const mistakes = document.getElementById("mistakes");
  mistakes?.focus();
  mistakes?.addEventListener("click", (event) => {
    const id = event.target.closest("a")?.hash.slice(1);
    if (!id?.startsWith("id_")) return;
    event.preventDefault();
    const field = document.getElementById(id);
    for (let fold = field?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    field?.scrollIntoView({ block: "center" });
    focus(id);
  });

  // A blank page begins with what was said.
  const statement = document.getElementById("id_statement");
  if (statement && !statement.value && !mistakes) statement.focus();
}
