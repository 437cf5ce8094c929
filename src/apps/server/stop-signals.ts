/** What a signal means: the first stops in order, a second is told that this is under way, the third ends at once. */
export type StopStep = 'stop' | 'patience' | 'abort'

/** Signals this close together are one wish: Ctrl-C reaches npm and its children at once, and npm passes it on besides. */
const oneWishMs = 400

/** Counts the wishes to stop. Give it the moment of each signal; `undefined` for an echo of the one before. */
export function countStops(): (nowMs: number) => StopStep | undefined {
  let wishes = 0
  let lastMs = Number.NEGATIVE_INFINITY
  return (nowMs) => {
    const isEcho = nowMs - lastMs < oneWishMs
    lastMs = nowMs
    if (isEcho) return undefined
    wishes += 1
    return wishes === 1 ? 'stop' : wishes === 2 ? 'patience' : 'abort'
  }
}

/** A wish to stop, as the program that serves sees it. */
export interface StopWish {
  /** Comes true with the first signal, also one that came before anybody waited. */
  readonly asked: Promise<void>
  readonly isAsked: boolean
}

const said = {
  stop: ['正在停止…', 'Stopping …'],
  patience: ['仍在停止，请稍候；再按一次则立即结束。', 'Still stopping; once more ends at once.'],
  abort: [
    '立即结束：数据库可能仍在运行，下次启动会接着使用它，并在停止时一并关闭。',
    'Ended at once: the database may still run. The next start uses it and stops it in its turn.',
  ],
} as const

/** From now on Ctrl-C, SIGTERM and SIGHUP are wishes to stop; without this the first would end the program and leave the database running. */
export function heedStopSignals(): StopWish {
  const count = countStops()
  let wish = (): void => undefined
  const state = { isAsked: false, asked: new Promise<void>((resolve) => (wish = resolve)) }
  // A terminal that was closed takes no more words, and that must not end the stop.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const hear = () => {
    const step = count(performance.now())
    if (step === undefined) return
    process.stderr.write(`${said[step].join(' ')}\n`)
    if (step === 'abort') process.exit(130)
    state.isAsked = true
    wish()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, hear)
  return state
}
