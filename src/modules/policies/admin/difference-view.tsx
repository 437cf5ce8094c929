import type { Definitions } from '#kernel/pure/decisions/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { useT } from '#ui/words/use-t.ts'
import { showCell } from './cell-say.ts'
import { differenceWords } from './difference-words.ts'
import { editorWords } from './editor-words.ts'
import { diffModels, type DecisionDifference } from './model-diff.ts'
import { columnsOf, logicOf, type Around, type TableColumn } from './table-columns.ts'
import type { RowChange, TableDifference } from './table-diff.ts'

/** What a draft says otherwise than the version in force: rows added, removed and changed, cell by cell. */
export function DifferenceView({ old, around }: { old: Definitions; around: Around }) {
  const t = useT(differenceWords)
  const found = diffModels(old, around.definitions)
  if (found.length === 0) return <Notice kind="info">{t('none')}</Notice>
  return (
    <div className="bf-stack">
      {found.map((one) => (
        <OneDifference key={one.decision} difference={one} around={around} />
      ))}
    </div>
  )
}

function OneDifference({ difference, around }: { difference: DecisionDifference; around: Around }) {
  const t = useT(differenceWords)
  const { decision, kind } = difference
  if (kind === 'table') return <TableChanges difference={difference} around={around} />
  return (
    <div>
      <h3>{decision}</h3>
      {kind === 'expression' ? (
        <p>
          {t('expression')}：<span className="bf-before policies-code">{difference.before}</span>{' '}
          <span className="bf-after policies-code">{difference.after}</span>
        </p>
      ) : (
        <p>{t(kind === 'added' ? 'decisionAdded' : 'decisionRemoved')}</p>
      )}
    </div>
  )
}

const levels = { added: 'green', removed: 'red', changed: 'amber' } as const

function TableChanges({
  difference: { decision, difference, element },
  around,
}: {
  difference: Extract<DecisionDifference, { kind: 'table' }>
  around: Around
}) {
  const t = useT(differenceWords)
  const logic = logicOf(element)
  const columns = logic?.kind === 'table' ? columnsOf(logic.table, element, around) : []
  const count = (kind: RowChange['kind']) => difference.rows.filter((row) => row.kind === kind).length
  return (
    <div className="bf-stack">
      <h3>{decision}</h3>
      <p>{t('summary', { added: count('added'), removed: count('removed'), changed: count('changed') })}</p>
      <SettingLines difference={difference} />
      {difference.rows.length === 0 ? null : (
        <ScrollBox>
          <table className="bf-table" aria-label={t('table')}>
            <thead>
              <tr>
                <th>{t('row')}</th>
                <th>{t('kind')}</th>
                <th>{t('column')}</th>
                <th>{t('before')}</th>
                <th>{t('after')}</th>
              </tr>
            </thead>
            <tbody>
              {difference.rows.flatMap((row) =>
                cellLines(row).map((cell, at) => (
                  <CellLine key={`${row.before} ${row.after} ${cell.column}`} row={row} cell={cell} isFirst={at === 0} columns={columns} />
                )),
              )}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </div>
  )
}

/** Of a new or removed row only what says something. */
function cellLines(row: RowChange): RowChange['cells'] {
  if (row.kind === 'changed') return row.cells
  const said = row.cells.filter((cell) => !['', '-'].includes((row.kind === 'added' ? cell.after : cell.before).trim()))
  return said.length === 0 ? row.cells.slice(0, 1) : said
}

function CellLine({
  row,
  cell,
  isFirst,
  columns,
}: {
  row: RowChange
  cell: RowChange['cells'][number]
  isFirst: boolean
  columns: readonly TableColumn[]
}) {
  const t = useT(differenceWords)
  const [part = '', ...rest] = cell.column.split(' ')
  const name = rest.join(' ')
  const column = columns.find((one) => one.part === part && (one.title.startsWith(name) || name === ''))
  const show = (text: string) => (column === undefined || text === '' ? text : showCell(text, column))
  const number = row.after === undefined ? t('oldRow', { row: (row.before ?? 0) + 1 }) : t('newRow', { row: row.after + 1 })
  return (
    <tr>
      <td>{isFirst ? number : null}</td>
      <td>{isFirst ? <StatusTag level={levels[row.kind]} text={t(row.kind)} /> : null}</td>
      <td>{column?.title ?? name}</td>
      <td>{row.kind === 'added' ? null : <span className="bf-before">{show(cell.before)}</span>}</td>
      <td>{row.kind === 'removed' ? null : <span className="bf-after">{show(cell.after)}</span>}</td>
    </tr>
  )
}

const settingNames = ['hitPolicy', 'aggregation', 'values', 'default'] as const

function SettingLines({ difference }: { difference: TableDifference }) {
  const t = useT(differenceWords)
  const words = useT(editorWords)
  const say = (what: string, value: string) => {
    if (what === 'hitPolicy' && isHit(value)) return words(`hit.${value}`)
    return value === '' ? '—' : value
  }
  if (difference.columns.length + difference.settings.length === 0) return null
  return (
    <ul className="bf-lines">
      {difference.columns.map(({ kind, column }) => (
        <li key={`${kind} ${column}`}>
          {t(kind === 'added' ? 'columnAdded' : 'columnRemoved')}：{column.replace(/^\w+ /, '')}
        </li>
      ))}
      {difference.settings.map(({ what, of, before, after }) => (
        <li key={`${what} ${of}`}>
          {t(settingNames.find((one) => one === what) ?? 'values')}
          {of === '' ? '' : ` ${of.replace(/^\w+ /, '')}`}：<span className="bf-before">{say(what, before)}</span>{' '}
          <span className="bf-after">{say(what, after)}</span>
        </li>
      ))}
    </ul>
  )
}

function isHit(value: string): value is 'UNIQUE' | 'FIRST' | 'PRIORITY' | 'ANY' | 'COLLECT' | 'RULE ORDER' | 'OUTPUT ORDER' {
  return ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'].includes(value)
}
