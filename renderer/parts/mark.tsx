/** The maker's mark: a stamped cartouche with a tick in it, as silversmiths punch it beside the first mark. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <path className="mark__body" d="M10 2h12l8 8v12l-8 8H10l-8-8V10z" />
      <path className="mark__line" d="M21.5 11.2a7.5 7.5 0 1 0 0 9.6" />
      <path className="mark__tick" d="m13.5 16 3 3 7.5-7.5" />
    </svg>
  )
}
