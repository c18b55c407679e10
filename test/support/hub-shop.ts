import type { FaceClient } from './hub-office.ts'
import { cents } from '../../contract/money.ts'

export const BERLIN = {
  id: 'berlin', name: 'Berlin', address: 'Somewhere 1', country: 'DE', currency: 'EUR', taxNumber: 'DE1', taxInclusive: true, cashStep: 1, timeZone: 'Europe/Berlin',
}

/** A store and a camera, made by a person at the centre's page. Gives the camera's id. */
export async function openShop(client: FaceClient): Promise<string> {
  await client.catalogue.saveStore(BERLIN)
  const camera = await client.catalogue.saveProduct({
    id: null, gtin: '09521234543213', sku: 'CAM-100', brand: 'Lumen', name: 'Lumen X100', variant: '', category: 'camera', picture: 'camera', tracking: 'serial',
    price_cents: cents(129_900), tax_bp: 1_900, serialMask: null, makerMonths: 24, durable: true, active: true, supplier: 'Lumen Optics',
  })
  return camera.id
}

/** Asks until it is so; the jobs of the centre do their work beside us. */
export async function until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean, within_ms = 15_000): Promise<T> {
  const ends = Date.now() + within_ms
  for (;;) {
    const value = await ask()
    if (isSo(value)) return value
    if (Date.now() > ends) throw new Error(`it did not become so: ${JSON.stringify(value).slice(0, 500)}`)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
}
