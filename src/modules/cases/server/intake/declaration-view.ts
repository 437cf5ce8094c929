import { fill, type Language } from '#kernel/pure/words/index.ts'
import { html, type Html, type PageAnswer, type RawForm } from '#kernel/server/http/index.ts'
import type { DeclarationProblem } from '../../rules/intake/declaration-form.ts'
import { declarationWords } from '../../rules/intake/declaration-words.ts'
import { difficulties, type Difficulty } from '../../rules/intake/intake-records.ts'
import type { KnownVillage } from './declaration-known.ts'
import { qrPathOf } from './declaration-qr.ts'
import type { DeclarationTerms } from './declaration-terms.ts'

/** Large type, nothing that a browser of 2016 does not know: no grid, no variables, no flex gaps. Holds at 320 px. */
export const declarationStyle = [
  'body{margin:0;background:#f5f7fa;color:#1b1f24;font:20px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}',
  'main{max-width:34em;margin:0 auto;padding:12px 16px 32px;background:#fff}',
  'h1{margin:8px 0;font-size:28px;line-height:1.3}h2{margin:8px 0;font-size:22px}p{margin:8px 0}',
  'fieldset{margin:16px 0;padding:0;border:0;min-width:0}legend,label.f{display:block;margin:16px 0 4px;padding:0;font-weight:bold}',
  'input.t,textarea{display:block;width:100%;box-sizing:border-box;padding:10px;font:inherit;color:inherit;background:#fff;border:1px solid #5f6875;border-radius:4px}',
  'label.c{display:block;position:relative;margin:10px 0;padding:12px 12px 12px 48px;border:1px solid #8a94a3;border-radius:4px}',
  'label.c input{position:absolute;left:14px;top:17px;width:22px;height:22px;margin:0}',
  '.g:after{content:"";display:block;clear:both}.g label.c{float:left;width:49%;box-sizing:border-box;min-height:56px;margin:0 2% 8px 0}.g label.c:nth-of-type(even){margin-right:0}',
  'svg.i{width:26px;height:26px;margin-right:6px;vertical-align:-6px;fill:none;stroke:#1554b0;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}',
  'button{display:block;width:100%;margin:20px 0;padding:14px;font:inherit;font-weight:bold;color:#fff;background:#1554b0;border:0;border-radius:4px}',
  'a{color:#1554b0}:focus{outline:3px solid #1554b0;outline-offset:1px}button:focus{outline-color:#9a5b00}',
  '.w{padding:10px 12px;background:#fff4dc;border-left:5px solid #9a5b00}.e{margin:4px 0;color:#a81b15;font-weight:bold}.s{font-size:17px;color:#4a5361}',
  '.n{display:block;font-size:26px;font-weight:bold;white-space:nowrap}ol{margin:8px 0;padding-left:28px}svg.q{display:block;width:220px;height:220px;background:#fff}',
  '@media(max-width:359px){.g label.c{float:none;width:auto;margin-right:0}}',
].join('')

/** What the page says: texts of one language, telephones of a village. */
export interface Said {
  readonly language: Language
  readonly village: KnownVillage | undefined
  readonly terms: DeclarationTerms
}

type Word = keyof typeof declarationWords

export function languageOf(query: RawForm): Language {
  return query['lang'] === 'en' ? 'en' : 'zh'
}

function say({ language }: Pick<Said, 'language'>, word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(declarationWords[word], language, values)
}

/** The telephones that are named when something does not go on. */
function phonesOf(said: Said): string {
  const phone = said.village?.phone ?? null
  const own = phone === null ? [] : [say(said, 'villagePhone', { phone })]
  return [...own, ...said.terms.telephones].join(said.language === 'zh' ? '、' : ', ')
}

function page(said: Said, title: string, body: Html): PageAnswer {
  return { title, body: html`<main>${body}</main>`, language: said.language === 'en' ? 'en' : 'zh-CN' }
}

