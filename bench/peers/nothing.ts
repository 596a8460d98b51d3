// Node alone.
process.send?.({ url: '' })
