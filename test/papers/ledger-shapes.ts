import { plain, signed, table, title, type ShapeBlock } from './write-docx.ts'

const small = { size: 12, line: 20 } as const
const columns = Array.from({ length: 16 }, (_, at) => at + 1)

/** The sheet of one record of any ledger: short fields two to a line, long ones below, who signs, when it was printed. */
export const ledgerSheet: readonly ShapeBlock[] = [
  title('{标题}'),
  plain('编号：{编号}　　状态：{状态}　　所属：{所属}', small),
  table([22, 53, 22, 53], [['{#短项}{甲名}', '{甲值}', '{乙名}', '{乙值}{/短项}']]),
  table([22, 128], [['{#长项}{项名}', '{项值}{/长项}']]),
  table([50, 100], [['{#签字栏}{签字人}', '　　　　　　　　　　　　年　　月　　日{/签字栏}']]),
  signed('{打印}'),
]

/** A list of any ledger in the official look; columns that a ledger does not have are left out when it is filled. */
export const ledgerList: readonly ShapeBlock[] = [
  title('{标题}'),
  plain('单位：{单位}　　制表日期：{日期}　　共 {条数} 条', small),
  table(
    [12, ...columns.map(() => 15)],
    [
      ['序号', ...columns.map((no) => `{名${no}}`)],
      ['{#行}{序号}', ...columns.map((no) => (no === 16 ? '{值16}{/行}' : `{值${no}}`))],
    ],
    1,
  ),
  plain('制表人：{制表人}', small),
]
