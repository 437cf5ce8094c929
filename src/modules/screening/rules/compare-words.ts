import { defineWords } from '#kernel/pure/words/index.ts'

/** The sentence for each refusal of a comparison, with what to do. */
export const compareErrorWords = defineWords({
  'screening.unknown-list': {
    zh: '“{file}”不像十二类部门清单中的任何一类：看到的列有 {seen}。请检查表头是否完整，或在向导中指定清单类型和列',
    en: '{file} is none of the twelve lists; labels seen: {seen}. Check the header, or say in the wizard which list it is',
  },
  'screening.no-files': { zh: '没有可比对的文件，请先选择部门清单', en: 'There is no file to compare; choose the lists first' },
  'screening.bad-thresholds': { zh: '阈值文件“{path}”不可用：{problem}', en: 'The thresholds file {path} cannot be used: {problem}' },
  'screening.bad-month': { zh: '月份“{month}”应写成六位，如 202601', en: 'The month {month} must be written as YYYYMM' },
  'screening.run-not-found': { zh: '没有这次比对，或不在您的范围内', en: 'There is no such comparison within your scope' },
  'screening.file-not-found': { zh: '这份清单已不在待比对文件中', en: 'This list is no longer waiting' },
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
  'screening.not-decidable': {
    zh: '这一行已有人处理，或所选人员不在候选中',
    en: 'This row was decided before, or the person is no candidate',
  },
})
