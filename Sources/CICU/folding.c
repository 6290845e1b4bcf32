#include "CICU.h"

#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>
#include <unicode/utypes.h>

#include "growth.h"

/// Long enough for the words that are folded one at a time; longer text takes the heap.
enum { shortText = 256 };

int32_t concord_icu_fold(const uint8_t *text, int32_t length, uint8_t *out, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&error);
  if (U_FAILURE(error)) return -1;
  UChar shortIn[shortText], shortOut[shortText * 4];
  UChar *in = shortIn, *folded = shortOut;
  int32_t foldedCapacity = shortText * 4;
  if (length > shortText) {
    // NFKC grows a character to 18 at the most; the second try below covers that.
    in = malloc((size_t)length * sizeof *in);
    folded = malloc((size_t)length * 18 * sizeof *folded);
    foldedCapacity = length * 18;
  }
  int32_t result = -1;
  if (in != NULL && folded != NULL) {
    int32_t count = 0, needed = 0;
    u_strFromUTF8(in, length > shortText ? length : shortText, &count, (const char *)text, length,
                  &error);
    count = unorm2_normalize(normalizer, in, count, folded, foldedCapacity, &error);
    if (U_SUCCESS(error)) {
      u_strToUTF8((char *)out, capacity, &needed, folded, count, &error);
      if (U_SUCCESS(error) || error == U_BUFFER_OVERFLOW_ERROR) result = needed;
    }
  }
  if (in != shortIn) {
    free(in);
    free(folded);
  }
  return result;
}

static UTransliterator *open_transliterator(const char *name, UErrorCode *error) {
  UChar id[64];
  u_uastrcpy(id, name);
  return utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, error);
}

int32_t concord_icu_han_table(int32_t toSimplified, uint16_t table[0x5200]) {
  UErrorCode error = U_ZERO_ERROR;
  UTransliterator *transliterator =
      open_transliterator(toSimplified ? "Traditional-Simplified" : "Simplified-Traditional", &error);
  if (U_FAILURE(error)) return error;
  for (int32_t i = 0; i < 0x5200; i++) {
    UChar unit[4] = {(UChar)(0x4E00 + i), 0};
    int32_t length = 1, limit = 1;
    utrans_transUChars(transliterator, unit, &length, 4, 0, &limit, &error);
    int single = U_SUCCESS(error) && length == 1 && unit[0] >= 0x4E00 && unit[0] < 0xA000;
    table[i] = single ? unit[0] : (uint16_t)(0x4E00 + i);
    error = U_ZERO_ERROR;
  }
  utrans_close(transliterator);
  return error;
}

int32_t concord_icu_pinyin(const uint8_t *text, int32_t length, uint8_t *out, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  UTransliterator *transliterator = open_transliterator("Han-Latin; Latin-ASCII", &error);
  if (U_FAILURE(error)) return -1;
  // A Chinese character takes seven Latin letters at the most, and ICU works in place.
  int32_t unitCapacity = length * 4 + 16, count = 0, result = -1;
  UChar *units = malloc((size_t)unitCapacity * sizeof *units);
  if (units != NULL) {
    u_strFromUTF8(units, unitCapacity, &count, (const char *)text, length, &error);
    int32_t limit = count;
    utrans_transUChars(transliterator, units, &count, unitCapacity, 0, &limit, &error);
    if (U_SUCCESS(error)) u_strToUTF8((char *)out, capacity, &result, units, count, &error);
  }
  free(units);
  utrans_close(transliterator);
  return U_SUCCESS(error) ? result : -1;
}
