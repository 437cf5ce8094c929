import { all, unsigned, type Frame, type WasmFunction } from './wasm-code.ts'

/** `\0asm`, version 1. */
const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
const section = (number: number, content: number[]): number[] => [number, ...unsigned(content.length), ...content]
const list = (items: number[][]): number[] => [...unsigned(items.length), ...items.flat()]
const text = (value: string): number[] => list(Array.from(value, (character) => [character.charCodeAt(0)]))

/** Pages of 64 KiB that a memory has at least, and at most. */
export interface MemoryPages {
  initial: number
  maximum: number
}

/** The bytes of a module over two imported shared memories (`memory` and `rows` of `host`) that exports its functions. Each takes and gives 32-bit integers. */
export function wasmModule(functions: readonly WasmFunction[], pages: { memory: MemoryPages; rows: MemoryPages }): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params }) => [0x60, ...list(params.map(() => [0x7f])), 1, 0x7f])
  const memories = Object.entries(pages).map(([name, { initial, maximum }]) => [
    ...text('host'),
    ...text(name),
    0x02,
    0x03,
    ...unsigned(initial),
    ...unsigned(maximum),
  ])
  const bodies = functions.map((one) => bodyOf(one, functions))
  return Uint8Array.from([
    ...magic,
    ...section(1, list(types)),
    ...section(2, list(memories)),
    ...section(3, list(functions.map((_, at) => unsigned(at)))),
    ...section(7, list(functions.map(({ name }, at) => [...text(name), 0x00, ...unsigned(at)]))),
    ...section(10, list(bodies)),
  ])
}

function bodyOf(one: WasmFunction, functions: readonly WasmFunction[]): number[] {
  const { longs = [], vectors: wide = [] } = one
  const names = [...one.params, ...one.locals, ...longs, ...wide]
  const find = (all: readonly string[], name: string): number => {
    const at = all.indexOf(name)
    if (at < 0) throw new Error(`no ${name} in ${one.name}`)
    return at
  }
  const frame: Frame = {
    labels: [],
    local: (name) => find(names, name),
    functionNumber: (name) =>
      find(
        functions.map((other) => other.name),
        name,
      ),
  }
  const locals = [
    [...unsigned(one.locals.length), 0x7f],
    [...unsigned(longs.length), 0x7e],
    [...unsigned(wide.length), 0x7b],
  ]
  const code = [...list(locals), ...all(one.body, frame), 0x0b]
  return [...unsigned(code.length), ...code]
}
