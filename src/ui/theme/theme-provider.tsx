import { legacyLogicalPropertiesTransformer, StyleProvider } from '@ant-design/cssinjs'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useEffect, useMemo, type ReactNode } from 'react'
import { usePreferences } from '../words/use-t.ts'
import { densities, makeTheme } from './theme.ts'

/** The reader's own text size in this browser, over the usual 16; read once, before we set the root size. */
const browserScale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1
const transformers = [legacyLogicalPropertiesTransformer] // logical properties are unknown to older Chromium

/** Colours, type size and language for everything below. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { language, density } = usePreferences()
  const theme = useMemo(() => makeTheme(density, browserScale), [density])
  useEffect(() => {
    const root = document.documentElement
    root.lang = language === 'zh' ? 'zh-CN' : 'en'
    root.dataset['density'] = density
    root.style.fontSize = `${(densities[density].fontSize / 16) * 100}%`
  }, [language, density])
  return (
    <StyleProvider hashPriority="high" transformers={transformers}>
      <ConfigProvider theme={theme} locale={language === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
        <App component={false}>{children}</App>
      </ConfigProvider>
    </StyleProvider>
  )
}
