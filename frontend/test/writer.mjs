/** Somebody who writes: the editor's own code around a state, without a page. */
import { EditorState, TextSelection } from "prosemirror-state"
import { TextSession } from "../src/session.js"
import { tablePlugin } from "../src/ui/tables.js"
import { mustBeHidden, placesOf, unitsOf } from "./units.mjs"

export class Writer {
  /** Signs that this writer has put in together with others, in one go. */
  atOnce = new Set()

  constructor(name, loaded, world, random) {
    Object.assign(this, { name, world, random })
    this.session = new TextSession(`/${name}/`, "t-text", loaded)
    const tables = this.session.schema.nodes.table ? [tablePlugin()] : []
    this.view = {
      state: EditorState.create({ doc: this.session.doc, plugins: [...this.session.plugins(), ...tables] }),
      composing: false,
      updateState(state) { this.state = state },
      setProps({ dispatchTransaction }) { this.dispatch = dispatchTransaction },
    }
    this.session.attach(this.view)
  }

  get state() { return this.view.state }
  get doc() { return this.view.state.doc }
  get schema() { return this.session.schema }

  dispatch = (tr) => this.view.dispatch(tr)
  do(command) { return command(this.state, this.dispatch, undefined) }

  among(list) { return list[Math.floor(this.random() * list.length)] }
  upTo(most) { return Math.floor(this.random() * (most + 1)) }
  chance(share) { return this.random() < share }

  /** Somewhere in the text, more often in or at hidden words. */
  place() {
    const { all, hidden } = placesOf(this.doc, unitsOf(this.doc))
    return hidden.length && this.chance(0.6) ? this.among(hidden) : this.among(all)
  }

  select(from, to = from) {
    const size = this.doc.content.size
    const $from = this.doc.resolve(Math.min(from, size)), $to = this.doc.resolve(Math.min(to, size))
    this.dispatch(this.state.tr.setSelection(TextSelection.between($from, $to)))
  }

  /** A range of a few signs; sometimes of several blocks. */
  selectSome() {
    const { all } = placesOf(this.doc, unitsOf(this.doc))
    all.sort((one, other) => one - other)
    const first = Math.max(0, all.indexOf(this.place()))
    const reach = this.chance(0.8) ? 1 + this.upTo(6) : 6 + this.upTo(25)
    this.select(all[first], all[Math.min(all.length - 1, first + reach)])
  }

  words(most) {
    return Array.from({ length: 1 + this.upTo(most - 1) }, () => this.world.word(this.name, this.random)).join(" ")
  }

  /** Put a text in place of the selection in one go, and note which of its words must be hidden. */
  put(text, kept = false) {
    const { from, to } = this.state.selection
    if ([...text].length > 1) for (const sign of text) this.atOnce.add(sign)
    const must = mustBeHidden(unitsOf(this.doc), this.doc, from, to, text)
    this.world.expect(text.split(" ").filter(Boolean), must.map((one) => one || kept))
    this.dispatch(this.state.tr.insertText(text))
  }

  /** Sign by sign, as keys are pressed, as long as the cursor stays behind them. */
  type(text, kept = false) {
    for (const sign of text) {
      this.put(sign, kept && sign !== " ")
      if (!this.state.selection.$cursor?.nodeBefore?.text?.endsWith(sign)) return
    }
  }
}
