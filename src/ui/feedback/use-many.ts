import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

/** Something done to many rows, one after the other: how far it has come, and which rows were refused and why. */
export interface Many<Row> {
  readonly state: 'idle' | 'running' | 'done'
  readonly done: number
  readonly total: number
  readonly refused: readonly { row: Row; error: unknown }[]
  run: (rows: readonly Row[]) => Promise<void>
  forget: () => void
}

type Standing<Row> = Omit<Many<Row>, 'run' | 'forget'>

/** Does `act` to each row in turn; a refused row does not stop the others. */
export function useMany<Row>(act: (row: Row) => Promise<unknown>): Many<Row> {
  const idle: Standing<Row> = { state: 'idle', done: 0, total: 0, refused: [] }
  const [standing, setStanding] = useState(idle)
  const queries = useQueryClient()
  const run = async (rows: readonly Row[]) => {
    const refused: { row: Row; error: unknown }[] = []
    setStanding({ ...idle, state: 'running', total: rows.length })
    for (const [index, row] of rows.entries()) {
      try {
        await act(row)
      } catch (error) {
        refused.push({ row, error }) // shown row by row
      }
      setStanding({ state: 'running', done: index + 1, total: rows.length, refused: [...refused] })
    }
    setStanding({ state: 'done', done: rows.length, total: rows.length, refused })
    await queries.invalidateQueries() // refusals too say that what is on screen is no longer so
  }
  return { ...standing, run, forget: () => setStanding(idle) }
}
