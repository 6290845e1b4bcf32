#include "breaker.h"
#include "utf8.h"

// MARK: Stretches that a dictionary cuts

static void put_cut(void *breaker, size_t boundary) {
  concord_put(breaker, boundary, ((concord_icu_breaker *)breaker)->isWord);
}

/// The first place from `at` on whose character is not of a kind; adds the kinds of the characters
/// before it to `*kinds`.
static size_t skip_kind(concord_icu_breaker *breaker, size_t at, size_t end, uint8_t wanted,
                        uint8_t *kinds) {
  while (at < end) {
    uint32_t point;
    size_t next = concord_utf8_next(breaker->text, at, end, &point);
    uint8_t kind = concord_kinds_get(concord_dictionary_kinds(breaker->dictionary), point);
    if (!(kind & wanted)) break;
    *kinds |= kind;
    at = next;
  }
  return at;
}

static size_t skip_script(concord_icu_breaker *breaker, size_t at, size_t end, uint32_t script) {
  while (at < end) {
    uint32_t point;
    size_t next = concord_utf8_next(breaker->text, at, end, &point);
    if (!concord_same_script(point, script)) break;
    at = next;
  }
  return at;
}

/// Which kinds the characters of dictionary categories have.
static uint8_t kinds_within(concord_icu_breaker *breaker, size_t start, size_t end) {
  const concord_rules *rules = breaker->rules;
  uint8_t kinds = 0;
  for (size_t at = start; at < end;) {
    uint32_t point;
    at = concord_utf8_next(breaker->text, at, end, &point);
    if (concord_pointmap_get(&rules->categories, point) >= rules->dictionaryStart)
      kinds |= concord_kinds_get(concord_dictionary_kinds(breaker->dictionary), point);
  }
  return kinds;
}

/// Puts the boundaries within a stretch between two boundaries of the rules, and its end.
///
/// As in ICU, each run of a dictionary's characters is divided alone, and a character without a
/// dictionary takes those of its script that follow with it.
static int put_divided(concord_icu_breaker *breaker, size_t start, size_t end, int isWord) {
  const concord_rules *rules = breaker->rules;
  if (!concord_opens_dictionary(breaker)) return concord_put_by_icu(breaker, start, end, isWord);
  breaker->isWord = isWord;
  if (concord_dictionary_divide_plain(breaker->dictionary, breaker->text, start, end, put_cut,
                                      breaker)) {
    concord_put(breaker, end, isWord);
    return 1;
  }
  uint8_t all = kinds_within(breaker, start, end);
  if (all & CONCORD_KIND_FOREIGN) return concord_put_by_icu(breaker, start, end, isWord);
  for (size_t at = start; (all & CONCORD_KIND_CHINESE) && at < end;) {
    uint32_t point;
    size_t next = concord_utf8_next(breaker->text, at, end, &point);
    if (concord_pointmap_get(&rules->categories, point) < rules->dictionaryStart) {
      at = next;
      continue;
    }
    uint8_t kinds = concord_kinds_get(concord_dictionary_kinds(breaker->dictionary), point);
    if (kinds & CONCORD_KIND_LEFT) {
      at = skip_script(breaker, next, end, point);
      continue;
    }
    next = skip_kind(breaker, next, end, CONCORD_KIND_CHINESE, &kinds);
    if (!concord_dictionary_divide(breaker->dictionary, breaker->text, at, next, kinds, put_cut,
                                   breaker))
      return 0;
    at = next;
  }
  concord_put(breaker, end, isWord);
  return 1;
}

// MARK: By the transducer

/// Puts the boundaries behind the last one as ICU's automaton finds them, until one lies at `goal`
/// or behind it.
static int put_until(concord_icu_breaker *breaker, size_t goal) {
  while (breaker->last < goal) {
    int isWord, hasDictionary;
    size_t start = breaker->last;
    size_t end = concord_rules_next(breaker->rules, breaker->text, start, breaker->length,
                                    &isWord, &hasDictionary);
    if (!hasDictionary)
      concord_put(breaker, end, isWord);
    else if (!put_divided(breaker, start, end, isWord))
      return 0;
  }
  return 1;
}

/// The beginning of the last character before `end`, which is at `start` or behind it.
static size_t last_character(const uint8_t *text, size_t start, size_t end, uint32_t *point) {
  size_t at = end - 1, begin;
  *point = text[at];
  if (*point < 0x80) return at;
  while (at > start && end - at < 4 && (text[at] & 0xC0) == 0x80) at--;
  do {
    begin = at;
    at = concord_utf8_next(text, at, end, point);
  } while (at < end);
  return begin;
}

