/* Comments beside their words: lights up the words of each card, aligns cards in the margin without overlap, leads both ways. */
(() => {
  "use strict";
  const notes = document.querySelector(".notes");
  if (!notes || !window.positions || !window.saidWords) return;
  const GAP = 12;
  const { painted, wrap, sign } = window.saidWords;
  let anchored = [];

  function cards() {
    return [...document.querySelectorAll(".note[data-text][data-from][data-to]")];
  }

  /* In a text that is being written in nothing is put: its editor owns what stands there. */
  function isWritten(range) {
    const box = range.startContainer;
    return Boolean((box.nodeType === Node.TEXT_NODE ? box.parentElement : box).closest("[contenteditable=true]"));
  }

  function gather() {
    for (const old of document.querySelectorAll(".note-ref")) old.remove();
    for (const old of document.querySelectorAll("mark.said-words")) old.replaceWith(...old.childNodes);
    anchored = [];
    cards().forEach((card, index) => {
      card.id ||= `note-${index + 1}`;
      const { text, from, to } = card.dataset;
      const range = window.positions.rangeOf(text, from, to);
      card.classList.toggle("placed", Boolean(range));
      if (!range) return;
      anchored.push({ card, text, from, to, link: isWritten(range) ? null : sign(range, card, goToCard) });
    });
    const find = (one) => { one.range = window.positions.rangeOf(one.text, one.from, one.to); };
    anchored.forEach(find);
    if (!painted) anchored.forEach((one) => { find(one); if (one.link) wrap(one.range, one.card); });
    if (!painted) anchored.forEach(find);
    paint();
    align();
  }

  function paint() {
    if (painted) {
      CSS.highlights.set("said", new Highlight(...anchored.map((one) => one.range)));
      const on = new Highlight(...anchored.filter((one) => one.card.classList.contains("on")).map((one) => one.range));
      on.priority = 1;
      CSS.highlights.set("said-on", on);
    } else {
      for (const mark of document.querySelectorAll("mark.said-words")) mark.classList.toggle("on", Boolean(document.getElementById(mark.dataset.card)?.classList.contains("on")));
    }
    for (const one of anchored) one.link?.classList.toggle("on", one.card.classList.contains("on"));
  }

  /* Each card stands at its words; the active one exactly, the others pushed away from it. */
  function align() {
    const beside = notes.offsetParent !== null && notes.getBoundingClientRect().left >= (document.getElementById("main")?.getBoundingClientRect().right ?? Infinity) - 1;
    notes.classList.toggle("aligned", beside);
    if (!beside) return void notes.style.removeProperty("min-height");
    const base = notes.getBoundingClientRect().top;
    const first = [...notes.children].filter((child) => !child.matches(".placed")).reduce((low, child) => Math.max(low, child.offsetTop + child.offsetHeight + GAP), 0);
    const rows = anchored.filter((one) => one.card.parentElement === notes)
      .map((one) => ({ card: one.card, want: one.range.getBoundingClientRect().top - base - 4, high: one.card.offsetHeight }))
      .sort((a, b) => a.want - b.want);
    let floor = first;
    for (const row of rows) { row.top = Math.max(row.want, floor); floor = row.top + row.high + GAP; }
    const active = rows.findIndex((row) => row.card.classList.contains("on"));
    if (active >= 0) {
      rows[active].top = Math.max(first, rows[active].want);
      for (let i = active - 1; i >= 0; i -= 1) rows[i].top = Math.min(rows[i].top, rows[i + 1].top - rows[i].high - GAP);
      const from = rows[0].top < first ? 1 : active + 1;
      if (from === 1) rows[0].top = Math.max(rows[0].top, first);
      for (let i = from; i < rows.length; i += 1) rows[i].top = Math.max(rows[i].want, rows[i - 1].top + rows[i - 1].high + GAP);
    }
    for (const row of rows) row.card.style.setProperty("top", `${Math.round(row.top)}px`);
    const low = rows.length ? rows[rows.length - 1].top + rows[rows.length - 1].high : 0;
    notes.style.setProperty("min-height", `${Math.ceil(low + GAP)}px`);
  }

  function goToCard(card) {
    turnOn(card, true);
    card.querySelector("a, button, summary")?.focus({ preventScroll: true });
  }

  function turnOn(card, goTo) {
    for (const other of cards()) other.classList.toggle("on", other === card);
    paint();
    align();
    if (card && goTo) card.scrollIntoView({ block: "nearest" });
  }

  function goToWords(one, byName) {
    turnOn(one.card, false);
    (one.link ?? one.range.startContainer.parentElement).scrollIntoView({ block: "center" });
    if (byName) one.link?.focus({ preventScroll: true });
  }

  function wordsAt(x, y) {
    const caret = document.caretPositionFromPoint ? document.caretPositionFromPoint(x, y) : null;
    const old = caret ? null : document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? old?.startContainer;
    if (!node) return null;
    const at = caret ? caret.offset : old.startOffset;
    const hits = anchored.filter((one) => one.range.isPointInRange(node, at));
    return hits.sort((a, b) => (a.to - a.from) - (b.to - b.from))[0] ?? null;
  }

  document.addEventListener("click", (event) => {
    const card = event.target.closest(".note[data-from]");
    if (card) {
      const one = anchored.find((each) => each.card === card);
      const quoted = event.target.closest("q, [data-to-words]");
      if (quoted) event.preventDefault();
      if (one && (quoted || !event.target.closest("a, button, input, textarea, select, summary, label"))) goToWords(one, Boolean(quoted));
      return;
    }
    if (event.target.closest("a, button, dialog, .words-bar") || !document.getSelection()?.isCollapsed) return;
    turnOn(event.target.closest("[data-text]") ? wordsAt(event.clientX, event.clientY)?.card ?? null : null, true);
  });

  const watcher = new ResizeObserver(() => align());
  watcher.observe(document.getElementById("main") ?? document.body);
  for (const card of cards()) watcher.observe(card);
  window.addEventListener("resize", align);
  document.fonts?.ready.then(align);
  for (const kind of ["htmx:afterSettle", "words:moved"]) document.addEventListener(kind, () => { gather(); for (const card of cards()) watcher.observe(card); });
  gather();
})();
