/* Fields that only some choices need: beside a select[data-chooses], controls with data-only-for="one other" stand there while one of
   those is chosen, and send nothing while they do not. Without script all stand there. */
(() => {
  "use strict";
  for (const chooser of document.querySelectorAll("select[data-chooses]")) {
    const settle = () => {
      for (const control of chooser.form.querySelectorAll("[data-only-for]")) {
        const needed = control.dataset.onlyFor.split(" ").includes(chooser.value);
        control.disabled = !needed;
        control.closest(".field").hidden = !needed;
      }
    };
    chooser.addEventListener("change", settle);
    window.addEventListener("pageshow", settle); // a browser that comes back fills in what was chosen
    settle();
  }
})();
