import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  onChange: (value: T) => void
  options: { value: T; label: string; icon?: ReactNode }[]
  className?: string
}

/** A few choices side by side, one of them chosen. */
export function Segmented<T extends string>({ label, value, onChange, options, className }: SegmentedProps<T>) {
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className={cn('inline-flex w-fit gap-0.5 rounded-control border border-line bg-sunken p-0.5', className)}
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          nativeButton
          render={<button type="button" />}
          className="inline-flex h-8 items-center gap-1.5 rounded-[6px] border border-transparent px-3 text-xs font-medium text-muted transition-colors data-[checked]:border-line data-[checked]:bg-panel data-[checked]:text-ink data-[unchecked]:hover:text-ink [&_svg]:size-4"
        >
          {option.icon}
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  )
}
