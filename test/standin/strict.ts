/**
 * A missing feature must never look like a passing test: whatever is asked of the stand-in and not written here
 * throws, with the name of what is missing.
 */
export function strict<T extends object>(name: string, target: T): T {
  const bound = new Map<PropertyKey, { from: unknown; to: unknown }>()
  return new Proxy(target, {
    get(object, key) {
      if (!(key in object) && typeof key === 'string' && key !== 'then' && key !== 'toJSON') throw missing(name, key)
      const value: unknown = Reflect.get(object, key, object)
      if (typeof value !== 'function' || key === 'constructor') return value
      const known = bound.get(key)
      if (known?.from === value) return known.to
      const to: unknown = value.bind(object)
      bound.set(key, { from: value, to })
      return to
    },
    set(object, key, value) {
      if (!(key in object)) throw missing(name, String(key))
      return Reflect.set(object, key, value, object)
    },
  })
}

export function missing(name: string, key: string): Error {
  return new Error(`electron stand-in: ${name}.${key} is not implemented`)
}

export interface PreventableEvent {
  defaultPrevented: boolean
  preventDefault(): void
}

/** An event as Electron hands it out, with what belongs to it. */
export function preventable<T extends object>(extra: T): T & PreventableEvent {
  return {
    ...extra,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}
