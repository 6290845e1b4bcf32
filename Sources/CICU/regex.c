#include "CICU.h"

#include <stdlib.h>
#include <unicode/uregex.h>
#include <unicode/uset.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/utf16.h>

#include "growth.h"

int32_t concord_icu_set(const char *pattern, int32_t ignoreCase, uint32_t *ranges,
                        int32_t capacity, int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  UChar units[256];
  int32_t length = 0, count = -1;
  u_strFromUTF8(units, 256, &length, pattern, -1, &error);
  USet *set = U_FAILURE(error) ? NULL : uset_openPattern(units, length, &error);
  if (U_SUCCESS(error)) {
    if (ignoreCase) uset_closeOver(set, USET_CASE_INSENSITIVE);
    // Emoji of several scalars, or the two letters that a sharp s is folded to.
    uset_removeAllStrings(set);
    count = uset_getItemCount(set);
    for (int32_t i = 0; i < count && i < capacity; i++) {
      UChar32 first = 0, last = 0;
      uset_getItem(set, i, &first, &last, NULL, 0, &error);
      ranges[2 * i] = (uint32_t)first;
      ranges[2 * i + 1] = (uint32_t)last;
    }
  }
  if (set != NULL) uset_close(set);
  *status = error;
  return U_FAILURE(error) ? -1 : count;
}

struct concord_icu_regex {
  URegularExpression *expression;
  UChar *units;
  /// For each unit, and for the end, the byte where its character starts.
  int32_t *bytes;
  int32_t unitCount, unitCapacity, byteCapacity;
  int32_t *ends;
  int32_t endCapacity;
};

concord_icu_regex *concord_icu_regex_open(const uint8_t *pattern, int32_t length,
                                          int32_t ignoreCase, int32_t steps, int32_t *column,
                                          int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  UParseError place = {0, 0, {0}, {0}};
  concord_icu_regex *regex = calloc(1, sizeof *regex);
  *status = U_MEMORY_ALLOCATION_ERROR;
  *column = 0;
  if (regex == NULL) return NULL;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, (const char *)pattern, length, &error);
  regex->expression =
      uregex_openUText(&text, ignoreCase ? UREGEX_CASE_INSENSITIVE : 0, &place, &error);
  utext_close(&text);
  if (U_SUCCESS(error)) uregex_setTimeLimit(regex->expression, steps, &error);
  *status = error;
  if (U_SUCCESS(error)) return regex;
  *column = place.offset;
  concord_icu_regex_close(regex);
  return NULL;
}

void concord_icu_regex_close(concord_icu_regex *regex) {
  uregex_close(regex->expression);
  free(regex->units);
  free(regex->bytes);
  free(regex->ends);
  free(regex);
}

int32_t concord_icu_regex_set_text(concord_icu_regex *regex, const uint8_t *text, int32_t length) {
  UErrorCode error = U_ZERO_ERROR;
  if (!concord_grow((void **)&regex->units, &regex->unitCapacity, length + 1, sizeof(UChar)) ||
      !concord_grow((void **)&regex->bytes, &regex->byteCapacity, length + 1, sizeof(int32_t)))
    return U_MEMORY_ALLOCATION_ERROR;
  // In UTF-8 itself ICU 72 finds no word edge after a character of several bytes at the end.
  int32_t count = 0;
  for (int32_t i = 0; i < length;) {
    int32_t start = i;
    UChar32 scalar;
    U8_NEXT_OR_FFFD(text, i, length, scalar);
    for (int32_t unit = 0; unit < U16_LENGTH(scalar); unit++) regex->bytes[count + unit] = start;
    U16_APPEND_UNSAFE(regex->units, count, scalar);
  }
  regex->bytes[count] = length;
  regex->unitCount = count;
  uregex_setText(regex->expression, regex->units, count, &error);
  // What lies around a place is seen from there.
  uregex_useTransparentBounds(regex->expression, 1, &error);
  uregex_useAnchoringBounds(regex->expression, 0, &error);
  return error;
}

/// The unit that starts at a byte.
static int32_t unit_at(const concord_icu_regex *regex, int32_t byte) {
  int32_t low = 0, high = regex->unitCount;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (regex->bytes[middle] < byte) low = middle + 1;
    else high = middle;
  }
  return low;
}

int32_t concord_icu_regex_matches(concord_icu_regex *regex, int32_t offset, int32_t isWhole,
                                  int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  uregex_setRegion(regex->expression, unit_at(regex, offset), regex->unitCount, &error);
  int32_t result = isWhole ? uregex_matches(regex->expression, -1, &error)
                           : uregex_lookingAt(regex->expression, -1, &error);
  *status = error;
  return U_FAILURE(error) ? -1 : result;
}

int32_t concord_icu_regex_ends(concord_icu_regex *regex, const int32_t **ends, int32_t *status) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t count = 0;
  uregex_reset(regex->expression, 0, &error);
  while (U_SUCCESS(error) && uregex_findNext(regex->expression, &error)) {
    if (!concord_grow((void **)&regex->ends, &regex->endCapacity, count + 1, sizeof(int32_t))) {
      *status = U_MEMORY_ALLOCATION_ERROR;
      return -1;
    }
    regex->ends[count++] = regex->bytes[uregex_end(regex->expression, 0, &error)];
  }
  *ends = regex->ends;
  *status = error;
  return U_FAILURE(error) ? -1 : count;
}

int32_t concord_icu_regex_error_name(int32_t status, char *out, int32_t capacity) {
  const char *name = u_errorName(status);
  int32_t length = 0;
  while (name[length] != 0 && length < capacity - 1) {
    out[length] = name[length];
    length++;
  }
  out[length] = 0;
  return length;
}
