import { availableParallelism } from 'node:os'
import { NamedError } from '#kernel/pure/errors/index.ts'
import { startWorker } from '#kernel/server/programs/index.ts'
import type { IndexPlace, IndexRoom, RegisterIndex } from '../rules/register-layout.ts'
import type { SoundTables } from '../rules/sounds.ts'
import type { Tally } from '../rules/tally.ts'
import { memoryOf, type EngineMemory } from './kernel-memory.ts'
import type { RowWindow } from './row-room.ts'
import type { Agreement, Stretch, StretchEnd } from './scan-kernel.ts'
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

export interface LaneWork {
  input: LaneInput
  stretch: Stretch
  /** Where its rows go. */
  window: RowWindow
  agreement: Agreement
}

export type LaneOrder = { kind: 'index'; index: LaneIndex } | ({ kind: 'stretch' } & LaneWork)
export type LaneAnswer =
  | { kind: 'ready' }
  | { kind: 'tally'; tally: Tally; end: StretchEnd }
  | { kind: 'error'; code: string; status: number; details: Readonly<Record<string, unknown>> }

/** A second reader on another core. */
export interface SecondLane {
  scan(work: LaneWork): Promise<{ tally: Tally; end: StretchEnd }>
  close(): Promise<void>
}

/** The program of the second reader. */
export const laneProgram = new URL('./lane-worker.ts', import.meta.url)

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

/** Ends the second reader of an index, if there is one: its memory is wanted for what follows the reading. */
export async function closeSecondLane(index: RegisterIndex): Promise<void> {
  const lane = lanes.get(index)
  lanes.delete(index)
  await (await lane)?.close()
}

/** The second reader, when it was started for this index. */
export function findSecondLane(index: RegisterIndex): Promise<SecondLane> | undefined {
  return lanes.get(index)
}

async function startLane(index: RegisterIndex, sounds: SoundTables): Promise<SecondLane> {
  const { memory, index: moved } = memoryOf(index)
  const worker = startWorker(laneProgram, {
    execArgv: ['--no-warnings'],
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
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
    async scan(work) {
      worker.ref()
      const answer = await ask({ kind: 'stretch', ...work }).finally(() => worker.unref())
      if (answer.kind !== 'tally') throw new Error('a stretch is answered with its tally')
      return { tally: answer.tally, end: answer.end }
    },
    async close() {
      await worker.terminate()
    },
  }
}

/** The buffers of a tally that change hands instead of being copied; those of its rows are shared anyway. */
export function transferOf(tally: Tally): ArrayBuffer[] {
  const columns = [tally.matchedRow, tally.matchedPerson, tally.matchedHow, tally.matchedRest, ...tally.facts.values()]
  return columns.flatMap(({ cells }) => (cells.buffer instanceof ArrayBuffer ? [cells.buffer] : []))
}
