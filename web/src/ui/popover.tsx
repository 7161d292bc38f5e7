import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

export function Popover({ trigger, title, children, side = 'bottom' }: { trigger: ReactElement; title: string; children: ReactNode; side?: 'top' | 'bottom' }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align="start" sideOffset={8} collisionPadding={12} className="z-50">
          <Base.Popup className="card grid w-[min(340px,calc(100vw-24px))] gap-3 p-4 shadow-[0_16px_40px_-20px_rgb(0_0_0/0.45)] outline-none">
            <Base.Title className="text-sm font-semibold">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
