const css = `
.calendar-months { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: 1rem 1.5rem; }
.calendar-month h3 { display: flex; justify-content: space-between; gap: 0.5rem; align-items: baseline; margin-bottom: 0.25rem; }
.calendar-month h3 span { font-weight: 400; font-size: 0.9rem; color: var(--bf-text-2); }
.calendar-grid { width: 100%; border-collapse: separate; border-spacing: 2px; table-layout: fixed; }
.calendar-grid th { font-weight: 400; font-size: 0.85rem; color: var(--bf-text-2); text-align: center; padding: 0; }
.calendar-grid td { padding: 0; text-align: center; }
.calendar-day { display: block; width: 100%; min-height: 2rem; font: inherit; line-height: 1.05; padding: 0.15rem 0; border: 1px solid transparent; border-radius: 0.25rem; background: none; color: var(--bf-text); text-align: center; }
button.calendar-day { cursor: pointer; }
button.calendar-day:hover { border-color: var(--bf-primary); }
.calendar-day small { display: block; font-size: 0.7rem; line-height: 1; min-height: 0.7rem; }
.calendar-day small::after { content: attr(data-sign); }
.calendar-weekend { color: var(--bf-text-3); background: var(--bf-head); }
.calendar-holiday { color: var(--bf-green); background: var(--bf-green-bg); }
.calendar-makeUp { color: var(--bf-amber); background: var(--bf-amber-bg); }
.calendar-own { border-color: var(--bf-border); border-style: dashed; }
.calendar-today { font-weight: 700; text-decoration: underline; }
.calendar-chosen, button.calendar-chosen:hover { outline: 3px solid var(--bf-primary); outline-offset: -2px; }
.calendar-bar { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.calendar-legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; list-style: none; margin: 0 0 0.75rem; padding: 0; font-size: 0.9rem; }
.calendar-legend span { display: inline-block; min-width: 1.6rem; text-align: center; border-radius: 0.25rem; border: 1px solid transparent; margin-right: 0.35rem; }
.calendar-legend .calendar-own { border: 1px dashed var(--bf-border); }
.calendar-choice { position: sticky; bottom: 0; background: var(--bf-card); border: 1px solid var(--bf-border); border-radius: 0.35rem; padding: 0.5rem 0.75rem; z-index: 2; }
.calendar-changes { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.6rem; }
.calendar-changes li { overflow-wrap: anywhere; }
@media (max-width: 40rem) { .calendar-months { grid-template-columns: minmax(0, 1fr); } .calendar-day { min-height: 2.75rem; } }
`

/** The styles that only the page of working days needs. */
export function CalendarStyles() {
  return <style>{css}</style>
}
