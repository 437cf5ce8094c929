import { cacheSlots, cacheWords, lookWords, stateWords, type KernelPlaces } from './kernel-plan.ts'
import { nameSizes } from './kernel-names.ts'
import { bytesOfIndex, layIndex, type RegisterIndex } from '../rules/register-layout.ts'
import { twoByteTable } from './cell-bytes.ts'

/** A shared memory as the engine knows it; the server's types have no word for it. */
export interface EngineMemory {
  readonly buffer: SharedArrayBuffer
}
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number; shared: true }) => EngineMemory
}

/** Bytes that are read at a time, and the room for them with what is left of the block before. */
export const readBytes = 256 * 1024
export const roomBytes = 1024 * 1024
const mostRows = roomBytes / 2
export const pageBytes = 65_536

const sizes = {
  state: stateWords * 4,
  buffer: roomBytes + 128,
  events: roomBytes * 4 + 64,
  looks: mostRows * lookWords * 4,
  keyAt: mostRows * 4,
  keyLength: mostRows * 4,
  words: 4096,
  cache: cacheSlots * cacheWords * 4,
  cachePool: 128 * 1024,
  gbTable: 0x8000 * 2,
  ...nameSizes,
} as const

/** Bytes of one reader's own room. Pages that are never touched cost no memory. */
export const workBytes = Object.values(sizes).reduce((sum, size) => sum + align(size), 0)
const readers = 2

const memories = new WeakMap<SharedArrayBuffer, EngineMemory>()
const copies = new WeakMap<SharedArrayBuffer, { memory: EngineMemory; index: RegisterIndex }>()

function align(size: number): number {
  return (size + 63) & ~63
}

/** Shared memory with room for an index of so many bytes and for the readers' work behind it. */
export function kernelMemory(indexBytes: number): SharedArrayBuffer {
  return makeMemory(Math.ceil((align(indexBytes) + readers * workBytes) / pageBytes)).buffer
}

/** Shared memory of so many pages; one that nobody touches costs nothing. */
export function makeMemory(pages: number): EngineMemory {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  memories.set(memory.buffer, memory)
  return memory
}

/** The memory whose buffer this is. */
export function memoryUnder(buffer: SharedArrayBuffer): EngineMemory | undefined {
  return memories.get(buffer)
}

/** The memory under an index that `kernelMemory` made; an index that lies elsewhere is copied into one. */
export function memoryOf(index: RegisterIndex): { memory: EngineMemory; index: RegisterIndex } {
  const known = memories.get(index.memory)
  if (known !== undefined) return { memory: known, index }
  const copied = copies.get(index.memory)
  if (copied !== undefined) return copied
  const bytes = bytesOfIndex(index.room)
  const moved = layIndex(index.room, kernelMemory(bytes))
  new Uint8Array(moved.memory).set(new Uint8Array(index.memory, 0, bytes))
  const memory = memories.get(moved.memory)
  if (memory === undefined) throw new Error('the memory was made above')
  const { persons, households, units, places } = index
  const copy = { memory, index: Object.assign(moved, { persons, households, units, places }) }
  copies.set(index.memory, copy)
  return copy
}

/** Takes over the memory of another thread. */
export function adoptMemory(memory: EngineMemory): SharedArrayBuffer {
  memories.set(memory.buffer, memory)
  return memory.buffer
}

/** The room of one reader (0 or 1) behind the index, and the index's own arrays, as addresses. */
export function placesOf(index: RegisterIndex, reader: number): KernelPlaces & { buffer: number } {
  let at = align(bytesOfIndex(index.room)) + reader * workBytes
  const take = (size: number): number => {
    const start = at
    at += align(size)
    return start
  }
  const own = Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, take(size)]))
  const place = (name: keyof typeof sizes): number => own[name] ?? 0
  return {
    state: place('state'),
    buffer: place('buffer'),
    events: place('events'),
    looks: place('looks'),
    keyAt: place('keyAt'),
    keyLength: place('keyLength'),
    words: place('words'),
    cache: place('cache'),
    cachePool: place('cachePool'),
    gbTable: place('gbTable'),
    idSlots: index.idSlots.byteOffset,
    idSlotMask: index.idSlots.length - 1,
    idFilter: index.idFilter.byteOffset,
    idFilterMask: index.idFilter.length - 1,
    idHigh: index.idHigh.byteOffset,
    idLow: index.idLow.byteOffset,
    nameAt: index.nameAt.byteOffset,
    texts: index.texts.byteOffset,
    personFlags: index.personFlags.byteOffset,
    surnames: place('surnames'),
    givens: place('givens'),
    likes: place('likes'),
    villages: place('villages'),
    spoilt: place('spoilt'),
    slips: place('slips'),
    sound: index.sound.byteOffset,
    soundSlots: index.soundSlots.byteOffset,
    soundSlotMask: index.soundSlots.length - 1,
    soundOrder: index.soundOrder.byteOffset,
    soundOrderEnd: index.soundOrder.length,
    soundPlace: index.soundPlace.byteOffset,
  }
}

/** Puts the table of two-byte characters where the kernel looks for it. */
export function fillGbTable(memory: SharedArrayBuffer, address: number): void {
  new Uint16Array(memory, address, 0x8000).set(twoByteTable())
}
