/* A form that takes a while says so: form[data-wait] shows its words once it is sent, and is sent once only. */
(() => {
  "use strict";
  function say(form, words) {
    const acts = form.querySelector(".acts");
    const line = document.createElement("span");
    line.className = "waits-for";
    line.setAttribute("role", "status");
    acts.append(line);
    line.textContent = words;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-wait]") || event.defaultPrevented) return;
    if (form.hasAttribute("data-waiting")) {
      event.preventDefault();
      return;
    }
    if (event.submitter?.hasAttribute("formaction")) return;
    form.setAttribute("data-waiting", "");
    say(form, form.dataset.wait);
  });

  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-waiting]")) {
      form.removeAttribute("data-waiting");
      form.querySelector(".waits-for")?.remove();
    }
  });
})();
