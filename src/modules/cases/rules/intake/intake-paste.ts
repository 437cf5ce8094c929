import { parseDay } from '#kernel/pure/time/index.ts'
import { tidyLabel, tidyName } from '#kernel/pure/text/index.ts'
import { difficulties, intakeChannels, type Difficulty, type IntakeChannel } from './intake-records.ts'
import type { EnterIntake } from './intake-requests.ts'
import { intakeWords } from './intake-words.ts'

/** A village or township that a pasted row may name. */
export interface PasteArea {
  readonly path: string
  readonly name: string
  readonly level: 'township' | 'village'
  /** Of a village. */
  readonly township: string
}

type Field = 'channel' | 'sender' | 'senderNo' | 'receivedOn' | 'name' | 'phone' | 'idNumber' | 'township' | 'village' | 'hard' | 'text'

/** Labels as offices write them; compared without marks and spaces. */
const labels: Readonly<Record<Field, readonly string[]>> = {
  channel: ['来源', '来源渠道', '渠道', '来件类型', 'channel'],
  sender: ['来件单位', '来源单位', '转办单位', '热线', '单位', 'sender'],
  senderNo: ['编号', '工单号', '工单编号', '受理编号', '来件编号', '信访编号', 'number'],
  receivedOn: ['日期', '收到日期', '受理日期', '受理时间', '来电时间', '登记时间', '时间', 'date'],
  name: ['姓名', '申报人', '来电人', '信访人', '困难人姓名', '户主姓名', '户主', 'name'],
  phone: ['电话', '联系电话', '手机', '手机号', '手机号码', '联系方式', 'phone'],
  idNumber: ['证件号', '证件号码', '身份证', '身份证号', '身份证号码', 'idnumber'],
  township: ['乡镇', '乡', '镇', '街道', 'township'],
  village: ['村', '行政村', '村社区', '所在村', 'village'],
  hard: ['困难', '困难类型', '困难类别', 'difficulty'],
  text: ['说明', '内容', '诉求', '反映内容', '诉求内容', '情况', '备注', 'text'],
}

export type PasteProblem = 'name' | 'area' | 'day' | 'channel'

/** A row as it would be entered; `problem` where a person must mend it first. `line` counts from 1, the head included. */
export interface PastedIntake {
  readonly line: number
  readonly name: string
  readonly given: EnterIntake | undefined
  readonly problem: PasteProblem | undefined
}

interface Defaults {
  readonly channel: Exclude<IntakeChannel, 'declaration'>
  readonly areaPath: string
  readonly sender: string
}

/** Reads pasted cells whose first row with a column of names is the head. `undefined` where there is none. */
export function readPastedIntakes(
  cells: readonly (readonly string[])[],
  given: { areas: readonly PasteArea[]; defaults: Defaults },
): PastedIntake[] | undefined {
  const at = cells.findIndex((row) => columnsOf(row).has('name'))
  const columns = columnsOf(cells[at] ?? [])
  if (at < 0) return undefined
  return cells.slice(at + 1).flatMap((row, index) => {
    if (row.every((cell) => cell.trim() === '')) return []
    const cell = (field: Field) => (row[columns.get(field) ?? -1] ?? '').trim()
    return [readRow(cell, at + index + 2, given)]
  })
}

function columnsOf(row: readonly string[]): Map<Field, number> {
  const found = new Map<Field, number>()
  for (const [at, written] of row.entries()) {
    const label = tidyLabel(written)
    // Safe: the keys of the table are the fields.
    for (const [field, known] of Object.entries(labels) as [Field, readonly string[]][])
      if (known.includes(label) && !found.has(field)) found.set(field, at)
  }
  return found
}

