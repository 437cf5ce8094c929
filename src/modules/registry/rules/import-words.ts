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
  'cells-drifted': {
    zh: '这一行的内容与表头错开了，说不清错了几列，没有导入：请把各格移到对应的列下',
    en: 'The cells of this row do not stand below their labels; move them into their columns',
  },
  'cells-moved': { zh: '这一行的内容与表头错开，已按值移回原位', en: 'The cells stood beside their labels and were put right' },
  typography: { zh: '“{label}”的全角、空格等写法已规整', en: 'Typography of "{label}" was repaired' },
})

/** Sentences for refusals of whole files and acts: what happened, what to do, whom to ask. The keys are codes of `registryErrors`. */
export const registryErrorWords = defineWords({
  'registry.not-found': {
    zh: '没有找到这条记录，或不在您的辖区内。请从列表重新进入。',
    en: 'There is no such record, or it is outside your area. Come back from the list.',
  },
  'registry.unknown-kind': {
    zh: '认不出这是哪种表，没有导入。看到的列有：{seen}。请用底册或国网导出表的原始列名；模板有变请联系县级管理员登记列名。',
    en: 'The kind of this file is not recognised; nothing was imported. Its columns: {seen}. Use the labels of the register or of the national exports, or ask the county administrator to add new ones.',
  },
  'registry.other-kind': {
    zh: '您选的是“{said}”，但这份表看起来是“{found}”，没有导入。请核对是不是拿错了文件。',
    en: 'You chose {said}, but the file looks like {found}; nothing was imported. Check whether it is the right file.',
  },
  'registry.other-county': {
    zh: '这份表是“{found}”的，不是“{expected}”的，没有导入任何内容。请换本县的文件；有疑问请联系发文单位。',
    en: 'The file is of {found}, not of {expected}; nothing was imported. Take the file of this county, or ask the office that sent it.',
  },
  'registry.several-counties': {
    zh: '文件里有多个县：{counties}，没有导入任何内容。请按县分开，只留本县；有疑问请联系发文单位。',
    en: 'The files are of several counties: {counties}; nothing was imported. Keep only this county, or ask the office that sent them.',
  },
  'registry.nothing-to-import': {
    zh: '表里没有可以导入的数据行（退回 {refused} 行），没有写入。请确认导出时选对了范围，或按退回原因在原文件里改好后重新上传；有疑问请联系发文单位。',
    en: 'The file has no row that can be imported ({refused} refused); nothing was written. Check what was exported, or mend the refused rows and upload it again; ask the office that sent it.',
  },
  'registry.wrong-state': {
    zh: '这一批的状态已经变了，刚才这一步没有执行。请刷新页面看最新状态。',
    en: 'The state of this import has changed; the step was not done. Reload the page.',
  },
  'registry.staging-lost': {
    zh: '服务器中断过，暂存的行已不在，台账没有改动。请点“重新读取”，不用再传文件。',
    en: 'The waiting rows were lost when the server stopped; the register was not changed. Read the file again; no upload is needed.',
  },
  'registry.diff-outdated': {
    zh: '比对之后台账有变化，没有写入。请点“重新读取”，看过新的差异再执行。',
    en: 'The register changed after the comparison; nothing was written. Read the file again and look at the new differences.',
  },
  'registry.touched-later': {
    zh: '有 {rows} 行后来又被别的导入或纠错改过，没有撤销，什么都没动。请先撤销后来的批次；是纠错改的请联系县级管理员。',
    en: '{rows} rows were changed by a later import or correction; nothing was undone. Undo the later imports first; for corrections ask the county administrator.',
  },
  'registry.nothing-to-undo': {
    zh: '选中的户、人、村里没有这一批还留着的改动，没有撤销。请刷新列表再选。',
    en: 'Nothing of this import is left in what was chosen; nothing was undone. Reload the list and choose again.',
  },
  'registry.fixes-waiting': {
    zh: '有修改还没有重新校验，这一步没有执行。请先点“重新校验”，看过差异再执行。',
    en: 'Something was mended and not checked yet; the step was not done. Check the rows again and look at the differences first.',
  },
  'registry.no-such-column': {
    zh: '这张表没有第 {column} 列，没有保存。请刷新页面再选列。',
    en: 'The sheet has no column {column}; nothing was saved. Reload the page and choose again.',
  },
  'registry.too-many-fixes': {
    zh: '一批最多在页面上改 {limit} 格。请改用“错误清单”在表格里改好后再上传。',
    en: 'At most {limit} cells of one import are mended on the page. Mend the error workbook and hand it in instead.',
  },
  'registry.no-such-row': {
    zh: '第 {row} 行不在待改的行里，没有保存。请刷新页面再改。',
    en: 'Row {row} is not among the rows to mend; nothing was saved. Reload the page.',
  },
  'registry.number-hidden': {
    zh: '第 {row} 行的“{label}”没有问题，号码不显示，也不能在这里改。要改请在错误清单里改好后再上传。',
    en: '"{label}" of row {row} has no problem; its number is not shown and cannot be changed here. Change it in the error workbook.',
  },
  'registry.not-corrected': {
    zh: '这个文件和原来的表没有差别，或不是同一张表，没有改动。请确认改好的是哪个文件。',
    en: 'The file is the same as the first, or another table; nothing was changed. Check which file was corrected.',
  },
  'registry.unbalanced': {
    zh: '写入后的总数不平，已全部取消，台账没有改动。请点“重新读取”再试；仍不行请把文件名告诉县级管理员。',
    en: 'The totals did not balance, so everything was taken back. Read the file again; if it still fails, give its name to the county administrator.',
  },
  'registry.revision-changed': {
    zh: '这条记录刚被别人改过，您的修改没有保存。请刷新后核对再改。',
    en: 'Somebody else has just changed this record; your change was not saved. Reload, check and change again.',
  },
  'registry.reason-needed': {
    zh: '没有写理由，没有执行。请写明理由，至少 4 个字。',
    en: 'A reason of at least 4 characters is needed; nothing was done.',
  },
})
