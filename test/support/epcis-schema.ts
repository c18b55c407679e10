import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

const SCHEMA = new URL('../fixtures/epcis/epcis-json-schema.json', import.meta.url)

/** What GS1's EPCIS 2.0 schema has against a document; empty if nothing. Formats (URI, date-time) are enforced. */
export type SchemaCheck = (document: unknown) => string[]

/** Compiles the schema once; it takes a quarter of a second. */
export function epcisSchema(): SchemaCheck {
  const ajv = new Ajv({ strict: false })
  addFormats.default(ajv)
  const schema: unknown = JSON.parse(readFileSync(SCHEMA, 'utf8'))
  if (typeof schema !== 'object' || schema === null) throw new Error('the schema is an object')
  const validate = ajv.compile(schema)
  return (document) => {
    if (validate(document)) return []
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
  }
}
