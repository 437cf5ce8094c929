const css = `
.case-columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(20rem, 25rem); gap: 1rem; align-items: start; }
.case-columns > * { min-width: 0; }
.case-side { display: flex; flex-direction: column; gap: 1rem; position: sticky; top: 0.5rem; max-height: calc(100vh - 1rem); overflow-y: auto; }
.case-side .bf-section { flex: none; }
.case-next { border-top: 0.25rem solid var(--bf-primary); }
.case-stepper .bf-stepper { gap: 0.35rem 0.45rem; }
.case-stepper .bf-step { gap: 0.25rem; font-size: 0.89rem; }
.case-stepper .bf-step-sign { width: 1.4rem; height: 1.4rem; line-height: 1.3rem; font-size: 0.8rem; }
.case-phrases { margin-top: 0.4rem; }
.case-stepper-small .bf-stepper { gap: 0.25rem 0.6rem; }
.case-stepper-small .bf-step { font-size: 0.85rem; }
.case-missing { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.4rem; }
.case-missing li { position: relative; display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; justify-content: space-between; border-left: 0.25rem solid var(--bf-red); padding: 0.1rem 0 0.1rem 0.6rem; }
.case-missing .case-warns { border-color: var(--bf-amber); }
.case-missing a { flex: none; display: inline-block; min-height: 1.5rem; }
.case-others { border-top: 1px solid var(--bf-line); padding-top: 0.5rem; }
.case-others > summary { cursor: pointer; min-height: 1.75rem; font-weight: 600; }
.case-others ul { list-style: none; margin: 0.25rem 0 0; padding: 0; display: grid; gap: 0.4rem; }
.case-others li { display: grid; grid-template-columns: 9rem 1fr; gap: 0.6rem; align-items: center; }
.case-clock-line { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; align-items: center; }
.case-clock-track { display: block; height: 0.5rem; margin-top: 0.2rem; background: var(--bf-head); border: 1px solid var(--bf-line); border-radius: 0.25rem; overflow: hidden; }
.case-clock-fill { display: block; height: 100%; }
.case-clock-green { background: var(--bf-green); }
.case-clock-amber { background: var(--bf-amber); }
.case-clock-red { background: var(--bf-red); }
.case-due { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0.1rem 0.5rem; }
.case-steps td { overflow-wrap: anywhere; }
.case-steps .case-step-now > th, .case-steps .case-step-now > td { background: var(--bf-blue-bg); }
.case-steps .case-step-next > th, .case-steps .case-step-next > td { color: var(--bf-text-2); }
.case-steps th[scope="row"] { font-weight: 600; white-space: nowrap; }
.case-act + .case-act { margin-top: 0.4rem; }
.case-queue { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; }
.case-anchor { scroll-margin-top: 0.5rem; }
.case-anchor:focus { outline: none; }
.case-wide { width: 100%; }
.case-hint-keys { flex: none; }
.case-list-plain { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.6rem; }
.case-list-plain li { border-left: 0.2rem solid var(--bf-border); padding-left: 0.75rem; overflow-wrap: anywhere; }
@media (max-width: 68rem) {
  .case-columns { grid-template-columns: minmax(0, 1fr); }
  .case-side { position: static; max-height: none; order: -1; display: contents; }
  .case-side > .case-next { order: -1; }
  .case-side > :not(.case-next) { order: 2; }
}
@media (max-width: 40rem) {
  .case-head .bf-facts { grid-template-columns: 1fr 1fr; gap: 0.5rem 0.75rem; font-size: 0.92rem; }
  .case-queue > .bf-quiet { flex-basis: 100%; }
  .case-hint-keys { display: none; }
  .case-others li { grid-template-columns: minmax(0, 1fr); gap: 0.1rem; }
  .case-others .ant-btn, .case-submit { width: 100%; min-height: 2.75rem; }
  .case-steps, .case-steps tbody, .case-steps tr, .case-steps td, .case-steps th[scope="row"] { display: block; border: 0; padding: 0.1rem 0.25rem; }
  .case-steps thead, .case-steps .case-step-next { display: none; }
  .case-steps tr > td:not(:last-child), .case-steps th[scope="row"] { display: inline-block; vertical-align: top; }
  .case-steps td .bf-source, .case-steps th .bf-source { display: inline; margin-left: 0.35rem; }
  .case-steps .case-act .bf-source { display: block; margin: 0; }
  .case-steps tr { border-bottom: 1px solid var(--bf-line); padding: 0.4rem 0; }
  .case-stepper .bf-step-next { display: none; }
}
`

/** The few shapes that the pages of cases need beyond the kit. */
export function CaseStyles() {
  return <style>{css}</style>
}
