interface SparklineProps {
  values: number[]
  label: string
  className?: string
}

/** Bars of a few days; the numbers stand in the label and in the table beside it. */
export function Sparkline({ values, label, className }: SparklineProps) {
  const top = Math.max(1, ...values)
  const width = 100 / Math.max(1, values.length)
  return (
    <svg viewBox="0 0 100 32" preserveAspectRatio="none" role="img" aria-label={label} className={className}>
      {values.map((value, index) => (
        <rect
          key={index}
          x={index * width + width * 0.12}
          width={width * 0.76}
          y={32 - Math.max(1, (value / top) * 31)}
          height={Math.max(1, (value / top) * 31)}
          rx={0.6}
          className={value > 0 ? 'fill-brand' : 'fill-line'}
        />
      ))}
    </svg>
  )
}
