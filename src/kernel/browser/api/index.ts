export { ApiError, isApiError } from './api-error.ts'
export { addressOf, ask, download, onSessionEnd, onWritten, read, write, type Method, type Query } from './client.ts'
export { registerErrorWords, sayError } from './say-error.ts'
export { upload } from './upload.ts'
