import { useEffect } from 'react'
import { browserLanguage } from '../words/browser-language.ts'
import { useDesk, useDeskStore } from './desk-context.ts'

/** At the very first start the till speaks as the machine does, until somebody chooses otherwise. */
export function useBrowserLanguage(): void {
  const store = useDeskStore()
  const { languageChosen } = useDesk()
  useEffect(() => {
    if (!languageChosen) void store.act((core) => core.desk.setLanguage({ language: browserLanguage() }))
  }, [store, languageChosen])
}
