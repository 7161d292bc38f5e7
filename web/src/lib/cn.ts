import { clsx, type ClassValue } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({ extend: { theme: { radius: ['card', 'control'], text: ['2xs'] } } })

/** Class names, the later one wins. */
export function cn(...names: ClassValue[]): string {
  return merge(clsx(names))
}
