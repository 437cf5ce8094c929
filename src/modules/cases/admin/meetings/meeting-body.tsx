import { Button, Modal } from 'antd'
import { useState } from 'react'
import { Field } from '#ui/forms/field.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { capacities, type Capacity } from '../../rules/meetings/meeting-quorum.ts'
import type { HomeNames } from '../../rules/meetings/meeting-records.ts'
import { capacityWords } from '../../rules/meetings/meeting-words.ts'
import { HouseholdPicker } from './kin-household-picker.tsx'
import { newPerson, type PersonEntry } from './meeting-entry.ts'
import { meetingWords } from './meeting-screen-words.ts'

/** Names of households that were chosen on this screen, beside those that the server knows. */
const chosenNames = new Map<string, string>()

/** Who appraises: names with capacity and, of villagers, their household. */
export function MeetingBody(props: { people: readonly PersonEntry[]; homes: HomeNames; change: (people: readonly PersonEntry[]) => void }) {
  const { people, homes, change } = props
  const t = useT(meetingWords)
  const say = useSay()
  const [finding, setFinding] = useState<string>()
  const found = people.find((one) => one.appraiserId === finding)
  const set = (id: string, part: Partial<PersonEntry>) => change(people.map((one) => (one.appraiserId === id ? { ...one, ...part } : one)))
  const nameOfHome = ({ householdId }: PersonEntry) =>
    householdId === null ? t('noHome') : (homes[householdId] ?? chosenNames.get(householdId) ?? t('homeElsewhere'))
  return (
    <div className="bf-stack">
      <p className="bf-quiet">{people.length === 0 ? t('bodyEmpty') : t('bodyNote')}</p>
      <ul className="meeting-body">
        {people.map((one) => (
          <li key={one.appraiserId}>
            <input
              className="bf-input"
              aria-label={t('name')}
              maxLength={40}
              value={one.name}
              onChange={(event) => set(one.appraiserId, { name: event.target.value })}
            />
            <CapacityChoice
              label={t('capacityOf', { name: one.name })}
              value={one.capacity}
              change={(capacity) => set(one.appraiserId, { capacity })}
            />
            <span className="meeting-home">
              <span className={one.householdId === null ? 'bf-quiet' : ''}>{nameOfHome(one)}</span>
              <button
                type="button"
                className="bf-link"
                aria-label={t('findHomeOf', { name: one.name })}
                onClick={() => setFinding(one.appraiserId)}
              >
                {t('findHome')}
              </button>
              {one.householdId === null ? null : (
                <button
                  type="button"
                  className="bf-link"
                  aria-label={t('clearOf', { name: one.name })}
                  onClick={() => set(one.appraiserId, { householdId: null, personId: null })}
                >
                  {t('clear')}
                </button>
              )}
            </span>
            <button
              type="button"
              className="bf-link"
              aria-label={t('removeOf', { name: one.name })}
              onClick={() => change(people.filter((other) => other.appraiserId !== one.appraiserId))}
            >
              {t('remove')}
            </button>
          </li>
        ))}
      </ul>
      <NewPerson add={(name, capacity) => change([...people, newPerson(name, capacity)])} say={(one) => say(capacityWords[one])} />
      <Modal
        open={found !== undefined}
        onCancel={() => setFinding(undefined)}
        title={t('homeOf', { name: found?.name ?? '' })}
        footer={null}
        destroyOnHidden
      >
        {found === undefined ? null : (
          <HouseholdPicker
            label={t('home')}
            start={found.name}
            choose={(home) => {
              chosenNames.set(home.householdId, [home.headName, home.group].filter((part) => part !== undefined).join(' '))
              set(found.appraiserId, { householdId: home.householdId, personId: home.match?.personId ?? null })
              setFinding(undefined)
            }}
          />
        )}
      </Modal>
    </div>
  )
}

function CapacityChoice(props: { label: string; value: Capacity; change: (capacity: Capacity) => void }) {
  const say = useSay()
  return (
    <select
      className="bf-input"
      aria-label={props.label}
      value={props.value}
      onChange={(event) => {
        const chosen = capacities.find((one) => one === event.target.value)
        if (chosen !== undefined) props.change(chosen)
      }}
    >
      {capacities.map((one) => (
        <option key={one} value={one}>
          {say(capacityWords[one])}
        </option>
      ))}
    </select>
  )
}

/** Adds somebody; the capacity stays chosen, so that a list of representatives is typed name by name. */
function NewPerson({ add, say }: { add: (name: string, capacity: Capacity) => void; say: (capacity: Capacity) => string }) {
  const t = useT(meetingWords)
  const [name, setName] = useState('')
  const [capacity, setCapacity] = useState<Capacity>('representative')
  const isReady = name.trim() !== ''
  const submit = () => {
    if (!isReady) return
    add(name.trim(), capacity)
    setName('')
  }
  return (
    <div className="meeting-new">
      <Field label={t('addPerson')}>
        {(control) => (
          <input
            {...control}
            className="bf-input"
            maxLength={40}
            value={name}
            placeholder={`${t('name')}（${say(capacity)}）`}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              submit()
            }}
          />
        )}
      </Field>
      <CapacityChoice label={t('capacity')} value={capacity} change={setCapacity} />
      <Button onClick={submit} disabled={!isReady}>
        {t('add')}
      </Button>
    </div>
  )
}
