/**
 * What is left of a product's name when its brand stands in front of it already: many catalogues write the brand into
 * the name, and "Velmara Velmara 7" is read twice by nobody. Whole words only: brand `Nor` keeps `Norrvik` whole.
 */
export function nameAfterBrand(brand: string, name: string): string {
  const first = name.slice(0, brand.length)
  const next = name.charAt(brand.length)
  const isRepeated = brand !== '' && first.toLowerCase() === brand.toLowerCase() && (next === '' || /\s/u.test(next))
  return isRepeated ? name.slice(brand.length).trim() : name
}

/** Brand and name in one line, the brand once. */
export function fullName(brand: string, name: string): string {
  return [brand, nameAfterBrand(brand, name)].filter((part) => part !== '').join(' ')
}

/** The same with the variant behind it, as one reads a product out. */
export const productName = ({ brand, name, variant }: { readonly brand: string; readonly name: string; readonly variant: string }): string =>
  [fullName(brand, name), variant].filter((part) => part !== '').join(' ')
