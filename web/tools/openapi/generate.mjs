// docs/openapi.json in, web/src/api/schema.d.ts out; the first line carries the digest of the API's shape.
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const digest = execFileSync('python3', [at('../../../scripts/web_digest.py'), '--api'], { encoding: 'utf8' }).trim()

/** Leaves out what a description can demand of a value and the types cannot: rules between an object's own fields, and any JSON at all. */
function sayable(name, value) {
  if (name === 'Json') return {}
  if (value?.anyOf && value.properties) return { ...value, anyOf: undefined }
  return value
}

const description = JSON.parse(await readFile(at('../../../docs/openapi.json'), 'utf8'), sayable)
const types = astToString(await openapiTS(description, { alphabetize: true, emptyObjectsUnknown: true, defaultNonNullable: false }))
await writeFile(at('../../src/api/schema.d.ts'), `// Generated from docs/openapi.json, shape ${digest}.\n${types}`)
