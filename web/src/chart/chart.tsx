import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { cn } from '@/lib/cn'
import { Skeleton } from '@/ui/states'
import { readColors, useShownTheme, type Colors } from './colors'

export interface Drawn {
  /** The picture as PNG on the panel's colour. */
  png: () => string
}

interface ChartProps {
  /** What it shows, in words: a canvas tells a screen reader nothing. The table beside it has the numbers. */
  label: string
  build: (width: number, colors: Colors) => EChartsCoreOption
  className?: string
  onReady?: (drawn: Drawn | null) => void
  /** Told the stretch of time that was drawn over with the mouse, in seconds. */
  onSelect?: ((from: number, to: number) => void) | undefined
}

/** A canvas of ECharts in the theme's colours and as wide as its place; the library is loaded with the first one. */
export function Chart({ label, build, className, onReady, onSelect }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<EChartsType | null>(null)
  const [failed, setFailed] = useState(false)
  const [width, setWidth] = useState(0)
  const theme = useShownTheme()

  useEffect(() => {
    const element = place.current
    if (!element) return
    let made: EChartsType | null = null
    let gone = false
    const watch = new ResizeObserver(([entry]) => {
      made?.resize()
      setWidth(Math.round(entry?.contentRect.width ?? 0))
    })
    const begin = async (): Promise<void> => {
      const { init } = await import('./core')
      if (gone) return
      made = init(element, null, { renderer: 'canvas', locale: 'DE' })
      watch.observe(element)
      setChart(made)
    }
    begin().catch(() => setFailed(true))
    return () => {
      gone = true
      watch.disconnect()
      made?.dispose()
      setChart(null)
    }
  }, [])

  useEffect(() => {
    if (!chart || width === 0) return
    const colors = readColors()
    chart.setOption(build(width, colors), { notMerge: true })
    onReady?.({ png: () => chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: colors.panel }) })
    return () => onReady?.(null)
  }, [chart, width, theme, build, onReady])

  const stretch = useSelection(chart, place, onSelect)

  return (
    <div className={cn('relative h-72 min-w-0', onSelect && 'select-none', className)}>
      <div ref={place} role="img" aria-label={label} className="absolute inset-0" />
      {stretch ? <div aria-hidden className="pointer-events-none absolute top-7.5 bottom-6 border-x border-brand bg-brand/15" style={stretch} /> : null}
      {failed ? <p className="absolute inset-0 grid place-items-center text-sm text-muted">Das Diagramm ließ sich nicht laden. Die Tabelle zeigt dieselben Werte.</p> : null}
      {!chart && !failed ? <Skeleton className="absolute inset-0" /> : null}
    </div>
  )
}

/** Pixels that a hand may shake without choosing anything. */
const STEADY = 6

interface Stretch {
  left: number
  width: number
}

/** Drawing over the canvas with the mouse chooses a stretch of time, Escape lets go; a finger scrolls the page as ever. */
function useSelection(chart: EChartsType | null, place: RefObject<HTMLDivElement | null>, onSelect: ((from: number, to: number) => void) | undefined): Stretch | null {
  const [stretch, setStretch] = useState<Stretch | null>(null)
  useEffect(() => {
    const element = place.current
    if (!chart || !element || !onSelect) return
    let start: number | null = null
    let end = 0
    const within = (event: PointerEvent): number => {
      const box = element.getBoundingClientRect()
      return Math.max(0, Math.min(box.width, event.clientX - box.left))
    }
    const drop = (): void => {
      start = null
      setStretch(null)
    }
    const down = (event: PointerEvent): void => {
      if (event.pointerType !== 'mouse' || event.button !== 0) return
      start = end = within(event)
    }
    const move = (event: PointerEvent): void => {
      if (start === null) return
      end = within(event)
      if (Math.abs(end - start) >= STEADY) setStretch({ left: Math.min(start, end), width: Math.abs(end - start) })
    }
    const up = (): void => {
      const [first, last] = [Math.min(start ?? 0, end), Math.max(start ?? 0, end)]
      const chosen = start !== null && last - first >= STEADY
      drop()
      if (!chosen) return
      const [from, to] = [first, last].map((x) => timeAt(chart, x))
      if (from !== undefined && to !== undefined && to > from) onSelect(from, to)
    }
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') drop()
    }
    element.addEventListener('pointerdown', down)
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('keydown', key)
    return () => {
      element.removeEventListener('pointerdown', down)
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('keydown', key)
    }
  }, [chart, place, onSelect])
  return stretch
}

/** The second below a pixel, within what the axis shows. */
function timeAt(chart: EChartsType, x: number): number {
  const axis = (chart.getOption().xAxis as { min?: number; max?: number }[] | undefined)?.[0]
  const value = Number(chart.convertFromPixel({ xAxisIndex: 0 }, x))
  return Math.round(Math.max(axis?.min ?? value, Math.min(axis?.max ?? value, value)) / 1000)
}
