const css = `
.import-differences tbody td { vertical-align: top; }
.import-changes + details summary { cursor: pointer; color: var(--bf-primary); }
.import-changes { margin: 0; padding: 0; list-style: none; white-space: normal; min-width: 18rem; max-width: 36rem; }
.import-changes li { overflow-wrap: anywhere; }
.import-before { color: var(--bf-text-2); text-decoration: line-through; }
.import-after { font-weight: 600; }
.import-lines { margin: 0; padding-left: 1.25rem; }
.import-refused { display: flex; flex-direction: column; align-items: flex-start; gap: 0.5rem; }
.import-tall { max-height: 20rem; overflow-y: auto; }
.import-figures { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); }
.import-figures .bf-stat { flex-direction: row; align-items: baseline; gap: 0.5rem; padding: 0.3rem 0.75rem 0.4rem; border-top-width: 0.2rem; }
.import-figures .bf-stat-value { font-size: 1.25rem; }
.import-figures .bf-stat-label { font-size: 0.9rem; }
.import-samples { color: var(--bf-text-2); max-width: 18rem; overflow-wrap: anywhere; }
.import-field { min-width: 14rem; }
.import-winner { min-width: 11rem; }
.import-replacements { margin: 0.25rem 0 0; padding: 0; list-style: none; display: flex; flex-direction: column; gap: 0.5rem; }
.import-tall thead th { position: sticky; top: 0; }
`

/** The styles of the import's pages. */
export function ImportStyles() {
  return <style>{css}</style>
}
