// In a card: tell the page around it how high it is. Everything works without. A height is no secret, so anybody may hear it.
const tell = () => parent.postMessage({ claimCardHeight: Math.ceil(document.body.getBoundingClientRect().height) }, "*");
addEventListener("message", ({ data }) => data === "claimCardHeight?" && tell());
new ResizeObserver(tell).observe(document.body);
