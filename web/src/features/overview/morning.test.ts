import { expect, it } from 'vitest'
import { instant } from '@/lib/berlin'
import { centText, changeOf, dearest, say, type Morning } from './morning'

const now = instant(2026, 10, 22, 8, 5)
const calm: Morning = {
  now,
  name: 'Bäckerei 1',
  meterId: 'b-1',
  mayFeed: false,
  day: { from: instant(2026, 10, 21), to: instant(2026, 10, 22) },
  energy: 102,
  before: 100,
  covered: 1,
  coveredBefore: 1,
  lacking: 0,
  lastAt: now - 60,
  price: 90,
  cheap: { from: instant(2026, 10, 22, 13), to: instant(2026, 10, 22, 16), mean: 85 },
  dear: 100,
  advice: null,
}
const text = (seen: Partial<Morning>): string => {
  const { fact, consequence, action } = say({ ...calm, ...seen })
  return `${fact} ${consequence} -> ${action.label} ${action.to} ${new URLSearchParams(action.search).toString()}`
}

it('says a quiet day plainly', () => {
  expect(text({})).toBe('Gestern waren es 102 kWh, 2 % mehr als am Samstag davor. Das liegt im üblichen Rahmen. -> Lastgang ansehen /energie zaehler=b-1&von=2026-11-21&bis=2026-11-21')
  expect(text({ energy: 100.3 })).toContain('so viel wie am Samstag davor')
  expect(text({ before: null })).toContain('Ein Vergleich mit der Vorwoche fehlt noch.')
})

it('says a change, the kWh behind it, and asks for the reason', () => {
  expect(text({ energy: 131 })).toBe(
    'Gestern waren es 131 kWh, 31 % mehr als am Samstag davor. Das sind 31 kWh über der Vorwoche. -> Luna nach dem Grund fragen /fragen frage=Warum+hat+B%C3%A4ckerei+1+gestern+mehr+Strom+verbraucht%3F',
  )
  expect(text({ energy: 60, name: '', meterId: null })).toContain('40 % weniger als am Samstag davor. Das sind 40 kWh unter der Vorwoche. -> Lastgang ansehen')
})

it('compares with no day of which much is missing', () => {
  expect(text({ energy: 131, coveredBefore: 0.5 })).toContain('Ein Vergleich mit der Vorwoche fehlt noch.')
})

it('says first what is missing, and never reckons it up', () => {
  expect(text({ covered: 0.875, energy: 200 })).toContain('Von gestern fehlen 3 Stunden Messwerte (Bäckerei 1). Bekannt sind 200 kWh; hochgerechnet wird nicht.')
  expect(text({ covered: 0.9, lacking: 2, name: '', meterId: null })).toContain('Von gestern fehlen bei 2 Zählern Messwerte. Bekannt sind 102 kWh')
  expect(text({ lastAt: now - 30 * 3600, covered: 0.5 })).toContain('Von Bäckerei 1 kam zuletzt am 21.11.2026, 02:05 Uhr ein Messwert. Verbrauch und Kosten seither sind unbekannt. -> Lastgang ansehen')
  expect(text({ lastAt: now - 30 * 3600, mayFeed: true })).toContain('-> Datenquellen prüfen /admin/daten')
  expect(text({ energy: null, covered: 0 })).toContain('Für gestern liegen von Bäckerei 1 keine Messwerte vor. Die ersten Werte sind von heute.')
})

it('says when waiting pays, also below zero', () => {
  expect(text({ price: 143.2 })).toContain('Am günstigsten ist Strom heute von 13:00 bis 16:00 Uhr: an der Börse 8,5 ct/kWh, jetzt sind es 14,3 ct/kWh. Was warten kann, sollte bis dahin warten. -> Preise ansehen /markt von=2026-11-22&bis=2026-11-22')
  expect(text({ price: 143, cheap: { from: now - 100, to: now + 9000, mean: 20 } })).toContain(
    'Günstiger als jetzt wird Strom heute nicht: bis 10:35 Uhr an der Börse im Mittel 2,0 ct/kWh, später bis zu 10,0 ct/kWh. Was laufen soll, läuft jetzt am billigsten. -> Preise ansehen',
  )
  expect(text({ dear: 30, cheap: { from: now - 100, to: now + 9000, mean: 20 } })).toContain('üblichen Rahmen')
  expect(dearest({ ts: [0, 900, 1800, 2700], values: [9, 5, null, 7], seconds: 900 }, 900, 2700)).toBe(5)
  expect(centText(-4)).toBe('-0,4 ct/kWh')
})

it('names an open recommendation on a quiet day', () => {
  expect(text({ advice: { title: 'Batterie nach Fahrplan fahren', eur: 1.5, span: 'an diesem Tag' } })).toContain('Offen ist eine Empfehlung: Batterie nach Fahrplan fahren. Erwartet werden 1,50 EUR an diesem Tag.')
  expect(text({ advice: { title: 'Der Zähler meldet nicht', eur: null, span: '' } })).toContain('Ein Betrag lässt sich dazu nicht sagen.')
})

it('has no change without something to compare with', () => {
  expect([changeOf(1, null), changeOf(null, 1), changeOf(1, 0), changeOf(3, 2)]).toEqual([null, null, null, 0.5])
})
