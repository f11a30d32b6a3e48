/* Unsent words: form[data-keep] asks before the page is left while it holds words that were typed and not sent. */
(() => {
  "use strict";
  const FIELDS = "textarea, select, input:not([type=hidden], [type=submit], [type=button])";

  function isChanged(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field instanceof HTMLSelectElement) {
      const options = [...field.options];
      const kept = options.some((option) => option.defaultSelected);
      return kept ? options.some((option) => option.selected !== option.defaultSelected) : field.selectedIndex > 0;
    }
    return field.value !== field.defaultValue;
  }

  function hasUnsentWords(form) {
    return !form.hasAttribute("data-sent") && [...form.querySelectorAll(FIELDS)].some(isChanged);
  }

  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-keep]") && !event.defaultPrevented) event.target.setAttribute("data-sent", "");
  });
  document.addEventListener("input", (event) => event.target.closest?.("form[data-sent]")?.removeAttribute("data-sent"));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-keep]");
    if (form && !event.detail.successful) form.removeAttribute("data-sent");
    else if (form && event.detail.requestConfig?.verb !== "get") form.setAttribute("data-sent", "");
  });

  window.addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("form[data-keep]")].some(hasUnsentWords)) event.preventDefault();
  });
})();
