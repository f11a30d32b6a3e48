/* Selected words: a small toolbar beside a selection inside [data-selectable], filled from <template id="selection-actions">.
   Alt+Enter or Tab goes to it, Escape closes it; its buttons open dialogs, whose forms get text, version, from, to and the quote. */
(() => {
  "use strict";
  const template = document.getElementById("selection-actions");
  if (!template || !window.positions) return;

  const bar = document.createElement("div");
  bar.className = "words-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Selected words");
  bar.hidden = true;
  bar.append(template.content.cloneNode(true));
  const tell = document.createElement("span");
  tell.className = "tell";
  tell.hidden = true;
  tell.textContent = "Only the first text is taken";
  const heard = document.createElement("span");
  heard.className = "sr";
  heard.setAttribute("role", "status");
  bar.append(tell);
  (document.getElementById("main") ?? document.body).append(bar, heard);

  let picked = null;
  let pressed = false;

  function isSelectable(node) {
    const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
    return Boolean(element?.closest("[data-selectable]"));
  }

  function place(range) {
    const narrow = window.matchMedia("(max-width: 64rem) and (pointer: coarse)").matches;
    bar.classList.toggle("fixed", narrow);
    if (narrow) {
      bar.style.removeProperty("left");
      bar.style.removeProperty("top");
      return;
    }
    const boxes = range.getClientRects();
    const box = boxes[boxes.length - 1] || range.getBoundingClientRect();
    const left = Math.min(Math.max(box.right - bar.offsetWidth / 2, 12), document.documentElement.clientWidth - bar.offsetWidth - 12);
    const below = box.bottom + 8;
    const top = below + bar.offsetHeight > window.innerHeight ? range.getBoundingClientRect().top - bar.offsetHeight - 8 : below;
    bar.style.setProperty("left", `${left + window.scrollX}px`);
    bar.style.setProperty("top", `${Math.max(top, 8) + window.scrollY}px`);
  }

  function hide() {
    bar.hidden = true;
    heard.textContent = "";
    picked = null;
  }

  function look() {
    if (bar.contains(document.activeElement)) return;
    const selection = document.getSelection();
    const found = selection && isSelectable(selection.anchorNode) ? window.positions.selectionRange() : null;
    if (!found || !found.range) {
      hide();
      return;
    }
    picked = found;
    const wasHidden = bar.hidden;
    bar.hidden = false;
    tell.hidden = !found.clamped;
    place(found.range);
    if (wasHidden) heard.textContent = "Words selected. Alt and Enter for what you can do with them.";
  }

  let waiting = 0;
  function soon() {
    if (pressed) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 80);
  }

  function fill(dialog) {
    for (const form of dialog.querySelectorAll("form")) {
      for (const name of ["text", "version", "from", "to"]) {
        const input = form.querySelector(`input[type="hidden"][name="${name}"]`);
        if (input) input.value = picked[name];
      }
    }
    for (const place of dialog.querySelectorAll("[data-quote]")) place.textContent = picked.quote;
    for (const field of dialog.querySelectorAll("textarea[data-quoted]")) field.value = field.defaultValue = picked.quote;
    for (const place of dialog.querySelectorAll("[data-clamped]")) place.hidden = !picked.clamped;
  }

  /* For buttons elsewhere: a dialog about what is selected now; false where nothing is. */
  window.aboutWords = (dialog) => {
    picked = window.positions.selectionRange();
    if (picked) fill(dialog);
    return Boolean(picked);
  };

  function enterBar() {
    bar.querySelector("button")?.focus();
  }

  document.addEventListener("selectionchange", soon);
  document.addEventListener("pointerdown", (event) => { pressed = !bar.contains(event.target); });
  for (const kind of ["pointerup", "pointercancel"]) document.addEventListener(kind, () => { pressed = false; soon(); });
  window.addEventListener("resize", () => { if (picked) place(picked.range); });

  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-opens]");
    const dialog = button && document.getElementById(button.dataset.opens);
    if (!dialog || !picked) return;
    fill(dialog);
    queueMicrotask(hide);
  });
  bar.addEventListener("keydown", (event) => {
    const buttons = [...bar.querySelectorAll("button")];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || bar.hidden || document.querySelector("dialog[open]")) return;
    const outside = !bar.contains(document.activeElement);
    if (event.key === "Escape") {
      document.getSelection().removeAllRanges();
      if (!outside) document.getElementById("main")?.focus({ preventScroll: true });
      hide();
    } else if (outside && (event.key === "Tab" && !event.shiftKey || event.key === "Enter" && event.altKey)) {
      event.preventDefault();
      enterBar();
    }
  });
})();
