#ifndef CONCORD_WINDOW_H
#define CONCORD_WINDOW_H

#include <stddef.h>
#include <stdint.h>

/// Characters that a word of the dictionary may have.
#define CONCORD_LONGEST_WORD 20
#define CONCORD_UNREACHED UINT32_MAX

/// A stretch, or as much of it as is undecided.
typedef struct {
  uint32_t *points;
  size_t *starts;      // where each character begins in the text
  uint32_t *costs;     // of the cheapest words up to each character
  uint32_t *previous;  // where the last of those words begins
  int32_t capacity, count;
} concord_window;

/// Where boundaries go: behind `last` and before `end`.
typedef struct {
  void (*cut)(void *, size_t);
  void *context;
  size_t last, end;
} concord_cutter;

/// Makes room for so many characters and costs. Returns 0 when memory ran out.
int concord_window_reserve(concord_window *window, int32_t wanted);
void concord_window_close(concord_window *window);

static inline void concord_window_append(concord_window *window, uint32_t point, size_t start) {
  window->points[window->count] = point;
  window->starts[window->count] = start;
  window->costs[++window->count] = CONCORD_UNREACHED;
}

/// Takes a word for the last one on the way to its end where it makes that way cheaper.
static inline void concord_window_offer(concord_window *window, int32_t from, int32_t to,
                                        uint32_t cost) {
  if (cost >= window->costs[to]) return;
  window->costs[to] = cost;
  window->previous[to] = (uint32_t)from;
}

/// The last boundary that all ways to the characters from `from` on have in common.
int32_t concord_window_common(const concord_window *window, int32_t from);

/// Cuts at the boundaries on the way to `last`, from the window's beginning on.
void concord_window_report(concord_window *window, int32_t last, concord_cutter *cutter);

/// Drops the characters before `first`, and their cost: so sums never grow too large. ICU's do in a
/// stretch of some 17 million characters, from where on it finds no more words.
void concord_window_advance(concord_window *window, int32_t first);

#endif
