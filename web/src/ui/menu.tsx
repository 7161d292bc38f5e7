import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { cn } from '@/lib/cn'

const PANEL = 'card scroll-thin z-50 max-h-[min(80dvh,var(--available-height))] min-w-44 overflow-y-auto p-1 shadow-[0_12px_32px_-16px_rgb(0_0_0/0.4)] outline-none'

export function Menu({ trigger, children, side = 'bottom', align = 'end' }: { trigger: ReactElement; children: ReactNode; side?: 'top' | 'bottom' | 'right'; align?: 'start' | 'end' }) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} className="z-50">
          <Base.Popup className={PANEL}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export function MenuItem({ onSelect, danger = false, current = false, disabled = false, children }: { onSelect: () => void; danger?: boolean; current?: boolean; disabled?: boolean; children: ReactNode }) {
  return (
    <Base.Item
      disabled={disabled}
      aria-current={current ? 'page' : undefined}
      onClick={onSelect}
      className={cn(
        'flex h-9 cursor-default items-center gap-2.5 rounded-[6px] px-2.5 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-sunken [&_svg]:size-4 [&_svg]:text-muted',
        current && 'font-medium text-brand [&_svg]:text-brand',
        danger && 'text-bad [&_svg]:text-bad',
      )}
    >
      {children}
    </Base.Item>
  )
}
