/* The order of parts: ol[data-order] with li[data-ref]. Rows move by their grip (pointer) and by Alt with up or down; each move is
   sent as the row's form would send it, and taken back when it is refused. */
(() => {
  "use strict";
  const list = document.querySelector("[data-order]");
  if (!list) return;
  const said = document.querySelector("[data-order-said]");
  let sent = Promise.resolve(); // one move after another: the next says after which row it stands
  list.classList.add("live");
  for (const row of list.children) row.tabIndex = 0;

  function rows() {
    return [...list.children];
  }

  function settle() {
    const all = rows();
    all.forEach((row, index) => {
      const [up, down] = row.querySelectorAll(".moves button");
      up.disabled = index === 0;
      down.disabled = index === all.length - 1;
    });
  }

  function tell(row) {
    const all = rows();
    if (said) said.textContent = `Saved. ${row.dataset.ref} is now ${all.indexOf(row) + 1} of ${all.length}.`;
  }

  function send(row, before) {
    settle();
    const after = row.previousElementSibling?.dataset.ref ?? "";
    sent = sent.then(() => post(row, before, after));
  }

  async function post(row, before, after) {
    const form = row.querySelector(".moves");
    const body = new URLSearchParams({ after });
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Editor": "1" } });
      if (!answer.ok) throw new Error(String(answer.status));
      tell(row);
    } catch {
      list.insertBefore(row, before);
      settle();
      if (said) said.textContent = `${row.dataset.ref} could not be moved. Load the page again.`;
    }
  }

  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("li[data-ref]");
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!row || !step || !event.altKey) return;
    event.preventDefault();
    const before = row.nextElementSibling;
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    list.insertBefore(row, step < 0 ? other : other.nextElementSibling);
    row.focus();
    send(row, before);
  });

  const EDGE = 48; // so near the edge of the window, what is dragged takes the page along
  let taken = null;
  let stood = null;

  function drop() {
    if (!taken) return;
    const row = taken;
    taken = null;
    row.classList.remove("taken");
    if (row.nextElementSibling !== stood) send(row, stood);
  }

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    taken = grip.closest("li");
    stood = taken.nextElementSibling;
    taken.classList.add("taken");
    grip.setPointerCapture(event.pointerId);
  });
  list.addEventListener("pointermove", (event) => {
    if (!taken) return;
    const edge = event.clientY < EDGE ? -1 : event.clientY > window.innerHeight - EDGE ? 1 : 0;
    if (edge) window.scrollBy(0, edge * EDGE);
    for (const row of rows()) {
      if (row === taken) continue;
      const box = row.getBoundingClientRect();
      if (event.clientY < box.top || event.clientY > box.bottom) continue;
      list.insertBefore(taken, event.clientY < box.top + box.height / 2 ? row : row.nextElementSibling);
    }
  });
  list.addEventListener("pointerup", drop);
  list.addEventListener("pointercancel", drop);
})();
