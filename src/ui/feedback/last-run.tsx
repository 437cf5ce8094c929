import { Button } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'
import { useSending } from '../forms/use-sending.ts'
import { Section } from '../layout/page-frame.tsx'
import { Notice, Problem } from './faces.tsx'
import { ProgressLine } from './progress-line.tsx'

interface LastRunProps {
  /** What stands before the sentence. */
  label: string
  /** When it ran last and what came of it. */
  children: ReactNode
  /** The button that begins another run, for who may. */
  begin?: { readonly label: string; readonly start: () => Promise<unknown> } | undefined
  /** How far the run is that is under way. */
  running: { readonly label: string; readonly note: string } | undefined
  /** Reads again what a run that has ended may have changed. */
  whenEnded: () => void
  /** What waits or was left out: what did not run is never taken for clean. */
  notes?: readonly string[]
}

/** Work of the server over the whole county: when it was done last, what it left out, the button that begins it, and how far it is. */
export function LastRun({ label, children, begin, running, whenEnded, notes = [] }: LastRunProps) {
  const isRunning = running !== undefined
  const wasRunning = useRef(false)
  useEffect(() => {
    if (wasRunning.current && !isRunning) whenEnded()
    wasRunning.current = isRunning
  }, [isRunning, whenEnded])
  const { error, isBusy, submit } = useSending(async () => begin?.start())
  return (
    <Section>
      <div className="bf-last-run">
        <p>
          <strong>{label}</strong> {children}
        </p>
        {begin === undefined ? null : (
          <Button type="primary" loading={isBusy} disabled={isRunning} onClick={() => void submit() /* keeps its own refusal */}>
            {begin.label}
          </Button>
        )}
      </div>
      {notes.map((note) => (
        <Notice key={note} kind="info">
          {note}
        </Notice>
      ))}
      {running === undefined ? null : <ProgressLine label={running.label} note={running.note} />}
      <Problem error={error} />
    </Section>
  )
}
