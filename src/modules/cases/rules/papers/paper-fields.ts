import type { Words } from '#kernel/pure/words/index.ts'
import type { PaperKind } from './paper-kinds.ts'

/** A field that a template may show: the tag is its name (`{户主}`), a list is opened and closed (`{#成员}{姓名}{/成员}`). */
export interface PaperField extends Words {
  readonly rows?: Readonly<Record<string, Words>>
  /** A template without it is told, because the paper is worth little without it. */
  readonly isExpected?: true
}

type Fields = Readonly<Record<string, PaperField>>
const say = (zh: string, en: string): PaperField => ({ zh, en })
const must = (field: PaperField): PaperField => ({ ...field, isExpected: true })
const rows = (zh: string, en: string, of: Readonly<Record<string, Words>>): PaperField => ({ zh, en, rows: of })

const place: Fields = {
  县: say('县（市、区）名称', 'County'),
  乡镇: say('乡镇（街道）名称', 'Township'),
  村: say('村（社区）名称', 'Village'),
  今天: say('打印的日期，如 2026年11月22日', 'Day of printing'),
}

const household: Fields = {
  ...place,
  组: say('村民小组', 'Group'),
  户主: must(say('户主姓名', 'Head of the household')),
  户编号: say('户编号', 'Number of the household'),
  家庭人口: say('现在的家庭人口数', 'Members today'),
  个案编号: say('个案编号，如 2026-000123', 'Number of the case'),
  轮次: say('第几轮（返贫后再次识别为第二轮）', 'Round'),
}

const member = {
  序号: say('序号', 'Number'),
  姓名: say('姓名', 'Name'),
  关系: say('与户主关系', 'Relation to the head'),
  性别: say('性别', 'Sex'),
  年龄: say('周岁', 'Age'),
  证件号码: say(
    '证件号码，中间隐去，手写补全；按政策可以完整打印的，写明理由后完整打印',
    'Identity number, masked; whole where policy allows it, for a reason',
  ),
}

const identified: Fields = {
  监测对象类别: say('审定的类别；未审定时留空', 'Kind of monitored object'),
  主要风险: say('主要风险', 'Main risk'),
  其他风险: say('其他风险', 'Other risks'),
  识别日期: say('县级审定日期', 'Day of the decision'),
}

const steps = rows('办过的环节，依次', 'Steps that were done', {
  序号: say('序号', 'Number'),
  环节: say('环节', 'Step'),
  日期: say('办理日期', 'Day'),
  经办人: say('经办人', 'Who did it'),
  结果: say('通过、退回等', 'What was done'),
  意见: say('意见或理由', 'Opinion or reason'),
})

const visits = rows('本环节所属程序的入户记录', 'Visits of the procedure', {
  日期: say('入户日期', 'Day'),
  入户人: say('入户人员', 'Who visited'),
  情况: say('情况：与以前一样、有好转、有困难', 'What was found'),
  说明: say('说明', 'Note'),
})

const appraisal: Fields = {
  评议日期: say('民主评议日期', 'Day of the appraisal'),
  评议应到: say('对本户应到人数（除去回避的）', 'Entitled'),
  评议实到: say('对本户实到人数', 'Present'),
  同意票: say('同意票', 'Votes for'),
  反对票: say('反对票', 'Votes against'),
  弃权票: say('弃权票', 'Abstained'),
  评议结论: say('评议结论', 'Conclusion'),
  公示开始: say('公示第一天', 'First day of the notice'),
  公示结束: say('公示最后一天', 'Last day of the notice'),
  异议件数: say('公示期间的异议件数', 'Objections'),
}

const measures = rows('帮扶措施', 'Measures', {
  序号: say('序号', 'Number'),
  风险: say('针对的风险', 'Risk'),
  类别: say('措施类别', 'Category'),
  内容: say('具体内容', 'Content'),
  开始: say('开始日期', 'Since'),
  结束: say('结束日期', 'Until'),
})

const income: Fields = {
  收入期间: say('收入计算期间', 'Period of the income'),
  家庭纯收入: say('家庭纯收入（元）', 'Net income of the household (yuan)'),
  人均纯收入: say('人均纯收入（元）', 'Net income per person (yuan)'),
  收入人口: say('计算收入的人数', 'Persons who share income'),
}

