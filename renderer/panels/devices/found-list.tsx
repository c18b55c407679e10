import { Plug } from 'lucide-react'
import type { DevicesView, FoundDevice, UsableRole } from '../../../contract/device-view.ts'
import { useDeskStore } from '../../desk/desk-context.ts'
import { Button } from '../../parts/button.tsx'
import { useWords } from '../../words/words-context.tsx'

/** What is plugged in and nobody uses: one press puts it into use, at once and for good. */
export function FoundList({ devices, wanted }: { devices: DevicesView; wanted?: UsableRole }) {
  const { say } = useWords()
  const found = wanted === undefined ? devices.found : devices.found.filter((device) => device.roles.includes(wanted))
  return (
    <section className="stack">
      <h3 className="card__title">{say('devices.found')}</h3>
      {found.length === 0 ? <p className="muted">{say('devices.found-none')}</p> : null}
      <ul className="rows device__details">
        {found.map((device) => (
          <FoundRow key={device.address} device={device} roles={wanted === undefined ? device.roles : [wanted]} />
        ))}
      </ul>
      {devices.troubles.map((trouble) => (
        <p key={trouble} className="muted">
          {say('devices.not-looked')} <bdi>{trouble}</bdi>
        </p>
      ))}
    </section>
  )
}

function FoundRow({ device, roles }: { device: FoundDevice; roles: readonly UsableRole[] }) {
  const { say } = useWords()
  const store = useDeskStore()
  const nameOf = ({ practice, address, name, roles: [role] }: FoundDevice): string => {
    if (practice) return say('devices.practice-device', { role: say(`device-role.${role ?? 'scanner'}`) })
    return address === 'screen' ? say('devices.customer-screen') : name
  }
  return (
    <li className="device card">
      <div className="device__words">
        <p className="device__name">
          {nameOf(device)}
        </p>
        <p className="muted">
          <bdi dir="ltr">{device.address}</bdi>
        </p>
      </div>
      <div className="devices__tools">
        {roles.map((each) => (
          <Button
            key={each}
            icon={Plug}
            onPress={() => void store.ask((core) => core.devices.use({ role: each, address: device.address }))}
          >
            {say('devices.use-as', { role: say(`device-role.${each}`) })}
          </Button>
        ))}
      </div>
    </li>
  )
}
