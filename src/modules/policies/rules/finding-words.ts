import { defineWords } from '#kernel/pure/words/index.ts'

/** What stands against a text besides gaps and overlaps (those are said by kernel/pure/decisions). */
export const findingWords = defineWords({
  unreadable: { zh: '这份内容读不出来，不是有效的决策表文件：{why}', en: 'This cannot be read as a decision model: {why}' },
  'not-finished': {
    zh: '内容太大或条件太碎，没能查完有没有漏掉或重叠的情况，不能发布。请把表拆成几张，或给输入列写明允许的取值；也可以把命中方式改为“第一条”，最后加一行全部写“-”。',
    en: 'It is too large to know whether there are gaps or overlaps, so it cannot be published. Split the table, or say which values its inputs may have; or make it FIRST with a last row of dashes.',
  },
  'decision-missing': {
    zh: '缺少名为“{name}”的决策：其他地方按这个名称取结果，请不要改名或删除。',
    en: 'There is no decision “{name}”: others ask for it by this name.',
  },
  'unknown-name': {
    zh: '用到了“{name}”，但{subject}事实目录和参数里都没有这个名称，判断时永远是“未知”。{near}',
    en: '“{name}” is neither a fact of {subject} nor a parameter: it would always be unknown. {near}',
  },
  'name-near': { zh: '是否应为“{name}”？', en: 'Is “{name}” meant?' },
  'fact-type': {
    zh: '“{name}”在{source}里是{wanted}，这里写成了{found}，比较不出结果。',
    en: '“{name}” is {wanted} in the {source}, but {found} here.',
  },
  'unknown-word': {
    zh: '第 {rows} 行“{input}”写了 {word}，而“{name}”只会取：{words}。是否写错？',
    en: 'Row {rows}, {input}: “{name}” is never {word}; it is one of {words}.',
  },
  'not-portable': {
    zh: '这张表在比对部门名单时成批判定：只能用{facts}这几列，每个格子只能写比较、区间、选项或参数，结果只能写固定的词，命中方式只能是唯一或第一条。',
    en: 'This table is judged while lists are compared: it may only look at {facts}; cells are comparisons, ranges, choices or parameters, outputs are fixed words, and the hit policy is UNIQUE or FIRST.',
  },
  'parameter-empty': {
    zh: '参数“{name}”在 {asOf} 还没有填数，用到它的条件一律是“未知”。',
    en: 'The parameter “{name}” has no value on {asOf}: whatever asks for it is unknown.',
  },
  'no-examples': { zh: '这张表还没有测试用例，建议每行至少写一个。', en: 'There are no examples beside this table.' },
  'example-failed': {
    zh: '用例“{name}”没有通过：{output}应为 {expected}，算出来是 {found}。',
    en: 'The example “{name}” fails: {output} should be {expected}, but is {found}.',
  },
  'example-unreadable': { zh: '用例“{name}”的事实写错了：{why}', en: 'A fact of the example “{name}” cannot be read: {why}' },
  'example-changes': {
    zh: '按这些数，“{table}”的用例“{name}”结果会变：{output}由 {expected} 变为 {found}。',
    en: 'With these values the example “{name}” of “{table}” changes: {output} from {expected} to {found}.',
  },
  'breaks-table': { zh: '按这些数，“{table}”会出问题：{why}', en: 'With these values “{table}” goes wrong: {why}' },
  'loosened-fixed': {
    zh: '“{name}”写的是 {value}，{area}已统一定为 {superior}{document}，下级不能改动。',
    en: '“{name}” says {value}, but {area} fixed it at {superior}{document}; it may not be changed below.',
  },
  'loosened-fill': {
    zh: '“{name}”写的是 {value}，{area}已经定为 {superior}{document}，下级只能在上级没有定的地方补充。',
    en: '“{name}” says {value}, but {area} set it to {superior}{document}; below only what is left open may be filled.',
  },
  'loosened-raise': {
    zh: '“{name}”写的是 {value}，低于{area}定的 {superior}{document}：下级只能提高，不能降低。',
    en: '“{name}” says {value}, less than the {superior} of {area}{document}: below it may only be raised.',
  },
  'loosened-lower': {
    zh: '“{name}”写的是 {value}，高于{area}定的 {superior}{document}：下级只能降低，不能提高。',
    en: '“{name}” says {value}, more than the {superior} of {area}{document}: below it may only be lowered.',
  },
  'loosened-free': { zh: '“{name}”与{area}的规定不一致{document}。', en: '“{name}” differs from what {area} says{document}.' },
  'loosened-unit': {
    zh: '“{name}”的单位与{area}的规定（{superior}）不一致{document}，数字无法比较。',
    en: '“{name}” has another unit than {area} ({superior}){document}.',
  },
  'loosened-latitude': {
    zh: '“{name}”给再下一级的权限放宽了：{area}的规定是“{superior}”{document}，只能照旧或更严。',
    en: '“{name}” allows those below more than {area} does ({superior}){document}.',
  },
  'loosened-later': {
    zh: '从 {from} 起，{area}的“{name}”为 {superior}{document}，这里写的 {value} 届时不再有效。',
    en: 'From {from} on {area} says {superior} for “{name}”{document}; the {value} written here ends then.',
  },
  overrules: {
    zh: '从 {from} 起，{area}现在的“{name}”（{value}）不符合这里的规定，将不再有效，按 {superior} 执行。',
    en: 'From {from} on the {value} that {area} has for “{name}” no longer counts; {superior} does.',
  },
  'table-of-superior': {
    zh: '这张表由{area}统一规定{document}，下级不能另定；如上级有了新文件，请按上级名义录入。',
    en: 'This table is for {area} to say{document}; a new text of the superior is written down in his name.',
  },
  'document-missing': { zh: '还没有填文号，发布前必须填写。', en: 'The document number is missing; it is needed before publication.' },
  'days-reversed': { zh: '失效日早于生效日。', en: 'The last day lies before the first.' },
  'begins-past': {
    zh: '生效日 {from} 已经过去：发布后，这一天以来的判断可能改变，请先模拟。',
    en: 'The first day, {from}, has passed: what was judged since may change. Simulate first.',
  },
  'not-parameters': { zh: '参数内容读不出来：{why}', en: 'The parameters cannot be read: {why}' },
  'value-twice': { zh: '“{name}”写了两次。', en: '“{name}” stands twice.' },
  'value-kind': { zh: '“{name}”应填{wanted}，现在是“{value}”。', en: '“{name}” must be {wanted}, not “{value}”.' },
  'value-decimals': {
    zh: '“{name}”最多 {decimals} 位小数，现在是 {value}。',
    en: '“{name}” has at most {decimals} decimals, not {value}.',
  },
  'name-unreadable': {
    zh: '“{name}”不能作参数名：只能用汉字、字母和数字，不能以数字开头，不能带空格和符号。',
    en: '“{name}” cannot be a name: letters and digits only, no digit first.',
  },
  'name-taken': { zh: '“{name}”已经是{source}的名称，请换一个。', en: '“{name}” is already the name of {source}.' },
  'name-new': { zh: '“{name}”是新参数，目前没有表用到它。', en: '“{name}” is new; no table reads it yet.' },
  'name-gone': { zh: '“{name}”没有写，仍按原来的数执行：{value}。', en: '“{name}” is left out and stays {value}.' },
})
export type FindingWord = keyof typeof findingWords

