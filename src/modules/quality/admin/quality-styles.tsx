const css = `
.quality-tabs { display: flex; gap: 0.25rem; border-bottom: 1px solid var(--bf-border); flex-wrap: wrap; }
.quality-tab { padding: 0.5rem 0.9rem; min-height: 2.5rem; color: var(--bf-text); text-decoration: none; border-bottom: 3px solid transparent; margin-bottom: -1px; }
.quality-tab-on { border-bottom-color: var(--bf-primary); color: var(--bf-primary); font-weight: 600; }
.quality-split { display: grid; grid-template-columns: minmax(24rem, 5fr) minmax(26rem, 6fr); gap: 1rem; align-items: start; }
.quality-split > * { min-width: 0; }
.quality-pane { position: sticky; top: 0.5rem; max-height: calc(100vh - 1rem); overflow-y: auto; }
.quality-problem-below { display: none; }
.quality-filters > summary { display: none; }
.quality-list tbody tr { cursor: pointer; }
.quality-list .bf-tag { margin-bottom: 0.2rem; }
.quality-why { border-left: 0.25rem solid var(--bf-primary); padding: 0.1rem 0 0.1rem 0.75rem; overflow-wrap: anywhere; margin: 0; }
.quality-why-error { border-color: var(--bf-red); }
.quality-why-high { border-color: var(--bf-amber); }
.quality-back { display: none; }
.quality-sum td, .quality-sum th { font-weight: 600; border-top: 2px solid var(--bf-border); }
.quality-name { min-width: 9rem; }
.quality-who { min-width: 8rem; }
.quality-wrap { display: block; max-width: 14rem; white-space: normal; overflow-wrap: anywhere; }
.quality-rule-name { min-width: 16rem; }
@media (max-width: 68rem) {
  .quality-split { grid-template-columns: minmax(0, 1fr); }
  .quality-open .quality-list-side, .quality-top-open { display: none; }
  .quality-closed .quality-pane { display: none; }
  .quality-pane { position: static; max-height: none; }
  .quality-back { display: block; }
}
@media (max-width: 40rem) {
  .quality-keys { display: none; }
  .quality-wide { width: 100%; min-height: 2.75rem; }
  .quality-list .quality-problem-column, .quality-minor { display: none; }
  .quality-problem-below { display: block; }
  .quality-filters > summary { display: block; min-height: 2rem; }
  .quality-name { min-width: 6rem; }
  .quality-rule-name { min-width: 10rem; }
}
`

/** The few shapes that the pages of data quality need beyond the kit. */
export function QualityStyles() {
  return <style>{css}</style>
}
