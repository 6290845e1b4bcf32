#ifndef CONCORD_MARKDOWN_H
#define CONCORD_MARKDOWN_H

#include <stdint.h>

// MD4C behind one function that parses a whole document into an array of events.

/// What an event says.
enum {
  concord_markdown_enter = 0,
  concord_markdown_leave = 1,
  concord_markdown_text = 2,
};

/// The blocks that matter to prose; all others are concord_markdown_other.
enum {
  concord_markdown_other = 0,
  concord_markdown_paragraph = 1,
  concord_markdown_heading = 2,
  concord_markdown_item = 3,
  concord_markdown_quote = 4,
  concord_markdown_cell = 5,
  /// A block of raw HTML.
  concord_markdown_html_block = 6,
};

/// The kinds of text.
enum {
  concord_markdown_prose = 0,
  /// A line break in the source that the reader sees as a space or not at all.
  concord_markdown_break = 1,
  concord_markdown_entity = 2,
  /// Code within a line.
  concord_markdown_code = 3,
  /// Raw HTML: a tag or comment within a line, or a line of a block.
  concord_markdown_html = 4,
};

typedef struct {
  uint8_t kind;
  /// A block or a kind of text.
  uint8_t type;
  /// The level of a heading.
  uint8_t level;
  /// The bytes of the source, for text other than breaks.
  uint32_t start;
  uint32_t length;
} concord_markdown_event;

/// Parses GitHub's Markdown (tables, strike-through, task lists). Code blocks give no events. The
/// caller frees `*events`. Returns their count, or -1 when memory ran out.
int64_t concord_markdown_parse(const char *text, uint32_t length, concord_markdown_event **events);

#endif
