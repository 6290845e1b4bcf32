#include "CXML.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

struct concord_xml_parser {
  xmlParserCtxtPtr context;
  concord_xml_event *events;
  size_t count, capacity;
  uint8_t *pool;
  size_t poolCount, poolCapacity;
  /// Where the last event ended in the input.
  int64_t position;
  /// The tag that the input stands in, and how many attributes it has had.
  enum { tag_none, tag_start, tag_open } tag;
  uint8_t quote;
  uint32_t attributes;
  int failed;
  int32_t line, column;
  char message[256];
};

static int grow(void **array, size_t *capacity, size_t wanted, size_t size) {
  if (*capacity >= wanted) return 1;
  size_t next = wanted + wanted / 2 + 256;
  void *larger = realloc(*array, next * size);
  if (larger == NULL) return 0;
  *array = larger;
  *capacity = next;
  return 1;
}

static void fail(concord_xml_parser *parser, const char *message) {
  if (parser->failed) return;
  parser->failed = 1;
  parser->line = parser->context->input != NULL ? parser->context->input->line : 0;
  parser->column = parser->context->input != NULL ? parser->context->input->col : 0;
  snprintf(parser->message, sizeof parser->message, "%s", message);
  xmlStopParser(parser->context);
}

static uint32_t keep(concord_xml_parser *parser, const xmlChar *text, size_t length) {
  if (!grow((void **)&parser->pool, &parser->poolCapacity, parser->poolCount + length, 1)) {
    fail(parser, "out of memory");
    return 0;
  }
  if (length > 0) memcpy(parser->pool + parser->poolCount, text, length);
  parser->poolCount += length;
  return (uint32_t)(parser->poolCount - length);
}

static int64_t here(concord_xml_parser *parser) {
  xmlParserInputPtr input = parser->context->input;
  return input == NULL ? 0 : (int64_t)input->consumed + (input->cur - input->base);
}

static concord_xml_event *add(concord_xml_parser *parser, uint8_t kind, const xmlChar *text,
                              size_t length) {
  // What follows a fault is not to be trusted.
  if (parser->failed) return NULL;
  if (!grow((void **)&parser->events, &parser->capacity, parser->count + 1,
            sizeof(concord_xml_event))) {
    fail(parser, "out of memory");
    return NULL;
  }
  concord_xml_event *event = &parser->events[parser->count++];
  memset(event, 0, sizeof *event);
  event->kind = kind;
  event->line = parser->context->input == NULL ? 0 : (uint32_t)parser->context->input->line;
  event->text = keep(parser, text, length);
  event->length = (uint32_t)length;
  event->start = parser->position;
  event->end = here(parser);
  parser->position = event->end;
  return event;
}

/// Keeps "prefix:name", as the file has it.
static uint32_t keep_name(concord_xml_parser *parser, const xmlChar *prefix, const xmlChar *name,
                          uint32_t *length) {
  size_t start = parser->poolCount;
  if (prefix != NULL) {
    keep(parser, prefix, strlen((const char *)prefix));
    keep(parser, (const xmlChar *)":", 1);
  }
  keep(parser, name, strlen((const char *)name));
  *length = (uint32_t)(parser->poolCount - start);
  return (uint32_t)start;
}

/// Keeps the value of an attribute. Without expanding entities, libxml2 leaves a reference in it for
/// each ampersand, whichever way the file wrote it.
static uint32_t keep_value(concord_xml_parser *parser, const xmlChar *text, size_t length,
                           uint32_t *kept) {
  static const char ampersand[] = "&#38;";
  const size_t mark = sizeof ampersand - 1;
  size_t start = parser->poolCount, from = 0;
  for (size_t at = 0; at + mark <= length; at++) {
    if (text[at] != '&' || memcmp(text + at, ampersand, mark) != 0) continue;
    keep(parser, text + from, at + 1 - from);
    from = at + mark;
    at = from - 1;
  }
  keep(parser, text + from, length - from);
  *kept = (uint32_t)(parser->poolCount - start);
  return (uint32_t)start;
}

static void start_element(void *data, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *uri, int namespaceCount, const xmlChar **namespaces,
                          int attributeCount, int defaultedCount, const xmlChar **attributes) {
  concord_xml_parser *parser = data;
  concord_xml_event *event = add(parser, concord_xml_start, NULL, 0);
  if (event == NULL) return;
  size_t index = parser->count - 1;
  uint32_t length = 0, start = keep_name(parser, prefix, name, &length);
  parser->events[index].text = start;
  parser->events[index].length = length;
  // The parser stands before the tag's closing bracket; the text starts behind it.
  parser->position++;
  for (int i = 0; i < attributeCount; i++) {
    const xmlChar **attribute = attributes + 5 * i;
    int64_t position = parser->position;
    if (add(parser, concord_xml_attribute, NULL, 0) == NULL) return;
    parser->position = position;
    index = parser->count - 1;
    start = keep_name(parser, attribute[1], attribute[0], &length);
    uint32_t valueLength = 0;
    uint32_t value = keep_value(parser, attribute[3], (size_t)(attribute[4] - attribute[3]),
                                &valueLength);
    parser->events[index].text = start;
    parser->events[index].length = length;
    parser->events[index].value = value;
    parser->events[index].valueLength = valueLength;
  }
}

