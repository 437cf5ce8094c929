/** A day that a notice names; `day` is `YYYY-MM-DD`. */
export interface NoticeDay {
  readonly day: string
  readonly works: boolean
}

/** A sentence of the notice whose days do not add up to the number that it states (共9天). */
export interface NoticeDoubt {
  readonly sentence: string
  readonly stated: number
  readonly found: number
}

export interface ReadNotice {
  readonly days: readonly NoticeDay[]
  readonly doubts: readonly NoticeDoubt[]
}

const dayMs = 86_400_000
const aside = /[（(][^（()）]*[）)]/g
const oneDay = '(?:(\\d{4})年)?(?:(\\d{1,2})月)?(\\d{1,2})[日号]'
/** Longest holiday that a notice may name; anything longer is a slip of the pen. */
const longest = 40

/**
 * Reads the holidays of a year as the State Council's notice words them: 「春节：2月15日（周日）至23日放假调休，共9天。2月14日（周六）上班。」 A span
 * has both its ends; what stands in brackets is not read; a month or year that is left out is that of the day before. Days that the sentence
 * does not say to be free (放假) or worked (上班) are not read. `year` is that of days without one.
 */
export function readNotice(text: string, year: number): ReadNotice {
  const days = new Map<string, boolean>()
  const doubts: NoticeDoubt[] = []
  for (const sentence of sentencesOf(text)) {
    for (const part of sentence.matchAll(/[^，,；;]*?(放假|上班)/g)) {
      const found = daysIn(part[0], year)
      for (const day of found) days.set(day, part[1] === '上班')
      const rest = sentence.slice(part.index + part[0].length)
      const stated = /^[^放上]*?(?:共|放假)?\s*(\d{1,2})天/.exec(rest)
      if (part[1] === '放假' && stated !== null && Number(stated[1]) !== found.length)
        doubts.push({ sentence, stated: Number(stated[1]), found: found.length })
    }
  }
  return { days: [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([day, works]) => ({ day, works })), doubts }
}

function sentencesOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .replace(aside, '')
    .replace(/\s+/g, (space) => (space.includes('\n') ? '。' : ''))
    .split(/[。!！]/)
    .filter((sentence) => /放假|上班/.test(sentence))
}

/** The days of a piece of a sentence, spans with all their days. */
function daysIn(text: string, year: number): string[] {
  const found: string[] = []
  let at = { year, month: 0 }
  const pattern = new RegExp(`${oneDay}(?:\\s*[至到—–~-]+\\s*${oneDay})?`, 'g')
  for (const match of text.matchAll(pattern)) {
    const from = dayFrom(match.slice(1, 4), at)
    if (from === undefined) continue
    at = { year: Number(from.slice(0, 4)), month: Number(from.slice(5, 7)) }
    const to = match[6] === undefined ? from : dayFrom(match.slice(4, 7), at)
    if (to === undefined) continue
    at = { year: Number(to.slice(0, 4)), month: Number(to.slice(5, 7)) }
    const span = spanOf(from, to)
    if (span.length <= longest) found.push(...span)
  }
  return [...new Set(found)]
}

/** A day from its written parts; the year passes with a month that begins anew (12月30日至1月1日). */
function dayFrom(parts: readonly (string | undefined)[], before: { year: number; month: number }): string | undefined {
  const month = parts[1] === undefined ? before.month : Number(parts[1])
  const year = parts[0] === undefined ? before.year + (before.month === 12 && month === 1 ? 1 : 0) : Number(parts[0])
  const date = new Date(Date.UTC(year, month - 1, Number(parts[2])))
  return month < 1 || date.getUTCMonth() !== month - 1 ? undefined : date.toISOString().slice(0, 10)
}

function spanOf(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1
  return Array.from({ length: Math.max(0, Math.min(count, longest + 1)) }, (_, at) =>
    new Date(Date.parse(from) + at * dayMs).toISOString().slice(0, 10),
  )
}
