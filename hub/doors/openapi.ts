import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { doorContract } from '../contract/door-contract.ts'
import { epcisPaths } from './epcis-openapi.ts'

/** The doors as OpenAPI 3.1, made from their contract and from the shapes that EPCIS bodies are checked by: what it says is what is checked. */
export async function openApiDocument(url: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(doorContract, {
    info: { title: 'Countermark, doors for other systems', version: '1.0.0', description: 'Amounts are whole minor units. Times are UTC, ISO 8601. A write names itself in `Idempotency-Key` and may be repeated.' },
    servers: [{ url: `${url}/api/v1` }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key made on the centre’s page “Other systems”.' } } },
  })
  const ours = withTokenHeader(document as unknown as ApiDocument)
  return { ...ours, paths: { ...ours.paths, ...epcisPaths(url) } }
}

interface ApiDocument {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, { parameters?: object[] }>>>>
}

/** Writes take their token from a header, which no schema of an input names. */
function withTokenHeader(document: ApiDocument): ApiDocument {
  for (const path of Object.values(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(path)) {
      if (method !== 'post' && method !== 'put') continue
      operation.parameters = [
        ...(operation.parameters ?? []),
        { name: 'Idempotency-Key', in: 'header', required: true, description: 'The same key gives the same answer and changes nothing twice.', schema: { type: 'string', maxLength: 200 } },
      ]
    }
  }
  return document
}
