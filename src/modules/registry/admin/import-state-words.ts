import { defineWords } from '#kernel/pure/words/index.ts'

/** Kinds and states of batches, what the server is doing, and the menu. */
export const importStateWords = defineWords({
  menuImport: { zh: '导入', en: 'Import' },
  menuBatches: { zh: '批次与撤销', en: 'Imports and undo' },
  'kind.register': { zh: '农户底册', en: 'Rural register' },
  'kind.monitoring': { zh: '监测对象信息', en: 'Monitored households' },
  'kind.building': { zh: '乡村建设户信息', en: 'Rural construction' },
  'kind.work': { zh: '已外出务工信息', en: 'Migrant work' },
  'kind.planned-work': { zh: '计划外出务工信息', en: 'Planned migrant work' },
  'kind.village': { zh: '行政村信息', en: 'Villages' },
  'kind.unknown': { zh: '未识别', en: 'not recognised' },
  'state.staging': { zh: '正在读取', en: 'reading' },
  'state.staged': { zh: '待执行', en: 'waiting for you' },
  'state.applying': { zh: '正在写入', en: 'writing' },
  'state.applied': { zh: '已导入', en: 'imported' },
  'state.undoing': { zh: '正在撤销', en: 'being undone' },
  'state.undone': { zh: '已撤销', en: 'undone' },
  'state.refused': { zh: '未接收', en: 'refused' },
  'state.interrupted': { zh: '中断', en: 'interrupted' },
  'state.discarded': { zh: '已放弃', en: 'discarded' },
  'step.returned': { zh: '正在与原文件比对改动', en: 'Finding what was corrected' },
  'step.read': { zh: '正在读取文件', en: 'Reading the file' },
  'step.compare': { zh: '正在与台账比对', en: 'Comparing with the register' },
  'step.areas': { zh: '正在建立区划', en: 'Making areas' },
  'step.households': { zh: '正在写入户', en: 'Writing households' },
  'step.persons': { zh: '正在写入人', en: 'Writing persons' },
  'step.changes': { zh: '正在写入改动', en: 'Writing changes' },
  'step.check': { zh: '正在核对总数', en: 'Checking the totals' },
  'step.undo': { zh: '正在撤销', en: 'Undoing' },
  'step.done': { zh: '即将完成', en: 'Almost done' },
  'step.wait': { zh: '排队等待', en: 'Waiting' },
  rows: { zh: '{done} 行', en: '{done} rows' },
  rowsOf: { zh: '{done} / {total} 行', en: '{done} of {total} rows' },
  'entity.household': { zh: '户', en: 'Households' },
  'entity.person': { zh: '人', en: 'Persons' },
  'entity.village': { zh: '村', en: 'Villages' },
  todayTitle: { zh: '数据导入', en: 'Imports' },
  'today.kind': { zh: '数据导入', en: 'Import' },
  'today.first': { zh: '导入底册', en: 'Import the register' },
  'today.firstAsk': {
    zh: '台账还是空的。请导入农户底册（或国网导出表）；先看差异再写入，可整批撤销',
    en: 'The register is empty. Import the rural register or an export; you see the differences first and can undo all of it',
  },
  'today.areas': { zh: '核对乡镇、村、组', en: 'Check townships, villages and groups' },
  'today.areasAsk': {
    zh: '可先导入区划名单；没有名单时，底册里的乡镇、村、组会在试运行里列出，确认后由底册建立',
    en: 'Import a list of areas first; without one, the trial run lists the areas that the register names and makes them after you confirm',
  },
  'today.officer': { zh: '开通县数据管理员账号', en: 'Open the account of the county data officer' },
  'today.officerAsk': {
    zh: '底册由县数据管理员导入，系统管理员看不到农户信息。请先为其开通账号',
    en: 'The register is imported by the county data officer; administrators do not see households. Open that account first',
  },
  'today.stagedAsk': { zh: '已校验，等您确认后写入', en: 'Checked; waits for you to confirm' },
  'today.interruptedAsk': { zh: '导入中断，台账没有改动。请重新读取', en: 'Interrupted; the register was not changed. Read it again' },
})

/** Sentences for what ends an import that no refusal of the server's own names. */
export const importFaultWords = defineWords({
  'registry.fault': {
    zh: '服务器处理这个文件时出错，台账没有改动。请点“重新读取”；仍不行请把文件名和时间告诉县级管理员。',
    en: 'The server failed on this file; the register was not changed. Read it again; if it still fails, give the file name and the time to the county administrator.',
  },
})
