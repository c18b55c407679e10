import { isMeant, type Campaign, type Piece } from './campaign.ts'
import type { Flag } from './unit.ts'

/**
 * The flags of a piece with those that campaigns set on it: one a campaign, unless the piece carries that campaign's
 * flag already, from the centre or as remedied here.
 */
export function withCampaigns(flags: readonly Flag[], campaigns: readonly Campaign[], piece: Piece): Flag[] {
  const called = campaigns.filter((campaign) => isMeant(campaign.rule, piece) && !flags.some((flag) => isOf(flag, campaign)))
  return [
    ...flags,
    ...called.map((campaign): Flag => ({
      kind: 'recall', source: campaign.source, at: `${campaign.openedOn}T00:00:00.000Z`, reason: campaign.reason, reference: campaign.reference,
    })),
  ]
}

const isOf = (flag: Flag, campaign: Campaign): boolean =>
  (flag.kind === 'recall' || flag.kind === 'recall-remedied') && flag.reference === campaign.reference
