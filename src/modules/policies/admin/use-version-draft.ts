import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { PolicyExample, PolicyText, VersionPaper } from '../contract.ts'
import { changeDraft } from './policy-calls.ts'

/** What a version says of itself besides its content. */
export interface VersionMeta {
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly paper: VersionPaper
  readonly note: string
}

/** The content under the officer's hands; `stamp` is another object after each edit. */
export interface DraftContent {
  readonly stamp: unknown
  readonly content: () => string
  readonly examples: readonly PolicyExample[]
}

export interface VersionDraft {
  readonly meta: VersionMeta
  readonly setMeta: (meta: VersionMeta) => void
  readonly revision: number
  readonly isDirty: boolean
  readonly isSaving: boolean
  readonly error: unknown
  readonly save: () => void
}

/** A draft that is being written: what is not yet kept, and how it is kept. Somebody else's change is a refusal, never overwritten. */
export function useVersionDraft({ version }: PolicyText, draft: DraftContent): VersionDraft {
  const [meta, setMeta] = useState<VersionMeta>(() => metaOf(version))
  const [kept, setKept] = useState({ revision: version.revision, stamp: draft.stamp, meta })
  const sending = useMutation({
    mutationFn: async () => {
      const sent = { stamp: draft.stamp, meta }
      const saved = await changeDraft(version.versionId, {
        content: draft.content(),
        examples: [...draft.examples],
        ...meta,
        revision: kept.revision,
      })
      setKept({ ...sent, revision: saved.revision })
    },
  })
  const isDirty = version.can.edit && (kept.stamp !== draft.stamp || kept.meta !== meta)
  return {
    meta,
    setMeta,
    revision: kept.revision,
    isDirty,
    isSaving: sending.isPending,
    error: sending.error,
    save: () => {
      if (isDirty && !sending.isPending) sending.mutate()
    },
  }
}

function metaOf({ effectiveFrom, effectiveTo, documentNo, documentTitle, clause, note }: PolicyText['version']): VersionMeta {
  return { effectiveFrom, effectiveTo, note, paper: { documentNo, documentTitle, clause } }
}
