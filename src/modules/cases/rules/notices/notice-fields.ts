import { isMinor } from './notice-lint-people.ts'

/** The only columns that a notice may have (policy.md §2.6; trust.md §5.5). The database holds the same list. */
export const noticeColumns = ['组', '户主姓名', '人数', '监测对象类别', '主要风险'] as const
export type NoticeColumn = (typeof noticeColumns)[number]

export const nameStyles = ['masked', 'full'] as const
export type NameStyle = (typeof nameStyles)[number]

export const noticeKinds = ['identification', 'elimination'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** What is known of a household that a notice is about; nothing else reaches the paper. */
export interface NoticeSubject {
  readonly group: string | undefined
  readonly headName: string | undefined
  readonly headBornOn: string | undefined
  readonly members: number
  readonly kind: string | undefined
  readonly risk: string | undefined
}

export type ShownLine = Readonly<Partial<Record<NoticeColumn, string>>>

const otherRisk = '其他困难'

/** The cells of a household's line. A head who is a child has no name there, nor has one whose age nobody knows and who is no grown person by name. */
export function showLine(
  subject: NoticeSubject,
  given: { columns: readonly NoticeColumn[]; nameStyle: NameStyle; riskWords: ReadonlyMap<string, string>; today: string },
): ShownLine {
  const { columns, nameStyle, riskWords, today } = given
  const cells = {
    组: subject.group ?? '—',
    户主姓名: isMinor(subject.headBornOn, today) ? '不公示' : showName(subject.headName ?? '', nameStyle),
    人数: String(subject.members),
    监测对象类别: subject.kind ?? '—',
    主要风险: subject.risk === undefined ? '—' : (riskWords.get(subject.risk) ?? otherRisk),
  } as const satisfies Record<NoticeColumn, string>
  return Object.fromEntries(columns.map((column) => [column, cells[column]]))
}

/** A name as the paper shows it: 李*, 张*国, 阿*提; whole where the authority wants it so. */
export function showName(name: string, style: NameStyle): string {
  const signs = Array.from(name.trim())
  if (signs.length === 0) return '—'
  if (style === 'full') return signs.join('')
  return signs.length <= 2 ? `${signs[0] ?? ''}*` : `${signs[0] ?? ''}*${signs.at(-1) ?? ''}`
}
