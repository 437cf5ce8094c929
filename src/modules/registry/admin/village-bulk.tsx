import { Button, Modal } from 'antd'
import { useState } from 'react'
import { ManyOutcome } from '#ui/feedback/many-outcome.tsx'
import { useMany } from '#ui/feedback/use-many.ts'
import { useT } from '#ui/words/use-t.ts'
import type { VillageRecord } from '../rules/register-records.ts'
import { NewKindForm, setKind, type NewKind } from './village-kind-form.tsx'
import { villageWords } from './village-words.ts'

const shownBefore = 12

/** One kind for many villages of one document: who is meant stands there before, who was refused stands there after. */
export function VillageBulk({ chosen, clear }: { chosen: readonly VillageRecord[]; clear: () => void }) {
  const t = useT(villageWords)
  const [isAsking, setAsking] = useState(false)
  const many = useMany(({ village, given }: { village: VillageRecord; given: NewKind }) => setKind(village, given))
  const start = (given: NewKind) => {
    const steps = chosen.map((village) => ({ village, given }))
    setAsking(false)
    clear()
    void many.run(steps) // its outcome stands on the page, village by village
  }
  const names = chosen.slice(0, shownBefore).map(({ township, name }) => `${township} ${name}`)
  return (
    <>
      {chosen.length === 0 ? null : (
        <div className="bf-bulk" role="group" aria-label={t('bulk')}>
          <strong>{t('chosen', { n: chosen.length })}</strong>
          <Button type="primary" disabled={many.state === 'running'} onClick={() => setAsking(true)}>
            {t('setMany', { n: chosen.length })}
          </Button>
          <button type="button" className="bf-link" onClick={clear}>
            {t('clearChosen')}
          </button>
        </div>
      )}
      <ManyOutcome many={many} nameOf={({ village }) => `${village.township} ${village.name}`} />
      <Modal
        open={isAsking}
        title={t('setMany', { n: chosen.length })}
        footer={null}
        onCancel={() => setAsking(false)}
        destroyOnHidden
        width="34rem"
      >
        <p className="bf-dialog-text">
          {names.join('、')}
          {chosen.length > shownBefore ? t('andMore', { n: chosen.length - shownBefore }) : ''}
        </p>
        <NewKindForm save={start} isSaving={false} error={undefined} saveText={t('setMany', { n: chosen.length })} />
      </Modal>
    </>
  )
}
