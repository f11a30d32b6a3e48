/* Dialogs and menus: [data-opens="id"], [data-closes], dialog[data-open-now]; Escape and focus come back where they were. */
(() => {
  "use strict";
  const openers = new WeakMap();

  function open(dialog, opener) {
    if (!dialog || dialog.open) return;
    openers.set(dialog, opener);
    dialog.showModal();
    if (!dialog.querySelector("[autofocus]")) dialog.querySelector("[aria-invalid], textarea, select, input:not([type=hidden])")?.focus();
  }

  function giveBack(dialog) {
    const opener = openers.get(dialog);
    if (opener && opener.isConnected && opener.offsetParent !== null) opener.focus();
    else document.getElementById("main")?.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      event.preventDefault();
      open(document.getElementById(opener.dataset.opens), opener);
      return;
    }
    const closer = event.target.closest("[data-closes]");
    if (closer) {
      event.preventDefault();
      const id = closer.dataset.closes;
      (id ? document.getElementById(id) : closer.closest("dialog"))?.close();
      return;
    }
    for (const menu of document.querySelectorAll(".top > .menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("close", (event) => {
    if (event.target instanceof HTMLDialogElement) giveBack(event.target);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const menu = document.activeElement?.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  function openWaiting() {
    for (const dialog of document.querySelectorAll("dialog[data-open-now]")) {
      dialog.removeAttribute("data-open-now");
      dialog.removeAttribute("open");
      open(dialog, null);
    }
  }
  document.addEventListener("htmx:afterSettle", openWaiting);
  openWaiting();
})();
