#include "CMarkdown.h"

#include <md4c.h>
#include <stdlib.h>

struct collector {
  const char *text;
  uint32_t length;
  concord_markdown_event *events;
  size_t count, capacity;
  int codeBlocks;
};

static int add(struct collector *collector, concord_markdown_event event) {
  if (collector->count == collector->capacity) {
    size_t capacity = collector->capacity * 2 + 256;
    void *larger = realloc(collector->events, capacity * sizeof event);
    if (larger == NULL) return -1;
    collector->events = larger;
    collector->capacity = capacity;
  }
  collector->events[collector->count++] = event;
  return 0;
}

static uint8_t block_type(MD_BLOCKTYPE type) {
  switch (type) {
    case MD_BLOCK_P: return concord_markdown_paragraph;
    case MD_BLOCK_H: return concord_markdown_heading;
    case MD_BLOCK_LI: return concord_markdown_item;
    case MD_BLOCK_QUOTE: return concord_markdown_quote;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: return concord_markdown_cell;
    case MD_BLOCK_HTML: return concord_markdown_html_block;
    default: return concord_markdown_other;
  }
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data) {
  struct collector *collector = data;
  if (type == MD_BLOCK_CODE) collector->codeBlocks++;
  concord_markdown_event event = {concord_markdown_enter, block_type(type), 0, 0, 0};
  if (type == MD_BLOCK_H) event.level = (uint8_t)((MD_BLOCK_H_DETAIL *)detail)->level;
  return add(collector, event);
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data) {
  struct collector *collector = data;
  if (type == MD_BLOCK_CODE) collector->codeBlocks--;
  concord_markdown_event event = {concord_markdown_leave, block_type(type), 0, 0, 0};
  return add(collector, event);
}

static int ignore_span(MD_SPANTYPE type, void *detail, void *data) { return 0; }

static int text(MD_TEXTTYPE type, const MD_CHAR *characters, MD_SIZE size, void *data) {
  struct collector *collector = data;
  if (collector->codeBlocks > 0) return 0;
  concord_markdown_event event = {concord_markdown_text, concord_markdown_prose, 0, 0, size};
  // Breaks point at constants of MD4C's; all other text lies in the source.
  int isInside = characters >= collector->text && characters < collector->text + collector->length;
  if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR || !isInside)
    event.type = concord_markdown_break;
  else
    event.start = (uint32_t)(characters - collector->text);
  if (type == MD_TEXT_ENTITY) event.type = concord_markdown_entity;
  if (type == MD_TEXT_HTML && isInside) event.type = concord_markdown_html;
  if (type == MD_TEXT_CODE && isInside) event.type = concord_markdown_code;
  return add(collector, event);
}

int64_t concord_markdown_parse(const char *source, uint32_t length,
                               concord_markdown_event **events) {
  struct collector collector = {source, length, NULL, 0, 0, 0};
  MD_PARSER parser = {
      .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS,
      .enter_block = enter_block,
      .leave_block = leave_block,
      .enter_span = ignore_span,
      .leave_span = ignore_span,
      .text = text,
  };
  if (md_parse(source, length, &parser, &collector) != 0) {
    free(collector.events);
    *events = NULL;
    return -1;
  }
  *events = collector.events;
  return (int64_t)collector.count;
}
