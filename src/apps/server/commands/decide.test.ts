import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runHere } from '../../../../test/run-here.ts'

// `bangfu decide` as an officer types it, without a database: once as the real program, then as the same command in this one.
const root = mkdtempSync(join(tmpdir(), 'bangfu-decide-'))
const main = join(import.meta.dirname, '../main.ts')
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function decide(...words: string[]) {
  const done = await runHere('decide', ...words)
  // Safe: the command's own answer.
  return { ...done, json: () => JSON.parse(done.out) as Printed }
}

/** As `decide`, in a program of its own. */
function decideInProgram(...words: string[]) {
  const done = spawnSync(process.execPath, [main, 'decide', ...words], { encoding: 'utf8' })
  // Safe: the program's own answer.
  return { code: done.status, json: () => JSON.parse(done.stdout) as Printed }
}

interface Printed {
  ok: boolean
  absent: string[]
  unreadable: { row: number; fact: string; cell: string }[]
  decisions: {
    decision: string
    compiled: boolean
    undecided: number
    missing: Record<string, number>
    results: {
      row: number
      value: unknown
      rules: number[]
      undecided?: { missing: string[] }
      trace?: { decisions: { name: string }[] }
    }[]
  }[]
}

function file(name: string, content: string | Buffer): string {
  const path = join(root, name)
  writeFileSync(path, content)
  return path
}

