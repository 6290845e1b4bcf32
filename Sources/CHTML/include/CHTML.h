#ifndef CONCORD_HTML_H
#define CONCORD_HTML_H

#include <stddef.h>
#include <stdint.h>

// gumbo behind one function that parses a whole document into an array of events.

/// What an event says.
enum {
  concord_html_enter = 0,
  concord_html_leave = 1,
  /// Text that stands in the source as it is, white space and line ends included.
  concord_html_text = 2,
  /// A stretch of the source that stands for other text: `&amp;`. The text is in the pool.
  concord_html_reference = 3,
  /// A comment with its marks.
  concord_html_comment = 4,
  /// The language of the document; the text is in the pool.
  concord_html_language = 5,
};

/// The elements that matter to prose.
enum {
  /// Goes on in the line of what stands around it.
  concord_html_inline = 0,
  concord_html_block = 1,
  concord_html_heading = 2,
  concord_html_item = 3,
  concord_html_cell = 4,
  concord_html_caption = 5,
  concord_html_quote = 6,
  /// Text that is quoted as it is: code within a line.
  concord_html_code = 7,
  concord_html_break = 8,
};

/// What an element says about translating its content.
enum {
  concord_html_inherits = 0,
  concord_html_untranslated = 1,
  concord_html_translated = 2,
};

typedef struct {
  uint8_t kind;
  /// An element, for `enter`.
  uint8_t element;
  /// The level of a heading.
  uint8_t level;
  uint8_t translation;
  /// The bytes of the source.
  uint32_t start, length;
  /// The bytes of the pool.
  uint32_t text, textLength;
} concord_html_event;

typedef struct {
  concord_html_event *events;
  uint8_t *pool;
  int64_t count;
} concord_html_result;

/// Parses HTML in valid UTF-8. Scripts, style sheets, blocks of code, form fields, vector graphics
/// and formulas give no events, nor does the head but for its title.
///
/// `isXML` says that `<a/>` is an element without content, as in XHTML. The caller frees the events
/// and the pool. Returns 0, -1 when memory ran out, or -2 when elements left open or attributes
/// without number would take time or memory out of proportion.
int32_t concord_html_parse(const uint8_t *source, uint32_t length, int32_t isXML,
                           concord_html_result *result);

#endif
