/** "@" in an open text: find a claim, evidence, a pathway, and cite it. */
import { Plugin } from "prosemirror-state"
export function pickPlugin() { return new Plugin({}) }
