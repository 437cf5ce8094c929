/** A page that came back: photographed or as PDF. */
export interface AttachmentRecord {
  readonly attachmentId: string
  readonly kind: 'paper' | 'photo' | 'sheet' | 'evidence'
  readonly mediaType: 'image/jpeg' | 'image/png' | 'application/pdf'
  readonly bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly byName: string
  readonly at: string
}

/** A paper of a step, as the page of a case shows it. */
export interface PaperRecord {
  /** Key of a shipped kind, or the county's own name. */
  readonly key: string
  readonly zh: string
  readonly en: string
  readonly step: string
  /** Policy asks for it, signed, before the step is passed. */
  readonly isAsked: boolean
  readonly state: 'not-printed' | 'printed' | 'signed'
  readonly printedAt: string | null
  readonly printedName: string | null
  readonly signedOn: string | null
  readonly pages: readonly AttachmentRecord[]
  /** There is a template: it can be printed. A paper of the county's own is only filed. */
  readonly canPrint: boolean
  /** It may be printed with whole identity numbers, for a reason that is kept. */
  readonly canPrintWhole: boolean
  readonly canFile: boolean
}

/** The papers of a case: of the step where it stands first, then of the steps before it in this round. */
export interface CasePapers {
  readonly step: string
  readonly papers: readonly PaperRecord[]
  readonly attachments: readonly AttachmentRecord[]
  readonly can: { readonly print: boolean; readonly file: boolean }
}

/** A template of a kind, for the page of templates. */
export interface TemplateRecord {
  readonly kind: string
  readonly zh: string
  readonly en: string
  readonly isOwn: boolean
  readonly byName: string | null
  readonly at: string | null
  /** Fields that the county's own template leaves out though the paper is worth little without them. */
  readonly leftOut: readonly string[]
  readonly fields: readonly { readonly path: string; readonly zh: string; readonly en: string; readonly isList: boolean }[]
}
