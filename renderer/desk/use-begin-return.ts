import { useDeskStore } from './desk-context.ts'

/** Begins the return of a receipt: what stands for it is scanned into an empty return. Answers whether it was taken. */
export function useBeginReturn(): (scan: string) => Promise<boolean> {
  const store = useDeskStore()
  return async (scan) => {
    const there = await store.act((core) => core.desk.go({ to: 'return', unitId: null }))
    return there && (await store.scan(scan, 'typed'))
  }
}
