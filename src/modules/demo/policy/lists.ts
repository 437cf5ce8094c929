/** The twelve lists that departments send each month. */
export const listNames = [
  'medical',
  'disability',
  'dibao',
  'education',
  'jobs',
  'housing',
  'police',
  'water',
  'bank',
  'petition',
  'cars',
  'firms',
] as const
export type ListName = (typeof listNames)[number]

/**
 * How departments write a list: file and sheet names, titles, and for each column its labels. `?` after a key: the column may be left out.
 * `{month}` stands for the month in words, `{ym}` for YYYYMM, `{county}` for the county's name.
 */
export interface ListForm {
  files: readonly string[]
  sheets: readonly string[]
  titles: readonly string[]
  /** key → labels joined by `|`; the order is the usual order of the columns. */
  columns: Readonly<Record<string, string>>
  /** Label over columns when the header has two rows, and the keys below it. */
  over?: { label: string; keys: readonly string[] }
  /** Column of the natural key, when a row is not known by its person. */
  naturalKey?: string
  /** Columns whose change makes a row "changed". */
  business: readonly string[]
  /** Column summed up in a total at the end. */
  totalled?: string
}

const id = '身份证号|公民身份号码|证件号码|身份证号码|居民身份证号码|身份证件号|身份证|公民身份证号'
const name = '姓名|姓 名|人员姓名'
const phone = '联系电话|手机号码|手机号|电话'
const township = '乡镇|所属乡镇|乡（镇）|乡镇（街道）|所在乡镇'
const village = '行政村|村|村（居）|村（社区）|所在村'
const serial = '序号|编号'
const remark = '备注|备 注'

