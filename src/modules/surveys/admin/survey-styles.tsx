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
@media (max-width: 40rem) { .survey-outcome { position: static; } .survey-choices label { min-height: 2.75rem; } }
`

/** The few shapes that these pages need beyond the kit. */
export function SurveyStyles() {
  return <style>{css}</style>
}
