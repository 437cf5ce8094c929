import { defineWords } from '#kernel/pure/words/index.ts'

/** The sentence for each error of the module. */
export const ledgersErrorWords = defineWords({
  'ledgers.refused': { zh: '有内容要改正', en: 'Something must be corrected' },
  'ledgers.changed-meanwhile': { zh: '这一条刚被别人改过，请刷新后再改', en: 'Somebody changed it meanwhile; load it again' },
  'ledgers.may-not-write': { zh: '您的岗位不能填写这个台账', en: 'Your role may not write in this ledger' },
  'ledgers.may-not-read': { zh: '这个台账只对承办单位开放', en: 'This ledger is open to its office only' },
  'ledgers.may-not-move': { zh: '现在不能这样办理', en: 'This cannot be done now' },
  'ledgers.removed': { zh: '这一条已经删除', en: 'It has been removed' },
  'ledgers.not-removed': { zh: '这一条没有删除', en: 'It has not been removed' },
  'ledgers.not-unique': { zh: '已有一条：{names} 相同', en: 'There is one with the same {names}' },
  'ledgers.withdrawn': { zh: '这个台账已停用，不能再登记', en: 'This ledger was withdrawn; nothing more is entered' },
  'ledgers.older-version': {
    zh: '这一条是旧版 {version} 写的，请先升级到 {current}',
    en: 'It was written with version {version}; take it to {current} first',
  },
  'ledgers.held-elsewhere': {
    zh: '有人正在登记或导入同一笔资金、同一主体的记录，请稍等一下再保存',
    en: 'Somebody is entering or importing records of the same fund or payee. Wait a moment and save again',
  },
  'ledgers.unknown-field': { zh: '不能按“{field}”排序或筛选', en: 'It cannot be sorted or filtered by {field}' },
  'ledgers.too-many-rows': { zh: '一次最多 {most} 行', en: 'At most {most} rows at a time' },
  'ledgers.too-many-groups': {
    zh: '分组超过 {most} 个，统计会不全。请改按状态、乡镇、村、选择类栏目或按月按年分组，或者先筛选再统计',
    en: 'More than {most} groups would not be counted whole. Group by state, township, village, a choice, month or year, or filter first',
  },
  'ledgers.nothing-to-import': { zh: '文件里没有认得出的表格', en: 'No table was recognised in the file' },
  'ledgers.import-state': { zh: '这一批导入已经处理过', en: 'This import has been dealt with' },
  'ledgers.import-stale': {
    zh: '试运行之后有 {rows} 条被改动，请重新试运行',
    en: '{rows} records changed since the dry run; run it again',
  },
  'ledgers.import-touched': {
    zh: '这批导入的 {rows} 条后来有人改过，不能撤销',
    en: '{rows} records of this import were changed since; it cannot be undone',
  },
  'ledgers.import-gone': { zh: '导入文件已不在，请重新上传', en: 'The file of the import is gone; upload it again' },
  'ledgers.template-problems': { zh: '模板有问题，不能发布', en: 'The template has problems and cannot be published' },
  'ledgers.template-unknown': { zh: '没有这个台账', en: 'There is no such ledger' },
  'ledgers.not-published': { zh: '这一版不是本县发布的在用版本', en: "It is no published version of the county's own" },
  'ledgers.draft-missing': { zh: '没有草稿', en: 'There is no draft' },
  'ledgers.migration-running': { zh: '正在升级，请稍候', en: 'Records are being taken over; please wait' },
  'ledgers.migration-backwards': { zh: '只能升级到在用的最新版本', en: 'Records are only taken to the newest version in use' },
  'ledgers.no-sampling': { zh: '这个台账没有设抽查', en: 'This ledger has no sampling' },
  'ledgers.no-empty-sample': { zh: '没有可抽查的记录', en: 'There is nothing to sample from' },
  'ledgers.file-lost': { zh: '文件已损坏或不在了', en: 'The file is damaged or gone' },
  'ledgers.too-many-files': { zh: '一条最多 {most} 个文件', en: 'At most {most} files per record' },
})
