/** An abbreviation of which the meaning depends on where one lives. */
export type SharedZone = keyof typeof sharedZones

/** What an abbreviation means, with the regions where it means that; the likeliest meaning first. */
export const sharedZones = {
  cst: [
    ['America/Chicago', /^(?:America|US|Canada|Mexico)\//],
    ['Asia/Shanghai', /^Asia\/(?:Shanghai|Chongqing|Harbin|Urumqi|Macau|Taipei|Hong_Kong|Singapore)$/],
  ],
  ist: [
    ['Asia/Kolkata', /^Asia\/(?:Kolkata|Calcutta|Colombo|Kathmandu|Dhaka|Karachi|Dubai|Singapore)$/],
    ['Asia/Jerusalem', /^(?:Asia\/(?:Jerusalem|Tel_Aviv|Gaza|Hebron)|Israel)$/],
    ['Europe/Dublin', /^(?:Europe\/Dublin|Eire)$/],
  ],
  bst: [
    ['Europe/London', /^(?:Europe|Africa|Atlantic|GB)(?:\/|$)/],
    ['Asia/Dhaka', /^Asia\/Dhaka$/],
  ],
} as const satisfies Readonly<Record<string, readonly (readonly [zone: string, regions: RegExp])[]>>
