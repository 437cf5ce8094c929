import { useLayoutEffect, useRef, type ReactNode } from 'react'

const focusable = 'a[href], button, input, select, textarea, [tabindex]'

/** A wide table in a box of its own that slides sideways: the page never does. Where nothing in it takes the keyboard, the box itself does. */
export function ScrollBox({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const measure = () => {
      const slides = element.scrollWidth > element.clientWidth
      if (slides && element.querySelector(focusable) === null) element.setAttribute('tabindex', '0')
      else element.removeAttribute('tabindex')
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  })
  return (
    <div ref={box} className="bf-scroll">
      {children}
    </div>
  )
}
