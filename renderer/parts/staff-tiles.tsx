import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { StaffTile } from '../../contract/staff-tile.ts'
import { useWords } from '../words/words-context.tsx'

interface StaffTilesProps {
  readonly staff: readonly StaffTile[]
  readonly chosenId: string | null
  readonly onChoose: (staffId: string) => void
}

/** People to choose from, by name and role; a locked one says until when. */
export function StaffTiles({ staff, chosenId, onChoose }: StaffTilesProps) {
  const words = useWords()
  return (
    <ToggleButtonGroup
      className="tiles"
      aria-label={words.say('sign-in.title')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosenId === null ? [] : [chosenId]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChoose(String(key))
      }}
    >
      {staff.map((tile) => (
        <ToggleButton key={tile.staffId} id={tile.staffId} className="tile">
          <span className="tile__face" aria-hidden>
            {initials(tile.name)}
          </span>
          <span className="tile__words">
            <span className="tile__name">{tile.name}</span>
            <span className="tile__role">{words.say(`role.${tile.role}`)}</span>
            {tile.lockedUntil === null ? null : (
              <span className="tile__locked">
                {words.say('sign-in.locked', { time: words.time(tile.lockedUntil) })}
              </span>
            )}
          </span>
          {tile.demoPin === null ? null : (
            <span className="tile__pin">{words.say('sign-in.demo-pin', { pin: tile.demoPin })}</span>
          )}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

/** First signs of the first and the last name, whole characters in any script. */
function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '')
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last].map((word) => (word === undefined ? '' : [...word][0])).join('')
}
