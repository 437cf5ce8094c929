import { createHmac, timingSafeEqual } from 'node:crypto'
import { makeSecret } from '#kernel/pure/ids/index.ts'

/** How long a page may stand open before it is shown anew (filled) instead of taken. */
const holdsMs = 24 * 3_600_000

/** Makes and reads the numbers of forms: 128 random bits, the minute, and a mark of ours, so that nothing that we did not hand out is looked up. */
export function makeFormNumbers(key: Buffer) {
  const markOf = (code: string, body: string) => createHmac('sha256', key).update(`${code} ${body}`).digest('hex').slice(0, 20)
  return {
    make: (code: string, nowMs: number): string => {
      const body = `${makeSecret()}.${Math.floor(nowMs / 60_000).toString(36)}`
      return `${body}.${markOf(code, body)}`
    },
    /** `old`: ours, but handed out long ago; `foreign`: not ours, or of another village. */
    read: (code: string, written: string, nowMs: number): 'fresh' | 'old' | 'foreign' => {
      const match = /^([0-9a-f]{32}\.([0-9a-z]{1,8}))\.([0-9a-f]{20})$/.exec(written)
      if (match === null) return 'foreign'
      const [, body = '', minute = '', mark = ''] = match
      if (!timingSafeEqual(Buffer.from(mark), Buffer.from(markOf(code, body)))) return 'foreign'
      return nowMs - Number.parseInt(minute, 36) * 60_000 > holdsMs ? 'old' : 'fresh'
    },
  }
}
export type FormNumbers = ReturnType<typeof makeFormNumbers>
