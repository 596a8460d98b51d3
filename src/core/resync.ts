/** The broadcast topic that says: messages may have been missed, so look again at what you show. */
export const resync = 'resync'
