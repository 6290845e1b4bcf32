#ifndef CONCORD_BREAKER_H
#define CONCORD_BREAKER_H

#include "CICU.h"
#include "dictionary.h"
#include "rules.h"

// Boundaries are handed over in batches. A block of text cannot prove more of them than fit in
// what is kept free: two a character.
enum {
  CONCORD_BLOCK = 512,
  CONCORD_BATCH = 1024,
  CONCORD_BATCH_CAPACITY = CONCORD_BATCH + 2 * CONCORD_BLOCK + 8,
};

struct concord_icu_breaker {
  struct UBreakIterator *iterator;
  const concord_rules *rules;  // NULL: ICU itself finds the boundaries
  concord_dictionary *dictionary;
  int lacksDictionary;  // tried, in vain
  uint16_t *units;  // the text in UTF-16, where ICU reads it
  int32_t unitCapacity;
  int isWarm;
  char kind;

  // The text at work.
  const uint8_t *text;
  size_t length;
  int isWord;   // of the stretch that is being divided
  size_t last;  // boundary
  uint64_t *batch;
  size_t count;
  concord_icu_sink sink;
  void *context;
};

static inline void concord_flush(concord_icu_breaker *breaker) {
  if (breaker->count > 0) breaker->sink(breaker->context, breaker->batch, breaker->count);
  breaker->count = 0;
}

static inline void concord_put(concord_icu_breaker *breaker, size_t boundary, int isWord) {
  if (breaker->count >= CONCORD_BATCH_CAPACITY) concord_flush(breaker);
  breaker->batch[breaker->count++] = (uint64_t)boundary << 1 | (isWord != 0);
  breaker->last = boundary;
}

/// Opens the dictionary where it is not open yet; returns whether it is.
static inline int concord_opens_dictionary(concord_icu_breaker *breaker) {
  if (breaker->dictionary == NULL && !breaker->lacksDictionary) {
    breaker->dictionary = concord_dictionary_open();
    breaker->lacksDictionary = breaker->dictionary == NULL;
  }
  return breaker->dictionary != NULL;
}

/// Puts the boundaries that ICU finds within text[start..<end], and `end`. The stretches get
/// `isWord` unless that is below 0: then ICU's status decides. Returns 0 without memory.
int concord_put_by_icu(concord_icu_breaker *breaker, size_t start, size_t end, int isWord);

/// Puts all boundaries of the text by the rules. Returns 0 without memory.
int concord_put_by_rules(concord_icu_breaker *breaker);

#endif
