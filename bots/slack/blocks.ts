import type { ChatPostMessageArguments } from '@slack/web-api'

/** Block Kit as the Web API's own types have it. */
type AnyBlock = Extract<ChatPostMessageArguments, { readonly blocks: readonly unknown[] }>['blocks'][number]

export type SectionBlock = Extract<AnyBlock, { readonly type: 'section' }>
export type ContextBlock = Extract<AnyBlock, { readonly type: 'context' }>
export type ActionsBlock = Extract<AnyBlock, { readonly type: 'actions' }>
export type RichTextBlock = Extract<AnyBlock, { readonly type: 'rich_text' }>
export type MessageBlock = SectionBlock | ContextBlock | ActionsBlock | RichTextBlock

/** Of views alone. */
export type HeaderBlock = Extract<AnyBlock, { readonly type: 'header' }>
export type DividerBlock = Extract<AnyBlock, { readonly type: 'divider' }>

type RichTextSection = Extract<RichTextBlock['elements'][number], { readonly type: 'rich_text_section' }>
export type RichTextElement = RichTextSection['elements'][number]

/** Slack's limits on a message, in UTF-16 units or entries. */
export const limits = {
  blocks: 50,
  sectionText: 3_000,
  fieldText: 2_000,
  fieldsInSection: 10,
  contextText: 3_000,
  buttonText: 75,
  buttonsInBlock: 25,
  options: 100,
  optionText: 75,
  placeholder: 150,
  headerText: 150,
  /** Of a message's blocks together; Slack answers `msg_blocks_too_long` above about 13,000. */
  messageText: 11_000,
} as const
