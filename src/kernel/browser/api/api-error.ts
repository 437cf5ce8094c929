/** What the server refused, or `http.no-connection` (status 0) when it could not be reached. The sentence is made by `sayError`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, status: number, details: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.code = code
    this.status = status
    this.details = details
  }
}

/** True for a refusal of the server or a lost connection; anything else is a fault of the page itself. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError
}

/** Makes the error of a refused answer from its status and its JSON text. */
export function readRefusal(status: number, text: string): ApiError {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
      const details = 'details' in body && typeof body.details === 'object' && body.details !== null ? body.details : {}
      return new ApiError(body.code, status, { ...details })
    }
  } catch {
    // not our server's answer: a proxy's page, for example
  }
  return new ApiError(status >= 500 ? 'http.fault' : 'http.bad-request', status)
}
