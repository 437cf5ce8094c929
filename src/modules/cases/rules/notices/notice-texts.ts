import type { NoticeKind } from './notice-fields.ts'

/** A notice is a Chinese paper for the village; its words are not translated. */
interface Texts {
  readonly title: (village: string) => string
  readonly body: string
}

const texts = {
  identification: {
    title: (village) => `${village}拟纳入防止返贫监测对象名单公示`,
    body: '经入户核实、信息比对和民主评议，拟将下列农户纳入防止返贫动态监测和帮扶范围，现予公示。',
  },
  elimination: {
    title: (village) => `${village}拟消除返贫致贫风险名单公示`,
    body: '经入户核实和民主评议，下列农户经过帮扶，返贫致贫风险已经消除，拟标注为风险消除，现予公示。消除后仍将跟踪走访。',
  },
} as const satisfies Record<NoticeKind, Texts>

/** The title that a new notice begins with. */
export function titleOf(kind: NoticeKind, village: string): string {
  return texts[kind].title(village)
}

/** The sentences above the list. */
export function bodyOf(kind: NoticeKind): string {
  return texts[kind].body
}

/** The sentences below the list: how long, and how to object. */
export function closingOf(given: { days: number; calendar: 'working' | 'calendar'; phones: readonly string[] }): string[] {
  const { days, calendar, phones } = given
  return [
    `公示时间：${days}${calendar === 'working' ? '个工作日' : '天'}，从张贴的第二天算起。`,
    `公示期间如有不同意见，可以向村民委员会、乡镇人民政府当面提出，拨打监督电话${phones.join('、')}，或者用手机扫描二维码提出。请说明具体情况；提出人的信息保密，查清后书面答复。`,
  ]
}
