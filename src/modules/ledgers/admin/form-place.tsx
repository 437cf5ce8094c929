import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '#ui/words/use-t.ts'
import { formWords } from './form-words.ts'

/** Longitude and latitude, written or taken from the device; the place is never demanded. */
export function PlaceInput({ value, change }: { value: unknown; change: (value: unknown) => void }) {
  const t = useT(formWords)
  const [isMissed, setMissed] = useState(false)
  const part = (name: 'longitude' | 'latitude'): string => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : ''
    return typeof found === 'string' ? found : ''
  }
  const put = (longitude: string, latitude: string) => change(longitude === '' && latitude === '' ? null : { longitude, latitude })
  const locate = () => {
    setMissed(false)
    if (!('geolocation' in navigator)) return setMissed(true)
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        change({
          longitude: coords.longitude.toFixed(6),
          latitude: coords.latitude.toFixed(6),
          accuracyMetres: coords.accuracy.toFixed(0),
        }),
      () => setMissed(true),
      { timeout: 8000, enableHighAccuracy: true },
    )
  }
  return (
    <>
      <div className="bf-row">
        {(['longitude', 'latitude'] as const).map((name) => (
          <input
            key={name}
            className="bf-input bf-figures ledger-degrees"
            aria-label={t(name)}
            placeholder={t(name)}
            inputMode="decimal"
            maxLength={14}
            value={part(name)}
            onChange={(event) =>
              put(
                name === 'longitude' ? event.target.value : part('longitude'),
                name === 'latitude' ? event.target.value : part('latitude'),
              )
            }
          />
        ))}
        <Button onClick={locate}>{t('locate')}</Button>
      </div>
      {isMissed ? <span className="bf-hint">{t('noPlace')}</span> : null}
    </>
  )
}
