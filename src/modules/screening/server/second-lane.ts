import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { NamedError } from '#kernel/pure/errors/index.ts'
import type { IndexPlace, IndexRoom, RegisterIndex } from '../rules/register-layout.ts'
import type { SoundTables } from '../rules/sounds.ts'
import type { Tally } from '../rules/tally.ts'
import { memoryOf, type EngineMemory } from './kernel-memory.ts'
import type { Stretch, StretchEnd } from './scan-kernel.ts'
import type { TakeInput } from './take-text.ts'

/** An index as it is handed to another thread: the memory itself is shared. */
export interface LaneIndex {
  memory: EngineMemory
  room: IndexRoom
  persons: number
  households: number
  units: number
  places: IndexPlace[]
  sounds: SoundTables
}

/** What a stretch is read with; the other thread has its own matcher and tally. */
export type LaneInput = Omit<TakeInput, 'matcher' | 'tally' | 'source'> & { separator: number }

export type LaneOrder = { kind: 'index'; index: LaneIndex } | { kind: 'stretch'; input: LaneInput; stretch: Stretch; rows: number }
export type LaneAnswer =
  | { kind: 'ready' }
  | { kind: 'tally'; tally: Tally; end: StretchEnd }
  | { kind: 'error'; code: string; status: number; details: Readonly<Record<string, unknown>> }

/** A second reader on another core. */
export interface SecondLane {
  /** `rows`: about how many rows the stretch has. */
  scan(input: LaneInput, stretch: Stretch, rows: number): Promise<{ tally: Tally; end: StretchEnd }>
}

const lanes = new WeakMap<RegisterIndex, Promise<SecondLane>>()

/** Starts the second reader over an index, if the machine has a second core; to be called before the clock runs. */
export function openSecondLane(index: RegisterIndex, sounds: SoundTables): Promise<SecondLane> | undefined {
  if (availableParallelism() < 2) return undefined
  const known = lanes.get(index)
  if (known !== undefined) return known
  const opening = startLane(index, sounds)
  lanes.set(index, opening)
  return opening
}

/** The second reader, when it was started for this index. */
export function findSecondLane(index: RegisterIndex): Promise<SecondLane> | undefined {
  return lanes.get(index)
}

async function startLane(index: RegisterIndex, sounds: SoundTables): Promise<SecondLane> {
  const { memory, index: moved } = memoryOf(index)
  const worker = new Worker(new URL('./lane-worker.ts', import.meta.url), {
    execArgv: ['--no-warnings'],
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  })
  const ask = (order: LaneOrder): Promise<LaneAnswer> =>
    new Promise((resolve, reject) => {
      worker.once('message', (answer: LaneAnswer) => {
        worker.removeListener('error', reject)
        if (answer.kind === 'error') reject(new NamedError(answer.code, answer.status, answer.details))
        else resolve(answer)
      })
      worker.once('error', reject)
      worker.postMessage(order)
    })
  const { room, persons, households, units, places } = moved
  await ask({ kind: 'index', index: { memory, room, persons, households, units, places, sounds } })
  worker.unref() // it must not keep the process alive
  return {
    async scan(input, stretch, rows) {
      worker.ref()
      const answer = await ask({ kind: 'stretch', input, stretch, rows }).finally(() => worker.unref())
      if (answer.kind !== 'tally') throw new Error('a stretch is answered with its tally')
      return { tally: answer.tally, end: answer.end }
    },
  }
}

/** The buffers of a tally, which change hands instead of being copied. */
export function transferOf(tally: Tally): ArrayBuffer[] {
  const columns = [tally.hashes, tally.rowSource, tally.rowNo, tally.idHigh, tally.idLow, tally.matchedRow, tally.matchedPerson]
  const all = [...columns, tally.matchedHow, tally.matchedRest, ...tally.facts.values()]
  // Safe: the columns of a tally lie in memory of their own.
  return all.map((column) => column.cells.buffer as ArrayBuffer)
}
