const css = `
.screening-split { display: grid; grid-template-columns: minmax(24rem, 5fr) minmax(26rem, 6fr); gap: 1rem; align-items: start; }
.screening-split > * { min-width: 0; }
.screening-pane { position: sticky; top: 0.5rem; max-height: calc(100vh - 1rem); overflow-y: auto; }
.screening-reason-below { display: none; }
.screening-filters > summary { display: none; }
.screening-list tbody tr { cursor: pointer; }
.screening-list .bf-tag { margin-bottom: 0.2rem; }
.screening-reason { border-left: 0.25rem solid var(--bf-primary); padding: 0.1rem 0 0.1rem 0.75rem; overflow-wrap: anywhere; }
.screening-reason-flag { border-color: var(--bf-amber); }
.screening-reason-rests { border-color: var(--bf-border); color: var(--bf-text-2); }
.screening-reason ul { margin: 0.25rem 0; padding-left: 1.25rem; }
.screening-back { display: none; }
.screening-bar { display: grid; grid-template-columns: 4rem minmax(4rem, 8rem); gap: 0 0.5rem; align-items: center; text-align: left; }
.screening-bar .bf-source { grid-column: 1 / -1; }
.screening-bar-track { height: 0.6rem; background: var(--bf-head); border: 1px solid var(--bf-line); }
.screening-bar-fill { display: block; height: 100%; }
.screening-bar-green { background: var(--bf-green); }
.screening-bar-amber { background: var(--bf-amber); }
@media (max-width: 68rem) {
  .screening-split { grid-template-columns: minmax(0, 1fr); }
  .screening-open .screening-list-side, .screening-top-open { display: none; }
  .screening-closed .screening-pane { display: none; }
  .screening-pane { position: static; max-height: none; }
  .screening-back { display: block; }
}
@media (max-width: 40rem) {
  .screening-keys { display: none; }
  .screening-wide { width: 100%; min-height: 2.75rem; }
  .screening-list .screening-reason-column { display: none; }
  .screening-reason-below { display: block; }
  .screening-filters > summary { display: block; min-height: 2rem; }
}
.screening-visit { break-inside: avoid; border: 1px solid #333; margin-bottom: 1rem; padding: 0.5rem 0.75rem; }
.screening-visit h2 { display: flex; justify-content: space-between; gap: 1rem; }
.screening-visit ol, .screening-visit ul { margin: 0.15rem 0; padding-left: 1.5rem; }
.screening-boxes { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
.screening-write { border-bottom: 1px solid #333; min-height: 10mm; display: flex; align-items: flex-end; gap: 0.5rem; }
.screening-sign { display: grid; grid-template-columns: 2fr 1fr; gap: 0 1.5rem; }
@page { margin: 15mm 12mm; }
`

/** The few shapes that the screening pages need beyond the kit. */
export function ScreeningStyles() {
  return <style>{css}</style>
}
