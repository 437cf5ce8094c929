const css = `
.survey-rounds { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0 0; }
.survey-callers { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .25rem 1rem; max-height: 20rem; overflow: auto; }
.survey-sheet { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
.survey-question { border: 0; margin: 0; padding: .6rem 0; border-bottom: 1px solid var(--bf-line); min-width: 0; }
.survey-question legend { font-weight: 600; padding: 0; float: left; width: 100%; margin-bottom: .35rem; }
.survey-question legend + * { clear: both; }
.survey-question .bf-source { display: block; }
.survey-choices { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; clear: both; }
.survey-choices label { display: inline-flex; align-items: center; gap: .4rem; min-height: 2.25rem; }
.survey-said { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: flex-end; clear: both; }
.survey-registered { display: block; clear: both; margin: .15rem 0; }
.survey-phone { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
.survey-number { font-size: 1.5rem; font-weight: 600; letter-spacing: .05em; }
.survey-outcome { position: sticky; bottom: 0; background: var(--bf-surface, Canvas); border-top: 2px solid var(--bf-border); padding: .75rem 0; }
.survey-bar { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.survey-table { width: 100%; border-collapse: collapse; }
.survey-table th, .survey-table td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--bf-line); }
.survey-table td.bf-figures, .survey-table th.bf-figures { text-align: right; }
.survey-form-side { display: grid; grid-template-columns: minmax(0, 3fr) minmax(19rem, 2fr); gap: 1rem; align-items: start; }
.survey-form-side > * { min-width: 0; }
.survey-form-beside { position: sticky; top: .5rem; max-height: calc(100vh - 1rem); overflow-y: auto; }
.survey-form-questions { list-style: none; margin: .75rem 0; padding: 0; display: grid; gap: .5rem; }
.survey-form-question { border: 1px solid var(--bf-line); border-radius: .35rem; padding: .4rem .6rem; min-width: 0; }
.survey-form-line { display: grid; grid-template-columns: 1.6rem minmax(7rem, 1fr) 8rem auto auto; gap: .4rem .6rem; align-items: center; }
.survey-form-line > *, .survey-form-option > * { min-width: 0; }
.survey-form-tools { display: flex; flex-wrap: wrap; gap: .25rem; align-items: center; }
.survey-form-tool { font: inherit; min-width: 2rem; min-height: 2rem; border: 1px solid var(--bf-border); border-radius: .25rem; background: var(--bf-card); color: var(--bf-text); cursor: pointer; }
.survey-form-tool:disabled { color: var(--bf-text-3); border-color: var(--bf-line); cursor: default; }
.survey-form-more { display: grid; gap: .75rem; border-top: 1px dashed var(--bf-line); margin-top: .5rem; padding: .6rem 0 .3rem; min-width: 0; }
.survey-form-pair { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: .6rem 1rem; align-items: end; }
.survey-form-options { border: 0; margin: 0; padding: 0; min-width: 0; display: grid; gap: .4rem; }
.survey-form-options legend { font-weight: 600; padding: 0; }
.survey-form-option { display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; border-bottom: 1px solid var(--bf-line); padding-bottom: .4rem; }
.survey-form-option > .bf-input { flex: 1 1 9rem; width: auto; }
.survey-form-marks { display: inline-flex; flex-wrap: wrap; gap: .35rem; align-items: center; flex: 2 1 12rem; }
.survey-form-marks .bf-input { flex: 1 1 8rem; width: auto; min-width: 0; }
@media (max-width: 60rem) { .survey-form-side { grid-template-columns: minmax(0, 1fr); } .survey-form-beside { position: static; max-height: none; } }
@media (max-width: 40rem) { .survey-form-line { grid-template-columns: 1.4rem minmax(0, 1fr) 7rem; } .survey-form-line > :nth-child(n + 4) { grid-column: 2 / -1; } .survey-form-tool { min-width: 2.5rem; min-height: 2.5rem; } }
@media (max-width: 40rem) { .survey-outcome { position: static; } .survey-choices label { min-height: 2.75rem; } }
`

/** The few shapes that these pages need beyond the kit. */
export function SurveyStyles() {
  return <style>{css}</style>
}
