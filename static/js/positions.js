/* Document positions of selected words: counts as ProseMirror counts (docs/look.md, "Positions").
   window.positions = { selectionRange(), rangeOf(text, from, to) }. It reads and changes nothing. */
(() => {
  "use strict";
  const TEXT = "[data-text][data-version]:not([data-from])";

  /* Every piece of a text that has a position: { node, leaf, at, size, block }, in document order. */
  function pieces(root) {
    const found = [];
    function walk(element, start, block) {
      let at = start;
      for (const child of element.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          if (at === null || !child.length) continue;
          found.push({ node: child, leaf: false, at, size: child.length, block });
          at += child.length;
        } else if (child.nodeType === Node.ELEMENT_NODE && !child.hasAttribute("data-skip")) {
          at = enter(child, at, block);
        }
      }
      return at;
    }
    function enter(child, at, block) {
      const own = child.hasAttribute("data-at") ? Number(child.dataset.at) : null;
      if (child.hasAttribute("data-leaf")) {
        const here = own === null ? at : own;
        if (here !== null) found.push({ node: child, leaf: true, at: here, size: 1, block });
        return at === null ? null : at + 1;
      }
      if (own === null) return walk(child, at, block);
      walk(child, own, child);
      return at === null ? null : at + Number(child.dataset.size || 0);
    }
    walk(root, root.hasAttribute("data-at") ? Number(root.dataset.at) : null, root);
    return found;
  }

  /* The part of one piece inside a range, as offsets [start, end), or null. */
  function part(piece, range) {
    const { node, size } = piece;
    if (piece.leaf) return touches(node, range) ? [0, 1] : null;
    const start = range.startContainer === node ? range.startOffset : range.comparePoint(node, 0) === 0 ? 0 : size;
    const end = range.endContainer === node ? range.endOffset : range.comparePoint(node, size) === 0 ? size : 0;
    return start < end ? [start, end] : null;
  }

  /* A leaf counts as selected once any of it is; a boundary that only rests on its edge does not count. */
  function touches(leaf, range) {
    if (!range.intersectsNode(leaf)) return false;
    const startsIn = leaf.contains(range.startContainer);
    const endsIn = leaf.contains(range.endContainer);
    if (!startsIn && !endsIn) return true;
    const inside = range.cloneRange();
    if (!startsIn) inside.setStart(leaf, 0);
    if (!endsIn) inside.setEnd(leaf, leaf.childNodes.length);
    return inside.toString() !== "";
  }

  function words(piece, [start, end]) {
    if (!piece.leaf) return piece.node.data.slice(start, end);
    const seen = piece.node.textContent.replace(/\s+/g, " ").trim();
    if (!seen) return piece.node.getAttribute("alt") ? `[${piece.node.getAttribute("alt")}]` : " ";
    return piece.node.hasAttribute("data-withheld") ? `[withheld: ${piece.node.dataset.withheld}]` : seen;
  }

  function quoteOf(chosen) {
    let quote = "", block = null;
    for (const { piece, span } of chosen) {
      if (block && piece.block !== block) quote += " ";
      block = piece.block;
      quote += words(piece, span);
    }
    return quote.replace(/\s+/g, " ").trim();
  }

  function chosenIn(root, range) {
    const chosen = [];
    for (const piece of pieces(root)) {
      const span = part(piece, range);
      if (span) chosen.push({ piece, span });
    }
    return chosen;
  }

  /* What is selected: { text, version, from, to, quote, clamped, range } or null. Of several texts the first; clamped says so. */
  function selectionRange() {
    const selection = document.getSelection();
    if (!selection || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    let answer = null;
    for (const root of document.querySelectorAll(TEXT)) {
      if (!range.intersectsNode(root)) continue;
      const chosen = chosenIn(root, range);
      if (!chosen.length) continue;
      if (answer) return { ...answer, clamped: true };
      const first = chosen[0], last = chosen[chosen.length - 1];
      const from = first.piece.at + first.span[0], to = last.piece.at + last.span[1];
      const quote = quoteOf(chosen);
      answer = { text: root.dataset.text, version: Number(root.dataset.version), from, to, quote, clamped: false, range: rangeIn(root, from, to) };
    }
    return answer;
  }

  function rangeIn(root, from, to) {
    const all = pieces(root).filter((piece) => piece.at < to && piece.at + piece.size > from);
    if (!all.length || from >= to) return null;
    const range = document.createRange();
    const first = all[0], last = all[all.length - 1];
    if (first.leaf) range.setStartBefore(first.node);
    else range.setStart(first.node, Math.max(0, from - first.at));
    if (last.leaf) range.setEndAfter(last.node);
    else range.setEnd(last.node, Math.min(last.size, to - last.at));
    return range;
  }

  /* The words of a text between two positions, as a DOM Range; null when that text or those positions are not on the page. */
  function rangeOf(text, from, to) {
    for (const root of document.querySelectorAll(TEXT)) {
      if (root.dataset.text !== text) continue;
      const range = rangeIn(root, Number(from), Number(to));
      if (range) return range;
    }
    return null;
  }

  window.positions = { selectionRange, rangeOf };
})();
