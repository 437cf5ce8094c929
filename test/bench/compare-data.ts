import { createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { checkCharacterOf } from '../../src/kernel/pure/text/index.ts'
import { buildIndex } from '../../src/modules/screening/rules/build-index.ts'
import type { RegisterIndex } from '../../src/modules/screening/rules/register-layout.ts'
import { soundOf } from '../../src/modules/screening/server/sound-of.ts'

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const given =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉秀珍文志建国春梅红军林海峰雪飞鹏宇浩然子轩欣怡佳琪思雨梦婷晨曦俊豪天佑诗涵语嫣立新德福长生有才金凤银花翠莲月娥菊香'
/** Regions that were never assigned. */
const registered = '99039'
const strange = '99037'

/** Numbers 0 ≤ n < 2³², the same for the same seed. */
export function makeRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export interface BenchPerson {
  id: string
  name: string
  place: number
}

function makeNumber(prefix: string, at: number, random: (below: number) => number): string {
  const year = 1935 + random(85)
  const day = `${year}${String(1 + random(12)).padStart(2, '0')}${String(1 + random(28)).padStart(2, '0')}`
  const first = `${prefix}${at % 10}${day}${String(Math.floor(at / 10) % 1000).padStart(3, '0')}`
  return first + (checkCharacterOf(first) ?? '0')
}

function makeName(random: (below: number) => number): string {
  const pick = (from: string) => from[random(from.length)] ?? '一'
  return pick(surnames) + pick(given) + (random(10) < 8 ? pick(given) : '')
}

const villagesPerTownship = 15
export const townshipOf = (place: number): string => `第${Math.floor(place / villagesPerTownship) + 1}镇`
export const villageOf = (place: number): string => `荷坪${(place % villagesPerTownship) + 1}村`

/** A register of invented persons, and every hundredth of them for the list. */
export function makeRegister(persons: number): { index: RegisterIndex; sample: BenchPerson[] } {
  const random = makeRandom(1)
  const households = Math.ceil(persons / 3.6)
  const builder = buildIndex(soundOf, { persons, households: households + 2, units: persons * 4 + households * 18 })
  const sample: BenchPerson[] = []
  const used = new Set<string>()
  let household = -1
  let left = 0
  const every = Math.max(1, Math.floor(persons / 60_000))
  for (let at = 0; at < persons; at += 1) {
    if (left === 0) {
      household += 1
      left = Math.min(1 + random(6), persons - at)
    }
    const place = household % 350
    let id = makeNumber(registered, at, random)
    while (used.has(id)) id = makeNumber(registered, at + random(10_000), random)
    used.add(id)
    const name = makeName(random)
    const phone = String(15_400_000_000 + at)
    const number = String(household).padStart(12, '0')
    builder.add({
      personId: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      idNumber: id,
      name,
      phones: [phone],
      isHead: false,
      seqNo: 7 - left,
      monthlyIncome: random(3) === 0 ? 300_000 + random(400_000) : undefined,
      householdId: `00000000-0000-7000-9000-${number}`,
      householdNo: `9903${number}`,
      registered: household % 5 === 0,
      monitored: household % 60 === 0,
      place: {
        township: townshipOf(place),
        village: villageOf(place),
        group: `${1 + (household % 9)}组`,
        areaPath: `99.9903.990301.${place}.`,
      },
    })
    if (at % every === 0) sample.push({ id, name, place })
    left -= 1
  }
  return { index: builder.finish(), sample }
}

const dirts: ((id: string, random: (below: number) => number) => string)[] = [
  (id) => id.replace(/[\dX]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  (id) => `${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`,
  (id) => `'${id}`,
  (id) => `　${id}`,
  (id, random) => {
    const at = 6 + random(10)
    return id.slice(0, at) + String((Number(id[at]) + 1 + random(8)) % 10) + id.slice(at + 1)
  },
  (id) => id.slice(0, 14) + (id[15] ?? '') + (id[14] ?? '') + id.slice(16),
  (id) => `${id.slice(0, 15)}000`,
  () => '',
  () => '9.90391E+17',
]

/** Writes the list of a month: 5 % of its rows are of registered persons, 2 % are dirty. `month` 2 has 2 % of the rows changed. */
export async function writeList(
  path: string,
  input: { rows: number; sample: readonly BenchPerson[]; month: 1 | 2; encode: (text: string) => Uint8Array },
): Promise<void> {
  const random = makeRandom(2)
  const changes = makeRandom(3)
  const stream = createWriteStream(path)
  const matchedEvery = 20
  let text = '序号,姓名,身份证号,乡镇,村,就诊医院,本年累计总费用,统筹支付,大病支付,医疗救助,本年累计个人自付,统计截止日期\n'
  for (let row = 0; row < input.rows; row += 1) {
    const known = row % matchedEvery === 0 ? input.sample[(row / matchedEvery) % input.sample.length] : undefined
    const id = known?.id ?? makeNumber(strange, row, random)
    const name = known?.name ?? makeName(random)
    const place = known?.place ?? random(350)
    const dirty = row % 100 === 20 || row % 100 === 7 // one in a hundred of registered persons, one of strangers
    const written = dirty ? (dirts[random(dirts.length)] ?? ((one: string) => one))(id, random) : id
    const changed = input.month === 2 && changes(50) === 0
    const own = 100_00 + random(2_000_000) + (changed ? 12_345 : 0)
    const [pooled, serious, aid] = [random(3_000_000), random(400_000), random(100_000)]
    const money = [own + pooled + serious + aid, pooled, serious, aid, own].map(
      (fen) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`,
    )
    text += `${row + 1},${name},${written},${townshipOf(place)},${villageOf(place)},县人民医院,${money.join(',')},2026-0${input.month}-28\n`
    if (text.length > 4_000_000) {
      await write(stream, input.encode(text))
      text = ''
    }
  }
  await write(stream, input.encode(text))
  stream.end()
  await once(stream, 'finish')
}

async function write(stream: WriteStream, bytes: Uint8Array): Promise<void> {
  if (!stream.write(bytes)) await once(stream, 'drain')
}

/** GB18030 of text whose characters have two bytes; built from the platform's decoder, which is the only table it has. */
export function makeGbEncoder(): (text: string) => Uint8Array {
  const table = new Map<number, number>()
  const decoder = new TextDecoder('gb18030')
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1) {
      const text = decoder.decode(Uint8Array.of(first, second))
      if (text.length === 1 && !table.has(text.charCodeAt(0))) table.set(text.charCodeAt(0), first * 256 + second)
    }
  return (text) => {
    const bytes = new Uint8Array(text.length * 2)
    let at = 0
    for (let unit = 0; unit < text.length; unit += 1) {
      const code = text.charCodeAt(unit)
      if (code < 0x80) bytes[at++] = code
      else {
        const pair = table.get(code) ?? 0x3f
        bytes[at++] = pair >> 8
        bytes[at++] = pair & 255
      }
    }
    return bytes.subarray(0, at)
  }
}
