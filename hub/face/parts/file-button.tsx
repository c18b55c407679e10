import { FileUp } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import { Button } from '../../../renderer/parts/button.tsx'

interface FileButtonProps {
  readonly tone?: 'primary'
  readonly isDisabled: boolean
  readonly onFile: (file: File) => void
  readonly children: ReactNode
}

/** Chooses one list from the disk; the same one may be chosen again. */
export function FileButton({ isDisabled, onFile, children, ...look }: FileButtonProps) {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <input ref={chooser} type="file" accept=".csv,.txt,.tsv,text/csv" hidden onChange={(event) => {
        const [file] = event.target.files ?? []
        if (file !== undefined) onFile(file)
        event.target.value = ''
      }} />
      <Button {...look} icon={FileUp} isDisabled={isDisabled} onPress={() => chooser.current?.click()}>{children}</Button>
    </>
  )
}
