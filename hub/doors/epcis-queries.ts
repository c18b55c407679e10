import { z } from 'zod'
import type { Query } from '../database.ts'
import { nowOf } from '../ground.ts'
import { logAct, type Office } from '../people/office.ts'
import { checkConditions } from './epcis-query.ts'
import { EpcisProblem } from './epcis-problem.ts'

/** A value of a condition: one, or several of which one must fit. */
const Wanted = z.union([z.string().max(500), z.array(z.string().max(500)).min(1).max(1_000)])

export const NamedQuery = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,80}$/u).meta({ description: 'Letters, digits, dot, dash and underscore.' }),
  query: z.record(z.string().max(60), Wanted).meta({ description: 'Conditions of the EPCIS query language, each with one value or several.' }),
})
export type NamedQuery = z.infer<typeof NamedQuery>

/** The question every repository knows by itself, which nobody makes or takes away. */
const BUILT_IN: NamedQuery = { name: 'SimpleEventQuery', query: {} }

interface QueryRow {
  readonly name: string
  readonly query: string
}

const viewOf = (row: QueryRow): NamedQuery => ({ name: row.name, query: JSON.parse(row.query) as NamedQuery['query'] })

/** Keeps a question under a name. Refuses a name that is taken and conditions that are not understood. */
export async function makeQuery(office: Office, who: string, given: unknown): Promise<NamedQuery> {
  const read = NamedQuery.safeParse(given)
  if (!read.success) throw new EpcisProblem('QueryValidationException', z.prettifyError(read.error))
  const { name, query } = read.data
  conditionsOf(read.data)
  const made = name === BUILT_IN.name ? 0 : await office.db.touch(
    'INSERT INTO epcis_query (name, query, made_by, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [name, JSON.stringify(query), who, nowOf(office)],
  )
  if (made === 0) throw new EpcisProblem('ResourceAlreadyExistsException', `A query named ${name} is there already.`)
  await logAct(office.db, office, who, 'query-made', name)
  return read.data
}

export const listQueries = async (db: Query): Promise<NamedQuery[]> =>
  [BUILT_IN, ...(await db.query<QueryRow>('SELECT name, query FROM epcis_query ORDER BY name')).map(viewOf)]

/** Throws for a name that nobody gave. */
export async function queryNamed(db: Query, name: string): Promise<NamedQuery> {
  if (name === BUILT_IN.name) return BUILT_IN
  const [row] = await db.query<QueryRow>('SELECT name, query FROM epcis_query WHERE name = $1', [name])
  if (row === undefined) throw new EpcisProblem('NoSuchNameException', `No query is named ${name}.`)
  return viewOf(row)
}

/** Takes a question away, and with it everybody who was to be told of its answers. */
export async function dropQuery(office: Office, who: string, name: string): Promise<void> {
  const { name: known } = await queryNamed(office.db, name)
  if (known === BUILT_IN.name) throw new EpcisProblem('ValidationException', `${known} is part of every repository.`)
  await office.db.transaction(async (tx) => {
    await tx.query('DELETE FROM webhook WHERE query_name = $1', [known])
    await tx.query('DELETE FROM epcis_query WHERE name = $1', [known])
    await logAct(tx, office, who, 'query-dropped', known)
  })
}

/** The conditions as they would stand in an address: several values of one are joined by a bar. Refuses those that are not understood. */
export function conditionsOf({ query }: NamedQuery): URLSearchParams {
  const params = new URLSearchParams(Object.entries(query).map(([name, wanted]) => [name, typeof wanted === 'string' ? wanted : wanted.join('|')]))
  checkConditions(params)
  return params
}
