import { describe, expect, it } from 'vitest'
import { readDmn, writeDmn, type Decision, type DecisionTable, type Definitions } from '#kernel/pure/decisions/index.ts'
import { columnsOf, logicOf } from './table-columns.ts'
import { linkNames } from './link-names.ts'
import { diffTables } from './table-diff.ts'
import {
  addColumn,
  deleteRows,
  duplicateRows,
  insertRows,
  moveColumn,
  moveRows,
  removeColumn,
  textAt,
  withFact,
  withLogic,
  writeCells,
} from './table-edit.ts'

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="分层" namespace="urn:test">
  <inputData id="i1" name="收入"><variable name="收入" typeRef="number"/></inputData>
  <inputData id="i2" name="类型"><variable name="类型" typeRef="string"/></inputData>
  <decision id="d" name="层级"><variable name="层级" typeRef="string"/>
    <informationRequirement id="r1"><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement id="r2"><requiredInput href="#i2"/></informationRequirement>
    <decisionTable id="t" hitPolicy="UNIQUE">
      <input id="c1"><inputExpression typeRef="number"><text>收入</text></inputExpression></input>
      <input id="c2"><inputExpression typeRef="string"><text>类型</text></inputExpression><inputValues><text>"甲","乙"</text></inputValues></input>
      <output id="o1" typeRef="string"><outputValues><text>"重点","一般"</text></outputValues></output>
      <annotation name="条款"/>
      <rule id="x1"><inputEntry id="e1"><text>&lt; 7000</text></inputEntry><inputEntry id="e2"><text>-</text></inputEntry><outputEntry id="e3"><text>"重点"</text></outputEntry><annotationEntry><text>第一条</text></annotationEntry></rule>
      <rule id="x2"><inputEntry id="e4"><text>&gt;= 7000</text></inputEntry><inputEntry id="e5"><text>"甲"</text></inputEntry><outputEntry id="e6"><text>"一般"</text></outputEntry><annotationEntry><text>第二条</text></annotationEntry></rule>
    </decisionTable>
  </decision>
