// Similar claims already on file, while a new one is typed.
"use strict";
{
  const place = document.querySelector(".similar[data-address]");
  const statement = place && document.getElementById(place.dataset.from);
  if (statement && !statement.readOnly) {
    const list = place.querySelector("[aria-live]");
    const PAUSE = 450;
    let waiting = 0;
    let asked = 0;
    let before = statement.value.trim();

    const look = async () => {
      const words = statement.value.trim();
      if (words === before) return;
      before = words;
      const mine = ++asked;
      if (words.length < 12) return list.replaceChildren();
      const address = new URL(place.dataset.address, location.href);
      address.searchParams.set("list", "");
      address.searchParams.set("q", words);
      if (place.dataset.but) address.searchParams.set("but", place.dataset.but);
      const answer = await fetch(address);
      if (!answer.ok || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...page.body.children);
    };
    statement.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, PAUSE);
    });
    place.querySelector(".no-script")?.remove();
  }
}
