/** Texts to begin with: small, with everything in them that a report has, and hidden words where it matters. */

const hidden = (...refs) => refs.map((ref) => ({ type: "redaction", attrs: { ref } }))
const t = (text, ...marks) => ({ type: "text", text, ...(marks.length ? { marks } : {}) })
const p = (...content) => ({ type: "paragraph", content })
const [A] = hidden("R-2ABC"), [B] = hidden("R-3DEF")

const BODY = {
  type: "doc",
  content: [
    { type: "heading", attrs: { level: 2 }, content: [t("The "), t("weights", A), t(" stay")] },
    p(t("Before "), t("alpha beta", A), t(" between "), t("gamma", A, B), t(", after.")),
    p(t("all of this is hidden", B)),
    { type: "horizontal_rule", marks: [B] },
    p(t("also hidden", B), { type: "hard_break", marks: [B] }, t("and here", B)),
    {
      type: "bullet_list",
      content: [
        { type: "list_item", content: [p(t("one "), t("two", A))] },
        { type: "list_item", content: [p(t("three", A)), p(t("four"))] },
      ],
    },
    p(
      t("x "), { type: "citation", attrs: { ref: "C-4TN" }, marks: [A] }, t("y"), { type: "formula", attrs: { tex: "z" }, marks: [A] },
      { type: "footnote", content: [t("note "), t("secret", B)] }, t(" end"),
    ),
    {
      type: "table",
      content: [
        { type: "table_row", content: [{ type: "table_header", content: [p(t("h"))] }, { type: "table_header", content: [p(t("k", A))] }] },
        { type: "table_row", content: [{ type: "table_cell", content: [p(t("c "), t("d", B))] }, { type: "table_cell", content: [p(t("e"))] }] },
      ],
    },
    {
      type: "transcript",
      content: [
        { type: "turn", content: [{ type: "speaker", content: [t("User")] }, p(t("said "), t("this", A))] },
        { type: "elision" },
        { type: "turn", content: [{ type: "speaker", content: [t("Model", B)] }, p(t("and that"))] },
      ],
    },
    { type: "code_block", content: [t("let "), t("key", A), t(" = 1")] },
    { type: "figure", content: [{ type: "image", attrs: { file: "f-aaaaaaaaaaaaaaaa", alt: "" }, marks: [A] }, { type: "caption", content: [t("cap "), t("tion", B)] }] },
    p(t("last")),
  ],
}

const LINE = {
  type: "doc",
  content: [t("A line with "), t("hidden", A), t(" and "), t("more", A, B), { type: "formula", attrs: { tex: "n" }, marks: [B] }, t(" words")],
}

export const TEXTS = { body: BODY, line: LINE }
export const REFS = ["R-2ABC", "R-3DEF", "R-4GHJ"]