</definitions>`

const model = readDmn(xml)
const decisionOf = (definitions: Definitions): Decision => {
  const found = definitions.elements.find((one): one is Decision => one.kind === 'decision')
  if (found === undefined) throw new Error('the model has no decision')
  return found
}
const tableOf = (definitions: Definitions): DecisionTable => {
  const logic = logicOf(decisionOf(definitions))
  if (logic?.kind !== 'table') throw new Error('the decision has no table')
  return logic.table
}
const table = tableOf(model)
const clauses = (one: DecisionTable) => one.rules.map((_, row) => textAt(one, row, { part: 'note', at: 0 }))

describe('a decision table under the hands of an officer', () => {
  it('shows its columns with their kind and their allowed words', () => {
    const columns = columnsOf(table, decisionOf(model), { definitions: model, facts: [], language: 'zh' })
    expect(columns.map(({ title, form }) => [title, form.kind, form.words])).toEqual([
      ['收入', 'number', undefined],
      ['类型', 'text', ['甲', '乙']],
      ['层级', 'text', ['重点', '一般']],
      ['条款', 'text', undefined],
    ])
  })

  it('takes pasted rows behind its last one, and stays a model that can be written and read', () => {
    const grown = writeCells(table, [
      { row: 2, column: { part: 'input', at: 0 }, text: '>= 7000' },
      { row: 3, column: { part: 'note', at: 0 }, text: '第四条' },
    ])
    const again = tableOf(readDmn(writeDmn(withLogic(model, decisionOf(model), grown))))
    expect(clauses(again)).toEqual(['第一条', '第二条', '', '第四条'])
    expect(textAt(again, 2, { part: 'input', at: 1 })).toBe('-')
  })

  it('inserts, deletes, doubles and moves rows', () => {
    expect(clauses(insertRows(table, 1))).toEqual(['第一条', '', '第二条'])
    expect(clauses(deleteRows(table, 0, 0))).toEqual(['第二条'])
    expect(clauses(duplicateRows(table, 0, 1))).toEqual(['第一条', '第二条', '第一条', '第二条'])
    expect(clauses(moveRows(table, { from: 0, to: 0 }, 1))).toEqual(['第二条', '第一条'])
    expect(moveRows(table, { from: 0, to: 0 }, -1)).toBe(table)
  })

  it('adds, moves and removes columns with their cells; the last result stays', () => {
    const more = addColumn(table, 'input', '人数', 'number')
    expect(more.rules[0]?.inputEntries.map((one) => one.text)).toEqual(['< 7000', '-', '-'])
    const moved = moveColumn(more, { part: 'input', at: 0 }, 1)
    expect(moved.inputs.map((one) => one.expression.text)).toEqual(['类型', '收入', '人数'])
    expect(textAt(moved, 1, { part: 'input', at: 1 })).toBe('>= 7000')
    expect(removeColumn(moved, { part: 'input', at: 1 }).rules[1]?.inputEntries.map((one) => one.text)).toEqual(['"甲"', '-'])
    expect(removeColumn(table, { part: 'output', at: 0 })).toBe(table)
    expect(addColumn(table, 'output', '金额').outputs.map((one) => one.name)).toEqual(['结果1', '金额'])
  })

  it('lets a decision see another fact, once', () => {
    const seen = withFact(model, decisionOf(model), { name: '人数', type: 'number' })
    expect(decisionOf(seen).informationRequirements).toHaveLength(3)
    expect(withFact(seen, decisionOf(seen), { name: '人数', type: 'number' })).toEqual(seen)
    expect(() => readDmn(writeDmn(seen))).not.toThrow()
  })
})

describe('a cell that names a parameter', () => {
  it('lets its decision see it, and only it', () => {
    const written = withLogic(model, decisionOf(model), writeCells(table, [{ row: 0, column: { part: 'input', at: 0 }, text: '< 收入线' }]))
    const known = [
      { name: '收入线', type: 'number' as const },
      { name: '线', type: 'number' as const },
      { name: '重点', type: 'number' as const },
    ]
    const linked = linkNames(written, decisionOf(written), table, known)
    expect(linked.elements.flatMap((one) => (one.kind === 'inputData' ? [one.name] : []))).toEqual(['收入线', '收入', '类型'])
    expect(decisionOf(linked).informationRequirements).toHaveLength(3)
  })
})

describe('what differs from the published table', () => {
  it('names rows added, removed and changed, cell by cell', () => {
    const changed = writeCells(insertRows(deleteRows(table, 0, 0), 1), [
      { row: 0, column: { part: 'output', at: 0 }, text: '"重点"' },
      { row: 1, column: { part: 'note', at: 0 }, text: '新' },
    ])
    const { rows } = diffTables(table, changed)
    expect(rows.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['removed', 0, undefined],
      ['changed', 1, 0],
      ['added', undefined, 1],
    ])
    expect(rows[1]?.cells).toEqual([{ column: 'output ', before: '"一般"', after: '"重点"' }])
  })

  it('finds nothing in the same table, also where rows have no ids', () => {
    const bare = { ...table, rules: table.rules.map(({ id: _id, ...rest }) => rest) }
    expect(diffTables(table, table)).toEqual({ rows: [], columns: [], settings: [] })
    expect(diffTables(bare, table).rows).toEqual([])
  })

  it('names columns that came or went and a changed hit policy', () => {
    const found = diffTables(table, { ...addColumn(removeColumn(table, { part: 'input', at: 1 }), 'input', '人数'), hitPolicy: 'FIRST' })
    expect(found.columns).toEqual([
      { kind: 'removed', column: 'input 类型' },
      { kind: 'added', column: 'input 人数' },
    ])
    expect(found.settings).toEqual([{ what: 'hitPolicy', of: '', before: 'UNIQUE', after: 'FIRST' }])
  })
})
