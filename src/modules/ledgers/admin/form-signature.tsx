import { Button } from 'antd'
import { useRef, useState, type PointerEvent } from 'react'
import { useT } from '#ui/words/use-t.ts'
import { FilesInput, type FilesProps } from './form-files.tsx'
import { formWords } from './form-words.ts'

const size = { width: 832, height: 288 }

/** A signature written on a canvas, kept as an image; for keyboards an image can be uploaded instead. */
export function SignatureInput(props: FilesProps) {
  const { field, waiting, change } = props
  const t = useT(formWords)
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = useRef<{ x: number; y: number }>(undefined)
  const [isWritten, setWritten] = useState(false)
  const placeOf = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: ((event.clientX - box.left) / box.width) * size.width, y: ((event.clientY - box.top) / box.height) * size.height }
  }
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = canvas.current?.getContext('2d')
    if (last.current === undefined || pen === null || pen === undefined) return
    const next = placeOf(event)
    pen.lineWidth = 5
    pen.lineCap = 'round'
    pen.beginPath()
    pen.moveTo(last.current.x, last.current.y)
    pen.lineTo(next.x, next.y)
    pen.stroke()
    last.current = next
    setWritten(true)
  }
  const keep = () => {
    if (last.current === undefined) return
    last.current = undefined
    canvas.current?.toBlob((image) => {
      if (image !== null) change([new File([image], `${field.name.zh}.png`, { type: 'image/png' })])
    })
  }
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, size.width, size.height)
    setWritten(false)
    change([])
  }
  return (
    <div className="bf-stack">
      <span className="bf-hint">{t('sign')}</span>
      <canvas
        ref={canvas}
        {...size}
        className="ledger-canvas"
        role="img"
        aria-label={field.name.zh}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          last.current = placeOf(event)
        }}
        onPointerMove={draw}
        onPointerUp={keep}
      />
      <div className="bf-row">
        {isWritten ? <Button onClick={clear}>{t('signAgain')}</Button> : <FilesInput {...props} waiting={waiting} />}
      </div>
    </div>
  )
}
