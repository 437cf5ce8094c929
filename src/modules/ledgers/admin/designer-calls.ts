import { useQuery } from '@tanstack/react-query'
import { read, write } from '#kernel/browser/api/index.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { TemplateCard, TemplateProblem, TemplateRecord } from '../rules/template-records.ts'
import type { Template } from '../rules/template.ts'
import { useMay } from '#ui/plug/caller.tsx'
import { mayDesign } from './ledger-rights.ts'

/** All templates that the caller may design; none are asked for by who may not. */
export function useTemplates() {
  const isAllowed = useMay(mayDesign)
  return useQuery({
    queryKey: ['ledgers', 'templates'],
    queryFn: () => read<{ items: TemplateCard[] }>(ledgerPaths.templates),
    enabled: isAllowed,
  })
}

/** One template: its newest version, or the draft where there is one. */
export function useTemplate(templateKey: string) {
  return useQuery({ queryKey: ['ledgers', 'template', templateKey], queryFn: () => readTemplate(templateKey) })
}

export function readTemplate(templateKey: string, version?: number): Promise<TemplateRecord> {
  return read(ledgerPaths.template(templateKey), version === undefined ? {} : { version })
}

/** Keeps a draft; `revision` is that of the draft it was made from. */
export function saveDraft(template: Template, revision?: number): Promise<{ revision: number; problems: TemplateProblem[] }> {
  return write('PUT', `${ledgerPaths.template(template.key)}/draft`, { template, ...(revision === undefined ? {} : { revision }) })
}

/** Makes a draft the version in use. */
export function publishDraft(templateKey: string, revision: number): Promise<{ version: number }> {
  return write('POST', `${ledgerPaths.template(templateKey)}/publish`, { revision })
}

/** A key for a ledger of the county's own; people never see it. */
export function ownKey(): string {
  return `own.l${Date.now().toString(36)}`
}
