import type { ParseArgsOptionsConfig } from 'node:util'
import { readConfig, type Config } from '#kernel/server/config/index.ts'

/** The values of a command line after parsing. */
export type Given = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

/** One command of the command line (design.md §10). */
export interface Command {
  readonly name: string
  readonly usage: string
  readonly zh: string
  readonly en: string
  readonly options: ParseArgsOptionsConfig
  /** Returns the exit code. */
  readonly run: (given: Given, words: readonly string[]) => Promise<number>
}

/** A text option; `undefined` when it was not given. */
export function textOf(given: Given, name: string): string | undefined {
  const value = given[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A whole number of an option; anything else is a usage error. */
export function numberOf(given: Given, name: string): number | undefined {
  const text = textOf(given, name)
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw new Error(`--${name} 要填数字 · must be a number`)
  return Number(text)
}

/** The configuration with what the command line says. */
export function configOf(given: Given): Config {
  return readConfig({ data: textOf(given, 'data'), host: textOf(given, 'host'), port: numberOf(given, 'port') })
}

/** Prints a result: JSON with --json, else lines for people. */
export function print(given: Given, result: object, lines: readonly string[]): void {
  const json = () => JSON.stringify(result, (_name, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
  process.stdout.write(given['json'] === true ? `${json()}\n` : `${lines.join('\n')}\n`)
}
