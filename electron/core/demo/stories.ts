import { SALE_STORIES } from './sale-stories.ts'
import { SERVICE_STORIES } from './service-stories.ts'
import { STOCK_STORIES } from './stock-stories.ts'
import { TROUBLE_STORIES } from './trouble-stories.ts'

/** Every way of being that a piece in a shop can have, each with the life that leads there. */
export const STORIES = { ...STOCK_STORIES, ...SALE_STORIES, ...SERVICE_STORIES, ...TROUBLE_STORIES } as const

export type StoryName = keyof typeof STORIES
