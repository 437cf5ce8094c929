import { useCallback, useState } from 'react'

export interface History<State> {
  readonly present: State
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly change: (next: State) => void
  readonly undo: () => void
  readonly redo: () => void
  /** Begins again from a state, for example what the server has kept. */
  readonly restart: (state: State) => void
}

const mostKept = 200

/** A state with undo and redo. */
export function useHistory<State>(first: State): History<State> {
  const [{ past, present, future }, setAll] = useState<{ past: readonly State[]; present: State; future: readonly State[] }>({
    past: [],
    present: first,
    future: [],
  })
  const change = useCallback(
    (next: State) =>
      setAll((all) => (next === all.present ? all : { past: [...all.past.slice(1 - mostKept), all.present], present: next, future: [] })),
    [],
  )
  const undo = useCallback(() => {
    setAll((all) => {
      const last = all.past[all.past.length - 1]
      return last === undefined ? all : { past: all.past.slice(0, -1), present: last, future: [all.present, ...all.future] }
    })
  }, [])
  const redo = useCallback(() => {
    setAll((all) => {
      const [next, ...rest] = all.future
      return next === undefined ? all : { past: [...all.past, all.present], present: next, future: rest }
    })
  }, [])
  const restart = useCallback((state: State) => setAll({ past: [], present: state, future: [] }), [])
  return { present, canUndo: past.length > 0, canRedo: future.length > 0, change, undo, redo, restart }
}