export const listForms: Readonly<Record<ListName, ListForm>> = {
  medical: {
    files: ['医保自付费用', '医保局-个人自付费用明细', '{ym}医疗费用', '居民医保住院自付情况'],
    sheets: ['自付明细', 'Sheet1', '医保费用'],
    titles: ['{county}城乡居民医保个人自付费用明细表'],
    columns: {
      'serial?': serial,
      name,
      id,
      township,
      village,
      'hospital?': '就诊医院|就医机构|医疗机构名称',
      total: '本年累计总费用|累计医疗总费用|总费用（元）',
      pooled: '统筹支付|基本医保统筹支付|统筹基金支付（元）',
      serious: '大病支付|大病保险支付|大病保险支付（元）',
      aid: '医疗救助|医疗救助支付|医疗救助（元）',
      own: '本年累计个人自付|个人自付|累计个人自付费用|个人自付金额（元）',
      'asOf?': '统计截止日期|截止日期',
    },
    over: { label: '费用情况（元）', keys: ['total', 'pooled', 'serious', 'aid', 'own'] },
    business: ['total', 'pooled', 'serious', 'aid', 'own'],
  },
  disability: {
    files: ['残联新增持证', '{ym}持证残疾人', '残疾人证办理情况', '残联-新办证人员'],
    sheets: ['Sheet1', '持证人员', '新增'],
    titles: ['{county}新增持证残疾人花名册'],
    columns: {
      name,
      'sex?': '性别',
      id: '残疾人证号|残疾证号|残疾人证号码|残疾人证件号',
      kind: '残疾类别|残疾类型',
      grade: '残疾等级|残疾级别',
      issuedOn: '发证日期|办证日期|发证时间',
      address: '现住址|家庭住址|居住地址',
      phone,
    },
    business: ['kind', 'grade', 'issuedOn'],
  },
  dibao: {
    files: ['民政低保发放', '低保金发放花名册', '{ym}农村低保', '民政局-低保对象'],
    sheets: ['发放花名册', '低保', '{month}发放'],
    titles: ['{county}农村低保金发放花名册'],
    columns: {
      serial,
      name: '户主姓名|姓名|低保户主',
      id,
      township,
      village,
      people: '保障人数|保障人口数|享受人数',
      base: '低保金|保障金|基本低保金',
      extra: '分类施保|分类施保金|分类救助金',
      sum: '合计|发放合计|实发金额',
      'remark?': remark,
    },
    over: { label: '发放金额（元）', keys: ['base', 'extra', 'sum'] },
    business: ['people', 'base', 'extra', 'sum'],
    totalled: 'sum',
  },
  education: {
    files: ['教育辍学及高中职在校', '学生就读情况', '{ym}控辍保学', '教育局-在校生及辍学'],
    sheets: ['示例镇中心小学', '示例镇初级中学', '示例县职业中专'],
    titles: ['学生情况登记表', '义务教育阶段及高中阶段学生就读情况'],
    columns: {
      'serial?': serial,
      name: '学生姓名|姓名',
      id: '身份证件号|学生身份证号|身份证号|证件号码|公民身份号码',
      'schoolNumber?': '学籍号|全国学籍号',
      grade: '年级|就读年级',
      state: '就读状态|在校状态|学籍状态',
      'reason?': '原因|辍学原因',
      'guardian?': '监护人姓名|家长姓名',
      phone: '监护人电话|家长电话|联系电话',
      address: '家庭住址|家庭地址',
    },
    business: ['grade', 'state', 'reason'],
  },
  jobs: {
    files: ['人社失业与返乡', '务工人员失业返乡', '{ym}返乡人员', '人社局-失业登记'],
    sheets: ['失业返乡', 'Sheet1'],
    titles: ['{county}脱贫劳动力失业及返乡情况统计表'],
    columns: {
      name,
      id,
      phone,
      'place?': '原务工地|原务工地点',
      lostOn: '失业（返乡）日期|失业返乡时间|失业或返乡日期',
      state: '当前状态|就业状态|目前状态',
      'months?': '失业月数|失业时长（月）',
      owed: '拖欠工资（元）|欠薪金额|拖欠工资',
    },
    business: ['lostOn', 'state', 'owed'],
  },
  housing: {
    files: ['住建CD级危房', '农村危房台账', '{ym}危房改造', '住建局-危房鉴定'],
    sheets: ['危房台账', '台账', '危房'],
    titles: ['{county}农村危房台账', '农村住房安全鉴定情况'],
    columns: {
      serial,
      name: '户主姓名|户主|姓名',
      id: '户主身份证号|身份证号|证件号码|户主身份证号码',
      township,
      village,
      grade: '房屋危险等级|危房等级|鉴定等级|房屋等级',
      livedIn: '是否居住|现是否居住|是否有人居住',
      judgedOn: '鉴定日期|鉴定时间',
      'remark?': remark,
    },
    business: ['grade', 'livedIn', 'judgedOn'],
  },
  police: {
    files: ['公安死亡与户籍变动', '户籍变动人员', '{ym}死亡注销及迁移', '公安局-人口变动'],
    sheets: ['户籍变动', 'Sheet1'],
    titles: ['{county}户籍人口变动情况表'],
    columns: {
      name,
      id: '公民身份号码|身份证号|证件号码|公民身份证号码',
      kind: '变动类型|变动类别|变动原因',
      changedOn: '变动日期|变动时间',
      address: '户籍地址|户口所在地|户籍地',
    },
    business: ['kind', 'changedOn'],
  },
  water: {
    files: ['水利供水中断', '农村供水情况', '{ym}饮水安全', '水利局-停水统计'],
    sheets: ['供水中断', 'Sheet1'],
    titles: ['农村供水中断情况统计表', '{county}农村饮水安全排查表'],
    columns: {
      'serial?': serial,
      township,
      village,
      group: '村民小组|组别|组',
      households: '影响户数|涉及户数',
      days: '本年累计中断天数|累计停水天数|累计中断天数（天）',
      reason: '原因|中断原因',
      restored: '是否恢复|恢复情况',
    },
    business: ['days', 'reason', 'restored'],
    naturalKey: 'group',
  },
  bank: {
    files: ['银行逾期小额信贷', '小额信贷逾期清单', '{ym}逾期贷款', '农商行-脱贫人口小额信贷'],
    sheets: ['逾期清单', '贷款明细'],
    titles: ['脱贫人口小额信贷逾期清单'],
    columns: {
      contract: '合同号|借款合同号|合同编号',
      name: '借款人|借款人姓名|客户姓名',
      id: '证件号码|身份证号|借款人证件号码',
      phone,
      amount: '贷款金额|借款金额',
      'balance?': '贷款余额|借款余额',
      overdue: '逾期本金|逾期金额',
      days: '逾期天数|逾期天数（天）',
      dueOn: '到期日|到期日期',
      'branch?': '经办网点|经办机构',
    },
    business: ['amount', 'balance', 'overdue', 'days', 'dueOn'],
    naturalKey: 'contract',
  },
  petition: {
    files: ['信访12345诉求', '12345热线工单', '{ym}群众诉求', '信访局-诉求台账'],
    sheets: ['工单', '诉求'],
    titles: ['{county}12345热线群众诉求台账'],
    columns: {
      ticket: '工单编号|工单号|诉求编号',
      calledAt: '来电时间|受理时间|反映时间',
      name: '诉求人|来电人|反映人',
      phone: '来电号码|联系电话|来电人电话',
      township,
      text: '诉求内容|反映内容|诉求事项',
      state: '办理状态|办理情况',
    },
    business: ['state'],
    naturalKey: 'ticket',
  },
  cars: {
    files: ['公安车辆', '机动车登记', '{ym}车辆', '交警大队-机动车'],
    sheets: ['导出结果', 'Sheet1'],
    titles: ['机动车登记信息'],
    columns: {
      'serial?': serial,
      name: '机动车所有人|所有人|车主姓名',
      id: '身份证明号码|所有人证件号码|身份证号',
      plate: '号牌号码|车牌号|车牌号码',
      kind: '车辆类型|车型',
      'model?': '品牌型号|车辆品牌',
      registeredOn: '初次登记日期|注册登记日期',
      'price?': '购置价（元）|购车价格',
      state: '机动车状态|车辆状态|状态',
    },
    business: ['kind', 'state'],
    naturalKey: 'plate',
  },
  firms: {
    files: ['市场监管经营主体', '经营主体登记', '{ym}市场主体', '市监局-法人及个体户'],
    sheets: ['经营主体', 'Sheet1'],
    titles: ['经营主体登记信息', '{county}市场主体登记情况'],
    columns: {
      code: '统一社会信用代码|信用代码|社会信用代码',
      firm: '企业名称|主体名称|市场主体名称',
      kind: '主体类型|市场主体类型|企业类型',
      name: '法定代表人（经营者）|法定代表人|经营者姓名|负责人',
      id: '证件号码|法定代表人证件号码|身份证号|经营者身份证号',
      'capital?': '注册资本（万元）|注册资金（万元）',
      foundedOn: '成立日期|登记日期',
      state: '登记状态|经营状态|企业状态',
    },
    business: ['kind', 'capital', 'state'],
    naturalKey: 'code',
  },
}
