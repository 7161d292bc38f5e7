import { FaultLine, FaultPlaces } from './states'

/** What stands between a changed text and its being saved: another version of somebody else's, or what was refused and where. */
export function DraftFaults({ overtaken, error }: { overtaken: boolean; error: unknown }) {
  return (
    <>
      {overtaken ? (
        <p role="status" className="text-sm text-warn">
          Jemand hat inzwischen eine andere Fassung gespeichert. Ihre Änderung steht noch hier: Kopieren Sie sie; „Verwerfen“ zeigt die andere Fassung, in die Sie sie eintragen.
        </p>
      ) : null}
      <FaultLine error={error} />
      <FaultPlaces error={error} />
    </>
  )
}
