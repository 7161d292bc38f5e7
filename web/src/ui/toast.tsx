import { Toast as Base } from '@base-ui/react/toast'
import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonLook } from './button'
import { ApiError, WAITS } from '@/lib/http'

const manager = Base.createToastManager()

interface ToastAction {
  label: string
  run: () => void
}

/** Says that something worked (or did not) without taking the focus; with an action, such as taking it back, it stays longer. */
export function toast(title: string, kind: 'ok' | 'bad' | 'info' = 'ok', description?: string, action?: ToastAction): void {
  const id = manager.add({
    title,
    description,
    type: kind,
    timeout: action ? 12_000 : kind === 'bad' ? 9000 : 4500,
    priority: kind === 'bad' ? 'high' : 'low',
    ...(action
      ? {
          actionProps: {
            children: action.label,
            onClick: () => {
              manager.close(id)
              action.run()
            },
          },
        }
      : {}),
  })
}

export function toastFault(error: unknown): void {
  if (error instanceof ApiError && error.code === WAITS) return toast(error.message, 'info')
  const trace = error instanceof ApiError ? error.traceId : null
  toast(error instanceof Error ? error.message : 'Unbekannter Fehler.', 'bad', trace ? `Kennung: ${trace}` : undefined)
}

const SIGNS: Record<string, ReactNode> = {
  ok: <CircleCheck className="size-5 shrink-0 text-ok" aria-hidden />,
  bad: <TriangleAlert className="size-5 shrink-0 text-bad" aria-hidden />,
  info: <Info className="size-5 shrink-0 text-brand" aria-hidden />,
}

function List() {
  const { toasts } = Base.useToastManager()
  return toasts.map((entry) => (
    <Base.Root
      key={entry.id}
      toast={entry}
      className="card flex w-full items-start gap-3 p-3 shadow-[0_16px_40px_-20px_rgb(0_0_0/0.45)] transition-[opacity,translate] duration-200 data-[ending-style]:opacity-0 data-[starting-style]:-translate-y-3 data-[starting-style]:opacity-0"
    >
      {SIGNS[entry.type ?? 'info']}
      <div className="grid min-w-0 flex-1 gap-0.5">
        <Base.Title className="text-sm font-medium" />
        <Base.Description className="text-xs text-muted" />
      </div>
      {entry.actionProps ? <Base.Action className={buttonLook({ size: 'sm' })} /> : null}
      <Base.Close aria-label="Meldung schließen" className="grid size-6 place-items-center rounded text-muted hover:text-ink">
        <X className="size-4" aria-hidden />
      </Base.Close>
    </Base.Root>
  ))
}

export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      {children}
      <Base.Portal>
        {/* At the top: at the bottom they would lie over the input of „Fragen“ and the steps of drawers. */}
        <Base.Viewport aria-label="Meldungen" className="fixed top-16 left-1/2 z-60 grid w-[min(380px,calc(100vw-32px))] -translate-x-1/2 gap-2 md:top-4 md:left-[calc(50%+110px)]">
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}
