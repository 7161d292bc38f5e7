import type { ReactNode } from 'react'

/** A key as it is labelled on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="rounded-md border border-line bg-sunken px-1.5 py-0.5 font-sans text-2xs text-muted">{children}</kbd>
}
