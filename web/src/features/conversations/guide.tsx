/** The annotation guidelines in short; in full they stand in the handbook (docs/handbuch/leitfaden-durchsicht.md). */

const RULES: [string, string][] = [
  ['Annehmen', 'Jeder Satz stimmt mit seinem Beleg überein, die Frage ist beantwortet, nichts Wichtiges fehlt. Auch eine Ablehnung kann richtig sein: wenn die Quellen wirklich nichts sagen.'],
  ['Ändern', 'Der Kern stimmt, aber eine Zahl, Frist, Vorschrift oder Bedingung fehlt oder ist falsch, oder der Ton passt nicht. Sie schreiben die richtige Antwort.'],
  ['Ablehnen', 'Die Antwort geht an der Frage vorbei, ihr Beleg trägt sie nicht, oder sie würde jemandem schaden. Auch was sich nicht allgemein sagen lässt.'],
]

const LOOK = [
  'Zahlen mit Einheit und Stand: „32,4 ct/kWh (brutto, ab 01.01.2026)“, nicht „etwa 32 Cent“.',
  'Vorschriften genau: „§ 19 Absatz 2 StromGVV“, nicht „laut Gesetz“. Steht der Absatz im Beleg?',
  'Ton: „Sie“, kurz, ohne Vorwurf und ohne Versprechen, die niemand halten kann.',
  'Angaben zu Personen gehören in keine Antwort und keine Bemerkung. Steht eine darin: ablehnen und der Verwaltung sagen.',
  'Unsicher? Überspringen. Raten Sie nicht, und sprechen Sie sich vor einer zweiten Meinung nicht ab.',
]

/** A foldable page beside the work. */
export function Guide() {
  return (
    <details className="card px-4 py-3">
      <summary className="cursor-pointer text-sm font-medium">Leitfaden: Wann annehmen, ändern, ablehnen?</summary>
      <div className="grid max-w-prose gap-3 pt-3 text-sm">
        <dl className="grid gap-2">
          {RULES.map(([verdict, says]) => (
            <div key={verdict}>
              <dt className="font-semibold">{verdict}</dt>
              <dd className="text-muted">{says}</dd>
            </div>
          ))}
        </dl>
        <ul className="grid list-disc gap-1 pl-5 text-muted">
          {LOOK.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <p className="text-xs text-muted">Ausführlich mit Beispielen: docs/handbuch/leitfaden-durchsicht.md. Etwa jede zehnte Entscheidung sieht eine zweite Person blind; welche, weiß vorher niemand.</p>
      </div>
    </details>
  )
}