/// The place of the first character from `at` on that is not calm. Where there is a calm one
/// before it, `*previous` is the last of them and `*row` the row after it.
static inline size_t skip_calm(const concord_rules *rules, const uint8_t *text, size_t at,
                               size_t length, size_t *previous, uint32_t *row) {
  for (;;) {
    size_t start = at;
    uint32_t point, next;
    at = rules->skipLong != NULL ? rules->skipLong(&rules->stops, text, at, length)
                                 : concord_skip_short(&rules->stops, text, at, length);
    // A calm character may have a lead byte that others share.
    size_t end = at;
    next = CONCORD_NOT_CALM;
    if (at < length && text[at] >= 0x80) {
      end = concord_utf8_next(text, at, length, &point);
      next = rules->calmNext[concord_pointmap_get(&rules->categories, point)];
    }
    if (next == CONCORD_NOT_CALM) {
      if (at == start) return at;
      *previous = last_character(text, start, at, &point);
      *row = rules->calmNext[concord_pointmap_get(&rules->categories, point)];
      return at;
    }
    *previous = at;
    *row = next;
    at = end;
  }
}

/// Takes over what was written to the batch.
static void note(concord_icu_breaker *breaker, size_t count) {
  if (count > 0) breaker->last = (size_t)(breaker->batch[count - 1] >> 1);
  breaker->count = count;
}

/// Leaves it to the automaton and the dictionaries up to a boundary at `goal` or behind it.
static int put_slowly(concord_icu_breaker *breaker, size_t count, size_t goal) {
  note(breaker, count);
  if (!put_until(breaker, goal)) return 0;
  if (breaker->count >= CONCORD_BATCH) concord_flush(breaker);
  return 1;
}

int concord_put_by_rules(concord_icu_breaker *breaker) {
  const concord_rules *rules = breaker->rules;
  const uint32_t *transitions = rules->transitions;
  const uint8_t *text = breaker->text;
  size_t length = breaker->length, at = 0, previous = 0, accepted = 0;
  uint32_t row = 0;
  uint64_t *batch = breaker->batch;
  while (at < length) {
    if (breaker->count >= CONCORD_BATCH) concord_flush(breaker);
    size_t count = breaker->count, stop = length - at > CONCORD_BLOCK ? at + CONCORD_BLOCK : length;
    while (at < stop) {
      uint32_t category, point;
      size_t next = at + 1;
      if (text[at] < 0x80) {
        category = rules->ascii[text[at]];
      } else {
        next = concord_utf8_next(text, at, length, &point);
        category = concord_pointmap_get(&rules->categories, point);
      }
      uint32_t entry = transitions[row + category];
      if (!(entry & CONCORD_RARE)) {
        // Written always, and kept where there is a boundary: no branch to foretell.
        batch[count] = (uint64_t)at << 1 | ((entry & CONCORD_WORD_HERE) != 0);
        count += entry & CONCORD_BREAK_HERE;
      } else {
        if (entry & CONCORD_BREAK_BEFORE)
          batch[count++] = (uint64_t)previous << 1 | ((entry & CONCORD_WORD_BEFORE) != 0);
        if (entry & CONCORD_BREAK_HERE)
          batch[count++] = (uint64_t)at << 1 | ((entry & CONCORD_WORD_HERE) != 0);
        if (entry & CONCORD_GO_BACK) {
          batch[count++] = (uint64_t)accepted << 1 | ((entry & CONCORD_WORD_BEFORE) != 0);
          at = previous = accepted;
          row = 0;
          if (count < CONCORD_BATCH) continue;
          break;
        }
        if (entry & (CONCORD_UNDECIDED | CONCORD_DICTIONARY)) {
          if (!put_slowly(breaker, count, next)) return 0;
          count = breaker->count;
          at = previous = breaker->last;
          row = 0;
          continue;
        }
      }
      if (entry & CONCORD_LEAVES) accepted = at;
      row = entry >> CONCORD_NEXT_SHIFT;
      previous = at;
      at = next;
      if (entry & CONCORD_CAN_SKIP) at = skip_calm(rules, text, at, length, &previous, &row);
    }
    note(breaker, count);
  }
  if (breaker->last == length) return 1;
  uint8_t end = rules->ends[row / rules->categoryCount];
  if (end & CONCORD_UNDECIDED) return put_until(breaker, length);
  concord_put(breaker, length, end & CONCORD_WORD_HERE);
  return 1;
}
