/** What typing makes of Markdown: "## ", "- ", "1. ", "> ", "```", "---", **b**, *i*, `c`, [words](address). Quotes stay as they are typed: exact words matter. */
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules"
import { TextSelection } from "prosemirror-state"
import { MAY_BE } from "../attrs.js"

/** Words between two signs get a mark. The words stay where they stand, so that what hides them stays on them. */
function between(pattern, type) {
  return new InputRule(pattern, (state, match, start, end) => {
    const [all, sign, words] = match
    if (state.doc.rangeHasMark(start, end, state.schema.marks.code)) return null
    const opens = start + all.lastIndexOf(sign + words)
    const tr = state.tr
    const closes = end - (sign.length - 1)
    if (sign.length > 1) tr.delete(closes, end)
    tr.addMark(opens + sign.length, closes, type.create())
    tr.delete(opens, opens + sign.length)
    return tr.removeStoredMark(type)
  })
}

/** Words in brackets lead to the address after them. These words stay where they stand, too. */
function link(type) {
  return new InputRule(/\[([^\][]+)\]\(([^\s()]+)\)$/, (state, [, words, href], start, end) => {
    if (!MAY_BE.href(href) || state.doc.rangeHasMark(start, end, state.schema.marks.code)) return null
    const from = start + 1, to = from + words.length
    return state.tr.delete(to, end).addMark(from, to, type.create({ href })).delete(start, from).removeStoredMark(type)
  })
}

function line(schema) {
  return new InputRule(/^---$/, (state, match, start, end) => {
    const $start = state.doc.resolve(start)
    if ($start.parent.type.name !== "paragraph" || !$start.node(-1).canReplaceWith($start.index(-1), $start.indexAfter(-1), schema.nodes.horizontal_rule)) return null
    const at = $start.before()
    const tr = state.tr.delete(start, end).insert(at, schema.nodes.horizontal_rule.create())
    return tr.setSelection(TextSelection.near(tr.doc.resolve(at + 2)))
  })
}

/** The rules of a schema. */
export function markdownRules(schema) {
  const { nodes, marks } = schema
  const rules = [
    between(/(?:^|[^*])(\*\*)([^\s*](?:[^*]*[^\s*])?)\*\*$/, marks.strong),
    between(/(?:^|[^*])(\*)([^\s*](?:[^*]*[^\s*])?)\*$/, marks.em),
    between(/(?:^|[^`])(`)([^`]+)`$/, marks.code),
    link(marks.link),
  ]
  if (nodes.heading) {
    rules.push(
      textblockTypeInputRule(/^(#{1,3})\s$/, nodes.heading, (match) => ({ level: match[1].length })),
      wrappingInputRule(/^\s*([-+*])\s$/, nodes.bullet_list),
      wrappingInputRule(/^(\d{1,4})\.\s$/, nodes.ordered_list, (match) => ({ order: Number(match[1]) }), (match, node) => node.childCount + node.attrs.order === Number(match[1])),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      textblockTypeInputRule(/^```$/, nodes.code_block),
      line(schema),
    )
  }
  return inputRules({ rules })
}
