/** Light, dark or as the system says; the first paint is set by public/theme.js. */

import { useEffect } from 'react'
import { useLocal } from './local'

export type Theme = 'light' | 'dark' | 'system'

function apply(theme: string): void {
  const dark = theme === 'dark' || (theme !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useLocal('nova.theme', 'system')
  useEffect(() => {
    apply(theme)
    const query = window.matchMedia('(prefers-color-scheme: dark)')
    const follow = (): void => apply(theme)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [theme])
  return [theme as Theme, setTheme]
}
