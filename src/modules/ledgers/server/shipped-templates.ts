import { readFileSync, readdirSync } from 'node:fs'
import { RoleKey } from '#modules/identity/contract.ts'
import { assignKeys } from '../rules/assign-keys.ts'
import { readTemplate } from '../rules/check-template.ts'
import { openTemplate, type OpenTemplate } from '../rules/open-template.ts'
import type { Template } from '../rules/template.ts'

const folder = new URL('../policy/templates/', import.meta.url)
let shipped: ReadonlyMap<string, readonly OpenTemplate[]> | undefined

/** The roles that templates may name. */
export const knownRoles: readonly string[] = RoleKey.options

/**
 * The templates that the program brings, by key, all versions in order; read once. A file that is no template stops the program; what its
 * formulas and examples say is tried by a test (`problemsOfShipped`), not at every start.
 */
export function shippedTemplates(): ReadonlyMap<string, readonly OpenTemplate[]> {
  shipped ??= openAll(readShippedFiles())
  return shipped
}

/** The files as they lie there, each as JSON with its name, for the tests that name what is wrong with one. */
export function readShippedFiles(): { file: string; json: unknown }[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((pack) => readdirSync(new URL(`${pack.name}/`, folder)).map((name) => `${pack.name}/${name}`))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file): { file: string; json: unknown } => ({ file, json: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) }))
}

/** Opens shipped files: versions of one key follow each other and keep their columns. Throws an Error that names file and problem. */
export function openAll(files: readonly { file: string; json: unknown }[]): Map<string, OpenTemplate[]> {
  const byKey = new Map<string, { file: string; template: Template }[]>()
  for (const { file, json } of files) {
    const read = readTemplate(json)
    if ('problems' in read) throw new Error(`${file}: ${read.problems.map((one) => `${one.at} ${one.said.zh}`).join('; ')}`)
    const { template } = read
    if (template.key.split('.')[0] !== file.split('/')[0]) throw new Error(`${file}: the key ${template.key} belongs to another pack`)
    byKey.set(template.key, [...(byKey.get(template.key) ?? []), { file, template }])
  }
  return new Map([...byKey].map(([key, versions]) => [key, openVersions(versions)]))
}

function openVersions(versions: readonly { file: string; template: Template }[]): OpenTemplate[] {
  const sorted = [...versions].sort((one, other) => versionOf(one.template) - versionOf(other.template))
  const opened: OpenTemplate[] = []
  for (const { file, template } of sorted) {
    const assigned = assignKeys(
      template,
      opened.map((one) => one.keys),
    )
    if (opened.some((one) => one.version === versionOf(template))) throw new Error(`${file}: version ${versionOf(template)} stands twice`)
    opened.push(openTemplate(template, versionOf(template), assigned.keys))
  }
  return opened
}

const versionOf = (template: Template): number => template.version ?? 1
