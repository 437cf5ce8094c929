import { useMemo } from 'react'

const storageKey = 'bangfu.watermark'

/** Name, unit and day across every page, too pale to disturb reading (ux.md §7). `localStorage['bangfu.watermark'] = 'off'` is for axe runs. */
export function Watermark({ text }: { text: string }) {
  const image = useMemo(() => drawTile(text), [text])
  if (isOff()) return null
  return <div className="bf-watermark" aria-hidden="true" style={{ backgroundImage: image }} />
}

function drawTile(text: string): string {
  const safe = text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="220"><text x="180" y="110" font-size="16" font-family="sans-serif" text-anchor="middle" transform="rotate(-22 180 110)">${safe}</text></svg>`
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`
}

function isOff(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'off'
  } catch {
    return false
  }
}
