const began = new WeakMap<object, number>()

/**
 * For `refetchInterval`: in how many milliseconds to look again at work of the server, so that short work seems done at once and long work is not
 * asked about all the time: 200 at first, after 2 seconds 500, after 6 seconds 1000. `false` when it rests. `query` stands for the work.
 */
export function lookAgain(query: object, isWorking: boolean): number | false {
  if (!isWorking) {
    began.delete(query)
    return false
  }
  const now = performance.now()
  const since = began.get(query) ?? now
  began.set(query, since)
  const worked = now - since
  return worked < 2_000 ? 200 : worked < 6_000 ? 500 : 1_000
}
