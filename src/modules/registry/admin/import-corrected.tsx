import { DataList } from '#ui/data/data-list.tsx'
import type { DataColumn } from '#ui/data/data-columns.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { ImportProblem } from '../contract.ts'
import { sayImportProblem } from '../rules/say-problem.ts'
import { importPageRows, importsKey, readProblems } from './import-calls.ts'
import { importScreenWords } from './import-screen-words.ts'

/** Cells whose typography was repaired on reading; nothing has to be done about them. */
export function CorrectedCells({ batchId }: { batchId: string }) {
  const t = useT(importScreenWords)
  const language = useLanguage()
  const columns: DataColumn<ImportProblem>[] = [
    { key: 'row', title: t('problemRow'), kind: 'number', widthRem: 7, value: (problem) => problem.row },
    { key: 'sheet', title: t('problemSheet'), value: (problem) => problem.sheet },
    {
      key: 'column',
      title: t('problemColumn'),
      value: (problem) => [problem.column, problem.label].filter((part) => part !== undefined).join('　'),
    },
    { key: 'reason', title: t('problemReason'), value: (problem) => sayImportProblem(problem, language) },
  ]
  return (
    <DataList<ImportProblem>
      label={t('severity.corrected')}
      queryKey={[...importsKey, batchId, 'problems', 'corrected']}
      load={(after) => readProblems(batchId, { severity: 'corrected', after })}
      columns={columns}
      rowKey={(problem) => String(problem.problemNo)}
      pageSize={importPageRows}
      empty={{ title: t('problemsNone'), todo: t('otherFilter') }}
    />
  )
}
