import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDmn } from '#kernel/pure/decisions/index.ts'
import { compareExamples, compareParameters, compareTables } from './compare-versions.ts'

interface Row {
  id?: string
  cells: readonly string[]
  output: string
  note?: string
}

/** A model with one table over the facts `a`, `b` … */
function model(rows: readonly Row[], more: { inputs?: readonly string[]; hitPolicy?: string; values?: string; allowed?: string } = {}) {
  const { inputs = ['a', 'b'], hitPolicy = 'UNIQUE', values = '', allowed = '' } = more
  const text = (of: string) => `<text>${of.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`
  return readDmn(`<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
    ${inputs.map((name) => `<inputData id="i-${name}" name="${name}"><variable name="${name}" typeRef="number"/></inputData>`).join('')}
    <decision id="d" name="判断"><variable name="判断"/>
      ${inputs.map((name) => `<informationRequirement><requiredInput href="#i-${name}"/></informationRequirement>`).join('')}
      <decisionTable hitPolicy="${hitPolicy}" outputLabel="结果">
        ${inputs.map((name) => `<input><inputExpression typeRef="number">${text(name)}</inputExpression>${allowed === '' ? '' : `<inputValues>${text(allowed)}</inputValues>`}</input>`).join('')}
        <output>${values === '' ? '' : `<outputValues>${text(values)}</outputValues>`}</output><annotation name="条款"/>
        ${rows
          .map(
            ({ id, cells, output, note = '' }) => `<rule${id === undefined ? '' : ` id="${id}"`}>
          ${cells.map((cell) => `<inputEntry>${text(cell)}</inputEntry>`).join('')}
          <outputEntry>${text(output)}</outputEntry><annotationEntry>${text(note)}</annotationEntry></rule>`,
          )
          .join('')}
      </decisionTable></decision></definitions>`)
}

const first = { id: 'r1', cells: ['< 5', '-'], output: '1' }
const second = { id: 'r2', cells: ['>= 5', '< 3'], output: '2' }
const third = { id: 'r3', cells: ['>= 5', '>= 3'], output: '3' }

describe('two versions of a table', () => {
  it('that say the same differ in nothing, whatever stands for “anything”', () => {
    const empty = { ...first, cells: ['< 5', ''] }
    expect(compareTables(model([first, second, third]), model([empty, second, third]))).toEqual([])
  })

  it('differ cell by cell in a row of the same id', () => {
    const higher = { ...second, cells: ['>= 6', '< 3'], output: '2.5' }
    expect(compareTables(model([first, second]), model([first, higher]))).toEqual([
      {
        kind: 'row-changed',
        decision: '判断',
        row: 2,
        cells: [
          { column: 'a', from: '>= 5', to: '>= 6' },
          { column: '结果', from: '2', to: '2.5' },
        ],
      },
    ])
  })

  it('have rows added, removed and moved; those that only gave way did not move', () => {
    const added = { id: 'new', cells: ['7', '-'], output: '7', note: '第3条' }
    expect(compareTables(model([first, second, third]), model([added, first, third]))).toEqual([
      {
        kind: 'row-added',
        decision: '判断',
        row: 1,
        cells: [
          { column: 'a', text: '7' },
          { column: 'b', text: '-' },
          { column: '结果', text: '7' },
          { column: '条款', text: '第3条' },
        ],
      },
      expect.objectContaining({ kind: 'row-removed', row: 2 }),
    ])
    expect(compareTables(model([first, second, third]), model([third, first, second]))).toEqual([
      { kind: 'row-moved', decision: '判断', row: 1, from: 3 },
    ])
  })

  it('match rows without ids by what they say, then by what they follow', () => {
    const bare = ({ cells, output }: Row): Row => ({ cells, output })
    const changed = { ...bare(second), output: '9' }
    expect(compareTables(model([first, second, third].map(bare)), model([bare(first), changed, bare(third)]))).toEqual([
      { kind: 'row-changed', decision: '判断', row: 2, cells: [{ column: '结果', from: '2', to: '9' }] },
    ])
  })

  it('tell inputs that came and went and settings that changed', () => {
    const fewer = [first, second].map((row) => ({ ...row, cells: row.cells.slice(0, 1) }))
    expect(compareTables(model([first, second]), model(fewer, { inputs: ['a'], hitPolicy: 'FIRST', values: '1,2' }))).toEqual([
      { kind: 'input-removed', decision: '判断', name: 'b' },
      { kind: 'setting-changed', decision: '判断', name: 'hit-policy', from: 'UNIQUE', to: 'FIRST' },
      { kind: 'setting-changed', decision: '判断', name: 'values 0', from: '', to: '1,2' },
      { kind: 'input-removed', decision: '', name: 'b' },
    ])
  })

  it('can be told from each other: what is said makes the new rows of the old ones', () => {
    const row = fc.record({ id: fc.constantFrom('1', '2', '3', '4', '5', '6'), a: fc.nat({ max: 3 }), output: fc.nat({ max: 3 }) })
    const rows = fc
      .uniqueArray(row, { selector: (one) => one.id, maxLength: 6 })
      .map((all) => all.map(({ id, a, output }): Row => ({ id, cells: [String(a), '-'], output: String(output) })))
    fc.assert(
      fc.property(rows, rows, (older, newer) => {
        const changes = compareTables(model(older), model(newer))
        const said = (cells: readonly (string | undefined)[]) => cells.join(' ')
        const rowsOf = (all: readonly Row[]) => all.map(({ cells, output }) => said([...cells, output]))
        // The old rows, less those removed and changed, and the new words of those, are the new rows.
        const left = rowsOf(older)
        const take = (row: string) => void left.splice(left.indexOf(row), left.includes(row) ? 1 : 0)
        for (const change of changes) {
          if (change.kind === 'row-removed') take(said(change.cells.slice(0, 3).map((cell) => cell.text)))
          if (change.kind === 'row-added') left.push(said(change.cells.slice(0, 3).map((cell) => cell.text)))
          if (change.kind !== 'row-changed') continue
          const now = newer[change.row - 1]
          const was = (column: string) => change.cells.find((cell) => cell.column === column)?.from
          take(said([was('a') ?? now?.cells[0], '-', was('结果') ?? now?.output]))
          left.push(said([...(now?.cells ?? []), now?.output]))
        }
        expect(left.sort()).toEqual(rowsOf(newer).sort())
      }),
    )
  })
})

describe('two versions of parameters', () => {
  const text = (...values: object[]) =>
    JSON.stringify({ values: values.map((one) => ({ en: 'Line', unit: '元', decimals: 2, latitude: 'raise', note: '', ...one })) })

  it('differ value by value, with what an area below may do', () => {
    const older = text({ name: '线', value: 6900 }, { name: '旧', value: null }, { name: '同', value: '1' })
    const newer = text({ name: '线', value: '7000.50' }, { name: '新', value: 3 }, { name: '同', value: '1', note: '另一个说明' })
    expect(compareParameters(older, newer)).toEqual([
      { name: '线', unit: '元', from: { value: 6900, latitude: 'raise' }, to: { value: '7000.50', latitude: 'raise' } },
      { name: '新', unit: '元', from: null, to: { value: 3, latitude: 'raise' } },
      { name: '旧', unit: '元', from: { value: null, latitude: 'raise' }, to: null },
    ])
  })

  it('have examples by their names', () => {
    const example = (name: string, a: number) => ({ name, facts: { a }, expected: { 判断: 1 } })
    expect(compareExamples([example('一', 1), example('二', 2)], [example('二', 3), example('三', 1)])).toEqual({
      added: ['三'],
      removed: ['一'],
      changed: ['二'],
    })
  })
})
