/* "All like this": button[data-same] gives the place of one select to all of its kind, without leaving the page. */
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-same]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-alike]");
    const place = document.getElementById(button.dataset.same).value;
    for (const other of document.querySelectorAll("[data-alike]")) {
      const select = other.querySelector('select[name^="place-"]');
      const has = [...select.options].some((option) => option.value === place);
      if (other.dataset.alike === row.dataset.alike && has) select.value = place;
    }
    row.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
