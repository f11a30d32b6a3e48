/* "/" goes to the field in the top bar, unless something is being typed. Everything else about finding is plain HTML. */
(() => {
  "use strict";
  const field = document.querySelector("[data-find]");
  if (!field) return;

  function isTyping(target) {
    return target.isContentEditable || target.matches("input, textarea, select");
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const menu = field.closest("details");
    if (menu) menu.open = true;
    field.focus();
    field.select();
  });
})();
