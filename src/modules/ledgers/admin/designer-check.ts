import { inspect, parseExpression, sayExpressionError, sayNotice } from '#kernel/pure/expressions/index.ts'
import type { Language } from '#kernel/pure/words/index.ts'
import { RoleKey } from '#modules/identity/contract.ts'
import { assignKeys } from '../rules/assign-keys.ts'
import { checkTemplate, readTemplate } from '../rules/check-template.ts'
import { namesOf, openTemplate, type OpenTemplate } from '../rules/open-template.ts'
import type { TemplateProblem } from '../rules/template-records.ts'
import type { Column, Field } from '../rules/template.ts'
import type { Draft } from './designer-draft.ts'

/** What stands against publishing a draft, by the same rules as on the server; the draft opened for use when nothing does. */
export function judgeDraft(draft: Draft): { problems: readonly TemplateProblem[]; open?: OpenTemplate } {
  const read = readTemplate(draft)
  if ('problems' in read) return { problems: read.problems.map((one) => explained(draft, one)) }
  const assigned = assignKeys(read.template)
  const problems = checkTemplate(read.template, assigned, RoleKey.options)
  return problems.length > 0 ? { problems } : { problems, open: openTemplate(read.template, 1, assigned.keys) }
}

/** A problem of the shape in words of the screen: the only one that the designer lets through is a name that is empty. */
function explained(draft: Draft, problem: TemplateProblem): TemplateProblem {
  const match = /^fields\.(\d+)/.exec(problem.at)
  if (!problem.at.endsWith('name.zh') && !problem.at.endsWith('name.en')) return problem
  const at = match === null ? '' : `fields.${draft.fields[Number(match[1])]?.key ?? ''}`
  const number = match === null ? '' : ` ${Number(match[1]) + 1}`
  return {
    at,
    said: {
      zh: match === null ? '有名称没填' : `字段${number} 没有名称`,
      en: match === null ? 'A name is missing' : `Field${number} has no name`,
    },
  }
}

/** What is wrong with a formula over some fields, in a sentence; nothing while it is empty. */
export function formulaProblem(text: string, fields: readonly (Field | Column)[], language: Language): string | undefined {
  if (text.trim() === '') return undefined
  try {
    const [problem] = inspect(parseExpression(text, { names: namesOf(fields) })).problems
    return problem === undefined ? undefined : sayNotice(problem, language)
  } catch (error) {
    return sayExpressionError(error, language) ?? undefined
  }
}

/** The field that a problem is about. */
export function fieldOfProblem({ at }: TemplateProblem): string | undefined {
  return /^fields\.([a-z][a-z0-9-]*)/.exec(at)?.[1]
}
