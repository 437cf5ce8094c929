import { body, plain, signed, table, title, type ShapeBlock } from './write-docx.ts'

/** 交办函, a letter of GB/T 9704-2012: number, to whom, what is asked until when, the table of problems, the reply code, who signs. */
export const letterOfAssignment: readonly ShapeBlock[] = [
  plain('{编号}', { align: 'center', after: 8 }),
  title('关于{专项}发现问题整改的交办函'),
  plain('{责任单位}：'),
  body(
    '{依据}现将涉及你单位的{问题数}个问题（见附表）交办给你单位，由主要负责人{责任人}负总责。请逐条查明原因，明确责任，制定措施，按期整改到位，并逐条报送整改成效和佐证材料。',
  ),
  body('{要求}'),
  body('整改时限：{时限}前（含当日）。确需延期的，在到期前说明理由，经批准后执行。不属于你单位职责的，请于收到后退回并说明理由。'),
  plain('{二维码}', { before: 8, line: 0 }),
  plain('扫码或登录系统逐条回复：{回复网址}', { size: 12, line: 20, after: 12 }),
  signed('{落款}'),
  signed('{今天}'),
  plain('附表　问题清单{增补}', { before: 16, after: 4 }),
  table(
    [11, 23, 21, 25, 50, 26],
    [
      ['序号', '问题编号', '类别', '地点和农户', '问题和要求', '时限／现状'],
      ['{#问题}{序号}', '{问题编号}', '{来源}\n{类别}', '{地点}\n{对象}', '{问题描述}\n{整改要求}', '{问题时限}\n{现状}{/问题}'],
    ],
    1,
  ),
]
