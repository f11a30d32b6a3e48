/** Making elements, and chords as they stand on the keys of this machine. */

/** An element with attributes and children; false leaves an attribute out. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(key, value)
  made.append(...children)
  return made
}

const MAC = /Mac|iP(hone|ad|od)/.test(navigator.platform)
const SIGNS = MAC ? { Mod: "⌘", Alt: "⌥", Shift: "⇧", Ctrl: "⌃" } : { Mod: "Ctrl" }

/** "Ctrl+Alt+H" for "Ctrl-Alt-h". */
export function chord(keys) {
  return keys.split("-").map((part) => SIGNS[part] ?? part[0].toUpperCase() + part.slice(1)).join(MAC ? "" : "+")
}

/** The same for `aria-keyshortcuts`. */
export function spokenChord(keys) {
  return keys.replace("Mod", MAC ? "Meta" : "Control").replace("Ctrl", "Control").replaceAll("-", "+")
}
