export type { LinkedBook, PlaceBook } from './linked-books.ts'
export { ledgerPaths } from './paths.ts'
export type {
  Book,
  BookCard,
  RecordItem,
  RecordProblem,
  RecordRecord,
} from './records.ts'
export type { Template, TemplateKey, Words } from './template.ts'
