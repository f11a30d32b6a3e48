/* How words that a comment is about are shown: with the CSS highlight API, else wrapped in <mark>; a small sign follows them.
   window.saidWords = { painted, wrap(range, card), sign(range, card, onOpen) }, for anchors.js. */
(() => {
  "use strict";
  const painted = "highlights" in CSS && typeof Highlight === "function";

  /* Where the API is missing, wrap each text node of the range in <mark>: positions count its text as before. */
  function wrap(range, card) {
    const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
    const nodes = range.commonAncestorContainer.nodeType === Node.TEXT_NODE ? [range.commonAncestorContainer] : [];
    while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) nodes.push(walker.currentNode);
    for (const node of nodes) {
      if (node.parentElement.closest("[data-skip]")) continue;
      const end = node === range.endContainer ? range.endOffset : node.length;
      const start = node === range.startContainer ? range.startOffset : 0;
      if (start >= end) continue;
      const piece = start ? node.splitText(start) : node;
      if (end - start < piece.length) piece.splitText(end - start);
      const mark = document.createElement("mark");
      mark.className = "said-words";
      mark.dataset.card = card.id;
      piece.replaceWith(mark);
      mark.append(piece);
    }
  }

  /* A small sign after the words, a link to their card: for the keyboard, and where the card is not beside them. */
  function sign(range, card, onOpen) {
    const link = document.createElement("a");
    link.className = "note-ref";
    link.href = `#${card.id}`;
    link.setAttribute("data-skip", "");
    const who = card.querySelector("header b")?.textContent.trim();
    link.setAttribute("aria-label", who ? `Comment by ${who}` : "Comment");
    const end = range.cloneRange();
    end.collapse(false);
    after(end).insertNode(link);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      onOpen(card);
    });
    return link;
  }

  /* The place just after the words: outside a mark that ends with them, and after its tag. */
  function after(end) {
    for (;;) {
      const { startContainer: box, startOffset: at } = end;
      const next = box.nodeType === Node.TEXT_NODE ? null : box.childNodes[at];
      if (next?.nodeType === Node.ELEMENT_NODE && next.matches("[data-skip]")) end.setStartAfter(next);
      else if (at < (box.length ?? box.childNodes.length) || (box.nodeType !== Node.TEXT_NODE && box.matches("[data-at], [data-text]"))) break;
      else end.setStartAfter(box);
      end.collapse(true);
    }
    return end;
  }

  window.saidWords = { painted, wrap, sign };
})();
