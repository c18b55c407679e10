import { hub } from '../client.ts'
import { Page } from '../parts/page.tsx'
import { ArticleSets } from '../prices/article-sets.tsx'
import { PriceLists } from '../prices/price-lists.tsx'
import { Promotions } from '../prices/promotions.tsx'
import { useCall } from '../use-call.ts'
import { useFaceWords } from '../words/use-face-words.ts'

/** What goods cost beside their usual price: lists, promotions, and sets under one code. */
export function PricesScreen({ mayLead }: { mayLead: boolean }) {
  const { t } = useFaceWords()
  const stores = useCall(() => hub.catalogue.stores(), [])
  return (
    <Page title={t('place.prices')} lead={t('prices.lead')} trouble={stores.trouble}>
      {stores.value === null ? null : (
        <>
          <PriceLists stores={stores.value} mayLead={mayLead} />
          <Promotions stores={stores.value} mayLead={mayLead} />
          <ArticleSets currency={stores.value[0]?.currency ?? 'EUR'} mayLead={mayLead} />
        </>
      )}
    </Page>
  )
}
