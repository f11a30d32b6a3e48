/* Word writes lists as paragraphs with a sign before them: made lists again. window.wordLists(body), for clean-paste.js. */
(() => {
  "use strict";
  const LEVEL = /mso-list\s*:\s*l\d+\s+level(\d+)/i;
  const NUMBER = /^[\s(]*(\d{1,3}|[a-z]{1,2}|[ivxlc]{1,5})[.)]/i;

  /* The sign before the words of a list paragraph, taken out; what it was. */
  function sign(paragraph) {
    const ignored = paragraph.querySelector("[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]");
    const words = ignored?.textContent ?? "";
    ignored?.remove();
    return words;
  }

  /* In Word's HTML: list paragraphs become lists, by their level; underlined links, `o:p` and the like are left to the cleaner. */
  function wordLists(body) {
    let open = [];
    let last = null;
    for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
      const level = Number(LEVEL.exec(paragraph.getAttribute("data-style") ?? "")?.[1] ?? 0);
      const follows = last && nextOf(last) === paragraph;
      if (!level) {
        last = null;
        continue;
      }
      if (!follows) open = [];
      const number = NUMBER.exec(sign(paragraph).trim())?.[1];
      const kind = number ? "ol" : "ul";
      open.length = Math.min(open.length, level);
      if (open[level - 1] && open[level - 1].localName !== kind) open.length = level - 1;
      for (let depth = open.length; depth < level; depth += 1) open.push(opened(open, depth, depth === level - 1 ? kind : "ul", paragraph, number));
      const item = body.ownerDocument.createElement("li");
      open[level - 1].append(item);
      const made = body.ownerDocument.createElement("p");
      made.append(...paragraph.childNodes);
      item.append(made);
      paragraph.remove();
      last = open[0];
    }
  }

  /* A new list: in the last item of the one around it, or where the paragraph stands. */
  function opened(open, depth, kind, paragraph, number) {
    const made = paragraph.ownerDocument.createElement(kind);
    if (kind === "ol" && /^\d+$/.test(number ?? "") && number !== "1") made.setAttribute("start", number);
    const around = open[depth - 1];
    if (!around) paragraph.before(made);
    else {
      if (!around.lastElementChild) around.append(paragraph.ownerDocument.createElement("li"));
      around.lastElementChild.append(made);
    }
    return made;
  }

  /* What follows, white space and comments apart. */
  function nextOf(node) {
    let next = node.nextSibling;
    while (next && (next.nodeType === Node.COMMENT_NODE || (next.nodeType === Node.TEXT_NODE && !next.data.trim()))) next = next.nextSibling;
    return next;
  }

  window.wordLists = wordLists;
})();
