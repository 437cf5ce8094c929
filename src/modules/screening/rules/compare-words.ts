import { defineWords } from '#kernel/pure/words/index.ts'

/** The sentence for each refusal of a comparison, with what to do. */
export const compareErrorWords = defineWords({
  'screening.unknown-list': {
    zh: '“{file}”不像十二类部门清单中的任何一类：看到的列有 {seen}。请检查表头是否完整，或在向导中指定清单类型和列',
    en: '{file} is none of the twelve lists; labels seen: {seen}. Check the header, or say in the wizard which list it is',
  },
  'screening.no-files': { zh: '没有可比对的文件，请先选择部门清单', en: 'There is no file to compare; choose the lists first' },
  'screening.bad-lead-table': {
    zh: '线索表的“{decision}”有逐条才能判的格子，比对用不了',
    en: 'The table of leads has cells in {decision} that the comparison cannot judge',
  },
  'screening.bad-thresholds': { zh: '阈值文件“{path}”不可用：{problem}', en: 'The thresholds file {path} cannot be used: {problem}' },
  'screening.bad-month': { zh: '月份“{month}”应写成六位，如 202601', en: 'The month {month} must be written as YYYYMM' },
  'screening.run-not-found': { zh: '没有这次比对，或不在您的范围内', en: 'There is no such comparison within your scope' },
  'screening.file-not-found': { zh: '这份清单已不在待比对文件中', en: 'This list is no longer waiting' },
  'screening.file-destroyed': {
    zh: '清单文件已按规定销毁，不能再比对；请重新上传',
    en: 'The file was destroyed as the rules demand; upload it again to compare it',
  },
  'screening.run-superseded': {
    zh: '这个月的这份清单已有更新的一次比对，请在那一次里再比对',
    en: 'A later comparison of this list and month counts; compare again from there',
  },
  'screening.run-not-staged': { zh: '这次比对已经开始或结束，不能再改', en: 'This comparison has begun or ended and cannot be changed' },
  'screening.no-register': { zh: '底册还是空的，请先导入农户底册再比对', en: 'The register is empty; import it before comparing' },
  'screening.probe-failed': {
    zh: '比对中途停止（{reason}），没有保存任何结果，请重试；若再次出现请联系管理员',
    en: 'The comparison stopped ({reason}); nothing was stored. Try again',
  },
  'screening.probe-timed-out': {
    zh: '比对 {seconds} 秒没有进展，已停止，没有保存任何结果',
    en: 'No progress for {seconds} s; stopped, nothing stored',
  },
  'screening.interrupted': {
    zh: '比对被中断（停机或重启），没有保存任何结果，请重新上传清单',
    en: 'The comparison was cut short by a stop; nothing was stored. Upload the lists again',
  },
  'screening.terms-expired': {
    zh: '数据共享的期限已过（{expiresOn}），不能再读取；请重新取得共享许可后再比对',
    en: 'The sharing ended on {expiresOn}; nothing may be read. Renew it first',
  },
  'screening.unmapped-file': {
    zh: '“{file}”还没有指定是哪类清单：请指定清单和列，或移出这个文件',
    en: '{file}: say which list it is and map its columns, or remove the file',
  },
  'screening.missing-columns': {
    zh: '“{file}”还缺必需的列：{columns}。请在核对列中指定，或移出这个文件',
    en: '{file} lacks needed columns: {columns}. Map them or remove the file',
  },
  'screening.repair-gone': {
    zh: '这条修正建议已处理，或已过 72 小时销毁',
    en: 'This repair was decided before, or destroyed after 72 hours',
  },
  'screening.leaving-without-day': {
    zh: '清单没有写变动日期，请到农户页填日期办理',
    en: 'The list states no day; report it on the household page',
  },
  'screening.not-of-household': { zh: '这个人不在这一户里', en: 'This person does not belong to the household' },
  'screening.wrong-days': {
    zh: '授权日期不能晚于今天，有效期不能早于授权日期',
    en: 'Given on a later day than today, or ends before it begins',
  },
  'screening.already-authorised': { zh: '这份授权书已经登记过', en: 'This authorisation was noted before' },
  'screening.already-revoked': { zh: '这份授权书已经撤回', en: 'This authorisation was revoked before' },
  'screening.no-authorisations': {
    zh: '没有找到授权书的行：表头至少要有“授权日期”和“户编号”或“身份证号”',
    en: 'No rows found: the header needs 授权日期 and 户编号 or 身份证号',
  },
  'screening.unknown-limit': { zh: '没有这个阈值', en: 'There is no such limit' },
  'screening.limit-unchanged': { zh: '新阈值与现行阈值相同', en: 'The new limit is the one in force' },
  'screening.not-decidable': {
    zh: '这一行已有人处理，或所选人员不在候选中',
    en: 'This row was decided before, or the person is no candidate',
  },
})
