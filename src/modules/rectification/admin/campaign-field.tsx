import { Select } from 'antd'
import { Field } from '#ui/forms/field.tsx'
import { useCampaigns } from './queries.ts'

/** Which campaign something belongs to: the newest stands first. */
export function CampaignField({ label, value, change }: { label: string; value: string; change: (campaignId: string) => void }) {
  const campaigns = useCampaigns()
  return (
    <Field label={label} isRequired>
      {(control) => (
        <Select
          {...control}
          value={value === '' ? null : value}
          onChange={change}
          options={(campaigns.data?.items ?? []).map((one) => ({ value: one.campaignId, label: one.name }))}
        />
      )}
    </Field>
  )
}
