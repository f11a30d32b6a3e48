/** How nodes and marks look while they are edited, and as what pasted elements are read: the same look as prose/html.py. */

const REFERENCE = /^[A-Z]-[2-9A-HJ-NP-Z]{3,5}$/
const FILE = /f-[a-hjkmnp-z2-9]{16}(?=$|[/?#])/
const LINK = /^(https?|mailto):/i
const LONGEST = { link: 2000, words: 4000 }

const attrsOf = (name, read) => (element) => {
  const value = read(element)
  return value === null || value === undefined ? false : { [name]: value }
}
const whole = (text, low, high, otherwise) => {
  const value = Number(text ?? otherwise)
  return Number.isInteger(value) && value >= low && value <= high ? value : otherwise
}
const spans = (element) => ({ colspan: whole(element.getAttribute("colspan"), 1, 50, 1), rowspan: whole(element.getAttribute("rowspan"), 1, 50, 1) })
const spanned = ({ attrs }) => Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== 1))
const reference = (text) => (REFERENCE.test(text ?? "") ? text : null)
const tex = attrsOf("tex", (element) => element.textContent.slice(0, LONGEST.words))
const level = (element, otherwise) => ({ level: whole(element.getAttribute("data-level"), 1, 3, otherwise) })

function picture(element) {
  const file = element.getAttribute("data-file") ?? FILE.exec(element.getAttribute("src") ?? "")?.[0]
  return file ? { file, alt: (element.getAttribute("alt") ?? "").slice(0, LONGEST.words) } : false
}

function simple(tag, attrs) {
  return { toDOM: () => (attrs ? [tag, attrs, 0] : [tag, 0]), parseDOM: [{ tag: attrs ? `${tag}.${attrs.class}` : tag }] }
}

/**
 * @param {{base: string, below: number}} page `base`: the address of the case; `below`: how far headings stand below the page's own
 * @returns {Record<string, {toDOM: Function, parseDOM: object[]}>} by node
 */
export function nodeLooks({ base, below }) {
  return {
    paragraph: simple("p"),
    blockquote: simple("blockquote"),
    bullet_list: simple("ul"),
    list_item: simple("li"),
    table_row: simple("tr"),
    figure: simple("figure"),
    caption: simple("figcaption"),
    transcript: simple("div", { class: "transcript" }),
    turn: simple("div", { class: "turn" }),
    speaker: simple("div", { class: "speaker" }),
    heading: {
      toDOM: (node) => [`h${Math.min(node.attrs.level + below, 6)}`, { "data-level": node.attrs.level }, 0],
      parseDOM: [1, 2, 3, 4, 5, 6].map((n) => ({ tag: `h${n}`, getAttrs: (element) => level(element, Math.min(n, 3)) })),
    },
    ordered_list: {
      toDOM: (node) => ["ol", node.attrs.order === 1 ? {} : { start: node.attrs.order }, 0],
      parseDOM: [{ tag: "ol", getAttrs: (element) => ({ order: whole(element.getAttribute("start"), 0, 9999, 1) }) }],
    },
    code_block: { toDOM: () => ["pre", { spellcheck: "false" }, 0], parseDOM: [{ tag: "pre", preserveWhitespace: "full" }] },
    table: { toDOM: () => ["div", { class: "table-box" }, ["table", ["tbody", 0]]], parseDOM: [{ tag: "table" }] },
    table_cell: { toDOM: (node) => ["td", spanned(node), 0], parseDOM: [{ tag: "td", getAttrs: spans }] },
    table_header: { toDOM: (node) => ["th", spanned(node), 0], parseDOM: [{ tag: "th", getAttrs: spans }] },
    image: {
      toDOM: ({ attrs }) => ["img", { src: `${base}pictures/${attrs.file}`, alt: attrs.alt, "data-file": attrs.file }],
      parseDOM: [{ tag: "img", getAttrs: picture }],
    },
    elision: { toDOM: () => ["div", { class: "elision" }, "passage left out"], parseDOM: [{ tag: "div.elision" }] },
    horizontal_rule: { toDOM: () => ["hr"], parseDOM: [{ tag: "hr" }] },
    formula_block: {
      toDOM: ({ attrs }) => ["div", { class: "formula-block" }, attrs.tex],
      parseDOM: [{ tag: "div.formula-block", getAttrs: tex }],
    },
    hard_break: { toDOM: () => ["br"], parseDOM: [{ tag: "br" }] },
    citation: {
      toDOM: ({ attrs }) => ["span", { class: "cite", "data-ref": attrs.ref }, attrs.ref],
      parseDOM: [{ tag: ".cite", priority: 70, getAttrs: attrsOf("ref", (element) => reference(element.getAttribute("data-ref") ?? element.textContent.trim())) }],
    },
    formula: {
      toDOM: ({ attrs }) => ["code", { class: "formula" }, attrs.tex],
      parseDOM: [{ tag: "code.formula", priority: 70, getAttrs: tex }],
    },
    footnote: { toDOM: () => ["span", { class: "footnote" }, 0], parseDOM: [{ tag: "span.footnote", priority: 60 }] },
  }
}

const isNormal = (value) => /^(normal|[1-4]\d\d)$/.test(value)
const isBold = (value) => /^(bold(er)?|[6-9]\d\d)$/.test(value)

/** By mark. What a page says beside the words (`data-skip`) and what is only heard are no words. */
export const MARK_LOOKS = {
  redaction: {
    toDOM: (mark) => ["span", { class: "mark-redact", "data-refs": mark.attrs.ref }, 0],
    parseDOM: [
      { tag: ".mark-redact[data-refs]", priority: 80, getAttrs: attrsOf("ref", (element) => reference(element.dataset.refs)) },
      { tag: "[data-skip], .sr, script, style", priority: 100, ignore: true },
    ],
  },
  link: {
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noreferrer noopener" }, 0],
    parseDOM: [{ tag: "a[href]", getAttrs: attrsOf("href", (element) => linkIn(element.getAttribute("href"))) }],
  },
  em: { toDOM: () => ["em", 0], parseDOM: [{ tag: "i" }, { tag: "em" }, { style: "font-style=italic" }, { style: "font-style=normal", clearMark: (mark) => mark.type.name === "em" }] },
  strong: {
    toDOM: () => ["strong", 0],
    parseDOM: [
      { tag: "strong" },
      { tag: "b", getAttrs: (element) => !isNormal(element.style.fontWeight) && null },
      { style: "font-weight", getAttrs: (value) => isBold(value) && null },
      { style: "font-weight", clearMark: (mark) => mark.type.name === "strong", getAttrs: (value) => isNormal(value) && null },
    ],
  },
  code: { toDOM: () => ["code", 0], parseDOM: [{ tag: "code" }] },
}

/** The link, if a text may hold it. */
export function linkIn(address) {
  const link = (address ?? "").trim()
  return LINK.test(link) && link.length <= LONGEST.link ? link : null
}
