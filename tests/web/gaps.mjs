// What was asked and not answered: somebody writes the answer with its source, Luna cites it, and it is taken back; another does not belong here.
import assert from 'node:assert/strict'

const ASKED = 'Wer leitet die Pressestelle der Stadtwerke Nordhafen?'
const STRANGE = 'Wer gewinnt am Sonntag das Pokalspiel?'
const ANSWER = 'Die Pressestelle der Stadtwerke Nordhafen leitet die Abteilung Kommunikation. Sie sitzt im Haus am Hafen.'

async function ask(page, question) {
  await page.goto('/fragen')
  await page.getByLabel('Ihre Frage').fill(question)
  await page.keyboard.press('Enter')
  const turn = page.getByRole('article', { name: `Frage: ${question}` }).last()
  await turn.getByText('War das hilfreich?').waitFor()
  return turn.innerText()
}

async function open(page, question) {
  await page.goto('/admin/kpis?teil=luecken&fragen=einzeln')
  await page.getByRole('list', { name: 'Einzelne Fragen' }).getByRole('button', { name: question }).first().click()
  const drawer = page.getByRole('dialog', { name: 'Frage ohne gute Antwort' })
  await drawer.getByRole('button', { name: 'Antwort schreiben' }).waitFor()
  return drawer
}

async function takeBack(page, drawer) {
  await drawer.getByRole('button', { name: 'Zurücknehmen' }).first().click()
  await page.getByRole('dialog', { name: /zurücknehmen\?/ }).getByRole('button', { name: 'Zurücknehmen' }).click()
  await drawer.getByText('zurückgenommen').first().waitFor()
}

/** Refused, answered by somebody with a source, asked again, cited; and not any more once it is taken back. */
export async function answered(page) {
  assert.doesNotMatch(await ask(page, ASKED), /Abteilung Kommunikation/)
  const drawer = await open(page, ASKED)
  await drawer.getByRole('button', { name: 'Antwort schreiben' }).click()
  const form = page.getByRole('dialog', { name: 'Antwort schreiben' })
  await form.getByLabel('Antwort', { exact: true }).fill(ANSWER)
  await form.getByRole('button', { name: 'Veröffentlichen' }).click()
  await form.getByText('Nennen Sie die Quelle der Antwort.').waitFor()
  await form.getByLabel('Quelle').fill('Organisationsplan vom 1. Oktober 2026')
  await form.getByRole('button', { name: 'Veröffentlichen' }).click()
  await drawer.getByText(/vorher: nichts gefunden → jetzt: beantwortet aus „Wer leitet die Pressestelle/).waitFor({ timeout: 60_000 })
  assert.match(await ask(page, ASKED), /Abteilung Kommunikation/)
  await page.goto('/admin/kpis?teil=luecken&fragen=einzeln&stand=geschlossen')
  await page.getByRole('list', { name: 'Einzelne Fragen' }).getByRole('button', { name: ASKED }).first().click()
  await takeBack(page, page.getByRole('dialog', { name: 'Frage ohne gute Antwort' }))
  assert.doesNotMatch(await ask(page, ASKED), /Abteilung Kommunikation/)
}

/** What does not belong here leaves the list, and comes back. */
export async function outside(page) {
  await ask(page, STRANGE)
  const drawer = await open(page, STRANGE)
  await drawer.getByRole('button', { name: 'Gehört nicht hierher' }).click()
  await page.getByRole('dialog', { name: 'Gehört das nicht hierher?' }).getByRole('button', { name: 'Gehört nicht hierher' }).click()
  await drawer.getByText('zählt nicht').waitFor()
  await page.goto('/admin/kpis?teil=luecken&fragen=einzeln&stand=fremd')
  await page.getByRole('list', { name: 'Einzelne Fragen' }).getByRole('button', { name: STRANGE }).first().click()
  await takeBack(page, page.getByRole('dialog', { name: 'Frage ohne gute Antwort' }))
  await open(page, STRANGE)
}