function readRow(
  cell: (field: Field) => string,
  line: number,
  { areas, defaults }: { areas: readonly PasteArea[]; defaults: Defaults },
): PastedIntake {
  const name = tidyName(cell('name'))
  const bad = (problem: PasteProblem): PastedIntake => ({ line, name, given: undefined, problem })
  if (name.length < 2) return bad('name')
  const channel = readChannel(cell('channel'), defaults.channel)
  if (channel === undefined) return bad('channel')
  const areaPath = findPlace(areas, { township: cell('township'), village: cell('village') }, defaults.areaPath)
  if (areaPath === undefined || areaPath === '') return bad('area')
  const day = readWrittenDay(cell('receivedOn'))
  if (day === undefined && cell('receivedOn') !== '') return bad('day')
  const text = [cell('text'), ...unknownWords(cell('hard'))].filter((part) => part !== '').join('；')
  const optional = {
    sender: cell('sender') || defaults.sender,
    senderNo: cell('senderNo'),
    phone: cell('phone'),
    idNumber: cell('idNumber'),
  }
  const kept = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== ''))
  const onDay = day === undefined ? {} : { receivedOn: day }
  return {
    line,
    name,
    problem: undefined,
    given: { channel, areaPath, name, ...kept, ...onDay, difficulties: readHard(cell('hard')), text },
  }
}

/** A channel by its name, or by that of a hotline; an empty cell is the one that was chosen for all. */
function readChannel(written: string, byDefault: Defaults['channel']): Defaults['channel'] | undefined {
  if (written === '') return byDefault
  if (/12317|12345|热线|电话/.test(written)) return 'hotline'
  if (/信访|来信|来访/.test(written)) return 'petition'
  if (/排查|走访|入户/.test(written)) return 'visit'
  if (/部门|转办|交办/.test(written)) return 'department'
  return intakeChannels.find((one): one is Defaults['channel'] => one !== 'declaration' && one === written)
}

function findPlace(areas: readonly PasteArea[], written: { township: string; village: string }, byDefault: string): string | undefined {
  const [township, village] = [tidyName(written.township), tidyName(written.village)]
  if (township === '' && village === '') return byDefault
  const isIt = (area: PasteArea) =>
    area.level === 'village' ? village !== '' && fits(area.name, village) : village === '' && fits(area.name, township)
  const found = areas.filter((area) => isIt(area) && (area.level === 'township' || township === '' || fits(area.township, township)))
  return found.length === 1 ? found[0]?.path : undefined
}

/** 柳湾 is 柳湾村 as well. */
function fits(name: string, written: string): boolean {
  const bare = (text: string) => text.replace(/(村民委员会|村委会|社区|居委会|街道|村|乡|镇)$/, '')
  return name === written || bare(name) === bare(written)
}

function readWrittenDay(written: string): string | undefined {
  return parseDay(written.split(/[ T]/)[0] ?? '')
}

const wordsOfHard = (written: string) => written.split(/[、,，;；/\s]+/).filter((word) => word !== '')
const difficultyOf = (word: string): Difficulty | undefined =>
  difficulties.find(
    (one) => word === one || word.includes(intakeWords[`difficulty.${one}`].zh) || spoken[one].some((part) => word.includes(part)),
  )

/** Other words for the same, as departments have them. */
const spoken: Readonly<Record<Difficulty, readonly string[]>> = {
  illness: ['病', '医'],
  disability: ['残'],
  schooling: ['学', '教育'],
  disaster: ['灾', '洪', '旱'],
  accident: ['意外', '事故', '车祸'],
  housing: ['房'],
  water: ['水'],
  work: ['务工', '就业', '失业', '没活'],
  business: ['产业', '经营', '生意', '养殖'],
  other: ['其他'],
}

function readHard(written: string): Difficulty[] {
  return [...new Set(wordsOfHard(written).flatMap((word) => difficultyOf(word) ?? []))]
}

/** What is no known difficulty is kept in the text: nothing of a row is lost. */
function unknownWords(written: string): string[] {
  return wordsOfHard(written).filter((word) => difficultyOf(word) === undefined)
}
