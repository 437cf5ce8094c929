import { useEffect, useRef, useState } from 'react'
import { isApiError } from '#kernel/browser/api/index.ts'
import type { ImportBatch } from '../contract.ts'
import { sendFile, type SendTerms } from './import-calls.ts'

/** One file on its way; it leaves the queue when its batch has been made. */
export interface Upload {
  readonly key: number
  readonly file: File
  readonly terms: SendTerms
  readonly isPasted: boolean
  readonly state: 'waiting' | 'sending' | 'failed'
  /** 0 to 1. */
  readonly share: number
  readonly error?: unknown
}

export interface UploadQueue {
  readonly uploads: readonly Upload[]
  add: (files: readonly File[], how: { terms: SendTerms; isPasted?: boolean }) => void
  /** Stops a file on its way, or takes one that was refused out of the queue. */
  remove: (key: number) => void
}

let lastKey = 0

/** Sends files one after the other, so that a slow line is not shared; `whenSent` learns whether the file came alone. */
export function useUploads(whenSent: (batch: ImportBatch, isOnly: boolean) => void): UploadQueue {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const line = useRef<Upload[]>([])
  const sending = useRef<{ key: number; stop: AbortController }>(undefined)
  const isHere = useRef(true)
  // Who leaves the page lets the upload go on: the file is found in the list of batches.
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const change = (key: number, to: Partial<Upload>) =>
    setUploads((list) => list.map((upload) => (upload.key === key ? { ...upload, ...to } : upload)))
  const drop = (key: number) => setUploads((list) => list.filter((upload) => upload.key !== key))
  const send = async ({ key, file, terms, isPasted }: Upload, isOnly: boolean) => {
    const stop = new AbortController()
    sending.current = { key, stop }
    change(key, { state: 'sending' })
    try {
      const batch = await sendFile(file, { terms, isPasted, onProgress: (share) => change(key, { share }), signal: stop.signal })
      drop(key)
      if (isHere.current) whenSent(batch, isOnly)
    } catch (error) {
      if (isApiError(error) && error.code === 'http.cancelled') drop(key)
      else change(key, { state: 'failed', error })
    }
    sending.current = undefined
  }
  const sendAll = async () => {
    const isOnly = line.current.length === 1
    for (let next = line.current.shift(); next !== undefined; next = line.current.shift()) await send(next, isOnly)
  }
  return {
    uploads,
    add: (files, { terms, isPasted = false }) => {
      const added = files.map((file): Upload => ({ key: (lastKey += 1), file, terms, isPasted, state: 'waiting', share: 0 }))
      setUploads((list) => [...list.filter(({ state }) => state !== 'failed'), ...added])
      line.current.push(...added)
      if (sending.current === undefined) void sendAll() // `send` keeps the failure of each file
    },
    remove: (key) => {
      line.current = line.current.filter((upload) => upload.key !== key)
      if (sending.current?.key === key) sending.current.stop.abort()
      else drop(key)
    },
  }
}
