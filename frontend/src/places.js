/** Places in a text, between the version that others speak of and what stands here with words that were not sent yet. */

const KEPT = 300

/** How the last accepted batches moved things. */
export class Places {
  #moved = []

  /** @param {number} version that these maps led to */
  add(version, maps) {
    this.#moved.push({ version, maps })
    if (this.#moved.length > KEPT) this.#moved.shift()
  }

  /**
   * Where a position of that version stands now.
   * @returns {number | null} null where it can't be told: the version is newer than ours, or too old
   */
  here(replica, version, position) {
    const later = this.#moved.filter((batch) => batch.version > version)
    if (version > replica.version || later.length < replica.version - version) return null
    const maps = [...later.flatMap((batch) => batch.maps), ...unsentMaps(replica)]
    const moved = maps.reduce((at, map) => map.map(at, -1), position)
    return Math.max(0, Math.min(moved, replica.state.doc.content.size))
  }

  /** Where a position of ours stands for others. @returns {{version: number, position: number}} */
  there(replica, position) {
    const maps = unsentMaps(replica).reverse()
    return { version: replica.version, position: maps.reduce((at, map) => map.invert().map(at, -1), position) }
  }
}

const unsentMaps = (replica) => replica.unsent.map((step) => step.getMap())
