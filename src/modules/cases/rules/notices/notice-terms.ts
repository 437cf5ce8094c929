import { noticeColumns, type NameStyle, type NoticeColumn } from './notice-fields.ts'

/** What policy says of notices and of objections to them (parameters `cases.notice`). */
export interface NoticeTerms {
  readonly days: number
  readonly calendar: 'working' | 'calendar'
  readonly columns: readonly NoticeColumn[]
  readonly nameStyle: NameStyle
  /** Risk → the general words for it. */
  readonly riskWords: ReadonlyMap<string, string>
  readonly phones: readonly string[]
  readonly healthWords: readonly string[]
  readonly harmless: readonly string[]
  readonly otherWords: readonly string[]
  readonly objectionDays: number
  readonly objectionCalendar: 'working' | 'calendar'
}

type Value = string | number | readonly string[] | null
/** No authority may shorten a notice below this (latitude: raise; the database holds it too). */
const leastDays = 5

/** Reads the terms. Throws for a parameter that is missing or cannot be; its name is the message. A column that is not on the allow-list refuses. */
export function readNoticeTerms(valueOf: (name: string) => Value | undefined): NoticeTerms {
  const number = (name: string, least: number) => {
    const value = Number(valueOf(name) ?? Number.NaN)
    if (!Number.isInteger(value) || value < least || value > 60) throw new Error(name)
    return value
  }
  const list = (name: string): readonly string[] => {
    const value = valueOf(name)
    if (typeof value !== 'object' || value === null) throw new Error(name)
    return value
  }
  const calendar = (name: string) => (valueOf(name) === '工作日' ? 'working' : 'calendar')
  const phones = list('公示监督电话')
  if (phones.length === 0 || phones.length > 5) throw new Error('公示监督电话')
  return {
    days: number('公示最短天数', leastDays),
    calendar: calendar('公示日历'),
    columns: readColumns(list('公示栏目')),
    nameStyle: readStyle(valueOf('公示姓名写法')),
    riskWords: new Map(list('公示风险说法').map((line) => readPair(line))),
    phones,
    healthWords: list('公示健康用语'),
    harmless: list('公示健康用语例外'),
    otherWords: list('公示其他禁用语'),
    objectionDays: number('异议核查天数', 1),
    objectionCalendar: calendar('异议核查日历'),
  }
}

function readColumns(names: readonly string[]): NoticeColumn[] {
  const known = names.flatMap((name) => noticeColumns.filter((column) => column === name))
  if (known.length !== names.length || known.length === 0 || new Set(known).size !== known.length) throw new Error('公示栏目')
  return known
}

function readStyle(written: Value | undefined): NameStyle {
  if (written === '隐去一字') return 'masked'
  if (written === '全名') return 'full'
  throw new Error('公示姓名写法')
}

function readPair(line: string): [string, string] {
  const at = line.indexOf('=')
  if (at < 1 || at === line.length - 1) throw new Error('公示风险说法')
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()]
}
