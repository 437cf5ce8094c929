import { listForms, listNames, type ListName } from '../../src/modules/demo/policy/lists.ts'
import type { Entry } from '../../src/modules/demo/rules/entry.ts'
import { randomFrom, type Random } from '../../src/modules/demo/rules/random.ts'
import type { FileFormat } from './book.ts'
import type { Fact, Facts } from './facts.ts'
import type { Shape } from './shape.ts'
import { dayStyles, moneyStyles, type DayStyle, type MoneyStyle } from './styles.ts'

const moneyKeys = [
  'total',
  'pooled',
  'serious',
  'aid',
  'own',
  'base',
  'extra',
  'sum',
  'owed',
  'amount',
  'balance',
  'overdue',
  'price',
  'capital',
]
const dayKeys = ['asOf', 'issuedOn', 'lostOn', 'judgedOn', 'changedOn', 'dueOn', 'calledAt', 'registeredOn', 'foundedOn']
const countKeys = ['people', 'months', 'households', 'days']
/** Keys of the invented county whose field has another name here. */
const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  disability: { id: 'certificate' },
  education: { guardian: 'otherName', phone: 'otherPhone' },
}

/** A row of a list of the invented county, as facts. */
export function factsOf(entry: Entry, month: string): Facts {
  const { subject, values, list } = entry
  const person: Facts = {
    name: { is: 'name', text: subject.name },
    id: { is: 'id', id: subject.idNumber },
    certificate: { is: 'id', id: `${subject.idNumber}43` },
    phone: { is: 'text', text: subject.phone },
    otherPhone: { is: 'text', text: subject.phone },
    otherName: { is: 'name', text: subject.person?.household.members[0]?.name ?? '示例' },
    township: { is: 'text', text: subject.township },
    village: { is: 'text', text: subject.village },
    group: { is: 'text', text: subject.group },
    address: { is: 'text', text: `青禾县${subject.township}${subject.village}${subject.group}` },
    asOf: { is: 'day', day: `${month.slice(0, 4)}-${month.slice(4)}-28` },
    months: { is: 'count', count: 3 },
  }
  const others = Object.entries(values).flatMap(([key, value]): [string, Fact][] =>
    key === 'address' || key === 'guardian' ? [] : [[key, factOf(list, key, value)]],
  )
  return { ...person, ...Object.fromEntries(others) }
}

function factOf(list: ListName, key: string, value: string | number): Fact {
  if (key === 'capital') return value === '' ? { is: 'text', text: '' } : { is: 'money', yuan: Number(value) * 10_000 }
  if (moneyKeys.includes(key)) return { is: 'money', yuan: Number(value) }
  if (dayKeys.includes(key)) return { is: 'day', day: String(value).slice(0, 10) }
  if (countKeys.includes(key) && list !== 'petition') return { is: 'count', count: Number(value) }
  return { is: 'text', text: String(value) }
}

const bookFormats: readonly FileFormat[] = ['xlsx', 'xlsx', 'xlsx-inline', 'xls', 'spreadsheetml', 'html-utf8', 'html-gbk']
const textFormats: readonly FileFormat[] = ['csv-gbk', 'csv-utf8', 'csv-bom', 'csv-utf16', 'tsv-gbk', 'tsv-utf16', 'semicolon']
const severalSheets: readonly FileFormat[] = ['xlsx', 'xlsx-inline', 'xls', 'spreadsheetml']
// Months only are for people; a clearly unsure day is for the written half.
const sureDays = (Object.keys(dayStyles) as DayStyle[]).filter(
  (style) => !/^(2026年3月|2026\.3|2026-03|202603|unsure|20260305 number)$/.test(style),
)
const sureMoney = (Object.keys(moneyStyles) as MoneyStyle[]).filter((style) => style !== 'formula')

type Change = (random: Random, shape: Shape, list: ListName) => Partial<Shape>
const word = (texts: readonly string[], random: Random): string => random.pick(texts)

