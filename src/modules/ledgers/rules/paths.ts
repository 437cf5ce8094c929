/**
 * The routes of the module, below `/api`. `book` ones act on one template's records; Q = question (POST without idempotency key, reads only).
 *
 * GET  /ledgers/books                                            → { items: BookCard[] }
 * GET  /ledgers/books/:templateKey                               → Book
 * Q    /ledgers/books/:templateKey/search    SearchRecords       → Page<RecordItem>
 * Q    /ledgers/books/:templateKey/counts    FilterRecords       → Counts
 * Q    /ledgers/books/:templateKey/statistics AskStatistics      → Statistics
 * Q    /ledgers/books/:templateKey/board     AskBoard            → Board
 * Q    /ledgers/books/:templateKey/calendar  AskCalendar         → CalendarDays
 * Q    /ledgers/books/:templateKey/export    ExportRecords       → file
 * Q    /ledgers/books/:templateKey/print     PrintRecords        → file
 * GET  /ledgers/books/:templateKey/choose    ChooseRecord        → { items: Linked[] }   (records to link to)
 * GET  /ledgers/books/:templateKey/known     AskKnown            → KnownValues            (what the register fills in)
 * Q    /ledgers/books/:templateKey/work-out  WorkOut             → WorkedOutAnswer       (what would be written)
 * GET  …/records/:recordId/why/:fieldKey                         → FieldWhy
 * POST /ledgers/books/:templateKey/records   MakeRecord          → { recordId }
 * GET  /ledgers/books/:templateKey/records/:recordId             → RecordRecord
 * PATCH …/records/:recordId                  ChangeRecord        → { revision }
 * POST …/records/:recordId/move              MoveRecord          → { revision }
 * POST …/records/:recordId/remove            RemoveRecord        → { revision }
 * POST …/records/:recordId/restore           RestoreRecord       → { revision }
 * POST …/records/:recordId/reveal            RevealValue         → { value }
 * Q    …/records/:recordId/print             PrintRecord         → file
 * POST …/records/:recordId/fields/:fieldKey/files (upload)         → { recordFileId }
 * GET  …/records/:recordId/files/:recordFileId                   → file
 * POST …/records/:recordId/files/:recordFileId/remove            → {}
 * POST /ledgers/books/:templateKey/change-many ChangeMany        → BatchAnswer
 * POST /ledgers/books/:templateKey/move-many   MoveMany          → BatchAnswer
 * POST /ledgers/books/:templateKey/sample      DrawSample        → SampleAnswer
 * GET  /ledgers/books/:templateKey/import-file                   → file (xlsx to fill in)
 * POST /ledgers/books/:templateKey/imports     (upload)          → ImportRecord (dry run)
 * POST /ledgers/books/:templateKey/paste       PasteRows         → ImportRecord (dry run)
 * GET  /ledgers/books/:templateKey/imports                       → { items: ImportRecord[] }
 * GET  …/imports/:importId                                       → ImportRecord
 * GET  …/imports/:importId/rows                ListImportRows    → { items: ImportRowRecord[], next?: number }
 * POST …/imports/:importId/map                 MapImport         → ImportRecord
 * POST …/imports/:importId/apply | /undo | /discard              → ImportRecord
 * GET  /ledgers/due                                              → DueWork
 * Q    /ledgers/due/export                     ExportDue         → file
 * GET  /ledgers/linked                         AskLinked         → { items: LinkedBook[] }
 * GET  /ledgers/templates                                        → { items: TemplateCard[] }
 * GET  /ledgers/templates/tables                                 → { items: TableToAsk[] }
 * GET  /ledgers/templates/:templateKey         GetTemplate       → TemplateRecord
 * GET  /ledgers/templates/:templateKey/file                      → file (JSON)
 * GET  /ledgers/templates/:templateKey/xlsform                   → file (XLSForm)
 * POST /ledgers/templates/xlsform              (upload)          → FormTaken: { template, notes } (nothing is kept)
 * Q    /ledgers/templates/check                CheckTemplate     → CheckedTemplate
 * POST /ledgers/templates/file                 (upload)          → { templateKey, revision, problems }   (becomes a draft)
 * PUT  /ledgers/templates/:templateKey/draft   SaveDraft         → { revision, problems }
 * POST /ledgers/templates/:templateKey/draft/discard             → {}
 * POST /ledgers/templates/:templateKey/publish PublishTemplate   → { version }
 * POST /ledgers/templates/:templateKey/withdraw WithdrawTemplate → {}
 * Q    /ledgers/templates/:templateKey/migration/preview MigrateRecords → MigrationPreview
 * POST /ledgers/templates/:templateKey/migration         MigrateRecords → MigrationRecord
 * GET  /ledgers/templates/:templateKey/migrations                → { items: MigrationRecord[] }
 */
export const ledgerPaths = {
  books: '/ledgers/books',
  book: (templateKey: string) => `/ledgers/books/${templateKey}`,
  record: (templateKey: string, recordId: string) => `/ledgers/books/${templateKey}/records/${recordId}`,
  imported: (templateKey: string, importId: string) => `/ledgers/books/${templateKey}/imports/${importId}`,
  due: '/ledgers/due',
  linked: '/ledgers/linked',
  templates: '/ledgers/templates',
  template: (templateKey: string) => `/ledgers/templates/${templateKey}`,
} as const
