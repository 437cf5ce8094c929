import { useId, type ReactNode } from 'react'

interface FieldProps {
  label: string
  /** What to write and in which form, below the label. */
  hint?: string | undefined
  /** The problem with what stands there, beside the field. */
  problem?: string | undefined
  isRequired?: boolean
  /** Draws the control; it must take the `id`, and `aria-describedby` when given. */
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}

/** A control with its label, hint and problem, tied together for screen readers. */
export function Field({ label, hint, problem, isRequired = false, children }: FieldProps) {
  const id = useId()
  const describedBy = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div className="bf-field">
      <label htmlFor={id}>
        {label}
        {isRequired ? (
          <span className="bf-required" aria-hidden="true">
            {' '}
            *
          </span>
        ) : null}
      </label>
      {hint === undefined ? null : (
        <span className="bf-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({
        id,
        ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
        ...(problem === undefined ? {} : { 'aria-invalid': true as const }),
      })}
      {problem === undefined ? null : (
        <span className="bf-problem" id={`${id}-problem`}>
          {problem}
        </span>
      )}
    </div>
  )
}
