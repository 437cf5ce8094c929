import { isNamedError, NamedError } from '#kernel/pure/errors/index.ts'
import { fill, type Catalogue } from '#kernel/pure/words/index.ts'
import { sayError as saySheetError } from '#kernel/server/sheets/index.ts'
import { machineWords } from './words.ts'

const catalogues: Catalogue[] = [machineWords]

/** Adds a module's sentences. */
export function addWords(catalogue: Catalogue | undefined): void {
  if (catalogue !== undefined && !catalogues.includes(catalogue)) catalogues.push(catalogue)
}

/** A fault in words for the command line: Chinese first, English beneath. A driver's message is never shown: it holds values. */
export function sayFault(fault: unknown): { code: string; sentence: string; details: object } {
  if (!isNamedError(fault)) {
    const fromDriver = fault instanceof Error && 'severity' in fault
    const text = fault instanceof Error && !fromDriver ? fault.message : ''
    return { code: 'fault', sentence: `出错了，数据未写入一半。${text}\nSomething failed; nothing is half written. ${text}`, details: {} }
  }
  return { code: fault.code, sentence: sentenceOf(fault), details: fault.details }
}

/** A refusal that was stored with its code and details, in Chinese. */
export function sayRefusal(error: { code: string; details: Readonly<Record<string, unknown>> }): string {
  return sentenceOf(new NamedError(error.code, 400, error.details)).split('\n')[0] ?? error.code
}

function sentenceOf(fault: NamedError): string {
  const ofSheets = ['zh', 'en'].map((language) => saySheetError(fault, language === 'zh' ? 'zh' : 'en'))
  if (ofSheets[0] !== undefined) return ofSheets.join('\n')
  const words = catalogues.map((catalogue) => catalogue[fault.code]).find((found) => found !== undefined)
  if (words === undefined) return `${fault.code} ${JSON.stringify(fault.details)}`
  const values = Object.fromEntries(Object.entries(fault.details).map(([name, value]) => [name, readable(value)]))
  return `${fill(words, 'zh', values)}\n${fill(words, 'en', values)}`
}

function readable(value: unknown): string | number {
  if (typeof value === 'number' || typeof value === 'string') return value
  return Array.isArray(value) ? value.map(String).join('、') : JSON.stringify(value)
}