const head = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="奖励" namespace="test/reward">`
const fact = (name: string, type: string) =>
  `<inputData id="in-${name}" name="${name}"><variable name="${name}" typeRef="${type}"/></inputData>`
const needs = (name: string) => `<informationRequirement><requiredInput href="#in-${name}"/></informationRequirement>`
const input = (name: string, type: string) => `<input><inputExpression typeRef="${type}"><text>${name}</text></inputExpression></input>`
const row = (cells: string[], results: string[], note: string) =>
  `<rule>${cells.map((cell) => `<inputEntry><text>${cell}</text></inputEntry>`).join('')}${results
    .map((result) => `<outputEntry><text>${result}</text></outputEntry>`)
    .join('')}<annotationEntry><text>${note}</text></annotationEntry></rule>`

const reward = file(
  'reward.dmn',
  `${head}${fact('销售额', 'number')}${fact('农户', 'boolean')}${fact('起始日', 'date')}
  <decision id="d" name="奖励"><variable name="奖励"/>${needs('销售额')}${needs('农户')}${needs('起始日')}
  <decisionTable hitPolicy="FIRST">${input('销售额', 'number')}${input('农户', 'boolean')}${input('起始日', 'date')}
  <output name="金额" typeRef="number"/><output name="等次" typeRef="string"/><annotation name="依据"/>
  ${row(['&gt;= 10000.01', 'true', '-'], ['800', '"一等"'], '第三条')}
  ${row(['[5000..10000]', 'true', '&gt;= date("2023-01-01")'], ['500', '"二等"'], '第四条')}
  ${row(['-', 'false', '-'], ['0', '"不奖"'], '第五条')}
  </decisionTable></decision></definitions>`,
)

describe('bangfu decide', () => {
  it('judges a sheet from Chinese Windows: titles above, days and money as people write them', () => {
    const sheet = [
      '2023年销售奖励,,,',
      '户编号,销售额,农户,起始日',
      '01,"10,000.01",是,2023/1/5',
      '02,10000,是,2023年1月1日',
      '03,１００００,是,2022-12-31',
      '04,,否,',
    ].join('\r\n')
    // GB18030 by its bytes: made with the decoder, which knows both ways only together.
    const facts = file('facts.csv', toGb18030(sheet))
    const { decisions, unreadable, absent } = decideInProgram(reward, '--in', facts, '--json').json()
    expect({ unreadable, absent }).toEqual({ unreadable: [], absent: [] })
    expect(decisions).toMatchObject([{ decision: '奖励', compiled: true, undecided: 1 }])
    expect(decisions[0]?.results.map(({ row: at, value, rules }) => ({ at, value, rules }))).toEqual([
      { at: 3, value: { 金额: 800, 等次: '一等' }, rules: [1] },
      { at: 4, value: { 金额: 500, 等次: '二等' }, rules: [2] },
      { at: 5, value: null, rules: [] },
      { at: 6, value: { 金额: 0, 等次: '不奖' }, rules: [3] },
    ])
  })

  it('says for want of which fact a record is undecided, and with --strict that there is one', async () => {
    const facts = file(
      'want.json',
      JSON.stringify([
        { 销售额: 6000, 农户: true },
        { 销售额: 20_000, 农户: true, 起始日: '2023-02-01' },
      ]),
    )
    const done = await decide(reward, '--in', facts)
    expect(done.code).toBe(0)
    expect(done.out).toContain('缺 missing: 起始日')
    expect(done.out).toContain('已定 decided 1，未定 undecided 1')
    expect((await decide(reward, '--in', facts, '--strict')).code).toBe(1)
    expect((await decide(reward, '--in', facts, '--json')).json().decisions[0]?.missing).toEqual({ 起始日: 1 })
  })

  it('takes a cell that is no number as unknown, never as 0, and names it', async () => {
    const facts = file('odd.csv', '销售额,农户,起始日\n约五千,是,2023-02-01\n')
    const { unreadable, decisions } = (await decide(reward, '--in', facts, '--json')).json()
    expect(unreadable).toEqual([{ row: 2, fact: '销售额', cell: '约五千', type: 'number' }])
    expect(decisions[0]?.results[0]).toMatchObject({ value: null, undecided: { missing: ['销售额'] } })
  })

  it('writes facts and results into a file that only its owner reads, and traces rows with their clauses', async () => {
    const facts = file('few.csv', '户编号,销售额,农户,起始日\n0001,6000,是,2023-02-01\n')
    const out = join(root, 'out.csv')
    expect((await decide(reward, '--in', facts, '--out', out)).code).toBe(0)
    expect(readFileSync(out, 'utf8').replace('\ufeff', '').split('\r\n').slice(0, 2)).toEqual([
      '户编号,销售额,农户,起始日,金额,等次,行 rules,未定 undecided',
      '0001,6000,是,2023-02-01,500,二等,2,',
    ])
    if (process.platform !== 'win32') expect(statSync(out).mode & 0o777).toBe(0o600)
    expect((await decide(reward, '--in', facts, '--trace')).out).toMatch(/规则 rule 2:.*依据 第四条/)
  })

  it('leaves what is no table to the interpreter, and asks the decision that is named', async () => {
    const model = file(
      'sum.dmn',
      `${head}${fact('收入', 'number')}${fact('人口', 'number')}
      <decision id="a" name="人均"><variable name="人均" typeRef="number"/>${needs('收入')}${needs('人口')}
      <literalExpression><text>收入 / 人口</text></literalExpression></decision>
      <decision id="b" name="贫困"><variable name="贫困"/><informationRequirement><requiredDecision href="#a"/></informationRequirement>
      <literalExpression><text>人均 &lt; 7000</text></literalExpression></decision></definitions>`,
    )
    const facts = file('sum.json', JSON.stringify({ 收入: 20_999.99, 人口: 3 }))
    expect((await decide(model, '--in', facts, '--json')).json().decisions).toMatchObject([
      { decision: '贫困', compiled: false, results: [{ value: true }] },
    ])
    expect((await decide(model, '--in', facts, '--decision', '人均', '--json')).json().decisions).toMatchObject([{ decision: '人均' }])
    const traced = (await decide(model, '--in', facts, '--trace', '--json')).json()
    expect(traced.decisions[0]?.results[0]?.trace?.decisions.map((one) => one.name)).toEqual(['人均', '贫困'])
  })

  it('refuses what it cannot use in sentences: no DMN, a broken cell, a ring, no such decision, no such facts', async () => {
    const facts = file('one.json', '[{"销售额": 1}]')
    const refusals: [string, string[], RegExp][] = [
      [file('page.dmn', '<html></html>'), [], /不是 DMN/],
      [file('half.dmn', `${head}<decision`), [], /XML/],
      [file('cell.dmn', readFileSync(reward, 'utf8').replace('[5000..10000]', '[5000..')), [], /写错了/],
      [file('ring.dmn', ring()), [], /环/],
      [reward, ['--decision', '别的'], /没有名为“别的”的决策；有：奖励/],
      [join(root, 'absent.dmn'), [], /没有这个文件/],
    ]
    for (const [model, words, sentence] of refusals) {
      const refused = await decide(model, '--in', facts, ...words)
      expect(refused.code, model).toBe(1)
      expect(refused.err).toMatch(sentence)
      expect(refused.err).not.toContain('    at ')
    }
    expect(await decide(reward, '--in', file('bad.json', '{'))).toMatchObject({ code: 1 })
    expect((await decide(reward, '--in', file('other.csv', '甲,乙\n1,2\n'))).err).toMatch(/表需要的事实：销售额、农户、起始日/)
  })

  it('ends with 2 when it is not told what to judge', async () => {
    expect((await decide(reward)).code).toBe(2)
    expect((await decide('--in', 'facts.csv')).code).toBe(2)
    expect((await decide(reward, '--in', 'facts.csv', '--nonsense')).code).toBe(2)
  })
})

function ring(): string {
  const decision = (id: string, below: string) =>
    `<decision id="${id}" name="${id}"><informationRequirement><requiredDecision href="#${below}"/></informationRequirement><literalExpression><text>1</text></literalExpression></decision>`
  return `${head}${decision('a', 'b')}${decision('b', 'a')}</definitions>`
}

/** Bytes of a text in GB18030 for the characters of two bytes that it has: found by decoding all of them once. */
function toGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030')
  const bytes = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1) if (low !== 0x7f) bytes.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Buffer.from(Array.from(text).flatMap((sign) => (sign < '\x80' ? [sign.charCodeAt(0)] : (bytes.get(sign) ?? [0x3f]))))
}
