#ifndef CONCORD_HTML_COLLECTOR_H
#define CONCORD_HTML_COLLECTOR_H

#include "CHTML.h"

/// Where events go, in memory that outlives the parse.
struct collector {
  const uint8_t *source;
  uint32_t length;
  concord_html_event *events;
  size_t count, capacity;
  uint8_t *pool;
  size_t poolCount, poolCapacity;
  int failed;
};

void concord_html_add(struct collector *collector, concord_html_event event);

/// Adds an event with a text of the pool.
void concord_html_add_text(struct collector *collector, concord_html_event event, const char *text,
                           size_t length);

/// Adds the text of a node, which the bytes of the source at `start` were resolved to, so that every
/// piece knows where it stands. `isRaw` says that the source holds references, and no tags.
void concord_html_align(struct collector *collector, const char *text, size_t textLength,
                        uint32_t start, uint32_t length, int isRaw);

#endif
