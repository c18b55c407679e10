/**
 * The SQL of one page of a list in an order that a person chose. `listed` gives the rows: each with a `key` and with
 * `sort_by`, the text that it stands by. A row without one stands last either way. $1: the key of the last row of the
 * page before, empty for the first; a row that is no longer listed begins the list anew. $3: how many rows.
 */
export function sortedPage(listed: string, isDown: boolean): string {
  const [beyond, way] = isDown ? ['<', 'DESC'] : ['>', 'ASC']
  return `WITH listed AS (${listed}), past AS (SELECT key, sort_by, sort_by = '' AS is_bare FROM listed WHERE key = $1 LIMIT 1)
    SELECT l.* FROM listed l LEFT JOIN past p ON TRUE
    WHERE p.key IS NULL OR (l.sort_by = '' AND NOT p.is_bare)
      OR ((l.sort_by = '') = p.is_bare AND (l.sort_by, l.key) ${beyond} (p.sort_by, p.key))
    ORDER BY l.sort_by = '', l.sort_by ${way}, l.key ${way} LIMIT $3`
}
