import { stateWord, type KernelPlaces } from './kernel-plan.ts'
import { add, get, int, left, set, wordAt, type Code } from './wasm-code.ts'

/** The address of a word of the state. */
export function stateAt(places: KernelPlaces, word: keyof typeof stateWord): Code {
  return int(places.state + stateWord[word] * 4)
}

/** The address of the `row`'s cell in a column of the memory of rows; a cell has 2 to the power of `shift` bytes. */
export function rowAddress(places: KernelPlaces, column: 'hashes' | 'lines' | 'highs' | 'lows', shift: number): Code {
  return add(wordAt(stateAt(places, column)), left(get('row'), int(shift)))
}

/** Sets `from` and `to` to the bounds of a column's cell. */
export function boundsOf(places: KernelPlaces, column: number): Code[] {
  const event = add(get('first'), int(column))
  const address = add(int(places.events), left(event, int(2)))
  return [
    set('to', wordAt(address)),
    set('from', column === 0 ? get('start') : add(wordAt(add(int(places.events - 4), left(event, int(2)))), int(1))),
  ]
}
