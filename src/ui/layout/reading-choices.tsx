import { setPreferences } from '#kernel/browser/session/index.ts'
import { uiWords } from '../words/ui-words.ts'
import { usePreferences, useT } from '../words/use-t.ts'

const sizes = ['compact', 'standard', 'large'] as const

/** 紧凑, 标准, 大字: three sizes of the letter A, each with its name. */
export function DensityChoice() {
  const t = useT(uiWords)
  const { density } = usePreferences()
  return (
    <div className="bf-sizes" role="group" aria-label={t('density')}>
      {sizes.map((size) => (
        <button
          key={size}
          type="button"
          className={`bf-header-button bf-size-${size}`}
          aria-pressed={density === size}
          title={t(size)}
          onClick={() => setPreferences({ density: size })}
        >
          <span aria-hidden="true">字</span>
          <span className="bf-unseen">{t(size)}</span>
        </button>
      ))}
    </div>
  )
}

/** Switches between Chinese and English; the button says the other language's own name. */
export function LanguageSwitch() {
  const t = useT(uiWords)
  const { language } = usePreferences()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <button
      type="button"
      className="bf-header-button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => setPreferences({ language: other })}
    >
      {t('switchLanguage')}
    </button>
  )
}