/** Kinds of values. */
export const kindWords = defineWords({
  number: { zh: '数字', en: 'a number' },
  text: { zh: '文字', en: 'a text' },
  boolean: { zh: '是否', en: 'true or false' },
  date: { zh: '日期', en: 'a date' },
  list: { zh: '一组词', en: 'a list of words' },
})

export const subjectWords = defineWords({
  household: { zh: '户的', en: 'a household' },
  person: { zh: '人员', en: 'a person' },
  village: { zh: '村的', en: 'a village' },
  given: { zh: '外部提供的', en: 'what is given' },
})

export const sourceWords = defineWords({
  facts: { zh: '事实目录', en: 'catalogue of facts' },
  parameters: { zh: '参数', en: 'parameters' },
  decision: { zh: '决策', en: 'decisions' },
})

export const latitudeWords = defineWords({
  fixed: { zh: '不能改', en: 'fixed' },
  fill: { zh: '只能补空缺', en: 'fill only' },
  raise: { zh: '只能提高', en: 'raise only' },
  lower: { zh: '只能降低', en: 'lower only' },
  free: { zh: '可自定', en: 'free' },
})

/** Sentences of the module's refusals and of the kernel's about versions. */
export const policyErrorWords = defineWords({
  'policies.unknown-policy': { zh: '没有这项政策（{key}），可能已经更名。', en: 'There is no policy {key}.' },
  'policies.version-not-found': { zh: '没有找到这个版本，可能已经作废。', en: 'This version is not there.' },
  'policies.version-changed': {
    zh: '别人刚刚改过这个版本，您的改动没有保存。请刷新后看看差别，再改一次。',
    en: 'Somebody has just changed this version; nothing of yours was saved. Reload and look at the difference.',
  },
  'policies.no-such-step': {
    zh: '这个版本现在不能这样办：草稿要先提交，提交后由另一人发布或退回，发布后不再改动。',
    en: 'This cannot be done now: a draft is submitted, then published or returned by another person, and then stays as it is.',
  },
  'policies.not-publishable': {
    zh: '还不能发布，先解决下面的问题。没有改动任何内容。',
    en: 'It cannot be published yet; see what stands against it.',
  },
  'policies.document-missing': { zh: '没有填文号，不能发布。请退回补填。', en: 'Without a document number it cannot be published.' },
  'policies.needs-another': {
    zh: '起草、修改或提交过的人不能自己发布，请另一位有权限的同事发布。',
    en: 'Whoever wrote or submitted it does not publish it; another person does.',
  },
  'policies.days-reversed': { zh: '失效日早于生效日，请改正。', en: 'The last day lies before the first.' },
  'policies.not-in-force': { zh: '{asOf} 这一天，“{key}”还没有生效的版本。', en: 'No version of {key} is in force on {asOf}.' },
  'policies.not-a-table': { zh: '“{key}”不是决策表。', en: '{key} is no decision table.' },
  'policies.not-above': {
    zh: '这个地区既不是本县，也不是上级或本县下辖地区，不能以它的名义起草。',
    en: 'This area is neither the county nor above or within it.',
  },
  'policies.other-policy': { zh: '两个版本不是同一项政策，不能对比。', en: 'These are versions of different policies.' },
  'policies.unknown-fact': { zh: '事实目录里没有“{name}”。', en: 'There is no fact {name}.' },
  'policies.not-simulated': {
    zh: '“{key}”判断的不是农户、人员或村，底册里没有可以模拟的对象；请用样例试算。',
    en: '{key} judges nothing that stands in the register; try it with examples.',
  },
  'policies.unreadable-text': { zh: '这份参数读不出来，请先改正再模拟。', en: 'These parameters cannot be read; mend them first.' },
  'policies.no-names': { zh: '您可以看人数，不能看名单。', en: 'You may see how many, but not who.' },
  'policies.calendar-empty': {
    zh: '没有选择任何一天，也没有声明年份，不需要保存。',
    en: 'No day and no year was chosen; there is nothing to save.',
  },
  'policies.household-not-found': { zh: '没有找到这一户：不在您的范围内，或者这一天还不在底册里。', en: 'This household is not there.' },
})
