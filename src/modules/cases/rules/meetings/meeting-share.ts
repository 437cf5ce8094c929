/** A share of people, exact: `over` means that more than it is needed (过半数), else the share itself is enough (以上). */
export interface Share {
  readonly num: number
  readonly den: number
  readonly over: boolean
}

const digits: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 }

/**
 * Reads a share as a policy writes it: `2/3以上`, `三分之二以上`, `过半数`, `过1/2`, `60%`. `以上` includes the share itself (GB and the
 * Civil Code, art. 1259), `过` does not. Undefined for what is none, or is nothing or more than the whole.
 */
export function readShare(written: string): Share | undefined {
  const text = written.normalize('NFKC').replace(/\s/g, '')
  if (/^(超?过)?全(体|部)(以上)?$/.test(text)) return { num: 1, den: 1, over: false }
  const over = /^(超过|过)/.test(text)
  const body = text.replace(/^(超过|过)/, '').replace(/以上$/, '')
  const halves = body === '半数' || body === '半' ? [1, 2] : undefined
  const [num, den] = halves ?? readParts(body) ?? [0, 0]
  return num > 0 && num <= den && den <= 10_000 && !(over && num === den) ? { num, den, over } : undefined
}

function readParts(body: string): readonly [number, number] | undefined {
  const fraction = /^(\d{1,4})\/(\d{1,4})$/.exec(body)
  if (fraction !== null) return [Number(fraction[1]), Number(fraction[2])]
  const percent = /^(\d{1,3})%$/.exec(body)
  if (percent !== null) return [Number(percent[1]), 100]
  const written = /^([一二两三四五六七八九十])分之([一二两三四五六七八九十])$/.exec(body)
  const [den, num] = [digits[written?.[1] ?? ''], digits[written?.[2] ?? '']]
  return den === undefined || num === undefined ? undefined : [num, den]
}

/** Whether `count` of `all` reaches the share; whole numbers only, nothing is divided. */
export function reaches(count: number, all: number, { num, den, over }: Share): boolean {
  const [held, asked] = [count * den, all * num]
  return over ? held > asked : held >= asked
}

/** The least number of `all` that reaches the share. */
export function leastOf(all: number, share: Share): number {
  const floor = Math.floor((all * share.num) / share.den)
  for (let count = Math.max(0, floor - 1); count <= all; count += 1) if (reaches(count, all, share)) return count
  return all + 1
}
