/* Pasted HTML made plain: what Google Docs and Word mean, without what they say besides. No word is lost.
   window.cleanPaste(html, isLine) gives HTML that the schemas' parser takes; in a line blocks are joined by spaces. For the editor. */
(() => {
  "use strict";
  const KEPT = new Set(["P", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "LI", "BLOCKQUOTE", "PRE", "TABLE", "TBODY", "THEAD", "TFOOT", "TR", "TD", "TH", "BR", "HR",
    "A", "B", "STRONG", "I", "EM", "CODE", "TT", "KBD", "SAMP", "FIGURE", "FIGCAPTION", "IMG"]);
  const BLOCKS = "p,h1,h2,h3,h4,h5,h6,ul,ol,li,blockquote,pre,table,tr,td,th,hr,figure,figcaption,div,section,article,dl,dt,dd,address,header,footer";
  const OURS = "[data-refs], .cite, .footnote, .formula, .formula-block, .transcript, .turn, .speaker, .elision";
  const GONE = "style, script, meta, link, title, template, noscript, xml, [data-skip], .sr, .MsoCommentReference, [data-style*='mso-element:comment-list'], [data-style*='mso-hide:all']";
  const WEIGHT = /(?<![\w-])font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)/i;
  const SLANT = /(?<![\w-])font-style\s*:\s*(italic|oblique|normal)/i;
  const MONO = /(?<![\w-])font-family\s*:[^;]*(mono|courier|consolas)/i;

  /* Ready for the schema's parser. */
  function cleaned(html, isLine) {
    const body = new DOMParser().parseFromString(unstyled(html), "text/html").body;
    for (const gone of body.querySelectorAll(GONE)) gone.remove();
    for (const shown of body.querySelectorAll(".hidden-from[data-refs]")) hide(shown);
    window.wordLists(body);
    for (const list of body.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) inItem(list);
    for (const note of body.querySelectorAll("a[href^='#']")) if (!note.matches(OURS)) unwrap(note);
    plain(body);
    for (const between of body.querySelectorAll("br")) if ([...between.parentNode.children].some((one) => one.matches(BLOCKS))) between.remove();
    return isLine ? oneLine(body) : body.innerHTML;
  }

  /* What styles say stays, but as data: the page's policy lets nobody style by attribute. Comments for Word alone go. */
  function unstyled(html) {
    const plain = html.replace(/<!--\[if[^]*?<!\[endif\]-->|<style[^]*?<\/style>/gi, "");
    return plain.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sstyle(?=\s*=)/gi, " data-style"));
  }

  /* An edition says in one element which redactions hide words from others: here each of them is a mark. */
  function hide(shown) {
    for (const ref of shown.dataset.refs.split(" ").filter(Boolean).reverse()) {
      const mark = shown.ownerDocument.createElement("span");
      mark.className = "mark-redact";
      mark.dataset.refs = ref;
      mark.append(...shown.childNodes);
      shown.append(mark);
    }
    shown.replaceWith(...shown.childNodes);
  }

  /* Google puts a deeper list beside its item: it goes into it. */
  function inItem(list) {
    const before = list.previousElementSibling;
    if (before?.tagName === "LI") before.append(list);
  }

  /* Depth first: marks from styles, then nothing but what the schema knows. */
  function plain(root) {
    for (const child of [...root.childNodes]) {
      if (child.nodeType === Node.COMMENT_NODE) child.remove();
      if (child.nodeType !== Node.ELEMENT_NODE) continue;
      plain(child);
      const style = child.getAttribute("data-style") ?? "";
      if (child.matches(OURS)) keep(child, ["class", "data-refs", "data-ref", "data-at", "href"]);
      else if (KEPT.has(child.tagName) && !isNormal(child, style)) {
        marked(child, style);
        keep(child, ["href", "colspan", "rowspan", "start", "src", "alt", "data-file", "data-level"]);
      } else if (child.tagName === "DIV" && !child.querySelector(BLOCKS)) rename(child, "p");
      else {
        marked(child, style);
        unwrap(child);
      }
    }
  }

  /* Google wraps all it copies in a <b> that is not bold. */
  function isNormal(element, style) {
    if (!/^(B|STRONG|I|EM)$/.test(element.tagName)) return false;
    return /^(normal|[1-5]00)$/.test(WEIGHT.exec(style)?.[1] ?? "") || SLANT.exec(style)?.[1] === "normal" || Boolean(element.querySelector(BLOCKS));
  }

  /* Bold, italic and typewriter said by style become elements, around the words and not around blocks. */
  function marked(element, style) {
    if (/^H\d$/.test(element.tagName) || element.querySelector(BLOCKS)) return;
    const names = [];
    if (/bold|[6-9]00/i.test(WEIGHT.exec(style)?.[1] ?? "")) names.push("b");
    if (/italic|oblique/i.test(SLANT.exec(style)?.[1] ?? "")) names.push("i");
    if (MONO.test(style) && element.tagName === "SPAN") names.push("code");
    for (const name of names) {
      if (!element.textContent.trim()) return;
      const made = element.ownerDocument.createElement(name);
      made.append(...element.childNodes);
      element.append(made);
    }
  }

  function keep(element, names) {
    for (const { name } of [...element.attributes]) if (!names.includes(name)) element.removeAttribute(name);
  }

  function unwrap(element) {
    const parent = element.parentNode;
    const isBlock = element.matches(BLOCKS);
    const apart = isBlock && element.textContent.trim() && !element.querySelector(BLOCKS);
    if (apart && parent.matches?.("body, li, td, th, blockquote, div")) return rename(element, "p");
    element.replaceWith(...element.childNodes);
  }

  function rename(element, name) {
    const made = element.ownerDocument.createElement(name);
    made.append(...element.childNodes);
    element.replaceWith(made);
  }

  /* Blocks one after the other, a space between them; what is no word of a line is unwrapped. */
  function oneLine(body) {
    for (const block of body.querySelectorAll(`${BLOCKS},br`)) {
      block.before(" ");
      block.after(" ");
    }
    for (const block of [...body.querySelectorAll(`${BLOCKS}, br, img, table *`)].reverse()) {
      if (!block.matches("a, b, i, em, strong, code, span")) block.replaceWith(...block.childNodes);
    }
    for (const note of body.querySelectorAll(".footnote")) note.replaceWith(" (", ...note.childNodes, ")");
    return body.innerHTML.replace(/\s+/g, " ").trim();
  }

  window.cleanPaste = cleaned;
})();