/** What can be done to any list. Several are put together for each shape of the mixed half. */
const changes: Readonly<Record<string, { books: boolean; change: Change }>> = {
  titles: {
    books: false,
    change: (random, _, list) => ({
      above: [
        word(listForms[list].titles, random).replace('{county}', '{县}'),
        ['填报单位：示例单位', '{年}年{月}'],
        ...Array.from({ length: random.below(4) }, () => ''),
      ],
    }),
  },
  farDown: {
    books: true,
    change: (random) => ({
      above: ['情况说明', ...Array.from({ length: random.between(8, 25) }, (_, at) => (at % 3 === 0 ? '' : `（${at}）请认真核对。`))],
    }),
  },
  notes: { books: false, change: () => ({ below: ['注：数据截至当月末。', ['填表人：示例', '审核人：示例']] }) },
  total: {
    books: false,
    change: (random) => ({ total: random.pick(['end', 'begin'] as const), totalWord: random.pick(['合计', '总计', '合 计', '小计']) }),
  },
  pages: { books: true, change: (random) => ({ repeatEvery: random.between(4, 7), pageTitles: random.chance(0.4) }) },
  gaps: { books: false, change: (random) => ({ gapEvery: random.between(3, 6) }) },
  indent: { books: false, change: (random) => ({ indent: random.between(1, 3) }) },
  numbersUnder: { books: true, change: (_, shape) => ({ underHeader: shape.columns.map((__, at) => `（${at + 1}）`) }) },
  days: { books: false, change: (random) => ({ days: Array.from({ length: random.between(1, 4) }, () => random.pick(sureDays)) }) },
  money: { books: false, change: (random) => ({ money: Array.from({ length: random.between(1, 3) }, () => random.pick(sureMoney)) }) },
  ids: {
    books: false,
    change: (random) => ({
      ids: Array.from({ length: 4 }, () =>
        random.pick([
          'text',
          'text',
          'apostrophe',
          'lower x',
          'wide',
          'groups',
          'no-break space',
          'tab behind',
          'zero-width space',
          'number',
          'scientific text',
          '15 digits',
        ] as const),
      ),
    }),
  },
  joint: { books: true, change: (random, shape, list) => ({ columns: joinColumns(random, shape.columns, list) }) },
  emptyColumns: {
    books: false,
    change: (random, shape) => ({
      columns: shape.columns.flatMap((column, at) => (at > 0 && random.chance(0.25) ? ['', column] : [column])),
    }),
  },
  lures: {
    books: false,
    change: (random, shape) => ({
      columns: insert(random, shape.columns, ['经办人~示例', '经办人电话~15400000000', '是否公示~是', '备注']),
    }),
  },
  spacedLabels: { books: false, change: (_, shape) => ({ columns: shape.columns.map(spaceLabel) }) },
  bracketed: {
    books: false,
    change: (random, shape) => ({
      columns: shape.columns.map((column) =>
        random.chance(0.4) ? column.replace('=', random.pick(['（必填）=', '*=', '：=', '(请核对)='])) : column,
      ),
    }),
  },
  spacedNames: { books: false, change: () => ({ spacedNames: true }) },
  sheets: { books: true, change: () => ({ parts: 'sheets' }) },
  stacked: { books: true, change: (random) => ({ parts: 'stacked', partTitle: '{乡}', shuffledParts: random.chance(0.5) }) },
  cover: { books: true, change: (random) => ({ cover: true, ...(random.chance(0.5) ? { guide: 'behind' as const } : {}) }) },
  hidden: { books: true, change: (random) => ({ hiddenSheet: true, hiddenEvery: random.between(3, 6) }) },
  drifted: {
    books: true,
    change: (random, shape) => ({
      columns: shape.columns.map((column) =>
        column.includes('=') && random.chance(0.2) ? `${column}${random.pick(['>>', '<<'])}` : column,
      ),
    }),
  },
  newColumn: {
    books: false,
    change: (random, shape) => ({
      newColumn: { at: random.between(1, shape.columns.length), column: random.pick(['审核状态~已审', '批次~一', '数据来源~系统']) },
    }),
  },
  date1904: { books: true, change: () => ({ date1904: true, days: ['serial'] }) },
}
const needsSheets = ['sheets', 'cover', 'hidden']
const needsXlsx = ['date1904']

