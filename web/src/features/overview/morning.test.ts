import { expect, it } from 'vitest'
import { instant } from '@/lib/berlin'
import { centText, say, type Morning, type Told } from './morning'

const now = instant(2026, 10, 22, 8, 5)
const kwh = (value: number): Told => ({ value, text: `${value},0 kWh` })
const calm: Morning = {
  now,
  name: 'Bäckerei 1',
  meterId: 'b-1',
  mayFeed: false,
  day: { from: instant(2026, 10, 21), to: instant(2026, 10, 22) },
  energy: kwh(102),
  low: kwh(80),
  high: kwh(120),
  excess: kwh(2),
  share: { value: 0.02, text: '2 %' },
  covered: 1,
  lastAt: now - 60,
  price: 90,
  cheap: { from: instant(2026, 10, 22, 13), to: instant(2026, 10, 22, 16), mean: 85 },
  dear: { from: instant(2026, 10, 22, 18), to: instant(2026, 10, 22, 21), mean: 100 },
  advice: null,
}
const text = (seen: Partial<Morning>): string => {
  const { fact, consequence, action } = say({ ...calm, ...seen })
  return `${fact} ${consequence} -> ${action.label} ${action.to} ${new URLSearchParams(action.search).toString()}`
}

it('says a quiet day plainly', () => {
  expect(text({})).toBe('Gestern waren es 102,0 kWh, 2 % mehr als erwartet. Das liegt im üblichen Rahmen. -> Lastgang ansehen /energie zaehler=b-1&von=2026-11-21&bis=2026-11-21')
  expect(text({ share: { value: 0.001, text: '0 %' } })).toContain('so viel wie erwartet')
  expect(text({ low: null, high: null, excess: null, share: null })).toContain('Für eine Erwartung reichen die Wochen davor noch nicht.')
})

it('says a change, the kWh behind it, and asks for the reason', () => {
  const more = { energy: kwh(131), excess: kwh(31), share: { value: 0.31, text: '31 %' } }
  expect(text(more)).toBe(
    'Gestern waren es 131,0 kWh, 31 % mehr als erwartet. Das sind 31,0 kWh über der Erwartung; üblich sind 80,0 kWh bis 120,0 kWh. -> Luna nach dem Grund fragen /fragen frage=Warum+hat+B%C3%A4ckerei+1+gestern+mehr+Strom+verbraucht%3F',
  )
  const less = { energy: kwh(60), excess: kwh(-40), share: { value: -0.4, text: '-40 %' } }
  expect(text({ ...less, name: '', meterId: null })).toContain('40 % weniger als erwartet. Das sind 40,0 kWh unter der Erwartung; üblich sind 80,0 kWh bis 120,0 kWh. -> Lastgang ansehen')
})

it('says first what is missing, and never reckons it up', () => {
  expect(text({ covered: 0.875, energy: kwh(200) })).toContain('Von gestern fehlen 3 Stunden Messwerte (Bäckerei 1). Bekannt sind 200,0 kWh; hochgerechnet wird nicht.')
  expect(text({ covered: 0.9, name: '', meterId: null })).toContain('Von gestern fehlen Messwerte. Bekannt sind 102,0 kWh')
  expect(text({ lastAt: now - 30 * 3600, covered: 0.5 })).toContain('Von Bäckerei 1 kam zuletzt am 21.11.2026, 02:05 Uhr ein Messwert. Verbrauch und Kosten seither sind unbekannt. -> Lastgang ansehen')
  expect(text({ lastAt: now - 30 * 3600, mayFeed: true })).toContain('-> Datenquellen prüfen /admin/daten')
  expect(text({ energy: null, covered: 0 })).toContain('Für gestern liegen von Bäckerei 1 keine Messwerte vor. Die ersten Werte sind von heute.')
})

it('says when waiting pays, also below zero', () => {
  expect(text({ price: 143.2 })).toContain('Am günstigsten ist Strom heute von 13:00 bis 16:00 Uhr: an der Börse 8,50 ct/kWh, jetzt sind es 14,32 ct/kWh. Was warten kann, sollte bis dahin warten. -> Preise ansehen /markt von=2026-11-22&bis=2026-11-22')
  expect(text({ price: 143, cheap: { from: now - 100, to: now + 9000, mean: 20 } })).toContain(
    'Günstiger als jetzt wird Strom heute nicht: bis 10:35 Uhr an der Börse im Mittel 2,00 ct/kWh, später im Mittel bis zu 10,00 ct/kWh. Was laufen soll, läuft jetzt am billigsten. -> Preise ansehen',
  )
  expect(text({ dear: { from: 0, to: 1, mean: 30 }, cheap: { from: now - 100, to: now + 9000, mean: 20 } })).toContain('üblichen Rahmen')
  expect(centText(-4)).toBe('-0,40 ct/kWh')
})

it('names an open recommendation on a quiet day', () => {
  expect(text({ advice: { title: 'Batterie nach Fahrplan fahren', eur: 1.5, span: 'an diesem Tag' } })).toContain('Offen ist eine Empfehlung: Batterie nach Fahrplan fahren. Erwartet werden 1,50 EUR an diesem Tag.')
  expect(text({ advice: { title: 'Der Zähler meldet nicht', eur: null, span: '' } })).toContain('Ein Betrag lässt sich dazu nicht sagen.')
})
