import { letterNumber } from './letter-records.ts'

/** What a reminder is about. */
export interface ReminderOf {
  readonly unitName: string
  readonly headName: string
  readonly campaignName: string
  readonly letterWord: string
  readonly letterNo: string | null
  readonly problems: readonly {
    readonly problemNo: string
    readonly class: string
    readonly dueOn: string | null
    readonly overdueSeconds: number
  }[]
}

/** The words of a reminder (催办), to be copied into a message: numbers and classes only, no names of households. */
export function reminderText(of: ReminderOf): string {
  const { problems } = of
  const late = problems.filter(({ overdueSeconds }) => overdueSeconds > 0)
  const next = problems.flatMap(({ dueOn, overdueSeconds }) => (dueOn === null || overdueSeconds > 0 ? [] : [dueOn])).sort()[0]
  const letter = of.letterNo === null ? '' : `（${letterNumber(of.letterWord, of.letterNo)}）`
  const lines = problems.slice(0, 20).map(({ problemNo, class: kind, dueOn, overdueSeconds }) => {
    const due =
      dueOn === null ? '未定时限' : overdueSeconds > 0 ? `时限${sayDay(dueOn)}，已超期${sayLength(overdueSeconds)}` : `时限${sayDay(dueOn)}`
    return `${problemNo} ${kind}，${due}`
  })
  return [
    `【催办】${of.unitName}${of.headName}：“${of.campaignName}”${letter}交办你单位的问题还有${String(problems.length)}个没有整改到位${late.length > 0 ? `，其中${String(late.length)}个已超期` : ''}。`,
    ...lines,
    ...(problems.length > lines.length ? [`……另有${String(problems.length - lines.length)}个，见系统。`] : []),
    `请抓紧整改并在系统里逐条回复${next === undefined ? '' : `，最近的时限是${sayDay(next)}`}。确需延期的，请说明理由申请。`,
  ].join('\n')
}

function sayDay(day: string): string {
  const [, month = '', date = ''] = day.split('-')
  return `${String(Number(month))}月${String(Number(date))}日`
}

/** A time past a last day: days and hours, or what is less. */
export function sayLength(seconds: number): string {
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600), Math.floor((seconds % 3600) / 60)]
  if (days > 0) return hours > 0 ? `${String(days)}天${String(hours)}小时` : `${String(days)}天`
  if (hours > 0) return `${String(hours)}小时${String(minutes)}分`
  return minutes > 0 ? `${String(minutes)}分` : `${String(seconds)}秒`
}