static void end_element(void *data, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *uri) {
  concord_xml_parser *parser = data;
  if (add(parser, concord_xml_end, NULL, 0) == NULL) return;
  size_t index = parser->count - 1;
  uint32_t length = 0, start = keep_name(parser, prefix, name, &length);
  parser->events[index].text = start;
  parser->events[index].length = length;
}

/// Adds text that came from the bytes of the input between two offsets.
static void add_text(concord_xml_parser *parser, const xmlChar *text, size_t length, int64_t start,
                     int64_t end) {
  concord_xml_event *event = length > 0 ? add(parser, concord_xml_text, text, length) : NULL;
  if (event == NULL) return;
  event->start = start;
  event->end = end;
}

/// Text that lies in the parser's own buffer is handed over before the parser moves past it; text
/// that was decoded or stands for a reference, after.
static void characters(void *data, const xmlChar *text, int length) {
  concord_xml_parser *parser = data;
  xmlParserInputPtr input = parser->context->input;
  int64_t start = parser->position, end = here(parser);
  if (input != NULL && text >= input->base && text < input->end) {
    start = (int64_t)input->consumed + (text - input->base);
    end = start + length;
    add_text(parser, text, (size_t)length, start, end);
    parser->position = end;
    return;
  }
  const xmlChar *raw = NULL;
  if (input != NULL && start >= (int64_t)input->consumed)
    raw = input->base + (start - (int64_t)input->consumed);
  // CR LF becomes a line feed: each is an event of its own, so that what stands around it is
  // found byte for byte.
  if (raw != NULL && end - start > length && *raw != '&') {
    int done = 0;
    int64_t from = start, at = start;
    for (int i = 0; i < length; i++, at++) {
      if (text[i] != '\n' || raw[at - start] != '\r') continue;
      add_text(parser, text + done, (size_t)(i - done), from, at);
      add_text(parser, text + i, 1, at, at + 2);
      done = i + 1;
      at++;
      from = at + 1;
    }
    add_text(parser, text + done, (size_t)(length - done), from, end);
  } else {
    add_text(parser, text, (size_t)length, start, end);
  }
  parser->position = end;
}

static void cdata(void *data, const xmlChar *text, int length) {
  characters(data, text, length);
  // What comes next stands behind "]]>".
  ((concord_xml_parser *)data)->position += 3;
}

/// Where a comment starts that ends at `end`: no comment holds "<!--", and what cannot be seen any
/// more in the parser's buffer is told by the length.
static int64_t comment_start(concord_xml_parser *parser, size_t length, int64_t end) {
  static const size_t marks = 7;  // "<!--" and "-->"
  int64_t start = end - (int64_t)(length + marks);
  xmlParserInputPtr input = parser->context->input;
  for (const xmlChar *at = input == NULL ? NULL : input->cur - marks;
       input != NULL && at >= input->base && (int64_t)input->consumed + (at - input->base) >=
       parser->position; at--) {
    if (memcmp(at, "<!--", 4) == 0) {
      start = (int64_t)input->consumed + (at - input->base);
      break;
    }
  }
  return start < parser->position ? parser->position : start;
}

static void comment(void *data, const xmlChar *text) {
  concord_xml_parser *parser = data;
  size_t length = strlen((const char *)text);
  int64_t start = comment_start(parser, length, here(parser));
  concord_xml_event *event = add(parser, concord_xml_comment, text, length);
  if (event != NULL) event->start = start;
}

static void instruction(void *data, const xmlChar *target, const xmlChar *text) {
  concord_xml_parser *parser = data;
  if (add(parser, concord_xml_instruction, target, strlen((const char *)target)) == NULL) return;
  size_t index = parser->count - 1, length = text == NULL ? 0 : strlen((const char *)text);
  uint32_t value = keep(parser, text, length);
  parser->events[index].value = value;
  parser->events[index].valueLength = (uint32_t)length;
}

static void reference(void *data, const xmlChar *name) {
  concord_xml_parser *parser = data;
  char message[200];
  snprintf(message, sizeof message, "the entity '&%.80s;' is not expanded: write the text itself",
           (const char *)name);
  fail(parser, message);
}

/// No entity is known but XML's own, which libxml2 resolves without asking.
static xmlEntityPtr get_entity(void *data, const xmlChar *name) { return NULL; }

