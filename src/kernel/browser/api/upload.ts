import { ApiError, readRefusal } from './api-error.ts'
import { addressOf, noticeSession, noticeWritten, type Query } from './client.ts'

interface UploadOptions {
  query?: Query
  /** Called with the share that has been sent, 0 to 1. */
  onProgress?: (share: number) => void
  signal?: AbortSignal
}

/**
 * Sends a file as it is (`application/octet-stream`, its name in `x-file-name`). XMLHttpRequest, because fetch cannot tell the progress
 * of what it sends. Throws `ApiError`; `http.cancelled` when the signal ended it.
 */
export function upload<Answer>(path: string, file: File, options: UploadOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', addressOf(path, options.query ?? {}))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) options.onProgress?.(event.total === 0 ? 1 : event.loaded / event.total)
    })
    request.addEventListener('error', () => reject(new ApiError('http.no-connection', 0)))
    request.addEventListener('abort', () => reject(new ApiError('http.cancelled', 0)))
    request.addEventListener('load', () => {
      const { status, responseText } = request
      if (status < 200 || status > 299) reject(noticeSession(readRefusal(status, responseText)))
      else {
        noticeWritten()
        // Safe: as in `read`, the route's types make the answer.
        resolve((responseText === '' ? undefined : JSON.parse(responseText)) as Answer)
      }
    })
    options.signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}
