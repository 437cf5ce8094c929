import { townshipOf, villageOf } from './bench/compare-data.ts'

/** Ways in which a cell of a list is written, one of them drawn for each row. */
export const cellsOf = {
  id: [
    (id: string) => id,
    (id: string) => id,
    (id: string) => `'${id}`,
    (id: string) => id.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    (id: string) => ` ${id.slice(0, 6)} ${id.slice(6, 14)}-${id.slice(14)}`,
    (id: string) => `　${id}`,
    (id: string) => `${id.slice(0, 4)}'${id.slice(4)}`,
    (id: string) => `${id.slice(0, 7)}:${id.slice(8)}`,
    (id: string) => id.toLowerCase(),
    (id: string) => id.slice(0, 9) + String((Number(id[9]) + 3) % 10) + id.slice(10),
    (id: string) => `${id.slice(0, 15)}000`,
    () => '',
    () => '990371195001010013',
    () => '099039119500101001',
    () => '999999195001011234',
    () => '990391202302301234',
  ],
  name: [(name: string) => name, (name: string) => name, (name: string) => `${name.slice(0, 1)} ${name.slice(1)}`, () => '', () => '王·某'],
  money: [
    '0',
    '12.5',
    '1234.50',
    '7.05',
    '1234567.89',
    '12345678.90',
    '.50',
    '1a34.50',
    '12/4.50',
    '12:4.5x',
    '1.2.50',
    '99999999.99',
    '123456789012.34',
    '1,234.50',
    '2万元',
    '',
    '-3.00',
    '1.234',
    '约20',
    ' 7 ',
  ],
  day: ['2026-01-05', '2026/1/5', '20260131', '2026.01.28', '46027', '', '不详', '2026-13-01'],
  word: ['失业', '返乡未就业', '已再就业', ' 失业 ', '', '失　业', '其他情况说明'.repeat(12)],
  plate: ['A12345', 'A12345D', '禾A12345', 'a-9', '', ' B77 ', 'C'.repeat(45)],
} as const

/** Headings of lists about persons. */
export const heads = {
  jobs: ['序号', '姓名', '公民身份号码', '失业日期', '当前状态', '拖欠工资（元）'],
  cars: ['序号', '机动车所有人', '身份证明号码', '初次登记日期', '车辆类型', '购置价（元）', '号牌号码'],
} as const

/** Columns that a list may lack. */
export const optional = { serial: true, township: true, group: true, address: true, phone: true, note: true }
/** The headings of a list with all that may name a person. */
export const doubtfulHeads = {
  serial: '序号',
  name: '姓名',
  id: '身份证号',
  township: '乡镇',
  village: '村',
  group: '组',
  address: '家庭住址',
  phone: '联系电话',
  note: '就诊医院',
  paid: '本年累计个人自付',
  day: '统计截止日期',
} as const

const another = (digit: string | undefined, by: number): string => String((Number(digit) + by) % 10)
/** One place of a number changed. */
const slip = (at: number, by: number) => (id: string) => id.slice(0, at) + another(id[at], by) + id.slice(at + 1)
/** Two neighbours exchanged. */
const exchange = (at: number) => (id: string) => id.slice(0, at) + (id[at + 1] ?? '') + (id[at] ?? '') + id.slice(at + 2)

/** How a row writes where its person lives, and somebody else. */
const placesWritten: readonly ((own: number, other: number) => [string, string])[] = [
  (own: number) => [townshipOf(own), villageOf(own)],
  (own: number) => [townshipOf(own), villageOf(own)],
  (own: number) => [townshipOf(own), villageOf(own)],
  (_own: number, other: number) => [townshipOf(other), villageOf(other)],
  (own: number) => ['', villageOf(own)],
  (own: number) => [townshipOf(own), `${villageOf(own)}委会`],
  (own: number) => [townshipOf(own), ` ${villageOf(own)}`],
  (own: number) => [townshipOf(own), ''],
  (own: number) => ['', `${townshipOf(own)}${villageOf(own)}3组`],
  () => ['他乡', '不知村'],
  () => ['', ''],
  () => ['', '　'],
  () => ['', '村'],
]

/** Numbers, names and places of rows of which it is not plain whom they mean. */
export const doubtful = {
  id: [
    (id: string) => id,
    ...[2, 5, 8, 9, 10, 12, 14, 16].flatMap((at) => [slip(at, 1), slip(at, 4)]),
    ...[6, 7, 8, 9, 13, 15, 16].map(exchange),
    (id: string) => `${id.slice(0, 17)}${id.endsWith('5') ? '6' : '5'}`,
    (id: string) => `${id.slice(0, 15)}000`,
    (id: string) => `'${id.slice(0, 15)}000`,
    (id: string) => slip(3, 2)(slip(11, 3)(id)),
    () => '',
    () => '',
    () => '9.90391E+17',
    () => '无',
    () => '-',
    () => '="12"',
    () => 'ID',
    () => '99039119500101',
    () => '990391195099990123',
  ],
  name: [
    (own: string) => own,
    (own: string) => own,
    (_own: string, other: string) => other,
    (own: string) => own.slice(0, 2),
    (own: string) => own.slice(0, 1) + (own[2] ?? '') + (own[1] ?? ''),
    (own: string) => `${own.slice(0, 2)}明`,
    (own: string) => own.replace('王', '汪').replace('张', '章').replace('军', '君').replace('英', '银'),
    (own: string) => `${own.slice(0, 1)} ${own.slice(1)}`,
    (own: string) => own.slice(0, 1),
    () => '欧阳菊花',
    () => '单于静',
    () => '合计',
    () => '姓名',
    () => '栏次',
    () => 'Wang',
    () => '',
  ],
  place: placesWritten,
} as const
