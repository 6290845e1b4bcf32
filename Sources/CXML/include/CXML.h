#ifndef CONCORD_XML_H
#define CONCORD_XML_H

#include <stddef.h>
#include <stdint.h>

// libxml2's push parser behind a function that turns one chunk of a file into an array of events.
// It fetches nothing, loads no DTD and expands no entity but XML's own five.

typedef struct concord_xml_parser concord_xml_parser;

enum {
  concord_xml_start = 0,
  concord_xml_end = 1,
  concord_xml_text = 2,
  /// Follows its start; `text` is the name.
  concord_xml_attribute = 3,
  /// A processing instruction: `text` is its target, `value` what it says.
  concord_xml_instruction = 4,
  concord_xml_comment = 5,
};

/// Offsets `text` and `value` lead into the pool that comes with the events.
typedef struct {
  uint8_t kind;
  uint32_t line;
  uint32_t text, length;
  uint32_t value, valueLength;
  /// The bytes of the input that hold the text, references and all, or the tag: a start ends before
  /// its closing bracket, and the end of an empty element is that bracket.
  int64_t start, end;
} concord_xml_event;

/// Opens a parser for input in UTF-8, whatever the input's declaration says.
concord_xml_parser *concord_xml_open(void);
void concord_xml_close(concord_xml_parser *parser);

/// Parses the next bytes of the input; `isLast` 1 ends it.
///
/// `*events` and `*pool` belong to the parser and hold until its next call. Returns the number of
/// events; `*isBroken` is 1 when what follows them is not well-formed: see concord_xml_error.
int64_t concord_xml_feed(concord_xml_parser *parser, const uint8_t *bytes, size_t length,
                         int isLast, const concord_xml_event **events, const uint8_t **pool,
                         int *isBroken);

/// Writes the first error's message and returns its line; `*column` counts bytes from 1.
int32_t concord_xml_error(concord_xml_parser *parser, char message[256], int32_t *column);

#endif