/** Every field of every shipped paper; what a template may ask for and nothing else. */
export const paperFields = {
  application: {
    ...household,
    成年成员: must(rows('满十八周岁的家庭成员', 'Members of age', member)),
    申请事由: say('线索或申报里写的困难；没有时留空', 'Reason as it was told'),
    联系电话: say('户联系电话，中间隐去', 'Telephone, masked'),
  },
  collection: {
    ...household,
    住址: say('家庭住址', 'Address'),
    联系电话: say('户联系电话，中间隐去', 'Telephone, masked'),
    成员: must(
      rows('全部家庭成员', 'All members', {
        ...member,
        文化程度: say('文化程度', 'Education'),
        健康状况: say('健康状况', 'Health'),
        劳动技能: say('劳动技能', 'Ability to work'),
        务工地点: say('务工所在地', 'Where he works'),
      }),
    ),
    情况: rows('系统里已有的情况，现场核对有没有变化', 'What is known; checked at the visit', {
      项目: say('项目', 'Item'),
      已有: say('系统里的内容', 'What is known'),
    }),
    入户: visits,
  },
  review: {
    ...household,
    ...identified,
    ...appraisal,
    ...income,
    户主证件号码: say('户主证件号码，中间隐去', 'Identity number of the head, masked'),
    来源: say('线索来源', 'Source'),
    开案日期: say('登记日期', 'Opened on'),
    环节: steps,
    入户: visits,
  },
  decision: {
    ...household,
    ...identified,
    ...appraisal,
    开案日期: say('登记日期', 'Opened on'),
    审定意见: say('县级审定意见；未审定时留空', 'Opinion of the county'),
    审定结论: say('同意纳入、不予纳入；未审定时留空', 'Conclusion'),
    环节: steps,
  },
  elimination: { ...household, ...identified, ...appraisal, ...income, 措施: must(measures), 入户: visits, 环节: steps },
  card: {
    ...household,
    ...identified,
    措施: must(measures),
    帮扶责任人: say('帮扶责任人姓名', 'Helper'),
    帮扶单位: say('帮扶单位', 'Office of the helper'),
  },
  minutes: {
    ...place,
    会议日期: must(say('会议日期', 'Day of the meeting')),
    会议类型: say('识别评议或消除评议', 'Kind of the meeting'),
    地点: say('地点', 'Place'),
    主持人: say('主持人', 'Chair'),
    记录人: say('记录人', 'Minute taker'),
    应到人数: say('有表决权的应到人数', 'Entitled to vote'),
    实到人数: say('有表决权的实到人数', 'Voters present'),
    参会人: must(
      rows('参会人员，签到用', 'Who takes part; they sign', {
        序号: say('序号', 'Number'),
        姓名: say('姓名', 'Name'),
        身份: say('身份', 'Capacity'),
        到会: say('到会、未到；会前留空', 'Came or not'),
      }),
    ),
    评议户: must(
      rows('逐户评议', 'Household by household', {
        序号: say('序号', 'Number'),
        户主: say('户主', 'Head'),
        组: say('村民小组', 'Group'),
        人数: say('家庭人口', 'Members'),
        回避: say('回避人员', 'Who kept away'),
        同意: say('同意票', 'For'),
        反对: say('反对票', 'Against'),
        弃权: say('弃权票', 'Abstained'),
        结论: say('结论', 'Conclusion'),
        意见: say('评议意见', 'Opinion'),
      }),
    ),
    会议记录: say('讨论记录', 'Minutes'),
  },
  notice: {
    ...place,
    公示编号: say('公示编号', 'Number of the notice'),
    标题: must(say('标题', 'Title')),
    说明: say('说明', 'Note'),
    公示天数: say('公示天数', 'Days'),
    公示开始: say('公示第一天；未张贴时留空', 'First day'),
    公示结束: say('公示最后一天；未张贴时留空', 'Last day'),
    异议电话: must(say('受理异议的电话', 'Telephones for objections')),
    户数: say('户数', 'Households'),
    二维码: say('提异议的二维码', 'QR code for objections'),
    名单: must(
      rows('公示的户：只有允许公开的栏目', 'Households: allowed columns only', {
        序号: say('序号', 'Number'),
        组: say('村民小组', 'Group'),
        户主姓名: say('户主姓名，按政策隐去一字', 'Head, masked as policy says'),
        人数: say('家庭人口', 'Members'),
        监测对象类别: say('类别', 'Kind'),
        主要风险: say('主要风险（概括）', 'Main risk, in general words'),
      }),
    ),
  },
  answer: {
    ...place,
    异议编号: say('异议编号', 'Number of the objection'),
    收到日期: say('收到异议的日期', 'Received on'),
    公示标题: say('所涉公示', 'Notice'),
    异议内容: say('异议内容', 'What was objected'),
    核查情况: must(say('核查情况', 'What the check found')),
    处理结果: must(say('异议成立、不成立', 'Result')),
    异议人: say('异议人；匿名的写“异议人”', 'Who objected'),
  },
} as const satisfies Record<PaperKind, Fields>
