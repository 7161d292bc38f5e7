import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { cn } from '@/lib/cn'
import { useSending } from '@/lib/use-sending'
import { Button, buttonLook } from './button'
import { FaultLine } from './states'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  children?: ReactNode
  className?: string
  /** What is typed into first; otherwise the close button has the focus. */
  focus?: RefObject<HTMLElement | null>
  /** A press beside it does not close it: what was typed, or what is shown only once, would be lost. */
  firm?: boolean
}

const VEIL = 'fixed inset-0 z-40 bg-veil transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'

function CloseButton() {
  return (
    <Base.Close aria-label="Schließen" title="Schließen" className={cn(buttonLook({ look: 'ghost', size: 'icon' }), '-mt-1 -mr-1.5')}>
      <X aria-hidden />
    </Base.Close>
  )
}

export function Dialog({ open, onClose, title, description, children, className, focus, firm = false }: DialogProps) {
  return (
    <Base.Root open={open} disablePointerDismissal={firm} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Backdrop className={VEIL} />
        <Base.Popup
          {...(focus ? { initialFocus: focus } : {})}
          className={cn(
            'card fixed top-1/2 left-1/2 z-50 grid max-h-[min(88dvh,720px)] w-[min(520px,calc(100vw-24px))] -translate-x-1/2 -translate-y-1/2 gap-4 overflow-y-auto p-5 transition-[opacity,scale] duration-150 data-[ending-style]:scale-97 data-[ending-style]:opacity-0 data-[starting-style]:scale-97 data-[starting-style]:opacity-0',
            className,
          )}
        >
          <div className="flex items-start justify-between gap-3">
            <div className="grid gap-1">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description ? <Base.Description className="text-sm text-muted">{description}</Base.Description> : null}
            </div>
            <CloseButton />
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

interface DrawerProps extends DialogProps {
  /** False leaves the page beside the drawer in use, as for reading a source next to its answer. */
  modal?: boolean
  footer?: ReactNode
}

export function Drawer({ open, onClose, title, description, children, className, modal = true, footer }: DrawerProps) {
  return (
    <Base.Root open={open} modal={modal} disablePointerDismissal={!modal} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        {modal ? <Base.Backdrop className={VEIL} /> : null}
        <Base.Popup
          className={cn(
            'fixed inset-y-0 right-0 z-50 flex w-[min(600px,100vw)] flex-col border-l border-line bg-panel transition-transform duration-200 data-[ending-style]:translate-x-full data-[starting-style]:translate-x-full',
            !modal && 'shadow-[-12px_0_40px_-24px_rgb(0_0_0/0.45)]',
            className,
          )}
        >
          <header className="flex items-start justify-between gap-3 border-b border-line px-5 pt-4 pb-3">
            <div className="grid min-w-0 gap-0.5">
              <Base.Title className="line-clamp-2 text-base font-semibold" title={title}>{title}</Base.Title>
              {description ? <Base.Description render={<div />} className="text-xs text-muted">{description}</Base.Description> : null}
            </div>
            <CloseButton />
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
          <div className="scroll-thin min-h-0 flex-1 overflow-y-auto p-5" tabIndex={0} role="region" aria-label={title}>
            {children}
          </div>
          {footer ? <footer className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-5 py-3">{footer}</footer> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

interface ConfirmProps {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  action: string
  danger?: boolean
  onConfirm: () => Promise<unknown>
}

/** Asks before something that cannot be taken back; stays open and says why when it fails. */
export function Confirm({ open, onClose, title, ...rest }: ConfirmProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title} className="w-[min(440px,calc(100vw-24px))]">
      <Question onClose={onClose} {...rest} />
    </Dialog>
  )
}

/** Lives as long as its dialog is open: a later question knows nothing of this one's failure. */
function Question({ onClose, children, action, danger = false, onConfirm }: Omit<ConfirmProps, 'open' | 'title'>) {
  const { busy, fault, send } = useSending()
  const confirm = async (): Promise<void> => {
    if (await send(onConfirm)) onClose()
  }
  return (
    <>
      <div className="text-sm text-muted">{children}</div>
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void confirm()}>
          {action}
        </Button>
      </div>
    </>
  )
}
