/** What a household is in the register of 建档立卡 (M-004): whether it was ever registered, and whether it has exited poverty. */
export interface ExitVerdict {
  registered: boolean
  exitStatus: 'exited' | 'not-exited' | undefined
}

/**
 * Judges exit from poverty by 户类型 and, where a file has it, 脱贫状态. 脱贫户 of any kind were registered and have exited;
 * 未脱贫 and 返贫 were registered and have not; 一般农户 were never registered. An unknown type says nothing.
 */
export function judgeExit(householdType: string | undefined, povertyExitStatus: string | undefined): ExitVerdict {
  const status = povertyExitStatus ?? ''
  if (status === '未脱贫' || status === '返贫') return { registered: true, exitStatus: 'not-exited' }
  if (status.startsWith('已脱贫') || status === '稳定脱贫') return { registered: true, exitStatus: 'exited' }
  const type = householdType ?? ''
  if (type.includes('未脱贫') || type === '贫困户') return { registered: true, exitStatus: 'not-exited' }
  if (type.includes('脱贫户')) return { registered: true, exitStatus: 'exited' }
  return { registered: false, exitStatus: undefined }
}
