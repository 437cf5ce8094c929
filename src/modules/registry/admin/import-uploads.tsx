import { Button } from 'antd'
import { Problem } from '#ui/feedback/faces.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import { importScreenWords } from './import-screen-words.ts'
import type { Upload, UploadQueue } from './import-upload-queue.ts'

/** Files on their way, and those that the server did not take, each with its sentence. */
export function ImportUploads({ uploads: { uploads, remove } }: { uploads: UploadQueue }) {
  const t = useT(importScreenWords)
  if (uploads.length === 0) return null
  return (
    <Section title={t(uploads.some(({ state }) => state !== 'failed') ? 'uploads' : 'uploadsRefused')}>
      {uploads.map((upload) => (
        <UploadLine key={upload.key} upload={upload} remove={() => remove(upload.key)} />
      ))}
    </Section>
  )
}

function UploadLine({ upload, remove }: { upload: Upload; remove: () => void }) {
  const t = useT(importScreenWords)
  const { name } = upload.file
  if (upload.state === 'failed')
    return (
      <div className="import-refused">
        <h3>{name}</h3>
        <Problem error={upload.error} />
        <Button onClick={remove} aria-label={`${t('dismiss')}：${name}`}>
          {t('dismiss')}
        </Button>
      </div>
    )
  return (
    <div className="bf-filters">
      <span className="bf-spring">
        <ProgressLine
          label={t(upload.state === 'waiting' ? 'waiting' : 'uploading', { name })}
          share={upload.state === 'waiting' ? 0 : upload.share}
        />
      </span>
      <Button size="small" onClick={remove} aria-label={`${t('cancelUpload')}：${name}`}>
        {t('cancelUpload')}
      </Button>
    </div>
  )
}
