/** How the saving of one text stands, and whoever wants to know. */
export class Standing {
  #listeners = new Set()
  #waiting = []
  #told = ""

  /** @param {() => void} listener called when it changes. @returns {() => void} stops that */
  listen(listener) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @returns {Promise<boolean>} once everything is with the server (true), or can't be had there just now (false) */
  wait() {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** @param {{sent: boolean, stuck: boolean, status: string}} now */
  tell({ sent, stuck, status }) {
    if (sent || stuck) for (const resolve of this.#waiting.splice(0)) resolve(sent)
    if (status === this.#told) return
    this.#told = status
    for (const listener of [...this.#listeners]) listener()
  }
}
