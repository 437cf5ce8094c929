/** Values of an existing problem ledger, with the labels under which offices write them. Only the description must be there. */
export const importFields = [
  {
    key: 'description',
    labels: ['问题描述', '存在问题', '问题内容', '具体问题', '反馈问题', '问题'],
    aliases: ['问题表现', '发现问题', '发现的问题', '主要问题', '问题清单', '问题事项', '存在的问题', '具体表现'],
  },
  { key: 'source', labels: ['问题来源', '来源'], aliases: ['来源渠道', '检查类型', '问题性质'] },
  { key: 'class', labels: ['问题类别', '问题类型', '类别'], aliases: ['问题分类', '类型', '问题大类', '分类'] },
  { key: 'requirement', labels: ['整改要求', '要求'], aliases: ['整改目标', '工作要求', '整改标准'] },
  { key: 'township', labels: ['乡镇', '镇（街道）'], aliases: ['乡镇（街道）', '镇', '街道', '所在乡镇', '乡（镇）'] },
  { key: 'village', labels: ['行政村', '村'], aliases: ['村（社区）', '村名', '所在村', '涉及村'] },
  { key: 'householdNo', labels: ['户编号', '农户编号'], aliases: ['户号', '家庭编号'] },
  {
    key: 'idNumber',
    labels: ['证件号码', '身份证号'],
    aliases: ['身份证号码', '户主证件号码', '户主身份证号', '证件号'],
    pattern: 'idNumber',
  },
  { key: 'head', labels: ['户主姓名', '户主'], aliases: ['农户姓名', '涉及农户', '涉及户', '涉及对象', '涉及人员'] },
  { key: 'unit', labels: ['责任单位', '整改责任单位'], aliases: ['牵头单位', '整改单位', '责任部门', '交办单位', '承办单位', '责任主体'] },
  { key: 'person', labels: ['责任人', '整改责任人'], aliases: ['第一责任人', '具体责任人', '单位负责人', '主要负责人'] },
  { key: 'leader', labels: ['责任领导', '包案领导'], aliases: ['牵头领导', '督战领导', '挂牌领导', '县级领导', '市级领导', '联系领导'] },
  { key: 'cause', labels: ['原因剖析', '原因分析'], aliases: ['问题原因', '产生原因', '原因', '剖析原因'] },
  { key: 'measures', labels: ['整改措施', '整改举措'], aliases: ['措施', '具体措施', '整改方案', '采取措施'] },
  {
    key: 'due',
    labels: ['整改时限', '完成时限'],
    aliases: ['整改期限', '时限', '限期', '办结时限', '销号时限', '计划完成时间', '完成期限', '要求完成时间'],
  },
  {
    key: 'state',
    labels: ['整改情况', '完成情况'],
    aliases: ['整改状态', '整改进度', '销号情况', '是否完成', '是否销号', '进度', '状态', '落实情况', '办理状态'],
  },
  { key: 'effect', labels: ['整改成效', '整改结果'], aliases: ['成效', '整改效果', '办理结果', '取得成效'] },
  {
    key: 'completedOn',
    labels: ['完成日期', '完成时间'],
    aliases: ['整改完成时间', '实际完成时间', '销号时间', '办结时间', '整改到位时间'],
  },
  { key: 'evidence', labels: ['佐证材料', '佐证'], aliases: ['印证材料', '附件', '佐证资料', '证明材料', '支撑材料'] },
  {
    key: 'foundOn',
    labels: ['发现时间', '发现日期'],
    aliases: ['检查时间', '检查日期', '反馈时间', '登记时间', '督查时间', '问题发现时间'],
  },
] as const
export type ImportField = (typeof importFields)[number]['key']

export const importFieldKeys = importFields.map(({ key }) => key)
