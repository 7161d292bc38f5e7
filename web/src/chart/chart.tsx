import type { EChartsCoreOption, EChartsType } from 'echarts/core'
import { useEffect, useRef, useState } from 'react'
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
    import('./core').then(
      ({ init }) => {
        if (gone) return
        made = init(element, null, { renderer: 'canvas', locale: 'DE' })
        watch.observe(element)
        setChart(made)
      },
      () => setFailed(true),
    )
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
  }, [chart, width, theme, build, onReady])

  useSelection(chart, width, onSelect, build)

  return (
    <div className={cn('relative h-72 min-w-0', className)}>
      <div ref={place} role="img" aria-label={label} className="absolute inset-0" />
      {failed ? <p className="absolute inset-0 grid place-items-center text-sm text-muted">Das Diagramm ließ sich nicht laden. Die Tabelle zeigt dieselben Werte.</p> : null}
      {!chart && !failed ? <Skeleton className="absolute inset-0" /> : null}
    </div>
  )
}

interface Zoomed {
  batch?: { startValue?: number; endValue?: number }[]
}

/** Drawing over the canvas with the mouse chooses a stretch of time; a finger scrolls the page as ever. */
function useSelection(chart: EChartsType | null, width: number, onSelect: ((from: number, to: number) => void) | undefined, build: unknown): void {
  useEffect(() => {
    if (!chart || width === 0 || !onSelect || !window.matchMedia('(pointer: fine)').matches) return
    chart.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true })
    const take = (event: unknown): void => {
      const { startValue, endValue } = (event as Zoomed).batch?.[0] ?? {}
      if (startValue !== undefined && endValue !== undefined && endValue - startValue >= 60_000) onSelect(Math.floor(startValue / 1000), Math.ceil(endValue / 1000))
    }
    chart.on('datazoom', take)
    return () => {
      if (!chart.isDisposed()) chart.off('datazoom', take)
    }
  }, [chart, width, onSelect, build])
}
