import { useLayoutEffect, useState, type RefObject } from 'react'

/** The class under which a list shows all it has, whatever is folded. */
const wholeClass = 'bf-menu-whole'

/** Whether a list with everything unfolded would be higher than what the screen has left below its top. Asked again when either changes. */
export function useIsTight(list: RefObject<HTMLElement | null>): boolean {
  const [isTight, setTight] = useState(false)
  useLayoutEffect(() => {
    const element = list.current
    if (element === null) return undefined
    const measure = () => {
      const { classList } = element
      classList.add(wholeClass)
      const whole = element.scrollHeight
      classList.remove(wholeClass)
      // The list itself stays on the screen when the page slides; what holds it does not.
      const top = (element.parentElement ?? element).getBoundingClientRect().top + window.scrollY
      setTight(whole > window.innerHeight - top)
    }
    measure()
    // Type size and language change the header, the fonts and the lines, and with them the width or height of the page.
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    observer.observe(document.documentElement)
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [list])
  return isTight
}
