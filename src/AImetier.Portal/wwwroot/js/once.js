// <form data-once="Working…">: the first submit disables the button and shows the words; coming back to the page enables it again.
const waiting = new Map();

addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (waiting.has(form)) {
    event.preventDefault();
    return;
  }
  if (event.defaultPrevented) return;

  const button = event.submitter ?? form.querySelector("button:not([type=button])");
  if (!button) return;
  waiting.set(form, { button, nodes: [...button.childNodes] });
  // After the browser has gathered the fields: a disabled button would not be among them.
  setTimeout(() => {
    if (!waiting.has(form)) return;
    button.style.minInlineSize = `${button.offsetWidth}px`;
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    if (form.dataset.once) button.replaceChildren(form.dataset.once);
  });
});

addEventListener("pageshow", () => {
  for (const { button, nodes } of waiting.values()) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
    button.style.minInlineSize = "";
    button.replaceChildren(...nodes);
  }
  waiting.clear();
});
