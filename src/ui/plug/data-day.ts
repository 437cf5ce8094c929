import type { Right } from './plug.ts'
import { defineSlot } from './slots.ts'

/** Says up to which day a module's data reach, for 数据截至 in the header; the latest of all answers is shown. */
export interface DataDay {
  readonly key: string
  readonly needs?: Right
  /** A day `YYYY-MM-DD`; `undefined` while there are no data. */
  readonly load: () => Promise<string | undefined>
}

export const dataDaySlot = defineSlot<DataDay>('data-day')
