const css = `
.registry-columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(18rem, 22rem); gap: 1rem; align-items: start; }
.registry-columns > * { min-width: 0; }
.registry-members td, .registry-members th { white-space: nowrap; }
.registry-change summary { cursor: pointer; min-height: 1.5rem; }
@media (max-width: 68rem) { .registry-columns { grid-template-columns: minmax(0, 1fr); } }
.registry-tags { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; list-style: none; margin: 0; padding: 0; }
.registry-tags li { display: inline-flex; align-items: center; gap: 0.4rem; }
.registry-source { font: inherit; font-size: 0.85rem; line-height: 1.5; min-width: 1.5rem; min-height: 1.5rem; padding: 0 0.25rem; margin-left: 0.35rem; border: 1px solid var(--bf-line); border-radius: 0.25rem; background: none; color: var(--bf-text-2); cursor: help; }
.bf-masked .bf-figures { white-space: nowrap; }
.bf-facts .bf-masked { flex-wrap: wrap; gap: 0.15rem 0.5rem; }
.registry-former td { color: var(--bf-text-2); }
.registry-fact-note { display: block; color: var(--bf-amber); font-size: 0.9rem; }
.registry-correction { display: flex; flex-direction: column; gap: 0.25rem; overflow-wrap: anywhere; }
.registry-correction + .registry-correction { border-top: 1px solid var(--bf-line); padding-top: 0.75rem; }
.registry-kinds { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 0.5rem; }
.registry-kinds li { border-left: 0.2rem solid var(--bf-border); padding-left: 0.75rem; }
.registry-end { margin-top: 0.5rem; padding: 0.75rem; background: var(--bf-page); border-radius: 0.35rem; }
`

/** The few shapes that the register's pages need beyond the kit. */
export function RegisterStyles() {
  return <style>{css}</style>
}
