import { useState, type FormEvent } from 'react'

export interface Sending {
  /** The refusal of the last try, for the screen to show. */
  readonly error: unknown
  readonly isBusy: boolean
  /** What a form does with its submit button. */
  readonly onSubmit: (event: FormEvent) => void
  readonly submit: () => Promise<void>
}

/** A form's way to the server, once at a time: busy while it is under way, its refusal kept and shown until the next try. */
export function useSending(send: () => Promise<unknown>): Sending {
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    if (isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      await send()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void submit() // keeps its own refusal
  }
  return { error, isBusy, submit, onSubmit }
}
