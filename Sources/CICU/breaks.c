#include "breaker.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utf16.h>

#include "growth.h"
#include "utf8.h"

// MARK: Opening

/// Takes the rules from an iterator; leaves NULL where they have a form that is not known.
static void take_rules(concord_icu_breaker *breaker) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t length = ubrk_getBinaryRules(breaker->iterator, NULL, 0, &error);
  if (length <= 0 || (U_FAILURE(error) && error != U_BUFFER_OVERFLOW_ERROR)) return;
  uint8_t *binary = malloc((size_t)length);
  if (binary == NULL) return;
  error = U_ZERO_ERROR;
  ubrk_getBinaryRules(breaker->iterator, binary, length, &error);
  if (U_SUCCESS(error))
    breaker->rules = concord_rules_open(binary, (size_t)length, breaker->kind == 'w');
  free(binary);
}

concord_icu_breaker *concord_icu_breaker_open(char kind, const char *locale, int usesICU,
                                              int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  concord_icu_breaker *breaker = calloc(1, sizeof *breaker);
  *status = U_MEMORY_ALLOCATION_ERROR;
  if (breaker == NULL) return NULL;
  breaker->kind = kind;
  breaker->batch = malloc(CONCORD_BATCH_CAPACITY * sizeof(uint64_t));
  breaker->iterator = ubrk_open(kind == 'w'   ? UBRK_WORD
                                : kind == 's' ? UBRK_SENTENCE
                                              : UBRK_CHARACTER,
                                locale, NULL, 0, &error);
  if (breaker->batch == NULL || U_FAILURE(error)) {
    if (U_FAILURE(error)) *status = error;
    concord_icu_breaker_close(breaker);
    return NULL;
  }
  *status = error;
  if (!usesICU) take_rules(breaker);
  return breaker;
}

void concord_icu_breaker_close(concord_icu_breaker *breaker) {
  if (breaker->iterator != NULL) ubrk_close(breaker->iterator);
  concord_dictionary_close(breaker->dictionary);
  free(breaker->units);
  free(breaker->batch);
  free(breaker);
}

// MARK: By ICU itself

// ICU wants UTF-16, counts in 31 bits, and keeps the boundaries of a stretch: longer text is given
// to it in pieces.
enum { LARGEST_PIECE = 1 << 22 };

/// ICU gives characters of no script but common ones to its Chinese dictionary only once it has
/// met one of Chinese. So that the text alone decides, it meets one first.
static int warm(concord_icu_breaker *breaker, UErrorCode *error) {
  static const UChar han[] = {0x4E2D, 0x6587};
  if (breaker->isWarm) return 1;
  ubrk_setText(breaker->iterator, han, 2, error);
  if (U_FAILURE(*error)) return 0;
  ubrk_next(breaker->iterator);
  breaker->isWarm = 1;
  return 1;
}

/// As `concord_put_by_icu`, for what ICU can hold at once.
static int put_piece(concord_icu_breaker *breaker, size_t start, size_t end, int isWord) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t count = 0;
  size_t at = start;
  uint32_t point;
  // UTF-8 never takes fewer bytes than UTF-16 takes units.
  if (!warm(breaker, &error) || !concord_grow((void **)&breaker->units, &breaker->unitCapacity,
                                              (int32_t)(end - start) + 1, sizeof(UChar)))
    return 0;
  while (at < end) {
    at = concord_utf8_next(breaker->text, at, end, &point);
    U16_APPEND_UNSAFE(breaker->units, count, (UChar32)point);
  }
  ubrk_setText(breaker->iterator, breaker->units, count, &error);
  if (U_FAILURE(error)) return 0;
  int32_t unit = 0;
  at = start;
  for (int32_t next = ubrk_next(breaker->iterator); next != UBRK_DONE;
       next = ubrk_next(breaker->iterator)) {
    while (unit < next) {
      at = concord_utf8_next(breaker->text, at, end, &point);
      unit += U16_LENGTH(point);
    }
    int isWordHere = isWord >= 0 ? isWord
                                 : breaker->kind == 'w' && ubrk_getRuleStatus(breaker->iterator) >=
                                                               UBRK_WORD_NONE_LIMIT;
    concord_put(breaker, at, isWordHere);
  }
  return 1;
}

/// Where to end a piece: behind a line feed, where all rules have a boundary, else behind any
/// character.
static size_t piece_end(const uint8_t *text, size_t start, size_t end) {
  if (end - start <= LARGEST_PIECE) return end;
  size_t cut = start + LARGEST_PIECE;
  for (size_t at = cut; at > start; at--)
    if (text[at - 1] == '\n') return at;
  while (cut > start + LARGEST_PIECE - 4 && (text[cut] & 0xC0) == 0x80) cut--;
  return cut;
}

int concord_put_by_icu(concord_icu_breaker *breaker, size_t start, size_t end, int isWord) {
  while (start < end) {
    size_t cut = piece_end(breaker->text, start, end);
    if (!put_piece(breaker, start, cut, isWord)) return 0;
    start = cut;
  }
  return 1;
}

// MARK: Learnt words

int32_t concord_icu_breaker_cost(concord_icu_breaker *breaker, const uint8_t *word,
                                 size_t length) {
  if (!concord_opens_dictionary(breaker)) return -1;
  return concord_dictionary_cost(breaker->dictionary, word, length);
}

int concord_icu_breaker_learn(concord_icu_breaker *breaker, const concord_icu_word *words,
                              size_t count, uint32_t unlearnt) {
  return concord_opens_dictionary(breaker) &&
         concord_dictionary_learn(breaker->dictionary, words, count, unlearnt);
}

// MARK: Interface

int concord_icu_breaker_run(concord_icu_breaker *breaker, const uint8_t *text, size_t length,
                            void *context, concord_icu_sink sink) {
  breaker->text = text;
  breaker->length = length;
  breaker->last = 0;
  breaker->count = 0;
  breaker->context = context;
  breaker->sink = sink;
  if (length == 0) return 1;
  int isDone = breaker->rules != NULL ? concord_put_by_rules(breaker)
                                      : concord_put_by_icu(breaker, 0, length, -1);
  // Without memory, the rest of the text is one stretch.
  if (!isDone) concord_put(breaker, length, 1);
  concord_flush(breaker);
  return isDone;
}
