/** What a household is classified as, by the words that people choose by. */
export const classNames = {
  layer: { zh: '层次', en: 'Layer' },
  labourClass: { zh: '劳动分类', en: 'Labour class' },
  kind: { zh: '监测对象类别', en: 'Kind of monitored object' },
  card: { zh: '卡', en: 'Card' },
  alert: { zh: '措施落实', en: 'Measures' },
} as const
export type ClassName = keyof typeof classNames
