import { useQuery } from '@tanstack/react-query'
import { read, upload } from '#kernel/browser/api/index.ts'
import type { CasePapers, PaperRecord, TemplateRecord } from '../../rules/papers/paper-records.ts'

/** The papers of a case, read again after every write. */
export function useCasePapers(caseId: string) {
  return useQuery({ queryKey: ['cases', 'papers', caseId], queryFn: () => read<CasePapers>(`/cases/files/${caseId}/papers`) })
}

/** All papers with their templates. */
export function usePaperTemplates() {
  return useQuery({
    queryKey: ['cases', 'paper-templates'],
    queryFn: () => read<{ items: TemplateRecord[]; can: { edit: boolean } }>('/cases/paper-templates'),
  })
}

/** Where pages of a signed paper are sent. */
export function pagesPath(caseId: string, paper: PaperRecord): string {
  return `/cases/files/${caseId}/papers/${paper.step}/${encodeURIComponent(paper.key)}/pages`
}

/** Sends files one after another; a refusal ends it, what was sent before stays. */
export async function sendFiles(
  path: string,
  files: readonly File[],
  given: { query: Readonly<Record<string, string>>; onProgress: (at: number, share: number) => void },
): Promise<void> {
  for (const [at, file] of files.entries()) {
    await upload(path, file, { query: given.query, onProgress: (share) => given.onProgress(at + 1, share) })
  }
}
