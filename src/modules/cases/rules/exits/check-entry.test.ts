import { describe, expect, it } from 'vitest'
import { emptyCheckRow, judgeCheckRows, readCheckCells, type CheckPerson, type CheckRow } from './check-entry.ts'

const person = (name: string, idMasked: string, personId = name): CheckPerson => ({
  caseId: `case of ${personId}`,
  personId,
  name,
  idMasked,
  home: `测试村 ${name}`,
  departments: ['公安部门', '不动产登记', '市场监管'],
  words: ['有商品房', '有小汽车'],
})
const people = [person('测甲', '990301********0014'), person('测乙', '990301********002X'), person('测乙', '990301********0030', '同名')]
const byNumber = new Map([['990301197503010014', '测甲']])
const judge = (rows: readonly Partial<CheckRow>[], department = '') =>
  judgeCheckRows(
    rows.map((row) => ({ ...emptyCheckRow, ...row })),
    { people, byNumber, department },
  )
const read = (row: Partial<CheckRow>) => {
  const [one] = judge([{ name: '测甲', department: '公安部门', result: '无', ...row }])
  return one?.state === 'ready' ? one.read : one
}

describe('a row of results', () => {
  it('names its person by name, by whole number or by the number masked as we or others mask it', () => {
    expect(read({})).toMatchObject({ personId: '测甲' })
    expect(read({ name: '', idNumber: '990301197503010014' })).toMatchObject({ personId: '测甲' })
    for (const idNumber of ['990301********0014', '9903011975****0014', '990301xxxxxxxx0014', '990301***0014'])
      expect(read({ idNumber })).toMatchObject({ personId: '测甲' })
    expect(read({ name: '测乙', idNumber: '990301********002x' })).toMatchObject({ personId: '测乙' })
    expect(read({ name: '测乙', idNumber: '990301********0030' })).toMatchObject({ personId: '同名' })
  })

  it('is bad with its cell where nobody, several, or somebody else is meant', () => {
    expect(judge([{ name: '测丙', result: '无' }])).toEqual([{ state: 'bad', column: 'name', problem: 'no-person' }])
    expect(read({ name: '测乙' })).toMatchObject({ column: 'name', problem: 'several' })
    expect(read({ idNumber: '990301********9999' })).toMatchObject({ column: 'idNumber', problem: 'other-number' })
    expect(read({ idNumber: '990301197503019999' })).toMatchObject({ column: 'idNumber', problem: 'other-number' })
    expect(read({ department: '教育' })).toMatchObject({ column: 'department', problem: 'no-department' })
    expect(read({ department: '' })).toMatchObject({ column: 'department', problem: 'no-department' })
    expect(read({ result: '' })).toMatchObject({ column: 'result', problem: 'no-result' })
    expect(read({ result: '有' })).toMatchObject({ column: 'remark', problem: 'no-remark' })
    const twice = { name: '测甲', department: '公安部门', result: '无' }
    expect(judge([twice, {}, { ...twice, result: '有', remark: '有车' }]).map((row) => row.state)).toEqual(['ready', 'empty', 'bad'])
  })

  it('says nothing was found, or what was, with the situation of the negative list', () => {
    for (const result of ['无', '无。', '没有', '未查到', '未发现异常', '正常', '无相关信息', '0'])
      expect(read({ result })).toMatchObject({ result: 'nothing', what: null })
    expect(read({ result: '有小汽车一辆' })).toMatchObject({ result: 'found', word: '有小汽车', what: '有小汽车一辆' })
    expect(read({ result: '有', remark: '名下商铺一间' })).toMatchObject({ result: 'found', word: null, what: '名下商铺一间' })
    expect(read({ department: '公安', result: '无' })).toMatchObject({ department: '公安部门' })
    const [own] = judge([{ name: '测甲', result: '无' }], '市场监管')
    expect(own).toMatchObject({ read: { department: '市场监管' } })
  })
})

describe('cells', () => {
  it('are read by their heads wherever they stand, else in our order; the lines around a list are no rows', () => {
    const sheet = [
      ['公安部门信息比对名单'],
      ['单位：公安部门　　制表日期：2023年12月18日'],
      ['序号', '姓名', '身份证号码', '乡镇', '核对结果', '备注'],
      ['1', '测甲', '990301********0014', '测试镇', '无', ''],
      [],
      ['导出人：测试 2023-12-18 用途：信息比对 编号：一二三四五六七八九十'],
    ]
    expect(readCheckCells(sheet)).toEqual([{ ...emptyCheckRow, name: '测甲', idNumber: '990301********0014', result: '无' }])
    expect(readCheckCells([['测甲', '', '公安', '有', '有车']])).toEqual([
      { name: '测甲', idNumber: '', department: '公安', result: '有', remark: '有车' },
    ])
  })
})
