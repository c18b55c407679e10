import type { Picture } from '../../contract/unit.ts'

/**
 * Line drawings of what the shop sells, on a grid of 48. Decoration beside the name, so hidden from speech. `body` is
 * the filled shape, `lines` what is drawn on it.
 */
interface Drawing {
  readonly body: string
  readonly lines: string
}

const DRAWINGS: Readonly<Record<Picture, Drawing>> = {
  phone: { body: 'M15 4h18a3 3 0 0 1 3 3v34a3 3 0 0 1-3 3H15a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z', lines: 'M21 8h6M22 40h4' },
  tablet: { body: 'M10 5h28a3 3 0 0 1 3 3v32a3 3 0 0 1-3 3H10a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3z', lines: 'M12 10h24v24H12zM22 39h4' },
  laptop: { body: 'M10 9h28a2 2 0 0 1 2 2v21H8V11a2 2 0 0 1 2-2z', lines: 'M4 37h40l-3-5H7zM13 14h22v13H13z' },
  watch: { body: 'M24 13a11 11 0 1 1 0 22 11 11 0 0 1 0-22z', lines: 'M18 14 19.5 4h9L30 14M18 34l1.5 10h9L30 34M24 18v6l4 3M37 23v3' },
  camera: { body: 'M6 14h9l3-5h12l3 5h9a2 2 0 0 1 2 2v21a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V16a2 2 0 0 1 2-2z', lines: 'M24 18a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM24 22.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM37 19h2' },
  lens: { body: 'M13 8h22l2 9v19l-3 5H14l-3-5V17z', lines: 'M11 17h26M11 31h26M13 8h22M17 21v6M22 21v6M27 21v6M31 21v6' },
  drill: { body: 'M7 11h24v13H7z', lines: 'M31 14h6l3 3.5-3 3.5h-6M40 17.5h5M12 24l-2 12h9l2-12M8 36h14v6H8zM21 27h4v-3M12 15h8M12 19h8' },
  saw: { body: 'M24 25a10 10 0 1 0 0-20 10 10 0 0 0 0 20z', lines: 'M24 5l2 3M33 9l-2 3M34 18l-3-1M24 13a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM4 28h36a4 4 0 0 1 0 8H26l-3 5h-9l-3-5H4z' },
  bike: { body: 'M11 24a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM37 24a8 8 0 1 1 0 16 8 8 0 0 1 0-16z', lines: 'M11 32l7-15h13l6 15M18 17l6 15h-13M24 32l7-15M15 12h6M18 12v5M28 11h6l-3 6M21 25l6-4 2 5-5 4z' },
  guitar: { body: 'M20 22c3-3 9 3 7 7-1 2 1 4-1 7-3 5-10 7-14 3s-2-11 3-14c3-2 4-1 5-3z', lines: 'M25 24 40 9M37 6l5 5M40 4l4 4M19 29a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM13 35l4 4' },
  'keyboard-instrument': { body: 'M4 15h40v19H4z', lines: 'M4 21h40M11 21v13M18 21v13M24 21v13M30 21v13M37 21v13M9.5 21v6M16.5 21v6M28.5 21v6M35.5 21v6M8 18h6M36 18h4M8 34v6M40 34v6' },
  headphones: { body: 'M7 27h6v13H9a2 2 0 0 1-2-2zM35 27h6v11a2 2 0 0 1-2 2h-4z', lines: 'M7 30v-6a17 17 0 0 1 34 0v6' },
  case: { body: 'M14 5h20a4 4 0 0 1 4 4v30a4 4 0 0 1-4 4H14a4 4 0 0 1-4-4V9a4 4 0 0 1 4-4z', lines: 'M15 10h10a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H15a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM18 15h.01M22 15h.01M34 18v14' },
  cable: { body: 'M7 6h10v9H7zM31 33h10v9H31z', lines: 'M9 6V3M15 6V3M12 15v14a8 8 0 0 0 16 0V19a4 4 0 0 1 8 0v14' },
  battery: { body: 'M14 9h20a2 2 0 0 1 2 2v31a2 2 0 0 1-2 2H14a2 2 0 0 1-2-2V11a2 2 0 0 1 2-2z', lines: 'M19 9V5h10v4M26 17l-6 10h8l-6 10' },
  cosmetic: { body: 'M15 22h18v20a2 2 0 0 1-2 2H17a2 2 0 0 1-2-2z', lines: 'M19 22v-6h10v6M21 16V9h6v7M21 9V5l-6 2M20 30h8M20 35h8' },
  service: { body: 'M24 4l16 6v12c0 11-7 18-16 22-9-4-16-11-16-22V10z', lines: 'm16 24 6 6 11-12' },
  other: { body: 'M24 4l18 9v22l-18 9-18-9V13z', lines: 'M6 13l18 9 18-9M24 22v22M15 8.5l18 9' },
}

export function ProductPicture({ picture }: { picture: Picture }) {
  const drawing = DRAWINGS[picture]
  return (
    <svg className="picture" viewBox="0 0 48 48" aria-hidden focusable="false">
      <path className="picture__body" d={drawing.body} />
      <path className="picture__lines" d={drawing.lines} />
    </svg>
  )
}
