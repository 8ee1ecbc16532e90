interface Entry<Item> {
  readonly item: Item;
  readonly worth: number;
  /** Of equals the first goes first, so that nothing hangs on chance. */
  readonly turn: number;
}

/** Gives the item that is worth most. */
export class PriorityQueue<Item> {
  readonly #entries: Entry<Item>[] = [];
  #turn = 0;

  push(item: Item, worth: number): void {
    const entries = this.#entries;
    const entry = { item, worth, turn: this.#turn++ };
    let at = entries.length;
    for (let above = (at - 1) >> 1; at > 0 && isBefore(entry, entries[above]); above = (at - 1) >> 1) {
      entries[at] = entries[above] ?? entry;
      at = above;
    }
    entries[at] = entry;
  }

  peek(): { readonly item: Item; readonly worth: number } | undefined {
    return this.#entries[0];
  }

  pop(): void {
    const entries = this.#entries;
    const last = entries.pop();
    if (last === undefined || entries.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const below = left + 1 < entries.length && isBefore(entries[left + 1], entries[left]) ? left + 1 : left;
      const next = entries[below];
      if (next === undefined || !isBefore(next, last)) break;
      entries[at] = next;
      at = below;
    }
    entries[at] = last;
  }
}

function isBefore<Item>(a: Entry<Item> | undefined, b: Entry<Item> | undefined): boolean {
  if (a === undefined || b === undefined) return b === undefined;
  return a.worth > b.worth || (a.worth === b.worth && a.turn < b.turn);
}
