import type { Field } from '../rules/template.ts'

/** The words of a county's own template: English as Chinese until somebody writes it. */
export function bothWords(zh: string, en?: string): { zh: string; en: string } {
  return { zh, en: en === undefined || en === '' ? zh : en }
}

/** Choices as pasted from Excel: one to a line or cell, or separated by 、，；. What is said twice is taken once. */
export function readChoices(text: string): { key: string; name: { zh: string; en: string } }[] {
  const lines = /[\n\t]/.test(text.trim()) ? text.split(/[\n\r\t]+/) : text.split(/[、，,；;]+/)
  const names = lines.map((line) => line.trim().slice(0, 60)).filter((line) => line !== '')
  return [...new Set(names)].slice(0, 200).map((name) => ({ key: name, name: bothWords(name) }))
}

/** The choices with the keys that were there already: a renamed choice would be another one for the records. */
export function mergeChoices(before: Field['choices'], text: string): NonNullable<Field['choices']> {
  return readChoices(text).map((choice) => before?.find((one) => one.name.zh === choice.name.zh) ?? choice)
}
