import { makeId } from '#kernel/pure/ids/index.ts'
import { ApiError, readRefusal } from './api-error.ts'

export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[]
/** Empty values are left out; a list is sent once, joined by commas. */
export type Query = Readonly<Record<string, QueryValue>>

const listeners = new Set<(code: string) => void>()
// One key per intention: the same write again (a retry, a double click) is sent with the same key until the server has answered.
const openIntentions = new Map<string, string>()
const writeListeners = new Set<() => void>()
const retryDelaysMs = [400, 1600]

/** Tells when the server no longer knows the caller (`http.login-needed`) or wants a new password. Returns how to stop listening. */
export function onSessionEnd(listener: (code: string) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tells when a write or an upload has been done, so that what was read before is read anew. Returns how to stop listening. */
export function onWritten(listener: () => void): () => void {
  writeListeners.add(listener)
  return () => writeListeners.delete(listener)
}

/** Called by `write` and `upload` when the server has said yes. */
export function noticeWritten(): void {
  for (const listener of writeListeners) listener()
}

/** `GET /api<path>`. Throws `ApiError`. The answer's type is the contract's; the server checks what comes in, so it is not parsed again. */
export async function read<Answer>(path: string, query: Query = {}): Promise<Answer> {
  const response = await send(addressOf(path, query), { method: 'GET', headers: { accept: 'application/json' } })
  return readAnswer<Answer>(response)
}

/** `POST` that only reads: a search whose words must not stand in an address. Throws `ApiError`. */
export async function ask<Answer>(path: string, body: unknown): Promise<Answer> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' }
  return readAnswer<Answer>(await send(addressOf(path), { method: 'POST', headers, body: JSON.stringify(body) }))
}

/**
 * Sends a write with an `Idempotency-Key`. A lost connection is tried again twice with the same key, and when the user presses the
 * button once more with the same content, the key is still the same: the server does it once.
 */
export async function write<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const content = body === undefined ? undefined : JSON.stringify(body)
  const intention = `${method} ${path} ${content ?? ''}`
  const key = openIntentions.get(intention) ?? makeId()
  openIntentions.set(intention, key)
  const headers = { 'idempotency-key': key, ...(content === undefined ? {} : { 'content-type': 'application/json' }) }
  const init: RequestInit = { method, headers, ...(content === undefined ? {} : { body: content }) }
  const response = await sendAgain(addressOf(path), init)
  if (response.status < 500) openIntentions.delete(intention)
  const answer = await readAnswer<Answer>(response)
  noticeWritten()
  return answer
}

/** Fetches a file of the server and hands it to the browser to be saved. Throws `ApiError`. */
export async function download(path: string, query: Query = {}): Promise<void> {
  return keepFile(await send(addressOf(path, query), { method: 'GET' }))
}

/** A question whose answer is a file: as `ask`, and the file is saved as `download` does. */
export async function askFile(path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  return keepFile(await send(addressOf(path), { method: 'POST', headers, body: JSON.stringify(body) }))
}

async function keepFile(response: Response): Promise<void> {
  if (!response.ok) throw await refusalOf(response)
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = fileNameOf(response.headers.get('content-disposition'))
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Fetches a file of the server to be shown on the screen. Throws `ApiError`. */
export async function readFile(path: string): Promise<Blob> {
  const response = await send(addressOf(path), { method: 'GET' })
  if (!response.ok) throw await refusalOf(response)
  return response.blob()
}

/** The address of a path below `/api`, with its query. */
export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value === undefined || value === null ? '' : String(value)
    if (text !== '') search.set(name, text)
  }
  const written = search.toString()
  return `/api${path}${written === '' ? '' : `?${written}`}`
}

/** Tells the listeners when a refusal ends the session, and hands the refusal back. */
export function noticeSession(refusal: ApiError): ApiError {
  if (refusal.code === 'http.login-needed' || refusal.code === 'http.password-change-needed') {
    for (const listener of listeners) listener(refusal.code)
  }
  return refusal
}

async function readAnswer<Answer>(response: Response): Promise<Answer> {
  if (!response.ok) throw await refusalOf(response)
  const text = await response.text()
  // Safe: the route's types make the answer; an empty answer belongs to routes whose `Answer` is void.
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

async function refusalOf(response: Response): Promise<ApiError> {
  return noticeSession(readRefusal(response.status, await response.text()))
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, credentials: 'same-origin' })
  } catch {
    throw new ApiError('http.no-connection', 0)
  }
}

async function sendAgain(address: string, init: RequestInit): Promise<Response> {
  for (const delayMs of retryDelaysMs) {
    try {
      return await send(address, init)
    } catch {
      await new Promise((done) => setTimeout(done, delayMs))
    }
  }
  return send(address, init)
}

function fileNameOf(disposition: string | null): string {
  const match = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')
  return match?.[1] === undefined ? 'file' : decodeURIComponent(match[1])
}
