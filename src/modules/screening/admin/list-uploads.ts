import { useRef, useState } from 'react'
import { sendList } from './compare-calls.ts'

/** One list on its way to the server. */
export interface ListUpload {
  readonly key: number
  readonly name: string
  readonly state: 'waiting' | 'sending' | 'failed'
  /** 0 to 1. */
  readonly share: number
  readonly error?: unknown
}

let lastKey = 0

/** Sends lists one after the other; `whenSent` is told after each that was taken, and whether it was the last in line. */
export function useListUploads(runId: () => Promise<string>, whenSent: (runId: string, isLast: boolean) => void) {
  const [uploads, setUploads] = useState<readonly ListUpload[]>([])
  const line = useRef<{ key: number; file: File }[]>([])
  const isSending = useRef(false)
  const change = (key: number, to: Partial<ListUpload>) =>
    setUploads((list) => list.map((one) => (one.key === key ? { ...one, ...to } : one)))
  const drop = (key: number) => setUploads((list) => list.filter((one) => one.key !== key))
  const sendAll = async () => {
    isSending.current = true
    for (let next = line.current.shift(); next !== undefined; next = line.current.shift()) {
      const { key, file } = next
      change(key, { state: 'sending' })
      try {
        const run = await runId()
        await sendList(run, file, (share) => change(key, { share }))
        drop(key)
        whenSent(run, line.current.length === 0)
      } catch (error) {
        change(key, { state: 'failed', error })
      }
    }
    isSending.current = false
  }
  const add = (files: readonly File[]) => {
    const added = files.map((file) => ({ key: (lastKey += 1), file }))
    setUploads((list) => [...list, ...added.map(({ key, file }) => ({ key, name: file.name, state: 'waiting' as const, share: 0 }))])
    line.current.push(...added)
    if (!isSending.current) void sendAll() // every file keeps its own failure
  }
  return { uploads, add, drop }
}
