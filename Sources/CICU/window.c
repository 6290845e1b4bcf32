#include "window.h"

#include <stdlib.h>
#include <string.h>

#include "growth.h"

void concord_window_close(concord_window *window) {
  free(window->points);
  free(window->starts);
  free(window->costs);
  free(window->previous);
}

int concord_window_reserve(concord_window *window, int32_t wanted) {
  int32_t capacity[4] = {window->capacity, window->capacity, window->capacity, window->capacity};
  if (!concord_grow((void **)&window->points, &capacity[0], wanted, sizeof(uint32_t)) ||
      !concord_grow((void **)&window->starts, &capacity[1], wanted, sizeof(size_t)) ||
      !concord_grow((void **)&window->costs, &capacity[2], wanted, sizeof(uint32_t)) ||
      !concord_grow((void **)&window->previous, &capacity[3], wanted, sizeof(uint32_t)))
    return 0;
  window->capacity = capacity[0];
  return 1;
}

int32_t concord_window_common(const concord_window *window, int32_t from) {
  int32_t ways[CONCORD_LONGEST_WORD + 1], count = 0;
  for (int32_t at = from; at <= window->count && at <= from + CONCORD_LONGEST_WORD; at++)
    if (window->costs[at] != CONCORD_UNREACHED) ways[count++] = at;
  for (;;) {
    int32_t last = 0, first = INT32_MAX;
    for (int32_t i = 0; i < count; i++) {
      if (ways[i] > last) last = ways[i];
      if (ways[i] < first) first = ways[i];
    }
    if (first == last) return last;
    for (int32_t i = 0; i < count; i++)
      if (ways[i] == last) ways[i] = (int32_t)window->previous[last];
  }
}

void concord_window_report(concord_window *window, int32_t last, concord_cutter *cutter) {
  // Turn the way round, in place: the beginning's entry is not needed.
  int32_t at = last, next = -1;
  while (at > 0) {
    int32_t before = (int32_t)window->previous[at];
    window->previous[at] = (uint32_t)next;
    next = at;
    at = before;
  }
  for (at = next; at > 0; at = (int32_t)window->previous[at]) {
    size_t place = at < window->count ? window->starts[at] : cutter->end;
    // What normalization made of one character cannot be cut.
    if (place > cutter->last && place < cutter->end) cutter->cut(cutter->context, place);
    cutter->last = place;
  }
}

void concord_window_advance(concord_window *window, int32_t first) {
  size_t count = (size_t)(window->count - first);
  memmove(window->points, window->points + first, count * sizeof(uint32_t));
  memmove(window->starts, window->starts + first, count * sizeof(size_t));
  memmove(window->costs, window->costs + first, (count + 1) * sizeof(uint32_t));
  for (size_t i = 1; i <= count; i++) {
    window->previous[i] = window->previous[i + (size_t)first] - (uint32_t)first;
    if (window->costs[i] != CONCORD_UNREACHED) window->costs[i] -= window->costs[0];
  }
  window->costs[0] = 0;
  window->count -= first;
}
