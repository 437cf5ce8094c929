export { ledgerPaths } from './paths.ts'
export type {
  Book,
  BookCard,
  LinkedBook,
  RecordItem,
  RecordProblem,
  RecordRecord,
} from './records.ts'
export type { Template, TemplateKey, Words } from './template.ts'
