import { Monitor, Moon, Sun } from 'lucide-react'
import { useLocal } from '@/lib/local'
import { useTheme } from '@/lib/theme'
import { Section } from '@/ui/page'
import { Segmented } from '@/ui/segmented'

export function Appearance() {
  const [theme, setTheme] = useTheme()
  const [tone, setTone] = useLocal('nova.tone', 'vorgabe')
  return (
    <div className="grid gap-6">
      <Section title="Hell oder dunkel">
        <Segmented
          label="Hell oder dunkel"
          value={theme}
          onChange={setTheme}
          options={[
            { value: 'light', label: 'Hell', icon: <Sun aria-hidden /> },
            { value: 'dark', label: 'Dunkel', icon: <Moon aria-hidden /> },
            { value: 'system', label: 'Wie das System', icon: <Monitor aria-hidden /> },
          ]}
        />
      </Section>
      <Section title="Ton der Oberfläche">
        <Segmented
          label="Ton der Oberfläche"
          value={tone}
          onChange={setTone}
          options={[
            { value: 'vorgabe', label: 'Wie vorgegeben' },
            { value: 'luna', label: 'Luna' },
            { value: 'sachlich', label: 'Sachlich' },
          ]}
        />
        <p className="max-w-prose text-sm text-muted">
          Luna erlaubt sich in leeren Ansichten und Rückfragen eine Spur Ironie, nie bei Fehlern, Zahlen oder Datenschutz. „Sachlich“ verzichtet ganz darauf. Die Wahl gilt für diesen
          Browser.
        </p>
      </Section>
    </div>
  )
}