export type Trouble = 'mend' | 'again' | 'unfit' | 'busy' | 'fault'

/** The form, empty or with what was written before. `action`: where it is sent. */
export function formPage(
  said: Said & { village: KnownVillage },
  given: { formNo: string; action: string; form: RawForm; trouble?: Trouble | undefined; problems?: readonly DeclarationProblem[] },
): PageAnswer {
  const { village, terms } = said
  const { form, trouble, problems = [] } = given
  const t = (word: Word, values?: Readonly<Record<string, string | number>>) => say(said, word, values)
  const place = t('place', { township: village.township, village: village.village })
  const problem = (key: DeclarationProblem) =>
    problems.includes(key) ? html`<p class="e" id="e-${key}">${t(`problem.${key}`)}</p>` : undefined
  const days = { answer: terms.answerDays, result: terms.resultDays }
  const basis = terms.legalBasis.join(said.language === 'zh' ? '、' : ', ')
  const body = html`<h1>${t('title')}</h1><p><b>${place}</b></p>
${trouble === undefined ? html`<p>${t('intro')}</p>` : html`<p class="w" role="alert">${t(trouble, { phones: phonesOf(said) })}</p>`}
<p>${t(terms.calendar === 'working' ? 'promise' : 'promiseDays', days)}${t('phones', { phones: phonesOf(said) })}</p>
<form method="post" action="${given.action}" accept-charset="utf-8">
<input type="hidden" name="no" value="${given.formNo}">
${textField({ name: 'name', label: t('name'), value: textOf(form['name']), most: 30, more: 'autocomplete', problem: problem('name') })}
${textField({ name: 'phone', label: t('phone'), value: textOf(form['phone']), most: 20, more: 'tel', problem: problem('phone') })}
${textField({ name: 'id', label: t('id'), value: textOf(form['id']), most: 20, problem: problem('id') })}
${checkField({ name: 'call', label: t('call'), isChecked: form['call'] === '1' })}
<fieldset><legend>${t('hard')}</legend>${problem('hard')}<div class="g">${difficulties.map((one) => hardField(t(`hard.${one}`), one, form['hard']))}</div></fieldset>
<label class="f" for="text">${t('text')}</label><textarea id="text" name="text" rows="4" maxlength="500">${textOf(form['text']).slice(0, 1000)}</textarea>
${checkField({ name: 'other', label: t('other'), isChecked: form['other'] === '1' })}
${textField({ name: 'reporter', label: t('reporter'), value: textOf(form['reporter']), most: 30, problem: problem('reporter') })}
${textField({ name: 'relation', label: t('relation'), value: textOf(form['relation']), most: 20 })}
<p class="s">${t('consent', { basis, months: terms.keepMonths })}</p>
${problem('agree')}${checkField({ name: 'agree', label: t('agree'), isChecked: form['agree'] === '1' })}
<button type="submit">${t('send')}</button></form>${otherLanguage(said)}`
  return page(said, `${t('title')} ${place}`, body)
}

function textOf(value: RawForm[string] | undefined): string {
  return typeof value === 'string' ? value.slice(0, 1000) : ''
}

function textField(given: {
  name: string
  label: string
  value: string
  most: number
  more?: 'tel' | 'autocomplete'
  problem?: Html | undefined
}): Html {
  const { name, label, value, most, more, problem } = given
  const type = more === 'tel' ? 'tel' : 'text'
  const described = problem === undefined ? undefined : html` aria-invalid="true" aria-describedby="e-${name}"`
  return html`<label class="f" for="${name}">${label}</label>${problem}<input class="t" id="${name}" name="${name}" type="${type}" value="${value}" maxlength="${most}"${described}>`
}

function checkField({ name, label, isChecked }: { name: string; label: string; isChecked: boolean }): Html {
  return html`<label class="c"><input type="checkbox" name="${name}" value="1"${isChecked && html` checked`}>${label}</label>`
}

