const css = `
.income-views { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem 2rem; align-items: start; }
.income-view h3 { margin: 0 0 0.25rem; font-size: 1rem; }
.income-view table { width: 100%; border-collapse: collapse; }
.income-view th { text-align: left; font-weight: 400; padding: 0.2rem 0.5rem 0.2rem 0; }
.income-view td { text-align: right; padding: 0.2rem 0; font-variant-numeric: tabular-nums; white-space: nowrap; }
.income-view .income-sum th, .income-view .income-sum td { font-weight: 600; border-top: 1px solid var(--bf-border); }
.income-view .income-beside th, .income-view .income-beside td { color: var(--bf-text-2); }
.income-formula { overflow-wrap: anywhere; margin: 0.25rem 0 0; }
.income-kept { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.4rem; }
.income-kept li { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; }
.income-members { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
.income-members label { display: inline-flex; gap: 0.4rem; align-items: center; min-height: 2rem; }
.income-part { border-top: 1px solid var(--bf-line); padding-top: 0.75rem; }
.income-part > h3 { margin: 0 0 0.4rem; font-size: 1rem; }
.income-withdrawn td, .income-withdrawn th { color: var(--bf-text-2); text-decoration: line-through; }
.income-withdrawn td.income-reason { text-decoration: none; }
.gate-list { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.45rem; }
.income-lines .bf-figures { white-space: nowrap; }
.gate-list li > .bf-tag { justify-self: start; }
.gate-list li { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0.25rem 0.75rem; align-items: baseline; }
.check-matrix td, .check-matrix th { vertical-align: top; }
.check-cell { display: grid; gap: 0.2rem; justify-items: start; }
.check-flags { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.75rem; }
.check-flags li { border-left: 0.25rem solid var(--bf-amber); padding-left: 0.75rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  .income-lines .bf-figures { white-space: nowrap; }
.gate-list li > .bf-tag { justify-self: start; }
.gate-list li { grid-template-columns: minmax(0, 1fr); }
}
`

/** The few shapes that the income sheet, the check and the gate need beyond the kit. */
export function IncomeStyles() {
  return <style>{css}</style>
}
