// A button that copies, beside each line that can be cited. Without this file there is none, and
// the line can be selected as it is (see cite.css).
if (navigator.clipboard) {
  for (const line of document.querySelectorAll("[data-copy]")) {
    const words = line.textContent.replace(/\s+/g, " ").trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy-line";
    button.textContent = line.dataset.copy;
    button.setAttribute("aria-describedby", line.id);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words);
      button.textContent = line.dataset.copied;
    });
    line.after(button);
  }
}
