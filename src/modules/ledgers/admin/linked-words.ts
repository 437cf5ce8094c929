import { defineWords } from '#kernel/pure/words/index.ts'

/** What the ledgers say on the pages of households, persons, organisations and villages. */
export const linkedWords = defineWords({
  title: { zh: '台账记录', en: 'In ledgers' },
  packOf: { zh: '{name}：{n} 本', en: '{name}: {n} ledgers' },
  dueOn: { zh: '{day} 到期', en: 'due {day}' },
  places: { zh: '{n} 本', en: '{n} ledgers' },
  inPlace: { zh: '村里各本台账', en: 'Ledgers with records here' },
  inPlaceNote: { zh: '登记地在这里的全部记录，点台账名看名单', en: 'All records that lie here; a ledger leads to its list' },
  aboutTitle: { zh: '台账里的记录', en: 'In the ledgers' },
  'about.person': { zh: '这个人在各本台账里的记录', en: 'What the ledgers say about this person' },
  'about.organisation': { zh: '这个单位在各本台账里的记录', en: 'What the ledgers say about this organisation' },
  'about.area': { zh: '这个地方（含下级）在各本台账里的记录', en: 'What the ledgers say about this place and those below it' },
  empty: { zh: '各本台账里都还没有记录。', en: 'No ledger holds a record yet.' },
  seeAll: { zh: '全部 {n} 条', en: 'All {n}' },
  seeAllOf: { zh: '{name}：全部 {n} 条', en: '{name}: all {n}' },
  closed: { zh: '不公开', en: 'Closed' },
  closedCount: { zh: '{n} 条，内容只给经办科室看', en: '{n}, shown to its office only' },
  records: { zh: '{n} 条', en: '{n} records' },
  overdue: { zh: '逾期 {n}', en: '{n} overdue' },
  open: { zh: '未办结 {n}', en: '{n} open' },
  sum: { zh: '{name}共 {text} 元', en: '{name} {text} yuan in all' },
  money: { zh: '{name} {text} 元', en: '{name} {text} yuan' },
  ledger: { zh: '台账', en: 'Ledger' },
  count: { zh: '记录', en: 'Records' },
  openCount: { zh: '未办结', en: 'Open' },
  overdueCount: { zh: '逾期', en: 'Overdue' },
})
