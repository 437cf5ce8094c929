import { fill, type Language } from '#kernel/pure/words/index.ts'
import { html, type Html, type PageAnswer, type RawForm } from '#kernel/server/http/index.ts'
import { objectionPageWords } from '../../rules/notices/objection-page-words.ts'
import { declarationStyle } from '../intake/declaration-view.ts'
import { qrPathOf } from '../intake/declaration-qr.ts'

/** The public pages look alike. */
export const noticePageStyle = declarationStyle

type Word = keyof typeof objectionPageWords

export interface SaidHere {
  readonly language: Language
  readonly phones: readonly string[]
}

function say({ language, phones }: SaidHere, word: Word, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(objectionPageWords[word], language, { phones: phones.join(language === 'zh' ? '、' : ', '), ...values })
}

function page(said: SaidHere, title: string, body: Html): PageAnswer {
  const other = said.language === 'en' ? '?lang=zh' : '?lang=en'
  const link = html`<p class="s"><a href="${other}">${say(said, 'other')}</a></p>`
  return { title, body: html`<main>${body}${link}</main>`, language: said.language === 'en' ? 'en' : 'zh-CN' }
}

/** What the page of a poster shows of the notice: never who stands on it. */
export interface ShownNotice {
  readonly title: string
  readonly place: string
  readonly endsOn: string | null
  readonly dueOn: string
}

export type ObjectionTrouble = 'mend' | 'again' | 'unfit' | 'busy'

/** The form, empty or with what was written before. */
export function objectionFormPage(
  said: SaidHere,
  given: { notice: ShownNotice; formNo: string; form: RawForm; trouble?: ObjectionTrouble | undefined },
): PageAnswer {
  const { notice, formNo, form, trouble } = given
  const t = (word: Word, values?: Readonly<Record<string, string | number>>) => say(said, word, values)
  const action = said.language === 'en' ? '?lang=en' : '?lang=zh'
  const isMissing = trouble === 'mend'
  const body = html`<h1>${t('title')}</h1><p><b>${notice.place}</b><br>${notice.title}</p>
${trouble === undefined ? undefined : html`<p class="w" role="alert" id="e-text">${t(trouble)}</p>`}
<p>${notice.endsOn === null ? t('paused') : t('hangs', { endsOn: notice.endsOn })}${t('promise', { dueOn: notice.dueOn })}${t('phones')}</p>
<form method="post" action="${action}" accept-charset="utf-8">
<input type="hidden" name="no" value="${formNo}">
${line('about', t('about'), textOf(form['about']), 50)}
<label class="f" for="text">${t('text')}</label><textarea id="text" name="text" rows="6" maxlength="800"${isMissing && html` aria-invalid="true" aria-describedby="e-text"`}>${textOf(form['text'])}</textarea>
${line('name', t('name'), textOf(form['name']), 30)}
${line('phone', t('phone'), textOf(form['phone']), 20)}
<button type="submit">${t('send')}</button></form>`
  return page(said, t('title'), body)
}

function line(name: string, label: string, value: string, most: number): Html {
  return html`<label class="f" for="${name}">${label}</label><input class="t" id="${name}" name="${name}" type="${name === 'phone' ? 'tel' : 'text'}" value="${value}" maxlength="${most}">`
}

function textOf(value: RawForm[string] | undefined): string {
  return typeof value === 'string' ? value.slice(0, 1000) : ''
}

/** What stands where no notice hangs, whatever the address was. */
export function overPage(said: SaidHere, status = 404): PageAnswer {
  return { ...page(said, say(said, 'title'), html`<h1>${say(said, 'title')}</h1><p class="w">${say(said, 'over')}</p>`), status }
}

/** How far an objection is; neither the household nor the words are told. */
export interface ShownReceipt {
  readonly objectionNo: string
  readonly receivedOn: string
  readonly checkingOn: string | null
  readonly answeredOn: string | null
  readonly dueOn: string
  readonly address: string
  readonly isNew: boolean
}

export function receiptPage(said: SaidHere, receipt: ShownReceipt): PageAnswer {
  const t = (word: Word, values?: Readonly<Record<string, string | number>>) => say(said, word, values)
  const { objectionNo, receivedOn, checkingOn, answeredOn, dueOn, address, isNew } = receipt
  const qr = qrPathOf(address)
  const state =
    answeredOn !== null ? t('answered', { on: answeredOn }) : checkingOn !== null ? t('checking', { on: checkingOn }) : t('waiting')
  const body = html`<h1>${t('receiptTitle')}</h1>${isNew && html`<p class="w" role="status">${t('taken')}</p>`}
<p>${t('number')}<br><span class="n">${objectionNo}</span></p>
<ol><li>${t('received', { on: receivedOn })}</li><li>${state}</li></ol>
${answeredOn === null && html`<p>${t('due', { dueOn })}${t('phones')}</p>`}
<svg class="q" viewBox="0 0 ${qr.size} ${qr.size}" role="img" aria-label="${t('receiptTitle')}"><path d="${qr.path}"/></svg>`
  return page(said, t('receiptTitle'), body)
}
