import { addDays, type Day } from '#kernel/pure/time/index.ts'

/** Whose turn it is: meetings are held once a week, and in each village in turn (M-020; F-178, F-180). */
export interface QuizTurns {
  readonly villages: number
  /** Villages in which one was held since the turn began. */
  readonly held: number
  /** Those not yet, the longest without one first; who never had one before all. */
  readonly waiting: readonly { readonly path: string; readonly name: string; readonly lastOn: string | undefined }[]
  readonly isHeldThisWeek: boolean
}

/**
 * The turn of the villages: a turn is over when every village has had its meeting, and the next begins. A meeting of a township or the county is
 * a week's meeting and no village's.
 */
export function turnsOf(
  villages: readonly { readonly path: string; readonly name: string }[],
  meetings: readonly { readonly areaPath: string; readonly heldOn: string }[],
  today: Day,
): QuizTurns {
  const days = new Map<string, string[]>()
  for (const { path } of villages)
    days.set(
      path,
      meetings.filter((one) => one.areaPath === path && one.heldOn <= today).map((one) => one.heldOn),
    )
  const fewest = Math.min(...[...days.values()].map((list) => list.length))
  const waiting = villages
    .flatMap(({ path, name }) => {
      const held = days.get(path) ?? []
      return held.length > fewest ? [] : [{ path, name, lastOn: [...held].sort(byDay).slice(-1)[0] }]
    })
    .sort((one, other) => byDay(one.lastOn ?? '', other.lastOn ?? ''))
  const monday = mondayOf(today)
  return {
    villages: villages.length,
    held: villages.length - waiting.length,
    waiting,
    isHeldThisWeek: meetings.some(({ heldOn }) => heldOn >= monday && heldOn < addDays(monday, 7)),
  }
}

const byDay = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function mondayOf(day: Day): Day {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}
