// The peer of the linkage bench: the Jaro-Winkler similarity of names and an equal day of birth, in DuckDB, on the same pairs. See linkage.ts.
import { DuckDBInstance } from '@duckdb/node-api'
import type { LabelledPair } from './linkage-pairs.ts'
import type { Quality } from './linkage-measure.ts'

const thresholds = [0.7, 0.8, 0.85, 0.9, 0.95]

/** The best that the peer does on the pairs, over its usual thresholds, by the harmonic mean of precision and recall. */
export async function measurePeer(pairs: readonly LabelledPair[]): Promise<Quality & { threshold: number; ms: number }> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect()
  await connection.run(
    'CREATE TABLE pair (same BOOLEAN, one VARCHAR, other VARCHAR, born VARCHAR, other_born VARCHAR, id VARCHAR, other_id VARCHAR)',
  )
  const appender = await connection.createAppender('pair')
  for (const { row, person, isSame } of pairs) {
    appender.appendBoolean(isSame)
    const texts = [row.name, person.name, bornOf(row.bornOn, row.idNumber), person.bornOn, row.idNumber, person.idNumber]
    for (const text of texts) appender.appendVarchar(text)
    appender.endRow()
  }
  appender.closeSync()
  const start = performance.now()
  let best = { precision: 0, recall: 0, said: 0, threshold: 0 }
  for (const threshold of thresholds) {
    const reader = await connection.runAndReadAll(
      `SELECT count(*) FILTER (WHERE same AND said) AS right_ones, count(*) FILTER (WHERE said) AS said, count(*) FILTER (WHERE same) AS same
       FROM (SELECT same, (id = other_id OR (born <> '' AND born = other_born)) AND jaro_winkler_similarity(one, other) >= ${threshold} AS said FROM pair)`,
    )
    const [rightOnes, said, same] = (reader.getRows()[0] ?? []).map(Number)
    const found = {
      precision: (rightOnes ?? 0) / Math.max(1, said ?? 0),
      recall: (rightOnes ?? 0) / Math.max(1, same ?? 0),
      said: said ?? 0,
      threshold,
    }
    if (mean(found) > mean(best)) best = found
  }
  return { ...best, ms: (performance.now() - start) / thresholds.length }
}

const mean = ({ precision, recall }: Quality): number => (precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall))

/** The day of birth that a row states, or that the digits of its number say. */
function bornOf(stated: string, idNumber: string): string {
  if (stated !== '' || !/^\d{17}[\dX]$/.test(idNumber)) return stated
  return `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`
}
