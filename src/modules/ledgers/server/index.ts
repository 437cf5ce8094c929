export { makeRecord } from './write-record.ts'
