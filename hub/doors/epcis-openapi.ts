import { z } from 'zod'
import { NamedQuery } from './epcis-queries.ts'
import { NewSubscription, Subscription } from './epcis-subscriptions.ts'

interface Operation {
  readonly tags: readonly string[]
  readonly summary: string
  readonly parameters?: readonly object[]
  readonly requestBody?: object
  readonly responses: Readonly<Record<string, object>>
  readonly callbacks?: object
}

const schemaOf = (shape: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(shape, { io, target: 'draft-2020-12' })
const json = (schema: object, type = 'application/json') => ({ content: { [type]: { schema } } })
const inPath = (...names: readonly string[]) => names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
const inQuery = (...names: readonly string[]) => names.map((name) => ({ name, in: 'query', schema: { type: 'string' } }))

const PROBLEM = {
  description: 'RFC 9457, with the exception of the standard as its type.',
  ...json({ type: 'object', properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } } }, 'application/problem+json'),
}
/** The standard's own schema says what a document is; it is not repeated here. */
const DOCUMENT = { $ref: 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-json-schema.json' }
const ANSWER = { description: 'An EPCISQueryDocument; the next page in the Link header.', ...json(DOCUMENT, 'application/ld+json') }

const CONDITIONS = [
  'eventType', 'MATCH_anyEPC', 'MATCH_epc', 'EQ_bizStep', 'EQ_disposition', 'EQ_action', 'EQ_eventID', 'EQ_bizLocation', 'EQ_readPoint', 'GE_eventTime',
  'LT_eventTime', 'GE_recordTime', 'LT_recordTime',
]

const asks = (summary: string, parameters: readonly object[], answer: object): Operation =>
  ({ tags: ['EPCIS 2.0'], summary, parameters, responses: { 200: answer, 400: PROBLEM, 404: PROBLEM } })
const makes = (summary: string, parameters: readonly object[], body: object, status: 201 | 202, answer: object): Operation =>
  ({ tags: ['EPCIS 2.0'], summary, parameters, requestBody: { required: true, ...body }, responses: { [status]: answer, 400: PROBLEM, 404: PROBLEM, 409: PROBLEM } })
const drops = (summary: string, ...names: readonly string[]): Operation =>
  ({ tags: ['EPCIS 2.0'], summary, parameters: inPath(...names), responses: { 204: { description: 'Gone.' }, 404: PROBLEM } })

const listOf = (description: string, shape: z.ZodType) => ({ description, ...json({ type: 'array', items: schemaOf(shape, 'output') }) })
const oneOf = (description: string, shape: z.ZodType) => ({ description, ...json(schemaOf(shape, 'output')) })

/** Posted to `dest`; any answer of 2xx confirms it. */
const CALLBACK = { '{$request.body#/dest}': { post: { summary: 'An answer of the query', requestBody: json(DOCUMENT, 'application/ld+json'), responses: { '2XX': { description: 'Taken.' } } } } }

/** The doors of EPCIS 2.0 as paths of an OpenAPI document; bodies are described by the shapes that check them. `url`: of the centre. */
export function epcisPaths(url: string): Readonly<Record<string, object>> {
  const pages = inQuery('perPage', 'nextPageToken')
  const paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
    '/epcis/capture': { post: makes('Captures events', [], json(DOCUMENT, 'application/ld+json'), 202, { description: 'Taken; the job is in the Location header.' }) },
    '/epcis/capture/{id}': { get: asks('What became of a capture', inPath('id'), { description: 'The capture job.' }) },
    '/epcis/events': { get: asks('Events that fit conditions', [...inQuery(...CONDITIONS), ...pages], ANSWER) },
    '/epcis/events/{id}': { get: asks('One event', inPath('id'), ANSWER) },
    '/epcis/epcs/{epc}/events': { get: asks('The life of a piece', [...inPath('epc'), ...inQuery(...CONDITIONS), ...pages], ANSWER) },
    '/epcis/queries': {
      get: asks('Named queries', [], listOf('All of them.', NamedQuery)),
      post: makes('Keeps a query under a name', [], json(schemaOf(NamedQuery, 'input')), 201, oneOf('The query.', NamedQuery)),
    },
    '/epcis/queries/{name}': { get: asks('A named query', inPath('name'), oneOf('The query.', NamedQuery)), delete: drops('Takes a query and its subscriptions away', 'name') },
    '/epcis/queries/{name}/events': { get: asks('Events that fit a named query', [...inPath('name'), ...pages], ANSWER) },
    '/epcis/queries/{name}/subscriptions': {
      get: asks('Subscriptions of a query', inPath('name'), listOf('All of them.', Subscription)),
      post: {
        ...makes('Has the answers of a query posted', inPath('name'), json(schemaOf(NewSubscription, 'input')), 201, oneOf('The subscription.', Subscription)), callbacks: { answer: CALLBACK },
      },
    },
    '/epcis/queries/{name}/subscriptions/{id}': {
      get: asks('A subscription', inPath('name', 'id'), oneOf('The subscription.', Subscription)), delete: drops('Ends a subscription', 'name', 'id'),
    },
  }
  return Object.fromEntries(Object.entries(paths).map(([path, operations]) => [path, { servers: [{ url }], ...operations }]))
}
