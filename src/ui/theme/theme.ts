import type { ThemeConfig } from 'antd'
import type { Density } from '#kernel/browser/session/index.ts'

/** The light tokens of ux.md §7; contrast was measured there, so change none of them alone. */
export const light = {
  colorPrimary: '#1554B0',
  colorLink: '#1554B0',
  colorInfo: '#1554B0',
  colorError: '#C4231C',
  colorWarning: '#9A5B00',
  colorSuccess: '#1B7F3B',
  colorInfoBg: '#E8F0FB',
  colorErrorBg: '#FDECEA',
  colorWarningBg: '#FFF4DC',
  colorSuccessBg: '#E8F5EC',
  colorErrorBorder: '#C4231C',
  colorWarningBorder: '#9A5B00',
  colorSuccessBorder: '#1B7F3B',
  colorText: '#1B1F24',
  colorTextSecondary: '#4A5361',
  colorTextLabel: '#4A5361',
  colorTextDescription: '#4A5361',
  colorTextTertiary: '#5F6875',
  colorTextQuaternary: '#5F6875',
  colorTextPlaceholder: '#5F6875',
  colorBorder: '#8A94A3',
  colorBgLayout: '#F5F7FA',
  borderRadius: 4,
  fontFamily: 'system-ui,-apple-system,"PingFang SC","HarmonyOS Sans SC",MiSans,"Microsoft YaHei","Noto Sans CJK SC",sans-serif',
} as const

/** Type size, control height and row height of a density, in CSS pixels at the browser's usual 16. */
export const densities = {
  compact: { fontSize: 14, controlHeight: 32, rowHeight: 36 },
  standard: { fontSize: 15, controlHeight: 36, rowHeight: 44 },
  large: { fontSize: 18, controlHeight: 44, rowHeight: 56 },
} as const satisfies Record<Density, { fontSize: number; controlHeight: number; rowHeight: number }>

/** antd's theme for a density. `scale` is the browser's own text size over 16, so that a reader who enlarged text there gets it here too. */
export function makeTheme(density: Density, scale: number): ThemeConfig {
  const { fontSize, controlHeight, rowHeight } = densities[density]
  const scaledFont = Math.round(fontSize * scale * 10) / 10
  const cellPadding = Math.max(4, Math.round((rowHeight - fontSize * 1.5) * scale) / 2)
  return {
    token: { ...light, fontSize: scaledFont, controlHeight: Math.round(controlHeight * scale), motion: false, lineWidthFocus: 3 },
    components: {
      Table: { cellPaddingBlock: cellPadding, headerBg: '#EDF1F6', headerColor: light.colorText, rowHoverBg: '#EEF4FC' },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    },
  }
}
