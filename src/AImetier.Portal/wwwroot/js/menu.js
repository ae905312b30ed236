// Open menus close on Escape, on a press elsewhere, and when the focus leaves them.
const open = () => document.querySelectorAll("details[data-menu][open]");

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  }
});

addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

addEventListener("focusout", (event) => {
  if (!event.relatedTarget) return;
  for (const menu of open()) if (menu.contains(event.target) && !menu.contains(event.relatedTarget)) menu.open = false;
});
