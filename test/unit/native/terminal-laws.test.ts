import { driverLaws } from '../../support/drivers/laws.ts'
import { READY, ZVT, ZVT_COMMANDS, ZVT_HELD_MAX, ZVT_SAMPLES } from '../../support/drivers/zvt-samples.ts'

driverLaws(ZVT, ZVT_SAMPLES, {
  ready: READY,
  recovers: 'next',
  idle_ms: 20_000,
  held_max: ZVT_HELD_MAX,
  commands: ZVT_COMMANDS,
})
