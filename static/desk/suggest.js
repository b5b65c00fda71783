// Starts the boxes that suggest rows while one types. In the place of Django's own script: it shows
// a second line for each row, and offers to add what was typed and not found.
"use strict";
{
  const $ = django.jQuery;
  const NEW = "+"; // no row has that key

  const shown = (row) => {
    if (!row.detail && row.id !== NEW) return row.text;
    const line = $("<span class=suggestion>").append($("<bdi>").text(row.text));
    if (row.detail) line.append($("<small dir=auto>").text(row.detail));
    return line;
  };

  // The plus beside the box, with what was typed as the name of the new row.
  const add = (box, term) => {
    const plus = document.getElementById(`add_${box.id}`);
    const before = plus.href;
    const address = new URL(before, location.href);
    const field = /^https?:/.test(term) && box.dataset.namedBy === "title" ? "url" : box.dataset.namedBy;
    address.searchParams.set(field, term);
    plus.href = address;
    plus.click();
    plus.href = before;
  };

  const start = (box) => {
    let term = "";
    const canAdd = box.dataset.namedBy && document.getElementById(`add_${box.id}`);
    $(box).select2({
      templateResult: shown,
      ajax: {
        data: (asked) => ({
          term: asked.term,
          page: asked.page,
          app_label: box.dataset.appLabel,
          model_name: box.dataset.modelName,
          field_name: box.dataset.fieldName,
        }),
        processResults: (answer, asked) => {
          term = (asked.term ?? "").trim();
          const last = !answer.pagination.more;
          const offer = canAdd && term && last
            ? [{ id: NEW, text: box.dataset.addWords.replace("%s", term) }] : [];
          return { ...answer, results: [...answer.results, ...offer] };
        },
      },
    });
    $(box).on("select2:selecting", (event) => {
      if (event.params.args.data.id !== NEW) return;
      event.preventDefault();
      $(box).select2("close");
      add(box, term);
    });
    $(box).on("select2:select", (event) => {
      box.dispatchEvent(new CustomEvent("desk:chosen", { bubbles: true, detail: event.params.data }));
    });
    // What was typed is where the next key goes: the search field has the focus when it opens.
    $(box).on("select2:open", () => {
      document.querySelector(".select2-container--open .select2-search__field")?.focus();
    });
  };

  $(() => $(".admin-autocomplete").not("[name*=__prefix__]").each((_, box) => start(box)));
  document.addEventListener("formset:added", (event) => {
    event.target.querySelectorAll(".admin-autocomplete").forEach(start);
  });
}
