import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences for rows and cells of an import; the keys are the reasons of `ImportProblem`. */
export const importWords = defineWords({
  'unknown-label': {
    zh: '“{label}”里的写法不在代码表内，已照原样导入',
    en: 'The value in "{label}" is not in the code list; kept as written',
  },
  'no-amount': { zh: '“{label}”不是金额，已照原样保存', en: '"{label}" is no amount; kept as written' },
  'no-number': { zh: '“{label}”不是数字，已照原样保存', en: '"{label}" is no number; kept as written' },
  'no-date': { zh: '“{label}”不是日期，已照原样保存', en: '"{label}" is no date; kept as written' },
  'no-yes-or-no': { zh: '“{label}”应填“是”或“否”，已照原样保存', en: '"{label}" should be yes or no; kept as written' },
  'phone-form': { zh: '“{label}”不是 11 位手机号或固定电话', en: '"{label}" is no telephone number' },
  'id-form': { zh: '“{label}”不是 18 位身份证号或残疾人证号', en: '"{label}" has not the form of an ID number' },
  'id-check-character': { zh: '“{label}”的校验位不对，请核对号码', en: 'The check character of "{label}" is wrong' },
  'id-birth-date': { zh: '“{label}”里的出生日期不存在', en: 'The birth date in "{label}" does not exist' },
  'id-placeholder': { zh: '“{label}”是无证件占位号', en: '"{label}" is a placeholder for a person without papers' },
  'household-differs': {
    zh: '同一户各行的“{label}”不一致，取第一行',
    en: 'Rows of one household differ in "{label}"; the first row counts',
  },
  'id-as-number': {
    zh: '“{label}”是数字格式，末几位已经丢失：请把该列设为文本后重新填写',
    en: '"{label}" was typed as a number and lost its last digits',
  },
  'no-household-number': { zh: '没有户编号', en: 'Without household number' },
  'no-person-number': { zh: '没有人编号', en: 'Without person number' },
  'household-number-form': { zh: '户编号应为 4 至 32 位数字或字母', en: 'The household number has not the right form' },
  'person-number-form': { zh: '人编号应为 4 至 40 位数字或字母', en: 'The person number has not the right form' },
  'no-name': { zh: '没有姓名', en: 'Without name' },
  'no-place': { zh: '没有乡镇或行政村', en: 'Without township or village' },
  'unknown-place': { zh: '乡镇、行政村无法对应到本县区划', en: 'Township and village are not of this county' },
  'person-twice': { zh: '人编号与第 {first} 行重复', en: 'The person number stands in row {first} already' },
  'village-twice': { zh: '该村与第 {first} 行重复', en: 'The village stands in row {first} already' },
  'other-county': { zh: '该行属于“{county}”，不是本县', en: 'The row belongs to another county: {county}' },
  typography: { zh: '“{label}”的全角、空格等写法已规整', en: 'Typography of "{label}" was repaired' },
})

/** Sentences for refusals of whole files and acts; the keys are codes of `registryErrors`. */
export const registryErrorWords = defineWords({
  'registry.not-found': { zh: '没有这个导入批次，或不在您的范围内', en: 'There is no such import batch within your scope' },
  'registry.unknown-kind': {
    zh: '认不出这是哪种表：看到的列有 {seen}。请用底册或国网导出表的原始列名',
    en: 'The kind of this file is not recognised; columns seen: {seen}',
  },
  'registry.other-kind': { zh: '您选的是“{said}”，但这份表看起来是“{found}”', en: 'You chose {said}, but the file looks like {found}' },
  'registry.other-county': {
    zh: '这份表是“{found}”的，不是“{expected}”的，没有导入任何内容',
    en: 'The file is of {found}, not of {expected}; nothing was imported',
  },
  'registry.several-counties': { zh: '文件里有多个县：{counties}。请按县分开', en: 'The files are of several counties: {counties}' },
  'registry.nothing-to-import': {
    zh: '没有一行可以导入：{refused} 行被退回，请看错误清单',
    en: 'No row can be imported; {refused} rows were refused',
  },
  'registry.wrong-state': { zh: '批次现在的状态是“{state}”，不能这样做', en: 'The batch is {state}; this cannot be done' },
  'registry.busy': { zh: '另一批导入正在进行，请等它完成', en: 'Another import is running' },
  'registry.staging-lost': {
    zh: '暂存的行已不在（服务器曾中断），请重新导入该文件',
    en: 'The waiting rows are gone after an interruption; import the file again',
  },
  'registry.diff-outdated': {
    zh: '比对之后台账有变化，请重新查看差异再确认',
    en: 'The register changed after the comparison; look at the differences again',
  },
  'registry.touched-later': {
    zh: '有 {rows} 行后来又被别的导入或纠错改过，不能撤销这一批',
    en: '{rows} rows were changed later; the batch cannot be undone',
  },
  'registry.unbalanced': { zh: '导入后的总数不平，已全部取消', en: 'The totals do not balance after the import; nothing was changed' },
  'registry.revision-changed': { zh: '这条记录刚被别人改过，请刷新', en: 'The record was just changed by somebody else' },
  'registry.reason-needed': { zh: '请写明理由', en: 'A reason is needed' },
})