function hardField(label: string, one: Difficulty, chosen: RawForm[string] | undefined): Html {
  const isChecked = typeof chosen === 'string' ? chosen === one : chosen?.includes(one) === true
  return html`<label class="c"><input type="checkbox" name="hard" value="${one}"${isChecked && html` checked`}><svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d="${icons[one]}"/></svg>${label}</label>`
}

/** One stroke each, in a square of 24. */
const icons: Readonly<Record<Difficulty, string>> = {
  illness: 'M9 3h6v6h6v6h-6v6H9v-6H3V9h6z',
  disability: 'M9 4h.1M9 8v6h6l3 6M6 11a6 6 0 1 0 8 8',
  schooling: 'M2 9l10-5 10 5-10 5zM6 11v6c3 3 9 3 12 0v-6M22 9v7',
  disaster: 'M13 2L5 14h6l-1 8 9-13h-6z',
  accident: 'M12 3L2 21h20zM12 10v5M12 18h.1',
  housing: 'M3 11l9-8 9 8M6 9v12h12V9M10 21v-6h4v6',
  water: 'M12 3c4 5 6 8 6 11a6 6 0 0 1-12 0c0-3 2-6 6-11z',
  work: 'M3 8h18v12H3zM8 8V4h8v4M3 13h18',
  business: 'M3 4l6 8 4-3 8 10M21 13v6h-6',
  other: 'M5 12h.1M12 12h.1M19 12h.1',
}

function otherLanguage(said: Said): Html {
  return html`<p class="s"><a href="?lang=${said.language === 'zh' ? 'en' : 'zh'}" lang="${said.language === 'zh' ? 'en' : 'zh-CN'}">${say(said, 'english')}</a></p>`
}

/** A page of one sentence: too many calls, a code that is none any more, a fault. */
export function sentencePage(said: Said, word: 'busyPage' | 'large' | 'unreadable' | 'fault' | 'nothing'): PageAnswer {
  const title = say(said, 'title')
  return page(said, title, html`<h1>${title}</h1><p class="w">${say(said, word, { phones: phonesOf(said) })}</p>`)
}

/** What a receipt's page says of its intake. */
export interface ShownProgress {
  readonly receiptNo: string
  readonly receivedOn: string
  readonly checkingOn: string | null
  readonly decidedOn: string | null
  readonly dueOn: string
  readonly address: string
  readonly isNew: boolean
  readonly phone: string | null
}

/** The receipt, which is the page of the progress as well: number, QR code of its own address, three steps with their days. */
export function progressPage(said: Said, shown: ShownProgress): PageAnswer {
  const t = (word: Word, values?: Readonly<Record<string, string | number>>) => say(said, word, values)
  const qr = qrPathOf(shown.address)
  const { decidedOn } = shown
  const checkingOn = shown.checkingOn ?? decidedOn
  const step = (word: Word, day: string | null) => html`<li>${t(word)}：<b>${day ?? t('pending')}</b></li>`
  const own = shown.phone === null ? [] : [t('villagePhone', { phone: shown.phone })]
  const phones = [...own, ...said.terms.telephones].join(said.language === 'zh' ? '、' : ', ')
  const body = html`<h1>${t(shown.isNew ? 'taken' : 'progress')}</h1><p>${t('number')} <span class="n">${shown.receiptNo}</span></p>
<ol>${step('step.received', shown.receivedOn)}${step('step.checking', checkingOn)}${step('step.decided', decidedOn)}</ol>
${checkingOn === null && html`<p>${t('waiting', { day: shown.dueOn })}</p>`}<p>${t('phones', { phones })}</p>
<svg class="q" viewBox="0 0 ${qr.size} ${qr.size}" role="img" aria-label="${t('qr')}"><path d="${qr.path}"/></svg>
<p>${t('keep')}</p><p class="s"><a href="${shown.address}">${t('progress')}</a></p>${otherLanguage(said)}`
  return page(said, `${t('progress')} ${shown.receiptNo}`, body)
}
