import { unaryTest } from 'feelin'
import { factNames, type BenchRecord } from './decisions-table.ts'

/** What a peer made of the records: which row, and how fast. */
export interface PeerRun {
  readonly perSecond: number
  readonly rows: readonly number[]
}

const contextOf = (record: BenchRecord) => ({
  income: record.incomeFen / 100,
  spending: record.spendingFen / 100,
  workers: record.workers,
  kind: record.kind,
})

/** GoRules Zen, the engine in Rust, with the same rows: its decision is made once, then asked record after record. Undefined where it has no build. */
export async function runZen(cells: readonly (readonly string[])[], records: readonly BenchRecord[]): Promise<PeerRun | undefined> {
  const zen = await import('@gorules/zen-engine').catch(() => undefined)
  if (zen === undefined) return undefined
  const inputs = factNames.map((name) => ({ id: name, name, field: name }))
  const rules = cells.map((row, at) => ({
    _id: `r${at}`,
    ...Object.fromEntries(row.map((text, input) => [factNames[input], text === '-' ? '' : text])),
    row: String(at),
    class: `"C${at}"`,
    amount: String(at * 12.5),
  }))
  const outputs = ['row', 'class', 'amount'].map((name) => ({ id: name, name, field: name }))
  const content = {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        id: 'table',
        type: 'decisionTableNode',
        name: 'table',
        position: { x: 0, y: 0 },
        content: { hitPolicy: 'first', inputs, outputs, rules },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'table', type: 'edge' },
      { id: 'b', sourceId: 'table', targetId: 'out', type: 'edge' },
    ],
  }
  const decision = new zen.ZenEngine().createDecision(content)
  const rows: number[] = []
  for (const record of records.slice(0, 500)) await decision.evaluate(contextOf(record))
  const began = performance.now()
  for (const record of records) {
    const { result } = await decision.evaluate(contextOf(record))
    rows.push(Number(result.row))
  }
  return { perSecond: (records.length * 1000) / (performance.now() - began), rows }
}

/** feelin, the FEEL of bpmn.io, cell by cell until a row holds. */
export function runFeelin(cells: readonly (readonly string[])[], records: readonly BenchRecord[]): PeerRun {
  const holds = (record: ReturnType<typeof contextOf>, row: readonly string[]) =>
    row.every((text, input) => text === '-' || unaryTest(text, { ...record, '?': record[factNames[input] ?? 'income'] }).value === true)
  const began = performance.now()
  const rows = records.map((record) => {
    const context = contextOf(record)
    return cells.findIndex((row) => holds(context, row))
  })
  return { perSecond: (records.length * 1000) / (performance.now() - began), rows }
}
