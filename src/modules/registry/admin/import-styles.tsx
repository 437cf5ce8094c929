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
.import-tall thead th { position: sticky; top: 0; }
`

/** The styles of the import's pages. */
export function ImportStyles() {
  return <style>{css}</style>
}
