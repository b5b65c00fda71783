// What the pages of one's own account do more kindly with JavaScript.
"use strict";
{
  // allauth says on the console when a passkey was not used; people read the page.
  document.addEventListener("allauth.error", (event) => {
    const said = document.getElementById("passkey-failed");
    if (!said) return;
    event.preventDefault();
    said.hidden = true; // so that it is said aloud again, every time
    requestAnimationFrame(() => { said.hidden = false; });
  });

  // What was put aside is sent on at once.
  document.querySelector("form.go-on")?.requestSubmit();
}
