const css = `
.policies-help-open { min-height: 4.9rem; }
.policies-help { padding: 0.5rem 0.75rem; background: var(--bf-blue-bg); border: 1px solid var(--bf-line); border-radius: 0.35rem; display: flex; flex-direction: column; gap: 0.4rem; }
.policies-help-line { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; }
.policies-reading { overflow-wrap: anywhere; }
.policies-help-ways { gap: 0.4rem; min-height: 2.1rem; }
.policies-short { width: auto; min-width: 8rem; }
.policies-medium { width: auto; max-width: 100%; }
.policies-value { width: 11rem; }
.policies-search { max-width: 26rem; }
.policies-about { flex: 1 1 20rem; }
.policies-tools { display: flex; flex-wrap: wrap; gap: 0.35rem; align-items: center; }
.policies-summary { margin-left: auto; display: inline-flex; flex-wrap: wrap; gap: 0.35rem; align-items: center; min-height: 1.9rem; padding: 0; border: 0; background: none; font: inherit; cursor: pointer; }
.policies-tools-gap { width: 0.75rem; }
.policies-facts { list-style: none; margin: 0; padding: 0; columns: 2 22rem; column-gap: 2rem; }
.policies-facts li { padding: 0.25rem 0; break-inside: avoid; }
.policies-fields { align-items: flex-end; }
.policies-apply { display: flex; align-items: flex-end; }
.policies-tabs { display: flex; flex-wrap: wrap; gap: 0.25rem; border-bottom: 1px solid var(--bf-border); }
.policies-tab { font: inherit; background: none; border: 0; padding: 0.4rem 0.9rem; min-height: 2.4rem; color: var(--bf-text); text-decoration: none; cursor: pointer; border-bottom: 3px solid transparent; margin-bottom: -1px; display: inline-flex; align-items: center; gap: 0.4rem; }
.policies-tab-on { border-bottom-color: var(--bf-primary); color: var(--bf-primary); font-weight: 600; }
.policies-tab-bad { color: var(--bf-red); font-size: 0.9rem; }
.policies-room { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; align-items: start; }
.policies-findings { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 0.5rem; }
.policies-finding { display: flex; flex-wrap: wrap; gap: 0.25rem 0.6rem; align-items: baseline; padding-bottom: 0.5rem; border-bottom: 1px solid var(--bf-line); }
.policies-finding > p { flex: 1 1 18rem; overflow-wrap: anywhere; }
.policies-scroll { max-height: 22rem; overflow-y: auto; }
.policies-example { border: 1px solid var(--bf-line); border-left: 0.3rem solid var(--bf-green); border-radius: 0.25rem; padding: 0.4rem 0.75rem; }
.policies-example-bad { border-left-color: var(--bf-red); }
.policies-example > summary { cursor: pointer; display: flex; flex-wrap: wrap; gap: 0.1rem 0.75rem; align-items: center; min-height: 2rem; }
.policies-example-name { font-weight: 600; flex: 1 1 10rem; }
.policies-pairs { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: 0.5rem 1rem; margin: 0.5rem 0; }
.policies-pairs label { display: flex; flex-direction: column; gap: 0.1rem; font-size: 0.95rem; }
.policies-code { font-family: ui-monospace, Consolas, "Noto Sans Mono CJK SC", monospace; }
.policies-added { background: var(--bf-green-bg); }
.policies-removed { background: var(--bf-red-bg); }
.policies-matrix td, .policies-matrix th, .policies-catalogue td.bf-figures, .policies-day { white-space: nowrap; }
.bf-scroll .policies-wide { min-width: 11rem; }
.policies-parameter { min-width: 9rem; }
.policies-row-actions { flex-wrap: nowrap; gap: 0.4rem; }
.policies-steps { justify-content: flex-end; }
.policies-shown td { background: var(--bf-blue-bg); }
.policies-actions { align-items: center; }
.policies-example-open { border-left-color: var(--bf-border); }
.policies-why h4 { margin: 0; font-size: 1rem; }
.policies-matrix .policies-same { color: var(--bf-text-2); background: var(--bf-head); }
.policies-amounts { display: block; margin-left: auto; font-size: 0.9rem; }
.policies-why { border: 1px solid var(--bf-line); border-radius: 0.35rem; margin-top: 0.5rem; background: var(--bf-card); }
.policies-why > summary { cursor: pointer; padding: 0.5rem 0.75rem; min-height: 2.75rem; display: flex; flex-wrap: wrap; gap: 0.1rem 0.75rem; align-items: center; }
.policies-why > summary::before { content: "▸"; color: var(--bf-text-2); }
.policies-why[open] > summary::before { content: "▾"; }
.policies-why-body { padding: 0.25rem 0.75rem 0.75rem; display: flex; flex-direction: column; gap: 0.75rem; }
.policies-why-lines { margin: 0; padding-left: 1.1rem; }
.policies-why-lines li { margin: 0.25rem 0; overflow-wrap: anywhere; }
.policies-name { font-weight: 600; }
.policies-state { margin-left: auto; }
@media (max-width: 68rem) { .policies-room { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 40rem) { .policies-minor { display: none; } .bf-scroll .policies-catalogue .policies-wide, .bf-scroll .policies-catalogue td { min-width: 4rem; } .policies-value { width: 8rem; } .policies-help-open { min-height: 0; } .policies-why > summary { padding: 0.5rem; } }
`

/** The few shapes that the pages of policies need beyond the kit. */
export function PolicyStyles() {
  return <style>{css}</style>
}
