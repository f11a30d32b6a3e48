/* What is copied or dragged from a page that is read keeps what hides it. A browser leaves out the elements around a selection that
   lies inside of them, and so the mark around a single hidden word. An open editor copies by itself. */
(() => {
  "use strict";
  const MARK = ".mark-redact[data-refs], .hidden-from[data-refs]";

  /* The selected part of a marked stretch, in all that stands around it up to its outermost mark; nothing if none is around all of it. */
  function marked(range) {
    const common = range.commonAncestorContainer;
    const within = common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement;
    let last = null;
    for (let one = within.closest(MARK); one; one = one.parentElement.closest(MARK)) last = one;
    if (!last || last.isContentEditable) return null;
    let inside = range.cloneContents();
    for (let one = within; one !== last.parentElement; one = one.parentElement) {
      const around = one.cloneNode(false);
      around.append(inside);
      inside = around;
    }
    return inside.outerHTML;
  }

  function give(event, data) {
    const selection = getSelection();
    if (event.defaultPrevented || !data || !selection.rangeCount || selection.isCollapsed) return;
    const html = marked(selection.getRangeAt(0));
    if (!html) return;
    data.setData("text/html", html);
    data.setData("text/plain", selection.toString());
    if (event.type === "copy") event.preventDefault();
  }

  document.addEventListener("copy", (event) => give(event, event.clipboardData));
  document.addEventListener("dragstart", (event) => give(event, event.dataTransfer));
})();
