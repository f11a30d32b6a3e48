/* All boxes of a form at once: [data-choose-all] holds buttons with data-choose "all" and "none". Without script it stays hidden. */
(() => {
  "use strict";
  for (const row of document.querySelectorAll("[data-choose-all]")) {
    row.hidden = false;
    row.addEventListener("click", (event) => {
      const button = event.target.closest("[data-choose]");
      if (!button) return;
      for (const box of row.closest("form").querySelectorAll("input[type=checkbox]")) {
        box.checked = button.dataset.choose === "all";
      }
    });
  }
})();