function insert(random: Random, columns: readonly string[], more: readonly string[]): string[] {
  const all = [...columns]
  for (const column of more) all.splice(random.between(1, all.length), 0, column)
  return all
}

function joinColumns(random: Random, columns: readonly string[], list: ListName): string[] {
  const label = listForms[list].over?.label ?? random.pick(['基本情况', '情况', '相关信息'])
  const keys = listForms[list].over?.keys
  const from = random.between(1, Math.max(1, columns.length - 3))
  return columns.map((column, at) => {
    const field = /=(\w+)/.exec(column)?.[1] ?? ''
    return (keys === undefined ? at >= from && at < from + 3 : keys.includes(field)) ? `${label}>${column}` : column
  })
}

function spaceLabel(column: string): string {
  const [, label = '', rest = ''] = /^([^=~]*)(.*)$/s.exec(column) ?? []
  if (label.length === 2) return `${label.charAt(0)}　${label.charAt(1)}${rest}`
  return label.length > 4 && !label.includes('>') ? `${label.slice(0, 3)}\n${label.slice(3)}${rest}` : column
}

/** One shape of the mixed half: a list of the invented county with several changes on top of each other. */
export function mixShape(list: ListName, number: number): Shape {
  const random = randomFrom(`corpus/mixed/${list}/${number}`)
  const isText = number % 4 === 3
  const format = isText ? random.pick(textFormats) : random.pick(bookFormats)
  const columns = Object.entries(listForms[list].columns).flatMap(([key, labels]) => {
    if (key.endsWith('?') && random.chance(0.35)) return []
    const bare = key.replace('?', '')
    return [`${random.pick(labels.split('|'))}=${renamed[list]?.[bare] ?? bare}${bare === 'capital' ? '*万' : ''}`]
  })
  let shape: Shape = {
    name: '',
    list,
    file: random.pick(listForms[list].files),
    format,
    columns,
    rows: 14,
    sheet: random.pick(listForms[list].sheets),
    ...(isText ? { unmerged: true } : {}),
  }
  const chosen: string[] = []
  for (const name of random.shuffled(Object.keys(changes))) {
    const { books = false, change } = changes[name] ?? {}
    const clash =
      (name === 'stacked' && chosen.includes('sheets')) ||
      (name === 'sheets' && chosen.includes('stacked')) ||
      (name === 'farDown' && chosen.includes('titles')) ||
      (name === 'titles' && chosen.includes('farDown'))
    const misfit =
      (books && isText) ||
      (needsSheets.includes(name) && !severalSheets.includes(format)) ||
      (needsXlsx.includes(name) && !format.startsWith('xlsx'))
    // A label of a column may be joined and drifted in one order only.
    if (
      change === undefined ||
      clash ||
      misfit ||
      (name === 'joint' && chosen.includes('drifted')) ||
      (name === 'date1904' && chosen.includes('days')) ||
      (name === 'days' && chosen.includes('date1904'))
    )
      continue
    shape = { ...shape, ...change(random, shape, list) }
    chosen.push(name)
    if (chosen.length === 3 + (number % 3)) break
  }
  return { ...shape, name: `${list} ${number}: ${chosen.join(' + ')}` }
}

/** Nine shapes for each of the twelve lists. */
export function mixedShapes(): Shape[] {
  return listNames.flatMap((list) => Array.from({ length: 9 }, (_, number) => mixShape(list, number)))
}
