import { z } from 'zod'
import type { Mask } from './mask.ts'

const MaskFieldSchema = z.object({
  name: z.string().min(1).max(40),
  len: z.int().min(1).max(40),
  class: z.enum(['digit', 'alpha', 'alnum', 'alnum-noamb', 'hex']).optional(),
  literal: z.string().min(1).max(40).optional(),
  in: z.array(z.string()).max(1_000).optional(),
  min: z.int().min(0).optional(),
  max: z.int().min(0).optional(),
  year: z.boolean().optional(),
  month: z.boolean().optional(),
  day: z.boolean().optional(),
  nonzero: z.boolean().optional(),
  check: z.enum(['mod10', 'luhn']).optional(),
})

/** A mask as it arrives in a policy document; refused before it can read a serial if it is not well made. */
export const MaskSchema: z.ZodType<Mask> = z.object({
  separators: z.enum(['strip', 'keep']),
  case: z.enum(['upper', 'keep']),
  fields: z.array(MaskFieldSchema).min(1).max(20).refine(
    (fields) => fields.every((field) => field.literal === undefined || field.literal.length === field.len),
    'a literal is as long as its field',
  ).refine(
    (fields) => new Set(fields.map((field) => field.name)).size === fields.length,
    'every field has a name of its own',
  ),
})

/** A mask as a product carries it, from its text in JSON; null for one that is not well made. */
export function maskIn(text: string): Mask | null {
  try {
    const read = MaskSchema.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
