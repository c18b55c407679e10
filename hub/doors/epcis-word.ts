/** The bare word of a term: those of the CBV and the GS1 Web Vocabulary come alone, as a CURIE or as an address. */
export const word = (term: string | undefined): string => term?.split(/[:#/]|BizStep-|Disp-/u).at(-1) ?? ''
