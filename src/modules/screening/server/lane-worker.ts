// The program of the second reader: takes stretches of text lists and gives back what they left. See second-lane.ts.
import { parentPort } from 'node:worker_threads'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { layIndex, type RegisterIndex } from '../rules/register-layout.ts'
import { makeSoundOf } from '../rules/sounds.ts'
import { makeTally, openSource } from '../rules/tally.ts'
import { adoptMemory } from './kernel-memory.ts'
import { makeMatcher } from './make-matcher.ts'
import { layRows } from './row-room.ts'
import { scanStretch } from './scan-kernel.ts'
import { transferOf, type LaneAnswer, type LaneIndex, type LaneOrder } from './second-lane.ts'

let matcher: ReturnType<typeof makeMatcher> | undefined

function open({ memory, room, persons, households, units, places }: LaneIndex): RegisterIndex {
  return Object.assign(layIndex(room, adoptMemory(memory)), { persons, households, units, places })
}

parentPort?.on('message', (order: LaneOrder) => {
  const answer = work(order)
  parentPort?.postMessage(answer, answer.kind === 'tally' ? transferOf(answer.tally) : [])
})

function work(order: LaneOrder): LaneAnswer {
  try {
    if (order.kind === 'index') {
      matcher = makeMatcher(open(order.index), makeSoundOf(order.index.sounds))
      return { kind: 'ready' }
    }
    if (matcher === undefined) throw new Error('a stretch came before the index')
    const tally = makeTally()
    const { input, window, agreement, stretch } = order
    adoptMemory(window.memory)
    layRows(tally, window, window.from)
    const source = openSource(tally, { file: 0, sheet: '' })
    const end = scanStretch({ ...input, matcher, tally, source, lane: 1, isShared: true, agreement }, stretch, () => undefined)
    return { kind: 'tally', tally, end }
  } catch (fault) {
    const named = isNamedError(fault) ? fault : undefined
    return {
      kind: 'error',
      code: named?.code ?? 'screening.probe-failed',
      status: named?.status ?? 500,
      details: named?.details ?? { reason: 'lane' },
    }
  }
}
