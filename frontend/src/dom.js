/** How nodes and marks look while they are edited, and as what pasted elements are read: the same look as prose/html.py. */

import { LONGEST_WORDS, MAY_BE } from "./attrs.js"

const FILE_IN = /f-[a-hjkmnp-z2-9]{16}(?=$|[/?#])/

/** Reads one attribute; the element is not of this kind where it may not be. */
const read = (name, from) => (element) => {
  const value = from(element)
  return MAY_BE[name](value) && { [name]: value }
}
const whole = (element, attribute, name, otherwise) => {
  const value = Number(element.getAttribute(attribute) ?? otherwise)
  return MAY_BE[name](value) ? value : otherwise
}
const spans = (element) => ({ colspan: whole(element, "colspan", "colspan", 1), rowspan: whole(element, "rowspan", "rowspan", 1) })
const spanned = ({ attrs }) => Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== 1))
const tex = read("tex", (element) => element.textContent.slice(0, LONGEST_WORDS))
const cited = read("ref", (element) => element.getAttribute("data-ref") ?? element.textContent.trim())

function picture(element) {
  const file = element.getAttribute("data-file") ?? FILE_IN.exec(element.getAttribute("src") ?? "")?.[0]
  return MAY_BE.file(file) && { file, alt: (element.getAttribute("alt") ?? "").slice(0, LONGEST_WORDS) }
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
    blockquote: { defining: true, ...simple("blockquote") },
    bullet_list: simple("ul"),
    list_item: simple("li"),
    table_row: simple("tr"),
    figure: simple("figure"),
    caption: simple("figcaption"),
    transcript: simple("div", { class: "transcript" }),
    turn: simple("div", { class: "turn" }),
    speaker: simple("div", { class: "speaker" }),
    heading: {
      defining: true,
      toDOM: (node) => [`h${Math.min(node.attrs.level + below, 6)}`, { "data-level": node.attrs.level }, 0],
      parseDOM: [1, 2, 3, 4, 5, 6].map((n) => ({ tag: `h${n}`, getAttrs: (element) => ({ level: whole(element, "data-level", "level", Math.min(n, 3)) }) })),
    },
    ordered_list: {
      toDOM: (node) => ["ol", node.attrs.order === 1 ? {} : { start: node.attrs.order }, 0],
      parseDOM: [{ tag: "ol", getAttrs: (element) => ({ order: whole(element, "start", "order", 1) }) }],
    },
    code_block: { defining: true, toDOM: () => ["pre", { spellcheck: "false" }, 0], parseDOM: [{ tag: "pre", preserveWhitespace: "full" }] },
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
      parseDOM: [{ tag: ".cite", priority: 70, getAttrs: cited }],
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
      { tag: ".mark-redact[data-refs]", priority: 80, getAttrs: read("ref", (element) => element.getAttribute("data-refs")) },
      { tag: "[data-skip], .sr, script, style", priority: 100, ignore: true },
    ],
  },
  link: {
    toDOM: (mark) => ["a", { href: mark.attrs.href, rel: "noreferrer noopener" }, 0],
    parseDOM: [{ tag: "a[href]", getAttrs: read("href", (element) => element.getAttribute("href").trim()) }],
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
