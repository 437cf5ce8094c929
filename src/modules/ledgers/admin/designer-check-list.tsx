/** Some of several, as boxes. */
export function CheckList(props: {
  legend: string
  choices: readonly { key: string; name: string }[]
  chosen: readonly string[]
  change: (keys: string[]) => void
}) {
  const { legend, choices, chosen, change } = props
  return (
    <fieldset className="ledger-group">
      <legend>{legend}</legend>
      <div className="ledger-options">
        {choices.map(({ key, name }) => (
          <label key={key}>
            <input
              type="checkbox"
              checked={chosen.includes(key)}
              onChange={() => change(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key])}
            />{' '}
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