static void structured_error(void *data, xmlErrorPtr error) {
  concord_xml_parser *parser = data;
  if (parser->failed || error->level < XML_ERR_ERROR) return;
  // An undeclared namespace prefix is ill-formed for namespaces, yet readable.
  if (error->domain == XML_FROM_NAMESPACE) return;
  parser->failed = 1;
  parser->line = error->line;
  parser->column = error->int2;
  snprintf(parser->message, sizeof parser->message, "%s",
           error->message == NULL ? "not well-formed XML" : error->message);
  size_t length = strlen(parser->message);
  while (length > 0 && parser->message[length - 1] == '\n') parser->message[--length] = 0;
}

concord_xml_parser *concord_xml_open(void) {
  concord_xml_parser *parser = calloc(1, sizeof *parser);
  if (parser == NULL) return NULL;
  xmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = start_element;
  handler.endElementNs = end_element;
  handler.characters = characters;
  handler.ignorableWhitespace = characters;
  handler.cdataBlock = cdata;
  handler.comment = comment;
  handler.processingInstruction = instruction;
  handler.reference = reference;
  handler.getEntity = get_entity;
  handler.serror = structured_error;
  parser->context = xmlCreatePushParserCtxt(&handler, parser, NULL, 0, NULL);
  if (parser->context == NULL) {
    free(parser);
    return NULL;
  }
  xmlCtxtUseOptions(parser->context, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(parser->context, XML_CHAR_ENCODING_UTF8);
  return parser;
}

void concord_xml_close(concord_xml_parser *parser) {
  xmlFreeParserCtxt(parser->context);
  free(parser->events);
  free(parser->pool);
  free(parser);
}

// libxml2 compares each attribute of a tag with all others: three megabytes of them cost it half a
// minute. No format has a tenth of these.
enum { maximum_attributes = 1024, shortest_attribute = 4 };

/// Counts the attributes of a tag in its next bytes, and returns where there are too many, else
/// `length`.
static size_t count_attributes(concord_xml_parser *parser, const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length && parser->tag != tag_none; i++) {
    uint8_t byte = bytes[i];
    if (parser->tag == tag_start) {
      parser->tag = byte == '!' || byte == '?' || byte == '/' ? tag_none : tag_open;
      parser->quote = 0;
      parser->attributes = 0;
    } else if (parser->quote != 0) {
      if (byte == parser->quote) parser->quote = 0;
    } else if (byte == '"' || byte == '\'') {
      parser->quote = byte;
      if (++parser->attributes > maximum_attributes) return i;
    } else if (byte == '>') {
      parser->tag = tag_none;
    }
  }
  return length;
}

/// Returns the start of the first tag with too many attributes, else `length`. No value holds a
/// "<", so that what is short from one to the next needs no look.
static size_t find_crowded_tag(concord_xml_parser *parser, const uint8_t *bytes, size_t length) {
  const uint8_t *end = bytes + length, *at = bytes;
  while (at < end) {
    const uint8_t *next = memchr(at, '<', (size_t)(end - at));
    size_t run = (size_t)((next == NULL ? end : next) - at);
    int isShort = next != NULL && run < maximum_attributes * shortest_attribute;
    if (parser->tag != tag_none && !(isShort && at != bytes)) {
      if (count_attributes(parser, at, run) < run) return at == bytes ? 0 : (size_t)(at - bytes) - 1;
    }
    if (next == NULL) break;
    parser->tag = tag_start;
    at = next + 1;
  }
  return length;
}

int64_t concord_xml_feed(concord_xml_parser *parser, const uint8_t *bytes, size_t length,
                         int isLast, const concord_xml_event **events, const uint8_t **pool,
                         int *isBroken) {
  parser->count = 0;
  parser->poolCount = 0;
  size_t safe = find_crowded_tag(parser, bytes, length);
  if (safe < length) {
    xmlParseChunk(parser->context, (const char *)bytes, (int)safe, 0);
    // Text that waits for what follows it has not been counted.
    xmlParserInputPtr input = parser->context->input;
    int32_t lines = 0;
    for (const xmlChar *at = input == NULL ? NULL : input->cur;
         at != NULL && at < input->end && *at != '<'; at++)
      lines += *at == '\n';
    fail(parser, "this tag has more than 1024 attributes, which no format needs");
    parser->line += lines;
  } else {
    xmlParseChunk(parser->context, (const char *)bytes, (int)length, isLast);
  }
  *events = parser->events;
  *pool = parser->pool;
  *isBroken = parser->failed;
  return (int64_t)parser->count;
}

int32_t concord_xml_error(concord_xml_parser *parser, char message[256], int32_t *column) {
  memcpy(message, parser->message, 256);
  *column = parser->column;
  return parser->line;
}
